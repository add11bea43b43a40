"""Outlets with newsrooms in Lithuania."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LRT(OutletSpider):
    """Public broadcaster in Vilnius; open."""

    name = "lrt"
    outlet = Outlet("LRT", "LT", ("lt",), "Europe/Vilnius", "https://www.lrt.lt")
    feeds = ("https://www.lrt.lt/naujienos/pasaulyje?rss",)
    article_urls = r"^https?://www\.lrt\.lt/naujienos/[a-z-]+/\d+/\d+/[a-z0-9-]+$"
