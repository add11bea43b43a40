"""Outlets with newsrooms in Brazil."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AgenciaBrasil(OutletSpider):
    """Public news agency in Brasília; its text is openly licensed."""

    name = "agencia-brasil"
    outlet = Outlet(
        "Agência Brasil", "BR", ("pt-BR",), "America/Sao_Paulo", "https://agenciabrasil.ebc.com.br"
    )
    feeds = ("https://agenciabrasil.ebc.com.br/rss/internacional/feed.xml",)
    article_urls = r"^https?://agenciabrasil\.ebc\.com\.br/[a-z-]+/noticia/\d{4}-\d{2}/[a-z0-9-]+$"
