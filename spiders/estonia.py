"""Outlets with newsrooms in Estonia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ERR(OutletSpider):
    """Public broadcaster in Tallinn; whole-site feed."""

    name = "err"
    outlet = Outlet("ERR", "EE", ("et",), "Europe/Tallinn", "https://www.err.ee")
    feeds = ("https://www.err.ee/rss",)
    article_urls = r"^https?://(?:[a-z]+\.)?err\.ee/\d{5,}/[a-z0-9-]+$"
