"""Outlets with newsrooms in New Zealand."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NZHerald(OutletSpider):
    """Auckland daily; premium articles paywalled.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "nz-herald"
    outlet = Outlet(
        "The New Zealand Herald", "NZ", ("en",), "Pacific/Auckland", "https://www.nzherald.co.nz"
    )
    feeds = (
        "https://www.nzherald.co.nz/arc/outboundfeeds/rss/section/world/?outputType=xml&_website=nzh",
    )
    article_urls = r"^https?://www\.nzherald\.co\.nz/.+/[A-Z0-9]{26}/?$"


class RNZ(OutletSpider):
    """Public radio in Wellington; open."""

    name = "rnz"
    outlet = Outlet("RNZ", "NZ", ("en",), "Pacific/Auckland", "https://www.rnz.co.nz/news")
    feeds = ("https://www.rnz.co.nz/rss/world.xml",)
    article_urls = r"^https?://www\.rnz\.co\.nz/news/[a-z-]+/\d+/[a-z0-9-]+$"
