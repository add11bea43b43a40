"""Outlets with newsrooms in Switzerland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SRF(OutletSpider):
    """Swiss public broadcaster, German-speaking; open."""

    name = "srf"
    outlet = Outlet("SRF News", "CH", ("de",), "Europe/Zurich", "https://www.srf.ch/news")
    feeds = ("https://www.srf.ch/news/bnf/rss/1922",)
    article_urls = r"^https?://www\.srf\.ch/news/(?!bnf)[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+$"
