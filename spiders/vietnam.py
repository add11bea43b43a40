"""Outlets with newsrooms in Vietnam."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class ThanhNien(OutletSpider):
    """Ho Chi Minh City daily.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "thanh-nien"
    outlet = Outlet("Thanh Niên", "VN", ("vi",), "Asia/Ho_Chi_Minh", "https://thanhnien.vn")
    feeds = ("https://thanhnien.vn/rss/the-gioi.rss",)
    article_urls = r"^https?://thanhnien\.vn/[a-z0-9-]+-\d{15,}\.htm$"


class TuoiTre(OutletSpider):
    """Ho Chi Minh City daily.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "tuoi-tre"
    outlet = Outlet("Tuổi Trẻ", "VN", ("vi",), "Asia/Ho_Chi_Minh", "https://tuoitre.vn")
    feeds = ("https://tuoitre.vn/rss/the-gioi.rss",)
    article_urls = r"^https?://tuoitre\.vn/[a-z0-9-]+-\d{15,}\.htm$"


class VnExpress(OutletSpider):
    """Hanoi. Doubt: its robots.txt may forbid articles."""

    name = "vnexpress"
    outlet = Outlet("VnExpress", "VN", ("vi",), "Asia/Ho_Chi_Minh", "https://vnexpress.net")
    feeds = ("https://vnexpress.net/rss/the-gioi.rss",)
    article_urls = r"^https?://vnexpress\.net/[a-z0-9-]+-\d{7}(?:-p\d+)?\.html$"
