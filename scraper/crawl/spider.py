"""OutletSpider: listings to requests, responses to captures; a subclass is a declaration."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar, Self

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.archive import candidates, listings
from scraper.archive.listed_changes import note_listed_changes
from scraper.crawl.answers import headers_of, reason_of
from scraper.crawl.budgets import BudgetSpent
from scraper.crawl.declaration import LISTING_KINDS, declaration_problems
from scraper.crawl.errands import read_answer
from scraper.crawl.looks import (
    ROBOTS_PATIENCE,
    ROOT,
    note_look,
    plan_next,
    put_off_by_answer,
    put_off_by_error,
)
from scraper.crawl.options import CrawlOptions
from scraper.crawl.queues import HostClosed, Stopped
from scraper.crawl.replay import CAPTURED_AT
from scraper.crawl.revisits import conditional_headers, decide
from scraper.crawl.robots import RobotsForbid, RobotsUnavailable
from scraper.crawl.runlog import RunLog
from scraper.crawl.session import CrawlSession
from scraper.errors import (
    ArchiveUnwritable,
    BadDeclaration,
    ListingUnreadable,
    NotTakenUp,
    OutletExcluded,
    PageTooCostly,
)
from scraper.records import (
    Candidate,
    Capture,
    Delivery,
    Errand,
    Hints,
    Outlet,
    Setback,
    Standing,
    Wanted,
)
from scraper.urls import canonical_url, http_url, same_site

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
        world_urls: regular expression (`re.search`) that tells world news by its address in
            listings of the whole site; "" for no such rule.
        world_sections: categories that tell world news in listings of the whole site, in any case;
            an entry is taken when either rule says so, and without rules all are.
        world_listings: feeds and sitemaps that hold world news alone beside others that hold the
            whole site; like the sections, they need no rule.
        excluded: why this outlet is never requested, "" when it may be. It stays declared.
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
    world_urls: ClassVar[str] = ""
    world_sections: ClassVar[tuple[str, ...]] = ()
    world_listings: ClassVar[tuple[str, ...]] = ()
    excluded: ClassVar[str] = ""
    hints: ClassVar[Hints] = Hints()
    is_declared: ClassVar[bool] = True

    errand: Errand | None = None  # what this crawl is sent out for; None asks everything
    session: CrawlSession
    runlog: RunLog

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for problem in declaration_problems(cls):
            raise BadDeclaration(f"{cls.__module__}.{cls.__qualname__}", problem)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make it, as Scrapy asks.

        Raises:
            OutletExcluded: it is never requested.
        """
        if cls.excluded:
            raise OutletExcluded(cls.name, cls.excluded)
        return super().from_crawler(crawler, *args, **kwargs)

    @classmethod
    def listing_urls(cls) -> list[tuple[str, str]]:
        """Return (kind, URL) of every declared listing, in the order they are asked."""
        return [(kind, u) for name, kind in LISTING_KINDS.items() for u in getattr(cls, name)]

    @classmethod
    def wanted(cls, kind: str, listing: str, limit: int) -> Wanted:
        """Return which entries of a listing are taken, `limit` at most.

        What the outlet itself has put among its world news is world news, whatever its address.
        """
        if kind == "section" or listing in cls.world_listings:
            return Wanted(cls.article_urls, limit=limit)
        sections = tuple(name.casefold() for name in cls.world_sections)
        return Wanted(cls.article_urls, cls.world_urls, sections, limit)

    def owns(self, url: str) -> bool:
        """Tell whether a URL is on the outlet's own site, or of the form of its articles."""
        if self.article_urls and re.search(self.article_urls, url):
            return True
        return bool(self.outlet.homepage) and same_site(url, self.outlet.homepage)

    async def start(self) -> AsyncIterator[Any]:
        """Ask the listings; take up what earlier runs left, and the articles due for a look."""
        self._open()
        now = self.session.clock.now()
        for kind, url in self._listings_to_ask():
            yield self._listing_request(kind, url)
        if self.pages:
            offers = [Candidate(url=link) for page in self.pages if (link := http_url(page))]
            for request in self._requests((await self._offer("", offers)).standings, now):
                yield request
        if not self.listing_urls() or (self.errand is not None and not self.errand.revisits):
            return  # nothing else is wanted
        left = candidates.waiting(self.session.reader, self.name, now, self.options.limit)
        due = candidates.due(
            self.session.reader, self.name, now, self.options.limit, everything=self.options.revisit
        )
        for request in self._requests([*left, *due], now, resumed=True):
            yield request

    def _listings_to_ask(self) -> list[tuple[str, str]]:
        chosen = None if self.errand is None else self.errand.listings
        return [(kind, url) for kind, url in self.listing_urls() if chosen is None or url in chosen]

    def _open(self) -> None:
        settings = self.crawler.settings
        self.options = CrawlOptions.of(settings)
        self.session = CrawlSession.of(settings)
        runlog = self.crawler.get_extension(RunLog)
        assert runlog is not None
        self.runlog = runlog
        self.offered: set[str] = set()  # by a listing of this run
        self.taken_up: set[str] = set()  # left by earlier runs, or due for another look
        limit = None if self.errand is None else self.errand.limit
        self.budget = self.options.limit if limit is None else limit
        self.most_candidates = settings.getint("DATELINE_CANDIDATES")
        self.sitemaps_left = settings.getint("DATELINE_INDEXES")
        self.deepest_index = settings.getint("DATELINE_INDEX_DEPTH")

    # Listings

    def _listing_request(self, kind: str, url: str, level: int = 0, root: str = "") -> Request:
        self.runlog.count("listings")
        etag, last_modified = listings.validators(self.session.reader, [url]).get(url, ("", ""))
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers=conditional_headers(etag, last_modified),
            priority=PRIORITY[kind],
            dont_filter=True,
            cb_kwargs={"kind": kind, "asked": url, "level": level},
            meta={ROOT: root or url},
        )

    async def parse_listing(
        self, response: Response, kind: str, asked: str, level: int
    ) -> AsyncIterator[Any]:
        """Turn a listing into candidates, commit them, and ask for those that are due."""
        if response.status == 304:
            self.crawler.stats.inc_value("dateline/listing_304")
            self.runlog.listing_answered()
            await note_look(self, response, None)
            return
        if response.status != 200:
            put_off = put_off_by_answer(response, self.session.clock.now())
            await note_look(self, response, None, f"HTTP {response.status}", put_off=put_off)
            return
        try:
            found = await asyncio.wrap_future(self._read(kind, asked, response))
        except NotTakenUp as error:  # as if it had not answered, since nobody read what it said
            assert response.request is not None
            await note_look(self, response.request, None, error.reason)
            return
        except (ListingUnreadable, PageTooCostly) as error:
            await note_look(self, response, None, error.reason)
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
        offered = await self._offer(asked, found.candidates)
        self.runlog.listing_answered(left_out=found.left_out)
        # Validators are kept only now that everything the listing offered is committed: a crawl
        # killed before this line reads the listing again.
        await note_look(self, response, found, fresh_count=offered.fresh_count)
        for url in below:
            yield self._listing_request(kind, url, level + 1, response.meta[ROOT])
        for request in self._requests(offered.standings, self.session.clock.now()):
            yield request

    def _read(self, kind: str, asked: str, response: Response) -> Any:
        wanted = self.wanted(kind, asked, self.most_candidates)
        capture = Capture(response.url, response.body, headers_of(response))
        return self.session.pool.submit(response.url, read_answer, kind, capture, wanted)

    async def listing_failed(self, failure: Failure) -> None:
        """Note a listing that gave no answer."""
        request: Request = failure.request
        put_off = put_off_by_error(failure.value, self.session.clock.now())
        if isinstance(failure.value, Stopped | BudgetSpent):  # nobody was asked
            self.runlog.postpone(reason_of(failure.value), is_listing=True)
            if put_off is not None:
                await plan_next(self, request, None, reason_of(failure.value), put_off)
            return
        await note_look(self, request, None, reason_of(failure.value), put_off=put_off)

    async def _offer(self, listing: str, found: Iterable[Candidate]) -> candidates.Offered:
        offers: dict[str, Candidate] = {}
        again: list[tuple[str, Candidate]] = []  # by another listing of this run
        for candidate in found:
            url = canonical_url(candidate.url)
            if url and url not in self.offered:
                offers.setdefault(url, candidate)
            elif url and candidate.modified_at is not None:
                again.append((url, candidate))
        if again:  # due at once, that is for the next crawl
            await self.submit(note_listed_changes, again, self.session.clock.now())
        self.offered.update(offers)
        self.runlog.count("candidates", len(offers))
        self.runlog.count("resumed", -len(self.taken_up & offers.keys()))
        offered: candidates.Offered = await self.submit(
            candidates.offer,
            self.name,
            listing or None,
            list(offers.items()),
            self.session.clock.now(),
        )
        return offered

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
            captured_at=response.meta.get(CAPTURED_AT) or self.session.clock.now(),
            status=response.status,
            requested_url=standing.link if standing.link != response.url else "",
        )

    async def article_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Turn a request that brought no response into a Setback."""
        request: Request = failure.request
        error = failure.value
        if isinstance(error, Stopped):
            return  # it waits for the next crawl, as if it had not been taken up
        if isinstance(error, BudgetSpent):
            self.runlog.postpone(reason_of(error), is_listing=False)
            return
        retry_at = error.until if isinstance(error, HostClosed) else None
        if isinstance(error, RobotsForbid):
            retry_at = self.session.clock.now() + ROBOTS_PATIENCE
        yield Setback(
            request.cb_kwargs["standing"],
            reason_of(error),
            retry_at=retry_at,
            was_asked=not isinstance(error, HostClosed | RobotsUnavailable),
        )

    async def submit(self, operation: Any, *args: Any, **kwargs: Any) -> Any:
        """Have the archive's writer run an operation; the crawl ends when the disk refuses."""
        try:
            return await self.session.store(operation, *args, **kwargs)
        except ArchiveUnwritable as error:
            raise CloseSpider("the archive cannot be written") from error
