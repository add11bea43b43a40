"""Outlets with newsrooms in Austria."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DerStandard(OutletSpider):
    """Vienna daily; consent-or-pay wall. Feed links carry ?ref=rss."""

    name = "der-standard"
    outlet = Outlet("Der Standard", "AT", ("de",), "Europe/Vienna", "https://www.derstandard.at")
    feeds = ("https://www.derstandard.at/rss/international",)
    article_urls = r"^https?://www\.derstandard\.at/story/\d+/[a-z0-9-]+$"
