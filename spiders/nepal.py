"""Outlets with newsrooms in Nepal."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Onlinekhabar(OutletSpider):
    """Kathmandu; whole-site feed."""

    name = "onlinekhabar"
    outlet = Outlet("अनलाइनखबर", "NP", ("ne",), "Asia/Kathmandu", "https://www.onlinekhabar.com")
    feeds = ("https://www.onlinekhabar.com/feed",)
