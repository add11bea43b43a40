"""Outlets with newsrooms in Afghanistan."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class AzadiRadio(OutletSpider):
    """Pashto service of Radio Free Europe, edited in Prague; whole-site feed, http only.

    Doubt: the site has moved between .org and .com, and the feed is known at the former.
    """

    name = "azadi-radio-ps"
    outlet = Outlet("ازادي راډیو", "AF", ("ps",), "Asia/Kabul", "https://pa.azadiradio.com")
    feeds = ("http://pa.azadiradio.org/api/epiqq",)
