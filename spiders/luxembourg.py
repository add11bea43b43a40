"""Outlets with newsrooms in Luxembourg."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LuxemburgerWort(OutletSpider):
    """Daily in German; some articles for subscribers, whole-site feed."""

    name = "wort"
    outlet = Outlet("Luxemburger Wort", "LU", ("de",), "Europe/Luxembourg", "https://www.wort.lu")
    feeds = ("https://www.wort.lu/de/rss",)
    article_urls = r"^https?://www\.wort\.lu/[a-z-]+/[a-z0-9-]+/\d+\.html$"
    world_urls = r"wort\.lu/(?:de/)?international/"
