"""Outlets with newsrooms in Egypt."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AlMasryAlYoum(OutletSpider):
    """Cairo daily; whole-site feed."""

    name = "al-masry-al-youm"
    outlet = Outlet("المصري اليوم", "EG", ("ar",), "Africa/Cairo", "https://www.almasryalyoum.com")
    feeds = ("https://www.almasryalyoum.com/rss/rssfeed",)
    article_urls = r"^https?://www\.almasryalyoum\.com/news/details/\d+$"
