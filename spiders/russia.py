"""Outlets with newsrooms in Russia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Kommersant(OutletSpider):
    """Moscow daily. Doubt: its robots.txt may forbid articles."""

    name = "kommersant"
    outlet = Outlet("Коммерсантъ", "RU", ("ru",), "Europe/Moscow", "https://www.kommersant.ru")
    feeds = ("https://www.kommersant.ru/rss/section-world.xml",)
    article_urls = r"^https?://www\.kommersant\.ru/(?:amp/)?doc/\d+$"


class Lenta(OutletSpider):
    """Moscow."""

    name = "lenta"
    outlet = Outlet("Лента.ру", "RU", ("ru",), "Europe/Moscow", "https://lenta.ru")
    feeds = ("https://lenta.ru/rss/news/world/",)
    article_urls = r"^https?://lenta\.ru/(?:news|articles)/\d{4}/\d{2}/\d{2}/[a-z0-9_-]+/$"


class RIA(OutletSpider):
    """State news agency in Moscow; whole-site feed.

    Doubt: whether it answers depends on the region.
    """

    name = "ria"
    outlet = Outlet("РИА Новости", "RU", ("ru",), "Europe/Moscow", "https://ria.ru")
    feeds = ("https://ria.ru/export/rss2/archive/index.xml",)
    article_urls = r"^https?://ria\.ru/\d{8}/[a-z0-9_-]+-\d+\.html$"


class TASS(OutletSpider):
    """State news agency in Moscow; whole-site feed.

    Doubt: whether it answers depends on the region.
    """

    name = "tass"
    outlet = Outlet("ТАСС", "RU", ("ru",), "Europe/Moscow", "https://tass.ru")
    feeds = ("https://tass.ru/rss/v2.xml",)
    article_urls = r"^https?://tass\.ru/[a-z-]+/\d{5,}(?:/amp)?$"
    world_urls = r"/mezhdunarodnaya-panorama/"
