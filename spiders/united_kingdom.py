"""Outlets with newsrooms in the United Kingdom."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class BBC(OutletSpider):
    """London; robots.txt opens articles to all, its header forbids "systematic extraction"."""

    name = "bbc"
    outlet = Outlet("BBC News", "GB", ("en",), "Europe/London", "https://www.bbc.com/news")
    feeds = ("https://feeds.bbci.co.uk/news/world/rss.xml",)
    article_urls = r"^https?://www\.bbc\.(?:com|co\.uk)/news/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})$"


class IranInternational(OutletSpider):
    """Persian broadcaster in exile in London; the feed is the whole site."""

    name = "iran-international"
    outlet = Outlet("ایران اینترنشنال", "GB", ("fa",), "Europe/London", "https://www.iranintl.com")
    feeds = ("https://www.iranintl.com/feed",)
    article_urls = r"^https?://www\.iranintl\.com/(?:en/)?\d{12,}$"
