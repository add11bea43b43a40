"""robots.txt as RFC 9309 has it: what cannot be read forbids, and Crawl-delay is kept."""

import asyncio
from functools import partial
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from scraper.crawl.budgets import BudgetSpent
from scraper.crawl.queues import Stopped
from scraper.crawl.robots_cache import ROBOTS_MAX_BYTES, RobotsCache
from scraper.crawl.session import CrawlSession

ROBOTS_ANNOUNCED_MAX_BYTES = 64 * 1024**2  # said to come, or unpacked; beyond it nothing is read
ROBOTS_TIMEOUT_SECONDS = 10

IS_ROBOTS = "dateline_is_robots"  # meta key


class RobotsForbid(IgnoreRequest):
    """robots.txt says no."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt could not be had, which counts as a no until it can (RFC 9309 section 2.3.1.4)."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with two faults mended, and rules kept from one crawl to the next.

    When robots.txt fails, Scrapy lets everything pass; this lets nothing. And of several requests
    that wait for the same robots.txt, Scrapy 2.19 judges only the first: they await one Deferred,
    which gives its result to one of them and None, that is no rules, to the others.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.cache = RobotsCache(CrawlSession.of(crawler.settings))
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}
        self._received_bytes: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self._received, signal=signals.bytes_received)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, asked once; None when they cannot be had."""
        origin = _origin(request)
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin, request))
        try:
            return await asyncio.shield(self._rules[origin])
        except (BudgetSpent, Stopped):
            self._rules.pop(origin, None)  # nothing was learnt of it
            raise

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Judge one request by its host's rules; None stands for rules that could not be had."""
        if rp is None:
            why = self.cache.troubles.get(_origin(request), "no answer")
            raise RobotsUnavailable(f"robots.txt could not be had: {why}")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsForbid("robots.txt forbids it") from error

    def _received(self, data: bytes, request: Request) -> None:
        """Stop a robots.txt that has no end; what came of it is read (RFC 9309 section 2.5)."""
        if IS_ROBOTS in request.meta:
            self._received_bytes[request] = self._received_bytes.get(request, 0) + len(data)
            if self._received_bytes[request] > ROBOTS_MAX_BYTES:
                raise StopDownload(fail=False)

    async def _read(self, origin: str, request: Request) -> RobotParser | None:
        kept = self.cache.kept(origin)  # its Crawl-delay holds while it is asked for anew, too
        rules = await self._announced(kept, request) if kept is not None else None
        text = await self.cache.rules(origin, partial(self._ask, origin))
        if text is None:
            return None
        return rules if text == kept else await self._announced(text, request)

    async def _announced(self, text: str, request: Request) -> RobotParser:
        """Return rules, after whoever keeps a Crawl-delay was told of them."""
        rules: RobotParser = build_from_crawler(self._parserimpl, self.crawler, text.encode())
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules

    async def _ask(self, origin: str, headers: dict[str, str]) -> Response:
        robots = Request(
            f"{origin}/robots.txt",
            headers=headers,
            priority=self.DOWNLOAD_PRIORITY,
            meta={
                "dont_obey_robotstxt": True,
                "download_maxsize": ROBOTS_ANNOUNCED_MAX_BYTES,
                "download_timeout": ROBOTS_TIMEOUT_SECONDS,
                IS_ROBOTS: True,
            },
            callback=NO_CALLBACK,
        )
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(robots)


def _origin(request: Request) -> str:
    parts = urlparse_cached(request)
    return f"{parts.scheme}://{parts.netloc}"
