"""Outlets with newsrooms in Ireland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTE(OutletSpider):
    """Public broadcaster in Dublin."""

    name = "rte"
    outlet = Outlet("RTÉ News", "IE", ("en",), "Europe/Dublin", "https://www.rte.ie/news/")
    feeds = ("https://www.rte.ie/feeds/rss/?index=/news/world/",)
    article_urls = r"^https?://www\.rte\.ie/news/[a-z-]+/\d{4}/\d{4}/\d+-[a-z0-9-]+/?$"
