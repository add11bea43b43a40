"""Outlets as `dateline outlets list` and `show` have them: rows, facts and JSON."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scraper.archive.outlet_states import (
    OutletState,
    incident_rows,
    listing_rows,
    outlet_states,
    robots_rows,
    undeclared_outlets,
    week_rhythm,
)
from scraper.archive.values import time_text_or_none
from scraper.records import Outlet
from scraper.terminal import Fact, span_text, spark

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_HOURS = 24
REASON_MAX_CHARS = 60  # of an exclusion in the list; `show` has it whole

Listed = tuple[Any, OutletState | None]


@dataclass(frozen=True, slots=True)
class Undeclared:
    """An outlet that the archive knows and nobody declared, in the place of a declaration."""

    name: str
    outlet: Outlet
    listings: tuple[tuple[str, str], ...]
    excluded: str = ""

    def listing_urls(self) -> tuple[tuple[str, str], ...]:
        """Return kind and address of each listing that was ever given for it."""
        return self.listings


def undeclared(connection: sqlite3.Connection) -> list[Undeclared]:
    """Return the outlets of an archive that nobody declared."""
    found = []
    for row in undeclared_outlets(connection):
        outlet = Outlet(row["name"], row["country"], tuple(json.loads(row["languages"])))
        listings = [(each["kind"], each["url"]) for each in listing_rows(connection, row["slug"])]
        found.append(Undeclared(row["slug"], outlet, tuple(listings)))
    return found


def list_columns(
    rows: Sequence[Listed], *, with_states: bool
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return headings and rows of the list."""
    states = ("last success", "articles a day", "next look") if with_states else ()
    headings = ("slug", "name", "country", "languages", "kinds", "listings", *states, "health")
    return headings, [tuple(_cells(*row, with_states)) for row in rows]


def _cells(spider: Any, state: OutletState | None, with_states: bool) -> Iterator[object]:
    listings = spider.listing_urls()
    outlet = spider.outlet
    yield from (spider.name, outlet.name, outlet.country, " ".join(outlet.languages))
    yield " ".join(dict.fromkeys(kind for kind, _ in listings))
    yield len(listings)
    if with_states:
        state = state or OutletState()
        yield _minute(state.succeeded_at) or "never"
        yield "" if state.articles_a_day is None else f"{state.articles_a_day:.1f}"
        yield _minute(state.due_at)
    yield _health(spider, state)


def _health(spider: Any, state: OutletState | None) -> str:
    if spider.excluded:
        whole = spider.excluded
        reason = whole if len(whole) <= REASON_MAX_CHARS else f"{whole[:REASON_MAX_CHARS]}…"
        return f"excluded: {reason}"
    if state is None:
        return ""
    words = state.incidents or ("last run failed" if state.is_failing else "")
    return f"{words} (not declared)" if isinstance(spider, Undeclared) else words


def list_json(spider: Any, state: OutletState | None) -> dict[str, Any]:
    """Return one outlet of the list as JSON has it."""
    told: dict[str, Any] = {
        "slug": spider.name,
        "name": spider.outlet.name,
        "country": spider.outlet.country,
        "languages": list(spider.outlet.languages),
        "kinds": list(dict.fromkeys(kind for kind, _ in spider.listing_urls())),
        "listings": [url for _, url in spider.listing_urls()],
        "excluded": spider.excluded or None,
        "is_declared": not isinstance(spider, Undeclared),
    }
    return told if state is None else told | _state_json(state)


def _state_json(state: OutletState) -> dict[str, Any]:
    return {
        "last_success_at": time_text_or_none(state.succeeded_at),
        "last_outcome": state.outcome or None,
        "articles_a_day": state.articles_a_day,
        "due_at": time_text_or_none(state.due_at),
        "incidents": state.incidents.split(", ") if state.incidents else [],
    }


def declaration(spider: Any) -> dict[str, Any]:
    """Return everything that is declared of an outlet."""
    facts: dict[str, Any] = {"slug": spider.name, **asdict(spider.outlet)}
    facts["listings"] = [{"kind": kind, "url": url} for kind, url in spider.listing_urls()]
    for name in ("article_urls", "world_urls", "world_sections", "world_listings", "excluded"):
        facts[name] = getattr(spider, name)
    facts["about"] = " ".join((spider.__doc__ or "").split())
    return facts


def show_facts(facts: dict[str, Any]) -> list[Fact]:
    """Return a declaration for a person; what it leaves empty is left out."""
    found = []
    for name, value in facts.items():
        if name == "listings":
            found += [Fact(listing["kind"], (listing["url"],)) for listing in value]
        elif value:
            text = value if isinstance(value, str) else ", ".join(value)
            found.append(Fact(name.replace("_", " "), (text,)))
    return found


def known_of(connection: sqlite3.Connection, spider: Any, now: datetime) -> dict[str, Any]:
    """Return what an archive knows of an outlet, as JSON has it."""
    urls = [url for _, url in spider.listing_urls()] + [spider.outlet.homepage]
    origins = {
        f"{parts.scheme}://{parts.netloc}" for url in urls if (parts := urlsplit(url)).netloc
    }
    state = outlet_states(connection, now).get(spider.name, OutletState())
    return {
        **_state_json(state),
        "listings": listing_rows(connection, spider.name),
        "week": week_rhythm(connection, spider.name),
        "robots": robots_rows(connection, sorted(origins)),
        "open_incidents": incident_rows(connection, spider.name),
    }


def known_facts(known: dict[str, Any]) -> list[Fact]:
    """Return the same for a person; times are in UTC."""
    a_day = known["articles_a_day"]
    found = [
        Fact("last success", (_short(known["last_success_at"]) or "never",)),
        Fact("articles a day", ("not known" if a_day is None else f"{a_day:.1f}",)),
    ]
    found += [Fact(f"listing {row['url']}", tuple(_listing(row))) for row in known["listings"]]
    if known["week"]:
        line = spark(known["week"])
        days = [line[start : start + DAY_HOURS] for start in range(0, len(line), DAY_HOURS)]
        told = tuple(f"{day} {hours}" for day, hours in zip(DAYS, days, strict=True))
        found.append(Fact("new articles by hour of the week, UTC", told))
    for row in known["robots"]:
        changed = f", changed {_short(row['changed_at'])}" if row["changed_at"] else ""
        words = f"HTTP {row['status']}, asked {_short(row['checked_at'])}{changed}"
        found.append(Fact(f"robots.txt of {row['origin']}", (words,)))
    for row in known["open_incidents"]:
        kind = f"{row['kind']} {row['field']}".strip()
        found.append(Fact("incident", (f"{kind} since {_short(row['opened_at'])}",)))
    return found


def _listing(row: dict[str, Any]) -> Iterator[str]:
    if row["checked_at"]:
        status = "no answer" if row["status"] is None else f"HTTP {row['status']}"
        problem = f", {row['problem']}" if row["problem"] else ""
        count = row["candidate_count"]
        yield f"asked {_short(row['checked_at'])}: {status}{problem}, {count} articles"
    if row["newest_at"]:
        yield f"newest entry of {_short(row['newest_at'])}"
    if row["due_at"]:
        reason = f" ({row['due_reason']})" if row["due_reason"] else ""
        after = span_text(timedelta(seconds=row["interval_seconds"] or 0))
        yield f"next look {_short(row['due_at'])}{reason}, {after} after the last"


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _short(text: str | None) -> str:
    """Return a stored time to the minute.

    >>> _short("2026-03-04T12:00:00Z")
    '2026-03-04 12:00'
    """
    return text[:16].replace("T", " ") if text else ""
