"""How fast a host is asked: AutoThrottle, never below Crawl-delay; silence when told, or down."""

import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, NotConfigured, StopDownload
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

BUSY = frozenset({429, 503})
LONGEST_ABSENCE = 30 * 86400.0  # seconds; who asks for more is asked again after a month
AWAY = "asked to come back later"
FAILURES_IN_A_ROW = 5  # requests without a good answer, before a host is taken to be down; chosen
DOWN_SECONDS = 900.0  # that it is left alone then: as long as a candidate waits for its second try
# Raised by our own bounds and rules: the host did answer, or was not asked.
OURS = (IgnoreRequest, DownloadCancelledError, StopDownload)
DOWN = "the host seems to be down"
SMALLEST_DELAY = 0.001  # seconds

logger = logging.getLogger(__name__)


class HostClosed(IgnoreRequest):
    """The host asked us to stay away for longer than this run should wait."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """Return the wait a Retry-After header asks for, in seconds (RFC 9110 section 10.2.3).

    >>> retry_after_seconds("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Stopped(IgnoreRequest):
    """The crawl was told to end before this was asked."""


def drop_queues(crawler: Crawler) -> None:
    """Drop what waits for its turn with any host, so that a crawl told to end does end."""
    if crawler.engine is None:
        return
    for slot in crawler.engine.downloader.slots.values():
        _fail_all(slot, Stopped("told to end"))


def _fail_all(slot: Slot, error: IgnoreRequest) -> None:
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(Failure(error))


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that keeps each host's Crawl-delay as its lower bound."""

    def __init__(self, crawler: Crawler) -> None:
        self.minimum: dict[str, float] = {}
        self.longest = crawler.settings.getfloat("DATELINE_CRAWL_DELAY_MAX")
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        if crawler.settings.getlist("DATELINE_REPLAY"):
            raise NotConfigured
        try:
            super().__init__(crawler)
        except NotConfigured:  # a fixed delay was chosen; Crawl-delay is kept all the same
            self.crawler = crawler
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self._queued, signal=signals.request_reached_downloader)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.agent)
        if delay is not None and delay > 0:
            self.minimum[host_of(request)] = min(delay, self.longest)

    def _queued(self, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        if key is None or slot is None:
            return
        # Without any delay Scrapy 2.19 starts all that waits at once, whatever the concurrency.
        slot.delay = max(slot.delay, SMALLEST_DELAY)
        if slot.delay < self.minimum.get(key, 0.0):
            slot.delay = self.minimum[key]
            slot.jitter = 0.0  # half a Crawl-delay would break it

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlparse_cached(response).hostname or ""
        slot.delay = max(slot.delay, self.minimum.get(host, 0.0))


class RetryAfterMiddleware(RetryMiddleware):
    """Scrapy's retries; Retry-After silences the whole host, and so does a host that is down."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.longest = settings.getfloat("DATELINE_RETRY_AFTER_MAX")
        self.closed: dict[str, HostClosed] = {}
        self.failures: Counter[str] = Counter()  # in a row, by host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        middleware = super().from_crawler(crawler)
        # This signal comes before the host's next request is sent; process_response comes after.
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Refuse what a closed host would be asked."""
        closed = self.closed.get(host_of(request))
        if closed is not None:
            raise HostClosed(str(closed), closed.until)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Hold the host on 429 and 503 with Retry-After."""
        if response.status < 500:
            self.failures.pop(host_of(request), None)
        if response.status in BUSY and (asked := response.headers.get("Retry-After")):
            now = datetime.now(UTC)
            seconds = retry_after_seconds(asked.decode("latin-1"), now)
            if seconds is not None:
                self._hold(request, seconds, now)

    def process_response(  # type: ignore[override]  # the same
        self, request: Request, response: Response
    ) -> Request | Response:
        """Ask again, or pass the answer on; many bad ones in a row close the host."""
        outcome: Request | Response = super().process_response(request, response)
        if outcome is response and response.status >= 500:
            self._failed(request)
        return outcome

    def process_exception(  # type: ignore[override]  # the spider's argument is deprecated
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Ask again, or give up; many requests in a row that bring nothing close the host."""
        outcome: Request | Response | None = super().process_exception(request, exception)
        if outcome is None and not isinstance(exception, OURS):
            self._failed(request)
        return outcome

    def _failed(self, request: Request) -> None:
        host = host_of(request)
        self.failures[host] += 1
        if self.failures[host] >= FAILURES_IN_A_ROW and host not in self.closed:
            self._close(request, DOWN, datetime.now(UTC) + timedelta(seconds=DOWN_SECONDS))

    def _hold(self, request: Request, seconds: float, now: datetime) -> None:
        if seconds > self.longest:
            self._close(request, AWAY, now + timedelta(seconds=min(seconds, LONGEST_ABSENCE)))
        elif (slot := self._slot(request)) is not None:
            slot.lastseen = max(slot.lastseen, monotonic() + seconds)

    def _close(self, request: Request, reason: str, until: datetime) -> None:
        """Leave a host alone for the rest of this run, and what waits for it until then."""
        host = host_of(request)
        logger.warning("%s: %s; it is left alone until %s", host, reason, until.isoformat())
        self.closed[host] = HostClosed(reason, until)
        if (slot := self._slot(request)) is not None:  # what already waits for its turn
            _fail_all(slot, self.closed[host])

    def _slot(self, request: Request) -> Slot | None:
        assert self.crawler.engine is not None
        slots = self.crawler.engine.downloader.slots
        return slots.get(request.meta.get("download_slot", host_of(request)))


def host_of(request: Request) -> str:
    """Return the host a request goes to."""
    return urlparse_cached(request).hostname or ""
