"""Outlets with newsrooms in Switzerland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SRF(OutletSpider):
    """Swiss public broadcaster, German-speaking; open."""

    name = "srf"
    outlet = Outlet("SRF News", "CH", ("de",), "Europe/Zurich", "https://www.srf.ch/news")
    feeds = ("https://www.srf.ch/news/bnf/rss/1922",)
    article_urls = r"^https?://www\.srf\.ch/news/(?!bnf)[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+$"


class LeTemps(OutletSpider):
    """Daily for French-speaking Switzerland, in Geneva; paywall."""

    name = "le-temps"
    outlet = Outlet("Le Temps", "CH", ("fr",), "Europe/Zurich", "https://www.letemps.ch")
    feeds = ("https://www.letemps.ch/monde.rss",)
    article_urls = r"^https?://www\.letemps\.ch/(?:monde|suisse|economie|opinions)/.+$"


class NZZ(OutletSpider):
    """Zurich daily; paywall."""

    name = "nzz"
    outlet = Outlet("Neue Zürcher Zeitung", "CH", ("de",), "Europe/Zurich", "https://www.nzz.ch")
    feeds = ("https://www.nzz.ch/international.rss",)
    article_urls = r"^https?://www\.nzz\.ch/.+-ld\.\d+$"
