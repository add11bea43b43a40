"""Outlets with newsrooms in Sweden."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SVT(OutletSpider):
    """Public television in Stockholm; open."""

    name = "svt"
    outlet = Outlet("SVT Nyheter", "SE", ("sv",), "Europe/Stockholm", "https://www.svt.se/nyheter/")
    feeds = ("https://www.svt.se/nyheter/utrikes/rss.xml",)
    article_urls = r"^https?://www\.svt\.se/nyheter/(?:[a-z-]+/)?(?!rss)[a-z0-9-]{8,}$"
