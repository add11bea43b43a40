"""Outlets with newsrooms in Ukraine."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Suspilne(OutletSpider):
    """Public broadcaster in Kyiv; feed and news sitemap are the whole site."""

    name = "suspilne"
    outlet = Outlet("Суспільне", "UA", ("uk",), "Europe/Kyiv", "https://suspilne.media")
    feeds = ("https://suspilne.media/rss/all.rss",)
    news_sitemaps = ("https://suspilne.media/suspilne/sitemap/sitemap-news.xml",)
    article_urls = r"^https?://suspilne\.media/(?:[a-z-]+/)?\d{3,}-[a-z0-9-]+/?$"
