"""Outlets with newsrooms in Guatemala."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class PrensaLibre(OutletSpider):
    """Guatemala City daily; whole-site feed."""

    name = "prensa-libre"
    outlet = Outlet(
        "Prensa Libre", "GT", ("es",), "America/Guatemala", "https://www.prensalibre.com"
    )
    feeds = ("https://www.prensalibre.com/feed/",)
    article_urls = (
        r"^https?://www\.prensalibre\.com/(?!feed|wp-)[a-z-]+(?:/[a-z-]+)?/[a-z0-9-]{20,}"
        r"/?$"
    )
    world_urls = r"prensalibre\.com/internacional/"
