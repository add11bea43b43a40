"""repair brings back what can be brought back, keeps what was damaged, and ends well."""

import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.database import open_reader, open_writer
from scraper.archive.day_summaries import summarise_day
from scraper.archive.lock import ArchiveLock
from scraper.archive.mending import mend
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
from scraper.jobs.repair import Repair, repair
from scraper.jobs.verify import verify
from tests.conftest import OUTLET, STORY, Desk
from tests.crawling import command, dateline, environment, rows
from tests.hostile.damage import Content, build, content

ARTICLES = 12


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as workers:
        yield workers


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    build(folder, ARTICLES)
    return folder


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    shutil.copytree(source, tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def whole(source: Path) -> Content:
    return content(source / "archive.db")


def repaired(folder: Path, pool: WorkerPool) -> Repair:
    """Repair an archive and see that it is well."""
    done = repair(folder / "archive.db", folder / "captures", pool=pool)
    report = verify(folder / "archive.db", folder / "captures")
    assert report.is_well, report.line()
    return done


def change(folder: Path, script: str) -> None:
    connection = sqlite3.connect(folder / "archive.db")
    connection.executescript(script)
    connection.close()


def test_sound_archive_is_left_alone(folder: Path, pool: WorkerPool) -> None:
    before = (folder / "archive.db").read_bytes()
    done = repaired(folder, pool)
    assert done.line() == f"{folder / 'archive.db'} is well: there was nothing to repair"
    assert not list(folder.glob("*.damaged*"))
    assert before[:16] == (folder / "archive.db").read_bytes()[:16]


NO_TRIGGERS = "".join(
    f"DROP TRIGGER {name};"
    for name in (
        *("articles_search_insert", "articles_search_delete", "articles_search_update"),
        *("articles_count_insert", "articles_count_delete", "articles_count_update"),
        *("articles_edits_insert", "articles_edits_update"),
        *("revisions_edits_insert", "revisions_edits_delete", "revisions_edits_update"),
    )
)


@pytest.mark.parametrize(
    "script",
    [
        NO_TRIGGERS,
        f"{NO_TRIGGERS} DELETE FROM articles",
        f"{NO_TRIGGERS} DELETE FROM articles WHERE id % 2",
        f"{NO_TRIGGERS} UPDATE articles SET title = 'Flipped' WHERE id = 3",
        f"{NO_TRIGGERS} UPDATE revisions SET body = 'Flipped' WHERE article = 4",
        "DROP TRIGGER edits_search_delete; DELETE FROM edits",
        "DROP TABLE edits_fts",
        "DELETE FROM monthly_counts",
        f"{NO_TRIGGERS} DELETE FROM revisions",
        f"{NO_TRIGGERS} DELETE FROM revisions WHERE article = 1",
        "DELETE FROM article_urls",
        "DELETE FROM outlets",
        "DELETE FROM crawl_runs",
        "UPDATE captures SET warc_offset = warc_offset + 1",
        "UPDATE captures SET sha256 = 'x' || id, captured_at = '2026-03-09T00:00:00Z' WHERE id < 4",
        f"{NO_TRIGGERS} UPDATE articles SET url = 'https://gazette.example/flipped' WHERE id = 2",
        "DELETE FROM captures",
        f"{NO_TRIGGERS} DELETE FROM captures; DELETE FROM revisions; DELETE FROM article_urls;"
        "DELETE FROM articles; DELETE FROM candidates",
        "DROP TABLE candidates",
        "DROP TABLE articles_fts",
        "DROP INDEX idx_articles_outlet",
    ],
)
def test_each_kind_of_lost_row_comes_back(
    folder: Path, pool: WorkerPool, whole: Content, script: str
) -> None:
    change(folder, script)
    done = repaired(folder, pool)
    found = content(folder / "archive.db")
    assert found.articles == whole.articles
    assert found.captures == whole.captures
    assert found.revisions.keys() == whole.revisions.keys()
    assert "repaired" in done.line()


def test_all_comes_back_from_captures_alone_revisions_in_order(
    folder: Path, pool: WorkerPool, whole: Content
) -> None:
    for name in ("archive.db", "archive.db-wal"):
        (folder / name).unlink()
    done = repaired(folder, pool)
    found = content(folder / "archive.db")
    assert (found.articles, found.revisions) == (whole.articles, whole.revisions)
    assert found.candidates == whole.candidates
    assert found.captures == whole.captures
    assert {
        row["outlet"] for row in rows(folder / "archive.db", "SELECT outlet FROM articles")
    } == {"gazette"}
    assert done.restored.pages["no_article"] == 1


def test_outlet_lost_with_the_file_is_as_it_was_declared(folder: Path, pool: WorkerPool) -> None:
    for name in ("archive.db", "archive.db-wal"):
        (folder / name).unlink()
    guidance = Guidance(outlets={"gazette": OUTLET})
    repair(folder / "archive.db", folder / "captures", guidance=guidance, pool=pool)
    (outlet,) = rows(folder / "archive.db", "SELECT name, country, languages FROM outlets")
    assert outlet == {"name": OUTLET.name, "country": "IE", "languages": '["en"]'}


def test_damaged_file_is_kept_with_its_log(folder: Path, pool: WorkerPool) -> None:
    file, log = folder / "archive.db", folder / "archive.db-wal"
    log.write_bytes(bytes(100) + log.read_bytes()[100:])
    before = file.read_bytes(), log.read_bytes()
    done = repaired(folder, pool)
    kept = Path(done.kept)
    assert (kept.read_bytes(), kept.with_name(f"{kept.name}-wal").read_bytes()) == before
    assert done.kept in done.line()
    assert not list(folder.glob("*.repairing*"))


def test_header_of_zeros_loses_no_row(folder: Path, pool: WorkerPool, whole: Content) -> None:
    file = folder / "archive.db"
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])  # the schema with it
    shutil.rmtree(folder / "captures")
    (folder / "captures").mkdir()
    done = repair(file, folder / "captures", pool=pool)
    found = content(file)
    assert (found.articles, found.revisions) == (whole.articles, whole.revisions)
    assert found.candidates == whole.candidates
    assert done.restored.lost == 0  # a folder without any file is a disk that is not there
    assert not verify(file, folder / "captures").is_well


def test_damaged_index_loses_no_row(folder: Path, pool: WorkerPool, whole: Content) -> None:
    change(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    roots = rows(folder / "archive.db", "SELECT rootpage FROM sqlite_master WHERE type = 'index'")
    data = bytearray((folder / "archive.db").read_bytes())
    for row in roots:
        if row["rootpage"]:
            start = (row["rootpage"] - 1) * 4096
            data[start : start + 4096] = random.Random(1).randbytes(4096)
    (folder / "archive.db").write_bytes(data)
    done = repaired(folder, pool)
    assert not done.unread
    assert content(folder / "archive.db") == whole


def test_spans_of_collecting_are_whole_again(folder: Path, pool: WorkerPool) -> None:
    runs = ", ".join(
        f"('gazette', '2026-02-0{day}T00:00:00Z', 'done', 1, '1', 1)" for day in (1, 4, 9)
    )
    change(
        folder,
        "INSERT OR IGNORE INTO outlets SELECT 'gazette', name, country, languages, timezone, "
        "homepage, is_declared, added_at FROM outlets LIMIT 1;"
        f"INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version, listings) VALUES {runs};"
        "PRAGMA wal_checkpoint(TRUNCATE)",
    )
    query = "SELECT * FROM collected_spans ORDER BY outlet, first_day"
    before = rows(folder / "archive.db", query)
    assert ("2026-02-01", "2026-02-09") in {(row["first_day"], row["last_day"]) for row in before}
    change(folder, "DROP TABLE archive_info")
    repaired(folder, pool)
    assert rows(folder / "archive.db", query) == before


def test_changes_behind_damage_in_the_log_come_back(
    folder: Path, pool: WorkerPool, whole: Content
) -> None:
    log = bytearray((folder / "archive.db-wal").read_bytes())
    log[len(log) // 3] ^= 1
    (folder / "archive.db-wal").write_bytes(log)
    report = verify(folder / "archive.db", folder / "captures")
    assert any("the log beside the file is damaged" in problem for problem in report.problems)
    repaired(folder, pool)
    assert content(folder / "archive.db").articles == whole.articles


def test_next_writer_does_not_drop_changes_behind_damage_in_the_log(folder: Path) -> None:
    log = bytearray((folder / "archive.db-wal").read_bytes())
    log[len(log) // 3] ^= 1
    (folder / "archive.db-wal").write_bytes(log)
    with pytest.raises(ArchiveDamaged, match="changes are behind"):
        open_writer(folder / "archive.db")
    assert (folder / "archive.db-wal").read_bytes() == log


@pytest.mark.parametrize("is_there", [True, False])
def test_log_that_lost_its_file_is_neither_deleted_nor_left_unread(
    folder: Path, pool: WorkerPool, whole: Content, is_there: bool
) -> None:
    file, log = folder / "archive.db", folder / "archive.db-wal"
    before = log.read_bytes()
    file.write_bytes(b"") if is_there else file.unlink()
    shutil.move(folder / "captures", folder / "elsewhere")
    for opening in (open_writer, open_reader):
        with pytest.raises(ArchiveDamaged, match="its log is not"):
            opening(file)
    assert not verify(file, folder / "elsewhere").is_well
    assert log.read_bytes() == before
    done = repair(file, folder / "captures", pool=pool)
    same = content(file).articles.items() & whole.articles.items()
    assert len(same) > ARTICLES / 2  # the others were in the file alone
    assert Path(f"{done.kept}-wal").read_bytes() == before


def test_text_that_was_taken_back_is_not_taken_for_older(archive: Archive, desk: Desk) -> None:
    for minute, text in enumerate((STORY, STORY.replace("third", "last"), STORY)):
        desk.store("https://gazette.example/1", text, minute=minute)
    archive.connection.execute("DELETE FROM revisions WHERE number = 3")
    mend(archive.connection)
    (row,) = archive.connection.execute("SELECT body FROM articles").fetchall()
    assert row["body"] == STORY


def test_torn_end_of_a_capture_file_is_cut_and_kept(
    folder: Path, pool: WorkerPool, whole: Content
) -> None:
    file = sorted((folder / "captures").iterdir())[-1]
    before = file.read_bytes()
    file.write_bytes(before + before[:100])
    done = repaired(folder, pool)
    assert file.read_bytes() == before
    assert done.cut_files == 1
    (torn,) = (folder / "captures").glob("*.torn-*")
    assert torn.read_bytes() == before[:100]
    assert content(folder / "archive.db") == whole


def test_damaged_capture_is_marked_lost_and_its_article_kept(
    folder: Path, pool: WorkerPool, whole: Content
) -> None:
    file = sorted((folder / "captures").iterdir())[0]
    before = file.read_bytes()
    data = bytearray(before)
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    assert not verify(folder / "archive.db", folder / "captures").is_well
    done = repaired(folder, pool)
    assert done.restored.lost >= 1
    assert file.read_bytes() == bytes(data)
    assert content(folder / "archive.db").articles == whole.articles
    lost = rows(folder / "archive.db", "SELECT id FROM captures WHERE lost_at IS NOT NULL")
    assert len(lost) == done.restored.lost
    file.write_bytes(before)
    repaired(folder, pool)
    assert not rows(folder / "archive.db", "SELECT id FROM captures WHERE lost_at IS NOT NULL")


def test_captures_of_a_missing_folder_are_not_called_lost(folder: Path, pool: WorkerPool) -> None:
    change(folder, "DELETE FROM monthly_counts")
    repair(folder / "archive.db", folder / "elsewhere", pool=pool)
    assert not rows(folder / "archive.db", "SELECT id FROM captures WHERE lost_at IS NOT NULL")


def test_article_without_a_capture_is_fetched_again(folder: Path, pool: WorkerPool) -> None:
    shutil.rmtree(folder / "captures")
    (folder / "captures").mkdir()
    change(folder, f"{NO_TRIGGERS} DELETE FROM articles; DELETE FROM revisions WHERE article = 2")
    repair(folder / "archive.db", folder / "captures", pool=pool)
    waiting = rows(folder / "archive.db", "SELECT url FROM candidates WHERE state = 'waiting'")
    assert [row["url"] for row in waiting] == ["https://gazette.example/1"]


def test_record_that_does_not_name_its_outlet_is_told_by_its_site(
    folder: Path, pool: WorkerPool, whole: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.archive.warc.OUTLET", "X-Nothing")
    change(folder, f"DELETE FROM captures; {NO_TRIGGERS} DELETE FROM articles")
    repaired(folder, pool)
    assert content(folder / "archive.db").articles == whole.articles
    outlets = rows(folder / "archive.db", "SELECT DISTINCT outlet FROM captures")
    assert [row["outlet"] for row in outlets] == ["gazette"]


def test_what_is_not_ours_to_mend_is_refused_untouched(folder: Path, pool: WorkerPool) -> None:
    change(folder, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                   "VALUES ('dateline', 'm999_later', ''); PRAGMA wal_checkpoint(TRUNCATE)")  # fmt: skip
    before = (folder / "archive.db").read_bytes()
    with pytest.raises(ArchiveTooNew, match="m999_later"):
        repair(folder / "archive.db", folder / "captures", pool=pool)
    assert (folder / "archive.db").read_bytes() == before
    other = folder / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    (folder / "diary.txt").write_bytes(b"Dear diary, " * 1000)
    for name in ("other.db", "diary.txt"):
        before = (folder / name).read_bytes()
        with pytest.raises(ArchiveUnreadable):
            repair(folder / name, folder / "none", pool=pool)
        assert (folder / name).read_bytes() == before
    with pytest.raises(ArchiveMissing):
        repair(folder / "none.db", folder / "none", pool=pool)


def test_repair_waits_for_no_crawl(folder: Path, pool: WorkerPool) -> None:
    with ArchiveLock(folder / "archive.db", "a crawl"), pytest.raises(ArchiveBusy, match="a crawl"):
        repair(folder / "archive.db", folder / "captures", pool=pool)


def test_reader_of_the_old_file_is_not_disturbed(folder: Path, pool: WorkerPool) -> None:
    change(folder, "DELETE FROM monthly_counts; PRAGMA wal_checkpoint(TRUNCATE)")
    reader = open_reader(folder / "archive.db")
    count = reader.execute("SELECT COUNT(*) FROM articles").fetchone()[0]
    repaired(folder, pool)
    assert reader.execute("SELECT COUNT(*) FROM articles").fetchone()[0] == count
    reader.close()


@pytest.mark.parametrize("seconds", [0.4, 0.9, 1.4, 1.9])
def test_killed_repair_leaves_the_old_or_the_new(
    folder: Path, pool: WorkerPool, whole: Content, seconds: float
) -> None:
    change(folder, f"{NO_TRIGGERS} DELETE FROM articles WHERE id % 2")
    old = content(folder / "archive.db")
    process = subprocess.Popen(
        command("repair", "--db", str(folder / "archive.db")),
        cwd=Path(__file__).parent.parent,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert content(folder / "archive.db").articles in (old.articles, whole.articles)
    repaired(folder, pool)
    assert content(folder / "archive.db").articles == whole.articles


def test_command_tells_what_it_did(folder: Path) -> None:
    change(folder, f"{NO_TRIGGERS} DELETE FROM articles WHERE id = 1")
    done = dateline("repair", "--db", str(folder / "archive.db"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "is repaired" in done.stdout
    assert "1 articles made anew from their revisions" in done.stdout
    assert dateline("verify", "--db", str(folder / "archive.db")).returncode == 0


WATCHED = {
    "listing_checks": (
        7,
        1,
        "gazette",
        None,
        "2026-03-04T12:00:00Z",
        200,
        None,
        20,
        3,
        1,
        None,
        900,
        120,
        None,
    ),
    "listing_hours": (1, 167, 2.0, 0.25),
    "robots_files": (
        "https://gazette.example",
        "2026-03-04T12:00:00Z",
        "2026-03-05T12:00:00Z",
        None,
        200,
        '"e"',
        None,
        "User-agent: *\nDisallow: /private/\n",
        None,
    ),
    "request_counts": ("2026-03-04", "gazette", "gazette.example", "article", 200, 9, 8000, 700),
    "incidents": (
        1,
        "gazette",
        "silent",
        "",
        1.5,
        "2026-03-04T12:00:00Z",
        None,
        "2026-03-04T13:00:00Z",
        None,
        "{}",
        None,
        None,
        None,
    ),
}


def watched(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "archive.db") as connection:
        found = {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()
            for name in (*WATCHED, "outlet_days")
        }
    connection.close()
    return found


@pytest.mark.parametrize("script", ["", "DROP INDEX idx_articles_outlet; DELETE FROM articles"])
def test_what_was_watched_outlives_a_repair(folder: Path, pool: WorkerPool, script: str) -> None:
    change(folder, "INSERT INTO listings (id, url, outlet, kind) VALUES (1, 'x', 'gazette', '')")
    with sqlite3.connect(folder / "archive.db") as connection:
        for name, values in WATCHED.items():
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {name} VALUES ({marks})", values)
        summarise_day(connection, "gazette", "2026-03-04")
    connection.close()
    before = watched(folder)
    assert all(before.values())
    change(folder, f"{NO_TRIGGERS} DROP INDEX idx_articles_title; {script}")
    done = repaired(folder, pool)
    assert "repaired" in done.line()
    assert watched(folder) == before


def test_an_archive_without_its_days_gets_them_from_its_runs(
    folder: Path, pool: WorkerPool
) -> None:
    change(folder, "DROP TABLE outlet_days; DROP INDEX idx_articles_title;")
    repaired(folder, pool)
    days = rows(folder / "archive.db", "SELECT article_count AS number FROM outlet_days")
    assert days == rows(folder / "archive.db", "SELECT COUNT(*) AS number FROM articles")
