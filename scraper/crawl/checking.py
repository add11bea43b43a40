"""Checks declared outlets against the web: each listing and an article asked, nothing stored."""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from scraper.crawl.asking import Answer, Ask, AskingSpider, ask_politely
from scraper.crawl.errands import extract_page, read_answer, stated_address
from scraper.crawl.session import CrawlSession
from scraper.crawl.spider import OutletSpider
from scraper.errors import ListingUnreadable, NotAnArticle, PageTooCostly, ScraperError
from scraper.records import Article, Candidate, Capture, Hints, Listing, Wanted
from scraper.urls import matches_pattern

ENTRIES_MAX = 1000  # taken from one listing, as in a crawl
ARTICLES_MAX = 2  # asked of an outlet: another where the first is a video or the like
SAMPLES = 3  # addresses shown of those that a pattern does not match
OUTLETS_AT_ONCE = 8

EVERYTHING = Wanted("", "", (), ENTRIES_MAX)


@dataclass(frozen=True, slots=True)
class ListingCheck:
    """What came of asking one listing.

    Args:
        kind: feed, news_sitemap or section.
        url: as declared.
        status: HTTP status, None when no answer came.
        asked_at: when it answered, None when it did not; in a replay, when that was kept.
        problem: why it could not be had or read, "" when it could.
        answered_by: the address that answered, "" if it was `url`.
        is_moved: whether redirects that are for good led there.
        page_kind: what an HTML page that came instead is: consent wall, challenge page, …
        read_below: of a sitemap index, the sitemap that was read in its place.
        entries: articles it holds, newest first where it says so.
        newest_at: newest time of publication it gives.
        matching: how many entries are of the form `article_urls` asks for.
        wanted: those that a crawl would take.
    """

    kind: str
    url: str
    status: int | None = None
    asked_at: datetime | None = None
    problem: str = ""
    answered_by: str = ""
    is_moved: bool = False
    page_kind: str = ""
    read_below: str = ""
    entries: tuple[Candidate, ...] = ()
    newest_at: datetime | None = None
    matching: int = 0
    wanted: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """What came of asking one article: its record, or why there is none.

    `claimed` is the address that the page declares as its canonical one.
    """

    url: str
    status: int | None = None
    answered_by: str = ""
    article: Article | None = None
    claimed: str = ""
    problem: str = ""
    page_kind: str = ""


@dataclass(slots=True)
class OutletCheck:
    """What came of checking one outlet."""

    spider: type[OutletSpider]
    listings: list[ListingCheck] = field(default_factory=list)
    articles: list[ArticleCheck] = field(default_factory=list)


def check_outlets(
    spiders: Sequence[type[OutletSpider]], changes: dict[str, Any]
) -> list[OutletCheck]:
    """Ask each outlet's listings and an article; return what came, in the order given.

    Several outlets are asked at once, each host no faster than in a crawl. Can be called once in a
    process.

    Raises:
        ContactMissing, CaptureUnreadable: see `ask_politely`.
    """
    urls = [url for spider in spiders for _, url in spider.listing_urls()]

    async def errand(asking: AskingSpider) -> list[OutletCheck]:
        places = asyncio.Semaphore(OUTLETS_AT_ONCE)

        async def one(spider: type[OutletSpider]) -> OutletCheck:
            async with places:
                return await _Check(spider, asking.ask, asking.session).run()

        return list(await asyncio.gather(*map(one, spiders)))

    return ask_politely(urls, errand, changes)


class _Check:
    """The walk through one outlet."""

    def __init__(self, spider: type[OutletSpider], ask: Ask, session: CrawlSession) -> None:
        self.spider = spider
        self.ask = ask
        self.session = session
        self.found = OutletCheck(spider)

    async def run(self) -> OutletCheck:
        for kind, url in self.spider.listing_urls():
            self.found.listings.append(await self._listing(kind, url))
        for candidate in self._samples():
            self.found.articles.append(await self._article(candidate))
            if self.found.articles[-1].article is not None:
                break
        return self.found

    def _samples(self) -> Iterable[Candidate]:
        """Yield articles to ask: the first that each listing offers, then their second."""
        offers = [listing.wanted for listing in self.found.listings]
        firsts = [wanted[place] for place in range(2) for wanted in offers if len(wanted) > place]
        return list({candidate.url: candidate for candidate in firsts}.values())[:ARTICLES_MAX]

    async def _listing(self, kind: str, url: str) -> ListingCheck:
        answer = await self.ask(url)
        check: ListingCheck = _answered(ListingCheck(kind, url), answer)
        if answer.capture is None:
            return check
        if answer.status != 200:
            return replace(check, page_kind=await self._page_kind(answer.capture))
        try:
            listing, capture = await self._read(kind, answer.capture), answer.capture
            below = ""
            if listing.indexes and not listing.candidates:
                below = listing.indexes[0]
                under = await self.ask(below)
                if under.capture is None or under.status != 200:
                    problem = f"the sitemap below it: {under.problem or f'HTTP {under.status}'}"
                    return replace(check, problem=problem, read_below=below)
                capture = under.capture
                listing = await self._read(kind, capture)
            taken = await self._read(kind, capture, self.spider.wanted(kind, url, ENTRIES_MAX))
        except (ListingUnreadable, PageTooCostly) as error:
            page_kind = await self._page_kind(answer.capture)
            return replace(check, problem=error.reason, page_kind=page_kind)
        entries = listing.candidates
        pattern = self.spider.article_urls
        times = [c.published_at for c in entries if c.published_at is not None]
        return replace(
            check,
            read_below=below,
            entries=entries,
            newest_at=max((at for at in times if at <= capture.captured_at), default=None),
            matching=sum(not pattern or matches_pattern(pattern, c.url) for c in entries),
            wanted=taken.candidates,
        )

    async def _read(self, kind: str, capture: Capture, wanted: Wanted = EVERYTHING) -> Listing:
        task: Future[Listing] = self.session.pool.submit(
            capture.url, read_answer, kind, capture, wanted
        )
        return await asyncio.wrap_future(task)

    async def _page_kind(self, capture: Capture) -> str:
        """Say what a page is that came in place of what was asked for; "" if it cannot be told."""
        try:
            await self._extract(replace(capture, status=200), Hints())
        except NotAnArticle as error:
            return error.kind
        except ScraperError:
            return ""
        return "an article"

    async def _extract(self, capture: Capture, hints: Hints) -> Article:
        task: Future[Article] = self.session.pool.submit(capture.url, extract_page, capture, hints)
        return await asyncio.wrap_future(task)

    async def _article(self, candidate: Candidate) -> ArticleCheck:
        answer = await self.ask(candidate.url)
        check: ArticleCheck = _answered(ArticleCheck(candidate.url), answer)
        if answer.capture is None:
            return check
        if answer.status != 200:
            return replace(check, page_kind=await self._page_kind(answer.capture))
        outlet = self.spider.outlet
        hints = replace(
            self.spider.hints,
            timezone=outlet.timezone,
            languages=outlet.languages,
            site_name=outlet.name,
            candidate=candidate,
        )
        try:
            article = await self._extract(answer.capture, hints)
            task = self.session.pool.submit(answer.url, stated_address, answer.capture)
            return replace(check, article=article, claimed=await asyncio.wrap_future(task))
        except NotAnArticle as error:
            return replace(check, problem=error.reason, page_kind=error.kind)
        except ScraperError as error:
            return replace(check, problem=str(error))


def _answered(check: Any, answer: Answer) -> Any:
    """Return a check of either kind with what an answer says of itself."""
    capture = answer.capture
    if capture is None:
        return replace(check, problem=answer.problem)
    changes: dict[str, Any] = {"status": capture.status}
    if capture.requested_url:
        changes["answered_by"] = capture.url
    if isinstance(check, ListingCheck):
        changes |= {"is_moved": answer.is_moved, "asked_at": capture.captured_at}
    if capture.status != 200:
        changes["problem"] = f"HTTP {capture.status}"
    return replace(check, **changes)
