"""Two stations an item passes: extracted in the pool, then stored; counted when committed."""

import asyncio
import logging
import traceback
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self

from scrapy.crawler import Crawler

from scraper.archive import articles, candidates
from scraper.archive.day_summaries import ELSEWHERE, host_of
from scraper.crawl.errands import extract_page
from scraper.crawl.rereading import reread
from scraper.crawl.revisits import next_look
from scraper.crawl.runlog import RunLog
from scraper.crawl.session import CrawlSession
from scraper.errors import (
    ArchiveUnwritable,
    NotAnArticle,
    NotTakenUp,
    PageTooCostly,
    PageUnreadable,
)
from scraper.records import Article, Delivery, Hints, Outlet, Setback
from scraper.urls import same_site

logger = logging.getLogger(__name__)

RETRY_DELAY = timedelta(minutes=15)  # before the second try; doubled for each further one
RETRY_DELAY_MAX = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A delivery with what extraction made of it: an article, or why there is none.

    `kind` is what a page is that is no article, in words that can be counted.
    """

    delivery: Delivery
    article: Article | None = None
    no_article: str = ""
    kind: str = ""
    problem: str = ""
    detail: str = ""


class ExtractPipeline:
    """Hands captures to the worker pool and waits; the reactor itself parses nothing."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = CrawlSession.of(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Turn a delivered page into an Extracted; pass other items on."""
        if not isinstance(item, Delivery) or item.capture.status != 200:
            return item
        asked, found = item.standing.link, item.capture.url
        spider: Any = self.crawler.spider
        if not (same_site(asked, found) or spider.owns(found)):
            elsewhere = f"{ELSEWHERE}{host_of(found)}"
            return Extracted(item, no_article=f"{ELSEWHERE}{found}", kind=elsewhere)
        hints = self._hints(item)
        extracted = await self._extracted(item, hints)
        if isinstance(extracted, Extracted) and extracted.article is not None:
            await reread(self.session, item, extracted.article, hints)
        return extracted

    async def _extracted(self, item: Delivery, hints: Hints) -> Extracted | Setback:
        found = item.capture.url
        try:
            async with self.session.places:
                future = self.session.pool.submit(found, extract_page, item.capture, hints)
                article: Article = await asyncio.wrap_future(future)
            return Extracted(item, article=article)
        except NotAnArticle as error:
            return Extracted(item, no_article=error.reason, kind=error.kind)
        except NotTakenUp as error:  # nothing is known of the page: it is asked for again
            logger.error("%s: %s: %s", item.outlet, found, error.reason)
            return Setback(item.standing, error.reason)
        except (PageUnreadable, PageTooCostly) as error:
            return Extracted(item, problem=error.reason, detail=str(error))
        except Exception as error:  # an edge: a fault in extraction costs one page, with its trace
            logger.exception("%s: extraction failed at %s", item.outlet, found)
            detail = "".join(traceback.format_exception(error))
            return Extracted(item, problem=f"{type(error).__name__}: {error}", detail=detail)

    def _hints(self, item: Delivery) -> Hints:
        spider: Any = self.crawler.spider
        outlet: Outlet = spider.outlet
        hints: Hints = spider.hints
        return replace(
            hints,
            # Of an outlet that nobody declared the clock is unknown, though its row says UTC.
            timezone=outlet.timezone if spider.is_declared else "",
            languages=outlet.languages,
            site_name=outlet.name,
            candidate=item.standing.candidate,
        )


class StorePipeline:
    """Hands everything to the archive's writer, and counts it once it is committed."""

    def __init__(self, crawler: Crawler) -> None:
        self.session = CrawlSession.of(crawler.settings)
        self.tries = crawler.settings.getint("DATELINE_TRIES")
        runlog = crawler.get_extension(RunLog)
        assert runlog is not None
        self.runlog = runlog

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Store one item; what cannot be stored is a failure of the run, never a crash.

        When the disk takes nothing more the run ends, and the item's candidate waits for the next.
        """
        try:
            outcome = await self._store(item)
        except ArchiveUnwritable:
            return item
        except Exception as error:  # an edge: the archive is damaged, or a fault of ours
            logger.exception("storing failed")
            self.runlog.count("failed", reason=f"not stored: {type(error).__name__}")
            return item
        if isinstance(item, Setback):
            self.runlog.count("failed", reason=item.reason)
        elif outcome == "no_article":
            self.runlog.count(outcome, reason=item.kind)
        else:
            self.runlog.count(outcome)
        return item

    async def _store(self, item: Any) -> str:
        if isinstance(item, Extracted):
            return await self._store_page(item)
        if isinstance(item, Setback):
            await self.session.store(
                candidates.fail, item.standing, item.reason, **self._another(item)
            )
            return "failed"
        checked_at = item.capture.captured_at
        due = next_look(item.standing, item.capture, None)
        if item.capture.status in (404, 410):  # 410 is said on purpose; a 404 may pass
            due = due if item.capture.status == 404 else None
            await self.session.store(articles.store_gone, item, due)
            return "gone"
        await self.session.store(articles.store_not_modified, item.standing, checked_at, due)
        return "not_modified"

    async def _store_page(self, page: Extracted) -> str:
        delivery = page.delivery
        published_at = page.article.published_at if page.article is not None else None
        due = next_look(delivery.standing, delivery.capture, published_at)
        if page.article is not None:
            sooner = next_look(delivery.standing, delivery.capture, published_at, changed=True)
            try:
                stored = await self.session.store(
                    articles.store_article, delivery, page.article, due, if_revised=sooner
                )
                return str(stored.outcome)
            except ArchiveUnwritable:
                raise
            except Exception as error:  # an edge: a value no table takes; the page is kept
                logger.exception("%s: %s not stored", delivery.outlet, delivery.capture.url)
                problem = f"not stored: {type(error).__name__}: {error}"
                trace = "".join(traceback.format_exception(error))
                page = Extracted(delivery, problem=problem, detail=trace)
        if page.problem:
            logger.warning(
                "%s: %s quarantined: %s", delivery.outlet, delivery.capture.url, page.problem
            )
            await self.session.store(
                articles.store_quarantine, delivery, page.problem, page.detail, due
            )
            return "quarantined"
        await self.session.store(articles.store_no_article, delivery, page.no_article, due)
        return "no_article"

    def _another(self, item: Setback) -> dict[str, Any]:
        now = self.session.clock.now()
        tries = item.standing.tries + item.was_asked
        give_up = item.is_final or tries >= self.tries
        pause = min(RETRY_DELAY * 2 ** max(tries - 1, 0), RETRY_DELAY_MAX)
        retry_at = None if give_up else item.retry_at or now + pause
        return {"retry_at": retry_at, "give_up": give_up, "now": now, "is_try": item.was_asked}
