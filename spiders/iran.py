"""Outlets with newsrooms in Iran."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class IRNA(OutletSpider):
    """State news agency in Tehran; whole-site feed. Doubt: it often does not answer from abroad."""

    name = "irna"
    outlet = Outlet("ایرنا", "IR", ("fa",), "Asia/Tehran", "https://www.irna.ir")
    feeds = ("https://www.irna.ir/rss",)
    article_urls = r"^https?://www\.irna\.ir/news/\d{6,}(?:/.*)?$"


class ISNA(OutletSpider):
    """Students' news agency in Tehran; whole-site feed.

    Doubt: it often does not answer from abroad.
    """

    name = "isna"
    outlet = Outlet("ایسنا", "IR", ("fa",), "Asia/Tehran", "https://www.isna.ir")
    feeds = ("https://www.isna.ir/rss",)
    article_urls = r"^https?://www\.isna\.ir/news/\d+(?:/.*)?$"
