"""Outlets with newsrooms in North Macedonia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class MIA(OutletSpider):
    """State news agency in Skopje; whole-site feed."""

    name = "mia-mk"
    outlet = Outlet("МИА", "MK", ("mk",), "Europe/Skopje", "https://mia.mk")
    feeds = ("https://mia.mk/rss",)
