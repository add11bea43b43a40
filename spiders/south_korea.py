"""Outlets with newsrooms in South Korea."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Yonhap(OutletSpider):
    """News agency in Seoul; its Korean edition."""

    name = "yonhap"
    outlet = Outlet("연합뉴스", "KR", ("ko",), "Asia/Seoul", "https://www.yna.co.kr")
    feeds = ("https://www.yna.co.kr/rss/international.xml",)
    article_urls = r"^https?://www\.yna\.co\.kr/view/[A-Z]{3}\d{17,20}(?:\?.*)?$"
