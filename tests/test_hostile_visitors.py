"""Visitors who ask for the dearest pages cost themselves: a short queue, a clear no, room for a search."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from scraper.archive import writer
from scraper.archive.writer import Writer
from scraper.web import gate
from scraper.web.gate import BUSY, PIECE_BYTES, RETRY_SECONDS, TURNS, Gate
from tests.hostile import readers, visitors
from tests.hostile.busy_archive import Press

SECONDS = 5.0
DATA, SEARCH, EXPORT = "/archive/articles", "/-/search", "/archive/articles.csv?_stream=on"


def test_dear_pages_leave_the_search_page_answering_and_the_memory_bounded(tmp_path: Path) -> None:
    found = visitors.trial(tmp_path, seconds=SECONDS, clients=8, articles=400)
    assert found.is_alive
    assert set(found.probe.counts()) == {"200"}
    answers = found.tally.counts()
    # Stock pages have faults of their own under load; ours has none, and they stay rare.
    assert answers.pop("500", 0) <= sum(answers.values()) / 10
    assert set(answers) <= {"200", "400", "414", "503"}
    assert found.unexplained == 0
    assert found.memory_bytes < visitors.MEMORY_MAX_BYTES


def test_a_writer_and_its_readers_never_lock_each_other_out(tmp_path: Path) -> None:
    found = readers.trial(tmp_path, seconds=SECONDS, readers=4, articles=400, rate=40)
    assert set(found.tally.counts()) == {"200"}
    assert found.tally.locked == 0
    assert found.errors == []
    assert found.written > 0
    assert found.wal_bytes < readers.WAL_MAX_BYTES


def test_a_long_log_is_copied_before_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "CHECKPOINT_BYTES", 200_000)
    monkeypatch.setattr(writer, "CHECKPOINT_PAUSE_SECONDS", 0.0)
    log = tmp_path / "archive.db-wal"
    with Writer(tmp_path / "archive.db", tmp_path / "captures") as archive:
        press = Press(archive)
        press.publish()
        end = time.monotonic() + 30
        while log.stat().st_size and time.monotonic() < end:
            time.sleep(0.01)
        assert log.stat().st_size == 0
    assert press.errors == []


class Page:
    """An application whose every answer waits until it is let go."""

    def __init__(self, body: bytes = b"page") -> None:
        self.go, self.body, self.running = asyncio.Event(), body, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.running += 1
        try:
            await self.go.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": self.body})
        finally:
            self.running -= 1


class Visit:
    """One request to a gate, and what was answered."""

    def __init__(self, door: Gate, address: str, method: str = "GET", **headers: str) -> None:
        path, _, query = address.partition("?")
        self.sent: list[Any] = []
        self.left = asyncio.Event()
        self.takes: Callable[[], Any] = lambda: asyncio.sleep(0)
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        }  # fmt: skip
        self.task = asyncio.ensure_future(door(scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.takes()
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])


@asynccontextmanager
async def visits(door: Gate, address: str, count: int) -> AsyncIterator[list[Visit]]:
    """Send so many requests, let them find their places, and end them after the block."""
    found = [Visit(door, address) for _ in range(count)]
    await asyncio.sleep(0.05)
    yield found
    for visit in found:
        visit.left.set()
    await asyncio.gather(*(visit.task for visit in found))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (DATA, "data"),
        (EXPORT, "export"),
        (EXPORT.replace("stream", "strea%6d"), "export"),
    ],
)
async def test_beyond_the_queue_the_answer_is_503_and_when_to_come_again(
    address: str, kind: str
) -> None:
    page = Page()
    at_once, waiting = TURNS[kind]
    async with visits(Gate(page, "/"), address, at_once + waiting + 3) as found:
        assert page.running == at_once
        refused = [visit for visit in found if visit.sent]
        assert len(refused) == 3
        for visit in refused:
            assert visit.status == 503
            assert (b"retry-after", str(RETRY_SECONDS).encode()) in visit.sent[0]["headers"]
            assert visit.sent[1]["body"] == BUSY.encode()


async def test_a_search_has_its_turn_whatever_else_waits() -> None:
    page = Page()
    door = Gate(page, "/")
    async with visits(door, DATA, 40), visits(door, EXPORT, 40), visits(door, f"{SEARCH}?q=a*", 40):
        before = page.running
        search = Visit(door, f"{SEARCH}?q=harbour")
        await asyncio.sleep(0.05)
        assert page.running == before + 1
        page.go.set()
        await search.task
        assert search.status == 200


async def test_who_waits_too_long_for_a_turn_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "WAIT_SECONDS", 0.02)
    async with visits(Gate(Page(), "/"), DATA, TURNS["data"][0] + 1) as found:
        await asyncio.sleep(0.1)
        assert [visit.status for visit in found if visit.sent] == [503]


async def test_a_page_that_does_not_come_about_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MAKE_SECONDS", 0.02)
    page = Page()
    async with visits(Gate(page, "/"), DATA, 1) as (visit,):
        await visit.task
        assert visit.status == 503
        assert page.running == 0


async def test_who_leaves_gives_the_turn_back() -> None:
    page = Page()
    at_once = TURNS["data"][0]
    async with visits(Gate(page, "/"), DATA, at_once * 2) as found:
        for visit in found[:at_once]:
            visit.left.set()
        await asyncio.sleep(0.05)
        assert [visit.task.done() for visit in found] == [True] * at_once + [False] * at_once
        assert page.running == at_once


async def test_a_long_answer_waits_in_pieces_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "TAKE_SECONDS", 0.2)
    body = bytes(range(256)) * (PIECE_BYTES // 100)
    page = Page(body)
    page.go.set()
    door = Gate(page, "/")
    async with visits(door, DATA, 1) as (patient,):
        await patient.task
        assert b"".join(message.get("body", b"") for message in patient.sent) == body
        assert max(len(message.get("body", b"")) for message in patient.sent) == PIECE_BYTES
        assert [m["more_body"] for m in patient.sent[1:]] == [True, True, False]
        for takes in (asyncio.Event().wait, lambda: asyncio.sleep(0.15)):  # not at all; in sips
            slow = Visit(door, DATA)
            slow.takes = takes
            await asyncio.wait_for(slow.task, 5)
            assert len(slow.sent) < len(patient.sent)
            assert page.running == 0


async def test_an_export_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "TAKE_SECONDS", 0.0)
    page = Page()
    page.go.set()
    async with visits(Gate(page, "/"), EXPORT, 1) as (visit,):
        await visit.task
        assert [message.get("body") for message in visit.sent] == [None, b"page"]


@pytest.mark.parametrize(
    ("status", "address", "method", "headers"),
    [
        (414, "/archive?sql=" + "x" * 9_000, "GET", {}),
        (413, "/archive", "POST", {"content_length": "99999999"}),
        (413, "/archive", "POST", {"content_length": "nonsense"}),
        (411, "/archive", "POST", {"transfer_encoding": "chunked"}),
    ],
)
async def test_what_is_out_of_bounds_by_its_head_is_refused_at_once(
    status: int, address: str, method: str, headers: dict[str, str]
) -> None:
    visit = Visit(Gate(Page(), "/"), address, method, **headers)
    await visit.task
    assert visit.status == status
