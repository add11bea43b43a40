"""Outlets with newsrooms in Armenia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NewsAm(OutletSpider):
    """Yerevan; its English edition, by a whole-site feed."""

    name = "news-am"
    outlet = Outlet("NEWS.am", "AM", ("en",), "Asia/Yerevan", "https://news.am/arm/")
    feeds = ("https://news.am/eng/rss/",)
    article_urls = r"^https?://news\.am/(?:arm|eng|rus)/news/\d+\.html$"
