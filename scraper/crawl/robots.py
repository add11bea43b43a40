"""robots.txt as RFC 9309 has it: what cannot be read forbids, and Crawl-delay is kept."""

import asyncio
import logging
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

ROBOTS_MAX_BYTES = 512 * 1024  # read of one file; RFC 9309 section 2.5 asks for at least 500 KiB
ROBOTS_ANNOUNCED_MAX_BYTES = 64 * 1024**2  # said to come, or unpacked; beyond it nothing is read
ROBOTS_TIMEOUT_SECONDS = 10

IS_ROBOTS = "dateline_is_robots"  # meta key

logger = logging.getLogger(__name__)


class RobotsForbid(IgnoreRequest):
    """robots.txt says no."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt could not be had, which counts as a no until it can (RFC 9309 section 2.3.1.4)."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with two faults mended.

    When robots.txt fails, Scrapy lets everything pass; this lets nothing. And of several requests
    that wait for the same robots.txt, Scrapy 2.19 judges only the first: they await one Deferred,
    which gives its result to one of them and None, that is no rules, to the others.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}
        self._received_bytes: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self._received, signal=signals.bytes_received)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, asked once; None when they cannot be had."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin, request))
        return await asyncio.shield(self._rules[origin])

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Judge one request by its host's rules; None stands for rules that could not be had."""
        if rp is None:
            raise RobotsUnavailable("robots.txt unavailable")
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

    async def _ask(self, origin: str, request: Request) -> RobotParser | None:
        robots = Request(
            f"{origin}/robots.txt",
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
        try:
            response = await self.crawler.engine.download_async(robots)
        except Exception as error:  # whatever kept it from us, it keeps us from the host
            logger.warning("%s/robots.txt: nothing is asked there: %r", origin, error)
            return None
        if response.status >= 500 or response.status == 429:
            logger.warning("%s/robots.txt answered %s: nothing is asked", origin, response.status)
            return None
        rules: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules_in(response))
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules


def rules_in(response: Response) -> bytes:
    """Return what is to be read of an answer: nothing of a 4xx, whole lines of a file too long."""
    if response.status != 200:
        return b""
    body: bytes = response.body
    if "download_stopped" not in response.flags and len(body) <= ROBOTS_MAX_BYTES:
        return body
    return b"\n".join(body[:ROBOTS_MAX_BYTES].splitlines()[:-1])
