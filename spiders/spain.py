"""Outlets with newsrooms in Spain."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElMundo(OutletSpider):
    """Madrid daily; premium articles, consent wall."""

    name = "el-mundo"
    outlet = Outlet("El Mundo", "ES", ("es",), "Europe/Madrid", "https://www.elmundo.es")
    feeds = ("https://e00-elmundo.uecdn.es/elmundo/rss/internacional.xml",)
    article_urls = (
        r"^https?://(?:www|amp)\.elmundo\.es/.+/\d{4}/\d{2}/\d{2}"
        r"/[0-9a-f]{24}(?:-directo)?\.html$"
    )


class ElDiario(OutletSpider):
    """Madrid; open, asks for donations."""

    name = "eldiario-es"
    outlet = Outlet("elDiario.es", "ES", ("es",), "Europe/Madrid", "https://www.eldiario.es")
    feeds = ("https://www.eldiario.es/rss/internacional/",)
    article_urls = r"^https?://www\.eldiario\.es/.+_\d+_\d+\.html$"
