"""What an archive tells of each outlet at a glance: last success, output, next look, incidents."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scraper.archive.values import read_time

OUTPUT_DAYS = 90  # over which articles a day are counted, as on the outlet's page
HOURS = 168  # of a week

STATES = """
SELECT o.slug,
    (SELECT MAX(ended_at) FROM crawl_runs r WHERE r.outlet = o.slug AND outcome = 'done'
        AND listings > 0)
        AS succeeded_at,
    (SELECT outcome FROM crawl_runs r WHERE r.outlet = o.slug ORDER BY started_at DESC LIMIT 1)
        AS outcome,
    (SELECT SUM(c.article_count) FROM collected_days d
        JOIN daily_counts c ON c.outlet = d.outlet AND c.day = d.day
        WHERE d.outlet = o.slug AND d.day >= :since AND d.day < :today) AS articles,
    (SELECT COUNT(*) FROM collected_days d
        WHERE d.outlet = o.slug AND d.day >= :since AND d.day < :today) AS days,
    (SELECT MIN(due_at) FROM listings l WHERE l.outlet = o.slug) AS due_at,
    (SELECT group_concat(CASE field WHEN '' THEN kind ELSE kind || ' ' || field END, ', ')
        FROM incidents i WHERE i.outlet = o.slug AND closed_at IS NULL) AS incidents
FROM outlets o
"""
UNDECLARED = """
SELECT slug, name, COALESCE(country, '') AS country, languages FROM outlets
WHERE NOT is_declared ORDER BY slug
"""
LISTINGS = """
SELECT l.url, l.kind, l.checked_at, l.status, l.candidate_count, l.problem, l.due_at, l.due_reason,
    l.interval_seconds, l.failure_count,
    (SELECT MAX(newest_at) FROM listing_checks c WHERE c.listing = l.id) AS newest_at
FROM listings l WHERE l.outlet = ? ORDER BY l.url
"""
RHYTHM = """
SELECT hour, SUM(fresh_count / observed_hours) AS rate FROM listing_hours
JOIN listings ON listings.id = listing WHERE outlet = ? AND observed_hours > 0 GROUP BY hour
"""
ROBOTS = """
SELECT origin, checked_at, expires_at, changed_at, status FROM robots_files
WHERE origin IN (SELECT value FROM json_each(?)) ORDER BY origin
"""
INCIDENTS = """
SELECT kind, field, severity, opened_at, seen_at, evidence FROM incidents
WHERE outlet = ? AND closed_at IS NULL ORDER BY severity DESC
"""


@dataclass(frozen=True, slots=True)
class OutletState:
    """One outlet at a glance.

    Args:
        succeeded_at: when a crawl of it last ended well, None for never.
        outcome: of its latest run, "" if there is none.
        articles_a_day: those published on a day with a successful run, over such days of the last
            months, so that what a first look found from before is none of it; None without any.
        due_at: when its next listing is due, None if nobody decided.
        incidents: kinds of those that are open, "" for none.
    """

    succeeded_at: datetime | None = None
    outcome: str = ""
    articles_a_day: float | None = None
    due_at: datetime | None = None
    incidents: str = ""

    @property
    def is_failing(self) -> bool:
        """Tell whether something is open about it, or its latest run failed."""
        return bool(self.incidents) or self.outcome == "failed"


def outlet_states(connection: sqlite3.Connection, now: datetime) -> dict[str, OutletState]:
    """Return the state of every outlet that the archive knows, by its slug."""
    since, today = (now - timedelta(days=OUTPUT_DAYS)).date(), now.date()
    rows = connection.execute(STATES, {"since": since.isoformat(), "today": today.isoformat()})
    found = {}
    for row in rows.fetchall():
        a_day = (row["articles"] or 0) / row["days"] if row["days"] else None
        found[row["slug"]] = OutletState(
            read_time(row["succeeded_at"]),
            row["outcome"] or "",
            a_day,
            read_time(row["due_at"]),
            row["incidents"] or "",
        )
    return found


def undeclared_outlets(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the outlets made up for addresses given by hand, as columns have them."""
    return [dict(row) for row in connection.execute(UNDECLARED)]


def listing_rows(connection: sqlite3.Connection, outlet: str) -> list[dict[str, Any]]:
    """Return what is known of an outlet's listings, as columns have it."""
    return [dict(row) for row in connection.execute(LISTINGS, (outlet,))]


def week_rhythm(connection: sqlite3.Connection, outlet: str) -> list[float] | None:
    """Return articles an hour for each hour of the week in UTC, Monday first; None if unlearnt."""
    rates = {row["hour"]: float(row["rate"]) for row in connection.execute(RHYTHM, (outlet,))}
    return [rates.get(hour, 0.0) for hour in range(HOURS)] if rates else None


def robots_rows(connection: sqlite3.Connection, origins: Sequence[str]) -> list[dict[str, Any]]:
    """Return what is kept of some hosts' robots.txt, without its text."""
    return [dict(row) for row in connection.execute(ROBOTS, (json.dumps(list(origins)),))]


def incident_rows(connection: sqlite3.Connection, outlet: str) -> list[dict[str, Any]]:
    """Return an outlet's open incidents, the worst first."""
    return [dict(row) for row in connection.execute(INCIDENTS, (outlet,))]
