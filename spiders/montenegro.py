"""Outlets with newsrooms in Montenegro."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class RTCG(OutletSpider):
    """Public broadcaster in Podgorica. Doubt: a sibling feed was found invalid in 2026."""

    name = "rtcg"
    outlet = Outlet("RTCG", "ME", ("sr-Latn-ME",), "Europe/Podgorica", "https://rtcg.me")
    feeds = ("https://rtcg.me/vijesti/svijet/rss.html",)
