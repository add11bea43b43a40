"""Outlets with newsrooms in the Republic of the Congo."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Africanews(OutletSpider):
    """Pan-African channel in Brazzaville; a whole-site feed in English and one in French.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "africanews"
    outlet = Outlet(
        "Africanews", "CG", ("en", "fr"), "Africa/Brazzaville", "https://www.africanews.com"
    )
    feeds = ("https://www.africanews.com/feed/rss", "https://fr.africanews.com/feed/rss")
    article_urls = r"^https?://(?:www|fr)\.africanews\.com/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?$"
