"""Outlets with newsrooms in Turkey."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Anadolu(OutletSpider):
    """Anadolu Agency in Ankara; the Turkish edition of many."""

    name = "aa"
    outlet = Outlet("Anadolu Ajansı", "TR", ("tr",), "Europe/Istanbul", "https://www.aa.com.tr/tr")
    feeds = ("https://www.aa.com.tr/tr/rss/default?cat=dunya",)
    article_urls = r"^https?://www\.aa\.com\.tr/[a-z]{2}/[a-z-]+/[a-z0-9-]+/\d+$"
