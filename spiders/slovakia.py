"""Outlets with newsrooms in Slovakia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class STVR(OutletSpider):
    """Public broadcaster in Bratislava; whole-site feed, whose entries name their category.

    Doubt: the name of the category is from general knowledge.
    """

    name = "stvr"
    outlet = Outlet("STVR", "SK", ("sk",), "Europe/Bratislava", "https://spravy.stvr.sk")
    feeds = ("https://spravy.stvr.sk/feed/",)
    article_urls = r"^https?://spravy\.stvr\.sk/\d{4}/\d{2}/[a-z0-9-]+/$"
    world_sections = ("Zahraničie",)
