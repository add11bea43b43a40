"""Outlets with newsrooms in Slovenia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTVSlovenija(OutletSpider):
    """Public broadcaster in Ljubljana; feed 02 is its world section."""

    name = "rtvslo"
    outlet = Outlet("RTV Slovenija", "SI", ("sl",), "Europe/Ljubljana", "https://www.rtvslo.si")
    feeds = ("https://www.rtvslo.si/feeds/02.xml",)
    article_urls = r"^https?://www\.rtvslo\.si/[a-z-]+/(?:[a-z0-9-]+/)?[a-z0-9-]+/\d+$"
