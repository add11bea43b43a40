"""Outlets with newsrooms in the Democratic Republic of the Congo."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RadioOkapi(OutletSpider):
    """Radio of the United Nations in Kinshasa; whole-site feed."""

    name = "radio-okapi"
    outlet = Outlet("Radio Okapi", "CD", ("fr",), "Africa/Kinshasa", "https://www.radiookapi.net")
    feeds = ("https://www.radiookapi.net/rss.xml",)
    article_urls = r"^https?://www\.radiookapi\.net/\d{4}/\d{2}/\d{2}/[a-z]+/[a-z-]+/[a-z0-9-]+$"
