"""Outlets with newsrooms in Venezuela."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElNacional(OutletSpider):
    """Caracas daily; whole-site feed of WordPress, whose entries name their category."""

    name = "el-nacional-ve"
    outlet = Outlet("El Nacional", "VE", ("es",), "America/Caracas", "https://www.elnacional.com")
    feeds = ("https://www.elnacional.com/feed/",)
    world_urls = r"elnacional\.com/mundo/"
    world_sections = ("Mundo",)
