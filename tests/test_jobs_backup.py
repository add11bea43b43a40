"""backup makes a copy that opens and serves, while others write, or says why not and keeps the old."""

import contextlib
import itertools
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from scraper.archive.database import open_writer, reading
from scraper.archive.writer import Archive, Writer
from scraper.errors import ArchiveMissing, BackupFailed, ScraperError
from scraper.jobs.backup import back_up
from scraper.jobs.verify import verify
from tests.conftest import NOON, STORY, Desk
from tests.crawling import dateline


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Path:
    for number in range(6):
        desk.store(f"https://gazette.example/{number}", STORY.replace("third", f"{number}th"))
    desk.archive.warc.flush()
    return tmp_path / "archive.db"


def test_copy_with_captures_opens_where_it_stands_and_is_well(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "safe"
    folder.mkdir()
    done = back_up(filled, folder, captures=tmp_path / "captures", now=lambda: NOON)
    assert done.path == folder / "archive-20260304-120000.db"
    assert (done.articles, done.is_whole) == (6, True)
    assert done.captures is not None
    assert done.captures.files == 1
    assert verify(done.path, folder / "captures").is_well
    assert sorted(p.name for p in folder.iterdir()) == [done.path.name, "captures"]
    with sqlite3.connect(f"file:{done.path}?mode=ro", uri=True) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)  # no log beside it
    copy.close()


def test_growing_file_is_copied_as_far_as_the_archive_knows_it_and_again_when_it_grew(
    desk: Desk, filled: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "safe"
    folder.mkdir()
    (growing,) = (tmp_path / "captures").glob("*.warc.gz")
    known = growing.stat().st_size
    with growing.open("ab") as stream:  # a record that is not committed yet, half of it
        stream.write(b"\x1f\x8b\x08half")
    first = back_up(filled, folder, captures=tmp_path / "captures", now=lambda: NOON)
    copy = folder / "captures" / growing.name
    assert copy.stat().st_size == known
    again = back_up(filled, folder, captures=tmp_path / "captures", now=lambda: NOON)
    assert again.captures is not None
    assert (again.captures.files, again.captures.present) == (0, 1)
    assert first.path == again.path  # of the same second: replaced
    with growing.open("rb+") as stream:
        stream.truncate(known)
    desk.store("https://gazette.example/7", STORY.replace("third", "7th"))
    desk.archive.warc.flush()
    later = back_up(filled, folder, captures=tmp_path / "captures")
    assert later.captures is not None
    assert later.captures.files == 1
    assert verify(later.path, folder / "captures").is_well


def test_only_the_newest_copies_of_this_archive_are_kept(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "safe"
    folder.mkdir()
    other = folder / "archive-of-others.db"
    other.write_text("no copy of ours")
    for hour in range(4):
        back_up(filled, folder, keep=2, now=partial(NOON.__add__, timedelta(hours=hour)))
    assert sorted(p.name for p in folder.iterdir()) == [
        "archive-20260304-140000.db",
        "archive-20260304-150000.db",
        other.name,
    ]


@pytest.mark.parametrize("keep", [1, 2])
def test_copy_just_made_is_kept_whatever_the_clock_says(
    filled: Path, tmp_path: Path, keep: int
) -> None:
    folder = tmp_path / "safe"
    folder.mkdir()
    (folder / "archive-20200101-000000.db").mkdir()  # no copy: left alone
    for years in (10, 11, 12):
        ahead = NOON.replace(year=NOON.year + years)
        back_up(filled, folder, keep=keep, now=partial(ahead.replace, second=1))
    done = back_up(filled, folder, keep=keep, now=lambda: NOON)
    assert done.path.exists()
    assert len([path for path in folder.glob("*.db") if path.is_file()]) == keep


def test_log_beside_an_older_copy_is_not_read_into_the_new_one(
    filled: Path, tmp_path: Path
) -> None:
    target = tmp_path / "safe.db"
    back_up(filled, target)
    with contextlib.closing(open_writer(target)) as writer:
        writer.execute("INSERT INTO tags (name) VALUES ('written to the copy')")
        with pytest.raises(BackupFailed, match="writes to it"):
            back_up(filled, target)
        assert writer.execute("SELECT COUNT(*) FROM tags").fetchone()[0]
    back_up(filled, target)  # once it was closed


def test_copy_is_of_one_moment_while_a_writer_goes_on(tmp_path: Path) -> None:
    db, is_over = tmp_path / "archive.db", threading.Event()

    def add(archive: Archive, number: int) -> None:
        archive.connection.execute("INSERT INTO tags (name) VALUES (?)", (f"{number}" * 200,))
        archive.connection.execute("UPDATE archive_info SET value = value")

    with Writer(db, tmp_path / "captures") as writer:
        for future in [writer.submit(add, number) for number in range(20_000, 28_000)]:
            future.result()
        waits = []

        def write() -> None:
            for number in itertools.count():
                if is_over.is_set():
                    return
                began = datetime.now(UTC)
                writer.submit(add, number).result()
                waits.append((datetime.now(UTC) - began).total_seconds())

        thread = threading.Thread(target=write)
        thread.start()
        try:
            for number in range(3):
                back_up(db, tmp_path / f"copy-{number}.db", is_thorough=True)
        finally:
            is_over.set()
            thread.join()
    assert waits
    assert max(waits) < 5
    counts = []
    for number in range(3):
        with reading(tmp_path / f"copy-{number}.db") as copy:
            counts.append(copy.execute("SELECT COUNT(*) FROM tags").fetchone()[0])
    assert counts == sorted(counts)
    assert counts[-1] > 8000  # what was committed meanwhile came with the next


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("archive.db", "it is the archive itself"),
        ("notes.txt", "something else is there"),
        ("nowhere/copy.db", "does not exist"),
    ],
)
def test_target_that_is_not_for_a_copy_stays_as_it_is(
    filled: Path, tmp_path: Path, target: str, words: str
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    before = filled.read_bytes()
    with pytest.raises(BackupFailed, match=words):
        back_up(filled, tmp_path / target)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert filled.read_bytes() == before


def test_damaged_archive_does_not_take_the_place_of_a_good_copy(
    desk: Desk, filled: Path, tmp_path: Path
) -> None:
    good = back_up(filled, tmp_path / "copy.db")
    before = good.path.read_bytes()
    connection = desk.archive.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM outlets")
    with pytest.raises(BackupFailed, match="points at a row of outlets that is not there"):
        back_up(filled, good.path)
    assert good.path.read_bytes() == before
    assert not list(tmp_path.glob("*.unfinished"))


def test_damaged_pages_are_said(desk: Desk, filled: Path, tmp_path: Path) -> None:
    desk.archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with filled.open("rb+") as stream:
        stream.seek(4096 * 40)
        stream.write(b"\xff" * 4096 * 30)
    with pytest.raises(ScraperError):
        back_up(filled, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_missing_archive_and_missing_captures_are_said(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    (tmp_path / "safe").mkdir()
    done = back_up(filled, tmp_path / "safe" / "copy.db", captures=tmp_path / "elsewhere")
    assert not done.is_whole
    assert "missing or cut short" in "\n".join(done.lines())


def test_command_says_what_it_made_and_the_copy_answers_searches(
    filled: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "safe"
    where = ("--db", str(filled))
    done = dateline("backup", f"{folder}/", "--with-captures", "--keep", "3", *where)
    assert done.returncode == 0, done.stderr
    assert "6 articles" in done.stdout
    assert "verified" in done.stdout
    (copy,) = folder.glob("*.db")
    found = dateline("search", "harbour", "--db", str(copy))
    assert "6 of 6 articles" in found.stdout
    assert dateline("reextract", "--db", str(copy)).returncode == 0  # it takes writes again


def test_no_copy_is_put_among_raw_captures_and_a_file_is_called_one(
    filled: Path, tmp_path: Path
) -> None:
    desk_captures = filled.parent / "captures"
    where = ("--db", str(filled))
    for target in (desk_captures, desk_captures / "copy.db"):
        done = dateline("backup", str(target), *where)
        assert done.returncode == 2
        assert "is the folder of raw captures" in done.stderr
    assert not list(desk_captures.glob("*.db"))
    done = dateline("backup", str(tmp_path / "nofolder"), *where)
    last = done.stdout.splitlines()[-1]
    assert last.endswith(
        "nofolder is a file, since there was no such folder: "
        + f"{tmp_path / 'nofolder'}/ would make one"
    )
    assert " kB, in " in done.stdout or " MB, in " in done.stdout


def test_keep_is_for_a_folder(filled: Path, tmp_path: Path) -> None:
    done = dateline("backup", str(tmp_path / "c.db"), "--keep", "3", "--db", str(filled))
    assert done.returncode == 2
    assert "--keep" in done.stderr
