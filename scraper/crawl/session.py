"""What all crawls of one process share: the archive's lock, its writer, the pool, the replay."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import ClassVar, Self

from scrapy.settings import BaseSettings

from scraper.archive.database import open_reader
from scraper.archive.lock import ArchiveLock
from scraper.archive.warc import WarcIndex
from scraper.archive.writer import Writer
from scraper.crawl.options import CrawlOptions
from scraper.errors import CaptureUnreadable
from scraper.extraction.memory import settle, tame
from scraper.extraction.pool import WorkerPool
from scraper.records import CrawlRun

logger = logging.getLogger(__name__)

PAGES_PER_WORKER = 3  # one in work, one on its way, one to spare

Observer = Callable[[CrawlRun], None]


class CrawlSession:
    """One open archive and one worker pool, for every spider of this process.

    Spiders reach it with `CrawlSession.of(settings)`; the first to come opens it, the last to
    leave closes it. `observer` is told of every change in a run's counts.

    Raises:
        ArchiveBusy: another process is writing to the archive.
        ArchiveTooNew, ArchiveUnreadable: the file cannot be written by this version.
        CaptureUnreadable: the files to replay hold nothing.
    """

    _open: ClassVar[dict[str, "CrawlSession"]] = {}

    def __init__(self, settings: BaseSettings) -> None:
        self.options = CrawlOptions.of(settings)
        self.members = 0
        self.observer: Observer = lambda run: None
        self.finished: list[CrawlRun] = []
        tame()
        settle()
        self.lock = ArchiveLock(self.options.db, "a crawl")
        self.lock.acquire()
        try:
            self.writer = Writer(self.options.db, self.options.captures)
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
        except BaseException:
            self.lock.release()
            raise

    @classmethod
    def of(cls, settings: BaseSettings) -> "CrawlSession":
        """Return the session of the archive that `settings` name, opened if need be."""
        key = str(CrawlOptions.of(settings).db.resolve())
        if key not in cls._open:
            cls._open[key] = cls(settings)
        return cls._open[key]

    def join(self) -> Self:
        """Take part, so that the session stays open until `leave`."""
        self.members += 1
        return self

    def leave(self) -> None:
        """Leave; the last to do so closes everything, after all that was submitted is stored."""
        self.members -= 1
        if self.members > 0:
            return
        self._open.pop(str(self.options.db.resolve()), None)
        try:
            self.pool.close()
            self.reader.close()
            self.writer.close()
        finally:
            self.lock.release()
