"""The invented outlets: who they are, where they listen, and how each builds its pages."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from scraper.demo.texts import Language, Text, read_texts

HOST = "127.0.0.1"
BASE_PORT = 8701  # the first outlet's port; the others follow in the order of OUTLETS


@dataclass(frozen=True, slots=True)
class DemoOutlet:
    """One invented outlet.

    Args:
        slug: the name of its declaration in `spiders/demo.py`.
        name: as its readers know it.
        country: ISO 3166-1 alpha-2; a real country whose language it writes, though no such
            outlet exists there.
        language: BCP 47, and the name of its file of texts.
        timezone: IANA name of the clock its pages print.
        markup: how it tells its metadata: "seed", "bare", "opengraph", "microdata", "json-ld",
            "json-ld graph", "json-ld array", "json-ld trailing comma" or "json-ld raw newline".
        path: template of article paths, from section, slug, number and label.
        byline, joiner: how it prints a credit, and what it puts between two names.
        listings: pairs of kind and path; kinds are "rss", "atom", "json feed", "rdf",
            "sitemap index", "sitemap" and "section".
        charset, charset_in: what its pages are written in, and whether "header" or "meta" says so.
        validators: "both", "last-modified" (no ETag) or "none".
        rotates_ads: whether every answer carries another advertisement.
        has_amp: whether articles have an AMP twin and its feed's links carry tracking parameters.
        crawl_delay_seconds: what its robots.txt asks for, 0 for nothing.
    """

    slug: str
    name: str
    country: str
    language: str
    timezone: str
    markup: str
    path: str
    byline: str
    joiner: str
    listings: tuple[tuple[str, str], ...]
    charset: str = "utf-8"
    charset_in: str = "header"
    validators: str = "both"
    rotates_ads: bool = False
    has_amp: bool = False
    crawl_delay_seconds: float = 0

    @property
    def words(self) -> Language:
        """What its language calls things."""
        return read_texts()[self.language]

    @property
    def clock(self) -> ZoneInfo:
        """The zone of the times its pages print."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Printed:
    """One article in one outlet, as it stands at one tick.

    `changed_at` is when its page last changed in any way, `modified_at` when its outlet says that
    the text did. `advert` numbers the advertisement beside it.
    """

    outlet: DemoOutlet
    text: Text
    origin: str
    path: str
    title: str
    blocks: tuple[str, ...]
    published_at: datetime
    modified_at: datetime
    changed_at: datetime
    is_paywalled: bool = False
    advert: int = 0

    @property
    def url(self) -> str:
        """Its canonical URL."""
        return self.origin + self.path

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The prose its page shows, without subheads: behind a paywall the first paragraph only."""
        prose = tuple(block for block in self.blocks if not block.startswith("## "))
        return prose[:1] if self.is_paywalled else prose

    @property
    def authors(self) -> tuple[str, ...]:
        """Persons, or the agency where the copy is an agency's."""
        return self.text.authors or (self.outlet.words.agency,)

    @property
    def byline(self) -> str:
        """The credit as printed."""
        return self.outlet.byline.format(self.outlet.joiner.join(self.authors))

    @property
    def section(self) -> str:
        """The section as its readers see it."""
        return self.outlet.words.word(self.text.section)

    @property
    def label(self) -> str:
        """The running story it belongs to, as the outlet tags it."""
        return self.outlet.words.labels[self.text.story]

    @property
    def caption(self) -> str:
        """What stands below its picture."""
        return self.outlet.words.captions[self.text.story]

    @property
    def image_path(self) -> str:
        """Path of its picture; articles of one running story share it."""
        return f"/pictures/{self.text.story}.png"

    @property
    def description(self) -> str:
        """The first paragraph, as many outlets repeat it."""
        return self.paragraphs[0]


OUTLETS = (
    DemoOutlet(
        slug="demo-minato", name="ミナト・ワールド 日本語", country="JP", language="ja",
        timezone="Asia/Tokyo", markup="seed", path="/{section}/{slug}",
        byline="によって {}", joiner="、", listings=(("rss", "/rss.xml"),),
    ),
    DemoOutlet(
        slug="demo-shiosai", name="潮騒新報", country="JP", language="ja",
        timezone="Asia/Tokyo", markup="bare", path="/news/{number}.html",
        byline="文／{}", joiner="、", listings=(("rdf", "/index.rdf"),),
        charset="shift_jis", charset_in="meta",
    ),
    DemoOutlet(
        slug="demo-hewan", name="河湾日报", country="CN", language="zh-Hans",
        timezone="Asia/Shanghai", markup="json-ld raw newline", path="/a/{number}.html",
        byline="本报记者 {}", joiner=" ", listings=(("rss", "/rss/all.xml"),),
    ),
    DemoOutlet(
        slug="demo-narae", name="나래일보", country="KR", language="ko",
        timezone="Asia/Seoul", markup="json-ld graph", path="/news/articleView?idxno={number}",
        byline="{} 기자", joiner=", ", listings=(("sitemap index", "/sitemap.xml"),),
    ),
    DemoOutlet(
        slug="demo-talay", name="ทะเลนิวส์", country="TH", language="th",
        timezone="Asia/Bangkok", markup="microdata", path="/{section}/content/{number}",
        byline="เรื่อง: {}", joiner=" และ ", listings=(("atom", "/feed/atom"),),
    ),
    DemoOutlet(
        slug="demo-manara", name="صحيفة المنارة البحرية", country="EG", language="ar",
        timezone="Africa/Cairo", markup="opengraph", path="/{section}/{label}-{number}",
        byline="بقلم: {}", joiner="، ", listings=(("rss", "/rss"),), validators="last-modified",
    ),
    DemoOutlet(
        slug="demo-migdalor", name="מגדלור הבוקר", country="IL", language="he",
        timezone="Asia/Jerusalem", markup="json-ld array", path="/articles/{slug}-{number}",
        byline="מאת {}", joiner=", ", listings=(("json feed", "/feed.json"),),
    ),
    DemoOutlet(
        slug="demo-mayak", name="Вечерний причал", country="RU", language="ru",
        timezone="Europe/Moscow", markup="bare", path="/{section}/{slug}-{number}/",
        byline="Текст: {}", joiner=", ", listings=(("rss", "/export/rss.xml"),),
        charset="windows-1251",
    ),
    DemoOutlet(
        slug="demo-hafenblatt", name="Hafenblatt", country="DE", language="de",
        timezone="Europe/Berlin", markup="json-ld", path="/{section}/{slug}-a-{number}.html",
        byline="Von {}", joiner=" und ", listings=(("atom", "/feed.atom"),),
        validators="none", rotates_ads=True,
    ),
    DemoOutlet(
        slug="demo-bergbote", name="Der Bergbote", country="CH", language="de",
        timezone="Europe/Zurich", markup="microdata", path="/{section}/{slug}.{number}",
        byline="Text: {}", joiner=", ",
        listings=(
            ("section", "/international"), ("section", "/wirtschaft"),
            ("section", "/wissen"), ("section", "/gesellschaft"),
        ),
    ),
    DemoOutlet(
        slug="demo-faro", name="El Faro del Estrecho", country="ES", language="es",
        timezone="Europe/Madrid", markup="json-ld trailing comma", path="/{section}/{slug}/",
        byline="Por {}", joiner=" y ", listings=(("rss", "/feed/"),), has_amp=True,
    ),
    DemoOutlet(
        slug="demo-costanera", name="Diario La Costanera", country="AR", language="es",
        timezone="America/Argentina/Buenos_Aires", markup="opengraph",
        path="/{section}/{slug}-nid{number}",
        byline="Por {}", joiner=" y ", listings=(("rdf", "/rss/index.rdf"),),
    ),
    DemoOutlet(
        slug="demo-lantern", name="The Harbour Lantern", country="GB", language="en",
        timezone="Europe/London", markup="json-ld", path="/{section}/{slug}",
        byline="By {}", joiner=" and ",
        listings=(("rss", "/feeds/all.rss"), ("section", "/world")), crawl_delay_seconds=0.2,
    ),
    DemoOutlet(
        slug="demo-causeway", name="Causeway Times", country="NZ", language="en",
        timezone="Pacific/Auckland", markup="json-ld graph", path="/stories/{number}/{slug}",
        byline="By {}", joiner=", ", listings=(("sitemap", "/news-sitemap.xml"),),
    ),
    DemoOutlet(
        slug="demo-quai", name="Le Quai du matin", country="FR", language="fr",
        timezone="Europe/Paris", markup="json-ld array",
        path="/{section}/article/{slug}_{number}.html",
        byline="Par {}", joiner=" et ", listings=(("rss", "/rss/une.xml"),),
    ),
    DemoOutlet(
        slug="demo-cais", name="Folha do Cais", country="BR", language="pt",
        timezone="America/Sao_Paulo", markup="microdata", path="/{section}/noticia/{slug}.shtml",
        byline="Por {}", joiner=" e ", listings=(("json feed", "/feed.json"),),
    ),
    DemoOutlet(
        slug="demo-setu", name="सेतु समाचार", country="IN", language="hi",
        timezone="Asia/Kolkata", markup="json-ld", path="/{section}/{label}-{number}",
        byline="लेखक: {}", joiner=", ", listings=(("atom", "/atom.xml"),),
    ),
    DemoOutlet(
        slug="demo-iskele", name="İskele Postası", country="TR", language="tr",
        timezone="Europe/Istanbul", markup="bare", path="/haber/{slug}-{number}",
        byline="Haber: {}", joiner=", ", listings=(("rss", "/rss.php"),),
    ),
)  # fmt: skip
