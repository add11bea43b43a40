"""Outlets with newsrooms in Peru."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElComercio(OutletSpider):
    """Lima daily; metered paywall. A world feed and a whole-site feed.

    Doubt: the world feed answered 404 in another form of its address.
    """

    name = "el-comercio-pe"
    outlet = Outlet("El Comercio", "PE", ("es",), "America/Lima", "https://elcomercio.pe")
    feeds = (
        "https://elcomercio.pe/arc/outboundfeeds/rss/category/mundo/?outputType=xml",
        "https://elcomercio.pe/arc/outboundfeeds/rss/?outputType=xml",
    )
    article_urls = r"^https?://elcomercio\.pe/.+-noticia/?$"
    world_urls = r"elcomercio\.pe/mundo/"
    world_listings = ("https://elcomercio.pe/arc/outboundfeeds/rss/category/mundo/?outputType=xml",)
