"""What an archive holds, without the numbers and times that two crawls never have alike."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

ARTICLES = (
    "SELECT a.id, a.url, a.outlet, a.section, a.title, a.description, a.byline, a.body, "
    "a.language, a.country, a.published_at, a.modified_at, a.gone_at IS NOT NULL AS is_gone, "
    "a.word_count, a.image_url, a.is_paywalled, a.revision_count, a.content_hash, "
    "a.field_sources, a.date_evidence, a.kind, a.published_precision, a.stated_language, "
    "a.key_points, a.extractor, "
    "a.month, c.status, c.sha256 FROM articles a LEFT JOIN captures c ON c.id = a.capture"
)
PARTS = {  # of each article
    "revisions": "SELECT article, number, title, byline, body, changed, content_hash, extractor "
    "FROM revisions ORDER BY article, number",
    "urls": "SELECT article, url, kind FROM article_urls ORDER BY article, url",
    "authors": "SELECT article, position, name, role, kind, is_author FROM article_authors "
    "JOIN authors ON authors.id = author ORDER BY article, position",
    "tags": "SELECT article, name FROM article_tags JOIN tags ON tags.id = tag "
    "ORDER BY article, name",
    "search": "SELECT id AS article, id IS NOT NULL AS present FROM articles_fts_docsize",
}
OTHERS = {  # what stands beside them
    "candidates": "SELECT c.url, c.link, c.outlet, l.url AS listing, c.title, c.published_at, "
    "c.state, a.url AS article FROM candidates c LEFT JOIN listings l ON l.id = c.listing "
    "LEFT JOIN articles a ON a.id = c.article",
    "listings": "SELECT url, outlet, kind, candidate_count, problem FROM listings",
    "quarantine": "SELECT url, outlet, reason FROM quarantine",
    "months": "SELECT month, outlet, language, article_count FROM monthly_counts "
    "WHERE article_count > 0",
    "terms": "SELECT term, doc AS articles, cnt AS places FROM temp.terms",
}

LINE_CHARS_MAX = 5000  # of a difference told

Portrait = dict[str, list[str]]


def read(db: Path) -> sqlite3.Connection:
    """Open an archive without being able to change it."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    return connection


def records(db: Path) -> dict[str, str]:
    """Return every article by URL, with all rows that hang on it, as JSON."""
    parts: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    found = {}
    with closing(read(db)) as connection:
        for name, query in PARTS.items():
            for row in connection.execute(query):
                parts[row["article"]][name].append(list(row)[1:])
        for row in connection.execute(ARTICLES):
            whole = dict(row) | parts[row["id"]]
            del whole["id"]
            found[row["url"]] = json.dumps(whole, sort_keys=True)
    return found


def portrait(db: Path) -> Portrait:
    """Return all that two crawls of the same site should have alike, part by part."""
    with closing(read(db)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, articles_fts, row)"
        )
        drawn = {
            name: sorted(json.dumps(dict(row)) for row in connection.execute(query))
            for name, query in OTHERS.items()
        }
    return drawn | {"articles": sorted(records(db).values())}


def differences(one: Portrait, other: Portrait, most: int = 5) -> list[str]:
    """Return what only one of two portraits has, at most `most` lines of each part."""
    told = []
    for name in one:
        for sign, some, others in (("-", one, other), ("+", other, one)):
            lacking = sorted(set(some[name]) - set(others[name]))[:most]
            told += [f"{sign} {name}: {line[:LINE_CHARS_MAX]}" for line in lacking]
        if len(one[name]) != len(other[name]):
            told.append(f"{name}: {len(one[name])} and {len(other[name])} rows")
    return told
