"""What all crawls of one process share: the archive's lock, its writer, the pool, the replay."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Callable
from typing import Any, ClassVar, Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from scraper.archive.database import open_reader
from scraper.archive.lock import ArchiveLock
from scraper.archive.warc import WarcIndex
from scraper.archive.writer import Writer
from scraper.crawl.options import CrawlOptions
from scraper.crawl.throttle import drop_queues
from scraper.errors import ArchiveUnwritable, CaptureUnreadable
from scraper.extraction.memory import settle, tame
from scraper.extraction.pool import WorkerPool
from scraper.records import CrawlRun

logger = logging.getLogger(__name__)

PAGES_PER_WORKER = 3  # one in work, one on its way, one to spare

Observer = Callable[[CrawlRun], None]


class CrawlSession:
    """One open archive and one worker pool, for every spider of this process.

    Spiders reach it with `CrawlSession.of(settings)`; the first to come opens it, the last to
    leave closes it. `observer` is told of every change in a run's counts. Once the disk takes
    nothing more, `trouble` says why, and every crawl ends: pages are not asked for to be lost.

    Raises:
        ArchiveBusy: another process is writing to the archive.
        ArchiveUnwritable: the disk is full or read-only.
        ArchiveTooNew, ArchiveUnreadable: the file cannot be written by this version.
        CaptureUnreadable: the files to replay hold nothing.
    """

    _open: ClassVar[dict[str, "CrawlSession"]] = {}

    def __init__(self, settings: BaseSettings) -> None:
        self.options = CrawlOptions.of(settings)
        self.members = 0
        self.observer: Observer = lambda run: None
        self.finished: list[CrawlRun] = []
        self.crawlers: list[Crawler] = []
        self.trouble: ArchiveUnwritable | None = None
        self.is_stopping = False
        self._stops: dict[Crawler, asyncio.Future[Any]] = {}
        tame()
        settle()
        with contextlib.ExitStack() as stack:
            self.lock = stack.enter_context(ArchiveLock(self.options.db, "a crawl"))
            self.writer = stack.enter_context(Writer(self.options.db, self.options.captures))
            self.reader: sqlite3.Connection = open_reader(self.options.db)
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
    def of(cls, settings: BaseSettings) -> "CrawlSession":
        """Return the session of the archive that `settings` name, opened if need be."""
        key = str(CrawlOptions.of(settings).db.resolve())
        if key not in cls._open:
            cls._open[key] = cls(settings)
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
        try:
            return await asyncio.wrap_future(self.writer.submit(operation, *args, **kwargs))
        except ArchiveUnwritable as error:
            self.give_up(error)
            raise

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

    def leave(self) -> None:
        """Leave; the last to do so closes everything, after all that was submitted is stored."""
        self.members -= 1
        if self.members > 0:
            return
        self._open.pop(str(self.options.db.resolve()), None)
        with contextlib.ExitStack() as stack:  # the lock goes last, whatever fails
            stack.callback(self.lock.release)
            stack.callback(self.writer.close)
            stack.callback(self.reader.close)
            stack.callback(self.pool.close)
