"""What is due when, and why: the schedule told, without crawling anything."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from scraper.archive import request_counts, schedules
from scraper.archive.request_counts import Budget
from scraper.crawl import schedule
from scraper.crawl.budgets import NO_BUDGET, Budgets, BudgetSpent
from scraper.crawl.spider import OutletSpider

HORIZON = timedelta(days=8)  # beyond the last look at any article


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that will be asked: a listing, or an outlet's articles that wait for a look.

    `what` is the listing's URL, "" for articles. `due_at` is None for at once; `interval` None
    where there is none.
    """

    outlet: str
    kind: str
    what: str
    due_at: datetime | None
    interval: timedelta | None
    reason: str
    checked_at: datetime | None = None


def agenda(
    connection: sqlite3.Connection | None,
    spiders: Iterable[type[OutletSpider]],
    now: datetime,
    budget: Budget = NO_BUDGET,
) -> list[Entry]:
    """Return what is due of the outlets, the first due first; without an archive, all at once.

    Articles of an outlet whose day's `budget` is used wait for the next day.
    """
    entries: list[Entry] = []
    sent = partial(request_counts.spent, connection) if connection is not None else None
    budgets = Budgets(budget, sent or (lambda day: {}))
    for spider in spiders:
        kinds = {url: kind for kind, url in spider.listing_urls()}
        if connection is None:
            state = schedules.OutletState(spider.name, tuple(map(schedules.ListingState, kinds)))
        else:
            state = schedules.outlet_state(connection, spider.name, kinds, now + HORIZON)
        for listing in state.listings:
            entries.append(
                Entry(
                    *(spider.name, kinds[listing.url], listing.url),
                    due_at=listing.due_at,
                    interval=listing.interval,
                    reason=listing.reason or schedule.FIRST_LOOK,
                    checked_at=listing.checked_at,
                )
            )
        if state.work:
            entries.append(_of_articles(state, budgets.refusal(spider.name, now)))
    return sorted(entries, key=lambda e: (e.due_at is not None, e.due_at or now, e.outlet))


def _of_articles(state: schedules.OutletState, refusal: BudgetSpent | None) -> Entry:
    due_at, reason = min(map(schedule.work_due_at, state.work)), schedule.ARTICLES
    if refusal is not None and due_at < refusal.until:
        due_at, reason = refusal.until, f"{schedule.PUT_OFF}: {refusal}"
    return Entry(state.outlet, "articles", "", due_at, None, reason)
