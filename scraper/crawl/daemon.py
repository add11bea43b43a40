"""The scheduler: crawls what is due, sleeps until the next is, and does the chores in between."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scrapy.settings import Settings

from scraper.archive import schedules
from scraper.archive.schedules import OutletState
from scraper.crawl import schedule
from scraper.crawl.chores import Chore, ChoreList
from scraper.crawl.clock import Clock
from scraper.crawl.duties import DUTIES
from scraper.crawl.notify import notify
from scraper.crawl.queues import AWAY, HostClosed
from scraper.crawl.rounds import Crawls
from scraper.crawl.session import CrawlSession, Observer
from scraper.crawl.spider import OutletSpider
from scraper.records import CrawlRun
from scraper.watch.rhythm import SOONEST

PURPOSE = "the scheduler"
HORIZON = timedelta(days=2)  # of what is read of coming work
REREAD = timedelta(hours=6)  # after which it is read again, though no crawl ended
LONGEST_WAIT_SECONDS = 60.0  # until it looks around: the system's clock may be set meanwhile
SET_BACK = timedelta(minutes=1)  # and more, by which a clock goes back: it was set, not trimmed

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """One outlet as the scheduler keeps it.

    Args:
        spider: its declaration.
        state: what is due of it, and when.
        rests_until: before which no crawl goes out for articles alone, or for anything if
            `is_stuck`.
        is_stuck: whether the last crawl left a listing as due as it was: it broke down.
        fruitless: crawls in a row that changed nothing of what was due.
    """

    spider: type[OutletSpider]
    state: OutletState
    rests_until: datetime | None = None
    is_stuck: bool = False
    fruitless: int = 0

    def ready(self, now: datetime) -> OutletState:
        """Return what may be asked now, if it is due."""
        if self.rests_until is None or self.rests_until <= now:
            return self.state
        return OutletState(self.state.outlet, () if self.is_stuck else self.state.listings)

    def due_at(self, now: datetime) -> datetime | None:
        """Return when it is to be crawled next."""
        moments = [schedule.due_at(self.ready(now), now)]
        whole = schedule.due_at(self.state, now)
        if whole is not None:
            moments.append(max(whole, self.rests_until or whole))
        return min((moment for moment in moments if moment is not None), default=None)

    def settle(self, state: OutletState, now: datetime, *, has_fetched: bool) -> None:
        """Take in how things stand after a crawl."""
        self.state = state
        due_at = schedule.due_at(state, now)
        has_moved = has_fetched or due_at is None or due_at > now
        listings = schedule.due_at(OutletState(state.outlet, state.listings), now)
        self.is_stuck = listings is not None and listings <= now
        self.fruitless = 0 if has_moved else self.fruitless + 1
        rest = schedule.rest(self.fruitless)
        self.rests_until = now + (max(rest, SOONEST) if self.is_stuck else rest)


class Scheduler:
    """Crawls declared outlets as they fall due, into one archive, until it is told to stop.

    Args:
        settings: the project's, with an operator's changes on top.
        spiders: the outlets.
        observer: is told of every change in a run's counts.
        clock: the time all go by.
        chores: what else is to be done.
    """

    def __init__(
        self,
        settings: Settings,
        spiders: Iterable[type[OutletSpider]],
        observer: Observer,
        clock: Clock | None = None,
        chores: Iterable[Chore] = DUTIES,
    ) -> None:
        self.settings = settings
        self.spiders = {spider.name: spider for spider in spiders}
        self.observer = observer
        self.clock = clock or Clock()
        self.session = CrawlSession.of(settings, PURPOSE).join()
        self.session.observer = observer
        self.session.clock = self.clock
        self.crawls = Crawls(settings, self.session)
        self.chores = ChoreList(chores, self.clock.now())
        self.desks: dict[str, Desk] = {}
        self.running: dict[asyncio.Task[None], str] = {}
        self.ended = 0  # crawls since the start
        self.beat: Callable[[], None] = lambda: None  # is called at least once in a minute or so
        self.announce: Callable[[str], None] = lambda line: None  # is told what it begins with
        self._told = asyncio.Event()
        self._reread_at = self._seen_at = self.clock.now()
        self._bound: threading.Timer | None = None
        self._is_over = False

    async def run(self) -> None:
        """Crawl what falls due until `stop`.

        Raises:
            ArchiveUnwritable: the disk took nothing more; all that was acknowledged is stored.
        """
        try:
            self._open()
            self.announce(self._greeting())
            while not self.session.is_stopping:
                self.beat()
                self._follow_clock()
                self._reread()
                await self._begin_due()
                await self.chores.do_due(self.session, is_quiet=not self.running)
                self._tell()
                await self._wait()
        finally:
            await self._close()
        if self.session.trouble is not None:
            raise self.session.trouble

    async def run_once(self) -> list[CrawlRun]:
        """Crawl what is due now, once each, and return the runs.

        Raises:
            ArchiveUnwritable: as `run`.
        """
        runs: list[CrawlRun] = []
        try:
            self._open()
            self._reread()
            calls = schedule.choose((desk.state for desk in self.desks.values()), self.clock.now())
            crawls = [self.crawls.run(self.spiders[one.outlet], one.errand) for one in calls]
            results = await asyncio.gather(*crawls, return_exceptions=True)
            runs = self.session.finished + self.crawls.broken
            for result in results:
                if isinstance(result, BaseException):
                    raise result
            if not self.session.is_stopping:
                await self.chores.do_all(self.session)
        finally:
            await self._close()
        if self.session.trouble is not None:
            raise self.session.trouble
        return runs

    def stop(self) -> None:
        """Take up nothing more and end after what is in flight, or else within a bound."""
        notify("STOPPING=1")
        if self._is_over:  # and waits for nothing more
            return
        seconds = self.settings.getfloat("DATELINE_STOP_SECONDS")
        self._bound = threading.Timer(seconds, end_at_once)  # closing may keep the event loop
        self._bound.daemon = True
        self._bound.start()
        self.session.stop()
        self._told.set()

    def _open(self) -> None:
        now = self.clock.now()
        for url, until in schedules.silenced(
            self.session.reader, schedule.TOLD_TO_WAIT, now
        ).items():
            if until > now + schedule.LONGEST_SILENCE:  # written when the clock was wrong
                continue
            host = urlsplit(url).hostname or ""
            self.session.closed_hosts.setdefault(host, HostClosed(AWAY, until))
        for name, spider in self.spiders.items():
            self.desks[name] = Desk(spider, self._state(name))
        self._reread_at = now + REREAD
        notify("READY=1")

    def _greeting(self) -> str:
        states = [desk.state for desk in self.desks.values()]
        due = len(schedule.choose(states, self.clock.now()))
        outlets = "1 outlet" if len(states) == 1 else f"{len(states)} outlets"
        begins = f"{due} due now" if due else f"the next is due at {self._next_at():%H:%M} UTC"
        return f"{outlets}, {begins}; Ctrl-C ends"

    async def _close(self) -> None:
        try:
            await asyncio.gather(*self.running, return_exceptions=True)
        finally:
            self.session.leave()
            self._is_over = True
            if self._bound is not None:
                self._bound.cancel()

    def _state(self, name: str) -> OutletState:
        urls = [url for _, url in self.spiders[name].listing_urls()]
        horizon = self.clock.now() + HORIZON
        state = schedules.outlet_state(self.session.reader, name, urls, horizon)
        if self.session.replay is not None:  # costs nobody anything
            return state
        refusal = self.session.budgets.refusal(name, self.clock.now())
        return schedule.put_off(state, refusal.until if refusal is not None else None)

    def _reread(self) -> None:
        now = self.clock.now()
        if now >= self._reread_at:
            self._reread_at = now + REREAD
            for name, desk in self.desks.items():
                desk.state = self._state(name)

    def _follow_clock(self) -> None:
        """Wait no longer than was meant for anything when the system's clock was set back."""
        now = self.clock.now()
        by = min(now - self._seen_at, timedelta())
        self._seen_at = now
        if by > -SET_BACK:
            return
        logger.warning("the clock was set back by %s", -by)
        self._reread_at = now
        self.chores.shift(by)
        for closed in self.session.closed_hosts.values():
            closed.until += by
        for desk in self.desks.values():
            if desk.rests_until is not None:
                desk.rests_until += by

    async def _begin_due(self) -> None:
        now = self.clock.now()
        busy = set(self.running.values())
        ready = [desk.ready(now) for name, desk in self.desks.items() if name not in busy]
        for one in schedule.choose(ready, now):
            spider = self.spiders[one.outlet]
            if not self.crawls.lanes.is_free(spider):
                continue
            logger.info("%s: %s", one.outlet, one.reason)
            self.running[asyncio.create_task(self.crawls.run(spider, one.errand))] = one.outlet
            await asyncio.sleep(0)  # it takes its lane, before the next one looks for a free lane

    async def _wait(self) -> None:
        """Wait until something is due, a crawl has ended, or we are told to stop."""
        told = asyncio.ensure_future(self._told.wait())
        moment = self._next_at()
        try:
            if self.running:
                seconds = (moment - self.clock.now()).total_seconds()
                await asyncio.wait(
                    {*self.running, told},
                    timeout=min(max(seconds, 0.0), LONGEST_WAIT_SECONDS),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                self._settle()
            else:
                sleep = asyncio.ensure_future(self.clock.sleep_until(moment))
                await asyncio.wait(
                    {sleep, told},
                    timeout=LONGEST_WAIT_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                sleep.cancel()
        finally:
            told.cancel()

    def _next_at(self) -> datetime:
        """Return when something that can begin falls due next."""
        now = self.clock.now()
        busy = set(self.running.values())
        moments = [desk.due_at(now) for name, desk in self.desks.items() if name not in busy]
        moments += [self.chores.next_at(is_quiet=not self.running), self._reread_at]
        waiting = [moment for moment in moments if moment is not None]
        later = [moment for moment in waiting if moment > now]
        return min(later if self.running else waiting, default=self._reread_at)

    def _settle(self) -> None:
        """Note which crawls have ended, and read when their outlets are due next."""
        now = self.clock.now()
        finished = self.session.finished + self.crawls.broken
        runs = {run.outlet: run for run in finished}
        for task in [task for task in self.running if task.done()]:
            desk = self.desks[self.running.pop(task)]
            task.result()
            self.ended += 1
            run = runs.pop(desk.spider.name, None)
            has_fetched = run is not None and run.fetched > run.failed
            desk.settle(self._state(desk.spider.name), now, has_fetched=has_fetched)
        # Those that ended, but whose crawls are not all over yet, are looked at next time.
        self.session.finished[:] = runs.values()
        self.crawls.broken.clear()

    def _tell(self) -> None:
        moment = self._next_at()
        notify(
            f"STATUS={len(self.desks)} outlets, {len(self.running)} being crawled, "
            f"{self.ended} crawls ended; next at {moment:%H:%M:%S} UTC"
        )


def end_at_once() -> None:
    """End this process; what was acknowledged is on disk, all else is taken up again later."""
    logger.warning("not all came to an end in time: ending at once")
    os.kill(os.getpid(), signal.SIGTERM)
