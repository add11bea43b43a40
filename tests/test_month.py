"""A small month: the scheduler by a leaping clock over a few outlets, killed twice, and judged."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import ROOT, environment

PORT = str(8800 + os.getpid() % 100)  # not the benchmark's own: it may run beside, and others of us
os.environ["MONTH_PORT"] = PORT
sys.path.insert(0, str(ROOT / "benchmarks"))

from month_plan import Plan, make_plan  # noqa: E402
from month_report import Evidence, courtesy, gather, losses  # noqa: E402
from month_server import read_log  # noqa: E402

OUTLETS, DAYS, PER_DAY, SEED = 6, 3.0, 1.5, "small month"
DELAY_SECONDS = 0.05

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other loopback addresses")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("month")


@pytest.fixture(scope="module")
def shown(folder: Path) -> dict[str, Any]:
    words = ["--seed", SEED, "--outlets", str(OUTLETS), "--days", str(DAYS)]
    words += ["--per-day", str(PER_DAY), "--kills", "2", "--json", "--folder", str(folder)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "month.py"), *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def evidence(shown: dict[str, Any], folder: Path, tmp_path: Path) -> tuple[Plan, Path, Evidence]:
    plan = make_plan(SEED, OUTLETS, DAYS, PER_DAY)
    db = tmp_path / "archive.db"
    shutil.copy(folder / "archive.db", db)
    return plan, db, gather(plan, db, read_log(folder / "requests.log"), plan.end)


def test_nothing_is_lost_doubled_or_made_up_by_kills(shown: dict[str, Any]) -> None:
    assert shown["scheduler"]["kill -9"] == 2
    assert shown["scheduler"]["exit codes"] == [-9, -9, 0]
    assert shown["scheduler"]["tracebacks"] == 0
    assert shown["scheduler"]["dateline verify"] == "sound"
    articles = shown["articles"]
    assert articles["published and to be had"] > 5
    counts = [articles[name] for name in ("lost", "doubled", "no articles of this world")]
    assert counts == [0, 0, 0], articles


def test_nothing_forbidden_is_asked_and_nobody_too_fast(shown: dict[str, Any]) -> None:
    told = shown["courtesy"]
    assert told["asked though robots.txt forbids it"] == 0, told
    assert told["asked faster than allowed"] == 0, told


def test_robots_files_are_asked_by_their_headers(evidence: tuple[Plan, Path, Evidence]) -> None:
    plan, _, seen = evidence
    well = {outlet.slug for outlet in plan.outlets.values() if not outlet.breaks}
    days = Counter(
        (asked.outlet, asked.at.date())
        for asked in seen.asked
        if asked.outlet in well and asked.path == "/robots.txt"
    )
    # Six hours, the world says: four times a day, and a fifth where a day begins within them.
    assert days
    assert max(days.values()) <= 5


def test_articles_come_within_a_day_of_publication(shown: dict[str, Any]) -> None:
    told = shown["delay from publication to archive, minutes"]["all"]
    assert told["count"] > 5
    assert told["max"] < 26 * 60


def test_article_taken_from_the_archive_counts_as_lost(
    evidence: tuple[Plan, Path, Evidence], folder: Path
) -> None:
    plan, db, seen = evidence
    with sqlite3.connect(db) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.create_function("fts_segment", -1, lambda *_: "")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM articles")
    connection.close()
    emptied = gather(plan, db, seen.asked, plan.end)
    assert losses(emptied)["lost"] == losses(seen)["published and to be had"]


def test_article_at_two_addresses_counts_as_doubled_or_strange(
    evidence: tuple[Plan, Path, Evidence],
) -> None:
    _, _, seen = evidence
    url = next(iter(seen.held.values())).url
    told = losses(replace(seen, doubled=[url], strange=[f"{url}/amp"]))
    assert (told["doubled"], told["no articles of this world"]) == (1, 1)


def test_forbidden_and_hasty_requests_are_told(evidence: tuple[Plan, Path, Evidence]) -> None:
    plan, _, seen = evidence
    delay = max(outlet.demo.crawl_delay_seconds for outlet in plan.outlets.values())
    slug = next(o.slug for o in plan.outlets.values() if o.demo.crawl_delay_seconds == delay)
    last = [asked for asked in seen.asked if asked.outlet == slug][-1]
    hasty = replace(
        last,
        at=last.at + timedelta(seconds=0.01),
        real_seconds=last.real_seconds + 0.01,
        path="/subscribers/anything",
    )
    told = courtesy(replace(seen, asked=[*seen.asked, hasty]), DELAY_SECONDS)
    assert told["asked though robots.txt forbids it"] == 1
    assert told["asked faster than allowed"] == 1
