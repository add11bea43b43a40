"""Outlets with newsrooms in Thailand."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Matichon(OutletSpider):
    """Bangkok daily; /feed answers where /rss says 403."""

    name = "matichon"
    outlet = Outlet("มติชน", "TH", ("th",), "Asia/Bangkok", "https://www.matichon.co.th")
    feeds = ("https://www.matichon.co.th/foreign/feed",)
    article_urls = r"^https?://www\.matichon\.co\.th/.+/news_\d+$"
