"""Outlets with newsrooms in Cambodia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class KhmerTimes(OutletSpider):
    """Phnom Penh; its Khmer edition, by a whole-site feed."""

    name = "khmer-times"
    outlet = Outlet("ខ្មែរថាមស៍", "KH", ("km",), "Asia/Phnom_Penh", "https://www.khmertimeskh.com")
    feeds = ("https://www.khmertimeskh.com/category/khmer/feed/",)
