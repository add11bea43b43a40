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
