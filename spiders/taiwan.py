"""Outlets with newsrooms in Taiwan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class CNA(OutletSpider):
    """Central News Agency in Taipei; the feed is at FeedBurner."""

    name = "cna-tw"
    outlet = Outlet("中央社", "TW", ("zh-Hant",), "Asia/Taipei", "https://www.cna.com.tw")
    feeds = ("https://feeds.feedburner.com/rsscna/intworld",)
    article_urls = r"^https?://www\.cna\.com\.tw/news/[a-z]+/\d{12}\.aspx$"
