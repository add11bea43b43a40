"""Outlets with newsrooms in Myanmar."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class MyanmarNow(OutletSpider):
    """Newsroom in exile, its English edition; whole-site feed."""

    name = "myanmar-now"
    outlet = Outlet("Myanmar Now", "MM", ("en",), "Asia/Yangon", "https://myanmar-now.org/en/")
    feeds = ("https://myanmar-now.org/en/feed/",)
