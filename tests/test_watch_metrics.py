"""Metrics: what Prometheus gets by HTTP and by file is what the archive holds, and never falls."""

import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from scraper.demo.server import DemoServer
from scraper.demo.world import NewsWorld
from scraper.errors import ArchiveMissing
from scraper.watch import metrics
from scraper.watch.metrics import LIVE, read_address, registry_of, start_metrics, write_metrics
from tests.crawling import QUICK, ROOT, command, dateline, environment
from tests.invented_history import build_archive_with_history
from tests.invented_watch import OPEN

NOON = datetime(2024, 6, 17, 12, tzinfo=UTC)
Found = dict[str, Metric]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    build_archive_with_history(path)
    return path


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def parsed(text: str) -> Found:
    return {family.name: family for family in text_string_to_metric_families(text)}


def asked(port: int) -> Found:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/plain")
        return parsed(answer.read().decode())


def value(found: Found, name: str, **labels: str) -> float | None:
    """Return a sample; counters have `_total` behind the name of their family."""
    family = found[name]
    name += "_total" if family.type == "counter" else ""
    given = [s.value for s in family.samples if s.name == name and s.labels == labels]
    return given[0] if given else None


def test_metrics_come_over_http_until_they_are_stopped(db: Path, port: int) -> None:
    stop = start_metrics(f"127.0.0.1:{port}", db, {"dateline_writer_waiting": lambda: 7})
    try:
        found = asked(port)
    finally:
        stop()
    assert value(found, "dateline_archive_up") == 1
    assert value(found, "dateline_outlets") == 11
    assert value(found, "dateline_writer_waiting") == 7
    assert value(found, "dateline_archive_bytes") == db.stat().st_size
    for kind in ("silent", "emptied", "drifted", "blocked", "moved", "slow"):
        expected = sum(incident[1] == kind for incident in OPEN)
        assert value(found, "dateline_incidents_open", kind=kind) == expected
    succeeded = datetime(2024, 6, 17, 5, 4, tzinfo=UTC).timestamp()
    name = "dateline_last_success_timestamp_seconds"
    assert value(found, name, outlet="harbour") == succeeded
    assert value(found, "dateline_listings_due") == 1
    assert value(found, "dateline_listings_late") == 1
    assert all(family.documentation for family in found.values())
    with pytest.raises(OSError):  # noqa: PT011 (refused)
        asked(port)


def at(db: Path, clock: list[datetime]) -> Iterator[Found]:
    """Yield what one process tells each time it is asked."""
    registry = registry_of(db, now=lambda: clock[0])
    while True:
        yield parsed(generate_latest(registry).decode())


def test_counters_go_on_over_midnight_and_never_fall(db: Path) -> None:
    clock = [NOON]
    told = at(db, clock)
    found = next(told)
    labels = {"outlet": "harbour", "status": "3xx"}
    assert value(found, "dateline_requests", **labels) == 11
    assert value(found, "dateline_response_bytes", outlet="harbour") == 15_000
    assert value(found, "dateline_articles", outlet="harbour", result="new") == 3
    for day in range(1, 5):
        clock[0] = NOON + timedelta(days=day)
        written = clock[0].date().isoformat()
        with closing(sqlite3.connect(db)) as connection:
            connection.execute(
                "INSERT INTO request_counts VALUES (?, 'harbour', 'h', 'listing', 304, 5, 10, 1)",
                (written,),
            )
            # What was counted yesterday may be written after midnight.
            connection.execute(
                "UPDATE request_counts SET request_count = request_count + 1 "
                "WHERE day = date(?, '-1 day') AND kind = 'listing'",
                (written,),
            )
            connection.commit()
        assert value(next(told), "dateline_requests", **labels) == 11 + 6 * day


def test_an_answer_that_never_came_has_a_class_of_its_own(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        for status in (0, 999, 451):
            connection.execute(
                "INSERT INTO request_counts VALUES ('2024-06-17', 'najm', 'h', 'article', ?, 2, 0, 0)",
                (status,),
            )
        connection.commit()
    found = next(at(db, [NOON]))
    assert value(found, "dateline_requests", outlet="najm", status="none") == 4
    assert value(found, "dateline_requests", outlet="najm", status="4xx") == 2


def test_outlets_beyond_the_bound_share_one_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "OUTLETS_MAX", 2)
    counts: dict[tuple[str, ...], int] = {(name, "2xx"): 1 for name in ("a", "b", "c", "d")}
    assert metrics.bounded(counts) == {("a", "2xx"): 1, ("b", "2xx"): 1, ("other", "2xx"): 2}


def test_an_archive_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "none.db"
    found = next(at(db, [NOON]))
    assert value(found, "dateline_archive_up") == 0
    assert value(found, "dateline_disk_free_bytes")
    assert "dateline_requests" not in found
    with pytest.raises(ArchiveMissing):
        write_metrics(db, tmp_path / "metrics.prom")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_at_one_stroke(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "dateline.prom"
    done = dateline("runs", "--metrics-file", str(target), "--db", str(db))
    assert done.returncode == 0, done.stderr
    assert value(parsed(target.read_text("utf8")), "dateline_outlets") == 11
    printed = dateline("runs", "--metrics-file", "-", "--db", str(db))
    assert value(parsed(printed.stdout), "dateline_outlets") == 11
    assert {path.suffix for path in tmp_path.iterdir()} <= {".prom", ".db", ".db-shm", ".db-wal"}
    refused = dateline("runs", "--metrics-file", str(tmp_path / "no" / "x.prom"), "--db", str(db))
    assert refused.returncode == 1
    assert "cannot be written: No such file or directory" in refused.stderr


@pytest.mark.parametrize("address", ["", "host", "host:", "host:99999", "host:٣", ":-1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="give HOST:PORT"):
        read_address(address)


def test_unknown_live_metrics_are_refused(db: Path) -> None:
    with pytest.raises(ValueError, match="no such metric"):
        registry_of(db, {"dateline_odd": lambda: 1})
    assert all(name.startswith("dateline_") for name in LIVE)


AT_WORK = """
import sys, threading
from pathlib import Path
from prometheus_client import generate_latest
from scraper.crawl.gauges import session_gauges
from scraper.crawl.rounds import crawl_settings
from scraper.crawl.session import CrawlSession
from scraper.watch.metrics import registry_of

db = sys.argv[1]
session = CrawlSession.of(crawl_settings({"DATELINE_DB": db})).join()
held, free = threading.Event(), threading.Event()

def wait(archive):
    held.set()
    free.wait(20)

session.writer.submit(wait)
held.wait(20)
session.writer.submit(lambda archive: None)
print(generate_latest(registry_of(Path(db), session_gauges(session))).decode())
free.set()
session.leave()
"""


def test_a_session_at_work_tells_of_itself(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_WORK, str(tmp_path / "archive.db")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = parsed(done.stdout)
    assert value(found, "dateline_writer_waiting") == 1
    assert value(found, "dateline_pool_pages") == 0
    assert value(found, "dateline_crawls_running") == 0
    assert value(found, "dateline_archive_up") == 1


def test_the_scheduler_serves_them_while_it_runs(tmp_path: Path, port: int) -> None:
    db, world = tmp_path / "archive.db", NewsWorld()
    outlet = min(world.ports)
    given = [w for change in QUICK for w in ("-s", change)]
    given += [w for host in world.allowed_hosts for w in ("--allow", host)]
    words = command("schedule", outlet, "--db", str(db), "--metrics", str(port), *given)
    with DemoServer(world), subprocess.Popen(words, cwd=ROOT, env=environment()) as process:
        try:
            until = time.monotonic() + 60
            while True:  # until the first crawl is told of
                found = listening(port) or {}
                if "dateline_articles" in found and found["dateline_articles"].samples:
                    break
                assert time.monotonic() < until, found
                assert process.poll() is None
                time.sleep(0.2)
            assert value(found, "dateline_articles", outlet=outlet, result="new")
            assert value(found, "dateline_requests", outlet=outlet, status="2xx")
            assert value(found, "dateline_writer_waiting") is not None
            second = dateline(*words[3:])
            assert second.returncode == 1
            assert f"metrics cannot be served at {port}: " in second.stderr
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert listening(port) is None


def listening(port: int) -> Found | None:
    try:
        return asked(port)
    except OSError:
        return None


@pytest.mark.parametrize("words", [["--metrics", "x"], ["--metrics", "9101", "--once"]])
def test_metrics_of_a_scheduler_need_an_address_and_one_that_stays(words: list[str]) -> None:
    assert dateline("schedule", "demo-lantern", *words).returncode == 2


def test_without_the_extra_it_is_named(db: Path) -> None:
    code = (
        "import sys; sys.modules['prometheus_client'] = None; "
        f"sys.argv = ['dateline', 'runs', '--metrics-file', '-', '--db', {str(db)!r}]; "
        "from scraper.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "metrics for Prometheus need an extra: .venv/bin/pip install -e '.[metrics]'" in (
        done.stderr
    )
