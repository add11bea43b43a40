"""Outlets with newsrooms in Italy."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Corriere(OutletSpider):
    """Milan daily; metered paywall, consent-or-pay wall."""

    name = "corriere"
    outlet = Outlet("Corriere della Sera", "IT", ("it",), "Europe/Rome", "https://www.corriere.it")
    feeds = ("https://xml2.corriereobjects.it/rss/esteri.xml",)
    article_urls = r"^https?://www\.corriere\.it/[a-z-]+(?:/[a-z-]+)*/\d{2}_[a-z]+_\d{2}/.+\.shtml$"
