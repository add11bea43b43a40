"""Outlets with newsrooms in Serbia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTS(OutletSpider):
    """Public broadcaster in Belgrade, in both scripts; a world feed and a whole-site feed.

    Doubt: the world feed was seen in one place only.
    """

    name = "rts-rs"
    outlet = Outlet("РТС", "RS", ("sr",), "Europe/Belgrade", "https://www.rts.rs/vesti.html")
    feeds = ("https://www.rts.rs/vesti/svet/rss.html", "https://www.rts.rs/vesti/rss.html")
    article_urls = r"^https?://www\.rts\.rs/vesti/[a-z-]+/\d+/[a-z0-9-]+\.html$"
    world_urls = r"/vesti/svet/"
    world_listings = ("https://www.rts.rs/vesti/svet/rss.html",)
