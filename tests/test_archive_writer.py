"""The one writer: batches, savepoints, acknowledgement after commit, kill -9."""

import logging
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from scraper.archive import writer as writer_module
from scraper.archive.database import open_reader
from scraper.archive.writer import Archive, Writer
from scraper.errors import ArchiveUnwritable
from scraper.jobs.verify import verify


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "archive.db", tmp_path / "captures") as opened:
        yield opened


def add_tag(archive: Archive, name: str, *, fail: bool = False) -> int:
    number = archive.connection.execute("INSERT INTO tags (name) VALUES (?)", (name,)).lastrowid
    if fail:
        raise ValueError(name)
    assert number is not None
    return number


def tags(path: Path) -> list[str]:
    reader = open_reader(path)
    names = [row[0] for row in reader.execute("SELECT name FROM tags ORDER BY id")]
    reader.close()
    return names


def test_result_comes_after_the_commit(writer: Writer, tmp_path: Path) -> None:
    assert writer.submit(add_tag, "harbour").result() == 1
    assert tags(tmp_path / "archive.db") == ["harbour"]


def test_operation_that_raises_undoes_only_itself(writer: Writer, tmp_path: Path) -> None:
    futures = [
        writer.submit(add_tag, name, fail=name == "bad") for name in ("one", "bad", "two", "one")
    ]
    wait(futures)
    assert [type(f.exception()) for f in futures] == [
        type(None),
        ValueError,
        type(None),
        sqlite3.IntegrityError,
    ]
    assert tags(tmp_path / "archive.db") == ["one", "two"]


def test_operations_run_in_the_order_of_submission(writer: Writer, tmp_path: Path) -> None:
    wait([writer.submit(add_tag, str(number)) for number in range(1000)])
    assert tags(tmp_path / "archive.db") == [str(number) for number in range(1000)]


def test_many_operations_share_a_commit(writer: Writer) -> None:
    commits: list[str] = []

    def trace(archive: Archive) -> None:
        archive.connection.set_trace_callback(
            lambda sql: commits.append(sql) if sql == "COMMIT" else None
        )

    writer.submit(trace).result()
    wait([writer.submit(add_tag, str(number)) for number in range(300)])
    assert 2 <= len(commits) <= 20


def test_captures_are_on_disk_before_the_commit(writer: Writer) -> None:
    order: list[str] = []

    def watch(archive: Archive) -> None:
        flush = archive.warc.files.flush

        def noted() -> None:
            order.append("flush")
            flush()

        archive.warc.files.flush = noted  # type: ignore[method-assign]
        archive.connection.set_trace_callback(
            lambda sql: order.append(sql) if sql == "COMMIT" else None
        )

    writer.submit(watch).result()
    writer.submit(add_tag, "x").result()
    assert order[-2:] == ["flush", "COMMIT"]


def test_failed_flush_stores_nothing_of_the_batch_and_the_next_goes_on(
    writer: Writer, tmp_path: Path
) -> None:
    def break_flush(archive: Archive) -> None:
        flush = archive.warc.files.flush

        def broken() -> None:
            archive.warc.files.flush = flush  # type: ignore[method-assign]
            raise OSError(5, "Input/output error")

        archive.warc.files.flush = broken  # type: ignore[method-assign]

    first = writer.submit(break_flush)
    second = writer.submit(add_tag, "lost")
    assert isinstance(second.exception(), ArchiveUnwritable | None)
    assert isinstance(first.exception(), ArchiveUnwritable)
    assert "Input/output error" in str(first.exception())
    if second.exception():  # it was of the same batch
        assert tags(tmp_path / "archive.db") == []
    writer.submit(add_tag, "kept").result()
    assert tags(tmp_path / "archive.db")[-1] == "kept"


def test_full_disk_fails_the_batch_and_leaves_a_sound_archive(
    writer: Writer, tmp_path: Path
) -> None:
    def fill(archive: Archive) -> None:
        pages = archive.connection.execute("PRAGMA page_count").fetchone()[0]
        archive.connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    writer.submit(fill).result()
    futures = [writer.submit(add_tag, str(n) * 3000) for n in range(1, 40)]
    wait(futures)
    errors = [future.exception() for future in futures if future.exception()]
    assert isinstance(errors[-1], ArchiveUnwritable)
    assert "full" in errors[-1].reason
    stored = sum(future.exception() is None for future in futures)
    assert len(tags(tmp_path / "archive.db")) == stored
    assert verify(tmp_path / "archive.db", tmp_path / "captures").is_well


def test_reader_sees_whole_batches_while_the_writer_writes(writer: Writer, tmp_path: Path) -> None:
    reader = open_reader(tmp_path / "archive.db")
    is_done = threading.Event()

    def add_pair(archive: Archive, number: int) -> None:
        add_tag(archive, f"{number} left")
        add_tag(archive, f"{number} right")

    def write() -> None:
        wait([writer.submit(add_pair, number) for number in range(300)])
        is_done.set()

    thread = threading.Thread(target=write)
    thread.start()
    while not is_done.is_set():
        assert reader.execute("SELECT COUNT(*) FROM tags").fetchone()[0] % 2 == 0
    thread.join()
    reader.close()


def test_log_is_emptied_on_a_clock_whatever_readers_do(tmp_path: Path) -> None:
    log = tmp_path / "archive.db-wal"
    with Writer(tmp_path / "archive.db", tmp_path / "captures", checkpoint_seconds=0.05) as writer:
        reader = open_reader(tmp_path / "archive.db")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM tags").fetchall()
        writer.submit(add_tag, "x").result()
        time.sleep(0.2)
        assert log.stat().st_size > 0
        reader.close()
        deadline = time.monotonic() + 10
        while log.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.02)
        assert log.stat().st_size == 0


def test_cancelled_operation_is_not_run(writer: Writer, tmp_path: Path) -> None:
    writer.submit(lambda archive: time.sleep(0.2))
    cancelled = writer.submit(add_tag, "cancelled")
    if cancelled.cancel():
        writer.submit(add_tag, "next").result()
        assert tags(tmp_path / "archive.db") == ["next"]


def test_close_stores_what_was_submitted_and_refuses_more(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "archive.db", tmp_path / "captures")
    futures = [writer.submit(add_tag, str(number)) for number in range(500)]
    writer.close()
    writer.close()
    assert all(future.done() for future in futures)
    assert len(tags(tmp_path / "archive.db")) == 500
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(add_tag, "late")


def test_queue_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "WAITING_MAX", 3)
    gate = threading.Event()
    writer = Writer(tmp_path / "archive.db", tmp_path / "captures")
    writer.submit(lambda archive: gate.wait(10))
    time.sleep(0.2)  # past the linger: it runs, and the others wait behind it
    for number in range(3):
        writer.submit(add_tag, str(number))
    blocked = threading.Thread(target=writer.submit, args=(add_tag, "blocked"))
    blocked.start()
    blocked.join(0.2)
    assert blocked.is_alive()
    gate.set()
    blocked.join(10)
    writer.close()
    assert len(tags(tmp_path / "archive.db")) == 4


CRAWLER = """
import sys
from datetime import UTC, datetime, timedelta
from scraper.archive import articles, candidates, runs
from scraper.archive.writer import Writer
from scraper.records import Article, Candidate, Capture, Delivery, Outlet

noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
writer = Writer(sys.argv[1], sys.argv[2])
run = writer.submit(
    runs.open_run, "gazette", Outlet("Gazette", "IE", ("en",)),
    is_declared=True, started_at=noon, version="1",
).result()

def acknowledge(future):
    sys.stdout.write(f"{future.result().article}\\n")
    sys.stdout.flush()

for number in range(int(sys.argv[3]), 10**9):
    url = f"https://gazette.example/{number}"
    (standing,) = writer.submit(
        candidates.offer, "gazette", None, [(url, Candidate(url))], noon
    ).result().standings if number % 50 == 0 else [None]
    if standing is None:
        from scraper.records import Standing
        standing = Standing(url, url, "gazette")
    text = f"Ferry number {number} left the harbour. " * 40
    capture = Capture(url, text.encode(), {}, noon + timedelta(seconds=number))
    article = Article(url=url, title=f"Ferry {number}", body=text)
    delivery = Delivery("gazette", run, standing, capture)
    writer.submit(articles.store_article, delivery, article, None).add_done_callback(acknowledge)
"""


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(7)
    db, captures = tmp_path / "archive.db", tmp_path / "captures"
    acknowledged: set[int] = set()
    for attempt in range(3):
        command = [sys.executable, "-c", CRAWLER, str(db), str(captures), str(attempt * 100_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as crawler:
            assert crawler.stdout is not None
            acknowledged.add(int(crawler.stdout.readline()))
            time.sleep(chance.uniform(0.1, 0.6))
            crawler.send_signal(signal.SIGKILL)
            lines = crawler.stdout.read().split(b"\n")
            acknowledged |= {int(line) for line in lines[:-1]}
        report = verify(db, captures)
        assert report.is_well, report.problems
    reader = open_reader(db)
    present = {row[0] for row in reader.execute("SELECT id FROM articles")}
    reader.close()
    assert len(acknowledged) > 10
    assert acknowledged <= present
    assert len(list(captures.iterdir())) == 3


def test_error_of_the_tidying_at_the_end_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(tmp_path / "archive.db", tmp_path / "captures")

    def interrupt(archive: Archive) -> None:
        archive.warc.close = lambda: (_ for _ in ()).throw(OSError("no disk"))  # type: ignore[method-assign]

    writer.submit(interrupt).result()
    with caplog.at_level(logging.ERROR):
        writer.close()
    assert "not tidied" in caplog.text
