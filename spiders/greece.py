"""Outlets with newsrooms in Greece."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class InGr(OutletSpider):
    """Athens; a WordPress section feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "in-gr"
    outlet = Outlet("in.gr", "GR", ("el",), "Europe/Athens", "https://www.in.gr")
    feeds = ("https://www.in.gr/world/feed/",)
    article_urls = r"^https?://www\.in\.gr/\d{4}/\d{2}/\d{2}/world/.+/$"


class Kathimerini(OutletSpider):
    """Athens daily; the world page stands by. Doubt: the feed was seen in one place only."""

    name = "kathimerini"
    outlet = Outlet("Καθημερινή", "GR", ("el",), "Europe/Athens", "https://www.kathimerini.gr")
    feeds = ("https://www.kathimerini.gr/world/feed/",)
    sections = ("https://www.kathimerini.gr/world/",)
    article_urls = r"^https?://www\.kathimerini\.gr/[a-z-]+/\d+/[a-z0-9-]+/?$"
