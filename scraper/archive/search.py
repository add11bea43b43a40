"""Full-text search: the SQL functions a connection needs, and the one search all readers share.

The terminal runs these statements on its own connection, the web plugin hands them to Datasette,
so both give the same results in the same order. Standard library only.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from scraper.archive.queries import NOTHING, parse
from scraper.archive.segmentation import (
    MARK_CLOSE,
    MARK_OPEN,
    SEGMENTER_VERSION,
    country_token,
    date_tokens,
    excerpt,
    language_token,
    marked,
    segment,
)

__all__ = [
    "MARK_CLOSE",
    "MARK_OPEN",
    "ORDERS",
    "POOL",
    "SEGMENTER_VERSION",
    "Facet",
    "Found",
    "Hit",
    "Search",
    "Statement",
    "count_statement",
    "facets_statement",
    "hits_statement",
    "is_pooled",
    "match_for",
    "notes_for",
    "register",
    "search",
    "total_of",
]

SNIPPET_CHARS = 240
LIMIT_MAX = 200  # hits a page
# Ranking and sorting look at this many hits, the latest archived. Ranking all 440,000 hits of a
# common word among a million articles cost 1.1 s of CPU, the newest 1,000 of them 13 ms.
POOL = 5_000
COUNT_MAX = 50_000  # hits of an outlet or language counted exactly; beyond, "more than"
FACET_VALUES_MAX = 12
FACET_MONTHS_MAX = 36
ORDERS = ("relevance", "newest", "oldest")

Statement = tuple[str, dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a query, exact filters, an order, a page.

    Args:
        query: in the language of `scraper.archive.queries`; "" for all articles.
        outlet: slug of the outlet.
        language: BCP 47 tag as stored.
        country: ISO 3166-1 alpha-2 code.
        month: such as 2024-06.
        after: first day, month or year wanted.
        before: day, month or year before which articles are wanted.
        order: one of ORDERS; without a query, relevance means newest.
        limit: hits a page, at most LIMIT_MAX.
        offset: hits to leave out, for later pages.
    """

    query: str = ""
    outlet: str = ""
    language: str = ""
    country: str = ""
    month: str = ""
    after: str = ""
    before: str = ""
    order: str = "relevance"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. `headline` and `snippet` carry marks (MARK_OPEN, MARK_CLOSE)."""

    id: int
    url: str
    outlet: str
    outlet_name: str
    title: str
    byline: str
    language: str
    country: str | None
    published_at: str | None
    captured_at: str
    revision_count: int
    is_paywalled: int | None
    gone_at: str | None
    rank: float
    headline: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and what the reader should know of them.

    `is_total_exact` is False when counting stopped at COUNT_MAX.
    """

    hits: tuple[Hit, ...]
    total: int
    is_total_exact: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet (outlet, language, country or month) and its number of hits."""

    facet: str
    value: str
    label: str
    count: int


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the index's triggers and our SQL call.

    fts_segment, fts_language, fts_country, fts_date: what the index holds of a value, "" for NULL.
    escape_fts(query): FTS5 for MATCH, in place of Datasette's. search_highlight(text, query): the
    text with its hits marked. search_snippet(text, ..., query): the best passage of the first text
    with a hit, else the beginning of the first that is not empty.
    """
    one_text: dict[str, Callable[[str], str]] = {
        "fts_segment": segment,
        "fts_language": language_token,
        "fts_country": country_token,
        "fts_date": date_tokens,
        "escape_fts": lambda query: parse(query).match,
    }
    for name, function in one_text.items():
        connection.create_function(name, 1, _of_text(function), deterministic=True)
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


def match_for(search: Search) -> str:
    """Return the FTS5 for a search with its filters; "" when it asks for all articles."""
    parsed = parse(search.query)
    if search.query.strip() and parsed.match == NOTHING:
        return NOTHING
    parts = [parsed.match] if search.query.strip() else []
    filters = {
        "outlet": search.outlet,
        "lang": search.language,
        "country": search.country,
        "date": search.month,
        "after": search.after,
        "before": search.before,
    }
    for name, value in filters.items():
        if value.strip():
            parts.append(parse(_field(name, value)).match)
    return " AND ".join(f"({part})" for part in parts)


def notes_for(search: Search, total: int = 0) -> tuple[str, ...]:
    """Return what a reader should know of how a search was read and ranked, whole sentences."""
    notes = list(parse(search.query).notes)
    for name, value in (("after", search.after), ("before", search.before), ("date", search.month)):
        if value.strip():
            notes += parse(_field(name, value)).notes
    if is_pooled(search, total):
        notes.append(f"Sorted, counted by facet and paged among the {POOL:,} latest archived hits.")
    return tuple(dict.fromkeys(notes))


def is_pooled(search: Search, total: int) -> bool:
    """Tell whether a search found more than is ranked and counted by facet."""
    return total > POOL and bool(match_for(search))


def _field(name: str, value: str) -> str:
    return f'{name}:"{value.replace(chr(34), " ")}"'


def _pool(search: Search) -> tuple[str, dict[str, str | int]]:
    """Return the FROM and WHERE that select hits (f) and their articles (a), and the parameters."""
    params: dict[str, str | int] = {"match": match_for(search)}
    where = ["articles_fts MATCH :match"]
    # The index finds zh-Hant under zh, and an outlet's slug inside a longer one: compare exactly.
    for column, value in (("outlet", search.outlet), ("language", search.language)):
        if value:
            where.append(f"a.{column} = :{column}")
            params[column] = value
    return (
        "FROM articles_fts AS f CROSS JOIN articles AS a ON a.id = f.rowid "
        f"WHERE {' AND '.join(where)}",
        params,
    )


def hits_statement(search: Search) -> Statement:
    """Return the SQL and parameters that give a page of hits, columns as in `Hit`.

    Of more than POOL hits the latest archived POOL are ranked and sorted, so that the commonest
    word among a million articles stays far below a second.
    """
    moment = "COALESCE(a.published_at, a.captured_at)"
    order = {"newest": "moment DESC, id DESC", "oldest": "moment, id"}.get(
        search.order, "rank, moment DESC, id DESC" if match_for(search) else "moment DESC, id DESC"
    )
    if match_for(search):
        source, params = _pool(search)
        rank = "f.rank" if search.order == "relevance" else "0.0"
        pool = (
            f"SELECT a.id AS id, {rank} AS rank, {moment} AS moment {source} "
            "ORDER BY f.rowid DESC LIMIT :pool"
        )
        params["pool"] = POOL
    else:
        way = "ASC" if search.order == "oldest" else "DESC"
        pool = (
            f"SELECT a.id AS id, 0.0 AS rank, {moment} AS moment FROM articles AS a "
            f"ORDER BY a.published_at {way} LIMIT :offset + :limit"
        )
        params = {}
    params |= {"limit": max(0, min(search.limit, LIMIT_MAX)), "offset": max(0, search.offset)}
    params["query"] = search.query
    sql = f"""
WITH pool AS MATERIALIZED ({pool}),
page AS MATERIALIZED (
    SELECT id, rank, moment FROM pool ORDER BY {order} LIMIT :limit OFFSET :offset
)
SELECT
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name, a.title, a.byline,
    a.language, a.country, a.published_at, a.captured_at, a.revision_count, a.is_paywalled,
    a.gone_at, page.rank, search_highlight(a.title, :query) AS headline,
    search_snippet(a.body, a.description, :query) AS snippet
FROM page JOIN articles AS a ON a.id = page.id LEFT JOIN outlets AS o ON o.slug = a.outlet
ORDER BY {order.replace("id", "page.id")}"""
    return sql, params


def count_statement(search: Search) -> Statement:
    """Return the SQL and parameters that give the number of hits, as one row of one column.

    Narrowed to an outlet or language, it stops at COUNT_MAX + 1.
    """
    if not match_for(search):
        return "SELECT COALESCE(sum(article_count), 0) FROM monthly_counts", {}
    source, params = _pool(search)
    if not (search.outlet or search.language):
        return "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :match", params
    return f"SELECT count(*) FROM (SELECT 1 {source} LIMIT {COUNT_MAX + 1})", params


def total_of(search: Search, count: int) -> tuple[int, bool]:
    """Return a count as shown, and whether it is exact."""
    if count > COUNT_MAX and (search.outlet or search.language):
        return COUNT_MAX, False
    return count, True


def facets_statement(search: Search) -> Statement:
    """Return the SQL and parameters that count hits by outlet, language, country and month.

    Columns as in `Facet`, most frequent first, months latest first. Counted over the latest
    archived POOL hits.
    """
    if match_for(search):
        source, params = _pool(search)
        counted = f"""SELECT outlet, language, country, month, count(*) AS n FROM (
        SELECT a.outlet AS outlet, a.language AS language, a.country AS country, a.month AS month
        {source} ORDER BY f.rowid DESC LIMIT {POOL}) GROUP BY outlet, language, country, month"""
    else:
        params = {}
        counted = """SELECT m.outlet, m.language, o.country, m.month, m.article_count AS n
        FROM monthly_counts AS m JOIN outlets AS o ON o.slug = m.outlet"""
    by_count = f"ORDER BY total DESC, value LIMIT {FACET_VALUES_MAX}"
    facets = {
        "outlet": by_count,
        "language": by_count,
        "country": by_count,
        "month": f"ORDER BY value DESC LIMIT {FACET_MONTHS_MAX}",
    }
    groups = [
        f"SELECT * FROM (SELECT '{name}' AS facet, {name} AS value, sum(n) AS total FROM counted "
        f"WHERE {name} IS NOT NULL AND {name} != '' GROUP BY {name} {tail})"
        for name, tail in facets.items()
    ]
    sql = f"""
WITH counted AS MATERIALIZED ({counted})
SELECT g.facet, g.value, COALESCE(o.name, g.value) AS label, g.total AS count
FROM ({" UNION ALL ".join(groups)}) AS g
LEFT JOIN outlets AS o ON g.facet = 'outlet' AND o.slug = g.value
WHERE g.total > 0"""
    return sql, params


def search(connection: sqlite3.Connection, wanted: Search) -> Found:
    """Run a search on a connection that went through `register`; at most a page of hits.

    Raises:
        sqlite3.OperationalError: if the file is no archive.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    (count,) = cursor.execute(*count_statement(wanted)).fetchone()
    total, is_exact = total_of(wanted, count)
    hits = tuple(Hit(*row) for row in cursor.execute(*hits_statement(wanted)))
    return Found(hits, total, is_exact, notes_for(wanted, total))
