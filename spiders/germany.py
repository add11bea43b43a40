"""Outlets with newsrooms in Germany."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Tagesschau(OutletSpider):
    """ARD's news desk in Hamburg; open."""

    name = "tagesschau"
    outlet = Outlet("tagesschau.de", "DE", ("de",), "Europe/Berlin", "https://www.tagesschau.de")
    feeds = ("https://www.tagesschau.de/ausland/index~rss2.xml",)
    sections = ("https://www.tagesschau.de/ausland",)
    article_urls = r"^https?://www\.tagesschau\.de/(?:[a-z-]+/)+[a-z0-9-]+-\d{3}\.html$"


class DeutscheWelle(OutletSpider):
    """Foreign broadcaster in Bonn; its English edition, by RSS 1.0 with dates in dc:date."""

    name = "dw"
    outlet = Outlet("Deutsche Welle", "DE", ("en",), "Europe/Berlin", "https://www.dw.com")
    feeds = ("https://rss.dw.com/rdf/rss-en-world",)
    article_urls = r"^https?://www\.dw\.com/[a-z-]{2,7}/[^/]+/a-\d+$"
