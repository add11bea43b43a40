"""Outlets with newsrooms in Tanzania."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class HabariLeo(OutletSpider):
    """Government daily in Dar es Salaam.

    Whole-site feed of WordPress, whose entries name their category.
    """

    name = "habari-leo"
    outlet = Outlet("HabariLeo", "TZ", ("sw",), "Africa/Dar_es_Salaam", "https://habarileo.co.tz")
    feeds = ("https://habarileo.co.tz/feed/",)
    article_urls = r"^https?://(?:www\.)?habarileo\.co\.tz/[a-z0-9-]{12,}/?$"
    world_sections = ("Kimataifa",)
