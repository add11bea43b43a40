"""Outlets with newsrooms in Uzbekistan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class GazetaUz(OutletSpider):
    """Tashkent; its Russian edition, by a whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "gazeta-uz"
    outlet = Outlet("Газета.uz", "UZ", ("ru",), "Asia/Tashkent", "https://www.gazeta.uz/ru/")
    feeds = ("https://www.gazeta.uz/rss/",)
    article_urls = r"^https?://www\.gazeta\.uz/(?:ru|uz|oz)/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/$"
