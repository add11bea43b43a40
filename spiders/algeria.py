"""Outlets with newsrooms in Algeria."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class TSA(OutletSpider):
    """Algiers, in French; whole-site feed."""

    name = "tsa-algerie"
    outlet = Outlet("TSA Algérie", "DZ", ("fr",), "Africa/Algiers", "https://www.tsa-algerie.com")
    feeds = ("https://www.tsa-algerie.com/feed/",)
