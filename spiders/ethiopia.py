"""Outlets with newsrooms in Ethiopia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AddisStandard(OutletSpider):
    """Addis Ababa; a whole-site feed each in English, Amharic and Oromo.

    Doubt: one checker was refused with 403.
    """

    name = "addis-standard"
    outlet = Outlet(
        "Addis Standard",
        "ET",
        ("en", "am", "om"),
        "Africa/Addis_Ababa",
        "https://addisstandard.com",
    )
    feeds = (
        "https://addisstandard.com/feed/",
        "https://addisstandard.com/Amharic/?feed=rss2",
        "https://addisstandard.com/Afaanoromoo/feed/",
    )
