"""Full-text search: the SQL functions a connection needs, and the one search all readers share.

What is found is planned in `hits` and counted in `estimates`; the terminal and the web plugin
follow the same plans, so both give the same results in the same order. Standard library only.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from scraper.archive.edit_search import EDITS
from scraper.archive.edits import edit_of
from scraper.archive.grammar import ARTICLES, Note, flag_token
from scraper.archive.queries import NOTHING, field_query, parse
from scraper.archive.query_dates import ALL_YEARS, Years
from scraper.archive.segmentation import (
    country_token,
    date_tokens,
    excerpt,
    language_token,
    marked,
    segment,
)

SNIPPET_CHARS = 240
LIMIT_MAX = 500  # hits at once
# What is ranked, sorted and counted at once. Ranking all 440,000 hits of a common word among a
# million articles cost 1.1 s of CPU, the newest 1,000 of them 13 ms.
POOL = 5_000
ORDERS = ("relevance", "newest", "oldest")
EXACT = ("outlet", "language", "section")  # compared with the stored value besides


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a query, exact filters, an order, a page.

    Args:
        query: in the language of `scraper.archive.queries`; "" for all articles.
        outlet: slug of the outlet.
        language: BCP 47 tag as stored.
        country: ISO 3166-1 alpha-2 code.
        section: as the outlet names it.
        author: a name in the byline.
        month: such as 2024-06.
        after: first day, month or year wanted.
        before: day, month or year before which articles are wanted.
        order: one of ORDERS; without a query, relevance means newest.
        limit: hits a page, at most LIMIT_MAX.
        cursor: where the page begins, as told by `hits.Hits`; "" for the first.
    """

    query: str = ""
    outlet: str = ""
    language: str = ""
    country: str = ""
    section: str = ""
    author: str = ""
    month: str = ""
    after: str = ""
    before: str = ""
    order: str = "relevance"
    limit: int = 20
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. `headline` and `snippet` carry marks (MARK_OPEN, MARK_CLOSE)."""

    id: int
    url: str
    outlet: str
    outlet_name: str
    timezone: str
    section: str
    title: str
    byline: str
    language: str
    country: str | None
    published_at: str | None
    captured_at: str
    revision_count: int
    is_paywalled: int | None
    gone_at: str | None
    headline: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet, such as an outlet, with its label and its number of hits."""

    facet: str
    value: str
    label: str
    count: int


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the index's triggers and our SQL call.

    fts_segment, fts_language, fts_country, fts_date: what the index holds of a value, "" for NULL;
    fts_flags(revision_count, is_paywalled, gone_at, kind): what it holds of an article's state.
    edit_of: what differs between two texts (`scraper.archive.edits`).
    escape_fts(query): FTS5 for MATCH, in place of Datasette's; edits_query(query): the same for the
    index of edits. search_highlight(text, query): the
    text with its hits marked. search_snippet(text, ..., query): the best passage of the first text
    with a hit, else the beginning of the first that is not empty.
    """
    one_text: dict[str, Callable[[str], str]] = {
        "fts_segment": segment,
        "fts_language": language_token,
        "fts_country": country_token,
        "fts_date": date_tokens,
        "escape_fts": lambda query: parse(query).match,
        "edits_query": lambda query: parse(query, EDITS).match,
    }
    for name, function in one_text.items():
        connection.create_function(name, 1, _of_text(function), deterministic=True)
    connection.create_function("edit_of", 6, edit_of, deterministic=True)
    connection.create_function("fts_flags", 4, _flags, deterministic=True)
    connection.create_function("search_highlight", 2, _highlight, deterministic=True)
    connection.create_function("search_snippet", -1, _snippet, deterministic=True)


def _of_text(function: Callable[[str], str]) -> Callable[[object], str]:
    return lambda value: function(_as_text(value))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _highlight(text: object, query: object) -> str:
    return marked(_as_text(text), parse(_as_text(query)).terms)


def _snippet(*values: object) -> str:
    *texts, query = map(_as_text, values or ("",))
    return excerpt(texts, parse(query).terms, SNIPPET_CHARS)


def _flags(revisions: object, is_paywalled: object, gone_at: object, kind: object) -> str:
    """Return the flags of an article as search tokens.

    >>> _flags(2, 0, None, "live blog")
    'isrevised isfree isliveblog'
    """
    stated = {
        "revised": isinstance(revisions, int) and revisions > 1,
        "paywalled": is_paywalled == 1,
        "free": is_paywalled == 0,
        "gone": gone_at is not None,
        _as_text(kind).replace(" ", ""): True,
    }
    return " ".join(flag_token(flag) for flag in ARTICLES.flags if stated.get(flag))


def match_for(search: Search, years: Years = ALL_YEARS) -> str:
    """Return the FTS5 for a search with its filters; "" when it asks for all articles.

    `years` are those that the archive has articles of, if they are known.
    """
    parsed = parse(search.query, years=years)
    if search.query.strip() and parsed.match == NOTHING:
        return NOTHING
    parts = [parsed.match] if search.query.strip() else []
    parts += [parse(query, years=years).match for query in _filters(search)]
    return " AND ".join(f"({part})" for part in parts)


def described(search: Search) -> str:
    """Return a search with its filters as one query, which finds the same.

    >>> described(Search("a OR b", language="ja", month="2024-06"))
    '(a OR b) lang:"ja" date:"2024-06"'
    >>> described(Search("a b"))
    'a b'
    """
    query, filters = search.query.strip(), _filters(search)
    parts = [f"({query})" if filters and query else query, *filters]
    return " ".join(part for part in parts if part)


def _filters(search: Search) -> list[str]:
    filters = {
        "outlet": search.outlet,
        "lang": search.language,
        "country": search.country,
        "section": search.section,
        "author": search.author,
        "date": search.month,
        "after": search.after,
        "before": search.before,
    }
    return [field_query(name, value) for name, value in filters.items() if value.strip()]


def notes_for(search: Search) -> tuple[Note, ...]:
    """Return what a reader should know of how a search was read, whole sentences."""
    notes = list(parse(search.query).notes)
    for name, value in (("after", search.after), ("before", search.before), ("date", search.month)):
        if value.strip():
            notes += parse(field_query(name, value)).notes
    return tuple(dict.fromkeys(notes))


def exact_conditions(search: Search) -> tuple[str, dict[str, str | int | float]]:
    """Return SQL conditions on articles (a), each begun with AND, and their parameters.

    The index finds zh-Hant under zh, and an outlet's slug inside a longer one: compare exactly.
    """
    values = {name: getattr(search, name) for name in EXACT if getattr(search, name)}
    return "".join(f" AND a.{name} = :{name}" for name in values), dict(values)
