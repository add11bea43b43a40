"""Outlets with newsrooms in Turkey."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Anadolu(OutletSpider):
    """Anadolu Agency in Ankara; the Turkish edition of many."""

    name = "aa"
    outlet = Outlet("Anadolu Ajansı", "TR", ("tr",), "Europe/Istanbul", "https://www.aa.com.tr/tr")
    feeds = ("https://www.aa.com.tr/tr/rss/default?cat=dunya",)
    article_urls = r"^https?://www\.aa\.com\.tr/[a-z]{2}/[a-z-]+/[a-z0-9-]+/\d+$"


class Hurriyet(OutletSpider):
    """Istanbul daily."""

    name = "hurriyet"
    outlet = Outlet("Hürriyet", "TR", ("tr",), "Europe/Istanbul", "https://www.hurriyet.com.tr")
    feeds = ("https://www.hurriyet.com.tr/rss/dunya",)
    article_urls = r"^https?://www\.hurriyet\.com\.tr/[a-z-]+/(?:[a-z0-9-]+-)?\d{8}(?:\.asp)?$"


class NTVTurkey(OutletSpider):
    """Broadcaster in Istanbul; AMP pages under /amp/."""

    name = "ntv-tr"
    outlet = Outlet("NTV", "TR", ("tr",), "Europe/Istanbul", "https://www.ntv.com.tr")
    feeds = ("https://www.ntv.com.tr/dunya.rss",)
    article_urls = r"^https?://www\.ntv\.com\.tr/(?:amp/)?[a-z-]+/[a-z0-9-]+-\d{6,}$"


class TRTHaber(OutletSpider):
    """Public broadcaster in Ankara."""

    name = "trt-haber"
    outlet = Outlet("TRT Haber", "TR", ("tr",), "Europe/Istanbul", "https://www.trthaber.com")
    feeds = ("https://www.trthaber.com/dunya_articles.rss",)
    article_urls = r"^https?://www\.trthaber\.com/haber/[a-z-]+/[a-z0-9-]+-\d+\.html$"
