"""Outlets with newsrooms in Finland."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class HelsinginSanomat(OutletSpider):
    """Helsinki daily; metered paywall. Its robots.txt closes the site to fifty named agents."""

    name = "helsingin-sanomat"
    outlet = Outlet("Helsingin Sanomat", "FI", ("fi",), "Europe/Helsinki", "https://www.hs.fi")
    feeds = ("https://www.hs.fi/rss/maailma.xml",)
    article_urls = r"^https?://www\.hs\.fi/[a-z-]+/art-\d+\.html$"


class Yle(OutletSpider):
    """Public broadcaster in Helsinki; part of the text may stand in scripts.

    Doubt: its robots.txt names Scrapy's own agent among those it excludes; ours has another
    name.
    """

    name = "yle"
    outlet = Outlet("Yle Uutiset", "FI", ("fi",), "Europe/Helsinki", "https://yle.fi")
    feeds = ("https://yle.fi/rss/t/18-34953/fi",)
    article_urls = r"^https?://yle\.fi/a/\d+-\d+$"
