"""How the invented archive came to be: crawl runs with a gap, captures, tags, and edits in three scripts."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scraper.archive.search import register
from tests.invented import build_archive
from tests.invented_watch import add_watch

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2024, 6, 17)
RUN_EVERY_DAYS = 1
RUN_HOUR = 5
VERSION = "0.1.0"

# Outlets nobody asked from the first day to the day before the last: no silence of theirs, but ours.
GAPS = {
    "hoshi": (date(2024, 4, 10), date(2024, 5, 6)),
    "najm": (date(2024, 4, 10), date(2024, 5, 6)),
    "doi": (FIRST_DAY, date(2024, 5, 2)),
}
FAILING = ("zvezda_vostoka", date(2024, 5, 20), date(2024, 5, 30))  # asked, and it did not answer

PAYWALLED, GONE = 10, 9  # articles
TAGS = {
    1: ("北朝鮮", "外交"),
    3: ("港口", "談判"),
    5: ("ท่าเรือ",),
    6: ("الحرب", "الميناء"),
    12: ("Harbour", "Talks"),
    13: ("Rowing", "Harbour"),
}


@dataclass(frozen=True)
class Edit:
    """What an article said before it said what it says now."""

    article: int
    column: str
    now: str
    then: str
    first_seen_at: str
    seen_at: str
    modified_at: str | None  # None for a quiet edit


EDITS = (
    Edit(
        2, "title", "京都の桜、ﾒｰｶｰが支援", "京都の桜、地震に耐える",
        "2024-04-02T01:00:00Z", "2024-04-02T09:00:00Z", "2024-04-02T08:30:00Z",
    ),
    Edit(
        3, "body", "代表說,和平仍有希望。", "代表說,和平仍有希望。\n\n另有五艘船被扣留。",
        "2024-06-10T03:10:00Z", "2024-06-10T05:10:00Z", None,
    ),
    Edit(
        7, "body", "بعد حرب طويلة", "بعد 3 أشهر من حرب طويلة",
        "2024-03-01T08:20:00Z", "2024-03-02T05:20:00Z", "2024-03-02T04:00:00Z",
    ),
)  # fmt: skip


def build_archive_with_history(path: Path) -> None:
    """Write the archive of `tests.invented.build_archive` and how it came to be."""
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    add_history(connection)
    connection.commit()
    connection.close()


def add_history(connection: sqlite3.Connection) -> None:
    """Add what surrounds the articles; their present texts stay."""
    connection.executemany(
        "INSERT INTO crawl_runs (outlet, started_at, ended_at, outcome, reason, pid, version, listings, "
        "candidates, known, fetched, unchanged, failed, failures) "
        "VALUES (?, ?, ?, ?, ?, 1, ?, 1, ?, ?, ?, ?, ?, ?)",
        runs([slug for (slug,) in connection.execute("SELECT slug FROM outlets ORDER BY slug")]),
    )
    for edit in EDITS:
        add_earlier_text(connection, edit)
    for article, names in TAGS.items():
        for name in names:
            connection.execute("INSERT OR IGNORE INTO tags (name) VALUES (?)", (name,))
            connection.execute(
                "INSERT INTO article_tags SELECT ?, id FROM tags WHERE name = ?", (article, name)
            )
    connection.execute("UPDATE articles SET is_paywalled = 1 WHERE id = ?", (PAYWALLED,))
    connection.execute("UPDATE articles SET gone_at = '2024-06-16T05:00:00Z' WHERE id = ?", (GONE,))
    add_captures(connection)
    add_watch(connection)


def runs(slugs: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield the crawl runs of every outlet, oldest first, none within its gap."""
    days = (LAST_DAY - FIRST_DAY).days
    for slug in slugs:
        begin, end = GAPS.get(slug, (LAST_DAY, LAST_DAY))
        for passed in range(0, days + 1, RUN_EVERY_DAYS):
            day = FIRST_DAY + timedelta(days=passed)
            if begin <= day < end:
                continue
            started = datetime(day.year, day.month, day.day, RUN_HOUR, tzinfo=UTC)
            told = (
                f"{started:%Y-%m-%dT%H:%M:%SZ}",
                f"{started + timedelta(minutes=4):%Y-%m-%dT%H:%M:%SZ}",
            )
            if slug == FAILING[0] and FAILING[1] <= day < FAILING[2]:
                why = "no listing could be read"
                yield (slug, *told, "failed", why, VERSION, 0, 0, 0, 0, 0, json.dumps({"503": 1}))
            else:
                yield (slug, *told, "done", None, VERSION, 12, 9, 3, 2, 1, json.dumps({"404": 1}))


def add_earlier_text(connection: sqlite3.Connection, edit: Edit) -> None:
    """Turn the only revision of an article into its second, after one that said something else."""
    connection.execute(
        "UPDATE articles SET captured_at = ?, modified_at = ?, revision_count = 2 WHERE id = ?",
        (edit.first_seen_at, edit.modified_at, edit.article),
    )
    connection.execute(
        f"UPDATE revisions SET captured_at = ?, {edit.column} = replace({edit.column}, ?, ?), "
        "content_hash = '1' WHERE article = ?",
        (edit.first_seen_at, edit.now, edit.then, edit.article),
    )
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, modified_at, title, byline, body, changed, "
        "content_hash) SELECT id, 2, ?, modified_at, title, byline, body, ?, content_hash "
        "FROM articles WHERE id = ?",
        (edit.seen_at, json.dumps([edit.column]), edit.article),
    )


def add_captures(connection: sqlite3.Connection) -> None:
    """Give every revision the capture it came from, and every article its latest."""
    connection.execute(
        "INSERT INTO captures (id, url, outlet, crawl_run, captured_at, status, content_type, body_bytes, "
        "sha256, warc_file, warc_offset, warc_bytes) "
        "SELECT r.id, a.url, a.outlet, (SELECT max(c.id) FROM crawl_runs AS c "
        "WHERE c.outlet = a.outlet AND c.started_at <= r.captured_at), r.captured_at, 200, "
        "'text/html; charset=utf-8', 40000 + r.id, printf('%064x', r.id), "
        "'dateline-20240617-00000.warc.gz', r.id * 9000, 8999 "
        "FROM revisions AS r JOIN articles AS a ON a.id = r.article"
    )
    connection.execute("UPDATE revisions SET capture = id")
    connection.execute(
        "UPDATE articles SET capture = (SELECT id FROM revisions AS r WHERE r.article = articles.id "
        "ORDER BY number DESC LIMIT 1)"
    )
