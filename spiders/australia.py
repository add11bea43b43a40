"""Outlets with newsrooms in Australia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ABCAustralia(OutletSpider):
    """Public broadcaster in Sydney. Doubt: the feed is a number that one list calls the world."""

    name = "abc-au"
    outlet = Outlet("ABC News", "AU", ("en",), "Australia/Sydney", "https://www.abc.net.au/news")
    feeds = ("https://www.abc.net.au/news/feed/104217382/rss.xml",)
    article_urls = r"^https?://www\.abc\.net\.au/news/\d{4}-\d{2}-\d{2}/[a-z0-9-]+/\d+$"


class SBS(OutletSpider):
    """Public broadcaster in Sydney for many cultures."""

    name = "sbs-au"
    outlet = Outlet("SBS News", "AU", ("en",), "Australia/Sydney", "https://www.sbs.com.au/news")
    feeds = ("https://www.sbs.com.au/news/topic/world/feed",)
    article_urls = r"^https?://www\.sbs\.com\.au/news/article/[a-z0-9-]+/[a-z0-9]+$"


class SydneyMorningHerald(OutletSpider):
    """Sydney daily; metered paywall."""

    name = "smh"
    outlet = Outlet(
        "The Sydney Morning Herald", "AU", ("en",), "Australia/Sydney", "https://www.smh.com.au"
    )
    feeds = ("https://www.smh.com.au/rss/world.xml",)
    article_urls = r"^https?://www\.smh\.com\.au/[a-z-]+(?:/[a-z-]+)*/.+-\d{8}-[a-z0-9]+\.html$"
