"""Outlets with newsrooms in Uruguay."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ElPaisUruguay(OutletSpider):
    """Montevideo daily; whole-site feed."""

    name = "el-pais-uy"
    outlet = Outlet("El País", "UY", ("es",), "America/Montevideo", "https://www.elpais.com.uy")
    feeds = ("https://www.elpais.com.uy/rss/latest",)
    world_urls = r"elpais\.com\.uy/mundo/"
