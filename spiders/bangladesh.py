"""Outlets with newsrooms in Bangladesh."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DailyStarBangladesh(OutletSpider):
    """Dhaka daily in English; the feed is the front page, so the world page stands beside it.

    Doubt: the address of the world page was not seen.
    """

    name = "daily-star-bd"
    outlet = Outlet("The Daily Star", "BD", ("en",), "Asia/Dhaka", "https://www.thedailystar.net")
    feeds = ("https://www.thedailystar.net/frontpage/rss.xml",)
    sections = ("https://www.thedailystar.net/news/world",)
    world_urls = r"thedailystar\.net/(?:news/)?(?:world|asia|south-asia)/"


class ProthomAlo(OutletSpider):
    """Dhaka daily in Bengali; a world feed and a whole-site feed.

    Doubt: the world feed was seen in one place only.
    """

    name = "prothom-alo"
    outlet = Outlet("প্রথম আলো", "BD", ("bn",), "Asia/Dhaka", "https://www.prothomalo.com")
    feeds = ("https://www.prothomalo.com/feed/world", "https://www.prothomalo.com/feed/")
    article_urls = (
        r"^https?://www\.prothomalo\.com/(?!feed|topic|search)[a-z-]+/(?:[a-z-]+"
        r"/)?[a-z0-9]{9,12}$"
    )
    world_urls = r"prothomalo\.com/world/"
    world_listings = ("https://www.prothomalo.com/feed/world",)
