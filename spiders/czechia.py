"""Outlets with newsrooms in Czechia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SeznamZpravy(OutletSpider):
    """Prague; feed and news sitemap are the whole site, world slugs begin with zahranicni-."""

    name = "seznam-zpravy"
    outlet = Outlet("Seznam Zprávy", "CZ", ("cs",), "Europe/Prague", "https://www.seznamzpravy.cz")
    feeds = ("https://www.seznamzpravy.cz/rss",)
    news_sitemaps = ("https://www.seznamzpravy.cz/sitemaps/sitemap_news.xml",)
    sections = ("https://www.seznamzpravy.cz/sekce/zahranicni-11",)
    article_urls = r"^https?://www\.seznamzpravy\.cz/clanek/[a-z0-9-]+-\d+$"
