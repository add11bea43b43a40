"""Outlets with newsrooms in Brazil."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AgenciaBrasil(OutletSpider):
    """Public news agency in Brasília; its text is openly licensed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "agencia-brasil"
    outlet = Outlet(
        "Agência Brasil", "BR", ("pt-BR",), "America/Sao_Paulo", "https://agenciabrasil.ebc.com.br"
    )
    feeds = ("https://agenciabrasil.ebc.com.br/rss/internacional/feed.xml",)
    article_urls = r"^https?://agenciabrasil\.ebc\.com\.br/[a-z-]+/noticia/\d{4}-\d{2}/[a-z0-9-]+$"


class Folha(OutletSpider):
    """São Paulo daily; metered paywall. Feed links pass through a redirecting host."""

    name = "folha"
    outlet = Outlet(
        "Folha de S.Paulo", "BR", ("pt-BR",), "America/Sao_Paulo", "https://www.folha.uol.com.br"
    )
    feeds = ("https://feeds.folha.uol.com.br/mundo/rss091.xml",)
    article_urls = (
        r"(?:^|\*)https?://www1\.folha\.uol\.com\.br/[a-z]+/(?:\d{4}/\d{2}"
        r"/)?[a-z0-9-]+\.shtml$"
    )


class G1(OutletSpider):
    """News site of Globo in Rio de Janeiro; open."""

    name = "g1"
    outlet = Outlet("g1", "BR", ("pt-BR",), "America/Sao_Paulo", "https://g1.globo.com")
    feeds = ("https://g1.globo.com/rss/g1/mundo/",)
    article_urls = r"^https?://g1\.globo\.com/.+/noticia/\d{4}/\d{2}/\d{2}/[a-z0-9-]+\.ghtml$"
