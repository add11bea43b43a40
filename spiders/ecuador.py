"""Outlets with newsrooms in Ecuador."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElUniverso(OutletSpider):
    """Guayaquil daily; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "el-universo"
    outlet = Outlet("El Universo", "EC", ("es",), "America/Guayaquil", "https://www.eluniverso.com")
    feeds = ("https://www.eluniverso.com/arc/outboundfeeds/rss/?outputType=xml",)
    article_urls = r"^https?://www\.eluniverso\.com/.+-nota/?$"
    world_urls = r"/noticias/internacional/"
