"""Outlets with newsrooms in Qatar."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AlJazeeraArabic(OutletSpider):
    """Doha, in Arabic; whole-site feed, international by nature. Slugs are percent-encoded."""

    name = "aljazeera-ar"
    outlet = Outlet("الجزيرة نت", "QA", ("ar",), "Asia/Qatar", "https://www.aljazeera.net")
    feeds = (
        "https://www.aljazeera.net/aljazeerarss/a7c186be-1adb-4b11-a982-4783e765316e/4e17ecdc-8fb9-40de-a5d6-d00f72384a51",
    )
    article_urls = r"^https?://www\.aljazeera\.net/[a-z-]+/\d{4}/\d{1,2}/\d{1,2}/.+$"


class AlJazeera(OutletSpider):
    """Doha; whole-site feed, international by nature."""

    name = "aljazeera"
    outlet = Outlet("Al Jazeera English", "QA", ("en",), "Asia/Qatar", "https://www.aljazeera.com")
    feeds = ("https://www.aljazeera.com/xml/rss/all.xml",)
    article_urls = r"^https?://www\.aljazeera\.com/[a-z-]+/(?:[a-z-]+/)?\d{4}/\d{1,2}/.+$"
