"""Outlets with newsrooms in Hong Kong."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTHK(OutletSpider):
    """Public broadcaster; world feeds in Chinese and in English."""

    name = "rthk"
    outlet = Outlet(
        "香港電台", "HK", ("zh-Hant", "en"), "Asia/Hong_Kong", "https://news.rthk.hk/rthk/ch/"
    )
    feeds = (
        "https://rthk.hk/rthk/news/rss/c_expressnews_cinternational.xml",
        "https://rthk.hk/rthk/news/rss/e_expressnews_einternational.xml",
    )
    article_urls = r"^https?://news\.rthk\.hk/rthk/(?:ch|en)/component/k2/\d+-\d+-\d+\.htm$"
