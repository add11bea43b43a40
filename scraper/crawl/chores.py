"""What the scheduler does besides crawling: now and then, one thing after the other."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.crawl.session import CrawlSession
from scraper.errors import ArchiveUnwritable

PATIENCE = timedelta(hours=12)  # for a quiet moment, which two hundred outlets may never leave

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done now and then while the scheduler runs.

    Args:
        name: for the log.
        every: time between two times.
        run: does it; must not keep the event loop, so what takes long goes to the writer
            (`session.store`) or a thread.
        in_quiet: whether it waits, for PATIENCE at most, until nothing is being crawled.
    """

    name: str
    every: timedelta
    run: Callable[[CrawlSession], Awaitable[None]]
    in_quiet: bool = True


class ChoreList:
    """Chores, and when each is to be done next."""

    def __init__(self, chores: Iterable[Chore], now: datetime) -> None:
        self._due = {chore: now + chore.every for chore in chores}

    def next_at(self, *, is_quiet: bool) -> datetime | None:
        """Return when the next one is due that can be done then, None without any."""
        return min((self._at(chore, is_quiet=is_quiet) for chore in self._due), default=None)

    def shift(self, by: timedelta) -> None:
        """Go along with a clock that was set."""
        self._due = {chore: at + by for chore, at in self._due.items()}

    async def do_due(self, session: CrawlSession, *, is_quiet: bool) -> None:
        """Do what is due.

        Raises:
            ArchiveUnwritable: the disk took nothing more.
        """
        for chore in list(self._due):
            if self._at(chore, is_quiet=is_quiet) <= session.clock.now():
                await self._do(chore, session)

    async def do_all(self, session: CrawlSession) -> None:
        """Do each once, due or not.

        Raises:
            ArchiveUnwritable: the disk took nothing more.
        """
        for chore in self._due:
            await self._do(chore, session)

    def _at(self, chore: Chore, *, is_quiet: bool) -> datetime:
        must_wait = chore.in_quiet and not is_quiet
        return self._due[chore] + (PATIENCE if must_wait else timedelta())

    async def _do(self, chore: Chore, session: CrawlSession) -> None:
        """Do one; a fault in it is told, with its trace, and ends nothing else."""
        try:
            await chore.run(session)
        except ArchiveUnwritable:
            raise
        except Exception:  # an edge: articles are worth more than any chore
            logger.exception("%s failed", chore.name)
        self._due[chore] = session.clock.now() + chore.every
