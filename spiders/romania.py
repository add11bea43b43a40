"""Outlets with newsrooms in Romania."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Digi24(OutletSpider):
    """Broadcaster in Bucharest; open, whole-site feed."""

    name = "digi24"
    outlet = Outlet("Digi24", "RO", ("ro",), "Europe/Bucharest", "https://www.digi24.ro")
    feeds = ("https://www.digi24.ro/rss",)
    article_urls = r"^https?://www\.digi24\.ro/stiri/.+-\d+$"
    world_urls = r"/stiri/externe/"


class HotNews(OutletSpider):
    """Bucharest; whole-site feed."""

    name = "hotnews"
    outlet = Outlet("HotNews", "RO", ("ro",), "Europe/Bucharest", "https://hotnews.ro")
    feeds = ("https://hotnews.ro/feed",)
    article_urls = r"^https?://hotnews\.ro/[a-z0-9-]+-\d+$"
