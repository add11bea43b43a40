"""Outlets with newsrooms in Hong Kong."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTHK(OutletSpider):
    """Public broadcaster; world feeds in Chinese and in English.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "rthk"
    outlet = Outlet(
        "香港電台", "HK", ("zh-Hant", "en"), "Asia/Hong_Kong", "https://news.rthk.hk/rthk/ch/"
    )
    feeds = (
        "https://rthk.hk/rthk/news/rss/c_expressnews_cinternational.xml",
        "https://rthk.hk/rthk/news/rss/e_expressnews_einternational.xml",
    )
    article_urls = r"^https?://news\.rthk\.hk/rthk/(?:ch|en)/component/k2/\d+-\d+-\d+\.htm$"


class SCMP(OutletSpider):
    """Daily in English; metered paywall. Whole-site feed.

    Doubt: bots have been refused; a second feed that some lists call the world is left alone.
    """

    name = "scmp"
    outlet = Outlet(
        "South China Morning Post", "HK", ("en",), "Asia/Hong_Kong", "https://www.scmp.com"
    )
    feeds = ("https://www.scmp.com/rss/91/feed",)
    article_urls = r"^https?://(?:www|amp)\.scmp\.com/.+/article/\d+/[a-z0-9-]+$"
    world_urls = r"/news/(?:world|asia|china/diplomacy)/"
