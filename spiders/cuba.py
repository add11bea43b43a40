"""Outlets with newsrooms in Cuba."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Granma(OutletSpider):
    """Paper of the Communist Party in Havana; whole-site feed."""

    name = "granma"
    outlet = Outlet("Granma", "CU", ("es",), "America/Havana", "https://www.granma.cu")
    feeds = ("https://www.granma.cu/feed",)
    article_urls = r"^https?://www\.granma\.cu/[a-z0-9-]+/\d{4}-\d{2}-\d{2}/[a-z0-9-]+$"
    world_urls = r"granma\.cu/mundo/"
