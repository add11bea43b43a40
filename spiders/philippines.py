"""Outlets with newsrooms in the Philippines."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Inquirer(OutletSpider):
    """Manila daily in English; the feed is its news of Asia and Australia."""

    name = "inquirer"
    outlet = Outlet(
        "Philippine Daily Inquirer", "PH", ("en",), "Asia/Manila", "https://www.inquirer.net"
    )
    feeds = (
        "https://globalnation.inquirer.net/category/latest-stories/world-news/asia-australia/feed",
    )
    article_urls = r"^https?://[a-z]+\.inquirer\.net/\d+/[a-z0-9-]+/?$"
