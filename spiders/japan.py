"""Outlets with newsrooms in Japan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Asahi(OutletSpider):
    """Tokyo; the feed is RSS 1.0 and may refuse robots, so the section page stands by."""

    name = "asahi"
    outlet = Outlet("朝日新聞", "JP", ("ja",), "Asia/Tokyo", "https://www.asahi.com")
    feeds = ("https://www.asahi.com/rss/asahi/international.rdf",)
    sections = ("https://www.asahi.com/international/",)
    article_urls = r"^https?://(?:www|digital)\.asahi\.com/(?:sp/)?articles/[A-Z0-9]+\.html$"


class Yomiuri(OutletSpider):
    """Tokyo; no feed, the news sitemap is the whole site. Some articles for members."""

    name = "yomiuri"
    outlet = Outlet("読売新聞", "JP", ("ja",), "Asia/Tokyo", "https://www.yomiuri.co.jp")
    news_sitemaps = ("https://www.yomiuri.co.jp/sitemap-news-latest.xml",)
    sections = ("https://www.yomiuri.co.jp/world/",)
    article_urls = r"^https?://www\.yomiuri\.co\.jp/[a-z-]+(?:/[a-z-]+)*/\d{8}-[A-Z]+\d+T\d+/?$"


class Jiji(OutletSpider):
    """News agency in Tokyo; no feed but a ranking. An article is its k= parameter."""

    name = "jiji"
    outlet = Outlet("時事通信", "JP", ("ja",), "Asia/Tokyo", "https://www.jiji.com")
    sections = ("https://www.jiji.com/jc/list?g=int",)
    article_urls = r"^https?://www\.jiji\.com/jc/article\?k=\d{10,}(?:&g=[a-z]+)?$"
