"""Outlets with newsrooms in Rwanda."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NewTimes(OutletSpider):
    """Kigali daily in English. Doubt: which section the feed is, is not known."""

    name = "new-times-rw"
    outlet = Outlet("The New Times", "RW", ("en",), "Africa/Kigali", "https://www.newtimes.co.rw")
    feeds = ("https://www.newtimes.co.rw/rssFeed/14",)
