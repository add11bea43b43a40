"""The scheduler as a service: what it does when disks fill up, clocks are set, or nothing goes on."""

import asyncio
import gc
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.settings import Settings

from scraper.crawl import notify
from scraper.crawl.chores import PATIENCE, Chore, ChoreList
from scraper.crawl.clock import Clock
from scraper.crawl.queues import AWAY, HostClosed
from scraper.crawl.rounds import crawl_settings
from scraper.crawl.service import Service
from scraper.crawl.session import CrawlSession
from scraper.errors import DiskLow
from tests.crawling import QUICK

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class SetClock(Clock):
    """The system's clock, set wrong by some time."""

    wrong_by = timedelta()

    def now(self) -> datetime:
        return super().now() + self.wrong_by


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    changes, before = dict(change.split("=") for change in QUICK), gc.get_threshold()
    yield crawl_settings({**changes, "DATELINE_DB": str(tmp_path / "archive.db")})
    gc.unfreeze()  # which a session does to its process
    gc.set_threshold(*before)


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Where the watchdog hears, five times a second."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as found:
        found.bind(str(tmp_path / "notify"))
        found.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "100000")
        yield found


def heard(ear: socket.socket) -> list[str]:
    """Return what arrived since the last call."""
    found = []
    while True:
        try:
            found.append(ear.recv(1000).decode().partition("=")[0])
        except BlockingIOError:
            return found


def test_it_waits_for_room_from_the_start(settings: Settings) -> None:
    async def live() -> None:
        said: list[str] = []
        settings.set("DATELINE_DISK_RESERVE", 10**18, priority=100)
        service = Service(settings, [], lambda run: None, said.append)
        working = asyncio.create_task(service.run())
        await asyncio.sleep(0.3)
        assert not working.done()
        assert said[0].startswith("waiting until there is room")
        service.stop()
        await asyncio.wait_for(working, 10)
        assert said[1:] == ["stopped: what was fetched is stored"]

    asyncio.run(live())


def test_the_watchdog_is_fed_while_there_is_no_room(settings: Settings, ear: socket.socket) -> None:
    async def live() -> None:
        service = Service(settings, [], lambda run: None)
        working = asyncio.create_task(service.run())
        await asyncio.sleep(0.2)
        settings.set("DATELINE_DISK_RESERVE", 10**18, priority=100)
        assert service.scheduler is not None
        service.scheduler.session.give_up(DiskLow("archive.db", "no room", ""))
        service.scheduler._told.set()  # as the end of a crawl would
        await asyncio.sleep(0.2)
        heard(ear)
        await asyncio.sleep(0.5)
        assert heard(ear).count("WATCHDOG") >= 3
        service.stop()
        await asyncio.wait_for(working, 10)
        assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer)]

    asyncio.run(live())


def test_the_watchdog_is_left_hungry_when_the_work_hangs(
    monkeypatch: pytest.MonkeyPatch, ear: socket.socket
) -> None:
    monkeypatch.setattr(notify, "LONGEST_TURN_SECONDS", 0.2)

    async def live() -> None:
        pulse = notify.Pulse()
        telling = asyncio.create_task(pulse.go_on())
        for _ in range(4):
            await asyncio.sleep(0.1)
            pulse.beat()
        assert len(heard(ear)) > 3
        await asyncio.wait_for(telling, 5)  # nobody beats any more
        heard(ear)
        await asyncio.sleep(0.2)
        assert not heard(ear)

    asyncio.run(live())


def test_a_clock_set_back_makes_nothing_wait_longer(settings: Settings) -> None:
    async def live() -> None:
        clock = SetClock()
        clock.wrong_by = 400 * DAY
        service = Service(settings, [], lambda run: None, clock=clock)
        scheduler = service.scheduler
        assert scheduler is not None
        closed = HostClosed(AWAY, clock.now() + HOUR)
        scheduler.session.closed_hosts["a.example"] = closed
        working = asyncio.create_task(service.run())
        await asyncio.sleep(0.2)
        clock.wrong_by = timedelta()
        scheduler._follow_clock()
        assert timedelta() < closed.until - clock.now() <= HOUR
        at = scheduler.chores.next_at(is_quiet=True)
        assert at is not None
        assert at - clock.now() <= HOUR
        service.stop()
        await asyncio.wait_for(working, 10)

    asyncio.run(live())


def test_a_chore_waits_for_quiet_but_not_for_ever() -> None:
    async def nothing(session: CrawlSession) -> None:
        """Do nothing."""

    chores = ChoreList([Chore("resting", HOUR, nothing)], NOON)
    assert chores.next_at(is_quiet=True) == NOON + HOUR
    assert chores.next_at(is_quiet=False) == NOON + HOUR + PATIENCE
