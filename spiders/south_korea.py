"""Outlets with newsrooms in South Korea."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Yonhap(OutletSpider):
    """News agency in Seoul; its Korean edition."""

    name = "yonhap"
    outlet = Outlet("연합뉴스", "KR", ("ko",), "Asia/Seoul", "https://www.yna.co.kr")
    feeds = ("https://www.yna.co.kr/rss/international.xml",)
    article_urls = r"^https?://www\.yna\.co\.kr/view/[A-Z]{3}\d{17,20}(?:\?.*)?$"


class Chosun(OutletSpider):
    """Seoul daily. Doubt: pages are made by scripts, so the text may stand in one."""

    name = "chosun"
    outlet = Outlet("조선일보", "KR", ("ko",), "Asia/Seoul", "https://www.chosun.com")
    feeds = ("https://www.chosun.com/arc/outboundfeeds/rss/category/international/?outputType=xml",)
    article_urls = r"^https?://www\.chosun\.com/.+/\d{4}/\d{2}/\d{2}/[A-Z0-9]{26}/?$"


class Hankyoreh(OutletSpider):
    """Seoul daily."""

    name = "hankyoreh"
    outlet = Outlet("한겨레", "KR", ("ko",), "Asia/Seoul", "https://www.hani.co.kr")
    feeds = ("https://www.hani.co.kr/rss/international/",)
    article_urls = r"^https?://www\.hani\.co\.kr/arti/.+/\d+\.html(?:\?.*)?$"


class KBSWorld(OutletSpider):
    """Public foreign radio in Seoul; its English edition, by a whole-site feed.

    Doubt: one checker could not verify the feed.
    """

    name = "kbs"
    outlet = Outlet("KBS World", "KR", ("en",), "Asia/Seoul", "https://world.kbs.co.kr")
    feeds = ("https://world.kbs.co.kr/rss/rss_news.htm?lang=e",)


class Kyunghyang(OutletSpider):
    """Seoul daily."""

    name = "khan"
    outlet = Outlet("경향신문", "KR", ("ko",), "Asia/Seoul", "https://www.khan.co.kr")
    feeds = ("https://www.khan.co.kr/rss/rssdata/kh_world.xml",)
    article_urls = r"^https?://www\.khan\.co\.kr/article/\d{10,}/?(?:\?.*)?$"
