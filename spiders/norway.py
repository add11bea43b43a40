"""Outlets with newsrooms in Norway."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NRK(OutletSpider):
    """Public broadcaster in Oslo; Urix is its foreign desk. Open."""

    name = "nrk"
    outlet = Outlet("NRK", "NO", ("nb",), "Europe/Oslo", "https://www.nrk.no")
    feeds = ("https://www.nrk.no/urix/toppsaker.rss",)
    article_urls = r"^https?://www\.nrk\.no/.+-1\.\d+$"
