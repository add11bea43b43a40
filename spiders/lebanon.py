"""Outlets with newsrooms in Lebanon."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class LBCI(OutletSpider):
    """Broadcaster in Beirut.

    An English world feed, and a whole-site news sitemap in Arabic and English.
    """

    name = "lbc"
    outlet = Outlet("LBCI", "LB", ("ar", "en"), "Asia/Beirut", "https://www.lbcgroup.tv")
    feeds = ("https://www.lbcgroup.tv/Rss/News/en/125/world-news",)
    news_sitemaps = ("https://www.lbcgroup.tv/newssitemap.xml",)
    article_urls = r"^https?://www\.lbcgroup\.tv/news/[a-z0-9-]+/\d+/.+$"
    world_urls = r"/news/world-news/"
    world_listings = ("https://www.lbcgroup.tv/Rss/News/en/125/world-news",)
