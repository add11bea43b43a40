"""Outlets with newsrooms in Canada."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class CBC(OutletSpider):
    """Public broadcaster in Toronto; feed links carry ?cmp=rss."""

    name = "cbc"
    outlet = Outlet("CBC News", "CA", ("en",), "America/Toronto", "https://www.cbc.ca/news")
    feeds = ("https://www.cbc.ca/webfeed/rss/rss-world",)
    article_urls = r"^https?://www\.cbc\.ca/news/.+-\d\.\d{5,}$"
