"""Outlets with newsrooms in Azerbaijan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Trend(OutletSpider):
    """News agency in Baku, in English; whole-site feed, http only.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "trend-az"
    outlet = Outlet("Trend", "AZ", ("en",), "Asia/Baku", "https://en.trend.az")
    feeds = ("http://en.trend.az/feeds/index.rss",)
    article_urls = r"^https?://en\.trend\.az/[a-z]+(?:/[a-z]+)?/\d+\.html$"
    world_urls = r"en\.trend\.az/(?:world|iran|casia|scaucasus)/"
