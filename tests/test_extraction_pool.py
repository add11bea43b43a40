"""Worker processes that crash, hang and eat memory for real."""

import asyncio
import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from scraper.crawl.pipelines import ExtractPipeline
from scraper.errors import NotAnArticle, NotTakenUp, PageTooCostly, PageUnreadable
from scraper.extraction.pool import WorkerPool
from scraper.records import Capture, Delivery, Hints, Setback, Standing
from scraper.watch.reading import UNASKED
from tests import pool_tasks as tasks

URL = "https://a.example/b"
MB = 1024 * 1024


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, timeout_seconds=1.5, memory_bytes=300 * MB, preloaded=()) as pool:
        yield pool


def gone(pids: list[int], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(psutil.pid_exists(p) and psutil.Process(p).status() != "zombie" for p in pids):
            return True
        time.sleep(0.05)
    return False


def test_results_come_back(pool: WorkerPool) -> None:
    futures = [pool.submit(URL, tasks.double, n) for n in range(50)]
    assert [f.result(30) for f in futures] == [n * 2 for n in range(50)]


@pytest.mark.parametrize(
    ("function", "args", "reason"),
    [
        (tasks.crash, (), "its worker died (signal 11)"),
        (tasks.kill_itself, (), "its worker died (signal 9)"),
        (tasks.leave, (3,), "its worker died (exit code 3)"),
        (tasks.nap, (30,), "ran longer than 1.5 s"),
        (tasks.nap_stubbornly, (30,), "ran longer than 1.5 s"),
        (tasks.backtrack, (), "ran longer than 1.5 s"),
        (tasks.eat, (400 * MB,), "needed more than 300 MB"),
        (tasks.eat_slowly, (900 * MB,), "needed more than 300 MB"),
        (tasks.flood, (40 * MB,), "gave back more than 32 MB"),
        (tasks.flood, (200 * MB,), "needed more than 300 MB"),
    ],
)
def test_costly_page_costs_only_itself(
    pool: WorkerPool, function: object, args: tuple[int, ...], reason: str
) -> None:
    costly = pool.submit(URL, function, *args)  # type: ignore[arg-type]
    others = [pool.submit(URL, tasks.double, n) for n in range(20)]
    with pytest.raises(PageTooCostly) as raised:
        costly.result(30)
    assert (raised.value.url, raised.value.reason) == (URL, reason)
    assert [f.result(30) for f in others] == [n * 2 for n in range(20)]


def test_errors_of_ours_come_through_as_themselves(pool: WorkerPool) -> None:
    with pytest.raises(NotAnArticle) as refused:
        pool.submit(URL, tasks.refuse, URL).result(30)
    assert (refused.value.url, refused.value.reason) == (URL, "a section")
    with pytest.raises(PageUnreadable):
        pool.submit(URL, tasks.fail_to_read, URL).result(30)


def test_other_errors_come_with_the_workers_traceback(pool: WorkerPool) -> None:
    with pytest.raises(KeyError, match="a bug of ours") as raised:
        pool.submit(URL, tasks.stumble).result(30)
    text = "".join(traceback.format_exception(raised.value))
    assert "in stumble" in text


def test_what_cannot_travel_is_an_error_and_no_broken_pool(pool: WorkerPool) -> None:
    with pytest.raises(RuntimeError, match="Odd: strange"):
        pool.submit(URL, tasks.raise_odd).result(30)
    with pytest.raises(TypeError):
        pool.submit(URL, tasks.return_unpicklable).result(30)
    with pytest.raises(TypeError, match="recursion"):
        pool.submit(URL, tasks.return_abyss).result(30)
    with pytest.raises(ValueError, match="no number") as raised:
        pool.submit(URL, tasks.return_one_way).result(30)
    assert raised.value.__traceback__ is not None
    assert pool.submit(URL, tasks.double, 1).result(30) == 2


def test_idle_worker_that_dies_is_replaced(pool: WorkerPool) -> None:
    pids = {f.result(30) for f in [pool.submit(URL, tasks.nap, 0.2) for _ in range(2)]}
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    futures = [pool.submit(URL, tasks.double, n) for n in range(10)]
    assert [f.result(30) for f in futures] == [n * 2 for n in range(10)]
    time.sleep(0.5)  # by now Pebble has noticed, whichever came first
    assert pool.submit(URL, tasks.double, 4).result(30) == 8


@contextlib.contextmanager
def no_worker_can_start() -> Iterator[None]:
    """Let this process open no more files: what a worker needs to begin cannot be made."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_what_no_worker_takes_up_tells_nothing_of_the_page() -> None:
    with WorkerPool(1, preloaded=()) as pool:
        with no_worker_can_start(), pytest.raises(NotTakenUp, match="no worker of ours"):
            pool.submit(URL, tasks.double, 1).result(30)
        assert pool.submit(URL, tasks.double, 2).result(30) == 4


def test_an_article_that_no_worker_took_up_waits_and_is_not_quarantined() -> None:
    standing = Standing(URL, URL, "gazette")
    page = Delivery("gazette", None, standing, Capture(URL, b""))

    async def extracted(pool: WorkerPool) -> object:
        session = SimpleNamespace(places=asyncio.Semaphore(), pool=pool)
        pipeline: Any = SimpleNamespace(session=session)
        with no_worker_can_start():
            return await ExtractPipeline._extracted(pipeline, page, Hints())

    with WorkerPool(1, preloaded=()) as pool:
        assert asyncio.run(extracted(pool)) == Setback(standing, UNASKED[-1])


def test_waiting_tasks_do_not_lose_time() -> None:
    with WorkerPool(1, timeout_seconds=1.5, preloaded=()) as pool:
        futures = [pool.submit(URL, tasks.nap, 0.8) for _ in range(4)]
        assert len({f.result(30) for f in futures}) == 1  # one worker did them all, none timed out


def test_waiting_task_can_be_cancelled() -> None:
    with WorkerPool(1, timeout_seconds=5, preloaded=()) as pool:
        first = pool.submit(URL, tasks.nap, 0.5)
        waiting = pool.submit(URL, tasks.double, 1)
        assert waiting.cancel()
        assert first.result(30) > 0
        assert not first.cancel()


def test_close_waits_for_all_that_was_submitted(tmp_path: Path) -> None:
    pool = WorkerPool(2, timeout_seconds=5, preloaded=())
    paths = [str(tmp_path / str(n)) for n in range(6)]
    for path in paths:
        pool.submit(URL, tasks.write_when_done, path, 0.1)
    pool.close()
    assert all(Path(path).exists() for path in paths)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(URL, tasks.double, 1)


def test_stop_ends_workers_and_settles_every_future() -> None:
    pool = WorkerPool(1, timeout_seconds=60, preloaded=())
    pid = pool.submit(URL, tasks.pid).result(30)
    futures = [pool.submit(URL, tasks.nap, 30) for _ in range(3)]
    time.sleep(0.3)
    pool.stop()
    assert not wait(futures, timeout=10).not_done
    assert gone([pid])


PARENT = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
sys.path[:0] = {path!r}
from scraper.extraction.pool import WorkerPool
from scraper.records import Capture, Delivery, Hints, Setback, Standing
from scraper.watch.reading import UNASKED
from tests import pool_tasks
pool = WorkerPool(2, timeout_seconds=60, preloaded=())
pids = [f.result() for f in [pool.submit("u", pool_tasks.nap, 0.3) for _ in range(2)]]
busy = pool.submit("u", pool_tasks.nap, {nap})
try:
    print(*set(pids), flush=True)
    busy.result()
    print("done", flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(busy.result() in pids, flush=True)
    pool.close()
"""


def parent(nap: float) -> tuple[subprocess.Popen[str], list[int]]:
    path = [str(Path(__file__).parent.parent)]
    code = PARENT.format(path=path, nap=nap)
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    return process, [int(pid) for pid in process.stdout.readline().split()]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_workers_end_when_their_parent_is_killed() -> None:
    process, pids = parent(nap=1.0)
    with process:
        process.kill()
        assert gone(pids)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_interrupt_in_the_terminal_reaches_the_parent_alone() -> None:
    process, pids = parent(nap=1.0)
    with process:
        os.killpg(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert out.split() == ["interrupted", "True"]
    assert gone(pids)


def test_pool_can_be_used_from_several_threads(pool: WorkerPool) -> None:
    results: list[int] = []

    def use() -> None:
        results.extend(pool.submit(URL, tasks.double, n).result(30) for n in range(20))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == sorted([n * 2 for n in range(20)] * 4)


def test_large_payloads_and_results_pass(pool: WorkerPool) -> None:
    assert pool.submit(URL, tasks.size, b"x" * (9 * MB)).result(30) == 9 * MB
