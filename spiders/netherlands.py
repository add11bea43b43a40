"""Outlets with newsrooms in the Netherlands."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class NOS(OutletSpider):
    """Public broadcaster in Hilversum; open."""

    name = "nos"
    outlet = Outlet("NOS Nieuws", "NL", ("nl",), "Europe/Amsterdam", "https://nos.nl")
    feeds = ("https://feeds.nos.nl/nosnieuwsbuitenland",)
    article_urls = r"^https?://nos\.nl/(?:collectie/\d+/)?(?:artikel|liveblog)/\d+-.+$"


class NU(OutletSpider):
    """Amsterdam; consent wall."""

    name = "nu-nl"
    outlet = Outlet("NU.nl", "NL", ("nl",), "Europe/Amsterdam", "https://www.nu.nl")
    feeds = ("https://www.nu.nl/rss/Buitenland",)
    article_urls = r"^https?://www\.nu\.nl/[a-z0-9-]+/\d+/[a-z0-9-]+\.html$"
