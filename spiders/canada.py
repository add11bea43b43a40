"""Outlets with newsrooms in Canada."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class CBC(OutletSpider):
    """Public broadcaster in Toronto; feed links carry ?cmp=rss."""

    name = "cbc"
    outlet = Outlet("CBC News", "CA", ("en",), "America/Toronto", "https://www.cbc.ca/news")
    feeds = ("https://www.cbc.ca/webfeed/rss/rss-world",)
    article_urls = r"^https?://www\.cbc\.ca/news/.+-\d\.\d{5,}$"


class GlobalNews(OutletSpider):
    """Broadcaster in Toronto; a WordPress section feed."""

    name = "global-news-ca"
    outlet = Outlet("Global News", "CA", ("en",), "America/Toronto", "https://globalnews.ca")
    feeds = ("https://globalnews.ca/world/feed/",)
    article_urls = r"^https?://globalnews\.ca/news/\d+/[a-z0-9-]+/?$"


class GlobeAndMail(OutletSpider):
    """Toronto daily; metered paywall."""

    name = "globe-and-mail"
    outlet = Outlet(
        "The Globe and Mail", "CA", ("en",), "America/Toronto", "https://www.theglobeandmail.com"
    )
    feeds = ("https://www.theglobeandmail.com/arc/outboundfeeds/rss/category/world/",)
    article_urls = r"^https?://www\.theglobeandmail\.com/(?:[a-z-]+/)+article-[a-z0-9-]+/?$"


class LaPresse(OutletSpider):
    """Montreal daily; open."""

    name = "la-presse-ca"
    outlet = Outlet("La Presse", "CA", ("fr",), "America/Toronto", "https://www.lapresse.ca")
    feeds = ("https://www.lapresse.ca/international/rss",)
    article_urls = r"^https?://www\.lapresse\.ca/.+\.php$"


class RadioCanada(OutletSpider):
    """French-speaking public broadcaster in Montreal."""

    name = "radio-canada"
    outlet = Outlet(
        "Radio-Canada Info", "CA", ("fr",), "America/Toronto", "https://ici.radio-canada.ca/info"
    )
    feeds = ("https://ici.radio-canada.ca/rss/96",)
    article_urls = (
        r"^https?://ici\.radio-canada\.ca/(?:rci/[a-z]{2}/)?(?:nouvelle|info/\d{4})/\d+"
        r"/[a-z0-9-]+$"
    )
