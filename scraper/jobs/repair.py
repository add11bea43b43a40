"""Mends a damaged archive: copies what can be read, brings the rest back from raw captures."""

import contextlib
import logging
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scraper.archive.database import (
    check_kind,
    checkpoint,
    migration_names,
    open_writer,
    optimise,
    repaired_path,
)
from scraper.archive.lock import ArchiveLock
from scraper.archive.mending import finish, mend
from scraper.archive.pages import PageFile
from scraper.archive.salvage import applied_migrations, salvage
from scraper.archive.storage import sync_directory, telling_trouble
from scraper.archive.values import time_text
from scraper.archive.wal import is_orphaned, log_path
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from scraper.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnreadable,
)
from scraper.extraction.pool import WorkerPool
from scraper.jobs.extractions import Guidance
from scraper.jobs.restore import Restored, restore
from scraper.jobs.verify import damage_words, table_problems

READERS_SECONDS = 10  # waited for readers to let go of the log

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair found and did; `kept` is where the damaged file stands, "" if none was."""

    path: str
    found: tuple[str, ...]
    restored: Restored
    kept: str = ""
    copied: Counter[str] = field(default_factory=Counter)
    unread: tuple[str, ...] = ()
    mended: Counter[str] = field(default_factory=Counter)
    cut_files: int = 0

    def line(self) -> str:
        """Return what was done, a line for each thing."""
        lines = list(self._lines())
        what = "is repaired" if self.kept or lines else "is well: there was nothing to repair"
        return "\n".join([f"{self.path} {what}", *(f"  {line}" for line in lines)])

    def _lines(self) -> Iterator[str]:
        if self.kept:
            yield f"the damaged file is kept as {self.kept}"
        if self.found:
            counts = ", ".join(f"{count} {name}" for name, count in self.copied.items())
            yield f"rows copied: {counts or 'none'}"
        yield from (f"could not be read: {words}" for words in self.unread)
        yield from (f"{count} {words}" for words, count in self.mended.items())
        if self.restored.captures:
            yield f"{self.restored.captures} captures written anew from their files"
        if self.restored.moved:
            yield f"{self.restored.moved} captures found again where they stand"
        if self.restored.mended:
            yield f"{self.restored.mended} rows of captures mended after their records"
        if self.restored.healed:
            yield f"{self.restored.healed} damaged texts extracted again"
        if self.restored.revisions:
            yield f"{self.restored.revisions} lost revisions extracted again"
        if self.restored.pages:
            pages = ", ".join(f"{count} {what}" for what, count in self.restored.pages.items())
            yield f"pages extracted again: {pages}"
        if self.restored.lost:
            yield (
                f"{self.restored.lost} captures have no whole record any more, and are marked "
                "lost; the articles that came from them are kept"
            )
        if self.restored.damaged_bytes:
            yield f"{self.restored.damaged_bytes} bytes of capture files are damaged"
        if self.cut_files:
            yield f"{self.cut_files} capture files shortened to their last whole record"


def repair(
    path: Path | str,
    captures_dir: Path | str,
    *,
    guidance: Guidance | None = None,
    pool: WorkerPool | None = None,
) -> Repair:
    """Mend an archive and its captures as far as can be; nothing is destroyed.

    The new file is made beside the damaged one and takes its place in one step; the damaged one is
    kept. A file that is well is only given what its captures hold beyond it.

    Args:
        path: the archive; it may be missing altogether where there are captures.
        captures_dir: its raw captures.
        guidance: what is known of outlets besides the tables.
        pool: workers that extract pages; its own for the time of the repair when not given.

    Raises:
        ArchiveMissing: there is neither a file nor a capture.
        ArchiveBusy: another process writes to it, or a reader does not let go of it.
        ArchiveTooNew: a newer version wrote it.
        ArchiveUnreadable: it is a database of something else.
        ArchiveUnwritable: its disk is full or read-only.
    """
    path, captures_dir = Path(path).resolve(), Path(captures_dir)
    files = (path, repaired_path(path), *captures_dir.glob("*.warc.gz"))
    if not (is_orphaned(path) or any(file.exists() for file in files)):
        raise ArchiveMissing(str(path))
    with ArchiveLock(path, "repair"), telling_trouble(path), contextlib.ExitStack() as stack:
        pool = pool or stack.enter_context(WorkerPool())
        return _Repairing(path, captures_dir, guidance or Guidance(), pool).run()


class _Repairing:
    def __init__(
        self, path: Path, captures_dir: Path, guidance: Guidance, pool: WorkerPool
    ) -> None:
        self.path = path
        self.captures_dir = captures_dir
        self.guidance = guidance
        self.pool = pool
        self.now = datetime.now(UTC)
        self.kept = ""

    def run(self) -> Repair:
        if is_orphaned(self.path):
            self.path.touch()  # what is left of it stands in its log
        if repaired_path(self.path).exists():
            self.kept = self._swap()  # which an earlier run was cut short in
        if self.path.exists():
            _refuse_what_is_not_ours(self.path)
        found = tuple(table_problems(self.path)) if self.path.exists() else ("it is missing",)
        if found:
            return self._rebuild(found)
        mended: Counter[str] = Counter()
        restored, cut_files = self._restore(open_writer(self.path), mended)
        return Repair(str(self.path), (), restored, self.kept, mended=mended, cut_files=cut_files)

    def _rebuild(self, found: tuple[str, ...]) -> Repair:
        new = self.path.with_name(f"{self.path.name}.repairing")
        _remove(new)
        try:
            connection = open_writer(new)
            copied, unread, mended = self._copy(connection)
            restored, cut_files = self._restore(connection, mended)
            if not (copied or restored.captures):
                raise ArchiveUnreadable(str(self.path), "there is nothing to be recovered from it")
            _sync(new)
            new.replace(repaired_path(self.path))
            sync_directory(self.path.parent)
            kept = self._swap()
        finally:
            _remove(new)
        return Repair(str(self.path), found, restored, kept, copied, unread, mended, cut_files)

    def _copy(
        self, connection: sqlite3.Connection
    ) -> tuple[Counter[str], tuple[str, ...], Counter[str]]:
        if not self.path.exists():
            return Counter(), (), Counter()
        connection.execute("PRAGMA foreign_keys = OFF")  # until what is missing is mended
        connection.execute("BEGIN IMMEDIATE")
        with PageFile(self.path) as source:
            copied = salvage(source, connection, time_text(self.now))
        mended = mend(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")
        if copied.mended_values:
            mended["values that could not be what they were, emptied"] = copied.mended_values
        return copied.rows, tuple(damage_words(copied.damages)), mended

    def _restore(
        self, connection: sqlite3.Connection, mended: Counter[str]
    ) -> tuple[Restored, int]:
        """Bring back what captures hold, cut torn ends off their files; close the connection."""
        warc = WarcWriter(self.captures_dir)
        try:
            restored = restore(
                Archive(connection, warc), self.captures_dir, self.guidance, self.pool
            )
            connection.execute("BEGIN IMMEDIATE")
            mended.update(finish(connection))
            connection.execute("COMMIT")
            cut_files = sum(self._cut(connection, *place) for place in restored.cut)
            optimise(connection)
            checkpoint(connection)
        finally:
            warc.close()
            connection.close()
        return restored, cut_files

    def _cut(self, connection: sqlite3.Connection, file: Path, end: int) -> bool:
        """Shorten a file by the half record at its end, which is kept beside it.

        Only what was never acknowledged is cut: a record that a row points at stays.
        """
        row = connection.execute(
            "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset >= ?", (file.name, end)
        ).fetchone()
        if row is not None:
            return False
        with file.open("rb+") as stream:
            stream.seek(end)
            torn = file.with_name(f"{file.name}.torn-{self.now:%Y%m%dT%H%M%SZ}")
            with torn.open("wb") as beside:
                shutil.copyfileobj(stream, beside)
                os.fsync(beside.fileno())
            sync_directory(file.parent)
            stream.truncate(end)
            os.fsync(stream.fileno())
        return True

    def _keep(self) -> str:
        """Keep the damaged file, and its log, under another name; return that."""
        again = "-again" if self.kept else ""
        kept = self.path.with_name(f"{self.path.name}.damaged-{self.now:%Y%m%dT%H%M%SZ}{again}")
        log = log_path(self.path)
        if log.exists() and log.stat().st_size:
            _copy_file(log, log_path(kept))  # the file itself changes when the log is put into it
            _copy_file(self.path, kept)
        else:
            try:
                os.link(self.path, kept)
            except OSError:  # a file system without hard links
                _copy_file(self.path, kept)
        sync_directory(kept.parent)
        return str(kept)

    def _swap(self) -> str:
        """Put the repaired file in the place of the old one; return where that one is kept.

        The old one's log must be gone by then, as SQLite would take it for the new one's. Killed
        in between, the old file may miss what its log held: no writer opens it while the repaired
        one stands beside it, and the next repair begins here.

        Raises:
            ArchiveBusy: a reader still needs the log; nothing but the repaired file is left.
        """
        kept = ""
        if self.path.exists():
            kept = self._keep()
            try:
                _empty_log(self.path)
            except ArchiveBusy:
                _remove(Path(kept))
                raise
        for beside in ("-wal", "-shm"):
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        repaired_path(self.path).replace(self.path)
        sync_directory(self.path.parent)
        return kept


def _refuse_what_is_not_ours(path: Path) -> None:
    try:
        check_kind(path)
    except ArchiveDamaged:
        with PageFile(path) as source:
            unknown = applied_migrations(source) - migration_names()
        if unknown:
            raise ArchiveTooNew(str(path), ", ".join(sorted(unknown))) from None


def _empty_log(path: Path) -> None:
    """Put what the log holds into its file, so that the log can go and nothing is lost by it.

    Raises:
        ArchiveBusy: a reader still needs the log.
    """
    connection = sqlite3.connect(path, timeout=READERS_SECONDS, isolation_level=None)
    try:
        is_blocked, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # Nobody can read that file with its log, and both are kept.
        logger.info("%s: its log goes as it is: %s", path, error)
        return
    finally:
        connection.close()
    if is_blocked:
        raise ArchiveBusy(str(path), "nobody, but is read by a program that does not let go of it")


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as from_, target.open("xb") as to:
        shutil.copyfileobj(from_, to)
        os.fsync(to.fileno())


def _remove(path: Path) -> None:
    for name in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + name).unlink(missing_ok=True)
