"""What every record promises, whatever it was read from; each breach in words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import urlsplit

from scraper.characters import UNPRINTABLE
from scraper.discovery import fields as listed
from scraper.discovery.json_feeds import AUTHORS_MAX as LISTED_AUTHORS_MAX
from scraper.discovery.listings import LISTING_MAX_CANDIDATES
from scraper.discovery.sitemaps import INDEX_MAX_SITEMAPS
from scraper.extraction.byline.credits import AUTHORS_MAX, BYLINE_MAX_CHARS
from scraper.extraction.byline.names import NAME_MAX_CHARS
from scraper.extraction.date.dates import CLAIMS_MAX as DATE_CLAIMS_MAX
from scraper.extraction.date.dates import WIDEST_ZONES
from scraper.extraction.date.moments import EARLIEST_YEAR, TEXT_MAX_CHARS
from scraper.extraction.metadata import DESCRIPTION_MAX_CHARS, SECTION_MAX_CHARS
from scraper.extraction.page import CAPTION_MAX_CHARS
from scraper.extraction.text.body import BODY_MAX_CHARS
from scraper.extraction.title.titles import TITLE_MAX_CHARS
from scraper.extraction.topics import TAG_MAX_CHARS, TAGS_MAX
from scraper.records import Article, ArticleKind, Candidate, Listing, Role
from scraper.urls import URL_MAX_CHARS

BCP_47 = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")  # as far as we go
KEY_POINTS_MAX, SOURCE_MAX_CHARS, WHY_MAX_CHARS = 100, 200, 500
LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\t]")


def breaches(record: Article | Listing, captured_at: datetime) -> list[str]:
    """Return every promise that a record breaks, [] for a sound one."""
    if isinstance(record, Listing):
        return [*_listing(record)]
    return [*_article(record, captured_at)]


def _article(article: Article, captured_at: datetime) -> Iterator[str]:
    yield from _address("url", article.url)
    if article.image_url:
        yield from _address("image_url", article.image_url)
    for name, limit in (
        ("title", TITLE_MAX_CHARS),
        ("byline", BYLINE_MAX_CHARS),
        ("section", SECTION_MAX_CHARS),
        ("description", DESCRIPTION_MAX_CHARS),
        ("image_caption", CAPTION_MAX_CHARS),
    ):
        yield from _line(name, getattr(article, name), limit)
    yield from _lines("authors", article.authors, AUTHORS_MAX, NAME_MAX_CHARS)
    yield from _lines("tags", article.tags, TAGS_MAX, TAG_MAX_CHARS)
    raws = tuple(claim.raw for claim in article.date_evidence)
    yield from _lines("date_evidence", raws, DATE_CLAIMS_MAX, TEXT_MAX_CHARS)
    yield from _lines(
        "credits", tuple(c.name for c in article.credits), AUTHORS_MAX, NAME_MAX_CHARS
    )
    for line in article.key_points:
        yield from _line("key_points", line, BODY_MAX_CHARS)
    yield from _body(article)
    for name in ("published_at", "modified_at"):
        yield from _moment(name, getattr(article, name), captured_at + WIDEST_ZONES)
    yield from _language(article.language)
    yield from _language(article.stated_language)
    yield from _kinds(article)
    if article.is_paywalled not in (None, True, False):
        yield f"is_paywalled is {article.is_paywalled!r}"


def _kinds(article: Article) -> Iterator[str]:
    """Check what is one of a few names."""
    if article.kind not in get_args(ArticleKind):
        yield f"kind is {article.kind!r}"
    if any(c.role not in get_args(Role) for c in article.credits):
        yield "a credit of no role we know"
    if article.credits and not set(article.authors) <= {c.name for c in article.credits}:
        yield f"authors without a credit: {article.authors}"
    for field in ("published_at", "modified_at"):
        chosen = [
            claim for claim in article.date_evidence if claim.field == field and claim.is_chosen
        ]
        if len(chosen) > 1:
            yield f"{len(chosen)} claims chosen for {field}"
    if len(article.key_points) > KEY_POINTS_MAX:
        yield f"{len(article.key_points)} key points"
    for claim in article.date_evidence:
        yield from _line("source of a date", claim.source, SOURCE_MAX_CHARS)
        yield from _line("zone of a date", claim.zone, SOURCE_MAX_CHARS)
        yield from _line("why of a date", claim.why, WHY_MAX_CHARS)
    for name, source in article.field_sources.items():
        yield from _line(f"source of {name}", source, SOURCE_MAX_CHARS)


def _body(article: Article) -> Iterator[str]:
    if not article.title or not article.body or article.word_count < 1:
        yield "an article without title, body or words"
    if len(article.body) > BODY_MAX_CHARS:
        yield f"body has {len(article.body)} characters"
    for line in article.body.split("\n\n"):
        yield from _line("body", line, BODY_MAX_CHARS)


def _listing(listing: Listing) -> Iterator[str]:
    if len(listing.candidates) > LISTING_MAX_CANDIDATES or listing.skipped < 0:
        yield f"{len(listing.candidates)} candidates, {listing.skipped} skipped"
    if len(listing.indexes) > INDEX_MAX_SITEMAPS:
        yield f"{len(listing.indexes)} indexes"
    for index in listing.indexes:
        yield from _address("index", index)
    yield from _line("title of the listing", listing.title, listed.TITLE_MAX_CHARS)
    for candidate in listing.candidates:
        yield from _candidate(candidate)


def _candidate(candidate: Candidate) -> Iterator[str]:
    yield from _address("url", candidate.url)
    yield from _line("title", candidate.title, listed.TITLE_MAX_CHARS)
    yield from _line("byline", candidate.byline, listed.BYLINE_MAX_CHARS * LISTED_AUTHORS_MAX)
    yield from _line("section", candidate.section, listed.TAG_MAX_CHARS)
    yield from _line("description", candidate.description, listed.DESCRIPTION_MAX_CHARS)
    yield from _lines("tags", candidate.tags, listed.TAGS_MAX, listed.TAG_MAX_CHARS)
    yield from _language(candidate.language)
    for name in ("published_at", "modified_at"):
        yield from _moment(name, getattr(candidate, name), datetime(2100, 1, 2, tzinfo=UTC))


def _address(name: str, url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        yield f"{name} is no http(s) URL: {url[:100]!r}"
    if len(url) > URL_MAX_CHARS or not url.isascii() or not url.isprintable() or " " in url:
        yield f"{name} is not safely escaped: {url[:100]!r}"


def _line(name: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{name} has {len(text)} characters, more than {limit}"
    if text != text.strip() or LINE_BREAK.search(text):
        yield f"{name} is not on one line: {text[:100]!r}"
    if found := UNPRINTABLE.search(text):
        yield f"{name} holds {found.group()!r}"


def _lines(name: str, texts: tuple[str, ...], count: int, limit: int) -> Iterator[str]:
    if len(texts) > count or not all(texts):
        yield f"{name} are {len(texts)}, of at most {count}, or empty ones"
    for text in texts:
        yield from _line(name, text, limit)


def _moment(name: str, moment: datetime | None, latest: datetime) -> Iterator[str]:
    if moment is None:
        return
    if moment.tzinfo is None or moment.utcoffset() is None:
        yield f"{name} is naive: {moment}"
    elif moment.year < EARLIEST_YEAR or moment > latest:
        yield f"{name} cannot be: {moment}"


def _language(tag: str) -> Iterator[str]:
    if tag and not BCP_47.fullmatch(tag):
        yield f"language is no BCP 47 tag: {tag!r}"
