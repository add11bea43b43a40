"""Outlets with newsrooms in Bulgaria."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Dnevnik(OutletSpider):
    """Sofia; whole-site feed. Doubt: the feed was found invalid by plain http in 2026."""

    name = "dnevnik-bg"
    outlet = Outlet("Дневник", "BG", ("bg",), "Europe/Sofia", "https://www.dnevnik.bg")
    feeds = ("https://www.dnevnik.bg/rss/",)
    article_urls = (
        r"^https?://www\.dnevnik\.bg/[a-z_]+(?:/[a-z_]+)*/\d{4}/\d{2}/\d{2}"
        r"/\d+_[a-z0-9_]+/?$"
    )
    world_urls = r"/sviat/"
