"""Outlets with newsrooms in Israel."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Ynet(OutletSpider):
    """Tel Aviv; the feed is the whole news channel. Some paid articles."""

    name = "ynet"
    outlet = Outlet("Ynet", "IL", ("he",), "Asia/Jerusalem", "https://www.ynet.co.il")
    feeds = ("https://www.ynet.co.il/Integration/StoryRss2.xml",)
    article_urls = r"^https?://www\.ynet\.co\.il/news/article/[a-z0-9]+(?:#\w+)?$"
