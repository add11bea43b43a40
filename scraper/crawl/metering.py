"""Counts every request that is sent, and refuses those beyond the day's budget."""

import logging
from typing import Any, Self
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scraper.archive import request_counts
from scraper.archive.day_summaries import REPLAYED
from scraper.archive.request_counts import Purpose, Traffic, day_of
from scraper.crawl.robots import IS_ROBOTS
from scraper.crawl.session import CrawlSession

FLUSH_EVERY = 20  # requests whose counts a crash may lose

logger = logging.getLogger(__name__)


class RequestLog:
    """A Scrapy extension that counts requests as they leave, each hop and each try of its own.

    robots.txt counts for the outlet on whose account it was asked. `RunLog` has the last counts
    written at the end of a run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = CrawlSession.of(crawler.settings)
        self.counts: dict[Purpose, Traffic] = {}
        self.waiting = 0  # requests counted and not written yet
        self._answers: WeakKeyDictionary[Request, Response] = WeakKeyDictionary()
        self._received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self._came, signal=signals.bytes_received)
        crawler.signals.connect(self._answered, signal=signals.response_downloaded)
        crawler.signals.connect(self._left, signal=signals.request_left_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    def flush(self) -> None:
        """Have what was counted written."""
        if self.counts:
            self.session.writer.submit(request_counts.add, self.counts)
        self.counts, self.waiting = {}, 0

    def _came(self, data: bytes, request: Request) -> None:
        self._received[request] = self._received.get(request, 0) + len(data)

    def _answered(self, response: Response, request: Request) -> None:
        self._answers[request] = response

    def _left(self, request: Request, spider: Any) -> None:
        """Count a request that was sent, answered or not."""
        response = self._answers.pop(request, None)
        size = self._received.pop(request, 0)
        now = self.session.clock.now()
        if self.session.replay is not None:
            size = len(response.body) if response is not None else 0
        elif self.session.budgets.is_bounded:
            self.session.budgets.charge(request, spider.name, size, now)
        status = response.status if response is not None else 0
        waited = request.meta.get("download_latency", 0.0) if status else 0.0
        purpose = Purpose(day_of(now), spider.name, host_of(request), self._kind(request), status)
        traffic = Traffic(1, size, round(1000 * waited))
        self.counts[purpose] = self.counts.get(purpose, Traffic()).plus(traffic)
        self.waiting += 1
        if self.waiting >= FLUSH_EVERY:
            self.flush()

    def _kind(self, request: Request) -> str:
        if self.session.replay is not None:
            return REPLAYED
        if IS_ROBOTS in request.meta:
            return "robots"
        return "article" if "standing" in request.cb_kwargs else "listing"


class BudgetMiddleware:
    """Refuses what the day's budget does not hold any more; the last to look at a request."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = CrawlSession.of(crawler.settings)
        if self.session.replay is not None or not self.session.budgets.is_bounded:
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise BudgetSpent."""
        spider: Any = self.crawler.spider
        refusal = self.session.budgets.refusal(spider.name, self.session.clock.now())
        if refusal is not None:
            raise refusal
        self.session.budgets.take(request, spider.name)

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Give back what was not sent: `RequestLog` has charged the rest by now."""
        self.session.budgets.give_back(request)


def host_of(request: Request) -> str:
    """Return the host a request goes to, with its port where the address has one.

    >>> host_of(Request("https://Example.org:8443/a"))
    'example.org:8443'
    """
    return urlparse_cached(request).netloc.rpartition("@")[2].lower()
