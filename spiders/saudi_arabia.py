"""Outlets with newsrooms in Saudi Arabia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AsharqAlAwsat(OutletSpider):
    """Saudi daily edited in London; whole-site feed."""

    name = "aawsat"
    outlet = Outlet("الشرق الأوسط", "SA", ("ar",), "Asia/Riyadh", "https://aawsat.com")
    feeds = ("https://aawsat.com/feed",)
