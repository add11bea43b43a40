"""The invented outlets of the demo world: none of them exists, all answer on loopback only.

`dateline demo` serves them (`scraper/demo/`), the first port on 8701. Countries are real ones
whose language an outlet writes. `dateline crawl --all` leaves names that begin with "demo-" out.
"""

from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Minato(OutletSpider):
    """Invented: a Japanese site built in the manner of the founding example."""

    name = "demo-minato"
    outlet = Outlet(
        "ミナト・ワールド 日本語", "JP", ("ja",), "Asia/Tokyo", "http://127.0.0.1:8701/"
    )
    feeds = ("http://127.0.0.1:8701/rss.xml",)


class Shiosai(OutletSpider):
    """Invented: a Japanese newspaper in Shift_JIS without metadata, listed in RDF."""

    name = "demo-shiosai"
    outlet = Outlet("潮騒新報", "JP", ("ja",), "Asia/Tokyo", "http://127.0.0.1:8702/")
    feeds = ("http://127.0.0.1:8702/index.rdf",)


class Hewan(OutletSpider):
    """Invented: a Chinese daily whose JSON-LD has raw newlines."""

    name = "demo-hewan"
    outlet = Outlet("河湾日报", "CN", ("zh-Hans",), "Asia/Shanghai", "http://127.0.0.1:8703/")
    feeds = ("http://127.0.0.1:8703/rss/all.xml",)


class Narae(OutletSpider):
    """Invented: a Korean daily with identity in the query, in a gzipped sitemap below an index."""

    name = "demo-narae"
    outlet = Outlet("나래일보", "KR", ("ko",), "Asia/Seoul", "http://127.0.0.1:8704/")
    news_sitemaps = ("http://127.0.0.1:8704/sitemap.xml",)


class Talay(OutletSpider):
    """Invented: a Thai site with microdata, listed in Atom."""

    name = "demo-talay"
    outlet = Outlet("ทะเลนิวส์", "TH", ("th",), "Asia/Bangkok", "http://127.0.0.1:8705/")
    feeds = ("http://127.0.0.1:8705/feed/atom",)


class Manara(OutletSpider):
    """Invented: an Arabic newspaper with OpenGraph and no ETag."""

    name = "demo-manara"
    outlet = Outlet(
        "صحيفة المنارة البحرية", "EG", ("ar",), "Africa/Cairo", "http://127.0.0.1:8706/"
    )
    feeds = ("http://127.0.0.1:8706/rss",)


class Migdalor(OutletSpider):
    """Invented: a Hebrew daily listed in JSON Feed."""

    name = "demo-migdalor"
    outlet = Outlet("מגדלור הבוקר", "IL", ("he",), "Asia/Jerusalem", "http://127.0.0.1:8707/")
    feeds = ("http://127.0.0.1:8707/feed.json",)


class Mayak(OutletSpider):
    """Invented: a Russian evening paper in windows-1251 without metadata."""

    name = "demo-mayak"
    outlet = Outlet("Вечерний причал", "RU", ("ru",), "Europe/Moscow", "http://127.0.0.1:8708/")
    feeds = ("http://127.0.0.1:8708/export/rss.xml",)


class Hafenblatt(OutletSpider):
    """Invented: a German port paper without validators, other advertisements at every answer."""

    name = "demo-hafenblatt"
    outlet = Outlet("Hafenblatt", "DE", ("de",), "Europe/Berlin", "http://127.0.0.1:8709/")
    feeds = ("http://127.0.0.1:8709/feed.atom",)


class Bergbote(OutletSpider):
    """Invented: a Swiss weekly that lists its articles on section pages only."""

    name = "demo-bergbote"
    outlet = Outlet("Der Bergbote", "CH", ("de",), "Europe/Zurich", "http://127.0.0.1:8710/")
    sections = (
        "http://127.0.0.1:8710/international",
        "http://127.0.0.1:8710/wirtschaft",
        "http://127.0.0.1:8710/wissen",
        "http://127.0.0.1:8710/gesellschaft",
    )
    article_urls = r"\.\d{6}$"


class Faro(OutletSpider):
    """Invented: a Spanish daily whose feed links to tracking parameters and AMP twins."""

    name = "demo-faro"
    outlet = Outlet(
        "El Faro del Estrecho", "ES", ("es",), "Europe/Madrid", "http://127.0.0.1:8711/"
    )
    feeds = ("http://127.0.0.1:8711/feed/",)


class Costanera(OutletSpider):
    """Invented: an Argentine daily with OpenGraph, listed in RDF."""

    name = "demo-costanera"
    outlet = Outlet(
        "Diario La Costanera",
        country="AR",
        languages=("es",),
        timezone="America/Argentina/Buenos_Aires",
        homepage="http://127.0.0.1:8712/",
    )
    feeds = ("http://127.0.0.1:8712/rss/index.rdf",)


class Lantern(OutletSpider):
    """Invented: a British paper with subscribers' pages and a crawl delay in its robots.txt."""

    name = "demo-lantern"
    outlet = Outlet("The Harbour Lantern", "GB", ("en",), "Europe/London", "http://127.0.0.1:8713/")
    feeds = ("http://127.0.0.1:8713/feeds/all.rss",)
    sections = ("http://127.0.0.1:8713/world",)


class Causeway(OutletSpider):
    """Invented: a New Zealand paper with a news sitemap."""

    name = "demo-causeway"
    outlet = Outlet("Causeway Times", "NZ", ("en",), "Pacific/Auckland", "http://127.0.0.1:8714/")
    news_sitemaps = ("http://127.0.0.1:8714/news-sitemap.xml",)


class Quai(OutletSpider):
    """Invented: a French daily that lists a form among its news."""

    name = "demo-quai"
    outlet = Outlet("Le Quai du matin", "FR", ("fr",), "Europe/Paris", "http://127.0.0.1:8715/")
    feeds = ("http://127.0.0.1:8715/rss/une.xml",)


class Cais(OutletSpider):
    """Invented: a Brazilian daily with microdata, listed in JSON Feed."""

    name = "demo-cais"
    outlet = Outlet("Folha do Cais", "BR", ("pt",), "America/Sao_Paulo", "http://127.0.0.1:8716/")
    feeds = ("http://127.0.0.1:8716/feed.json",)


class Setu(OutletSpider):
    """Invented: a Hindi site with Devanagari in its addresses."""

    name = "demo-setu"
    outlet = Outlet("सेतु समाचार", "IN", ("hi",), "Asia/Kolkata", "http://127.0.0.1:8717/")
    feeds = ("http://127.0.0.1:8717/atom.xml",)


class Iskele(OutletSpider):
    """Invented: a Turkish post without metadata."""

    name = "demo-iskele"
    outlet = Outlet("İskele Postası", "TR", ("tr",), "Europe/Istanbul", "http://127.0.0.1:8718/")
    feeds = ("http://127.0.0.1:8718/rss.php",)
