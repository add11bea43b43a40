"""Outlets with newsrooms in Belgium."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class VRT(OutletSpider):
    """Flemish public broadcaster in Brussels; whole-site feed in Atom, and the world page."""

    name = "vrt"
    outlet = Outlet("VRT NWS", "BE", ("nl",), "Europe/Brussels", "https://www.vrt.be/vrtnws/nl/")
    feeds = ("https://www.vrt.be/vrtnws/nl.rss.articles.xml",)
    sections = ("https://www.vrt.be/vrtnws/nl/rubrieken/buitenland/",)
    article_urls = r"^https?://www\.vrt\.be/vrtnws/[a-z]{2}/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?$"


class RTBF(OutletSpider):
    """French-speaking public broadcaster in Brussels; the world page stands by.

    Doubt: the world feed is known from an older list.
    """

    name = "rtbf"
    outlet = Outlet("RTBF Info", "BE", ("fr",), "Europe/Brussels", "https://www.rtbf.be/info")
    feeds = ("https://rss.rtbf.be/article/rss/highlight_rtbfinfo_info-monde.xml",)
    sections = ("https://www.rtbf.be/info/monde",)
    article_urls = r"^https?://www\.rtbf\.be/article/[a-z0-9-]+-\d+$"
