"""Outlets with newsrooms in Croatia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class HRT(OutletSpider):
    """Public broadcaster in Zagreb; open. Whole-site news sitemap and feed.

    Doubt: the feed is known from one list.
    """

    name = "hrt"
    outlet = Outlet("HRT Vijesti", "HR", ("hr",), "Europe/Zagreb", "https://vijesti.hrt.hr")
    feeds = ("https://feed.hrt.hr/vijesti/page.xml",)
    news_sitemaps = ("https://vijesti.hrt.hr/sitemaps/articles-news.xml",)
    article_urls = r"^https?://vijesti\.hrt\.hr/[a-z-]+/[a-z0-9-]+-\d+$"
    world_urls = r"hrt\.hr/svijet/"


class IndexHr(OutletSpider):
    """Zagreb; the feed is open, its pages are not."""

    name = "index-hr"
    outlet = Outlet("Index.hr", "HR", ("hr",), "Europe/Zagreb", "https://www.index.hr")
    feeds = ("https://www.index.hr/rss/vijesti-svijet",)
    article_urls = r"^https?://www\.index\.hr/[a-z-]+/clanak/[a-z0-9-]+/\d+\.aspx$"
    excluded = (
        "its robots.txt allows all, but every page answered 403 to a plain client (September 2026)"
    )
