"""Outlets with newsrooms in Latvia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LSM(OutletSpider):
    """Public broadcaster in Riga; whole-site feed of news."""

    name = "lsm"
    outlet = Outlet("LSM", "LV", ("lv",), "Europe/Riga", "https://www.lsm.lv")
    feeds = ("https://www.lsm.lv/rss/?lang=lv&catid=14",)
    article_urls = r"^https?://www\.lsm\.lv/raksts/.+\.a\d+/?$"
    world_urls = r"/zinas/arzemes/"


class Meduza(OutletSpider):
    """Russian newsroom in exile in Riga; a whole-site feed each in Russian and English."""

    name = "meduza"
    outlet = Outlet("Медуза", "LV", ("ru", "en"), "Europe/Riga", "https://meduza.io")
    feeds = ("https://meduza.io/rss/all", "https://meduza.io/rss/en/all")
    article_urls = (
        r"^https?://meduza\.io/(?:en/)?(?:news|feature|episodes|short)/\d{4}/\d{2}/\d{2}"
        r"/[a-z0-9-]+$"
    )
