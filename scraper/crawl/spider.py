"""OutletSpider: listings to requests, responses to captures; a subclass is a declaration."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.archive import candidates, listings
from scraper.crawl.declaration import LISTING_KINDS, declaration_problems
from scraper.crawl.errands import read_answer
from scraper.crawl.options import CrawlOptions
from scraper.crawl.replay import CAPTURED_AT
from scraper.crawl.revisits import conditional_headers, decide
from scraper.crawl.robots import RobotsForbid, RobotsUnavailable
from scraper.crawl.runlog import RunLog
from scraper.crawl.session import CrawlSession
from scraper.crawl.throttle import HostClosed, Stopped
from scraper.errors import ArchiveUnwritable, BadDeclaration, ListingUnreadable, PageTooCostly
from scraper.records import Candidate, Capture, Delivery, Hints, Listing, Outlet, Setback, Standing
from scraper.urls import canonical_url, http_url, same_site

ROBOTS_PATIENCE = timedelta(days=1)  # before what robots.txt forbade is thought of again
PRIORITY = {"feed": 300, "news_sitemap": 200, "section": 100}

logger = logging.getLogger(__name__)


class OutletSpider(scrapy.Spider):
    """One outlet: what it is, where it lists its articles, and what helps to read them.

    Subclasses are declarations: attributes only. A wrong one raises BadDeclaration at import.

    Attributes:
        name: the outlet's slug; also the spider's name.
        outlet: who publishes.
        feeds, news_sitemaps, sections: listings, asked in this order.
        article_urls: regular expression (`re.search`) that every article's URL matches; "" for any
            URL a feed or sitemap gives, and for the shape of the URL on section pages.
        hints: selectors for pages that need help.
        pages: single article pages to archive besides (used for addresses given by hand).
        is_declared: False for outlets made up on the command line.
    """

    outlet: ClassVar[Outlet]
    feeds: ClassVar[tuple[str, ...]] = ()
    news_sitemaps: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[str, ...]] = ()
    pages: ClassVar[tuple[str, ...]] = ()
    article_urls: ClassVar[str] = ""
    hints: ClassVar[Hints] = Hints()
    is_declared: ClassVar[bool] = True

    session: CrawlSession
    runlog: RunLog

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for problem in declaration_problems(cls):
            raise BadDeclaration(f"{cls.__module__}.{cls.__qualname__}", problem)

    @classmethod
    def listing_urls(cls) -> list[tuple[str, str]]:
        """Return (kind, URL) of every declared listing, in the order they are asked."""
        return [(kind, u) for name, kind in LISTING_KINDS.items() for u in getattr(cls, name)]

    def owns(self, url: str) -> bool:
        """Tell whether a URL is on the outlet's own site, or of the form of its articles."""
        if self.article_urls and re.search(self.article_urls, url):
            return True
        return bool(self.outlet.homepage) and same_site(url, self.outlet.homepage)

    async def start(self) -> AsyncIterator[Any]:
        """Ask the listings; take up what earlier runs left, and the articles due for a look."""
        self._open()
        now = datetime.now(UTC)
        validators = listings.validators(self.session.reader, [u for _, u in self.listing_urls()])
        for kind, url in self.listing_urls():
            yield self._listing_request(kind, url, *validators.get(url, ("", "")))
        if self.pages:
            offers = [Candidate(url=link) for page in self.pages if (link := http_url(page))]
            for request in self._requests(await self._offer("", offers), now):
                yield request
        if not self.listing_urls():
            return  # single pages were given, and nothing else is wanted
        left = candidates.waiting(self.session.reader, self.name, now, self.options.limit)
        due = candidates.due(
            self.session.reader, self.name, now, self.options.limit, everything=self.options.revisit
        )
        for request in self._requests([*left, *due], now, resumed=True):
            yield request

    def _open(self) -> None:
        settings = self.crawler.settings
        self.options = CrawlOptions.of(settings)
        self.session = CrawlSession.of(settings)
        runlog = self.crawler.get_extension(RunLog)
        assert runlog is not None
        self.runlog = runlog
        self.offered: set[str] = set()  # by a listing of this run
        self.taken_up: set[str] = set()  # left by earlier runs, or due for another look
        self.budget = self.options.limit
        self.most_candidates = settings.getint("DATELINE_CANDIDATES")
        self.sitemaps_left = settings.getint("DATELINE_INDEXES")
        self.deepest_index = settings.getint("DATELINE_INDEX_DEPTH")

    # Listings

    def _listing_request(
        self, kind: str, url: str, etag: str = "", last_modified: str = "", level: int = 0
    ) -> Request:
        self.runlog.count("listings")
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers=conditional_headers(etag, last_modified),
            priority=PRIORITY[kind],
            dont_filter=True,
            cb_kwargs={"kind": kind, "asked": url, "level": level},
        )

    async def parse_listing(
        self, response: Response, kind: str, asked: str, level: int
    ) -> AsyncIterator[Any]:
        """Turn a listing into candidates, commit them, and ask for those that are due."""
        if response.status == 304:
            self.crawler.stats.inc_value("dateline/listing_304")
            self.runlog.listing_answered()
            await self._record_listing(kind, asked, response, None)
            return
        if response.status != 200:
            await self._record_listing(kind, asked, response, None, f"HTTP {response.status}")
            return
        try:
            found = await asyncio.wrap_future(self._read(kind, response))
        except (ListingUnreadable, PageTooCostly) as error:
            logger.warning("%s: %s", self.name, error)
            await self._record_listing(kind, asked, response, None, error.reason)
            return
        below = found.indexes[: self.sitemaps_left] if level < self.deepest_index else ()
        self.sitemaps_left -= len(below)
        if len(below) < len(found.indexes):
            logger.warning(
                "%s: %d sitemaps below %s are left out",
                self.name,
                len(found.indexes) - len(below),
                asked,
            )
        for url in below:
            validators = listings.validators(self.session.reader, [url])
            yield self._listing_request(kind, url, *validators.get(url, ("", "")), level + 1)
        standings = await self._offer(asked, found.candidates)
        self.runlog.listing_answered()
        # Validators are kept only now that everything the listing offered is committed: a crawl
        # killed before this line reads the listing again.
        await self._record_listing(kind, asked, response, found)
        for request in self._requests(standings, datetime.now(UTC)):
            yield request

    def _read(self, kind: str, response: Response) -> Any:
        capture = Capture(response.url, response.body, headers_of(response))
        return self.session.pool.submit(
            response.url, read_answer, kind, capture, self.article_urls, self.most_candidates
        )

    async def listing_failed(self, failure: Failure) -> None:
        """Note a listing that gave no answer."""
        request: Request = failure.request
        kind, asked = request.cb_kwargs["kind"], request.cb_kwargs["asked"]
        await self._record_listing(kind, asked, None, None, reason_of(failure.value))

    async def _record_listing(
        self,
        kind: str,
        asked: str,
        response: Response | None,
        found: Listing | None,
        problem: str = "",
    ) -> None:
        if problem:
            self.runlog.listing_failed(problem)
            logger.warning("%s: listing %s: %s", self.name, asked, problem)
        await self._submit(
            listings.record_check,
            self.name,
            asked,
            kind,
            status=response.status if response is not None else None,
            # An index that has not changed says nothing of the sitemaps below it: ask it in full.
            etag="" if found is not None and found.indexes else header(response, "ETag"),
            last_modified=""
            if found is not None and found.indexes
            else header(response, "Last-Modified"),
            candidate_count=len(found.candidates) if found is not None else 0,
            problem=problem,
            checked_at=datetime.now(UTC),
        )

    async def _offer(self, listing: str, found: Iterable[Candidate]) -> list[Standing]:
        offers: dict[str, Candidate] = {}
        for candidate in found:
            url = canonical_url(candidate.url)
            if url and url not in self.offered:
                offers.setdefault(url, candidate)
        self.offered.update(offers)
        self.runlog.count("candidates", len(offers))
        self.runlog.count("resumed", -len(self.taken_up & offers.keys()))
        standings: list[Standing] = await self._submit(
            candidates.offer, self.name, listing or None, list(offers.items()), datetime.now(UTC)
        )
        return standings

    # Articles

    def _requests(
        self, standings: Iterable[Standing], now: datetime, *, resumed: bool = False
    ) -> Iterator[Request]:
        for standing in standings:
            if standing.url in self.taken_up or (resumed and standing.url in self.offered):
                continue
            if resumed:
                self.taken_up.add(standing.url)
                self.runlog.count("resumed")
            verdict = decide(standing, now, revisit=self.options.revisit)
            if verdict == "known" or (
                standing.article is not None and self._cannot_replay(standing)
            ):
                self.runlog.count("known")
            elif verdict == "later" or self.budget <= 0:
                self.runlog.count("deferred")
            else:
                self.budget -= 1
                yield self._article_request(standing)

    def _cannot_replay(self, standing: Standing) -> bool:
        replay = self.session.replay
        return replay is not None and standing.link not in replay

    def _article_request(self, standing: Standing) -> Request:
        self.runlog.count("fetched")
        return Request(
            standing.link,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=conditional_headers(standing.etag, standing.last_modified),
            dont_filter=True,
            cb_kwargs={"standing": standing},
        )

    async def parse_article(self, response: Response, standing: Standing) -> AsyncIterator[Any]:
        """Turn a response into a Delivery, or into a Setback when it is no usable answer."""
        # Gone or unchanged are answers about what we hold; of anything else, and where we hold
        # nothing, an outlet may think better: a 403 may be a passing fit of its protection.
        about_ours = response.status in (304, 404, 410) and standing.article is not None
        if response.status != 200 and not about_ours:
            yield Setback(standing, f"HTTP {response.status}", is_final=response.status == 410)
            return
        yield Delivery(self.name, self.runlog.run_id, standing, self._capture(response, standing))

    def _capture(self, response: Response, standing: Standing) -> Capture:
        return Capture(
            url=response.url,
            body=response.body,
            headers=headers_of(response),
            captured_at=response.meta.get(CAPTURED_AT) or datetime.now(UTC),
            status=response.status,
            requested_url=standing.link if standing.link != response.url else "",
        )

    async def article_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Turn a request that brought no response into a Setback."""
        request: Request = failure.request
        error = failure.value
        if isinstance(error, Stopped):
            return  # it waits for the next crawl, as if it had not been taken up
        retry_at = error.until if isinstance(error, HostClosed) else None
        if isinstance(error, RobotsForbid):
            retry_at = datetime.now(UTC) + ROBOTS_PATIENCE
        yield Setback(
            request.cb_kwargs["standing"],
            reason_of(error),
            retry_at=retry_at,
            was_asked=not isinstance(error, HostClosed | RobotsUnavailable),
        )

    async def _submit(self, operation: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await self.session.store(operation, *args, **kwargs)
        except ArchiveUnwritable as error:
            raise CloseSpider("the archive cannot be written") from error


def headers_of(response: Response) -> dict[str, str]:
    """Return a response's headers as text, repeated ones joined by commas."""
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def header(response: Response | None, name: str) -> str:
    """Return a response header as text, "" when there is none."""
    value = response.headers.get(name) if response is not None else None
    return value.decode("latin-1") if value else ""


def reason_of(error: BaseException | None) -> str:
    """Return why a request failed, in a few countable words."""
    if isinstance(error, scrapy.exceptions.IgnoreRequest):
        text = str(error)
        return "too large" if "DOWNLOAD_MAXSIZE" in text else text.split("\n")[0][:100] or "ignored"
    named = {
        "DownloadCancelledError": "too large",
        "StopDownload": "too many headers",
        "TimeoutError": "timeout",
        "DownloadTimeoutError": "timeout",
        "ResponseNeverReceived": "no answer",
        "CannotResolveHostError": "name not found",
        "DNSLookupError": "name not found",
    }
    return named.get(type(error).__name__, type(error).__name__)
