"""Outlets with newsrooms in Portugal."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTP(OutletSpider):
    """Public broadcaster in Lisbon; open."""

    name = "rtp"
    outlet = Outlet("RTP Notícias", "PT", ("pt",), "Europe/Lisbon", "https://www.rtp.pt/noticias")
    feeds = ("https://www.rtp.pt/noticias/rss/mundo",)
    article_urls = r"^https?://www\.rtp\.pt/noticias/[a-z0-9-]+/.+_[a-z]+\d+$"
