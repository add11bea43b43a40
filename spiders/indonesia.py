"""Outlets with newsrooms in Indonesia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Antara(OutletSpider):
    """State news agency in Jakarta."""

    name = "antara"
    outlet = Outlet("ANTARA", "ID", ("id",), "Asia/Jakarta", "https://www.antaranews.com")
    feeds = ("https://www.antaranews.com/rss/dunia.xml",)
    article_urls = r"^https?://www\.antaranews\.com/berita/\d+/[a-z0-9-]+$"


class CNNIndonesia(OutletSpider):
    """Broadcaster in Jakarta."""

    name = "cnn-indonesia"
    outlet = Outlet("CNN Indonesia", "ID", ("id",), "Asia/Jakarta", "https://www.cnnindonesia.com")
    feeds = ("https://www.cnnindonesia.com/internasional/rss",)
    article_urls = r"^https?://www\.cnnindonesia\.com/[a-z-]+/\d{14}-\d+-\d+/[a-z0-9-]+$"
