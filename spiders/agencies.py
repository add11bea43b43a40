"""Wire services that no single country is home to, or whose newsroom here is not their home."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AFPBB(OutletSpider):
    """Agence France-Presse of Paris for Japan, from Tokyo; whole-site feed."""

    name = "afpbb"
    outlet = Outlet("AFPBB News", "JP", ("ja",), "Asia/Tokyo", "https://www.afpbb.com")
    feeds = ("https://feeds.afpbb.com/rss/afpbb/afpbbnews",)
    article_urls = r"^https?://www\.afpbb\.com/articles/(?:-|amp)/\d+$"


class Reuters(OutletSpider):
    """Wire service of London and Toronto."""

    name = "reuters"
    outlet = Outlet("Reuters", "GB", ("en",), "Europe/London", "https://www.reuters.com")
    news_sitemaps = (
        "https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",
    )
    article_urls = r"^https?://www\.reuters\.com/(?:[a-z-]+/)+[a-z0-9-]+-\d{4}-\d{2}-\d{2}/$"
    excluded = (
        "its robots.txt forbids every agent it does not name (October 2026), "
        "and collecting it takes a licence"
    )


class AssociatedPress(OutletSpider):
    """Wire service of New York; no feed."""

    name = "ap"
    outlet = Outlet("Associated Press", "US", ("en",), "America/New_York", "https://apnews.com")
    news_sitemaps = ("https://apnews.com/news-sitemap-content.xml",)
    article_urls = r"^https?://apnews\.com/article/[a-z0-9-]+$"
    excluded = "every page but robots.txt answered with a challenge, 403 (October 2026)"
