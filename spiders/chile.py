"""Outlets with newsrooms in Chile."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class BioBioChile(OutletSpider):
    """Radio and news site in Concepción; no feed answers, the section page does."""

    name = "biobiochile"
    outlet = Outlet("BioBioChile", "CL", ("es",), "America/Santiago", "https://www.biobiochile.cl")
    sections = ("https://www.biobiochile.cl/lista/categorias/internacional",)
    article_urls = (
        r"^https?://www\.biobiochile\.cl/noticias/.+/\d{4}/\d{2}/\d{2}"
        r"/[a-z0-9-]+\.shtml$"
    )
