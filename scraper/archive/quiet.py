"""Tidies an archive in quiet minutes: search indexes merged, statistics renewed, step by step."""

import sqlite3
import time
from datetime import datetime, timedelta

from scraper.archive.database import optimise
from scraper.archive.values import read_time, time_text
from scraper.archive.writer import Archive

INDEXES = ("articles_fts", "edits_fts")
# Everything is merged once a week: FTS5 keeps the number of its segments bounded by itself, and a
# merge rewrites the index whole (141 MB at 200,000 articles: 9 s in 44 steps beside a busy writer).
TIDY_INTERVAL = timedelta(days=7)
STEP_SECONDS = 0.1  # the writer is held about so long by one step; a merge of MERGE_PAGES goes on
MERGE_PAGES = 200  # index pages written at once: 13 ms
UNMERGED = 2  # rows changed by a merge that found nothing to do, at most (sqlite.org/fts5.html)

UNDER_WAY = "tidying"  # keys of archive_info: the index being merged, and when all was last done
DONE = "tidied_at"


def is_due(connection: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether there is anything to tidy: a round is under way, or the last is a while ago."""
    if _fact(connection, UNDER_WAY):
        return True
    done_at = read_time(_fact(connection, DONE) or None)
    return done_at is None or abs(now - done_at) >= TIDY_INTERVAL  # a clock may be set back


def tidy(archive: Archive, now: datetime) -> bool:
    """Do one step, whatever is due; return True while the round has further ones.

    To be given to the writer again and again while nothing else is to do, and dropped at any
    time: a round goes on where it was left. The log is none of its work, as the writer copies it
    into the archive and cuts it back by itself (`scraper.archive.writer`).
    """
    connection = archive.connection
    index = _fact(connection, UNDER_WAY)
    is_begun = index in INDEXES
    if not is_begun:
        index = INDEXES[0]
    until = time.monotonic() + STEP_SECONDS
    while time.monotonic() < until:
        if _merge(connection, index, is_begun=is_begun):
            is_begun = True
            continue
        later = INDEXES[INDEXES.index(index) + 1 :]
        if not later:
            optimise(connection)
            connection.execute("ANALYZE")  # of as many rows as `optimise` looks at: 50 ms
            _note(connection, DONE, time_text(now))
            connection.execute("DELETE FROM archive_info WHERE key = ?", (UNDER_WAY,))
            return False
        index, is_begun = later[0], False
    _note(connection, UNDER_WAY, index)
    return True


def _merge(connection: sqlite3.Connection, index: str, *, is_begun: bool) -> bool:
    """Merge some pages of an index; tell whether there is more.

    A negative number begins to merge all segments into one, positive ones go on with it.
    """
    before = connection.total_changes
    pages = MERGE_PAGES if is_begun else -MERGE_PAGES
    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (pages,))
    return not is_begun or connection.total_changes - before >= UNMERGED


def _fact(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM archive_info WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _note(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO archive_info (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
