"""Reads one article, as of one of its revisions, with all that hangs on it."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from datasette.views.base import DatasetteError

from scraper.archive.plans import Statement
from scraper.web.archives import read
from scraper.web.words import N_, _

BODY_MAX_CHARS = 300_000  # shown; the whole text is in the JSON
NAMES_MAX = 50  # authors, tags and addresses read
ENTRIES_MAX = 100  # of each JSON list or map read
TOO_SLOW = N_("The article could not be read in time.")
REVISION_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)

LATEST_NUMBER = (
    "SELECT COALESCE((SELECT max(number) FROM revisions WHERE article = a.id), a.revision_count)"
)
LATEST = f"{LATEST_NUMBER} FROM articles AS a WHERE a.id = :id"
# {text} is `a` for the latest text, `r` for that of an earlier revision, which keeps no more than
# is named so here: all else is what the latest capture told.
ARTICLE = """
SELECT
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name,
    COALESCE(o.timezone, 'UTC') AS timezone, a.country, a.language, a.stated_language, a.section,
    a.kind, {text}.title, {text}.byline, a.byline AS latest_byline, a.description, a.key_points,
    a.published_at, a.published_precision, {text}.modified_at, a.captured_at,
    COALESCE(r.captured_at, c.captured_at, a.captured_at) AS text_captured_at, a.checked_at,
    ({latest}) AS latest_number,
    a.gone_at, a.word_count, a.is_paywalled, a.image_url, a.image_caption, a.revision_count,
    a.date_evidence, a.field_sources, {text}.extractor, {text}.capture, r.capture AS first_capture,
    r.number AS stored_number, COALESCE(c.url, a.url) AS address, {marked}
FROM articles AS a
LEFT JOIN outlets AS o ON o.slug = a.outlet
LEFT JOIN revisions AS r ON r.article = a.id AND r.number = :number
LEFT JOIN captures AS c ON c.id = {text}.capture
WHERE a.id = :id"""
# For the page: with hits marked, and no longer than it shows.
MARKED = f"""length({{text}}.body) > {BODY_MAX_CHARS} AS is_cut,
    search_highlight({{text}}.title, :query) AS headline,
    search_highlight(a.description, :query) AS standfirst,
    search_highlight(substr({{text}}.body, 1, {BODY_MAX_CHARS}), :query) AS body"""
WHOLE = "{text}.body"  # for data
CREDITS = f"""
SELECT n.name, l.role, l.kind, l.is_author
FROM article_authors AS l JOIN authors AS n ON n.id = l.author
WHERE l.article = :id ORDER BY l.position LIMIT {NAMES_MAX}"""
TAGS = f"""
SELECT n.name FROM article_tags AS l JOIN tags AS n ON n.id = l.tag
WHERE l.article = :id ORDER BY n.name LIMIT {NAMES_MAX}"""
ADDRESSES = f"""
SELECT url, kind, seen_at FROM article_urls WHERE article = :id ORDER BY seen_at, url
LIMIT {NAMES_MAX}"""
# The capture that first showed this text, and the latest that showed it still.
CAPTURES = """
SELECT id, url, captured_at, warc_file, warc_offset, sha256, lost_at, pruned_at
FROM captures WHERE id IN (:first, :last) ORDER BY captured_at, id"""


@dataclass(frozen=True, slots=True)
class Record:
    """An article as of one revision; rows as the tables have them.

    Args:
        article: its fields; title, byline, body, modified_at, capture and extractor are those of
            the revision, all others those of the latest.
        number: the revision.
        latest: the newest revision there is.
    """

    article: dict[str, Any]
    number: int
    latest: int
    credits: list[dict[str, Any]]
    tags: list[str]
    addresses: list[dict[str, Any]]
    captures: list[dict[str, Any]]

    @property
    def is_latest(self) -> bool:
        """Tell whether this is the article's latest text."""
        return self.number == self.latest

    def authors(self) -> list[str]:
        """Return who wrote this revision: of an earlier one, as far as its byline tells.

        Who a byline names is kept for the latest only.
        """
        names = [str(who["name"]) for who in self.credits if who["is_author"]]
        byline = str(self.article["byline"] or "")
        if self.is_latest or byline == self.article["latest_byline"]:
            return names
        return [name for name in names if name in byline] or ([byline] if byline else [])


def wanted_revision(text: str | None) -> int | None:
    """Return the number in ?revision=, 0 (there is none such) if it is no number, None if absent.

    >>> wanted_revision("2"), wanted_revision("two"), wanted_revision(None)
    (2, 0, None)
    """
    if not text:
        return None
    return int(text) if REVISION_NUMBER.fullmatch(text) else 0


async def read_record(
    db: Any, number: int, revision: int | None, query: str | None
) -> Record | int | None:
    """Read an article as of a revision, the latest for None.

    `query` has its hits marked in the texts, and long ones cut; None leaves them whole and as they
    are.

    Returns:
        The record; the latest revision's number if there is no such revision; None if there is no
        such article.

    Raises:
        DatasetteError: if it could not be read in time.
    """
    latest = await in_time(db, (LATEST, {"id": number}))
    if not latest:
        return None
    newest = int(latest[0][0])
    wanted = newest if revision is None else revision
    text = "a" if wanted == newest else "r"
    params: dict[str, str | int] = {"id": number, "number": wanted, "query": query or ""}
    marked = (WHOLE if query is None else MARKED).format(text=text)
    sql = ARTICLE.format(text=text, marked=marked, latest=LATEST_NUMBER)
    articles = await in_time(db, (sql, params))
    if not articles:
        return None
    article = dict(articles[0])
    if article["latest_number"] != newest:  # a crawl stored another revision in between
        return await read_record(db, number, revision, query)
    if text == "r" and article["stored_number"] is None:
        return newest
    shown = {"first": article["first_capture"], "last": article["capture"]}
    credits, tags, addresses, captures = await asyncio.gather(
        listed(db, (CREDITS, params)),
        listed(db, (TAGS, params)),
        listed(db, (ADDRESSES, params)),
        listed(db, (CAPTURES, shown)),
    )
    names = [row["name"] for row in tags]
    return Record(article, wanted, newest, credits, names, addresses, captures)


async def in_time(db: Any, statement: Statement) -> list[Any]:
    """Return rows.

    Raises:
        DatasetteError: if they could not be read in time, which says nothing of what there is.
    """
    rows = await read(db, statement)
    if rows is None:
        raise DatasetteError(_(TOO_SLOW), status=503)
    return rows


async def listed(db: Any, statement: Statement) -> list[dict[str, Any]]:
    """Return rows as maps; none if they could not be read in time."""
    return [dict(row) for row in await read(db, statement) or []]


def stored_list(text: str | None) -> list[Any]:
    """Return the list that a JSON column holds, as far as it is one.

    >>> stored_list("[1, 2]"), stored_list("{"), stored_list(None)
    ([1, 2], [], [])
    """
    found = _stored(text)
    return found[:ENTRIES_MAX] if isinstance(found, list) else []


def stored_map(text: str | None) -> dict[str, Any]:
    """Return the map that a JSON column holds, as far as it is one.

    >>> stored_map('{"title": "json-ld"}'), stored_map("[]")
    ({'title': 'json-ld'}, {})
    """
    found = _stored(text)
    return dict(list(found.items())[:ENTRIES_MAX]) if isinstance(found, dict) else {}


def _stored(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
