"""Outlets with newsrooms in Bosnia and Herzegovina."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Klix(OutletSpider):
    """Sarajevo; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "klix"
    outlet = Outlet("Klix.ba", "BA", ("bs",), "Europe/Sarajevo", "https://www.klix.ba")
    feeds = ("https://www.klix.ba/rss",)
    article_urls = r"^https?://www\.klix\.ba/vijesti/[a-z-]+/[a-z0-9-]+/\d+$"
    world_urls = r"/vijesti/svijet/"
