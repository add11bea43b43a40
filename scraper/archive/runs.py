"""Crawl runs and the outlets they crawl."""

import json
import os
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from scraper.archive.day_summaries import summarise_day
from scraper.archive.values import json_text, read_time, safe_text, time_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import CrawlRun, Outlet

COUNTS = (
    "listings",
    "candidates",
    "resumed",
    "known",
    "deferred",
    "fetched",
    "not_modified",
    "new",
    "revised",
    "unchanged",
    "no_article",
    "quarantined",
    "gone",
    "failed",
)
SETTLED = "not_modified + new + revised + unchanged + no_article + quarantined + gone + failed"
REASON_MAX_CHARS = 500
FAILURES_MAX = 200  # different reasons kept of one run
NO_ARTICLE_REASONS_MAX = 50  # different ones kept of one run; all but other sites' hosts are fixed


def open_run(
    archive: Archive,
    slug: str,
    outlet: Outlet,
    *,
    is_declared: bool,
    started_at: datetime,
    version: str,
) -> int:
    """Note that a crawl of an outlet begins; return the run's number.

    The outlet's row is written or brought up to date. Runs of dead processes are closed as
    interrupted, at the time of their last capture.
    """
    write_outlet(archive, slug, outlet, is_declared=is_declared, added_at=started_at)
    _close_dead_runs(archive)
    cursor = archive.connection.execute(
        "INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version) "
        "VALUES (?, ?, 'running', ?, ?)",
        (slug, time_text(started_at), os.getpid(), version),
    )
    assert cursor.lastrowid is not None
    archive.open_runs.add(cursor.lastrowid)
    return cursor.lastrowid


def save_run(archive: Archive, run_id: int, run: CrawlRun) -> None:
    """Write a run's counts as they stand, and its end once it has one."""
    failures = _commonest(run.failures, FAILURES_MAX)
    no_article = _commonest(run.no_article_reasons, NO_ARTICLE_REASONS_MAX)
    values = {
        "ended_at": time_text_or_none(run.ended_at),
        "outcome": run.outcome,
        "reason": safe_text(run.reason[:REASON_MAX_CHARS]) or None,
        **{name: getattr(run, name) for name in COUNTS},
        "failures": safe_text(json_text(failures)),
        "no_article_reasons": safe_text(json_text(no_article)),
    }
    columns = ", ".join(f"{name} = :{name}" for name in values)
    archive.connection.execute(
        f"UPDATE crawl_runs SET {columns} WHERE id = :id", {**values, "id": run_id}
    )


def _commonest(reasons: Mapping[str, int], most: int) -> dict[str, int]:
    return dict(sorted(reasons.items(), key=lambda item: -item[1])[:most])


def recent_runs(
    connection: sqlite3.Connection, *, outlet: str = "", limit: int = 20
) -> list[tuple[int, CrawlRun]]:
    """Return runs with their numbers, newest first; of one outlet if given."""
    wanted = "WHERE outlet = :outlet" if outlet else ""
    rows = connection.execute(
        f"SELECT * FROM crawl_runs {wanted} ORDER BY started_at DESC, id DESC LIMIT :limit",
        {"outlet": outlet, "limit": limit},
    )
    return [(row["id"], _run(row)) for row in rows]


def latest_runs(connection: sqlite3.Connection) -> list[tuple[int, CrawlRun]]:
    """Return the latest run of each outlet with its number, in no order."""
    rows = connection.execute(
        "SELECT r.* FROM outlets AS o JOIN crawl_runs AS r ON r.id = ("
        "SELECT l.id FROM crawl_runs AS l WHERE l.outlet = o.slug "
        "ORDER BY l.started_at DESC, l.id DESC LIMIT 1)"
    )
    return [(row["id"], _run(row)) for row in rows]


def _run(row: sqlite3.Row) -> CrawlRun:
    started_at = read_time(row["started_at"])
    assert started_at is not None
    return CrawlRun(
        outlet=row["outlet"],
        started_at=started_at,
        ended_at=read_time(row["ended_at"]),
        outcome=row["outcome"],
        reason=row["reason"] or "",
        **{name: row[name] for name in COUNTS},
        failures=json.loads(row["failures"]),
        no_article_reasons=json.loads(row["no_article_reasons"] or "{}"),
    )


def write_outlet(
    archive: Archive, slug: str, outlet: Outlet, *, is_declared: bool, added_at: datetime
) -> None:
    """Write an outlet's row, or bring it up to date."""
    archive.connection.execute(
        "INSERT INTO outlets (slug, name, country, languages, timezone, homepage, is_declared, "
        "added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE SET "
        "name = excluded.name, country = excluded.country, languages = excluded.languages, "
        "timezone = excluded.timezone, homepage = excluded.homepage, "
        "is_declared = excluded.is_declared",
        (
            slug,
            safe_text(outlet.name),
            outlet.country or None,
            json_text(outlet.languages),
            outlet.timezone,
            outlet.homepage,
            int(is_declared),
            time_text(added_at),
        ),
    )


def _close_dead_runs(archive: Archive) -> None:
    running = archive.connection.execute(
        "SELECT id, outlet, pid, started_at FROM crawl_runs WHERE outcome = 'running'"
    ).fetchall()
    for row in running:
        if row["id"] in archive.open_runs:
            continue
        archive.connection.execute(
            f"UPDATE crawl_runs SET fetched = {SETTLED}, "
            f"deferred = candidates + resumed - known - ({SETTLED}), "
            "outcome = 'interrupted', reason = ?, ended_at = COALESCE("
            "(SELECT MAX(captured_at) FROM captures WHERE crawl_run = crawl_runs.id "
            "AND captured_at >= crawl_runs.started_at), started_at) WHERE id = ?",
            (f"process {row['pid']} ended without closing it", row["id"]),
        )
        summarise_day(archive.connection, row["outlet"], row["started_at"][:10])
