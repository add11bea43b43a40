"""Trouble with the disk is told from other errors, with what to do about it."""

import errno
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.archive.database import open_writer
from scraper.archive.lock import ArchiveLock
from scraper.archive.storage import storage_trouble, telling_trouble
from scraper.archive.warc_files import WarcFiles
from scraper.errors import ArchiveBusy, ArchiveUnwritable
from tests.crawling import dateline
from tests.hostile.damage import build


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def write_beyond_the_last_page(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 1")
    connection.execute("CREATE TABLE a (b)")


def write_to_what_is_read_only(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("CREATE TABLE a (b)")


def write_nonsense(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABEL a (b)")


@pytest.mark.parametrize(
    ("write", "remedy"),
    [
        (write_beyond_the_last_page, "make room"),
        (write_to_what_is_read_only, "let this user write"),
        (write_nonsense, ""),
    ],
)
def test_what_sqlite_refuses_is_told_with_its_remedy(
    write: Callable[[sqlite3.Connection], None], remedy: str
) -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.Error) as met:
        write(connection)
    connection.close()
    trouble = storage_trouble("a.db", met.value)
    assert (trouble.remedy if trouble else "").startswith(remedy)
    assert bool(trouble) == bool(remedy)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EROFS, "let this user write"),
        (errno.EIO, "look at the disk"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_remedy(number: int, remedy: str) -> None:
    with pytest.raises(ArchiveUnwritable) as told, telling_trouble("a.db"):
        raise OSError(number, "no")
    assert told.value.remedy.startswith(remedy)


def test_folder_that_refuses_is_named() -> None:
    trouble = storage_trouble("a.db", PermissionError(errno.EACCES, "no", "captures/x.warc.gz"))
    assert "captures/x.warc.gz: Permission denied" in str(trouble)


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(FileNotFoundError), telling_trouble("a.db"):
        raise FileNotFoundError(errno.ENOENT, "no")


def test_archive_that_cannot_be_made_for_want_of_room_says_so(tmp_path: Path) -> None:
    with files_of_at_most(20_000), pytest.raises(ArchiveUnwritable):
        open_writer(tmp_path / "archive.db")
    open_writer(tmp_path / "archive.db").close()


def test_lock_holds_without_its_note_where_there_is_no_room_for_it(tmp_path: Path) -> None:
    first, second = (ArchiveLock(tmp_path / "archive.db", "a test") for _ in range(2))
    with files_of_at_most(0):
        first.acquire()
    with pytest.raises(ArchiveBusy, match="another process"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_file_begun_without_room_begins_as_it_should_once_there_is_some(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, lambda name: b"begin ")
    with files_of_at_most(3), pytest.raises(OSError, match="File too large"):
        files.append(b"record")
    place = files.append(b"record")
    files.close()
    assert place.offset == len(b"begin ")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"begin record"]


@pytest.mark.parametrize("words", ["crawl", "reextract"])
def test_file_that_another_program_holds_locked_is_told_in_a_line(
    tmp_path: Path, words: str
) -> None:
    db = tmp_path / "archive.db"
    build(tmp_path, 3)
    arguments = ("--page", "http://127.0.0.1:9/a", "--allow", "127.0.0.1:9")
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = dateline(words, "--db", str(db), *(arguments if words == "crawl" else ()))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert "archive.db: database is locked" in line
    assert "wait for the program that holds it locked" in line
