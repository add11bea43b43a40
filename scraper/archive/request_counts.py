"""What was asked of whom on each day, and how much of the day's budget that is."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from scraper.archive.day_summaries import REPLAYED
from scraper.archive.values import safe_text, time_text
from scraper.archive.writer import Archive

HOST_MAX_CHARS = 260  # a name has at most 253, and a port five


class Purpose(NamedTuple):
    """What requests are counted by: see the columns of `request_counts`."""

    day: str
    outlet: str
    host: str
    kind: str
    status: int


class Traffic(NamedTuple):
    """How many requests, with bytes received and time waited in all."""

    request_count: int = 0
    response_bytes: int = 0
    latency_ms: int = 0

    def plus(self, other: "Traffic") -> "Traffic":
        """Return both together.

        >>> Traffic(1, 20, 3).plus(Traffic(1, 5, 4))
        Traffic(request_count=2, response_bytes=25, latency_ms=7)
        """
        return Traffic(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be asked and received in one day (UTC), in all and of each outlet; 0 is no bound."""

    request_count: int = 0
    response_bytes: int = 0
    outlet_request_count: int = 0
    outlet_response_bytes: int = 0


class Spending(NamedTuple):
    """What one outlet, or "" for all of them, had of its day's budget; 0 is no bound."""

    outlet: str
    request_count: int
    response_bytes: int
    request_limit: int
    byte_limit: int


def day_of(moment: datetime) -> str:
    """Return the day of an aware time, in UTC.

    >>> day_of(datetime.fromisoformat("2026-11-22T23:30:00-02:00"))
    '2026-11-23'
    """
    return time_text(moment)[:10]


def add(archive: Archive, counts: Mapping[Purpose, Traffic]) -> None:
    """Add to the counts of each day, outlet, host, kind and status."""
    archive.connection.executemany(
        "INSERT INTO request_counts (day, outlet, host, kind, status, request_count, "
        "response_bytes, latency_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (day, outlet, host, kind, status) DO UPDATE SET "
        "request_count = request_count + excluded.request_count, "
        "response_bytes = response_bytes + excluded.response_bytes, "
        "latency_ms = latency_ms + excluded.latency_ms",
        [
            (p.day, p.outlet, safe_text(p.host[:HOST_MAX_CHARS]), p.kind, p.status, *traffic)
            for p, traffic in counts.items()
        ],
    )


def spent(connection: sqlite3.Connection, day: str) -> dict[str, tuple[int, int]]:
    """Return requests sent and bytes received on a day (YYYY-MM-DD), by outlet."""
    rows = connection.execute(
        "SELECT outlet, SUM(request_count), SUM(response_bytes) FROM request_counts "
        "WHERE day = ? AND kind <> ? GROUP BY outlet",
        (day, REPLAYED),
    )
    return {outlet: (requests, size) for outlet, requests, size in rows}


def spending(connection: sqlite3.Connection, day: str, budget: Budget) -> list[Spending]:
    """Return what a day's budget was used for: all together (outlet ""), then who asked most."""
    by_outlet = sorted(spent(connection, day).items(), key=lambda item: (-item[1][0], item[0]))
    total = [sum(counts[place] for _, counts in by_outlet) for place in (0, 1)]
    limits = budget.outlet_request_count, budget.outlet_response_bytes
    return [
        Spending("", total[0], total[1], budget.request_count, budget.response_bytes),
        *(Spending(outlet, *counts, *limits) for outlet, counts in by_outlet),
    ]
