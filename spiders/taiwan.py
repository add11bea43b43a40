"""Outlets with newsrooms in Taiwan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class CNA(OutletSpider):
    """Central News Agency in Taipei; the feed is at FeedBurner."""

    name = "cna-tw"
    outlet = Outlet("中央社", "TW", ("zh-Hant",), "Asia/Taipei", "https://www.cna.com.tw")
    feeds = ("https://feeds.feedburner.com/rsscna/intworld",)
    article_urls = r"^https?://www\.cna\.com\.tw/news/[a-z]+/\d{12}\.aspx$"


class LibertyTimes(OutletSpider):
    """Taipei daily."""

    name = "ltn"
    outlet = Outlet("自由時報", "TW", ("zh-Hant",), "Asia/Taipei", "https://news.ltn.com.tw")
    feeds = ("https://news.ltn.com.tw/rss/world.xml",)
    article_urls = (
        r"^https?://[a-z]+\.ltn\.com\.tw/(?:news/[a-z]+/|article/)(?:breakingnews|paper)"
        r"/\d+$"
    )


class TaipeiTimes(OutletSpider):
    """Taipei daily in English; whole-site feed, and the world page stands by.

    Doubt: the feed was once found empty.
    """

    name = "taipei-times"
    outlet = Outlet("Taipei Times", "TW", ("en",), "Asia/Taipei", "https://www.taipeitimes.com")
    feeds = ("https://www.taipeitimes.com/xml/index.rss",)
    sections = ("https://www.taipeitimes.com/News/world",)
    article_urls = r"^https?://www\.taipeitimes\.com/News/[a-z]+/archives/\d{4}/\d{2}/\d{2}/\d+$"
    world_urls = r"/News/world/"


class UnitedDailyNews(OutletSpider):
    """Taipei daily."""

    name = "udn"
    outlet = Outlet("聯合新聞網", "TW", ("zh-Hant",), "Asia/Taipei", "https://udn.com/news/index")
    feeds = ("https://udn.com/rssfeed/news/2/7225?ch=news",)
    article_urls = r"^https?://udn\.com/news/story/\d+/\d+(?:\?.*)?$"
