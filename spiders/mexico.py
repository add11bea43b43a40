"""Outlets with newsrooms in Mexico."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LaJornada(OutletSpider):
    """Mexico City daily; open."""

    name = "la-jornada"
    outlet = Outlet(
        "La Jornada", "MX", ("es",), "America/Mexico_City", "https://www.jornada.com.mx"
    )
    feeds = ("https://www.jornada.com.mx/rss/mundo.xml",)
    article_urls = r"^https?://www\.jornada\.com\.mx/noticia/\d{4}/\d{2}/\d{2}/[a-z-]+/[a-z0-9-]+$"
