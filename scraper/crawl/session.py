"""What all crawls of one process share: the archive's lock, its writer, the pool, the replay."""

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Self
from weakref import WeakValueDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from scraper.archive import request_counts
from scraper.archive.database import open_reader
from scraper.archive.lock import ArchiveLock
from scraper.archive.room import REMEDY, disk_trouble
from scraper.archive.warc import WarcIndex
from scraper.archive.writer import Writer
from scraper.crawl.budgets import Budgets
from scraper.crawl.clock import Clock
from scraper.crawl.options import CrawlOptions
from scraper.crawl.queues import HostClosed, drop_queues
from scraper.errors import ArchiveUnwritable, CaptureUnreadable, DiskLow
from scraper.extraction.memory import settle, tame
from scraper.extraction.pool import WorkerPool
from scraper.records import CrawlRun

logger = logging.getLogger(__name__)

PAGES_PER_WORKER = 3  # one in work, one on its way, one to spare
# Between two looks at the room left: what comes in by then is far below any sensible reserve.
ROOM_SECONDS = 5.0

Observer = Callable[[CrawlRun], None]


class CrawlSession:
    """One open archive and one worker pool, for every spider of this process.

    Spiders reach it with `CrawlSession.of(settings)`; the first to come opens it, the last to
    leave closes it. `observer` is told of every change in a run's counts. `clock` is the time all
    of them go by. Once the disk takes
    nothing more, `trouble` says why, and every crawl ends: pages are not asked for to be lost.

    Raises:
        ArchiveBusy: another process is writing to the archive.
        ArchiveUnwritable: the disk is full or read-only; DiskLow: it has too little room left.
        ArchiveTooNew, ArchiveUnreadable: the file cannot be written by this version.
        CaptureUnreadable: the files to replay hold nothing.
    """

    _open: ClassVar[dict[str, "CrawlSession"]] = {}

    def __init__(self, settings: BaseSettings, purpose: str = "a crawl") -> None:
        self.options = CrawlOptions.of(settings)
        self.members = 0
        self.observer: Observer = lambda run: None
        self.clock = Clock()
        self.finished: list[CrawlRun] = []
        self.crawlers: list[Crawler] = []
        self.trouble: ArchiveUnwritable | None = None
        self.is_stopping = False
        self.last_asked: dict[str, float] = {}  # by host, as time.monotonic() has it
        self.closed_hosts: dict[str, HostClosed] = {}  # by themselves, or because they are down
        self.robots_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._stops: dict[Crawler, asyncio.Future[Any]] = {}
        if low := self._disk_low():
            raise low
        self._room_due = time.monotonic() + ROOM_SECONDS
        tame()
        settle()
        with contextlib.ExitStack() as stack:
            self.lock = stack.enter_context(ArchiveLock(self.options.db, purpose))
            self.writer = stack.enter_context(Writer(self.options.db, self.options.captures))
            self.reader: sqlite3.Connection = open_reader(self.options.db)
            spent = partial(request_counts.spent, self.reader)
            self.budgets = Budgets(self.options.budget, spent)
            self.replay = WarcIndex(self.options.replay) if self.options.replay else None
            if self.replay is not None and not len(self.replay):
                files = ", ".join(str(path) for path in self.options.replay)
                raise CaptureUnreadable(files, "it holds no responses: is it a WARC file?")
            workers = settings.getint("DATELINE_WORKERS")
            # Pages handed to the pool at once, from all outlets: the rest waits unpickled.
            self.places = asyncio.Semaphore(workers * PAGES_PER_WORKER)
            self.pool = WorkerPool(
                workers,
                timeout_seconds=settings.getfloat("DATELINE_PAGE_SECONDS"),
                memory_bytes=settings.getint("DATELINE_WORKER_BYTES"),
            )
            stack.pop_all()  # all is open, and stays so until the last one leaves

    @classmethod
    def of(cls, settings: BaseSettings, purpose: str = "a crawl") -> "CrawlSession":
        """Return the session of the archive that `settings` name, opened if need be.

        `purpose` is told to whoever wants to write to the archive meanwhile.
        """
        key = str(CrawlOptions.of(settings).db.resolve())
        if key not in cls._open:
            cls._open[key] = cls(settings, purpose)
        return cls._open[key]

    def join(self, crawler: Crawler | None = None) -> Self:
        """Take part, so that the session stays open until `leave`."""
        self.members += 1
        if crawler is not None:
            self.crawlers.append(crawler)
        return self

    async def store(self, operation: Any, *args: Any, **kwargs: Any) -> Any:
        """Have the writer run `operation(archive, ...)`; return its result once it is committed.

        Raises:
            ArchiveUnwritable: the disk took nothing more; all crawls have been told to end.
        """
        self._look_at_room()
        try:
            return await asyncio.wrap_future(self.writer.submit(operation, *args, **kwargs))
        except ArchiveUnwritable as error:
            self.give_up(error)
            raise

    def _look_at_room(self) -> None:
        """End every crawl when a disk is about to be full; what is in flight is stored still."""
        if self.trouble is None and time.monotonic() >= self._room_due:
            self._room_due = time.monotonic() + ROOM_SECONDS
            if low := self._disk_low():
                logger.warning("%s", low)
                self.give_up(low)

    def _disk_low(self) -> DiskLow | None:
        options = self.options
        words = disk_trouble(options.db, options.captures, options.reserve_bytes)
        return DiskLow(str(options.db), words, REMEDY) if words else None

    def give_up(self, trouble: ArchiveUnwritable) -> None:
        """End every crawl; to be called whenever the archive's disk refuses."""
        self.trouble = self.trouble or trouble
        self.stop()

    def stop(self) -> None:
        """End every crawl after what is in flight; one that is only starting ends as it opens."""
        self.is_stopping = True
        for crawler in self.crawlers:
            engine = crawler.engine
            if engine is not None and engine.running and crawler not in self._stops:
                drop_queues(crawler)
                stop = asyncio.gather(engine.stop_async(), return_exceptions=True)
                self._stops[crawler] = stop

    def host_closed(self, host: str) -> HostClosed | None:
        """Return why a host is to be left alone now, None if it may be asked."""
        closed = self.closed_hosts.get(host)
        if closed is not None and closed.until <= self.clock.now():
            del self.closed_hosts[host]
            return None
        return closed

    def leave(self, crawler: Crawler | None = None) -> None:
        """Leave; the last to do so closes everything, after all that was submitted is stored."""
        if crawler is not None:  # a scheduler's session sees thousands of them
            self.crawlers.remove(crawler)
            self._stops.pop(crawler, None)
        self.members -= 1
        if self.members > 0:
            return
        self._open.pop(str(self.options.db.resolve()), None)
        with contextlib.ExitStack() as stack:  # the lock goes last, whatever fails
            stack.callback(self.lock.release)
            stack.callback(self.writer.close)
            stack.callback(self.reader.close)
            stack.callback(self.pool.close)
