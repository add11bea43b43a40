"""Incidents: what was found to be wrong with an outlet, from when until when, and who was told.

An outlet has at most one open incident of a kind and field. `evidence` is a JSON map whose keys are
kept stable, because pages, the command line and alerts make their sentences of them. Numbers that
are shares lie between 0 and 1; times are RFC 3339 text in UTC; a key that does not apply is absent.

Every kind:
    what: which form of the kind it is, see below
    expected, came: what is usual of this outlet, and what there is now, both numbers in the unit
        of `what`
    suggestion: what to do: check, check_listing, redeclare, ask_permission, slow_down, exclude or
        wait
    days, known_days: days looked at for `came`, and days that `expected` rests on
    well_since: when an open incident was first not judged so any more; it is closed soon

silent (no new article in far longer than its rhythm)
    what: "nothing" (its listings offer nothing new) or "frozen" (they offer other addresses, all
        of articles as old as before)
    expected: articles that its rhythm lets expect since last_at; came: 0
    last_at: time of its newest article; looked_at: last look that was answered
    silent_seconds: from last_at to looked_at; usual_seconds: its longest pause before
    per_week: articles it usually brings in a week; missed_days: its usual days of publication
        that passed, a number such as 2.4; looks: looks since last_at that were answered
emptied (candidates come, but no articles of them; or a listing that held many holds none)
    what: "pages" (pages fetched are no articles; expected and came are shares of pages that are),
        "listing" (a listing holds nothing; expected and came are numbers of articles it lists) or
        "unreadable" (a listing gives no readable answer; likewise)
    pages, articles, no_article, quarantined, gone, failed: numbers of pages, for "pages"
    listing: address of the worst listing; listings: how many of the outlet's are so, of_listings:
        how many it has; problem: why it cannot be read; failures: looks in a row without answer
drifted (field is author, date or body)
    what: "share" (expected and came are shares of new articles that have the field) or "words"
        (they are median words of new articles)
    articles: new articles looked at; known_articles: those that `expected` rests on
blocked (most requests are refused)
    what: "refused" (shares of requests answered 401, 403, 429 or 451), "challenge" (shares of pages
        that are a check for robots), "consent" (shares of pages that are a consent wall) or
        "robots" (numbers of listings that robots.txt forbids)
    requests, refused: how many; asked: listing, article or "" for both; statuses: map from HTTP
        status to requests; host: the host that refuses most
    listing: address of a listing forbidden; changed_at: when robots.txt last changed
moved (leads to another site)
    what: "listing" or "articles" (shares of answers that came from another site)
    host: where to; listing: its address; answers: how many
slow
    what: "latency" (milliseconds to an answer) or "delay" (seconds from publication to capture)
    checks, expected_checks: looks at listings a day, now and usually, for "delay"
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scraper.archive.values import json_text, read_time, safe_text, time_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import Incident, Judgment

# Not judged so for as long as this, an incident is over; what comes and goes within a few hours
# stays one incident, and is told once.
CLOSE_AFTER = timedelta(hours=12)
WELL_SINCE = "well_since"
JUDGED_AT = "judged_at"  # key of archive_info

COLUMNS = (
    "id, outlet, kind, field, severity, opened_at, began_at, seen_at, closed_at, evidence, capture"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many incidents a round of judging opened and closed."""

    opened: int = 0
    closed: int = 0


def update(archive: Archive, judgments: Iterable[Judgment], now: datetime) -> Changes:
    """Bring incidents up to date with what was judged: open, refresh, or close them.

    An open incident that is neither judged nor carried is taken to be well; it is closed once it
    has been so for CLOSE_AFTER, as of the time it was first found well.
    """
    judged = {(each.outlet, each.kind, each.field): each for each in judgments}
    known = open_incidents(archive.connection)
    opened = closed = 0
    for incident in known:
        judgment = judged.pop((incident.outlet, incident.kind, incident.field), None)
        if judgment is None:
            closed += _note_well(archive, incident, now)
        elif not judgment.is_carried:
            _refresh(archive, incident, judgment, now)
    for judgment in judged.values():
        if not judgment.is_carried:
            _open(archive, judgment, now)
            opened += 1
    archive.connection.execute(
        "INSERT INTO archive_info (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (JUDGED_AT, time_text(now)),
    )
    return Changes(opened, closed)


def open_incidents(connection: sqlite3.Connection) -> list[Incident]:
    """Return the incidents that go on, worst first."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM incidents WHERE closed_at IS NULL ORDER BY severity DESC, id"
    )
    return [_incident(row) for row in rows]


def recent_incidents(connection: sqlite3.Connection, since: datetime) -> list[Incident]:
    """Return the incidents that go on, and those that were over after a time."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM incidents WHERE closed_at IS NULL OR closed_at >= ? ORDER BY id",
        (time_text(since),),
    )
    return [_incident(row) for row in rows]


def untold(connection: sqlite3.Connection) -> tuple[list[Incident], list[Incident]]:
    """Return the open incidents of which no alert was sent, and those whose end is to be told.

    One that was over before it could be told is not told at all.
    """
    begun = connection.execute(
        f"SELECT {COLUMNS} FROM incidents WHERE closed_at IS NULL AND told_at IS NULL "
        "ORDER BY severity DESC, id"
    )
    over = connection.execute(
        f"SELECT {COLUMNS} FROM incidents WHERE closed_at IS NOT NULL AND told_at IS NOT NULL "
        "AND told_over_at IS NULL ORDER BY closed_at, id"
    )
    return [_incident(row) for row in begun], [_incident(row) for row in over]


def mark_told(archive: Archive, begun: Sequence[int], over: Sequence[int], now: datetime) -> None:
    """Note that alerts were sent: of incidents that began, and of those that are over."""
    for column, numbers in (("told_at", begun), ("told_over_at", over)):
        archive.connection.executemany(
            f"UPDATE incidents SET {column} = ? WHERE id = ?",
            [(time_text(now), number) for number in numbers],
        )


def _open(archive: Archive, judgment: Judgment, now: datetime) -> None:
    archive.connection.execute(
        "INSERT INTO incidents (outlet, kind, field, severity, opened_at, began_at, seen_at, "
        "evidence, capture) VALUES (:outlet, :kind, :field, :severity, :now, :began_at, :now, "
        ":evidence, :capture)",
        _values(judgment, now),
    )


def _refresh(archive: Archive, incident: Incident, judgment: Judgment, now: datetime) -> None:
    archive.connection.execute(
        "UPDATE incidents SET severity = :severity, seen_at = :now, evidence = :evidence, "
        "began_at = COALESCE(began_at, :began_at), capture = COALESCE(:capture, capture) "
        "WHERE id = :id",
        _values(judgment, now) | {"id": incident.id},
    )


def _note_well(archive: Archive, incident: Incident, now: datetime) -> bool:
    """Note that an open incident is not judged any more; tell whether that closed it."""
    since = incident.evidence.get(WELL_SINCE)
    well_since = read_time(since) if isinstance(since, str) else None
    if well_since is not None and now - well_since >= CLOSE_AFTER:
        archive.connection.execute(
            "UPDATE incidents SET closed_at = ? WHERE id = ?", (since, incident.id)
        )
        return True
    if well_since is None:
        evidence = dict(incident.evidence) | {WELL_SINCE: time_text(now)}
        archive.connection.execute(
            "UPDATE incidents SET evidence = ? WHERE id = ?",
            (safe_text(json_text(evidence)), incident.id),
        )
    return False


def _values(judgment: Judgment, now: datetime) -> dict[str, Any]:
    return {
        "outlet": judgment.outlet,
        "kind": judgment.kind,
        "field": judgment.field,
        "severity": judgment.severity,
        "began_at": time_text_or_none(judgment.began_at),
        "now": time_text(now),
        "evidence": safe_text(json_text(dict(judgment.evidence))),
        "capture": judgment.capture,
    }


def _incident(row: sqlite3.Row) -> Incident:
    opened_at, seen_at = read_time(row["opened_at"]), read_time(row["seen_at"])
    assert opened_at is not None
    assert seen_at is not None
    return Incident(
        id=row["id"],
        outlet=row["outlet"],
        kind=row["kind"],
        field=row["field"],
        severity=row["severity"],
        opened_at=opened_at,
        began_at=read_time(row["began_at"]),
        seen_at=seen_at,
        closed_at=read_time(row["closed_at"]),
        evidence=json.loads(row["evidence"]),
        capture=row["capture"],
    )
