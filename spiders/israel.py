"""Outlets with newsrooms in Israel."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Ynet(OutletSpider):
    """Tel Aviv; whole-site feed of the news channel. Some paid articles."""

    name = "ynet"
    outlet = Outlet("Ynet", "IL", ("he",), "Asia/Jerusalem", "https://www.ynet.co.il")
    feeds = ("https://www.ynet.co.il/Integration/StoryRss2.xml",)
    article_urls = r"^https?://www\.ynet\.co\.il/news/article/[a-z0-9]+(?:#\w+)?$"


class Mako(OutletSpider):
    """News of Channel 12 in Tel Aviv; the feed is http only, and the world page stands by.

    Doubt: the feed is known from a crawl list only.
    """

    name = "mako"
    outlet = Outlet("מאקו", "IL", ("he",), "Asia/Jerusalem", "https://www.mako.co.il")
    feeds = ("http://rcs.mako.co.il/rss/news-world.xml",)
    sections = ("https://www.mako.co.il/news-world",)
    article_urls = r"^https?://www\.mako\.co\.il/.+/Article-[0-9a-f]+\.htm$"


class TimesOfIsrael(OutletSpider):
    """Jerusalem, in English; whole-site feed. Doubt: cloud addresses have been refused with 403."""

    name = "times-of-israel"
    outlet = Outlet(
        "The Times of Israel", "IL", ("en",), "Asia/Jerusalem", "https://www.timesofisrael.com"
    )
    feeds = ("https://www.timesofisrael.com/feed/",)
    article_urls = r"^https?://www\.timesofisrael\.com/[a-z0-9]+(?:-[a-z0-9]+){4,}/?$"
