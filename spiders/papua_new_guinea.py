"""Outlets with newsrooms in Papua New Guinea."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class PostCourier(OutletSpider):
    """Port Moresby daily; whole-site feed."""

    name = "post-courier"
    outlet = Outlet(
        "Post-Courier", "PG", ("en",), "Pacific/Port_Moresby", "https://www.postcourier.com.pg"
    )
    feeds = ("https://postcourier.com.pg/feed/",)
