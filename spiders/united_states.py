"""Outlets with newsrooms in the United States."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class WashingtonPost(OutletSpider):
    """Washington; paywalled. The sitemap, gzipped and whole-site, fills what the feed drops.

    Doubt: plain clients may be refused.
    """

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
    world_urls = r"washingtonpost\.com/world/"
    world_listings = ("https://feeds.washingtonpost.com/rss/world",)


class CBSNews(OutletSpider):
    """Broadcaster in New York; AMP pages under /amp/."""

    name = "cbs-news"
    outlet = Outlet("CBS News", "US", ("en",), "America/New_York", "https://www.cbsnews.com")
    feeds = ("https://www.cbsnews.com/latest/rss/world",)
    article_urls = r"^https?://www\.cbsnews\.com/(?:amp/)?(?:news|live-updates)/[a-z0-9-]+/?$"


class NBCNews(OutletSpider):
    """Broadcaster in New York."""

    name = "nbc-news"
    outlet = Outlet("NBC News", "US", ("en",), "America/New_York", "https://www.nbcnews.com")
    feeds = ("https://feeds.nbcnews.com/nbcnews/public/world",)
    article_urls = r"^https?://www\.nbcnews\.com/.+-(?:n|rcna|ncna|ncrd)\d+$"


class NPR(OutletSpider):
    """Public radio in Washington; open. Its robots.txt forbids addresses with a query.

    Doubt: connections of agents that give an address in their name were dropped.
    """

    name = "npr"
    outlet = Outlet("NPR", "US", ("en",), "America/New_York", "https://www.npr.org")
    feeds = ("https://feeds.npr.org/1004/rss.xml",)
    article_urls = r"^https?://www\.npr\.org/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/[a-z0-9-]+$"


class NewYorkTimes(OutletSpider):
    """New York daily; paywall."""

    name = "nytimes"
    outlet = Outlet(
        "The New York Times", "US", ("en",), "America/New_York", "https://www.nytimes.com"
    )
    feeds = ("https://rss.nytimes.com/services/xml/rss/nyt/World.xml",)
    article_urls = (
        r"^https?://(?:www|mobile)\.nytimes\.com/(?:interactive/)?\d{4}/\d{2}/\d{2}"
        r"/[a-z]+/.+\.html$"
    )
    excluded = "it is known to exclude bots from its pages, though the feed is open"


class PBSNewsHour(OutletSpider):
    """Public television in Washington; open.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "pbs-newshour"
    outlet = Outlet("PBS News", "US", ("en",), "America/New_York", "https://www.pbs.org/newshour/")
    feeds = ("https://www.pbs.org/newshour/feeds/rss/world",)
    article_urls = (
        r"^https?://www\.pbs\.org/newshour/(?:world|politics|nation|show|science|economy)"
        r"/[a-z0-9-]+$"
    )
