"""Outlets with newsrooms in Italy."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Corriere(OutletSpider):
    """Milan daily; metered paywall, consent-or-pay wall."""

    name = "corriere"
    outlet = Outlet("Corriere della Sera", "IT", ("it",), "Europe/Rome", "https://www.corriere.it")
    feeds = ("https://xml2.corriereobjects.it/rss/esteri.xml",)
    article_urls = r"^https?://www\.corriere\.it/[a-z-]+(?:/[a-z-]+)*/\d{2}_[a-z]+_\d{2}/.+\.shtml$"


class ANSA(OutletSpider):
    """News agency in Rome; a consent wall in browsers only."""

    name = "ansa"
    outlet = Outlet("ANSA", "IT", ("it",), "Europe/Rome", "https://www.ansa.it")
    feeds = ("https://www.ansa.it/sito/notizie/mondo/mondo_rss.xml",)
    article_urls = (
        r"^https?://www\.ansa\.it/(?:amp/)?.+/\d{4}/\d{2}/\d{2}"
        r"/.+_[0-9a-f]{8}-[0-9a-f-]{27}\.html$"
    )


class Repubblica(OutletSpider):
    """Rome daily; many articles show a teaser only."""

    name = "repubblica"
    outlet = Outlet("la Repubblica", "IT", ("it",), "Europe/Rome", "https://www.repubblica.it")
    feeds = ("https://www.repubblica.it/rss/esteri/rss2.0.xml",)
    article_urls = r"^https?://[a-z]+\.repubblica\.it/.+/\d{4}/\d{2}/\d{2}/news/.+-\d+/?$"
