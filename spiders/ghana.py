"""Outlets with newsrooms in Ghana."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class JoyOnline(OutletSpider):
    """Broadcaster in Accra; a WordPress section feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "joy-online"
    outlet = Outlet("MyJoyOnline", "GH", ("en",), "Africa/Accra", "https://www.myjoyonline.com")
    feeds = ("https://www.myjoyonline.com/news/international/feed/",)
    article_urls = r"^https?://www\.myjoyonline\.com/[a-z0-9-]{15,}/$"
