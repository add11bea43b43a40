"""Outlets with newsrooms in France."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LeFigaro(OutletSpider):
    """Paris daily; paywall on many articles, consent wall."""

    name = "le-figaro"
    outlet = Outlet("Le Figaro", "FR", ("fr",), "Europe/Paris", "https://www.lefigaro.fr")
    feeds = ("https://www.lefigaro.fr/rss/figaro_international.xml",)
    article_urls = r"^https?://www\.lefigaro\.fr/[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]+-\d{8}$"


class Euronews(OutletSpider):
    """Channel in Lyon; its English edition, by a whole-site feed, international by nature."""

    name = "euronews"
    outlet = Outlet("Euronews", "FR", ("en",), "Europe/Paris", "https://www.euronews.com")
    feeds = ("https://www.euronews.com/rss?level=theme&name=news",)
    article_urls = (
        r"^https?://(?:www|[a-z]{2})\.euronews\.com/(?:[a-z-]+/)*\d{4}/\d{2}/\d{2}"
        r"/[a-z0-9-]+$"
    )


class France24(OutletSpider):
    """Foreign broadcaster in Paris; a whole-site feed per language, international by nature."""

    name = "france24"
    outlet = Outlet(
        "France 24", "FR", ("fr", "en", "ar", "es"), "Europe/Paris", "https://www.france24.com/fr/"
    )
    feeds = (
        "https://www.france24.com/fr/rss",
        "https://www.france24.com/en/rss",
        "https://www.france24.com/ar/rss",
        "https://www.france24.com/es/rss",
    )
    article_urls = r"^https?://www\.france24\.com/(?:fr|en|es|ar)/(?:[^/]+/)*\d{8}-[^/]+/?$"


class Franceinfo(OutletSpider):
    """Public broadcaster in Paris.

    Doubt: the site moved from francetvinfo.fr, and the feed is known there.
    """

    name = "franceinfo"
    outlet = Outlet("franceinfo", "FR", ("fr",), "Europe/Paris", "https://www.franceinfo.fr")
    feeds = ("https://www.francetvinfo.fr/monde.rss",)
    article_urls = r"^https?://www\.(?:franceinfo|francetvinfo)\.fr/.+_\d{5,}\.html$"


class LeMonde(OutletSpider):
    """Paris daily; paywall on many articles, consent wall."""

    name = "le-monde"
    outlet = Outlet("Le Monde", "FR", ("fr",), "Europe/Paris", "https://www.lemonde.fr")
    feeds = ("https://www.lemonde.fr/international/rss_full.xml",)
    article_urls = r"^https?://www\.lemonde\.fr/.+/article/\d{4}/\d{2}/\d{2}/.+_\d+_\d+\.html$"


class RFI(OutletSpider):
    """Foreign radio in Paris.

    Feeds in French and Swahili are whole-site feeds, the English one is the world's.
    """

    name = "rfi"
    outlet = Outlet("RFI", "FR", ("fr", "en", "sw"), "Europe/Paris", "https://www.rfi.fr/fr/")
    feeds = (
        "https://www.rfi.fr/fr/rss",
        "https://www.rfi.fr/en/international/rss",
        "https://www.rfi.fr/sw/rss",
    )
    article_urls = r"^https?://www\.rfi\.fr/[a-z-]{2,7}/[^/]+/\d{8}-.+$"
