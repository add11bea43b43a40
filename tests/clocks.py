"""A clock for simulations: real time goes on in it, and it jumps over what would be slept."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from scraper.crawl.clock import Clock


class JumpingClock(Clock):
    """Begins at a given moment; asked to sleep, it is at once as late as was asked for.

    Args:
        start: its first moment.
        end: the moment at which it calls `ended` instead of going on, None for never.
    """

    def __init__(self, start: datetime, end: datetime | None = None) -> None:
        self.start, self.end = start, end
        self.jumped = timedelta()
        self.began = time.monotonic()
        self.ended = asyncio.Event()
        self.jumps: list[datetime] = []

    def now(self) -> datetime:
        elapsed = timedelta(seconds=time.monotonic() - self.began)
        return self.start.astimezone(UTC) + elapsed + self.jumped

    async def sleep_until(self, moment: datetime) -> None:
        if self.end is not None and moment >= self.end:
            self.jumped += max(self.end - self.now(), timedelta())
            self.ended.set()
            await asyncio.Event().wait()  # whoever made this clock ends the work now
        self.jumped += max(moment - self.now(), timedelta())
        self.jumps.append(moment)
        await asyncio.sleep(0)
