"""Outlets with newsrooms in Denmark."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DR(OutletSpider):
    """Public broadcaster in Copenhagen; open."""

    name = "dr"
    outlet = Outlet("DR Nyheder", "DK", ("da",), "Europe/Copenhagen", "https://www.dr.dk/nyheder")
    feeds = ("https://www.dr.dk/nyheder/service/feeds/udland",)
    article_urls = r"^https?://www\.dr\.dk/nyheder/(?!service)[a-z-]+/[a-z0-9-]+$"


class JyllandsPosten(OutletSpider):
    """Daily in Aarhus; paywall. No feed and no news sitemap, so the world page is read."""

    name = "jyllands-posten"
    outlet = Outlet(
        "Jyllands-Posten", "DK", ("da",), "Europe/Copenhagen", "https://jyllands-posten.dk"
    )
    sections = ("https://jyllands-posten.dk/international/",)
    article_urls = r"^https?://jyllands-posten\.dk/[a-z-]+(?:/[a-z-]+)*/ECE\d+/[a-z0-9-]+/?$"
