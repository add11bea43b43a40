"""Opens, counts and closes the crawl run of each spider."""

import contextlib
import logging
from collections import Counter
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from scraper.archive import runs
from scraper.crawl.options import dateline_version
from scraper.crawl.session import CrawlSession
from scraper.errors import ArchiveUnwritable
from scraper.records import CrawlRun

SAVE_EVERY = 50  # counts between two saves, so that a killed run shows how far it came
NORMAL_END = "finished"
OVERTIME_END = "closespider_timeout"
LISTING = "listing: "  # before the reasons of listings, among those of articles
OUTCOMES = (
    "not_modified",
    "new",
    "revised",
    "unchanged",
    "no_article",
    "quarantined",
    "gone",
    "failed",
)

logger = logging.getLogger(__name__)


class RunLog:
    """A Scrapy extension: one `crawl_runs` row per spider, with counts that add up.

    A run fails when its listings offered nothing at all and there was nothing else to do, or when
    everything that it asked failed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = CrawlSession.of(crawler.settings).join(crawler)
        self.run: CrawlRun | None = None
        self.run_id: int | None = None
        self.failures: Counter[str] = Counter()
        self.counted = 0
        self.answered = 0  # listings that came, or answered that nothing changed
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        """Open the run, before the first request."""
        if self.session.is_stopping:
            raise CloseSpider("shutdown")
        started_at = datetime.now(UTC)
        opened = self.session.writer.submit(
            runs.open_run,
            spider.name,
            spider.outlet,
            is_declared=spider.is_declared,
            started_at=started_at,
            version=dateline_version(),
        )
        try:
            self.run_id = opened.result()
        except ArchiveUnwritable as error:
            self.session.give_up(error)
            raise CloseSpider("the archive cannot be written") from error
        self.run = CrawlRun(outlet=spider.name, started_at=started_at)
        self.session.observer(self.run)

    def count(self, what: str, number: int = 1, *, reason: str = "") -> None:
        """Add to one of the run's counts; `reason` tells failures apart."""
        if self.run is None:
            return
        self.run = replace(self.run, **{what: getattr(self.run, what) + number})
        if reason:
            self.failures[reason] += number
        self.session.observer(self.run)
        self.counted += 1
        if self.counted % SAVE_EVERY == 0:
            self._save(self.run)

    def listing_answered(self) -> None:
        """Note that a listing was read, or has not changed."""
        self.answered += 1

    def listing_failed(self, problem: str) -> None:
        """Note why a listing could not be read."""
        self.failures[f"{LISTING}{problem}"] += 1

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Close the run; the session closes with its last spider."""
        try:
            if self.run is not None:
                run = self.run if reason == NORMAL_END else unsettled_as_deferred(self.run)
                outcome, why = self._verdict(run, reason)
                ended = replace(run, ended_at=datetime.now(UTC), outcome=outcome, reason=why)
                self.run = replace(ended, failures=dict(self.failures))
                with contextlib.suppress(ArchiveUnwritable):  # then the next run closes this one
                    self._save(self.run).result()
                self.session.finished.append(self.run)
                self.session.observer(self.run)
                logger.info("%s: %s%s", spider.name, outcome, f" ({why})" if why else "")
        finally:
            self.session.leave()

    def _verdict(self, run: CrawlRun, reason: str) -> tuple[str, str]:
        if reason == OVERTIME_END:
            seconds = self.crawler.settings.getint("CLOSESPIDER_TIMEOUT")
            outcome = "done" if run.fetched > run.failed else "failed"
            return outcome, f"not all within {seconds} s: the rest waits for the next run"
        if reason != NORMAL_END:
            trouble = self.session.trouble
            return "interrupted", trouble.reason if trouble is not None else reason
        worked = run.fetched - run.failed
        if run.listings and not self.answered:
            return "failed", f"no listing could be read: {self._commonest(of_listings=True)}"
        unchanged = self.crawler.stats.get_value("dateline/listing_304")
        if run.listings and not (run.candidates or unchanged):
            return "failed", "the listings offered no article"
        if run.fetched and not worked:
            return "failed", f"nothing could be fetched: {self._commonest(of_listings=False)}"
        return "done", ""

    def _commonest(self, *, of_listings: bool) -> str:
        reasons = (
            r for r, _ in self.failures.most_common() if r.startswith(LISTING) == of_listings
        )
        return next(reasons, "no answer").removeprefix(LISTING)

    def _save(self, run: CrawlRun) -> Future[None]:
        assert self.run_id is not None
        snapshot = replace(run, failures=dict(self.failures))
        return self.session.writer.submit(runs.save_run, self.run_id, snapshot)


def unsettled_as_deferred(run: CrawlRun) -> CrawlRun:
    """Count what an interrupted run took up and did not settle as deferred.

    >>> stopped = CrawlRun("a", datetime.now(UTC), candidates=5, known=1, fetched=3, new=2)
    >>> unsettled_as_deferred(stopped).deferred
    2
    """
    settled = sum(getattr(run, name) for name in OUTCOMES)
    taken_up = run.candidates + run.resumed
    return replace(run, fetched=settled, deferred=taken_up - run.known - settled)
