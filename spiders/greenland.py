"""Outlets with newsrooms in Greenland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Sermitsiaq(OutletSpider):
    """Nuuk, in Danish and Greenlandic.

    No feed, no news sitemap and no world section: the society page is read.
    """

    name = "sermitsiaq"
    outlet = Outlet("Sermitsiaq", "GL", ("da", "kl"), "America/Nuuk", "https://www.sermitsiaq.ag")
    sections = ("https://www.sermitsiaq.ag/samfund",)
    article_urls = r"^https?://www\.sermitsiaq\.ag/[a-z-]+/[a-z0-9-]+/\d+$"
