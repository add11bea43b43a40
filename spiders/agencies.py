"""Wire services whose newsroom for these readers is not their home."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AFPBB(OutletSpider):
    """Agence France-Presse of Paris for Japan, from Tokyo; the feed is the whole site."""

    name = "afpbb"
    outlet = Outlet("AFPBB News", "JP", ("ja",), "Asia/Tokyo", "https://www.afpbb.com")
    feeds = ("https://feeds.afpbb.com/rss/afpbb/afpbbnews",)
    article_urls = r"^https?://www\.afpbb\.com/articles/(?:-|amp)/\d+$"
