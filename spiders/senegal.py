"""Outlets with newsrooms in Senegal."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class APS(OutletSpider):
    """State news agency in Dakar; whole-site feed.

    Doubt: the feed is known from a crawl list only.
    """

    name = "aps-sn"
    outlet = Outlet("Agence de presse sénégalaise", "SN", ("fr",), "Africa/Dakar", "https://aps.sn")
    feeds = ("https://aps.sn/feed/",)
