"""Outlets with newsrooms in Poland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Rzeczpospolita(OutletSpider):
    """Warsaw daily; paywall. Feed and news sitemap are the whole site."""

    name = "rzeczpospolita"
    outlet = Outlet("Rzeczpospolita", "PL", ("pl",), "Europe/Warsaw", "https://www.rp.pl")
    feeds = ("https://www.rp.pl/rss_main",)
    news_sitemaps = ("https://www.rp.pl/sitemaps/news-sitemap.xml",)
    sections = ("https://www.rp.pl/swiat",)
    article_urls = r"^https?://www\.rp\.pl/[a-z-]+/art\d+-[a-z0-9-]+$"
