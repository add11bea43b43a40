"""Outlets with newsrooms in China."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ChinaNews(OutletSpider):
    """China News Service in Beijing; the feed is known by plain http only.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "chinanews"
    outlet = Outlet(
        "中国新闻网", "CN", ("zh-Hans",), "Asia/Shanghai", "https://www.chinanews.com.cn"
    )
    feeds = ("http://www.chinanews.com.cn/rss/world.xml",)
    article_urls = r"^https?://www\.chinanews\.com\.cn/[a-z]+/\d{4}/\d{2}-\d{2}/\d+\.shtml$"


class CGTN(OutletSpider):
    """State television for abroad, in Beijing and in English.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "cgtn"
    outlet = Outlet("CGTN", "CN", ("en",), "Asia/Shanghai", "https://www.cgtn.com")
    feeds = ("https://www.cgtn.com/subscribe/rss/section/world.xml",)
    article_urls = r"^https?://(?:www|news)\.cgtn\.com/news/\d{4}-\d{2}-\d{2}/.+/index\.html$"


class ChinaDaily(OutletSpider):
    """Beijing daily in English."""

    name = "china-daily"
    outlet = Outlet("China Daily", "CN", ("en",), "Asia/Shanghai", "https://www.chinadaily.com.cn")
    feeds = ("https://www.chinadaily.com.cn/rss/world_rss.xml",)
    article_urls = r"^https?://[a-z]+\.chinadaily\.com\.cn/a/\d{6}/\d{2}/WS[0-9a-f]+\.html$"


class PeoplesDaily(OutletSpider):
    """Site of the People's Daily in Beijing; http only, older pages in GB encodings."""

    name = "people-cn"
    outlet = Outlet("人民网", "CN", ("zh-Hans",), "Asia/Shanghai", "http://www.people.com.cn")
    feeds = ("http://www.people.com.cn/rss/world.xml",)
    article_urls = r"^https?://[a-z]+\.people\.com\.cn/n1/\d{4}/\d{4}/c\d+-\d+\.html$"


class Xinhua(OutletSpider):
    """State news agency in Beijing.

    The world page is Chinese, the known feed English, both http only. Doubt: its hosts news.cn
    and xinhuanet.com mirror each other.
    """

    name = "xinhua"
    outlet = Outlet("新华网", "CN", ("zh-Hans", "en"), "Asia/Shanghai", "http://www.news.cn")
    feeds = ("http://www.xinhuanet.com/english/rss/worldrss.xml",)
    sections = ("http://www.news.cn/world/",)
    article_urls = r"^https?://(?:[a-z]+\.)*(?:news\.cn|xinhuanet\.com)/.+/c(?:_\d+)?\.html?$"
