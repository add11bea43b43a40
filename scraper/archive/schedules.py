"""When each listing is due, what was learnt of its rhythm, and what else waits for an outlet.

What to make of it is decided elsewhere (`scraper.crawl.schedule`) by functions handed in here, so
that a look is learnt from and the next one set down in one transaction.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from scraper.archive.values import read_time, time_text
from scraper.archive.writer import Archive

RECENT = timedelta(hours=3)  # arrivals of which are read again for the next decision
RECENT_MAX = 1000  # of them
WORK_MAX = 100  # articles due for a look that are read of an outlet, the longest due first

Outcome = Literal["read", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Look:
    """What came of asking a listing.

    Args:
        outlet: slug of whose listing it is.
        asked: URL that was asked.
        root: the declared listing above it, where that is a sitemap index; else `asked` again.
        at: now.
        outcome: "read", "unchanged" (304), or "failed".
        held: articles it listed, None if it was not read, or is an index of others.
        until: not to be asked before, as the host or our own rules have it.
        problem: why it failed, in a few words.
    """

    outlet: str
    asked: str
    root: str
    at: datetime
    outcome: Outcome
    held: int | None = None
    until: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article offered for the first time, at this look or shortly before.

    `published_at` is when its listing says it was published, None if it does not say.
    """

    found_at: datetime
    published_at: datetime | None = None
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a listing before a look is learnt from.

    `since` is the last look before that brought a readable answer, None for none yet, and
    `first_at` the first that did. `observed`
    and `fresh` are its hours of the week. `arrivals` are those of this look and of RECENT before.
    `is_below` is True for arrivals of a sitemap below this one: their time was counted as watched
    when this one was read.
    """

    since: datetime | None = None
    interval: timedelta | None = None
    failure_count: int = 0
    observed: tuple[float, ...] = ()
    fresh: tuple[float, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    is_below: bool = False
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """When a listing is due next, and why; hours of the week, None to leave them as they are."""

    due_at: datetime
    interval: timedelta
    failure_count: int
    reason: str
    observed: tuple[float, ...] | None = None
    fresh: tuple[float, ...] | None = None


Planner = Callable[[Known, Look], Plan]


@dataclass(frozen=True, slots=True)
class ListingState:
    """When one listing is due: None for at once, because it was never asked."""

    url: str
    due_at: datetime | None = None
    interval: timedelta | None = None
    failure_count: int = 0
    reason: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An article due for a look, or a candidate to be tried: since when it waits, and until when.

    `due_at` is when it may be asked, `since` when its wait began.
    """

    due_at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class OutletState:
    """All that decides when an outlet is crawled next."""

    outlet: str
    listings: tuple[ListingState, ...]
    work: tuple[Work, ...] = ()


def plan_next(archive: Archive, look: Look, plan: Planner) -> None:
    """Learn from a look at a listing and set down when it is due next, as `plan` decides.

    To be submitted after what the listing offered, and before its check is recorded.
    """
    archive.connection.execute(
        "INSERT INTO listings (url, outlet, kind) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
        (look.root, look.outlet),
    )
    row = archive.connection.execute(
        "SELECT * FROM listings WHERE url = ?", (look.root,)
    ).fetchone()
    planned = plan(_known(archive.connection, row, look), look)
    archive.connection.execute(
        "UPDATE listings SET due_at = ?, interval_seconds = ?, failure_count = ?, due_reason = ? "
        "WHERE id = ?",
        (
            time_text(planned.due_at),
            round(planned.interval.total_seconds()),
            planned.failure_count,
            planned.reason,
            row["id"],
        ),
    )
    if planned.observed is not None and planned.fresh is not None:
        archive.connection.executemany(
            "INSERT OR REPLACE INTO listing_hours (listing, hour, observed_hours, fresh_count) "
            "VALUES (?, ?, ?, ?)",
            (
                (row["id"], hour, *counts)
                for hour, counts in enumerate(zip(planned.observed, planned.fresh, strict=True))
            ),
        )


def hours(connection: sqlite3.Connection, listing: int) -> tuple[tuple[float, ...], ...]:
    """Return hours watched and articles that came by hour of the week; () and () if never."""
    rows = connection.execute(
        "SELECT observed_hours, fresh_count FROM listing_hours WHERE listing = ? ORDER BY hour",
        (listing,),
    ).fetchall()
    return tuple(row[0] for row in rows), tuple(row[1] for row in rows)


def outlet_state(
    connection: sqlite3.Connection, outlet: str, urls: Iterable[str], horizon: datetime
) -> OutletState:
    """Return what is due of an outlet, and when; work that is due after `horizon` is left out.

    Args:
        connection: to read from.
        outlet: its slug.
        urls: its declared listings.
        horizon: how far to look ahead.
    """
    return OutletState(
        outlet,
        tuple(_listing_state(connection, url) for url in urls),
        (*_articles_due(connection, outlet, horizon), *_candidates_due(connection, outlet)),
    )


def silenced(connection: sqlite3.Connection, reason: str, now: datetime) -> dict[str, datetime]:
    """Return listings that are not to be asked for a given reason, and until when."""
    rows = connection.execute(
        "SELECT url, due_at FROM listings WHERE due_at > ? AND due_reason = ?",
        (time_text(now), reason),
    )
    return {row["url"]: moment for row in rows if (moment := read_time(row["due_at"]))}


def _known(connection: sqlite3.Connection, row: sqlite3.Row, look: Look) -> Known:
    is_below = look.asked != look.root
    asked = row
    if is_below:
        asked = connection.execute("SELECT * FROM listings WHERE url = ?", (look.asked,)).fetchone()
    # Of a sitemap below, the time it is about began with the look before the index's last.
    before = read_time(row["checked_at"]) if is_below else look.at
    observed, fresh = hours(connection, row["id"])
    since = _last_good_look(connection, row, before or look.at)
    return Known(
        since=since,
        interval=_interval(row),
        failure_count=row["failure_count"] or 0,
        observed=observed,
        fresh=fresh,
        arrivals=tuple(_arrivals(connection, asked, look)) if asked else (),
        is_below=is_below,
        first_at=_first_good_look(connection, row) or since,
    )


def _first_good_look(connection: sqlite3.Connection, row: sqlite3.Row) -> datetime | None:
    found = connection.execute(
        "SELECT checked_at FROM listing_checks WHERE listing = ? AND problem IS NULL "
        "ORDER BY checked_at LIMIT 1",
        (row["id"],),
    ).fetchone()
    return None if found is None else read_time(found["checked_at"])


def _last_good_look(
    connection: sqlite3.Connection, row: sqlite3.Row, before: datetime
) -> datetime | None:
    """Return the last look before a moment that brought a readable answer."""
    found = connection.execute(
        "SELECT checked_at FROM listing_checks WHERE listing = ? AND checked_at < ? "
        "AND problem IS NULL ORDER BY checked_at DESC LIMIT 1",
        (row["id"], time_text(before)),
    ).fetchone()
    if found is not None:
        return read_time(found["checked_at"])
    # Archives of before looks were kept one by one know the last only.
    last = read_time(row["checked_at"])
    return last if last is not None and last < before and row["problem"] is None else None


def _arrivals(connection: sqlite3.Connection, asked: sqlite3.Row, look: Look) -> Iterable[Arrival]:
    # A crawl killed before it recorded its look leaves what it found to be learnt now.
    last = asked["checked_at"] or ""
    earliest = min(last, time_text(look.at - RECENT))
    rows = connection.execute(
        "SELECT found_at, published_at FROM candidates WHERE listing = ? "
        "ORDER BY rowid DESC LIMIT ?",  # the newest first, by the index alone
        (asked["id"], RECENT_MAX),
    )
    for row in rows:
        if row["found_at"] < earliest:
            return
        found_at = read_time(row["found_at"])
        assert found_at is not None
        yield Arrival(found_at, read_time(row["published_at"]), row["found_at"] > last)


def _interval(row: sqlite3.Row) -> timedelta | None:
    seconds = row["interval_seconds"]
    return None if seconds is None else timedelta(seconds=seconds)


def _listing_state(connection: sqlite3.Connection, url: str) -> ListingState:
    row = connection.execute(
        "SELECT due_at, interval_seconds, failure_count, due_reason, checked_at "
        "FROM listings WHERE url = ?",
        (url,),
    ).fetchone()
    if row is None:
        return ListingState(url)
    return ListingState(
        url,
        due_at=read_time(row["due_at"]),
        interval=_interval(row),
        failure_count=row["failure_count"] or 0,
        reason=row["due_reason"] or "",
        checked_at=read_time(row["checked_at"]),
    )


def _articles_due(connection: sqlite3.Connection, outlet: str, horizon: datetime) -> Sequence[Work]:
    rows = connection.execute(
        "SELECT next_check_at, checked_at FROM articles WHERE outlet = ? AND next_check_at <= ? "
        "ORDER BY next_check_at LIMIT ?",
        (outlet, time_text(horizon), WORK_MAX),
    ).fetchall()
    return [_work(row["next_check_at"], row["checked_at"]) for row in rows]


def _candidates_due(connection: sqlite3.Connection, outlet: str) -> Sequence[Work]:
    """Return the one that may be tried first, if any waits."""
    rows = connection.execute(
        "SELECT COALESCE(retry_at, found_at) AS due_at, found_at FROM candidates "
        "WHERE outlet = ? AND state = 'waiting' ORDER BY retry_at LIMIT 1",
        (outlet,),
    ).fetchall()
    return [_work(row["due_at"], row["found_at"]) for row in rows]


def _work(due_at: str, since: str) -> Work:
    due, began = read_time(due_at), read_time(since)
    assert due is not None
    assert began is not None
    return Work(due, min(began, due))
