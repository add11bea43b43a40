"""Outlets with newsrooms in Belgium."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class VRT(OutletSpider):
    """Flemish public broadcaster in Brussels; the Atom feed is the whole site."""

    name = "vrt"
    outlet = Outlet("VRT NWS", "BE", ("nl",), "Europe/Brussels", "https://www.vrt.be/vrtnws/nl/")
    feeds = ("https://www.vrt.be/vrtnws/nl.rss.articles.xml",)
    sections = ("https://www.vrt.be/vrtnws/nl/rubrieken/buitenland/",)
    article_urls = r"^https?://www\.vrt\.be/vrtnws/[a-z]{2}/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?$"
