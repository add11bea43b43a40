"""The scheduler as a process: signals, disks that fill up, and numbers for who watches it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from scrapy.settings import Settings

from scraper.crawl.clock import Clock
from scraper.crawl.daemon import Scheduler
from scraper.crawl.gauges import GAUGES, session_gauges
from scraper.crawl.notify import Pulse, notify
from scraper.crawl.options import CrawlOptions
from scraper.crawl.rounds import run_in_reactor, stop_on_signals
from scraper.crawl.session import CrawlSession, Observer
from scraper.crawl.spider import OutletSpider
from scraper.errors import DiskLow
from scraper.records import CrawlRun
from scraper.watch.alerts import checked_alert_urls
from scraper.watch.metrics import start_metrics

ROOM_PAUSE = timedelta(minutes=1)  # between two looks whether a disk has room again

Spiders = Iterable[type[OutletSpider]]
Announce = Callable[[str], None]

logger = logging.getLogger(__name__)


class Service:
    """Schedulers one after the other: when a disk has no room, the next begins once it has.

    Args:
        settings: the project's, with an operator's changes on top.
        spiders: the outlets.
        observer: is told of every change in a run's counts.
        announce: is told in a line what it does.
        clock: the time all go by.
    """

    def __init__(
        self,
        settings: Settings,
        spiders: Spiders,
        observer: Observer,
        announce: Announce = lambda line: None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.spiders = list(spiders)
        self.observer = observer
        self.clock = clock or Clock()
        self.pulse = Pulse()
        self.announce = announce
        self.scheduler: Scheduler | None = None
        self._stopped = asyncio.Event()
        try:
            self.scheduler = self._prepared()
        except DiskLow as low:
            self._tell_of_waiting(low)
            notify("READY=1")  # it is at work, and what it waits for may take days

    async def run(self) -> None:
        """Crawl what falls due until `stop`.

        Raises:
            ArchiveUnwritable: the disk took nothing more, for want of room or another reason.
        """
        telling = asyncio.create_task(self.pulse.go_on())
        try:
            while not self._stopped.is_set():
                if self.scheduler is None:
                    await self._begin_again()
                    continue
                try:
                    await self.scheduler.run()
                except DiskLow as low:
                    self.scheduler = None
                    self._tell_of_waiting(low)
            self.announce("stopped: what was fetched is stored")
        finally:
            telling.cancel()

    def stop(self) -> None:
        """Take up nothing more and end after what is in flight, or else within a bound."""
        self._stopped.set()
        if self.scheduler is not None:
            self.scheduler.stop()

    def session(self) -> CrawlSession | None:
        """Return the session at work, None while there is no room for one."""
        return self.scheduler.session if self.scheduler is not None else None

    def _tell_of_waiting(self, low: DiskLow) -> None:
        logger.error("%s", low)
        self.announce(f"waiting until there is room: {low.reason}")
        notify(f"STATUS=waiting for room: {low.reason}")

    def _prepared(self) -> Scheduler:
        scheduler = Scheduler(self.settings, self.spiders, self.observer, self.clock)
        scheduler.beat = self.pulse.beat
        scheduler.announce = self.announce
        return scheduler

    async def _begin_again(self) -> None:
        """Wait for room, and prepare the next scheduler; or until told to stop."""
        stopped = asyncio.ensure_future(self._stopped.wait())
        while not self._stopped.is_set():
            self.pulse.beat()
            with contextlib.suppress(DiskLow):
                self.scheduler = self._prepared()
                break
            nap = asyncio.ensure_future(self.clock.sleep_until(self.clock.now() + ROOM_PAUSE))
            await asyncio.wait({stopped, nap}, return_when=asyncio.FIRST_COMPLETED)
            nap.cancel()
        stopped.cancel()


def run_schedule(
    spiders: Spiders,
    settings: Settings,
    observer: Observer,
    announce: Announce,
    metrics: str = "",
) -> None:
    """Crawl what falls due until SIGTERM or SIGINT; serve metrics at an address meanwhile, if any.

    `announce` is told in a line what it does.

    Raises:
        ExtraMissing, MetricsUnservable: they cannot be served.
        AlertsUnavailable: alerts are wanted and cannot be sent.
    """
    options = CrawlOptions.of(settings)
    checked_alert_urls(options.alerts)  # now, not when one is to be sent

    async def work() -> None:
        service = Service(settings, spiders, observer, announce)
        live.update(_gauges(service))
        stop_on_signals(service.stop)
        await service.run()

    live: dict[str, Callable[[], float]] = {}
    with contextlib.ExitStack() as stack:
        if metrics:  # before the archive is opened, so that a port that is taken costs nothing
            stack.callback(start_metrics(metrics, options.db, live))
        run_in_reactor(work, settings)


def _gauges(service: Service) -> dict[str, Callable[[], float]]:
    """Return the gauges of whichever session is at work."""

    def gauge(name: str) -> Callable[[], float]:
        def read() -> float:
            session = service.session()
            return 0.0 if session is None else session_gauges(session)[name]()

        return read

    return {name: gauge(name) for name in GAUGES}


def run_due(spiders: Spiders, settings: Settings, observer: Observer) -> list[CrawlRun]:
    """Crawl what is due now, once each, and return the runs; none when nothing is due.

    Raises:
        AlertsUnavailable: alerts are wanted and cannot be sent.
    """
    checked_alert_urls(CrawlOptions.of(settings).alerts)

    async def work() -> list[CrawlRun]:
        scheduler = Scheduler(settings, spiders, observer)
        stop_on_signals(scheduler.stop)
        return await scheduler.run_once()

    return run_in_reactor(work, settings)
