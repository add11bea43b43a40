"""Outlets with newsrooms in Morocco."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class MAP(OutletSpider):
    """State news agency in Rabat; its Arabic edition."""

    name = "map-news"
    outlet = Outlet(
        "وكالة المغرب العربي للأنباء",
        "MA",
        ("ar",),
        "Africa/Casablanca",
        "https://www.mapnews.ma/ar/",
    )
    feeds = ("https://www.mapnews.ma/ar/actualites/monde/rss",)
