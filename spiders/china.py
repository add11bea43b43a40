"""Outlets with newsrooms in China."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ChinaNews(OutletSpider):
    """China News Service in Beijing; the feed is known by plain http only."""

    name = "chinanews"
    outlet = Outlet(
        "中国新闻网", "CN", ("zh-Hans",), "Asia/Shanghai", "https://www.chinanews.com.cn"
    )
    feeds = ("http://www.chinanews.com.cn/rss/world.xml",)
    article_urls = r"^https?://www\.chinanews\.com\.cn/[a-z]+/\d{4}/\d{2}-\d{2}/\d+\.shtml$"
