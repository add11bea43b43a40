"""Outlets with newsrooms in Pakistan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Dawn(OutletSpider):
    """Karachi daily in English."""

    name = "dawn"
    outlet = Outlet("Dawn", "PK", ("en",), "Asia/Karachi", "https://www.dawn.com")
    feeds = ("https://www.dawn.com/feeds/world",)
    article_urls = r"^https?://www\.dawn\.com/news/\d{5,}(?:/[a-z0-9-]+)?$"


class Express(OutletSpider):
    """Karachi daily in Urdu; whole-site feed."""

    name = "express-urdu"
    outlet = Outlet("روزنامہ ایکسپریس", "PK", ("ur",), "Asia/Karachi", "https://www.express.pk")
    feeds = ("https://www.express.pk/feed/",)
