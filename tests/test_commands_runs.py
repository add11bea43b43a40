"""`dateline runs`: a line an outlet, runs one by one, and what a day's budget went on."""

import contextlib
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive.database import open_reader
from scraper.archive.run_lines import outlet_lines
from scraper.terminal import BLOCKS, UNKNOWN
from tests.crawling import ROOT, command, dateline, environment
from tests.invented_history import build_archive_with_history
from tests.invented_watch import LAST_DAY

TODAY = datetime.now(UTC).date()  # the clock that the command goes by


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "archive.db"
    build_archive_with_history(path)
    return path


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose last day is today."""
    path = tmp_path_factory.mktemp("present") / "archive.db"
    build_archive_with_history(path)
    with closing(sqlite3.connect(path)) as connection:
        passed = (TODAY - LAST_DAY).days
        connection.execute("DELETE FROM request_counts WHERE day < '2024-06-17'")
        for table in ("outlet_days", "request_counts"):
            connection.execute(f"UPDATE {table} SET day = date(day, ?)", (f"+{passed} days",))
        connection.execute(
            "INSERT INTO request_counts VALUES (?, 'hoshi', 'hoshi.example', 'replay', 200, 9, 9, 9)",
            (TODAY.isoformat(),),
        )
        connection.commit()
    return path


def test_lines_tell_nothing_from_not_looked_at(db: Path) -> None:
    with closing(open_reader(db)) as connection:
        lines = {line.outlet: line for line in outlet_lines(connection, LAST_DAY, 56)}
        assert len(lines["hoshi"].days) == 56
        assert lines["hoshi"].days[-8:] == (0,) * 8
        assert lines["hoshi"].days.count(None) == 5
        assert lines["harbour"].days[-1] == 3
        assert (lines["harbour"].requests, lines["harbour"].response_bytes) == (15, 15_000)
        latest = lines["harbour"].latest
        assert latest is not None
        assert latest.started_at.date() == LAST_DAY
        long_ago = outlet_lines(connection, date(2020, 1, 1), 3)
        assert {line.days for line in long_ago} == {(None, None, None)}


def test_the_table_has_a_spark_line_also_where_there_is_no_terminal(present: Path) -> None:
    done = dateline("runs", "--db", str(present), "--days", "14")
    assert done.returncode == 0, done.stderr
    head, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert head[:4] == ["outlet", "14 days", "new", "last run"]
    found = {line[0]: line for line in lines}
    assert len(found) == 11
    assert found["hoshi"][1].endswith("▇█▇█▇█" + "▁" * 8) or found["hoshi"][1].endswith("▁" * 8)
    assert set(found["harbour"][1]) == {"▇", "█"}
    assert found["harbour"][4:8] == ["done", "4:00", "15", "0.015"]


@pytest.mark.parametrize(("columns", "shown"), [(160, 28), (120, 28), (80, 7)])
def test_a_terminal_shows_the_newest_days_and_breaks_no_date(
    present: Path, tmp_path: Path, columns: int, shown: int
) -> None:
    db = tmp_path / "a.db"
    shutil.copy(present, db)
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(
            "INSERT INTO crawl_runs (outlet, started_at, ended_at, outcome, reason, pid, version) "
            "VALUES ('harbour', '2126-01-01T10:00:00Z', '2126-01-01T10:01:00Z', 'failed', ?, 1, '1')",
            ("no listing could be read: robots.txt could not be had: connection refused",),
        )
        connection.commit()
    ours, theirs = pty.openpty()
    words = command("runs", "--db", str(db))
    env = environment(COLUMNS=str(columns), TERM="xterm")
    with subprocess.Popen(words, cwd=ROOT, env=env, stdout=theirs) as process:
        os.close(theirs)
        told = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while part := os.read(ours, 1 << 16):
                told += part
    os.close(ours)
    assert process.returncode == 0
    _, *lines = told.decode().splitlines()
    assert max(map(len, lines)) <= columns
    assert len(lines) == 11, "a line an outlet"
    (harbour,) = [line for line in lines if line.startswith("harbour ")]
    drawn = re.findall(f"[{BLOCKS}{UNKNOWN}]+", harbour)
    assert len(drawn[0]) >= shown
    assert "2126-01-01 10:00" in harbour
    assert drawn[0][-1] in "▇█"
    assert "no listing" in harbour


def test_runs_of_an_outlet_come_newest_first(db: Path) -> None:
    done = dateline("runs", "harbour", "--db", str(db), "--limit", "3", "--json")
    found = [run["started_at"][:10] for run in json.loads(done.stdout)]
    assert found == [(LAST_DAY - timedelta(days=passed)).isoformat() for passed in range(3)]
    done = dateline("runs", "nobody", "--db", str(db))
    assert (done.returncode, done.stderr) == (1, "dateline: no run of nobody is recorded here\n")


def test_the_latest_runs_of_all_are_listed(db: Path) -> None:
    done = dateline("runs", "--latest", "--db", str(db), "--limit", "4")
    _, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[0][:10] for line in lines] == [LAST_DAY.isoformat()] * 4
    assert len({line[1] for line in lines}) == 4


def test_budgets_show_what_is_used_of_them(present: Path) -> None:
    limits = ("-s", "DATELINE_DAILY_REQUESTS=60", "-s", "DATELINE_OUTLET_DAILY_BYTES=30000")
    done = dateline("runs", "--budget", *limits, "--db", str(present), "--json")
    total, *outlets = json.loads(done.stdout)
    assert (total["outlet"], total["requests"], total["request_limit"]) == (None, 15, 60)
    (harbour,) = outlets  # replayed requests are nobody's
    assert (harbour["bytes"], harbour["byte_limit"], harbour["request_limit"]) == (
        15_000, 30_000, None,
    )  # fmt: skip
    done = dateline("runs", "--budget", *limits, "--db", str(present))
    assert done.stdout.splitlines()[1].split("\t") == [
        "all together", "15", "60", "25 %", "0.015", "no limit", "",
    ]  # fmt: skip
    done = dateline("runs", "--budget", "-s", "DOWNLOAD_DELAY=1", "--db", str(present))
    assert done.returncode == 2
    assert "give a budget as NAME=NUMBER" in done.stderr


def test_lines_as_json_have_every_day(present: Path) -> None:
    done = dateline("runs", "--db", str(present), "--days", "3", "--json")
    found = {line["outlet"]: line for line in json.loads(done.stdout)}
    assert found["harbour"]["new_by_day"] == [3, 4, 3]
    assert found["harbour"]["last_day"] == TODAY.isoformat()
    assert found["harbour"]["latest"]["outcome"] == "done"
