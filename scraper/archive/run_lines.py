"""What each outlet brought day by day, its latest run, and what was asked of it on one day."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.archive.request_counts import spent
from scraper.archive.runs import latest_runs
from scraper.records import CrawlRun


@dataclass(frozen=True, slots=True)
class OutletLine:
    """The last days of one outlet.

    Attributes:
        days: new articles day by day, oldest first; None for days that nobody looked at.
        latest: its latest run; None for an outlet that was never crawled.
        requests, response_bytes: of the last of these days, as far as they are written down.
    """

    outlet: str
    days: tuple[int | None, ...]
    latest: CrawlRun | None
    requests: int
    response_bytes: int


def outlet_lines(
    connection: sqlite3.Connection, today: date, days: int, outlets: Sequence[str] = ()
) -> list[OutletLine]:
    """Return the line of every outlet, or of those named, the one crawled latest first.

    Args:
        connection: of an archive; some three statements for all outlets together.
        today: the last day (UTC) of the lines.
        days: how many there are.
        outlets: short names; none for all.
    """
    counts = _counts(connection, today, days)
    asked = spent(connection, today.isoformat())
    latest = {run.outlet: run for _, run in latest_runs(connection)}
    known = [row[0] for row in connection.execute("SELECT slug FROM outlets")]
    wanted = [slug for slug in known if not outlets or slug in outlets]
    begin = today - timedelta(days=days - 1)
    lines = [
        OutletLine(
            outlet=slug,
            days=tuple(
                counts[slug].get((begin + timedelta(days=passed)).isoformat())
                for passed in range(days)
            ),
            latest=latest.get(slug),
            requests=asked.get(slug, (0, 0))[0],
            response_bytes=asked.get(slug, (0, 0))[1],
        )
        for slug in wanted
    ]
    lines.sort(key=lambda line: line.outlet)
    lines.sort(key=lambda line: -line.latest.started_at.timestamp() if line.latest else 0.0)
    return lines


def _counts(connection: sqlite3.Connection, today: date, days: int) -> dict[str, dict[str, int]]:
    begin = today - timedelta(days=days - 1)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(
        "SELECT outlet, day, article_count FROM outlet_days "
        "WHERE day BETWEEN ? AND ? AND (check_count > 0 OR run_count > 0)",
        (begin.isoformat(), today.isoformat()),
    ):
        counts[row["outlet"]][row["day"]] = row["article_count"]
    return counts
