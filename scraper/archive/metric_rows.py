"""What metrics are made of: counts of whole days, and how things stand, in few statements."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scraper.archive.day_summaries import REPLAYED
from scraper.archive.values import read_time, time_text

KINDS = ("silent", "emptied", "drifted", "blocked", "moved", "slow")  # of incidents
NO_ANSWER = "none"
LAST_DAY = "9999-12-31"  # beyond all that are counted
Counts = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of some days.

    Attributes:
        requests: by outlet and class of status: "2xx" and so on, "none" where no answer came.
        bytes: received, by outlet.
        articles: by outlet and "new" or "revised".
    """

    requests: Counts = field(default_factory=dict)
    bytes: Counts = field(default_factory=dict)
    articles: Counts = field(default_factory=dict)

    def plus(self, other: "Counted") -> "Counted":
        """Return both together.

        >>> Counted(bytes={("bbc",): 2}).plus(Counted(bytes={("bbc",): 3})).bytes
        {('bbc',): 5}
        """
        return Counted(
            dict(Counter(self.requests) + Counter(other.requests)),
            dict(Counter(self.bytes) + Counter(other.bytes)),
            dict(Counter(self.articles) + Counter(other.articles)),
        )


@dataclass(frozen=True, slots=True)
class State:
    """How things stand.

    Attributes:
        outlets: declared ones.
        succeeded: when the last successful run of each ended.
        incidents: open ones by kind, each kind of KINDS at least.
        due, late: listings of declared outlets whose time has come, and by more than an interval.
        lateness: seconds that the latest of them is late.
        waiting: articles found and not fetched yet.
    """

    outlets: int
    succeeded: Mapping[str, datetime]
    incidents: Mapping[str, int]
    due: int
    late: int
    lateness: float
    waiting: int


def counted_since(connection: sqlite3.Connection, first: str, before: str = LAST_DAY) -> Counted:
    """Count the days (UTC) from `first` until, and without, `before`."""
    requests: Counter[tuple[str, ...]] = Counter()
    received: Counter[tuple[str, ...]] = Counter()
    articles: Counter[tuple[str, ...]] = Counter()
    for outlet, status, count, size in connection.execute(
        "SELECT outlet, status / 100, SUM(request_count), SUM(response_bytes) FROM request_counts "
        "WHERE day >= ? AND day < ? AND kind <> ? GROUP BY outlet, status / 100",
        (first, before, REPLAYED),
    ):
        requests[outlet, f"{status}xx" if 1 <= status <= 5 else NO_ANSWER] += count
        received[(outlet,)] += size
    for outlet, new, revised in connection.execute(
        "SELECT outlet, SUM(article_count), SUM(revised_count) FROM outlet_days "
        "WHERE day >= ? AND day < ? GROUP BY outlet",
        (first, before),
    ):
        articles[outlet, "new"] += new
        articles[outlet, "revised"] += revised
    return Counted(dict(requests), dict(received), dict(articles))


def read_state(connection: sqlite3.Connection, now: datetime) -> State:
    """Read how things stand at a time."""
    incidents = dict.fromkeys(KINDS, 0)
    incidents |= dict(
        map(
            tuple,
            connection.execute(
                "SELECT kind, COUNT(*) FROM incidents WHERE closed_at IS NULL GROUP BY kind"
            ),
        )
    )
    due, late, lateness = connection.execute(
        "SELECT COUNT(*), COALESCE(SUM(seconds > COALESCE(interval_seconds, 0)), 0), "
        "COALESCE(MAX(seconds), 0) FROM ("
        "SELECT l.interval_seconds, (julianday(:now) - julianday(l.due_at)) * 86400 AS seconds "
        "FROM listings AS l JOIN outlets AS o ON o.slug = l.outlet AND o.is_declared "
        "WHERE l.due_at <= :now)",
        {"now": time_text(now)},
    ).fetchone()
    return State(
        outlets=_number(connection, "SELECT COUNT(*) FROM outlets WHERE is_declared"),
        succeeded=_succeeded(connection),
        incidents=incidents,
        due=due,
        late=late,
        lateness=round(lateness, 1),
        waiting=_number(
            connection,
            "SELECT SUM((SELECT COUNT(*) FROM candidates AS c "
            "WHERE c.outlet = o.slug AND c.state = 'waiting')) FROM outlets AS o",
        ),
    )


def _number(connection: sqlite3.Connection, query: str) -> int:
    return connection.execute(query).fetchone()[0] or 0


def _succeeded(connection: sqlite3.Connection) -> dict[str, datetime]:
    rows = connection.execute(
        "SELECT o.slug, (SELECT r.ended_at FROM crawl_runs AS r WHERE r.outlet = o.slug "
        "AND r.outcome = 'done' AND r.listings > 0 ORDER BY r.started_at DESC LIMIT 1) "
        "FROM outlets AS o"
    )
    return {slug: found for slug, text in rows if (found := read_time(text))}
