"""Opens, counts and closes the crawl run of each spider."""

import contextlib
import logging
from collections import Counter
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from scraper.archive import outlet_days, runs
from scraper.archive.request_counts import day_of
from scraper.crawl.metering import RequestLog
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
    everything that it asked failed. Listings of a whole site that hold no world news have offered
    something: such a run is done, and says so.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = CrawlSession.of(crawler.settings).join(crawler)
        self.run: CrawlRun | None = None
        self.run_id: int | None = None
        self.failures: Counter[str] = Counter()
        self.no_article_reasons: Counter[str] = Counter()
        self.counted = 0
        self.postponed = ""  # why a listing waits for the next day, if one does
        self.spent = ""  # which budget articles wait for
        self.waiting = 0  # articles that wait for it
        self.answered = 0  # listings that came, or answered that nothing changed
        self.left_out = 0  # entries of listings, articles on anything but the world
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
        started_at = self.session.clock.now()
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
        """Add to one of the run's counts; `reason` tells failures apart, or pages of no article."""
        if self.run is None:
            return
        self.run = replace(self.run, **{what: getattr(self.run, what) + number})
        if reason:
            reasons = self.no_article_reasons if what == "no_article" else self.failures
            reasons[reason] += number
        self.session.observer(self.run)
        self.counted += 1
        if self.counted % SAVE_EVERY == 0:
            self._save(self.run)

    def listing_answered(self, *, left_out: int = 0) -> None:
        """Note that a listing was read, or has not changed; and what it held but for the world."""
        self.answered += 1
        self.left_out += left_out
        self.crawler.stats.inc_value("dateline/left_out", left_out)

    def listing_failed(self, problem: str) -> None:
        """Note why a listing could not be read."""
        self.failures[f"{LISTING}{problem}"] += 1

    def postpone(self, why: str, *, is_listing: bool) -> None:
        """Note what was not asked, for reasons of ours, and waits as if not taken up."""
        if is_listing:
            self.postponed = why
        else:
            self.spent = why
            self.waiting += 1
            self.count("fetched", -1)
            self.count("deferred")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Close the run; the session closes with its last spider."""
        try:
            if self.run is not None:
                run = self.run if reason == NORMAL_END else unsettled_as_deferred(self.run)
                outcome, why = self._verdict(run, reason)
                ended = replace(run, ended_at=self.session.clock.now(), outcome=outcome, reason=why)
                self.run = self._with_reasons(ended)
                with contextlib.suppress(ArchiveUnwritable):  # then the next run closes this one
                    self._finish(self.run)
                self.session.finished.append(self.run)
                self.session.observer(self.run)
                logger.info("%s: %s%s", spider.name, outcome, f" ({why})" if why else "")
        finally:
            self.session.leave(self.crawler)

    def _verdict(self, run: CrawlRun, reason: str) -> tuple[str, str]:
        if reason == OVERTIME_END:
            seconds = self.crawler.settings.getint("CLOSESPIDER_TIMEOUT")
            outcome = "done" if run.fetched > run.failed else "failed"
            return outcome, f"not all within {seconds} s: the rest waits for the next run"
        if reason != NORMAL_END:
            trouble = self.session.trouble
            return "interrupted", trouble.reason if trouble is not None else reason
        worked = run.fetched - run.failed
        if self.postponed and not self.answered:
            return "interrupted", self.postponed
        if run.listings and not self.answered:
            return "failed", f"no listing could be read: {self._commonest(of_listings=True)}"
        unchanged = self.crawler.stats.get_value("dateline/listing_304")
        if run.listings and not (run.candidates or unchanged or self.left_out):
            return "failed", "the listings offered no article"
        if self.waiting:  # the few that were asked before tell nothing of the outlet
            articles = "1 article waits" if self.waiting == 1 else f"{self.waiting} articles wait"
            return "done", f"{self.spent}: {articles} for tomorrow"
        if run.fetched and not worked:
            return "failed", f"nothing could be fetched: {self._commonest(of_listings=False)}"
        if self.left_out and not run.candidates:
            return "done", f"none of the {self.left_out} entries listed is world news"
        return "done", ""

    def _commonest(self, *, of_listings: bool) -> str:
        reasons = (
            r for r, _ in self.failures.most_common() if r.startswith(LISTING) == of_listings
        )
        return next(reasons, "no answer").removeprefix(LISTING)

    def _save(self, run: CrawlRun) -> Future[None]:
        assert self.run_id is not None
        return self.session.writer.submit(runs.save_run, self.run_id, self._with_reasons(run))

    def _with_reasons(self, run: CrawlRun) -> CrawlRun:
        return replace(
            run,
            failures=dict(self.failures),
            no_article_reasons=dict(self.no_article_reasons),
        )

    def _finish(self, run: CrawlRun) -> None:
        """Write the run, the last counts of its requests, and the days that it touched."""
        requests = self.crawler.get_extension(RequestLog)
        if requests is not None:
            requests.flush()
        saved = self._save(run)
        days = {day_of(run.started_at), day_of(run.ended_at or run.started_at)}
        submit = self.session.writer.submit
        summaries = [submit(outlet_days.summarise, run.outlet, day) for day in sorted(days)]
        saved.result()
        for summary in summaries:
            try:
                summary.result()
            except ArchiveUnwritable:
                raise
            except Exception:  # an edge: a day without its row is no harm to what was collected
                logger.exception("%s: the day was not summed up", run.outlet)


def unsettled_as_deferred(run: CrawlRun) -> CrawlRun:
    """Count what an interrupted run took up and did not settle as deferred.

    >>> from datetime import UTC, datetime
    >>> stopped = CrawlRun("a", datetime.now(UTC), candidates=5, known=1, fetched=3, new=2)
    >>> unsettled_as_deferred(stopped).deferred
    2
    """
    settled = sum(getattr(run, name) for name in OUTCOMES)
    taken_up = run.candidates + run.resumed
    return replace(run, fetched=settled, deferred=taken_up - run.known - settled)
