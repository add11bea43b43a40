"""Outlets with newsrooms in Costa Rica."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LaNacionCostaRica(OutletSpider):
    """San José daily; metered paywall, whole-site feed."""

    name = "la-nacion-cr"
    outlet = Outlet("La Nación", "CR", ("es",), "America/Costa_Rica", "https://www.nacion.com")
    feeds = ("https://www.nacion.com/arc/outboundfeeds/rss/?outputType=xml",)
    article_urls = r"^https?://www\.nacion\.com/.+/[A-Z0-9]{26}/story/?$"
    world_urls = r"nacion\.com/el-mundo/"
