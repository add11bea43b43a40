"""Outlets with newsrooms in Russia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Kommersant(OutletSpider):
    """Moscow daily; rubric 5 is "world" to one source and "society" to another."""

    name = "kommersant"
    outlet = Outlet("Коммерсантъ", "RU", ("ru",), "Europe/Moscow", "https://www.kommersant.ru")
    feeds = ("https://www.kommersant.ru/rss/section-world.xml",)
    article_urls = r"^https?://www\.kommersant\.ru/(?:amp/)?doc/\d+$"
