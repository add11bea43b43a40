"""Outlets with newsrooms in the United Arab Emirates."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class SkyNewsArabia(OutletSpider):
    """Arabic news channel in Abu Dhabi.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "sky-news-arabia"
    outlet = Outlet("سكاي نيوز عربية", "AE", ("ar",), "Asia/Dubai", "https://www.skynewsarabia.com")
    feeds = ("https://www.skynewsarabia.com/rss/world.xml",)
    article_urls = r"^https?://www\.skynewsarabia\.com/[a-z-]+/\d+-.+$"
