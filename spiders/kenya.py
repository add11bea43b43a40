"""Outlets with newsrooms in Kenya."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class DailyNation(OutletSpider):
    """Nairobi daily.

    Some articles for subscribers. The feed is Africa's, none of the world is known. Doubt: no
    address of an article was seen, so its pattern is from general knowledge.
    """

    name = "nation-ke"
    outlet = Outlet("Daily Nation", "KE", ("en",), "Africa/Nairobi", "https://nation.africa/kenya")
    feeds = ("https://nation.africa/africa/rss.xml",)
    article_urls = r"^https?://nation\.africa/.+-\d{6,}$"


class StandardKenya(OutletSpider):
    """Nairobi daily."""

    name = "standard-ke"
    outlet = Outlet(
        "The Standard", "KE", ("en",), "Africa/Nairobi", "https://www.standardmedia.co.ke"
    )
    feeds = ("https://www.standardmedia.co.ke/rss/world.php",)
    article_urls = r"^https?://www\.standardmedia\.co\.ke/.+/article/\d+/[a-z0-9-]+$"


class TaifaLeo(OutletSpider):
    """Nairobi daily in Swahili; whole-site feed."""

    name = "taifa-leo"
    outlet = Outlet("Taifa Leo", "KE", ("sw",), "Africa/Nairobi", "https://taifaleo.nation.co.ke")
    feeds = ("https://taifaleo.nation.co.ke/feed/",)
