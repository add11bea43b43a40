"""Outlets with newsrooms in Cyprus."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Philenews(OutletSpider):
    """Nicosia daily; whole-site feed. Doubt: the feed is known from a crawl list only."""

    name = "philenews"
    outlet = Outlet("Φιλελεύθερος", "CY", ("el",), "Asia/Nicosia", "https://www.philenews.com")
    feeds = ("https://www.philenews.com/feed/",)
