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

from scraper.crawl.queues import AWAY, DOWN, HostClosed, fail_all
from scraper.crawl.session import CrawlSession

BUSY = frozenset({429, 503})
LONGEST_ABSENCE = 30 * 86400.0  # seconds; who asks for more is asked again after a month
FAILURES_IN_A_ROW = 5  # requests without a good answer, before a host is taken to be down; chosen
DOWN_SECONDS = 900.0  # that it is left alone then: as long as a candidate waits for its second try
# Raised by our own bounds and rules: the host did answer, or was not asked.
OURS = (IgnoreRequest, DownloadCancelledError, StopDownload)
SMALLEST_DELAY = 0.001  # seconds
REMEMBERED_HOSTS = 4096  # beyond so many, those whose pause is over are forgotten

logger = logging.getLogger(__name__)


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


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that keeps each host's Crawl-delay as its lower bound."""

    def __init__(self, crawler: Crawler) -> None:
        self.minimum: dict[str, float] = {}
        self.answered: dict[str, float] = {}  # when each host last answered, in monotonic seconds
        self.longest = crawler.settings.getfloat("DATELINE_CRAWL_DELAY_MAX")
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.session = CrawlSession.of(crawler.settings)
        self.memory = max(self.longest, crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY"))
        if crawler.settings.getlist("DATELINE_REPLAY"):
            raise NotConfigured
        try:
            super().__init__(crawler)
        except NotConfigured:  # a fixed delay was chosen; Crawl-delay is kept all the same
            self.crawler = crawler
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self._queued, signal=signals.request_reached_downloader)
        crawler.signals.connect(self._answered, signal=signals.response_downloaded)
        crawler.signals.connect(self._left, signal=signals.request_left_downloader)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self.agent)
        if delay is not None and delay > 0:
            self.minimum[host_of(request)] = min(delay, self.longest)

    def _queued(self, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        if key is None or slot is None:
            return
        # An earlier crawl may have asked the host a moment ago.
        slot.lastseen = slot.lastseen or self.session.last_asked.get(key, 0.0)
        # Without any delay Scrapy 2.19 starts all that waits at once, whatever the concurrency.
        slot.delay = max(slot.delay, SMALLEST_DELAY)
        if key in self.minimum:
            slot.delay = max(slot.delay, self.minimum[key])
            slot.jitter = 0.0  # half a Crawl-delay would break it
            slot.lastseen = max(slot.lastseen, self.answered.get(key, 0.0))

    def _answered(self, request: Request, spider: Spider) -> None:
        """Count a Crawl-delay from the last answer: what connects slowly is asked later than sent.

        Scrapy counts from when a request leaves its queue; with a slow handshake before the first
        one only, the second reached its host after half the time it asks for.
        """
        key, slot = self._get_slot(request, spider)
        if key is not None:
            self.answered[key] = monotonic()
        if key in self.minimum and slot is not None:
            slot.lastseen = max(slot.lastseen, self.answered[key])

    def _left(self, request: Request, spider: Spider) -> None:
        key, slot = self._get_slot(request, spider)
        if key is not None and slot is not None:
            last_asked = self.session.last_asked
            last_asked[key] = slot.lastseen
            if len(last_asked) > REMEMBERED_HOSTS:
                since = monotonic() - self.memory
                for host in [host for host, at in last_asked.items() if at < since]:
                    del last_asked[host]

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlparse_cached(response).hostname or ""
        slot.delay = max(slot.delay, self.minimum.get(host, 0.0))


class RetryAfterMiddleware(RetryMiddleware):
    """Scrapy's retries; Retry-After silences the whole host, and so does a host that is down."""

    session: CrawlSession

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.longest = settings.getfloat("DATELINE_RETRY_AFTER_MAX")
        self.failures: Counter[str] = Counter()  # in a row, by host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        middleware = super().from_crawler(crawler)
        middleware.session = CrawlSession.of(crawler.settings)
        # This signal comes before the host's next request is sent; process_response comes after.
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Refuse what a closed host would be asked."""
        closed = self.session.host_closed(host_of(request))
        if closed is not None:
            raise HostClosed(str(closed), closed.until)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Hold the host on 429 and 503 with Retry-After."""
        if response.status < 500:
            self.failures.pop(host_of(request), None)
        if response.status in BUSY and (asked := response.headers.get("Retry-After")):
            now = self.session.clock.now()
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
        if self.failures[host] >= FAILURES_IN_A_ROW and not self.session.host_closed(host):
            self._close(request, DOWN, self.session.clock.now() + timedelta(seconds=DOWN_SECONDS))

    def _hold(self, request: Request, seconds: float, now: datetime) -> None:
        if seconds > self.longest:
            self._close(request, AWAY, now + timedelta(seconds=min(seconds, LONGEST_ABSENCE)))
        elif (slot := self._slot(request)) is not None:
            slot.lastseen = max(slot.lastseen, monotonic() + seconds)

    def _close(self, request: Request, reason: str, until: datetime) -> None:
        """Leave a host alone until then, in this crawl and others, and what waits for it."""
        host = host_of(request)
        logger.warning("%s: %s; it is left alone until %s", host, reason, until.isoformat())
        closed = HostClosed(reason, until)
        self.session.closed_hosts[host] = closed
        if (slot := self._slot(request)) is not None:  # what already waits for its turn
            fail_all(slot, closed)

    def _slot(self, request: Request) -> Slot | None:
        assert self.crawler.engine is not None
        slots = self.crawler.engine.downloader.slots
        return slots.get(request.meta.get("download_slot", host_of(request)))


def host_of(request: Request) -> str:
    """Return the host a request goes to."""
    return urlparse_cached(request).hostname or ""
