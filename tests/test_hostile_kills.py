"""Strikes on crawls and writers, a few of those of `python -m tests.hostile.kills`."""

import json
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NOON, Desk
from tests.crawling import QUICK, ROOT, command, dateline, environment, rows
from tests.hostile.newsroom import Newsroom
from tests.hostile.portrait import differences, portrait
from tests.hostile.strikes import NEEDS_GROUND
from tests.hostile.witness import Truth, Witness

WAYS = ("group", "stopped", "full", "writer")
FILE_BYTES = 1_000_000  # an archive's log, and then no more


def test_strikes_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    out = tmp_path / "tallies.json"
    words = ["--kills", "4", "--pages", "40", "--ways", ",".join(WAYS), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.kills", *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(out.read_text())
    assert sum(tally["kills"] for tally in told["ways"].values()) == 4
    assert told["ways"].keys() | told["skipped"].keys() >= set(WAYS)
    assert told["skipped"].keys() <= {*NEEDS_GROUND, "clock"}
    if told["skipped"]:
        pytest.skip(f"the other ways were tried and are well; not here: {told['skipped']}")


def test_crawl_that_can_store_no_more_says_so_and_stops_asking(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    with Newsroom(100) as newsroom:
        hosts = [word for site in newsroom.sites for word in ("--allow", site.host)]
        changes = [word for change in QUICK for word in ("-s", change)]
        words = command("crawl", "--db", str(db), *changes, *hosts, *newsroom.listings)
        limits = (FILE_BYTES, FILE_BYTES)
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=environment(),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        asked = newsroom.asked
        stored = rows(db, "SELECT url FROM articles")
        after = dateline("verify", "--db", str(db))
        again = subprocess.run(words, cwd=ROOT, env=environment(), timeout=120, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("nothing more can be stored in") == 1
    assert asked < len(stored) + 30
    assert after.returncode == 0, after.stdout
    assert again.returncode == 0
    kept = {row["url"] for row in rows(db, "SELECT url FROM articles")}
    assert {row["url"] for row in stored} < kept
    assert len(kept) == len(newsroom.served(1))


def test_job_that_can_store_no_more_says_so_and_leaves_the_archive_as_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    for number in range(60):
        desk.store(f"https://gazette.example/{number}", title=f"Meeting {number}")
    db = tmp_path / "archive.db"
    desk.archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = portrait(db)
    done = subprocess.run(
        command("reindex", "--db", str(db)),
        cwd=ROOT,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("dateline: nothing more can be stored in ")
    assert "Traceback" not in done.stderr
    assert not differences(before, portrait(db))


# Who tells of losses must be able to see them.


@pytest.fixture
def watched(desk: Desk, tmp_path: Path) -> tuple[sqlite3.Connection, Witness, Truth]:
    """An archive of three articles, seen by a witness and known to be right."""
    for number in range(3):
        desk.store(f"https://gazette.example/{number}", title=f"Meeting {number}", minute=number)
    db = tmp_path / "archive.db"
    witness, truth = Witness(db), Truth()
    truth.learn(db)
    witness.look()
    witness.close()
    assert len(witness.articles) == len(witness.candidates) == 3
    return desk.archive.connection, witness, truth


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("DELETE FROM revisions WHERE article = 2", "lost"),
        ("UPDATE articles SET url = url || '?' WHERE id = 2", "lost"),
        ("UPDATE revisions SET content_hash = 'x' WHERE article = 2", "lost"),
        ("UPDATE articles SET title = 'Meeting 1' WHERE id = 1", "doubled"),
        ("UPDATE articles SET body = substr(body, 1, 9) WHERE id = 2", "half_written"),
        ("DELETE FROM article_urls WHERE article = 2", "half_written"),
        ("DELETE FROM candidates WHERE article = 2", "candidates_lost"),
    ],
)
def test_witness_tells_each_kind_of_loss(
    watched: tuple[sqlite3.Connection, Witness, Truth], damage: str, kind: str
) -> None:
    connection, witness, truth = watched
    assert not any(vars(witness.judge(truth)).values())
    assert connection.execute(damage).rowcount == 1
    assert len(getattr(witness.judge(truth), kind)) == 1


def test_portrait_tells_what_two_archives_do_not_share(desk: Desk, tmp_path: Path) -> None:
    desk.store("https://gazette.example/1")
    before = portrait(tmp_path / "archive.db")
    desk.store("https://gazette.example/1", title="Harbour council met", minute=5)
    told = differences(before, portrait(tmp_path / "archive.db"))
    assert any("Harbour council met" in line for line in told)
    assert not any("terms" in line and "council" in line for line in told)
    assert NOON.isoformat() not in "".join(told)
