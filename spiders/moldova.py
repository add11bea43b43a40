"""Outlets with newsrooms in Moldova."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NewsMaker(OutletSpider):
    """Chișinău; a whole-site feed each in Russian and Romanian."""

    name = "newsmaker-md"
    outlet = Outlet("NewsMaker", "MD", ("ru", "ro"), "Europe/Chisinau", "https://newsmaker.md")
    feeds = ("https://newsmaker.md/feed", "https://newsmaker.md/ro/feed")
    article_urls = r"^https?://newsmaker\.md/(?:rus/novosti|ro)/(?!feed)[a-z0-9-]+/?$"
