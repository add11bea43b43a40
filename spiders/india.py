"""Outlets with newsrooms in India."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class TimesOfIndia(OutletSpider):
    """Mumbai; mostly open."""

    name = "times-of-india"
    outlet = Outlet(
        "The Times of India", "IN", ("en",), "Asia/Kolkata", "https://timesofindia.indiatimes.com"
    )
    feeds = ("https://timesofindia.indiatimes.com/rssfeeds/296589292.cms",)
    article_urls = r"^https?://timesofindia\.indiatimes\.com/.+/articleshow/\d+\.cms$"


class AmarUjala(OutletSpider):
    """Hindi daily in Noida; AMP pages under /amp/."""

    name = "amar-ujala"
    outlet = Outlet("अमर उजाला", "IN", ("hi",), "Asia/Kolkata", "https://www.amarujala.com")
    feeds = ("https://www.amarujala.com/rss/world.xml",)
    article_urls = r"^https?://www\.amarujala\.com/(?:amp/)?[a-z-]+(?:/[a-z-]+)*/[a-z0-9-]{12,}$"


class DainikBhaskar(OutletSpider):
    """Hindi daily in Bhopal. Doubt: part of the text may be for its app only."""

    name = "dainik-bhaskar"
    outlet = Outlet("दैनिक भास्कर", "IN", ("hi",), "Asia/Kolkata", "https://www.bhaskar.com")
    feeds = ("https://www.bhaskar.com/rss-v1--category-1125.xml",)
    article_urls = r"^https?://www\.bhaskar\.com/.+-\d{9}\.html$"


class IndianExpress(OutletSpider):
    """Noida daily in English.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "indian-express"
    outlet = Outlet(
        "The Indian Express", "IN", ("en",), "Asia/Kolkata", "https://indianexpress.com"
    )
    feeds = ("https://indianexpress.com/section/world/feed/",)
    article_urls = r"^https?://indianexpress\.com/article/.+-\d{6,}/?$"


class TheHindu(OutletSpider):
    """Chennai daily in English; metered paywall. Doubt: the feed was seen to refuse bots."""

    name = "the-hindu"
    outlet = Outlet("The Hindu", "IN", ("en",), "Asia/Kolkata", "https://www.thehindu.com")
    feeds = ("https://www.thehindu.com/news/international/feeder/default.rss",)
    article_urls = r"^https?://www\.thehindu\.com/.+/article\d+\.ece$"
