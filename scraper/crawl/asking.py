"""Asks addresses as politely as a crawl does, on behalf of who wants answers and stores nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self, TypeVar

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response

from scraper.crawl.answers import headers_of, reason_of
from scraper.crawl.options import CrawlOptions
from scraper.crawl.passing import passing_session
from scraper.crawl.replay import CAPTURED_AT
from scraper.crawl.rounds import crawl_settings, run_in_reactor
from scraper.crawl.session import CrawlSession
from scraper.errors import ContactMissing
from scraper.records import Capture
from scraper.urls import http_url

PERMANENT = (301, 308)  # RFC 9110: the new address is to be used from now on
SITEMAP_LINES_MAX = 200  # read of one robots.txt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking for an address brought: a response of any status, or why there is none.

    `is_moved` tells that redirects which are for good led to the capture's address.
    """

    url: str
    capture: Capture | None = None
    problem: str = ""
    is_moved: bool = False

    @property
    def status(self) -> int | None:
        """The HTTP status, None when no answer came."""
        return self.capture.status if self.capture is not None else None


Ask = Callable[[str], Awaitable[Answer]]
Errand = Callable[["AskingSpider"], Awaitable[T]]


class AskingSpider(scrapy.Spider):
    """Runs one errand; leaves its result, or the error that ended it, in `outcome`.

    An errand uses its `ask`, the `pool` of its `session`, and `sitemaps`: the `Sitemap:` lines of
    the robots.txt files met so far.
    """

    name = "dateline-asking"

    def __init__(
        self, errand: Errand[Any], session: CrawlSession, outcome: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.errand = errand
        self.session = session
        self.outcome = outcome
        self.sitemaps: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make it, as Scrapy asks."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signal=signals.robots_parsed)
        return spider

    def robots_parsed(self, robotparser: Any) -> None:
        """Keep the `Sitemap:` lines; only Protego, Scrapy's usual parser, has them."""
        lines = getattr(getattr(robotparser, "rp", None), "sitemaps", ())
        self.sitemaps += [
            url for line in islice(lines, SITEMAP_LINES_MAX) if (url := http_url(line))
        ]

    async def start(self) -> AsyncIterator[Any]:
        """Run the errand; every request is made on the way, so there is none left to yield."""
        try:
            self.outcome.append(await self.errand(self))
        except Exception as error:  # an edge: Scrapy would log it and go on; `ask_politely` raises
            self.outcome.append(error)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def ask(self, url: str) -> Answer:
        """Ask for an address and return what came."""
        assert self.crawler.engine is not None
        if not http_url(url):
            return Answer(url, problem="it is no http(s) URL")
        request = Request(http_url(url), dont_filter=True)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:  # an edge: whatever kept the answer from us is told in words
            return Answer(url, problem=reason_of(error))
        last = response.request if response.request is not None else request
        reasons = last.meta.get("redirect_reasons", ())
        return Answer(
            url,
            Capture(
                url=response.url,
                body=response.body,
                headers=headers_of(response),
                captured_at=last.meta.get(CAPTURED_AT) or self.session.clock.now(),
                status=response.status,
                requested_url=request.url if request.url != response.url else "",
            ),
            is_moved=bool(reasons) and all(reason in PERMANENT for reason in reasons),
        )


def ask_politely(urls: Iterable[str], errand: Errand[T], changes: dict[str, Any]) -> T:
    """Run an errand that asks, and return its result; can be called once in a process.

    What a crawl needs of an archive is a passing one in a temporary folder, so that this works
    beside whoever writes to the real one.

    Args:
        urls: addresses that will be asked, by which it is told whether a contact is needed.
        errand: is handed who asks, see `AskingSpider`.
        changes: settings on top of the project's; DATELINE_REPLAY answers from WARC files.

    Raises:
        ContactMissing: the real web would be asked, and no contact is set.
        CaptureUnreadable: the files to replay hold nothing.
    """
    settings = crawl_settings(changes | {"DATELINE_DISK_RESERVE": 0})
    if CrawlOptions.of(settings).lacks_contact(map(http_url, urls)):
        raise ContactMissing
    outcome: list[Any] = []
    with passing_session(settings) as session:

        async def work() -> None:
            runner = AsyncCrawlerRunner(settings)
            await runner.crawl(AskingSpider, errand=errand, session=session, outcome=outcome)

        run_in_reactor(work, settings)
    if not outcome:
        raise RuntimeError("the crawl ended before its errand was done")
    (result,) = outcome
    if isinstance(result, Exception):
        raise result
    return result  # type: ignore[no-any-return]  # what the errand returned
