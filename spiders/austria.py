"""Outlets with newsrooms in Austria."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DerStandard(OutletSpider):
    """Vienna daily; consent-or-pay wall. Feed links carry ?ref=rss.

    Doubt: plain requests are sent to the wall.
    """

    name = "der-standard"
    outlet = Outlet("Der Standard", "AT", ("de",), "Europe/Vienna", "https://www.derstandard.at")
    feeds = ("https://www.derstandard.at/rss/international",)
    article_urls = r"^https?://www\.derstandard\.at/story/\d+/[a-z0-9-]+$"


class ORF(OutletSpider):
    """Public broadcaster in Vienna; whole-site feed in RSS 1.0, entries name their subject."""

    name = "orf"
    outlet = Outlet("ORF.at", "AT", ("de",), "Europe/Vienna", "https://orf.at")
    feeds = ("https://rss.orf.at/news.xml",)
    article_urls = r"^https?://orf\.at/stories/\d+/?$"
    world_sections = ("Ausland",)
