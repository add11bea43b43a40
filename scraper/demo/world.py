"""The world itself: what each address answers at the present tick, and the truth to check it by."""

import gzip
import itertools
import random
import struct
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Protocol

from scraper.demo import listings, pages
from scraper.demo.editions import WorldChange, edit_of, print_edition, tell_changes
from scraper.demo.furniture import SECTIONS, section_slug
from scraper.demo.outlets import BASE_PORT, HOST, OUTLETS, DemoOutlet, Printed

LAST_TICK = 1
NEWS_SITEMAP = "/sitemap-news.xml.gz"  # what the sitemap index names
UNREADABLE = ("demo-causeway", "/stories/100001/tide-tables-for-the-week", "Tide tables")
SIGN_UP = ("demo-quai", "/services/lettre-du-matin", "Recevoir la lettre du matin")
UNREADABLE_BYTES = 4096
PICTURE_SIZE = (160, 90)  # pixels
PLAIN = "text/plain; charset=utf-8"
MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "rdf": "application/xml",
    "atom": "application/atom+xml",
    "json feed": "application/feed+json",
    "sitemap": "application/xml",
    "sitemap index": "application/xml",
    "gzipped sitemap": "application/gzip",
}
WRITERS = {
    "rss": listings.write_rss,
    "rdf": listings.write_rdf,
    "atom": listings.write_atom,
    "json feed": listings.write_json_feed,
    "sitemap": listings.write_sitemap,
    "gzipped sitemap": listings.write_sitemap,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answers, before conditional requests and content encoding.

    `etag` is "" and `last_modified` None where the outlet sends none; `location` is where a
    redirect leads; `headers` are what is sent besides.
    """

    status: int
    content_type: str
    body: bytes
    etag: str = ""
    last_modified: datetime | None = None
    location: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class World(Protocol):
    """What a server needs of a world."""

    @property
    def ports(self) -> Mapping[str, int]:
        """The port of each outlet."""

    @property
    def ticks(self) -> int:
        """How often it was moved on."""

    def tick(self) -> bool:
        """Move it on; False when it cannot be."""

    def answer(self, slug: str, target: str) -> Answer:
        """Return what an outlet answers to a request target."""


Routes = dict[str, Callable[[], Answer]]


@dataclass(frozen=True, slots=True)
class Expected:
    """The truth about one article's page as it stands: what a perfect extraction finds.

    `authors` are the persons credited, or the agency alone where `is_agency_copy`. `modified_at`
    is None where the page does not say. `paragraphs` is the prose shown, subheads and key points
    aside; behind a paywall that is the first paragraph. `markup` names the outlet's manner.
    """

    outlet: str
    country: str
    url: str
    title: str
    byline: str
    authors: tuple[str, ...]
    is_agency_copy: bool
    published_at: datetime
    modified_at: datetime | None
    section: str
    language: str
    paragraphs: tuple[str, ...]
    description: str
    image_url: str
    image_caption: str
    tags: tuple[str, ...]
    is_paywalled: bool
    markup: str
    story: str

    @property
    def body(self) -> str:
        """The paragraphs, separated by a blank line."""
        return "\n\n".join(self.paragraphs)


class NewsWorld:
    """Every outlet's answers, moved on once by `tick`.

    The same `now` gives the same world to the byte, but for rotating advertisements. Nothing is
    dated later than `now`, and everything within the six weeks before it.

    Args:
        now: the clock; aware, the present moment unless given.
        base_port: the first outlet's port; `spiders/demo.py` declares the default.

    Raises:
        ValueError: `now` has no time zone.
    """

    def __init__(self, now: datetime | None = None, base_port: int = BASE_PORT) -> None:
        moment = now or datetime.now(UTC)
        if moment.tzinfo is None:
            raise ValueError("the demo world's clock must have a time zone, such as datetime.UTC")
        self.now = moment.astimezone(UTC).replace(second=0, microsecond=0)
        self.base_port = base_port
        self.ticks = 0
        self.ports = MappingProxyType({o.slug: base_port + n for n, o in enumerate(OUTLETS)})
        self._pages_served = itertools.count()
        self._lock = threading.Lock()  # a tick must not fall into the middle of an answer
        self._routes: dict[str, Routes] = {}
        self._answers: dict[tuple[str, str], Answer] = {}

    @property
    def allowed_hosts(self) -> list[str]:
        """Every outlet's host and port, as `dateline crawl --allow` takes them."""
        return [f"{HOST}:{port}" for port in self.ports.values()]

    def origin(self, slug: str) -> str:
        """Return an outlet's scheme, host and port, without a slash at the end."""
        return f"http://{HOST}:{self.ports[slug]}"

    def tick(self) -> bool:
        """Move to the second state; False when the world was there already."""
        with self._lock:
            if self.ticks == LAST_TICK:
                return False
            self.ticks += 1
            self._routes.clear()
            self._answers.clear()
            return True

    def articles(self, slug: str) -> tuple[Printed, ...]:
        """Return what an outlet has in print, newest first, the forbidden article included."""
        return print_edition(_outlet(slug), self.origin(slug), self.now, self.ticks)

    def expected(self) -> tuple[Expected, ...]:
        """Return the truth about every article a crawler may read, at the present tick."""
        printed = (article for outlet in OUTLETS for article in self.articles(outlet.slug))
        return tuple(_truth(article) for article in printed if not article.text.is_forbidden)

    def changes(self) -> tuple[WorldChange, ...]:
        """Return what the tick changes, whether it has come yet or not."""
        told = [c for o in OUTLETS for c in tell_changes(o, self.origin(o.slug), self.now)]
        return (*told, WorldChange("no article", SIGN_UP[0], self._odd_url(SIGN_UP)))

    def oddities(self) -> dict[str, str]:
        """Return the URLs listed among the news that must not become articles, by kind.

        "forbidden" lies below a Disallow, "unreadable" is noise declared as UTF-8, "no article"
        (from the tick on) is the form of a newsletter.
        """
        odd = {"unreadable": self._odd_url(UNREADABLE)}
        for outlet in OUTLETS:
            for article in self.articles(outlet.slug):
                if article.text.is_forbidden:
                    odd["forbidden"] = article.url
        if self.ticks:
            odd["no article"] = self._odd_url(SIGN_UP)
        return odd

    def answer(self, slug: str, target: str) -> Answer:
        """Return what an outlet answers to a request target; the query may carry tracking."""
        with self._lock:
            return self._answer(slug, target)

    def _answer(self, slug: str, target: str) -> Answer:
        if slug not in self._routes:
            self._routes[slug] = self._make_routes(_outlet(slug))
        routes = self._routes[slug]
        key = target if target in routes else target.partition("?")[0]
        if key not in routes and f"{key}/" in routes:
            return Answer(301, PLAIN, b"moved\n", location=f"{key}/")
        if key not in routes:
            return Answer(404, PLAIN, b"not found\n")
        if _outlet(slug).rotates_ads:
            return routes[key]()
        if (slug, key) not in self._answers:
            self._answers[slug, key] = routes[key]()
        return self._answers[slug, key]

    def _odd_url(self, odd: tuple[str, str, str]) -> str:
        return self.origin(odd[0]) + odd[1]

    def _make_routes(self, outlet: DemoOutlet) -> Routes:
        articles = self.articles(outlet.slug)
        # Lists beside articles stay as they were first printed, so that a page whose article did
        # not change stays the same to the byte and can be answered with 304.
        others = print_edition(outlet, self.origin(outlet.slug), self.now, 0)
        routes: Routes = {}
        for path, title, listed in _fronts(outlet, articles):
            routes[path] = partial(self._front, outlet, title, listed)
        for article in articles:
            beside = [a for a in others if a.path != article.path and not a.text.is_forbidden]
            routes[article.path] = partial(self._article, article, beside)
            routes[article.image_path] = partial(_picture, article.text.story)
            if outlet.has_amp:
                routes[f"{article.path}amp/"] = partial(_amp, article)
        for article in others:
            edit = edit_of(article.text, outlet) if self.ticks else None
            if edit is not None and edit.kind == "gone":
                routes[article.path] = partial(_html, outlet, "<h1>410 Gone</h1>", None, 410)
        for kind, path in outlet.listings:
            if kind != "section":
                routes[path] = partial(self._listing, outlet, kind)
        return routes | self._odd_routes(outlet)

    def _odd_routes(self, outlet: DemoOutlet) -> Routes:
        robots = listings.write_robots(outlet, self.origin(outlet.slug)).encode()
        routes: Routes = {"/robots.txt": partial(Answer, 200, PLAIN, robots)}
        if any(kind == "sitemap index" for kind, _ in outlet.listings):
            routes[NEWS_SITEMAP] = partial(self._listing, outlet, "gzipped sitemap")
        if outlet.slug == UNREADABLE[0]:
            routes[UNREADABLE[1]] = _noise
        if outlet.slug == SIGN_UP[0] and self.ticks:
            routes[SIGN_UP[1]] = partial(_html, outlet, pages.write_sign_up(outlet), self.now)
        return routes

    def _article(self, article: Printed, beside: Sequence[Printed]) -> Answer:
        advert = next(self._pages_served) if article.outlet.rotates_ads else article.advert
        page = pages.write_article(article, beside, advert)
        return _html(article.outlet, page, article.changed_at)

    def _front(self, outlet: DemoOutlet, title: str, articles: Sequence[Printed]) -> Answer:
        changed_at = max((a.changed_at for a in articles), default=self.now)
        return _html(outlet, pages.write_front(outlet, title, articles), changed_at)

    def _entries(self, outlet: DemoOutlet) -> list[listings.Entry]:
        articles = self.articles(outlet.slug)
        entries = [listings.entry_of(article, n) for n, article in enumerate(articles)]
        for odd in (UNREADABLE, SIGN_UP) if self.ticks else (UNREADABLE,):
            if odd[0] == outlet.slug:
                when = self.now - timedelta(days=2)
                entries.append(listings.Entry(self._odd_url(odd), odd[2], when, when))
        return entries

    def _listing(self, outlet: DemoOutlet, kind: str) -> Answer:
        origin, entries = self.origin(outlet.slug), self._entries(outlet)
        changed_at = max(entry.modified_at for entry in entries)
        if kind == "sitemap index":
            text = listings.write_sitemap_index(origin + NEWS_SITEMAP, changed_at)
        else:
            text = WRITERS[kind](outlet, origin, entries)
        body = text.encode(outlet.charset if kind == "rss" else "utf-8")
        if kind == "gzipped sitemap":
            body = gzip.compress(body, mtime=0)
        return _stamped(outlet, Answer(200, MEDIA_TYPES[kind], body), changed_at)


def _outlet(slug: str) -> DemoOutlet:
    return next(outlet for outlet in OUTLETS if outlet.slug == slug)


def _fronts(
    outlet: DemoOutlet, articles: Sequence[Printed]
) -> list[tuple[str, str, list[Printed]]]:
    free = [article for article in articles if not article.text.is_forbidden]
    fronts = [("/", outlet.words.word("home"), free)]
    for key in SECTIONS:
        listed = [article for article in free if article.text.section == key]
        fronts.append((f"/{section_slug(outlet, key)}", outlet.words.word(key), listed))
    return fronts


def _html(outlet: DemoOutlet, page: str, changed_at: datetime | None, status: int = 200) -> Answer:
    charset = f"; charset={outlet.charset}" if outlet.charset_in == "header" else ""
    body = page.encode(outlet.charset, "xmlcharrefreplace")  # Shift_JIS has no "©"
    answer = Answer(status, f"text/html{charset}", body)
    return _stamped(outlet, answer, changed_at) if changed_at else answer


def _amp(article: Printed) -> Answer:
    return _html(article.outlet, pages.write_amp(article), article.changed_at)


def _stamped(outlet: DemoOutlet, answer: Answer, changed_at: datetime) -> Answer:
    if outlet.validators == "none":
        return answer
    # Weak (RFC 9110, 8.8.1): the same validator serves the page plain and gzipped.
    etag = f'W/"{sha256(answer.body).hexdigest()[:20]}"' if outlet.validators == "both" else ""
    return replace(answer, etag=etag, last_modified=changed_at.astimezone(UTC))


def _noise() -> Answer:
    noise = random.Random(UNREADABLE[1]).randbytes(UNREADABLE_BYTES)  # noqa: S311
    return Answer(200, "text/html; charset=utf-8", noise)


def _picture(story: str) -> Answer:
    """Return a plain gradient as PNG, its colour drawn from the story's name."""
    red, green, blue = (64 + byte // 2 for byte in sha256(story.encode()).digest()[:3])
    width, height = PICTURE_SIZE
    rows = b"".join(
        b"\0" + bytes((red - y // 2, green - y // 2, blue - y // 2)) * width for y in range(height)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    data = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return Answer(200, "image/png", b"\x89PNG\r\n\x1a\n" + data)


def _truth(article: Printed) -> Expected:
    outlet = article.outlet
    has_metadata = outlet.markup not in ("seed", "bare")
    return Expected(
        outlet=outlet.slug,
        country=outlet.country,
        url=article.url,
        title=article.title,
        byline=article.byline,
        authors=article.authors,
        is_agency_copy=not article.text.authors,
        published_at=article.published_at,
        modified_at=article.modified_at if has_metadata else None,
        section=article.section,
        language=outlet.language,
        paragraphs=article.paragraphs,
        description=article.description,
        image_url=article.origin + article.image_path,
        image_caption=article.caption if outlet.markup != "seed" else "",
        tags=(article.label,) if has_metadata else (),
        is_paywalled=article.is_paywalled,
        markup=outlet.markup,
        story=article.text.story,
    )
