"""Outlets with newsrooms in Hungary."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class IndexHu(OutletSpider):
    """Budapest.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "index-hu"
    outlet = Outlet("Index.hu", "HU", ("hu",), "Europe/Budapest", "https://index.hu")
    feeds = ("https://index.hu/kulfold/rss/",)
    article_urls = r"^https?://index\.hu/kulfold/\d{4}/\d{2}/\d{2}/[a-z0-9_-]+/$"


class Telex(OutletSpider):
    """Budapest; open, whole-site feed."""

    name = "telex"
    outlet = Outlet("Telex", "HU", ("hu",), "Europe/Budapest", "https://telex.hu")
    feeds = ("https://telex.hu/rss",)
    article_urls = r"^https?://telex\.hu/[a-z-]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+$"
    world_urls = r"telex\.hu/kulfold/"
