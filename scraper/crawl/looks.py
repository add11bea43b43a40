"""Each look at a listing, noted: what it brought, and when the next one is due."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scraper.archive import listings, schedules
from scraper.archive.schedules import Look
from scraper.crawl.answers import header
from scraper.crawl.offerings import offering_of
from scraper.crawl.robots import RobotsForbid
from scraper.crawl.schedule import decide_next
from scraper.crawl.throttle import BUSY, LONGEST_ABSENCE, retry_after_seconds
from scraper.records import Listing

ROOT = "dateline_root"  # meta key: the declared listing for whose sake this one is asked
ROBOTS_PATIENCE = timedelta(days=1)  # before what robots.txt forbade is thought of again

logger = logging.getLogger(__name__)


async def note_look(
    spider: Any,
    exchange: Request | Response,
    found: Listing | None,
    problem: str = "",
    *,
    put_off: datetime | None = None,
    fresh_count: int = 0,
) -> None:
    """Set down when a listing is due next, then what came of asking it.

    To be called after what it offered was committed: with its validators the next answer is 304, so
    that offers lost in between would not be seen again.

    Args:
        spider: the outlet's.
        exchange: the answer, or the request that had none.
        found: what was read, None when it was unchanged or could not be read.
        problem: why it could not be read, "" when it could.
        put_off: until when it is not to be asked.
        fresh_count: how many of its articles were offered for the first time.
    """
    asked, kind = exchange.cb_kwargs["asked"], exchange.cb_kwargs["kind"]
    response = exchange if isinstance(exchange, Response) else None
    if problem:
        spider.runlog.listing_failed(problem)
        logger.warning("%s: listing %s: %s", spider.name, asked, problem)
    await plan_next(spider, exchange, found, problem, put_off)
    now = spider.session.clock.now()
    offering = offering_of(asked, response, found, now)
    # An index that has not changed says nothing of the sitemaps below it: ask it in full.
    validated = None if found is not None and found.indexes else response
    await spider.submit(
        listings.record_check,
        spider.name,
        asked,
        kind,
        status=response.status if response is not None else None,
        etag=header(validated, "ETag"),
        last_modified=header(validated, "Last-Modified"),
        candidate_count=len(found.candidates) if found is not None else 0,
        problem=problem,
        checked_at=now,
        offering=replace(offering, crawl_run=spider.runlog.run_id, fresh_count=fresh_count),
    )


async def plan_next(
    spider: Any,
    exchange: Request | Response,
    found: Listing | None,
    problem: str = "",
    put_off: datetime | None = None,
) -> None:
    """Set down when a listing is due next; before its look is recorded, so once for each look."""
    asked = exchange.cb_kwargs["asked"]
    root = exchange.meta.get(ROOT, asked)
    if problem and asked != root:
        return  # the index named it, and will name it again
    is_index = found is not None and bool(found.indexes)
    look = Look(
        spider.name,
        asked,
        root,
        spider.session.clock.now(),
        "failed" if problem else "unchanged" if found is None else "read",
        held=None if found is None or is_index else len(found.candidates),
        until=put_off,
        problem=problem,
    )
    await spider.submit(schedules.plan_next, look, decide_next)


def put_off_by_answer(response: Response, now: datetime) -> datetime | None:
    """Return until when an answer asks to be left alone, None if it does not."""
    told = response.headers.get("Retry-After")
    if response.status not in BUSY or not told:
        return None
    seconds = retry_after_seconds(told.decode("latin-1"), now)
    return None if seconds is None else now + timedelta(seconds=min(seconds, LONGEST_ABSENCE))


def put_off_by_error(error: BaseException | None, now: datetime) -> datetime | None:
    """Return until when a request is not to be made again, None if the error does not say."""
    if isinstance(error, RobotsForbid):
        return now + ROBOTS_PATIENCE
    until = getattr(error, "until", None)  # of a host that is closed, or a budget that is spent
    return until if isinstance(until, datetime) else None
