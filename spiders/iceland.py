"""Outlets with newsrooms in Iceland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Mbl(OutletSpider):
    """Morgunblaðið of Reykjavík."""

    name = "mbl"
    outlet = Outlet(
        "Morgunblaðið (mbl.is)", "IS", ("is",), "Atlantic/Reykjavik", "https://www.mbl.is/frettir/"
    )
    feeds = ("https://www.mbl.is/feeds/erlent/",)
    article_urls = r"^https?://www\.mbl\.is/frettir/[a-z]+/\d{4}/\d{2}/\d{2}/[a-z0-9_]+/$"
