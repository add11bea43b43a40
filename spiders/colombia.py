"""Outlets with newsrooms in Colombia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElTiempo(OutletSpider):
    """Bogotá daily; metered paywall."""

    name = "el-tiempo"
    outlet = Outlet("El Tiempo", "CO", ("es",), "America/Bogota", "https://www.eltiempo.com")
    feeds = ("https://www.eltiempo.com/rss/mundo.xml",)
    article_urls = r"^https?://www\.eltiempo\.com/(?:amp/)?[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+-\d{6,}$"
