"""Outlets with newsrooms in Nigeria."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class PremiumTimes(OutletSpider):
    """Abuja; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "premium-times"
    outlet = Outlet(
        "Premium Times", "NG", ("en",), "Africa/Lagos", "https://www.premiumtimesng.com"
    )
    feeds = ("https://www.premiumtimesng.com/feed",)
    article_urls = r"^https?://www\.premiumtimesng\.com/[a-z-]+(?:/[a-z-]+)*/\d+-[a-z0-9-]+\.html$"
    world_urls = r"premiumtimesng\.com/foreign/"
    world_sections = ("Foreign",)
