"""The records that travel between rooms: immutable, picklable, and trusted once made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its name, where its newsroom is, what it writes in.

    Args:
        name: as readers know it, in its own script.
        country: ISO 3166-1 alpha-2 code of the newsroom.
        languages: BCP 47 tags, the main one first.
        timezone: IANA name; the clock of dates printed without a zone.
        homepage: https URL of the front page.
    """

    name: str
    country: str
    languages: tuple[str, ...]
    timezone: str = "UTC"
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL that a listing offers, with what the listing said of it; nothing is fetched yet.

    `url` is absolute and safely escaped, else as the listing wrote it: it is what will be asked
    (the crawl derives the canonical URL from it); `listing` is the URL of the listing. Times are
    aware. None and "" mean that the listing did not say.
    """

    url: str
    listing: str = ""
    title: str = ""
    byline: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    section: str = ""
    language: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing document held, newest first where it says so.

    `indexes` are further sitemaps named by a sitemap index; `skipped` counts entries that were
    broken, foreign or beyond the bound, `left_out` articles that are not world news.
    """

    url: str
    kind: str
    candidates: tuple[Candidate, ...] = ()
    indexes: tuple[str, ...] = ()
    title: str = ""
    skipped: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of its listings an outlet's archive takes; see OutletSpider's attributes.

    `world_sections` are casefolded; `limit` is how many candidates one listing may give.
    """

    article_urls: str = ""
    world_urls: str = ""
    world_sections: tuple[str, ...] = ()
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page before reading it: an outlet's selectors, its clock, its listing.

    Selectors are CSS, plain strings so that they travel to the worker pool. An outlet's
    declaration gives selectors only; the crawl fills in the rest.

    Args:
        title, byline, published, body: selectors of the elements that hold these fields.
        drop: selectors of elements to remove before the body is read.
        timezone: IANA zone of dates printed without one; "" when unknown.
        languages: BCP 47 tags the outlet declares, main first.
        site_name: the outlet's name, to be cut from the end of titles and out of bylines.
        candidate: what the listing said of this page.
    """

    title: str = ""
    byline: str = ""
    published: str = ""
    body: str = ""
    drop: tuple[str, ...] = ()
    timezone: str = ""
    languages: tuple[str, ...] = ()
    site_name: str = ""
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP response kept raw.

    Args:
        url: the final URL, after redirects.
        body: the payload, content encoding (gzip and the like) already undone.
        headers: response headers; look them up through `header`.
        captured_at: when we received it, aware.
        status: HTTP status code.
        requested_url: what was asked first, "" when it is `url`.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    captured_at: datetime = field(default_factory=_now)
    status: int = 200
    requested_url: str = ""

    def header(self, name: str) -> str:
        """Return a response header's value whatever its case, "" when absent.

        >>> Capture("https://example.org/", b"", {"ETag": "x"}).header("etag")
        'x'
        """
        wanted = name.lower()
        return next((v for k, v in self.headers.items() if k.lower() == wanted), "")


Role = Literal["author", "agency", "editor", "photographer", "translator"]
Precision = Literal["day", "minute", "second"]
DatedField = Literal["published_at", "modified_at"]
ArticleKind = Literal["article", "live blog", "opinion", "video", "audio", "gallery"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One name in a credit: what it did, and whether it is a person's or an organisation's."""

    name: str
    role: Role = "author"
    kind: Literal["person", "organisation"] = "person"


@dataclass(frozen=True, slots=True)
class Byline:
    """The credit as printed, and every name in it, in order.

    `authors` are the bare names of those who wrote; where nobody is named, of the agencies.
    """

    text: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class DateClaim:
    """One place where a page, or what led to it, says when the article was published or changed.

    Args:
        field: "published_at" or "modified_at".
        raw: the text found, as it stood.
        source: where it stood ("json-ld datePublished", "visible text", "url", "listing", ...).
        at: how it was read, aware; None where it could not be read.
        zone: the zone as written ("+09:00", "EST"), "" where none was.
        precision: how exact it is.
        is_chosen: whether this claim became the article's time.
        why: why it was chosen, or was not, in a few words.
    """

    field: DatedField
    raw: str
    source: str
    at: datetime | None = None
    zone: str = ""
    precision: Precision = "day"
    is_chosen: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The extracted record of one page.

    `url` is the canonical URL as far as the page alone can tell. `authors` are those of `credits`
    who wrote, in printed order. `body` has paragraphs separated by a blank line; `key_points`, the
    outlet's summary in points, stand in it as well. `stated_language` is the page's own claim,
    `language` that of the text. `date_evidence` holds every claim about the times, the chosen ones
    marked. `field_sources` names, for each field found, the source that won ("json-ld", "meta
    og:title", ...); `extractor` what extracted it, with versions. Text fields are "" when the page
    has none; times and predicates None when it does not say.
    """

    url: str
    title: str
    byline: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    kind: ArticleKind = "article"
    published_at: datetime | None = None
    published_precision: Precision | None = None
    modified_at: datetime | None = None
    section: str = ""
    language: str = ""
    stated_language: str = ""
    body: str = ""
    key_points: tuple[str, ...] = ()
    description: str = ""
    image_url: str = ""
    image_caption: str = ""
    tags: tuple[str, ...] = ()
    is_paywalled: bool | None = None
    word_count: int = 0
    date_evidence: tuple[DateClaim, ...] = ()
    field_sources: Mapping[str, str] = field(default_factory=dict)
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """One execution of one spider: what was asked and what came of it.

    The counts add up: ``candidates + resumed == known + deferred + fetched`` and
    ``fetched == not_modified + new + revised + unchanged + no_article + quarantined + gone
    + failed``. `failures` says how many failed by reason (robots, timeout, HTTP 503, ...),
    `no_article_reasons` what those pages are that are no article.
    """

    outlet: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = "running"
    reason: str = ""
    listings: int = 0
    candidates: int = 0
    resumed: int = 0
    known: int = 0
    deferred: int = 0
    fetched: int = 0
    not_modified: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    no_article: int = 0
    quarantined: int = 0
    gone: int = 0
    failed: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    no_article_reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Errand:
    """What one crawl of an outlet is sent out for; without one it asks everything.

    Args:
        listings: URLs of the listings to ask; None for all.
        revisits: whether articles due for another look, and those left by earlier runs, are asked.
        limit: most articles to fetch, None for the usual limit.
    """

    listings: tuple[str, ...] | None = None
    revisits: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the archive knows of one address that a crawl may ask.

    `url` is canonical, `link` what is asked. `state` is "waiting" (offered, not settled),
    "settled" or "failed" (given up). `article` is the row it led to, if any; `since` when that was
    published, captured if that is unknown, offered if it led to none; `checked_at` when the article
    had its last look, `revision_count` how many texts of it are known, `next_check_at` when the
    article is due for another look, `etag` and `last_modified` the validators of its last capture.
    `candidate` holds what listings said.
    """

    url: str
    link: str
    outlet: str
    state: str = "waiting"
    tries: int = 0
    retry_at: datetime | None = None
    article: int | None = None
    since: datetime | None = None
    checked_at: datetime | None = None
    revision_count: int = 0
    next_check_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A capture on its way into the archive: which crawl fetched it, and what it was asked as."""

    outlet: str
    crawl_run: int | None
    standing: Standing
    capture: Capture


@dataclass(frozen=True, slots=True)
class Setback:
    """An address that was asked, or was to be asked, and gave no usable answer.

    `reason` is short and countable ("HTTP 503", "robots.txt forbids it", "timeout"). `retry_at` is
    the earliest time for another try, None for the usual pause; `is_final` means no other try.
    `was_asked` is False when the host was not asked at all, which is no try.
    """

    standing: Standing
    reason: str
    retry_at: datetime | None = None
    is_final: bool = False
    was_asked: bool = True


@dataclass(frozen=True, slots=True)
class Judgment:
    """What is found to be wrong with an outlet now.

    `kind` is silent, emptied, drifted, blocked, moved or slow, `field` what drifted, "" for other
    kinds. `severity` says how far beyond the threshold it is, which is 1. `evidence` has the keys
    of `scraper.archive.incidents`. `capture` is a sample of what came. `is_carried` marks an open
    incident of which nothing new can be told: it is neither seen again nor over.
    """

    outlet: str
    kind: str
    severity: float
    began_at: datetime | None
    evidence: Mapping[str, object]
    field: str = ""
    capture: int | None = None
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """A row of `incidents`: something wrong with an outlet, open until `closed_at` is set."""

    id: int
    outlet: str
    kind: str
    field: str
    severity: float
    opened_at: datetime
    began_at: datetime | None
    seen_at: datetime
    closed_at: datetime | None
    evidence: Mapping[str, object]
    capture: int | None = None
