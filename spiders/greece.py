"""Outlets with newsrooms in Greece."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class InGr(OutletSpider):
    """Athens; a WordPress section feed."""

    name = "in-gr"
    outlet = Outlet("in.gr", "GR", ("el",), "Europe/Athens", "https://www.in.gr")
    feeds = ("https://www.in.gr/world/feed/",)
    article_urls = r"^https?://www\.in\.gr/\d{4}/\d{2}/\d{2}/world/.+/$"
