"""The time of a simulated month: a start, plus what really passes, plus what is leapt over.

The world's server keeps it, so that it goes on whoever is killed; the scheduler leaps when all it
does is wait, and tells the server before it goes on.
"""

import asyncio
import json
import math
from collections.abc import Callable, Collection, Hashable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from time import monotonic

from scraper.crawl.clock import Clock

CONTROL = "/__clock__"
LOOK_AGAIN_SECONDS = 0.004  # real ones, between two looks whether the clock may leap
STEP, STEP_REAL_SECONDS = timedelta(seconds=60), 0.01  # by which it runs ahead, and how often
ANSWER_SECONDS = 30.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class KeptClock:
    """The clock as its keeper has it; `monotonic` is the same for all processes of a machine."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.began = monotonic()
        self.leapt = 0.0

    def now(self) -> datetime:
        """Return the present moment of the month."""
        return self.start + timedelta(seconds=monotonic() - self.began + self.leapt)

    def leap(self, moment: datetime) -> None:
        """Go forward to a moment; never back."""
        self.leapt += max(0.0, (moment - self.now()).total_seconds())

    def told(self) -> str:
        """Return what another process needs to have the same time, as JSON."""
        return json.dumps([self.start.isoformat(), self.began, self.leapt])


class LeapingClock(Clock):
    """The same clock in the scheduler's process.

    With nothing in flight it leaps to the earliest moment that anything sleeps for, rounded up to
    a `grain` so that what falls due at nearly the same time is asked at the same time. While crawls
    go on it runs ahead, but no crawl takes longer than `longest_crawl` by it, and it stands still
    while as many as can be go on. It never goes beyond `end`.
    """

    def __init__(self, keeper: tuple[str, int], grain: timedelta, end: datetime) -> None:
        self.keeper = keeper
        self.grain, self.end = grain.total_seconds(), end
        self.in_flight: Callable[[], Collection[Hashable]] = tuple
        self.most_in_flight = 1
        self.longest_crawl = timedelta()
        self._connection = HTTPConnection(*keeper, timeout=ANSWER_SECONDS)
        self._sleepers: list[datetime] = []
        self._tell("GET", CONTROL)

    def now(self) -> datetime:
        """Return the present moment of the month."""
        return self.start + timedelta(seconds=monotonic() - self.began + self.leapt)

    async def sleep_until(self, moment: datetime) -> None:
        """Return once `moment` has come."""
        self._sleepers.append(moment)
        try:
            while self.now() < moment:
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
                if moment <= min(self._sleepers) and not self.in_flight():
                    seconds = (moment - EPOCH).total_seconds()
                    rounded = math.ceil(seconds / self.grain) * self.grain
                    self._leap(EPOCH + timedelta(seconds=rounded))
        finally:
            self._sleepers.remove(moment)

    async def run_ahead(self) -> None:
        """Let time pass while crawls go on; to be run as a task of its own."""
        began: dict[Hashable, datetime] = {}
        while True:
            await asyncio.sleep(STEP_REAL_SECONDS)
            now = self.now()
            began = {crawl: began.get(crawl, now) for crawl in self.in_flight()}
            if 0 < len(began) < self.most_in_flight:
                self._leap(min(now + STEP, min(began.values()) + self.longest_crawl))

    def _leap(self, moment: datetime) -> None:
        to = min(moment, self.end)
        if to > self.now():
            self._tell("POST", f"{CONTROL}?{to:%Y-%m-%dT%H:%M:%S}")

    def _tell(self, method: str, target: str) -> None:
        try:
            self._connection.request(method, target)
            answer = self._connection.getresponse().read()
        except OSError:  # the keeper hung up on a connection that had been idle
            self._connection.close()
            self._connection.request(method, target)
            answer = self._connection.getresponse().read()
        start, self.began, self.leapt = json.loads(answer)
        self.start = datetime.fromisoformat(start)
