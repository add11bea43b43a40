"""Outlets with newsrooms in Malaysia."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class MalayMail(OutletSpider):
    """Kuala Lumpur, in English; AMP pages under /amp/."""

    name = "malay-mail"
    outlet = Outlet("Malay Mail", "MY", ("en",), "Asia/Kuala_Lumpur", "https://www.malaymail.com")
    feeds = ("https://www.malaymail.com/feed/rss/world",)
    article_urls = (
        r"^https?://www\.malaymail\.com/(?:amp/)?news/[a-z-]+/\d{4}/\d{2}/\d{2}"
        r"/[a-z0-9-]+/\d+$"
    )


class BeritaHarian(OutletSpider):
    """Kuala Lumpur daily in Malay; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "berita-harian"
    outlet = Outlet(
        "Berita Harian", "MY", ("ms",), "Asia/Kuala_Lumpur", "https://www.bharian.com.my"
    )
    feeds = ("https://www.bharian.com.my/feed",)
    article_urls = r"^https?://www\.bharian\.com\.my/[a-z-]+/[a-z-]+/\d{4}/\d{2}/\d+/.+$"
    world_urls = r"bharian\.com\.my/dunia/"
