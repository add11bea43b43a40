"""Drops by age what an archive may lose: raw records nothing rests on, notes of looks, quarantine.

Articles and revisions are never touched, and the rows of captures stay: they are cited as evidence.
A file of raw records is written anew under another name, then all rows go over to it in one
transaction, then the old one goes. A note in `archive_info` says what is under way, so that the
next run clears away what a killed one left, whichever side of that transaction it had come to.
"""

import contextlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from scraper.archive.database import checkpoint, open_writer, reading, reading_as_migrated
from scraper.archive.lock import ArchiveLock
from scraper.archive.retention import Plan, RawRecord, Rules, drop_rows, plan
from scraper.archive.storage import sync_directory, telling_trouble
from scraper.archive.values import json_text, read_time, size_text, time_text
from scraper.archive.warc_pruning import Cut, droppable, next_name, write_without
from scraper.errors import ArchiveMissing, ArchiveUnreadable, CapturesMissing

UNDER_WAY = "pruning"  # key of archive_info: a JSON map of old, new and is_moved
NAMES = {
    "listing_checks": "looks at listings",
    "request_counts": "counts of requests",
    "robots_files": "robots.txt files",
    "crawl_runs": "crawl runs",
    "quarantine": "pages in quarantine",
}

Observer = Callable[[int, int], None]  # told of files done, and files in all

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Pruned:
    """What was dropped, or would be.

    Args:
        records, bytes: raw records, and what they took.
        of_revisions: those of them that texts of articles came from.
        files: files that were written anew, or dropped whole.
        rows: rows dropped, by table.
        left_alone: raw records that were not where their rows say, or damaged.
        is_dry_run: nothing was changed.
        is_interrupted: it was asked to stop before it was through.
    """

    records: int = 0
    bytes: int = 0
    of_revisions: int = 0
    files: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    left_alone: int = 0
    is_dry_run: bool = False
    is_interrupted: bool = False

    @classmethod
    def of(cls, planned: Plan) -> "Pruned":
        """Return what a plan would drop."""
        return cls(
            planned.records,
            planned.bytes,
            planned.of_revisions,
            len(planned.files),
            dict(planned.rows),
            is_dry_run=True,
        )

    def lines(self) -> Iterator[str]:
        """Say it to a person."""
        verb = "would be dropped" if self.is_dry_run else "dropped"
        yield f"{self.records} raw records in {self.files} files {verb}: {size_text(self.bytes)}"
        if self.of_revisions:
            yield (
                f"of these, texts of articles came from {self.of_revisions}: the texts stay, and "
                "cannot be extracted again"
            )
        for table, count in self.rows.items():
            yield f"{count} {NAMES[table]} {verb}"
        if self.left_alone:
            yield (
                f"{self.left_alone} raw records left alone: they are not where the archive says "
                "(dateline verify tells more)"
            )
        yield "no article and no revision is touched; rows of captures stay, marked as pruned"
        if self.is_interrupted:
            yield "stopped before all was done; run the same again for the rest"


def age_from(db: Path, now: datetime) -> datetime:
    """Return from when the age of things is counted: the newest capture, or `now` if that is less.

    A clock that has run years ahead would make everything old. What is wrong with an archive that
    cannot be read is for `prune` to say.
    """
    newest = None
    with contextlib.suppress(ArchiveMissing, ArchiveUnreadable), reading(db) as connection:
        (newest,) = connection.execute("SELECT MAX(captured_at) FROM captures").fetchone()
    return min(read_time(newest) or now, now)


def preview(db: Path, rules: Rules) -> Pruned:
    """Say what `prune` would drop; nothing is changed, and a crawl may go on.

    Raises:
        ArchiveMissing, ArchiveUnreadable: see `reading`.
    """
    with reading_as_migrated(db) as connection:
        return Pruned.of(plan(connection, rules))


def prune(
    db: Path,
    captures: Path,
    rules: Rules,
    *,
    now: datetime,
    observer: Observer = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Pruned:
    """Drop what rules say; the archive is whole at every moment, and after a kill at any.

    Raises:
        ArchiveBusy: a crawl or another job is writing to the archive.
        ArchiveMissing, ArchiveUnreadable, ArchiveTooNew, IndexOutdated: see `open_writer`.
        ArchiveUnwritable: a disk is full or read-only; what was done stays done.
        CapturesMissing: there is no such folder of raw captures.
    """
    with ArchiveLock(db, "prune"), telling_trouble(db):
        if not db.exists():
            raise ArchiveMissing(str(db))
        with contextlib.closing(open_writer(db)) as connection:
            if captures.is_dir():
                _finish_interrupted(connection, captures)
            planned = plan(connection, rules)
            if planned.files and not captures.is_dir():
                raise CapturesMissing(str(captures))
            done = Pruned(rows=planned.rows)
            with _transaction(connection):
                drop_rows(connection, rules)
            for number, (file, records) in enumerate(planned.files.items()):
                observer(number, len(planned.files))
                if should_stop():
                    done.is_interrupted = True
                    break
                going = _checked(captures, file, records)
                done.left_alone += len(records) - len(going)
                if going:
                    _drop(connection, captures / file, going, now)
                    done.files += 1
                    done.records += len(going)
                    done.bytes += sum(record.length for record in going)
            checkpoint(connection)
    return done


def _checked(captures: Path, file: str, records: list[RawRecord]) -> list[RawRecord]:
    if Path(file).name != file or not (captures / file).is_file():
        return []
    return droppable(captures, file, records)


def _drop(
    connection: sqlite3.Connection, source: Path, going: list[RawRecord], now: datetime
) -> None:
    """Write a file anew without some records, and let all rows go over to it."""
    target = source.with_name(next_name(source.name))
    while target.exists():
        target = source.with_name(next_name(target.name))
    cut = Cut(tuple((record.offset, record.length) for record in going))
    dropped = {record.capture for record in going}
    rows = connection.execute(
        "SELECT id, warc_offset FROM captures WHERE warc_file = ? AND lost_at IS NULL",
        (source.name,),
    ).fetchall()
    kept = [(row["id"], row["warc_offset"]) for row in rows if row["id"] not in dropped]
    _note(connection, source.name, target.name, is_moved=False)
    try:
        write_without(source, target, cut, is_needed=bool(kept))
    except OSError:  # the disk is full: all is as it was, and the half of it helps nobody
        target.unlink(missing_ok=True)
        raise
    with _transaction(connection):
        connection.executemany(
            "UPDATE captures SET warc_file = ?, warc_offset = ? WHERE id = ?",
            [(target.name, cut.new_offset(offset), number) for number, offset in kept],
        )
        at = time_text(now)
        connection.executemany(
            "UPDATE captures SET lost_at = ?, pruned_at = ? WHERE id = ?",
            [(at, at, number) for number in dropped],
        )
        _note(connection, source.name, target.name, is_moved=True)
    _finish_interrupted(connection, source.parent)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _note(connection: sqlite3.Connection, old: str, new: str, *, is_moved: bool) -> None:
    connection.execute(
        "INSERT INTO archive_info (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (UNDER_WAY, json_text({"old": old, "new": new, "is_moved": is_moved})),
    )


def _finish_interrupted(connection: sqlite3.Connection, captures: Path) -> None:
    """Remove the file that no row speaks of any more, or not yet, and the note of it."""
    row = connection.execute(
        "SELECT value FROM archive_info WHERE key = ?", (UNDER_WAY,)
    ).fetchone()
    if row is None:
        return
    under_way = json.loads(row["value"])
    name = under_way["old" if under_way["is_moved"] else "new"]
    spoken_of = connection.execute(
        "SELECT 1 FROM captures WHERE warc_file = ? AND lost_at IS NULL LIMIT 1", (name,)
    ).fetchone()
    if spoken_of is None and Path(name).name == name:
        (captures / name).unlink(missing_ok=True)
        sync_directory(captures)
    elif spoken_of:  # a repair in between found the records there
        logger.warning("%s stays: captures are read from it", captures / name)
    connection.execute("DELETE FROM archive_info WHERE key = ?", (UNDER_WAY,))
