"""Outlets with newsrooms in France."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LeFigaro(OutletSpider):
    """Paris daily; paywall on many articles, consent wall."""

    name = "le-figaro"
    outlet = Outlet("Le Figaro", "FR", ("fr",), "Europe/Paris", "https://www.lefigaro.fr")
    feeds = ("https://www.lefigaro.fr/rss/figaro_international.xml",)
    article_urls = r"^https?://www\.lefigaro\.fr/[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+-\d{8}$"
