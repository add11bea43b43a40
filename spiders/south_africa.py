"""Outlets with newsrooms in South Africa."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DailyMaverick(OutletSpider):
    """Johannesburg; feed and news sitemap are the whole site."""

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
