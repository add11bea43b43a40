"""Outlets with newsrooms in Argentina."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Clarin(OutletSpider):
    """Buenos Aires daily; metered paywall."""

    name = "clarin"
    outlet = Outlet(
        "Clarín", "AR", ("es",), "America/Argentina/Buenos_Aires", "https://www.clarin.com"
    )
    feeds = ("https://www.clarin.com/rss/mundo/",)
    article_urls = r"^https?://www\.clarin\.com/[a-z-]+/[a-z0-9-]+_0_[A-Za-z0-9_-]+\.html$"


class LaNacionAr(OutletSpider):
    """Buenos Aires daily; metered paywall."""

    name = "la-nacion-ar"
    outlet = Outlet(
        "La Nación", "AR", ("es",), "America/Argentina/Buenos_Aires", "https://www.lanacion.com.ar"
    )
    feeds = ("https://www.lanacion.com.ar/arc/outboundfeeds/rss/category/el-mundo/?outputType=xml",)
    article_urls = r"^https?://www\.lanacion\.com\.ar/.+-nid\d+/?$"


class Pagina12(OutletSpider):
    """Buenos Aires daily; open, asks for membership.

    Doubt: it moved to addresses with a date, and none of them was seen.
    """

    name = "pagina12"
    outlet = Outlet(
        "Página/12", "AR", ("es",), "America/Argentina/Buenos_Aires", "https://www.pagina12.com.ar"
    )
    feeds = ("https://www.pagina12.com.ar/arc/outboundfeeds/rss/secciones/el-mundo/notas",)
    article_urls = (
        r"^https?://www\.pagina12\.com\.ar/(?:\d{5,}-[a-z0-9-]+|\d{4}/\d{2}/\d{2}"
        r"/[a-z0-9-]+/?)$"
    )
