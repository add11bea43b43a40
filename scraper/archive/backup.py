"""Copies of an archive, made while others write to it: of its file, and of its raw captures."""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.database import reading
from scraper.archive.storage import PRIMARY_CODE, sync_directory, telling_trouble
from scraper.errors import BackupFailed

# Pages copied in one step, 4 MB: between steps Ctrl-C is heard, and progress told.
STEP_PAGES = 1024
COPIED_BYTES = 2**20
UNFINISHED = ".unfinished"
INDEXES = ("articles_fts", "edits_fts")

Observer = Callable[[int, int], None]  # told of bytes done, and bytes in all


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied of the files of raw captures, and which of them could not be."""

    files: int = 0
    bytes: int = 0
    present: int = 0  # files that were there already, as far as the archive knows them
    missing: tuple[str, ...] = ()


@contextlib.contextmanager
def copying(db: Path, target: Path, observer: Observer) -> Iterator[Path]:
    """Copy an archive to an unfinished file beside `target`; it takes its place when all is well.

    The copy is of one moment: a read transaction is held, so that whoever writes meanwhile neither
    waits nor makes the copy begin again; what they write stays in the log until it is done. The
    copy is a file of its own without a log, which can be read on a disk that takes no writes.

    Yields:
        The unfinished file, to be looked at; it is gone when the block raises.

    Raises:
        ArchiveMissing, ArchiveUnreadable: see `reading`.
        ArchiveUnwritable: the target's disk is full or read-only.
        BackupFailed: the copy is not what was copied, or another backup is writing it.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    with telling_trouble(target), _alone(unfinished):
        try:
            with reading(db) as source:
                source.execute("BEGIN")
                counts = row_counts(source)
                _copy(source, unfinished, observer)
            _check(unfinished, counts, target)
            yield unfinished
            _sync(unfinished)
            unfinished.replace(target)
            sync_directory(target.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _alone(unfinished: Path) -> Iterator[None]:
    """Hold an unfinished file, so that no other backup writes it too; what is in it is dropped."""
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(str(unfinished), "another backup is writing there") from None
        os.ftruncate(descriptor, 0)
        yield
    finally:
        os.close(descriptor)


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has, those of the search index included."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: int(connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])
        for (name,) in names
    }


def _copy(source: sqlite3.Connection, unfinished: Path, observer: Observer) -> None:
    (page_bytes,) = source.execute("PRAGMA page_size").fetchone()

    def told(status: int, left: int, total: int) -> None:
        observer((total - left) * page_bytes, total * page_bytes)

    with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is synced as a whole, in the end
        source.backup(copy, pages=STEP_PAGES, progress=told)
        copy.execute("PRAGMA journal_mode = DELETE")  # a writer changes it back by itself


def _check(unfinished: Path, counts: dict[str, int], target: Path) -> None:
    """Compare the copy with its snapshot, and have each search index judge itself."""
    try:
        with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            found = row_counts(copy)
            for name in sorted(found.keys() | counts.keys()):
                if found.get(name) != counts.get(name):
                    words = f"{found.get(name)} rows of {name} in place of {counts.get(name)}"
                    raise BackupFailed(str(target), f"the copy has {words}")
            for index in INDEXES:
                if f"{index}_data" in counts:  # else an archive of an older version
                    # Whether the index fits the texts is for `dateline verify`: 0 is for itself.
                    copy.execute(
                        f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 0)"
                    )
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE != sqlite3.SQLITE_CORRUPT:
            raise
        raise BackupFailed(
            str(target), f"the copy is damaged, as the archive is: {error}"
        ) from error


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def copy_captures(db: Path, captures: Path, target: Path) -> Copied:
    """Copy the files of raw captures that an archive's rows speak of and `target` has not yet.

    Such files only grow at their end: each is copied as far as the last record that `db` knows,
    whole or not at all, and read back. What is in `target` besides stays there.

    Args:
        db: the archive, or the copy that was made of it before.
        captures: where the files are.
        target: the folder they go to, made if need be.

    Raises:
        ArchiveUnwritable: the target's disk is full or read-only.
        BackupFailed: a file came out otherwise than it was read.
    """
    with reading(db) as connection:
        wanted = connection.execute(
            "SELECT warc_file, MAX(warc_offset + warc_bytes) FROM captures "
            "WHERE lost_at IS NULL GROUP BY warc_file ORDER BY warc_file"
        ).fetchall()
    files = size = present = 0
    missing = []
    with telling_trouble(target):
        target.mkdir(parents=True, exist_ok=True)
        for name, length in wanted:
            source, copy = captures / name, target / name
            if Path(name).name != name or not _reaches(source, length):
                missing.append(str(source))
            elif _reaches(copy, length):
                present += 1
            else:
                _copy_file(source, copy, length)
                files, size = files + 1, size + length
        sync_directory(target)
    return Copied(files, size, present, tuple(missing))


def _reaches(path: Path, length: int) -> bool:
    return path.is_file() and path.stat().st_size >= length


def _copy_file(source: Path, target: Path, length: int) -> None:
    unfinished = target.with_name(target.name + UNFINISHED)
    with _alone(unfinished):
        try:
            digest = hashlib.sha256()
            with source.open("rb") as stream, unfinished.open("wb") as copy:
                for block in _blocks(stream.read, length):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            with unfinished.open("rb") as stream:
                again = hashlib.sha256()
                for block in _blocks(stream.read, length):
                    again.update(block)
            if again.digest() != digest.digest():
                raise BackupFailed(str(target), "the copy reads otherwise than what was copied")
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _blocks(read: Callable[[int], bytes], length: int) -> Iterator[bytes]:
    """Yield the first `length` bytes of a stream in blocks, fewer if it has no more."""
    while length > 0 and (block := read(min(COPIED_BYTES, length))):
        length -= len(block)
        yield block
