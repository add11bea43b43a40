"""Outlets with newsrooms in Portugal."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTP(OutletSpider):
    """Public broadcaster in Lisbon; open."""

    name = "rtp"
    outlet = Outlet("RTP Notícias", "PT", ("pt",), "Europe/Lisbon", "https://www.rtp.pt/noticias")
    feeds = ("https://www.rtp.pt/noticias/rss/mundo",)
    article_urls = r"^https?://www\.rtp\.pt/noticias/[a-z0-9-]+/.+_[a-z]+\d+$"


class Publico(OutletSpider):
    """Lisbon daily; paywall on some articles. The feed is at FeedBurner."""

    name = "publico-pt"
    outlet = Outlet("Público", "PT", ("pt",), "Europe/Lisbon", "https://www.publico.pt")
    feeds = ("https://feeds.feedburner.com/PublicoMundo",)
    article_urls = (
        r"^https?://www\.publico\.pt/\d{4}/\d{2}/\d{2}/[a-z0-9]+/noticia"
        r"/[a-z0-9-]+-\d+(?:/amp)?$"
    )
