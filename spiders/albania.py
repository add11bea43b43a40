"""Outlets with newsrooms in Albania."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class BalkanWeb(OutletSpider):
    """Tirana; whole-site feed."""

    name = "balkanweb"
    outlet = Outlet("BalkanWeb", "AL", ("sq",), "Europe/Tirane", "https://www.balkanweb.com")
    feeds = ("https://www.balkanweb.com/feed/",)
