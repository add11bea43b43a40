"""Reads what outlets are judged by: the history of all of them in a handful of statements."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from scraper.archive.incidents import recent_incidents
from scraper.archive.values import read_time, time_text
from scraper.watch.history import (
    HOURS_A_WEEK,
    KNOWN_WEEKS,
    ONE_DAY,
    Asked,
    Day,
    History,
    ListingState,
)
from scraper.watch.outage import mute_outlets
from scraper.watch.refusals import ASKED_DAYS, is_refusal

CHECKS_MAX = 2000  # looks read of a listing that stands badly: a week of one asked every 5 minutes
READINGS_MAX = 60  # of these, the latest that held something
NOT_MODIFIED = 304
LISTED_WITHIN = timedelta(days=3)  # a listing not asked for longer is declared no more
FORBIDDEN_WITHIN = timedelta(days=3)
FORBIDDEN = "robots.txt forbids it"  # what a candidate's outcome is then
# Why a run counts a page as failed that nobody was asked for, or that we could not look at.
UNASKED = (FORBIDDEN, "asked to come back later", "no worker of ours took it up")

COUNTS = (
    *("check_count", "failed_check_count", "fresh_count", "request_count", "latency_ms"),
    *("fetched_count", "article_count", "no_article_count", "consent_count", "quarantined_count"),
    *("gone_count", "failed_count", "refused_count", "author_count", "dated_count"),
    *("median_words", "median_delay_seconds"),
)
DAYS = f"""
SELECT outlet, day, newest_at, other_hosts, {", ".join(COUNTS)}
FROM outlet_days WHERE day >= :since AND day <= :today ORDER BY outlet, day
"""
UNASKED_PAGES = f"""
SELECT outlet, substr(started_at, 1, 10) AS day, sum(reasons.value) AS number
FROM crawl_runs, json_each(failures) AS reasons
WHERE started_at >= :since AND started_at <= :now AND failures <> '{{}}'
AND reasons.key IN ('{"', '".join(UNASKED)}') GROUP BY 1, 2
"""
# Each of these ends at the first row of an index that fits.
LATEST = """
SELECT slug,
    (SELECT checked_at FROM listing_checks WHERE outlet = slug AND checked_at <= :now
        AND problem IS NULL AND status IS NOT NULL ORDER BY checked_at DESC LIMIT 1) AS looked_at,
    (SELECT checked_at FROM listing_checks WHERE outlet = slug AND checked_at <= :now
        AND checked_at >= :since AND fresh_count > 0 ORDER BY checked_at DESC LIMIT 1) AS fresh_at,
    (SELECT captured_at FROM articles WHERE outlet = slug AND published_at <= :now
        ORDER BY published_at DESC LIMIT 1) AS newest_at
FROM outlets
"""
HOURS = """
SELECT outlet, hour, sum(listing_hours.fresh_count) AS fresh FROM listing_hours
JOIN listings ON listings.id = listing_hours.listing GROUP BY outlet, hour
"""
LISTINGS = """
SELECT id, outlet, url, checked_at, status, problem, candidate_count,
    (SELECT redirected_to FROM listing_checks WHERE listing = listings.id
        ORDER BY checked_at DESC LIMIT 1) AS redirected_to
FROM listings WHERE checked_at >= :since ORDER BY outlet, id
"""
CHECKS = """
SELECT checked_at, status, candidate_count, problem FROM listing_checks
WHERE listing = ? AND checked_at <= ? ORDER BY checked_at DESC LIMIT ?
"""
REQUESTS = """
SELECT outlet, day, kind, host, status, request_count FROM request_counts
WHERE day >= :since AND day <= :today AND kind IN ('listing', 'article')
"""


def read_histories(connection: sqlite3.Connection, now: datetime) -> list[History]:
    """Return the last weeks of every outlet that was looked at in them."""
    times = {"now": time_text(now), "since": time_text(now - timedelta(weeks=KNOWN_WEEKS))}
    days = _days(connection, now)
    latest = {row["slug"]: row for row in connection.execute(LATEST, times)}
    hours = _hours(connection)
    listings = _listings(connection, now)
    asked = _asked(connection, now)
    changes = _robots_changes(connection, now, listings)
    forbidden = _forbidden(connection, now)
    incidents = defaultdict(list)
    for incident in recent_incidents(connection, now - timedelta(weeks=KNOWN_WEEKS)):
        incidents[incident.outlet].append(incident)
    return [
        History(
            outlet=outlet,
            days=tuple(days.get(outlet, ())),
            looked_at=read_time(latest[outlet]["looked_at"]),
            fresh_at=read_time(latest[outlet]["fresh_at"]),
            newest_at=read_time(latest[outlet]["newest_at"]),
            hours=hours.get(outlet, ()),
            listings=tuple(listings.get(outlet, ())),
            asked=tuple(asked.get(outlet, ())),
            forbidden=forbidden.get(outlet, 0),
            robots_changed_at=changes.get(outlet),
            incidents=tuple(incidents.get(outlet, ())),
        )
        for outlet in sorted(days.keys() | incidents.keys())
        if outlet in latest
    ]


def _days(connection: sqlite3.Connection, now: datetime) -> dict[str, list[Day]]:
    found: dict[str, list[Day]] = defaultdict(list)
    since = now.date() - timedelta(weeks=KNOWN_WEEKS)
    unasked = _unasked(connection, now)
    for row in connection.execute(DAYS, {"since": str(since), "today": str(now.date())}):
        newest_at = read_time(row["newest_at"])
        counts = {name: row[name] for name in COUNTS}
        counts["failed_count"] -= unasked.get((row["outlet"], row["day"]), 0)
        found[row["outlet"]].append(
            Day(
                day=date.fromisoformat(row["day"]),
                newest_at=newest_at if newest_at is None or newest_at <= now else None,
                other_hosts=_hosts(row["other_hosts"]),
                **counts,
            )
        )
    return found


def _unasked(connection: sqlite3.Connection, now: datetime) -> dict[tuple[str, str], int]:
    """Return each outlet's pages of each day that a run counts as failed, though none was asked."""
    times = {"now": time_text(now), "since": str((now - timedelta(weeks=KNOWN_WEEKS)).date())}
    rows = connection.execute(UNASKED_PAGES, times)
    return {(row["outlet"], row["day"]): row["number"] for row in rows}


def _hosts(text: str) -> Mapping[str, int]:
    hosts: Mapping[str, int] = json.loads(text) if text != "{}" else {}
    return hosts


def _hours(connection: sqlite3.Connection) -> dict[str, tuple[float, ...]]:
    found: dict[str, list[float]] = defaultdict(lambda: [0.0] * HOURS_A_WEEK)
    for outlet, hour, fresh in connection.execute(HOURS):
        if 0 <= hour < HOURS_A_WEEK:
            found[outlet][hour] = fresh
    return {outlet: tuple(hours) for outlet, hours in found.items()}


def _listings(connection: sqlite3.Connection, now: datetime) -> dict[str, list[ListingState]]:
    found: dict[str, list[ListingState]] = defaultdict(list)
    for row in connection.execute(LISTINGS, {"since": time_text(now - LISTED_WITHIN)}).fetchall():
        checked_at = read_time(row["checked_at"])
        assert checked_at is not None
        state = ListingState(
            url=row["url"],
            checked_at=checked_at,
            status=row["status"],
            problem=row["problem"] or "",
            redirected_to=row["redirected_to"] or "",
        )
        if state.problem or not row["candidate_count"]:
            state = _with_past(connection, row["id"], state, now)
        found[row["outlet"]].append(state)
    return _without_our_faults(found)


def _with_past(
    connection: sqlite3.Connection, listing: int, state: ListingState, now: datetime
) -> ListingState:
    """Add what a listing that stands badly held before, and since when it cannot be read."""
    readings: list[tuple[datetime, int]] = []
    unchanged: list[datetime] = []  # looks answered 304: it held what it held at the look before
    failures, failing_since, is_failing, full = 0, None, True, 0
    for row in connection.execute(CHECKS, (listing, time_text(now), CHECKS_MAX)):
        moment = read_time(row["checked_at"])
        assert moment is not None
        is_failing = is_failing and row["problem"] is not None
        if is_failing:
            failures, failing_since = failures + 1, moment
        count = row["candidate_count"]
        if row["problem"] is None and row["status"] == NOT_MODIFIED:
            unchanged.append(moment)
        elif row["problem"] is None and count is not None:
            readings += [(each, count) for each in (*unchanged, moment)]
            full += (len(unchanged) + 1) * (count > 0)
            unchanged.clear()
        if full >= READINGS_MAX:
            break
    return replace(state, readings=tuple(readings), failures=failures, failing_since=failing_since)


def _without_our_faults(
    found: dict[str, list[ListingState]],
) -> dict[str, list[ListingState]]:
    """Blame no outlet for looks without an answer while most outlets have none."""
    return found | {
        outlet: [replace(state, failing_since=None) for state in found[outlet]]
        for outlet in mute_outlets(found)
    }


def _asked(connection: sqlite3.Connection, now: datetime) -> dict[str, list[Asked]]:
    counts: dict[tuple[str, str, str], list[sqlite3.Row]] = defaultdict(list)
    since = now.date() - (ASKED_DAYS - 1) * ONE_DAY
    for row in connection.execute(REQUESTS, {"since": str(since), "today": str(now.date())}):
        counts[row["outlet"], row["day"], row["kind"]].append(row)
    found: dict[str, list[Asked]] = defaultdict(list)
    for (outlet, day, kind), rows in sorted(counts.items()):
        statuses: dict[str, int] = defaultdict(int)
        for row in rows:
            statuses[str(row["status"])] += row["request_count"]
        refusing = [row for row in rows if is_refusal(row["status"])]
        worst = max(refusing, key=lambda row: row["request_count"], default=None)
        found[outlet].append(
            Asked(
                day=date.fromisoformat(day),
                kind=kind,
                requests=sum(statuses.values()),
                refused=sum(row["request_count"] for row in refusing),
                statuses=dict(statuses),
                host=worst["host"] if worst is not None else "",
            )
        )
    return found


def _robots_changes(
    connection: sqlite3.Connection, now: datetime, listings: Mapping[str, Iterable[ListingState]]
) -> dict[str, datetime]:
    """Return when a robots.txt of each outlet's listings last changed."""
    since = time_text(now - timedelta(weeks=KNOWN_WEEKS))
    rows = connection.execute(
        "SELECT origin, changed_at FROM robots_files WHERE changed_at >= ? AND changed_at <= ?",
        (since, time_text(now)),
    )
    changed = {row["origin"]: row["changed_at"] for row in rows}
    found: dict[str, datetime] = {}
    for outlet, states in listings.items() if changed else ():
        for state in states:
            parts = urlsplit(state.url)
            moment = read_time(changed.get(f"{parts.scheme}://{parts.netloc}"))
            if moment is not None:
                found[outlet] = max(moment, found.get(outlet, moment))
    return found


def _forbidden(connection: sqlite3.Connection, now: datetime) -> dict[str, int]:
    rows = connection.execute(
        # The plus signs leave SQLite the index of found_at alone: of a large archive, three days.
        "SELECT outlet, count(*) FROM candidates WHERE +outcome = ? AND found_at >= ? "
        "GROUP BY +outlet",
        (FORBIDDEN, time_text(now - FORBIDDEN_WITHIN)),
    )
    return dict(map(tuple, rows))
