"""Outlets with newsrooms in Kazakhstan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Tengrinews(OutletSpider):
    """Almaty, in Russian; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "tengrinews"
    outlet = Outlet("Tengrinews", "KZ", ("ru",), "Asia/Almaty", "https://tengrinews.kz")
    feeds = ("https://tengrinews.kz/news.rss",)
    article_urls = r"^https?://tengrinews\.kz/[a-z_]+/[a-z0-9-]+-\d+/$"
    world_urls = r"tengrinews\.kz/world_news/"
