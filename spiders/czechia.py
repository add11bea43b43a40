"""Outlets with newsrooms in Czechia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SeznamZpravy(OutletSpider):
    """Prague; whole-site feed and news sitemap, slugs of world news begin with zahranicni-.

    Doubt: the number in the address of the world page comes from one older script.
    """

    name = "seznam-zpravy"
    outlet = Outlet("Seznam Zprávy", "CZ", ("cs",), "Europe/Prague", "https://www.seznamzpravy.cz")
    feeds = ("https://www.seznamzpravy.cz/rss",)
    news_sitemaps = ("https://www.seznamzpravy.cz/sitemaps/sitemap_news.xml",)
    sections = ("https://www.seznamzpravy.cz/sekce/zahranicni-11",)
    article_urls = r"^https?://www\.seznamzpravy\.cz/clanek/[a-z0-9-]+-\d+$"
    world_urls = r"/clanek/zahranicni-"


class CT24(OutletSpider):
    """Public television in Prague; whole-site feed."""

    name = "ct24"
    outlet = Outlet("ČT24", "CZ", ("cs",), "Europe/Prague", "https://ct24.ceskatelevize.cz")
    feeds = ("https://ct24.ceskatelevize.cz/rss",)
    article_urls = r"^https?://ct24\.ceskatelevize\.cz/clanek/[a-z-]+/[a-z0-9-]+-\d+$"
    world_urls = r"/clanek/svet/"


class Irozhlas(OutletSpider):
    """Public radio in Prague; the feed is open, its pages are not."""

    name = "irozhlas"
    outlet = Outlet("iROZHLAS", "CZ", ("cs",), "Europe/Prague", "https://www.irozhlas.cz")
    feeds = ("https://www.irozhlas.cz/rss/irozhlas/section/zpravy-svet",)
    article_urls = r"^https?://www\.irozhlas\.cz/[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+_\d{10}_[a-z]+$"
    excluded = "its pages, robots.txt and sitemap answered 403 to a plain client (September 2026)"
