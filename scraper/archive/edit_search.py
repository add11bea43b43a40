"""The search of edits that all readers share: what was added or removed, where, when, how.

Standard library only. A connection must have gone through `scraper.archive.search.register`.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scraper.archive.grammar import Grammar, Note, flag_token
from scraper.archive.plans import Statement
from scraper.archive.queries import NOTHING, Parsed, field_query, parse
from scraper.archive.query_dates import read_span

# A query looks at this many of its edits, the latest: a word that half of 300,000 edits have costs
# a second to sort, 5,000 of them 20 ms.
POOL = 5_000
LIMIT_MAX = 200  # edits a page, and read at once when all are wanted
FACET_VALUES_MAX = 12
ORDERS = ("newest", "oldest")
KINDS = {  # what an edit may be narrowed to, and what tells it of a row
    "headline": "headline_changed = 1",
    "number": "number_changed = 1",
    "removed": "paragraphs_removed > 0",
    "added": "paragraphs_added > 0",
    "byline": "byline_changed = 1",
}
QUIET = "is_quiet = 1"
EDITS = Grammar(
    texts=("added", "removed"),
    columns={name: name for name in ("added", "removed", "outlet")},
    flags=(*KINDS, "quiet", "uncertain"),
    silent=("outlet",),
)
CURSOR = re.compile(r"([^_]{1,40})_(\d{1,18})", re.ASCII)  # seen_at and revision

Parameters = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class EditSearch:
    """Which edits are looked for.

    Args:
        query: in the language of `scraper.archive.queries`, with the names of EDITS; "" for all.
        outlet: slug of the outlet.
        language: BCP 47 tag as stored.
        country: ISO 3166-1 alpha-2 code.
        kind: one of KINDS, "" for all.
        quiet: "1" for those the outlet gave no new time of change for, "" for all.
        after: first day, month or year in which they were seen.
        before: day, month or year before which they were seen.
        order: one of ORDERS, by the time they were seen.
        cursor: where to go on, `cursor_of` the last edit of the page before; "" to begin.
        limit: edits a page, at most LIMIT_MAX.
    """

    query: str = ""
    outlet: str = ""
    language: str = ""
    country: str = ""
    kind: str = ""
    quiet: str = ""
    after: str = ""
    before: str = ""
    order: str = "newest"
    cursor: str = ""
    limit: int = 20


def parsed(query: str) -> Parsed:
    """Read a query about edits.

    >>> parsed("added:tax -is:quiet").match
    '(added : "tax" NOT flags : "isquiet")'
    """
    return parse(query, EDITS)


def match_for(wanted: EditSearch) -> str:
    """Return the FTS5 for a search that has a query, with its filters; "" for one without."""
    if not wanted.query.strip():
        return ""
    found = parsed(wanted.query).match
    if found == NOTHING:
        return NOTHING
    parts = [found]
    filters = {
        "outlet": wanted.outlet,
        "lang": wanted.language,
        "country": wanted.country,
        "after": wanted.after,
        "before": wanted.before,
    }
    for name, value in filters.items():
        # What is no date is told of by `notes_for`, and narrows nothing.
        if value.strip() and (part := parse(field_query(name, value), EDITS).match) != NOTHING:
            parts.append(part)
    flags = [wanted.kind] if wanted.kind in KINDS else []
    flags += ["quiet"] if wanted.quiet else []
    parts += [f'flags : "{flag_token(flag)}"' for flag in flags]
    return " AND ".join(f"({part})" for part in parts)


def notes_for(wanted: EditSearch, total: int = 0) -> tuple[Note, ...]:
    """Return what a reader should know of how a search was read, whole sentences."""
    notes = list(parsed(wanted.query).notes) if wanted.query.strip() else []
    for name, value in (("after", wanted.after), ("before", wanted.before)):
        if value.strip() and read_span(name, value) is None:
            message = "%(field)s:%(value)s is no date such as 2024, 2024-06 or 2024-06-16."
            notes.append(Note(message, field=name, value=value[:20]))
    if is_pooled(wanted, total):
        if wanted.order == "oldest":
            notes.append(Note("Only the first %(n)s edits that match are shown.", n=POOL))
        else:
            notes.append(Note("Only the latest %(n)s edits that match are shown.", n=POOL))
    return tuple(dict.fromkeys(notes))


def is_pooled(wanted: EditSearch, total: int) -> bool:
    """Tell whether more edits match than a query looks at."""
    return total > POOL and bool(wanted.query.strip())


def cursor_of(seen_at: str, revision: int) -> str:
    """Return where a page ends, for the one after it to begin.

    >>> cursor_of("2024-06-17T06:00:00Z", 15)
    '2024-06-17T06:00:00Z_15'
    """
    return f"{seen_at}_{revision}"


def _conditions(wanted: EditSearch) -> tuple[list[str], Parameters]:
    """Return what a row `e` of edits must be, besides matching the query."""
    where: list[str] = []
    params: Parameters = {}
    for column in ("outlet", "language", "country"):
        if value := getattr(wanted, column):
            where.append(f"e.{column} = :{column}")
            params[column] = value
    if wanted.kind in KINDS:
        where.append(f"e.{KINDS[wanted.kind]}")
    if wanted.quiet:
        where.append(f"e.{QUIET}")
    for name, relation in (("after", ">="), ("before", "<")):
        span = read_span(name, value) if (value := getattr(wanted, name)).strip() else None
        if span is not None:
            day = span[0] if name == "after" else span[1]
            where.append(f"e.seen_at {relation} :{name}")
            params[name] = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    return where, params


def _from_cursor(wanted: EditSearch) -> tuple[list[str], Parameters]:
    found = CURSOR.fullmatch(wanted.cursor)
    if found is None:
        return [], {}
    relation = ">" if wanted.order == "oldest" else "<"
    where = [
        f"e.seen_at {relation}= :cursor_at",
        f"(e.seen_at, e.revision) {relation} (:cursor_at, :cursor_revision)",
    ]
    return where, {"cursor_at": found[1], "cursor_revision": int(found[2])}


def _matching(wanted: EditSearch, extra: list[str], limit: int) -> tuple[str, Parameters]:
    """Return the SELECT of `e.revision` and `e.seen_at`, in order, and its parameters."""
    where, params = _conditions(wanted)
    where += extra
    way = "ASC" if wanted.order == "oldest" else "DESC"
    source = "edits AS e"
    if match := match_for(wanted):
        params |= {"match": match, "pool": POOL}
        source = (
            "(SELECT rowid AS found FROM edits_fts WHERE edits_fts MATCH :match "
            f"ORDER BY rowid {way} LIMIT :pool) CROSS JOIN edits AS e ON e.revision = found"
        )
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    sql = (
        f"SELECT e.revision, e.seen_at FROM {source} {condition} "
        f"ORDER BY e.seen_at {way}, e.revision {way} LIMIT {limit}"
    )
    return sql, params


def edits_statement(wanted: EditSearch) -> Statement:
    """Return the SQL and parameters that give a page of edits: the columns of `edits` and names.

    Besides: `url` and `title` of the article, the title as of the later revision, `outlet_name`.
    """
    extra, cursor = _from_cursor(wanted)
    page, params = _matching(wanted, extra, max(1, min(wanted.limit, LIMIT_MAX + 1)))
    way = "ASC" if wanted.order == "oldest" else "DESC"
    return _with_names(page, f"e.seen_at {way}, e.revision {way}"), params | cursor


def count_statement(wanted: EditSearch) -> Statement:
    """Return the SQL and parameters that count the edits, POOL + 1 at most, as one value."""
    if match := match_for(wanted):
        sql = f"SELECT 1 FROM edits_fts WHERE edits_fts MATCH :match LIMIT {POOL + 1}"
        return f"SELECT count(*) FROM ({sql})", {"match": match}
    where, params = _conditions(wanted)
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    sql = f"SELECT 1 FROM edits AS e {condition} LIMIT {POOL + 1}"
    return f"SELECT count(*) FROM ({sql})", params


def facets_statement(wanted: EditSearch) -> Statement:
    """Return the SQL and parameters that count edits by outlet, language, country and kind.

    Columns: facet, value, label, count; the most frequent first. Counted over the latest POOL.
    """
    pool, params = _matching(wanted, [], POOL)
    of_values = [
        f"SELECT * FROM (SELECT '{name}' AS facet, {name} AS value, count(*) AS n FROM counted "
        f"WHERE {name} <> '' GROUP BY {name} ORDER BY n DESC, value LIMIT {FACET_VALUES_MAX})"
        for name in ("outlet", "language", "country")
    ]
    of_kinds = [
        f"SELECT '{facet}', '{value}', count(*) FROM counted WHERE {told}"
        for facet, value, told in (
            *(("kind", kind, told) for kind, told in KINDS.items()),
            ("quiet", "1", QUIET),
        )
    ]
    sql = f"""
WITH counted AS MATERIALIZED (
    SELECT outlet, language, country, headline_changed, byline_changed, number_changed,
        paragraphs_added, paragraphs_removed, is_quiet
    FROM ({pool}) AS pool JOIN edits ON edits.revision = pool.revision
)
SELECT g.facet, g.value, COALESCE(o.name, g.value) AS label, g.n AS count
FROM ({" UNION ALL ".join(of_values + of_kinds)}) AS g
LEFT JOIN outlets AS o ON g.facet = 'outlet' AND o.slug = g.value
WHERE g.n > 0"""
    return sql, params


def export_statement(wanted: EditSearch) -> Statement:
    """Return the SQL and parameters that give a stretch of all edits, columns as on a page.

    By number of the revision, which is the order in which they were stored, and however many match:
    so every stretch costs as much as its rows. `wanted.cursor` goes on behind an edit.
    """
    where, params = _conditions(wanted)
    is_oldest = wanted.order == "oldest"
    source = "edits AS e"
    if match := match_for(wanted):
        source = "edits_fts AS f CROSS JOIN edits AS e ON e.revision = f.rowid"
        where.append("edits_fts MATCH :match")
        params["match"] = match
    number = "f.rowid" if match else "e.revision"
    if found := CURSOR.fullmatch(wanted.cursor):
        where.append(f"{number} {'>' if is_oldest else '<'} :cursor_revision")
        params["cursor_revision"] = int(found[2])
    way = "ASC" if is_oldest else "DESC"
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    limit = max(1, min(wanted.limit, LIMIT_MAX))
    page = f"SELECT e.revision FROM {source} {condition} ORDER BY {number} {way} LIMIT {limit}"
    return _with_names(page, f"e.revision {way}"), params


def _with_names(page: str, order: str) -> str:
    return f"""
WITH page AS MATERIALIZED ({page})
SELECT e.*, r.title, a.url, COALESCE(o.name, e.outlet) AS outlet_name
FROM page JOIN edits AS e ON e.revision = page.revision
JOIN revisions AS r ON r.id = e.revision JOIN articles AS a ON a.id = e.article
LEFT JOIN outlets AS o ON o.slug = e.outlet
ORDER BY {order}"""


def kinds_of(row: Any) -> list[str]:
    """Return which of KINDS an edit is, and "text" if the text changed in none of those ways."""
    told = {
        "headline": row["headline_changed"],
        "number": row["number_changed"],
        "removed": row["paragraphs_removed"],
        "added": row["paragraphs_added"],
        "byline": row["byline_changed"],
    }
    kinds = [kind for kind, is_so in told.items() if is_so]
    is_told = not row["text_changed"] or {"number", "removed", "added"} & {*kinds}
    return kinds if is_told else [*kinds, "text"]


def edit_record(row: Any) -> dict[str, Any]:
    """Return an edit as exports give it, of a row of `export_statement`.

    `revision` is the later revision's number among the article's, by which it is cited.
    """
    names = ("article", "url", "outlet", "language", "seen_at", "title")
    return (
        {"revision": row["number"]}
        | {name: row[name] for name in names}
        | {
            "kinds": kinds_of(row),
            "is_quiet": bool(row["is_quiet"]),
            "added": row["added"],
            "removed": row["removed"],
        }
    )


def iter_edits(
    connection: sqlite3.Connection, wanted: EditSearch, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield all edits as exports give them, LIMIT_MAX read at a time; `limit` ends it."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    left = limit
    while left is None or left > 0:
        size = LIMIT_MAX if left is None else min(LIMIT_MAX, left)
        rows = cursor.execute(*export_statement(replace(wanted, limit=size))).fetchall()
        yield from map(edit_record, rows)
        if len(rows) < size:
            return
        left = None if left is None else left - len(rows)
        wanted = replace(wanted, cursor=cursor_of(rows[-1]["seen_at"], rows[-1]["revision"]))
