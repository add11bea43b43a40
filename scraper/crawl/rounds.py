"""Crawls of many outlets in one process: several at a time, one at a time per site."""

import asyncio
import contextlib
import logging
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import install_reactor

from scraper.crawl.session import CrawlSession, Observer
from scraper.crawl.spider import OutletSpider
from scraper.errors import (
    ArchiveBusy,
    ArchiveTooNew,
    ArchiveUnreadable,
    ArchiveUnwritable,
    CaptureUnreadable,
    IndexOutdated,
)
from scraper.records import CrawlRun, Errand
from scraper.urls import site_of

T = TypeVar("T")

# What is wrong with the archive, or with what is replayed, is the trouble of every outlet.
OF_ALL = (
    ArchiveBusy,
    ArchiveTooNew,
    ArchiveUnreadable,
    ArchiveUnwritable,
    CaptureUnreadable,
    IndexOutdated,
)

logger = logging.getLogger(__name__)


def crawl_settings(changes: dict[str, Any]) -> Settings:
    """Return the project's Scrapy settings with an operator's changes on top."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.update(changes, priority="cmdline")
    return settings


class Lanes:
    """Where crawls may run: so many at a time, and no two on one site."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._sites: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def is_free(self, spider: type[OutletSpider]) -> bool:
        """Tell whether a crawl of an outlet could begin at once."""
        taken = any(self._sites[site].locked() for site in sites_of(spider))
        return not taken and not self._places.locked()

    @contextlib.asynccontextmanager
    async def taken(self, spider: type[OutletSpider]) -> AsyncIterator[None]:
        """Wait for a place, and for the outlet's sites, and have them meanwhile."""
        async with contextlib.AsyncExitStack() as stack:
            # In one order for all, so that no two outlets wait for each other.
            for site in sites_of(spider):
                await stack.enter_async_context(self._sites[site])
            await stack.enter_async_context(self._places)
            yield


def sites_of(spider: type[OutletSpider]) -> list[str]:
    """Return the sites that a crawl of an outlet asks, in order."""
    asked = [url for _, url in spider.listing_urls()] + [spider.outlet.homepage]
    return sorted({site_of(url) for url in asked if url})


class Crawls:
    """Runs spiders in one session; a spider that breaks down is a run that failed."""

    def __init__(self, settings: Settings, session: CrawlSession) -> None:
        self.session = session
        self.lanes = Lanes(settings.getint("DATELINE_OUTLETS_AT_ONCE"))
        self.runner = AsyncCrawlerRunner(settings)
        self.broken: list[CrawlRun] = []

    async def run(self, spider: type[OutletSpider], errand: Errand | None = None) -> None:
        """Crawl an outlet as soon as there is room, unless all are told to end before."""
        async with self.lanes.taken(spider):
            if self.session.is_stopping:
                return
            try:
                await self.runner.crawl(spider, errand=errand)
            except OF_ALL:
                raise
            except Exception as error:  # an edge: one outlet's fault is told, with its trace
                logger.exception("%s: the crawl broke down", spider.name)
                now = self.session.clock.now()
                reason = f"it broke down: {type(error).__name__}: {error}"
                broken = CrawlRun(spider.name, now, ended_at=now, outcome="failed", reason=reason)
                self.broken.append(broken)
                self.session.observer(broken)


class Round:
    """One crawl of several outlets into one archive; `stop` ends it early and cleanly."""

    def __init__(self, settings: Settings, observer: Observer) -> None:
        self.settings = settings
        self.observer = observer

    async def crawl(self, spiders: Iterable[type[OutletSpider]]) -> list[CrawlRun]:
        """Crawl every outlet; return the runs in the order in which they ended.

        Raises:
            ArchiveBusy, ArchiveTooNew, ArchiveUnreadable, ArchiveUnwritable: the archive cannot be
                written, or no more.
        """
        session = CrawlSession.of(self.settings).join()
        session.observer = self.observer
        crawls = Crawls(self.settings, session)
        try:
            results = await asyncio.gather(*map(crawls.run, spiders), return_exceptions=True)
        finally:
            session.leave()
        for result in results:
            if isinstance(result, BaseException):
                raise result
        if session.trouble is not None:
            raise session.trouble
        return session.finished + crawls.broken

    def stop(self) -> None:
        """End every crawl after what is in flight; start no other."""
        CrawlSession.of(self.settings).stop()


def run_in_reactor(work: Callable[[], Coroutine[Any, Any, T]], settings: Settings) -> T:
    """Run a coroutine to its end in Scrapy's reactor, which can be started once in a process."""
    install_reactor(settings["TWISTED_REACTOR"])
    from twisted.internet import reactor

    resolver: Any = load_object(settings["TWISTED_DNS_RESOLVER"])
    # Any runner will do for a crawler: resolvers look only at its settings.
    runner: Any = AsyncCrawlerRunner(settings)
    build_from_crawler(resolver, runner, reactor=reactor).install_on_reactor()
    tasks: list[asyncio.Task[T]] = []

    def begin() -> None:
        task = asyncio.get_running_loop().create_task(work())
        task.add_done_callback(lambda _: reactor.stop())
        tasks.append(task)

    reactor.callLater(0, begin)
    reactor.run(installSignalHandlers=False)
    return tasks[0].result()


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` on the first SIGINT or SIGTERM; the second has its usual effect."""
    loop = asyncio.get_running_loop()

    def once() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, once)


def run_round(
    spiders: Iterable[type[OutletSpider]], settings: Settings, observer: Observer
) -> list[CrawlRun]:
    """Crawl the outlets and return their runs; SIGINT and SIGTERM end it early and cleanly."""

    async def work() -> list[CrawlRun]:
        crawl_round = Round(settings, observer)
        stop_on_signals(crawl_round.stop)
        return await crawl_round.crawl(spiders)

    return run_in_reactor(work, settings)
