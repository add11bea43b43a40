"""Takes results away: everything a search finds, as a file of any format of `scraper.exports`."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from scraper.archive.article_rows import read_articles
from scraper.archive.database import reading_as_migrated
from scraper.archive.hits import MOMENT
from scraper.archive.plans import Statement, run
from scraper.archive.search import Search, described, exact_conditions, match_for
from scraper.errors import ExportRefused, ScraperError
from scraper.exports.columns import article_columns
from scraper.exports.encoders import ExportUnavailable, Header
from scraper.exports.formats import Format

REFERENCES = ("bib", "ris", "csl")
STREAM = "standard output"
BATCH_ROWS = 100  # read at a time; what is held in memory, with a row group of Parquet

Row = dict[str, Any]
Observer = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken away, and as what.

    Args:
        search: what is looked for; its order is newest or oldest, its page does not count.
        format: one of `scraper.exports.formats.FORMATS`.
        with_body: take the texts too.
        limit: no more articles than so many, None for all.
        site: address at which the archive is served, "" if it is not.
    """

    search: Search
    format: Format
    with_body: bool = False
    limit: int | None = None
    site: str = ""


def write_file(
    db: Path,
    selection: Selection,
    path: Path,
    *,
    now: datetime,
    is_forced: bool = False,
    observer: Observer | None = None,
) -> int:
    """Write a selection to a file, which appears when it is whole; return the number of articles.

    Raises:
        ExportRefused: the file is there and `is_forced` is not given, it is the archive itself, it
            cannot be written, or the format needs a package that is not installed.
        ArchiveMissing, ArchiveUnreadable: see `scraper.archive.database`.
    """
    if path.exists() and not is_forced:
        raise ExportRefused(str(path), "it is there already; --force replaces it")
    if path.resolve() == db.resolve():
        raise ExportRefused(str(path), "it is the archive itself")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            count = _write(db, selection, stream, now, observer)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except ScraperError:  # a missing archive is an OSError, too
        raise
    except ExportUnavailable as error:
        raise ExportRefused(str(path), str(error)) from error
    except OSError as error:
        raise ExportRefused(str(path), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):  # it is what could not be made
            part.unlink(missing_ok=True)
    return count


def write_stream(db: Path, selection: Selection, stream: BinaryIO, *, now: datetime) -> int:
    """Write a selection to an open stream; return the number of articles.

    Raises:
        ExportRefused: the format needs a package that is not installed, or the disk is full.
        ArchiveMissing, ArchiveUnreadable: see `scraper.archive.database`.
        BrokenPipeError: nobody reads the stream any more.
    """
    try:
        count = _write(db, selection, stream, now)
        stream.flush()
    except (ScraperError, BrokenPipeError):
        raise
    except ExportUnavailable as error:
        raise ExportRefused(STREAM, str(error)) from error
    except OSError as error:
        raise ExportRefused(STREAM, error.strerror or str(error)) from error
    return count


def _write(
    db: Path,
    selection: Selection,
    stream: BinaryIO,
    now: datetime,
    observer: Observer | None = None,
) -> int:
    done = 0
    with reading_as_migrated(db) as connection:
        total = count_articles(connection, selection.search) if observer else 0
        wanted = min(total, selection.limit or total)

        def counted(batches: Iterator[list[Row]]) -> Iterator[list[Row]]:
            nonlocal done
            for batch in batches:
                yield batch
                done += len(batch)
                if observer is not None:
                    observer(done, wanted)

        batches = iter_articles(connection, selection.search, selection.with_body)
        placed = _placed(_shortened(batches, selection.limit), selection)
        batches = counted(placed)
        for piece in selection.format.write(header_of(selection, now), batches):
            stream.write(piece)
    return done


def header_of(selection: Selection, now: datetime) -> Header:
    """Return what a file says of itself: the query with its filters, and when it was made."""
    return Header(
        name="articles",
        columns=article_columns(with_body=selection.with_body),
        query=described(selection.search),
        made_at=now.replace(microsecond=0, tzinfo=None).isoformat() + "Z",
    )


def count_articles(connection: sqlite3.Connection, search: Search) -> int:
    """Return the number of articles that `iter_articles` yields."""
    source, params = _hits(search)
    return int(connection.execute(f"SELECT COUNT(*) {source}", params).fetchone()[0])


def iter_articles(
    connection: sqlite3.Connection, search: Search, with_body: bool = False
) -> Iterator[list[Row]]:
    """Yield everything a search finds in batches of rows, newest first unless oldest is asked.

    Rows have the columns of `scraper.exports.columns.ARTICLES` but `archive_url`, and what a
    citation needs besides. SQLite sorts the hits, on disk where they are many; all is read in one
    snapshot of the archive.
    """
    source, params = _hits(search)
    way = "ASC" if search.order == "oldest" else "DESC"
    hits = connection.execute(
        f"SELECT a.id {source} ORDER BY {MOMENT} {way}, a.id {way}",
        params,
    )
    while found := [row[0] for row in hits.fetchmany(BATCH_ROWS)]:
        yield run(connection, read_articles(found, with_body=with_body))


def _hits(search: Search) -> Statement:
    """Return the FROM and WHERE that select all hits, as articles (a), and the parameters.

    All are sorted at once: the pages of `scraper.archive.hits`, each of which finds its place anew,
    would cost more in all, and a covering index has what is sorted by.
    """
    match = match_for(search)
    if not match:
        return "FROM articles AS a", {}
    where, params = exact_conditions(search)
    return (
        "FROM articles_fts AS f CROSS JOIN articles AS a INDEXED BY idx_articles_hits "
        f"ON a.id = f.rowid WHERE articles_fts MATCH :match{where}",
        {"match": match, **params},
    )


def _shortened(batches: Iterator[list[Row]], limit: int | None) -> Iterator[list[Row]]:
    left = limit
    for batch in batches:
        kept = list(islice(batch, left))
        yield kept
        if left is not None:
            left -= len(kept)
            if left <= 0:
                return


def _placed(batches: Iterator[list[Row]], selection: Selection) -> Iterator[list[Row]]:
    """Add each article's address; of the revision as it stands now, where it is cited."""
    base = selection.site.rstrip("/")
    is_cited = selection.format.ending in REFERENCES

    def address(row: Row) -> str | None:
        tail = f"?revision={row['revision']}" if is_cited else ""
        return f"{base}/-/article/{row['id']}{tail}" if base else None

    for batch in batches:
        yield [row | {"archive_url": address(row)} for row in batch]
