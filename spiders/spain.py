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


class Ara(OutletSpider):
    """Catalan daily in Barcelona; metered paywall.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "ara"
    outlet = Outlet("Ara", "ES", ("ca",), "Europe/Madrid", "https://www.ara.cat")
    feeds = ("https://www.ara.cat/rss/internacional",)
    article_urls = r"^https?://www\.ara\.cat/internacional/.+_1_\d+\.html$"


class ElPais(OutletSpider):
    """Madrid daily; metered paywall. Its robots.txt closes the site to many AI agents."""

    name = "el-pais"
    outlet = Outlet("El País", "ES", ("es",), "Europe/Madrid", "https://elpais.com")
    feeds = (
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/internacional/portada",
    )
    article_urls = r"^https?://elpais\.com/(?:[a-z-]+/)+\d{4}-\d{2}-\d{2}/.+\.html$"


class LaVanguardia(OutletSpider):
    """Barcelona daily; subscription on some articles."""

    name = "la-vanguardia"
    outlet = Outlet("La Vanguardia", "ES", ("es",), "Europe/Madrid", "https://www.lavanguardia.com")
    feeds = ("https://www.lavanguardia.com/rss/internacional.xml",)
    article_urls = r"^https?://www\.lavanguardia\.com/.+/\d{8}/\d+/[a-z0-9-]+\.html$"


class RTVE(OutletSpider):
    """Public broadcaster in Madrid; the world feed is http only, and the world page stands by.

    Doubt: the world feed is known from an older list.
    """

    name = "rtve"
    outlet = Outlet(
        "RTVE Noticias", "ES", ("es",), "Europe/Madrid", "https://www.rtve.es/noticias/"
    )
    feeds = ("http://api2.rtve.es/rss/temas_mundo.xml",)
    sections = ("https://www.rtve.es/noticias/mundo/",)
    article_urls = r"^https?://www\.rtve\.es/noticias/\d{8}/[a-z0-9-]+/\d+\.shtml$"
