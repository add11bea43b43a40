"""Outlets with newsrooms in Poland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Rzeczpospolita(OutletSpider):
    """Warsaw daily; paywall. Whole-site feed and news sitemap; armed conflicts count as world."""

    name = "rzeczpospolita"
    outlet = Outlet("Rzeczpospolita", "PL", ("pl",), "Europe/Warsaw", "https://www.rp.pl")
    feeds = ("https://www.rp.pl/rss_main",)
    news_sitemaps = ("https://www.rp.pl/sitemaps/news-sitemap.xml",)
    sections = ("https://www.rp.pl/swiat",)
    article_urls = r"^https?://www\.rp\.pl/[a-z-]+/art\d+-[a-z0-9-]+$"
    world_urls = r"rp\.pl/(?:swiat|konflikty-zbrojne)/"


class PolsatNews(OutletSpider):
    """Broadcaster in Warsaw."""

    name = "polsat-news"
    outlet = Outlet("Polsat News", "PL", ("pl",), "Europe/Warsaw", "https://www.polsatnews.pl")
    feeds = ("https://www.polsatnews.pl/rss/swiat.xml",)
    article_urls = r"^https?://www\.polsatnews\.pl/wiadomosc/\d{4}-\d{2}-\d{2}/[a-z0-9-]+/$"


class TVN24(OutletSpider):
    """Broadcaster in Warsaw; some articles for subscribers.

    Doubt: a sibling feed was found empty.
    """

    name = "tvn24"
    outlet = Outlet("TVN24", "PL", ("pl",), "Europe/Warsaw", "https://tvn24.pl")
    feeds = ("https://tvn24.pl/swiat.xml",)
    article_urls = r"^https?://tvn24\.pl/[a-z-]+(?:/[a-z-]+)?/[a-z0-9-]+-(?:[a-z]{2})?\d{6,}$"
