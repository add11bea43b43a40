"""Outlets with newsrooms in Thailand."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Matichon(OutletSpider):
    """Bangkok daily; /feed answers where /rss says 403.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "matichon"
    outlet = Outlet("มติชน", "TH", ("th",), "Asia/Bangkok", "https://www.matichon.co.th")
    feeds = ("https://www.matichon.co.th/foreign/feed",)
    article_urls = r"^https?://www\.matichon\.co\.th/.+/news_\d+$"


class BangkokPost(OutletSpider):
    """Bangkok daily in English. Doubt: one checker was refused the feeds with 451."""

    name = "bangkok-post"
    outlet = Outlet("Bangkok Post", "TH", ("en",), "Asia/Bangkok", "https://www.bangkokpost.com")
    feeds = ("https://www.bangkokpost.com/rss/data/world.xml",)
    article_urls = r"^https?://www\.bangkokpost\.com/[a-z-]+/(?:[a-z-]+/)?\d{5,}/[a-z0-9-]+$"
