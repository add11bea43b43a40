"""Outlets with newsrooms in Jamaica."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Gleaner(OutletSpider):
    """Kingston daily; whole-site feed.

    Doubt: the address of its world news is from general knowledge.
    """

    name = "jamaica-gleaner"
    outlet = Outlet("The Gleaner", "JM", ("en",), "America/Jamaica", "https://jamaica-gleaner.com")
    feeds = ("https://jamaica-gleaner.com/feed/rss.xml",)
    article_urls = r"^https?://jamaica-gleaner\.com/article/[a-z-]+/\d{8}/[a-z0-9-]+$"
    world_urls = r"/article/(?:world-news|international)/"
