"""Outlets with newsrooms in the United Kingdom."""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class BBC(OutletSpider):
    """London; open.

    Doubt: its robots.txt allows articles, but its header asks for permission before systematic
    extraction.
    """

    name = "bbc"
    outlet = Outlet("BBC News", "GB", ("en",), "Europe/London", "https://www.bbc.com/news")
    feeds = ("https://feeds.bbci.co.uk/news/world/rss.xml",)
    article_urls = r"^https?://www\.bbc\.(?:com|co\.uk)/news/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})$"


class IranInternational(OutletSpider):
    """Persian broadcaster in exile in London; whole-site feed.

    Doubt: no address of an article was seen, so its pattern is from general knowledge.
    """

    name = "iran-international"
    outlet = Outlet("ایران اینترنشنال", "GB", ("fa",), "Europe/London", "https://www.iranintl.com")
    feeds = ("https://www.iranintl.com/feed",)
    article_urls = r"^https?://www\.iranintl\.com/(?:en/)?\d{12,}$"


class BBCAmharic(OutletSpider):
    """Amharic service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-amharic"
    outlet = Outlet("ቢቢሲ አማርኛ", "GB", ("am",), "Europe/London", "https://www.bbc.com/amharic")
    feeds = ("https://feeds.bbci.co.uk/amharic/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/amharic/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCArabic(OutletSpider):
    """Arabic service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-arabic"
    outlet = Outlet("بي بي سي عربي", "GB", ("ar",), "Europe/London", "https://www.bbc.com/arabic")
    feeds = ("https://feeds.bbci.co.uk/arabic/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/arabic/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCBengali(OutletSpider):
    """Bengali service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-bengali"
    outlet = Outlet("বিবিসি বাংলা", "GB", ("bn",), "Europe/London", "https://www.bbc.com/bengali")
    feeds = ("https://feeds.bbci.co.uk/bengali/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/bengali/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCBurmese(OutletSpider):
    """Burmese service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-burmese"
    outlet = Outlet("ဘီဘီစီ မြန်မာ", "GB", ("my",), "Europe/London", "https://www.bbc.com/burmese")
    feeds = ("https://feeds.bbci.co.uk/burmese/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/burmese/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCHausa(OutletSpider):
    """Hausa service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-hausa"
    outlet = Outlet("BBC Hausa", "GB", ("ha",), "Europe/London", "https://www.bbc.com/hausa")
    feeds = ("https://feeds.bbci.co.uk/hausa/rss.xml",)
    article_urls = r"^https?://www\.bbc\.com/hausa/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"


class BBCHindi(OutletSpider):
    """Hindi service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-hindi"
    outlet = Outlet("बीबीसी हिंदी", "GB", ("hi",), "Europe/London", "https://www.bbc.com/hindi")
    feeds = ("https://feeds.bbci.co.uk/hindi/rss.xml",)
    article_urls = r"^https?://www\.bbc\.com/hindi/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"


class BBCJapanese(OutletSpider):
    """Japanese service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-japanese"
    outlet = Outlet(
        "BBCニュース 日本語", "GB", ("ja",), "Europe/London", "https://www.bbc.com/japanese"
    )
    feeds = ("https://feeds.bbci.co.uk/japanese/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/japanese/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCNepali(OutletSpider):
    """Nepali service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-nepali"
    outlet = Outlet("बीबीसी नेपाली", "GB", ("ne",), "Europe/London", "https://www.bbc.com/nepali")
    feeds = ("https://feeds.bbci.co.uk/nepali/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/nepali/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCPersian(OutletSpider):
    """Persian service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-persian"
    outlet = Outlet("بی‌بی‌سی فارسی", "GB", ("fa",), "Europe/London", "https://www.bbc.com/persian")
    feeds = ("https://feeds.bbci.co.uk/persian/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/persian/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCRussian(OutletSpider):
    """Russian service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-russian"
    outlet = Outlet(
        "Би-би-си Русская служба", "GB", ("ru",), "Europe/London", "https://www.bbc.com/russian"
    )
    feeds = ("https://feeds.bbci.co.uk/russian/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/russian/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCSinhala(OutletSpider):
    """Sinhala service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-sinhala"
    outlet = Outlet("බීබීසී සිංහල", "GB", ("si",), "Europe/London", "https://www.bbc.com/sinhala")
    feeds = ("https://feeds.bbci.co.uk/sinhala/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/sinhala/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCSomali(OutletSpider):
    """Somali service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-somali"
    outlet = Outlet("BBC Somali", "GB", ("so",), "Europe/London", "https://www.bbc.com/somali")
    feeds = ("https://feeds.bbci.co.uk/somali/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/somali/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCSwahili(OutletSpider):
    """Swahili service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-swahili"
    outlet = Outlet("BBC Swahili", "GB", ("sw",), "Europe/London", "https://www.bbc.com/swahili")
    feeds = ("https://feeds.bbci.co.uk/swahili/rss.xml",)
    article_urls = (
        r"^https?://www\.bbc\.com/swahili/(?:articles"
        r"/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"
    )


class BBCTamil(OutletSpider):
    """Tamil service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-tamil"
    outlet = Outlet("பிபிசி தமிழ்", "GB", ("ta",), "Europe/London", "https://www.bbc.com/tamil")
    feeds = ("https://feeds.bbci.co.uk/tamil/rss.xml",)
    article_urls = r"^https?://www\.bbc\.com/tamil/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"


class BBCUrdu(OutletSpider):
    """Urdu service of the BBC; whole-site feed, international by nature.

    Doubt: the header of its robots.txt asks for permission before systematic extraction.
    """

    name = "bbc-urdu"
    outlet = Outlet("بی بی سی اردو", "GB", ("ur",), "Europe/London", "https://www.bbc.com/urdu")
    feeds = ("https://feeds.bbci.co.uk/urdu/rss.xml",)
    article_urls = r"^https?://www\.bbc\.com/urdu/(?:articles/[a-z0-9]+|[a-z-]+-\d{6,})(?:\.amp)?$"


class FinancialTimes(OutletSpider):
    """London daily; hard paywall, so little more than teasers comes."""

    name = "financial-times"
    outlet = Outlet("Financial Times", "GB", ("en",), "Europe/London", "https://www.ft.com")
    feeds = ("https://www.ft.com/rss/world",)
    article_urls = r"^https?://www\.ft\.com/content/[0-9a-f]{8}-[0-9a-f-]{27}$"


class Guardian(OutletSpider):
    """London daily; open. The header of its robots.txt limits use to the non-commercial."""

    name = "guardian"
    outlet = Outlet(
        "The Guardian", "GB", ("en",), "Europe/London", "https://www.theguardian.com/international"
    )
    feeds = ("https://www.theguardian.com/world/rss",)
    article_urls = (
        r"^https?://(?:www|amp)\.theguardian\.com/[a-z-]+(?:/[a-z-]+)*/\d{4}/[a-z]{3}"
        r"/\d{2}/[a-z0-9-]+$"
    )


class Independent(OutletSpider):
    """London; some articles ask for registration."""

    name = "independent"
    outlet = Outlet(
        "The Independent", "GB", ("en",), "Europe/London", "https://www.independent.co.uk"
    )
    feeds = ("https://www.independent.co.uk/news/world/rss",)
    article_urls = r"^https?://www\.independent\.co\.uk/.+-[ab]\d{6,}\.html$"


class SkyNews(OutletSpider):
    """Broadcaster in London; open."""

    name = "sky-news"
    outlet = Outlet("Sky News", "GB", ("en",), "Europe/London", "https://news.sky.com")
    feeds = ("https://feeds.skynews.com/feeds/rss/world.xml",)
    article_urls = r"^https?://news\.sky\.com/story/[a-z0-9-]+-\d{7,}$"
