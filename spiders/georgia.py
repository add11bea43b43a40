"""Outlets with newsrooms in Georgia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class CivilGeorgia(OutletSpider):
    """Tbilisi; a whole-site feed each in Georgian and English.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "civil-ge"
    outlet = Outlet("სამოქალაქო საქართველო", "GE", ("ka", "en"), "Asia/Tbilisi", "https://civil.ge")
    feeds = ("https://civil.ge/ka/feed", "https://civil.ge/feed/")
    article_urls = r"^https?://civil\.ge/(?:ka/)?archives/\d+$"
