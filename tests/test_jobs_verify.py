"""verify tells what is well and what is not, in words, whatever the damage."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.archive.database import checkpoint
from scraper.errors import ArchiveMissing, ScraperError
from scraper.jobs.verify import Report, verify
from tests.conftest import STORY, Desk

NOBODY = 65534  # the user and group of that name


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for number in range(5):
        desk.store(
            f"https://gazette.example/{number}",
            STORY.replace("third", f"{number}th"),
            language="en",
        )
    desk.store("https://gazette.example/0", STORY.replace("third", "0th"), language="en", minute=1)
    desk.store("https://gazette.example/1", STORY + "\n\nCorrected.", language="en", minute=1)
    desk.archive.warc.flush()
    return desk


def check(tmp_path: Path) -> Report:
    return verify(tmp_path / "archive.db", tmp_path / "captures")


def test_sound_archive_is_well_in_one_line(filled: Desk, tmp_path: Path) -> None:
    report = check(tmp_path)
    assert report.is_well, report.problems
    assert report.line() == (
        f"{tmp_path / 'archive.db'} is well: 5 articles, 6 revisions, 5 search rows, "
        "7 captures, 1 capture files"
    )


def test_empty_archive_is_well(desk: Desk, tmp_path: Path) -> None:
    assert check(tmp_path).is_well


RUN = (
    "INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version, listings) "
    "VALUES ('gazette', '2026-03-01T06:00:00Z', 'done', 1, '1', 1)"
)
SEARCH_ROW = "title, body, author, description, outlet, lang, country, date"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DROP TRIGGER articles_search_update; UPDATE articles SET title = 'New' WHERE id = 3",
         "search row of article 3 is not of its text"),
        ("DROP TRIGGER articles_search_delete", "trigger articles_search_delete is missing"),
        ("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'edits_fts', "
         "'gdits_fts') WHERE name = 'edits_search_insert'", "trigger edits_search_insert is damaged"),
        (f"INSERT INTO articles_fts (articles_fts, rowid, {SEARCH_ROW}) "
         "VALUES ('delete', 4, '', '', '', '', '', '', '', '')", "article 4 has no search row"),
        ("INSERT INTO articles_fts (rowid, title) VALUES (77, 'ghost')",
         "search row 77 has no article"),
        ("UPDATE monthly_counts SET article_count = 9", "monthly count of gazette, en, 2026-03: 9"),
        ("DELETE FROM monthly_counts", "monthly count of gazette, en, 2026-03: 5 articles"),
        ("DELETE FROM daily_counts", "daily count of gazette, en, 2026-03-0"),
        (f"{RUN}; DELETE FROM collected_days", "collected day of gazette, 2026-03-01: 1 runs"),
        (f"{RUN}; DELETE FROM collected_spans",
         "collected span of gazette, 2026-03-01 to 2026-03-01: 1 found"),
        (f"{RUN}; UPDATE collected_spans SET last_day = '2026-03-05'",
         "collected span of gazette, 2026-03-01 to 2026-03-05: 1 counted"),
        ("DELETE FROM revisions WHERE article = 2 AND number = 2",
         "article 2 counts revisions that are not there"),
        ("UPDATE revisions SET body = 'x' WHERE article = 5",
         "article 5 has another text than its last revision"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM outlets", "points at a row of outlets"),
        ("UPDATE captures SET sha256 = 'x' WHERE id = 2", "capture 2: the payload"),
        ("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 2", "capture 2: "),
        ("UPDATE captures SET warc_file = 'none.warc.gz'", "and with it 7 captures"),
        ("UPDATE captures SET revisit_of = NULL WHERE revisit_of IS NOT NULL", "capture 6: "),
        ("UPDATE archive_info SET value = 'old'", "segmenter old"),
        ("PRAGMA foreign_keys = OFF; DROP TABLE captures", "no such table: captures"),
        ("DROP TABLE articles_fts", "no such table"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_told(filled: Desk, tmp_path: Path, damage: str, words: str) -> None:
    for statement in damage.split("; "):
        filled.archive.connection.execute(statement)
    report = check(tmp_path)
    assert any(words in problem for problem in report.problems), report.problems
    assert "is not well" in report.line()


def overwrite(path: Path, at: float, data: bytes) -> None:
    content = bytearray(path.read_bytes())
    start = int(len(content) * at)
    content[start : start + len(data)] = data
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: overwrite(path, 0, b"\0" * 100),
        lambda path: overwrite(path, 0.3, b"\xff" * 5000),
        lambda path: overwrite(path, 0.8, b"\xff" * 5000),
        lambda path: path.write_bytes(path.read_bytes()[:20_000]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a database" * 1000),
    ],
)
def test_damaged_file_is_told_without_a_traceback(
    filled: Desk, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    checkpoint(filled.archive.connection)
    filled.archive.connection.close()
    damage(tmp_path / "archive.db")
    assert not check(tmp_path).is_well


def test_damaged_capture_file_is_told(filled: Desk, tmp_path: Path) -> None:
    (file,) = (tmp_path / "captures").iterdir()
    overwrite(file, 0.5, b"\0" * 50)
    assert any("capture" in problem for problem in check(tmp_path).problems)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert any("capture" in problem for problem in check(tmp_path).problems)
    file.unlink()
    assert any("is missing" in problem for problem in check(tmp_path).problems)


def test_many_problems_are_counted_not_listed(desk: Desk, tmp_path: Path) -> None:
    for number in range(30):
        desk.store(f"https://gazette.example/{number}", STORY.replace("third", f"{number}th"))
    desk.archive.warc.flush()
    desk.archive.connection.execute("UPDATE captures SET sha256 = id")
    report = check(tmp_path)
    assert len(report.problems) == 11
    assert report.problems[-1] == "20 others like the last"


def test_archive_that_is_not_there_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        check(tmp_path)


def test_verifying_changes_nothing(filled: Desk, tmp_path: Path) -> None:
    checkpoint(filled.archive.connection)
    before = (tmp_path / "archive.db").read_bytes()
    check(tmp_path)
    assert (tmp_path / "archive.db").read_bytes() == before


def test_articles_behind_damage_are_named_by_address(filled: Desk, tmp_path: Path) -> None:
    connection = filled.archive.connection
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'articles'"
    ).fetchone()
    checkpoint(connection)
    connection.close()
    data = bytearray((tmp_path / "archive.db").read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    (tmp_path / "archive.db").write_bytes(data)
    report = check(tmp_path)
    assert "cannot be read: articles: all rows" in report.problems
    assert "cannot be read: the article at https://gazette.example/3" in report.problems
    assert report.line().splitlines()[-1].strip().startswith("run dateline repair")


def test_what_reindex_mends_is_told_as_such(filled: Desk, tmp_path: Path) -> None:
    filled.archive.connection.execute("DELETE FROM monthly_counts")
    assert check(tmp_path).line().splitlines()[-1].strip().startswith("run dateline reindex")


def test_missing_captures_folder_is_told(filled: Desk, tmp_path: Path) -> None:
    report = verify(tmp_path / "archive.db", tmp_path / "elsewhere")
    assert any("is missing, and with it 7 captures" in problem for problem in report.problems)


def test_file_that_may_not_be_read_is_told(filled: Desk, tmp_path: Path) -> None:
    checkpoint(filled.archive.connection)
    told, tell = os.pipe()
    for path in (tmp_path / "archive.db", tmp_path / "captures"):
        path.chmod(0)
    child = os.fork()
    if child == 0:  # root may read all, so it steps down
        status = 1
        with contextlib.suppress(BaseException):
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(tell, told_by(tmp_path).encode())
            status = 0
        os._exit(status)
    os.close(tell)
    _, status = os.waitpid(child, 0)
    with os.fdopen(told) as stream:
        words = stream.read()
    if os.getuid() != 0:
        pytest.skip("only root may step down")
    assert status == 0, words
    assert "cannot be read" in words or "unable to open" in words or "denied" in words


def told_by(tmp_path: Path) -> str:
    try:
        return check(tmp_path).line()
    except ScraperError as error:
        return str(error)
