"""prune drops what nothing rests on, and leaves a whole archive wherever it is killed."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.articles import store_article
from scraper.archive.captures import load_capture
from scraper.archive.database import open_reader, open_writer
from scraper.archive.lock import ArchiveLock
from scraper.archive.retention import Rules
from scraper.errors import ArchiveBusy, CaptureUnreadable
from scraper.jobs import prune as prune_job
from scraper.jobs.prune import preview, prune
from scraper.jobs.verify import verify
from scraper.records import Article
from tests.conftest import NOON, STORY, Desk
from tests.crawling import dateline, rows

LATER = NOON + timedelta(days=100)
OLD = Rules(captures_before=LATER)
KILLED = 77


def url(number: int) -> str:
    return f"https://gazette.example/{number}"


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Path:
    """Six articles and four later looks.

    Of 0 the same bytes, of 1 other bytes with the same text, of 2 a correction, and the first bytes
    again.
    """
    for number in range(6):
        store(desk, number, b"<html>%d" % number, 0)
    store(desk, 0, b"<html>0", 10)
    store(desk, 1, b"<html>1 with other advertisements", 10)
    store(desk, 2, b"<html>2 corrected", 10, " Corrected.")
    store(desk, 2, b"<html>2", 20)
    desk.archive.warc.flush()
    return tmp_path / "archive.db"


def store(desk: Desk, number: int, page: bytes, minute: int, more: str = "") -> None:
    """Store a page as one showing an article's text."""
    body = STORY.replace("third", f"{number}th") + more
    article = Article(url=url(number), title="Harbour council meets", body=body)
    store_article(desk.archive, desk.deliver(url(number), page, minute=minute), article, None)


def drop(db: Path, rules: Rules = OLD) -> Any:
    return prune(db, db.parent / "captures", rules, now=LATER)


def bodies(db: Path) -> dict[int, bytes | None]:
    """Return the raw page of each capture, None for those that have none any more."""
    connection = open_reader(db)
    found: dict[int, bytes | None] = {}
    for (number,) in connection.execute("SELECT id FROM captures").fetchall():
        try:
            found[number] = load_capture(connection, db.parent / "captures", number).body
        except CaptureUnreadable:
            found[number] = None
    connection.close()
    return found


def test_captures_that_revisions_rest_on_stay_and_are_read_as_before(filled: Path) -> None:
    before = bodies(filled)
    texts = rows(filled, "SELECT * FROM revisions")
    told = preview(filled, OLD)
    done = drop(filled)
    assert (told.records, told.bytes, told.files) == (done.records, done.bytes, done.files)
    after = bodies(filled)
    pruned = rows(filled, "SELECT id, lost_at, pruned_at FROM captures WHERE pruned_at IS NOT NULL")
    gone = {row["id"] for row in pruned}
    assert gone == {7, 8}  # the same bytes again, and other bytes with the same text
    assert not gone & {row["capture"] for row in texts}
    assert after == before | {8: None}  # the payload of 7 stands in an earlier record
    assert all(row["lost_at"] == row["pruned_at"] == "2026-06-12T12:00:00Z" for row in pruned)
    assert rows(filled, "SELECT * FROM revisions") == texts
    report = verify(filled, filled.parent / "captures")
    assert report.is_well, report.problems
    assert report.counts["pruned captures"] == len(gone)
    assert "lost captures" not in report.counts
    assert drop(filled).records == 0  # nothing is left to do


def test_file_shrinks_by_what_was_dropped_and_bears_another_name(filled: Path) -> None:
    (old,) = (filled.parent / "captures").iterdir()
    size = old.stat().st_size
    done = drop(filled)
    (new,) = (filled.parent / "captures").iterdir()
    assert new.name == old.name.replace(".warc.gz", "-p1.warc.gz")
    assert new.stat().st_size == size - done.bytes


def test_without_any_of_an_article_the_file_goes_and_the_texts_stay(
    filled: Path, desk: Desk
) -> None:
    rules = Rules(captures_before=LATER, kept="none")
    told = preview(filled, rules)
    assert told.of_revisions == 8
    drop(filled, rules)
    assert not list((filled.parent / "captures").iterdir())
    assert all(body is None for body in bodies(filled).values())
    assert verify(filled, filled.parent / "captures").is_well
    desk.archive.warc.close()
    store(desk, 0, b"<html>0", 30)  # seen again: the page is kept anew, whole
    desk.archive.warc.flush()
    assert b"<html>0" in bodies(filled).values()


def test_first_and_last_keep_what_a_later_text_went_back_to(filled: Path) -> None:
    drop(filled, Rules(captures_before=LATER, kept="first-last"))
    left = {body for body in bodies(filled).values() if body}
    assert b"<html>2" in left
    assert b"<html>2 corrected" not in left


def test_young_captures_and_quarantine_stay(filled: Path, desk: Desk) -> None:
    young = Rules(captures_before=NOON + timedelta(minutes=5), kept="none")
    last = max(bodies(filled))
    desk.archive.connection.execute(
        "INSERT INTO quarantine (capture, outlet, url, reason, detail, quarantined_at) "
        "SELECT id, outlet, url, 'a test', '', captured_at FROM captures WHERE id = 3"
    )
    assert drop(filled, young).records > 0
    after = bodies(filled)
    assert after[3] is not None
    assert all(after[number] is not None for number in range(7, last + 1))
    both = Rules(captures_before=LATER, kept="none", quarantine_before=LATER)
    assert drop(filled, both).rows == {"quarantine": 1}
    assert not any(bodies(filled).values())


def test_old_looks_go_and_records_that_are_elsewhere_are_left_alone(
    filled: Path, desk: Desk
) -> None:
    connection = desk.archive.connection
    connection.execute("INSERT INTO listings (url, outlet, kind) VALUES ('x', 'gazette', 'feed')")
    for at in ("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"):
        connection.execute(
            "INSERT INTO listing_checks (listing, outlet, checked_at) VALUES (1, 'gazette', ?)",
            (at,),
        )
    connection.execute("UPDATE captures SET warc_offset = warc_offset + 3 WHERE id = 7")
    done = drop(filled, Rules(captures_before=LATER, checks_before=LATER))
    assert done.rows["listing_checks"] == 1
    assert done.left_alone == 1
    assert not rows(filled, "SELECT id FROM captures WHERE id = 7 AND lost_at IS NOT NULL")


def test_old_runs_and_robots_files_go_and_no_day_is_lost(filled: Path, desk: Desk) -> None:
    run = desk.archive.connection.execute
    run("DELETE FROM crawl_runs WHERE id NOT IN (SELECT crawl_run FROM captures)")
    run("INSERT INTO listings (url, outlet, kind) VALUES ('x', 'gazette', 'feed')")
    for number, at, outcome in (
        (101, "2026-01-01T01:00:00Z", "done"),
        (102, "2026-01-01T02:00:00Z", "done"),
        (103, "2026-01-01T03:00:00Z", "failed"),
        (104, "2026-01-02T01:00:00Z", "done"),
        (105, "2026-01-02T02:00:00Z", "done"),
        (106, "2026-07-01T00:00:00Z", "done"),
    ):
        run(
            "INSERT INTO crawl_runs (id, outlet, started_at, outcome, listings, pid, version) "
            "VALUES (?, 'gazette', ?, ?, 1, 1, '1')",
            (number, at, outcome),
        )
    for of, at in ((105, "2026-08-01T00:00:00Z"), (102, "2026-01-01T02:00:00Z")):
        run(
            "INSERT INTO listing_checks (listing, outlet, crawl_run, checked_at) "
            "VALUES (1, 'gazette', ?, ?)",
            (of, at),
        )
    for origin, at in (("https://a.example", "2026-01-01"), ("https://b.example", "2026-07-01")):
        run(
            "INSERT INTO robots_files (origin, checked_at, expires_at, status, body) "
            "VALUES (?, ?, ?, 200, '')",
            (origin, f"{at}T00:00:00Z", f"{at}T00:00:00Z"),
        )
    days = rows(filled, "SELECT outlet, day FROM collected_days ORDER BY day")
    rules = Rules(checks_before=LATER)
    told = preview(filled, rules).rows
    done = drop(filled, rules)
    assert (told["crawl_runs"], told["robots_files"]) == (2, 1)
    assert done.rows == told
    left = rows(filled, "SELECT id FROM crawl_runs WHERE id > 100 ORDER BY id")
    assert [row["id"] for row in left] == [101, 104, 105, 106]
    assert rows(filled, "SELECT outlet, day FROM collected_days ORDER BY day") == days
    assert verify(filled, filled.parent / "captures").is_well


def test_record_of_two_rows_stays_for_the_younger(filled: Path, desk: Desk) -> None:
    before = bodies(filled)
    desk.archive.connection.execute(
        "INSERT INTO captures (url, outlet, captured_at, status, body_bytes, sha256, warc_file, "
        "warc_offset, warc_bytes) SELECT url, outlet, '2027-01-01T00:00:00Z', status, body_bytes, "
        "sha256, warc_file, warc_offset, warc_bytes FROM captures WHERE id = 8"
    )
    drop(filled, Rules(captures_before=LATER, kept="none"))
    after = bodies(filled)
    assert after[8] == after[max(after)] == before[8]


def test_a_repair_afterwards_neither_counts_as_lost_nor_brings_back(filled: Path) -> None:
    drop(filled)
    before = rows(filled, "SELECT id, lost_at, pruned_at FROM captures")
    done = dateline("repair", "--db", str(filled))
    assert done.returncode == 0, done.stderr
    assert "marked lost" not in done.stdout
    assert rows(filled, "SELECT id, lost_at, pruned_at FROM captures") == before


def test_refused_during_a_crawl(filled: Path) -> None:
    with ArchiveLock(filled, "a crawl"), pytest.raises(ArchiveBusy, match="a crawl"):
        drop(filled)


class Killer:
    """Ends the process before the n-th thing it does to a disk or the archive."""

    def __init__(self, moment: int) -> None:
        self.left = moment

    def strike(self, statement: str = "") -> None:
        self.left -= not statement.startswith("SELECT")
        if self.left < 0:
            os._exit(KILLED)

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*given: Any, **named: Any) -> Any:
            self.strike()
            return work(*given, **named)

        return struck


def pruned_in_a_child(db: Path, moment: int) -> int:
    """Prune in a forked process that is killed at a moment; return its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    killer = Killer(moment)
    try:
        os.fsync = killer.before(os.fsync)
        Path.unlink = killer.before(Path.unlink)  # type: ignore[method-assign]

        def traced(path: Path) -> sqlite3.Connection:
            connection = open_writer(path)
            connection.set_trace_callback(killer.strike)
            return connection

        vars(prune_job)["open_writer"] = traced
        drop(db)
        os._exit(0)
    finally:
        os._exit(1)


def test_killed_at_any_moment_it_leaves_a_whole_archive(filled: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "work").mkdir()
    before = bodies(filled)
    kept = {row["capture"] for row in rows(filled, "SELECT capture FROM revisions")}
    moment, status = 0, KILLED
    while status == KILLED:
        shutil.rmtree(folder)
        folder.mkdir()
        for path in tmp_path.glob("archive.db*"):
            shutil.copy(path, folder)
        shutil.copytree(tmp_path / "captures", folder / "captures")
        db = folder / filled.name
        status = pruned_in_a_child(db, moment)
        assert verify(db, folder / "captures").is_well, moment
        found = bodies(db)
        assert all(found[number] == before[number] for number in kept), moment
        drop(db)  # goes on where the other was killed, and clears away what it left
        assert len(list((folder / "captures").iterdir())) == 1, moment
        assert not rows(db, "SELECT 1 FROM archive_info WHERE key = 'pruning'")
        assert {n for n, body in bodies(db).items() if body} >= kept
        moment += 1
    assert status == 0
    assert moment > 15


def test_command_shows_first_and_drops_with_yes(filled: Path, desk: Desk) -> None:
    where = ("--db", str(filled))
    # However late it is now: of an archive whose last capture is of the same hour nothing is old.
    shown = dateline("prune", "--captures-older-than", "1", "--dry-run", *where)
    assert shown.stdout.startswith("0 raw records"), shown.stderr
    store(desk, 9, b"<html>9", 2 * 24 * 60)
    desk.archive.warc.flush()
    assert dateline("prune", *where).returncode == 2
    asked = dateline("prune", "--captures-older-than", "1", *where)
    assert asked.returncode == 2
    assert "give --yes" in asked.stderr
    shown = dateline("prune", "--captures-older-than", "1", "--dry-run", *where)
    assert shown.returncode == 0, shown.stderr
    assert "would be dropped" in shown.stdout
    assert "no article and no revision is touched" in shown.stdout
    assert not rows(filled, "SELECT id FROM captures WHERE pruned_at IS NOT NULL")
    done = dateline("prune", "--captures-older-than", "1", "--yes", *where)
    assert done.returncode == 0, done.stderr
    assert rows(filled, "SELECT id FROM captures WHERE pruned_at IS NOT NULL")
