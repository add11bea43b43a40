"""Outlets with newsrooms in the United States."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class WashingtonPost(OutletSpider):
    """Washington; paywalled. The sitemap, gzipped and whole-site, fills what the feed drops."""

    name = "washington-post"
    outlet = Outlet(
        "The Washington Post", "US", ("en",), "America/New_York", "https://www.washingtonpost.com"
    )
    feeds = ("https://feeds.washingtonpost.com/rss/world",)
    news_sitemaps = ("https://www.washingtonpost.com/sitemaps/news-sitemap.xml.gz",)
    article_urls = (
        r"^https?://www\.washingtonpost\.com/[a-z-]+(?:/[a-z-]+)*/\d{4}/\d{2}"
        r"/\d{2}/[a-z0-9-]+/?$"
    )
