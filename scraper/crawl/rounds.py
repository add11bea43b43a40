"""Crawls of many outlets in one process: several at a time, one at a time per site."""

import asyncio
import logging
import signal
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import install_reactor

from scraper.crawl.session import CrawlSession, Observer
from scraper.crawl.spider import OutletSpider
from scraper.errors import ScraperError
from scraper.records import CrawlRun
from scraper.urls import site_of

T = TypeVar("T")

logger = logging.getLogger(__name__)


def crawl_settings(changes: dict[str, Any]) -> Settings:
    """Return the project's Scrapy settings with an operator's changes on top."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.update(changes, priority="cmdline")
    return settings


class Round:
    """One crawl of several outlets into one archive; `stop` ends it early and cleanly."""

    def __init__(self, settings: Settings, observer: Observer) -> None:
        self.settings = settings
        self.observer = observer
        self.runner = AsyncCrawlerRunner(settings)
        self.broken: list[CrawlRun] = []

    async def crawl(self, spiders: Iterable[type[OutletSpider]]) -> list[CrawlRun]:
        """Crawl every outlet; return the runs in the order in which they ended.

        Raises:
            ArchiveBusy, ArchiveTooNew, ArchiveUnreadable, ArchiveUnwritable: the archive cannot be
                written, or no more.
        """
        session = CrawlSession.of(self.settings).join()
        session.observer = self.observer
        places = asyncio.Semaphore(self.settings.getint("DATELINE_OUTLETS_AT_ONCE"))
        sites: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        try:
            crawls = [self._crawl_one(spider, places, sites) for spider in spiders]
            results = await asyncio.gather(*crawls, return_exceptions=True)
        finally:
            session.leave()
        for result in results:
            if isinstance(result, BaseException):
                raise result
        if session.trouble is not None:
            raise session.trouble
        return session.finished + self.broken

    async def _crawl_one(
        self,
        spider: type[OutletSpider],
        places: asyncio.Semaphore,
        sites: dict[str, asyncio.Lock],
    ) -> None:
        asked = [url for _, url in spider.listing_urls()] + [spider.outlet.homepage]
        async with AsyncExitStack() as stack:
            # In one order for all, so that no two outlets wait for each other.
            for site in sorted({site_of(url) for url in asked if url}):
                await stack.enter_async_context(sites[site])
            await stack.enter_async_context(places)
            if not CrawlSession.of(self.settings).is_stopping:
                await self._run(spider)

    async def _run(self, spider: type[OutletSpider]) -> None:
        """Run one spider; if it breaks down, its outlet failed, and the others go on."""
        try:
            await self.runner.crawl(spider)
        except ScraperError:
            raise
        except Exception as error:  # an edge: a fault of one outlet's crawl is told, with its trace
            logger.exception("%s: the crawl broke down", spider.name)
            now = datetime.now(UTC)
            reason = f"it broke down: {type(error).__name__}: {error}"
            broken = CrawlRun(spider.name, now, ended_at=now, outcome="failed", reason=reason)
            self.broken.append(broken)
            self.observer(broken)

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
