"""Outlets with newsrooms in South Africa."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DailyMaverick(OutletSpider):
    """Johannesburg; whole-site feed and news sitemap, and the world page."""

    name = "daily-maverick"
    outlet = Outlet(
        "Daily Maverick", "ZA", ("en",), "Africa/Johannesburg", "https://www.dailymaverick.co.za"
    )
    feeds = ("https://www.dailymaverick.co.za/dmrss/",)
    news_sitemaps = ("https://www.dailymaverick.co.za/news-sitemap.xml",)
    sections = ("https://www.dailymaverick.co.za/section/world/",)
    article_urls = (
        r"^https?://www\.dailymaverick\.co\.za/(?:article|opinionista)"
        r"/\d{4}-\d{2}-\d{2}-[a-z0-9-]+/?$"
    )


class MaroelaMedia(OutletSpider):
    """Centurion, in Afrikaans; whole-site feed.

    Doubt: the address and the category of its world news are from general knowledge.
    """

    name = "maroela-media"
    outlet = Outlet(
        "Maroela Media", "ZA", ("af",), "Africa/Johannesburg", "https://maroelamedia.co.za"
    )
    feeds = ("https://maroelamedia.co.za/feed/",)
    world_urls = r"/nuus/wereld-?nuus/"
    world_sections = ("Wêreldnuus",)
