"""What an outlet's page says of its watching: incidents, learnt rhythm, requests, robots.txt."""

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from scraper.web.archives import archive_names, read
from scraper.web.health import statements
from scraper.web.health.incident_rows import Links, daily, told_all, window
from scraper.web.health.sparkline import describe_days, draw_days
from scraper.web.health.wording import megabytes
from scraper.web.outlets.gaps import read_day
from scraper.web.outlets.rhythm import HOURS, SHADES, WEEKDAYS
from scraper.web.words import moment, number, weekday_short

RULES_MAX = 100  # lines of robots.txt shown that came, and that went
RULE_MAX_CHARS = 300
DRAWN_MIN = 14  # days drawn of an outlet however new


async def watched(
    datasette: Any, db: Any, outlet: dict[str, Any], listings: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """Return what dateline_outlet_watch.html shows of an outlet.

    Args:
        datasette: as ever.
        db: the archive.
        outlet: its row, with `today`, the last day that the archive was looked after.
        listings: its listings, whose hosts have a robots.txt.
    """
    slug, today = outlet["slug"], read_day(outlet["today"]) or date(1970, 3, 1)
    first = next(iter(await archive_names(datasette)))
    links = Links(datasette.urls, db.name, "" if db.name == first else db.name)
    bounds = window(today)
    spent = {"slug": slug, "today": bounds["today"], "week": bounds["week"]}
    origins = origins_of([row["url"] for row in listings] + [outlet["homepage"] or ""])
    answers = await asyncio.gather(
        read(db, (statements.OF_OUTLET, {"slug": slug})),
        read(db, (statements.HOURS, {"slug": slug})),
        read(db, (statements.SPENT, spent)),
        read(db, statements.among(statements.ROBOTS, origins)),
    )
    incidents, hours, counts, robots = ([dict(row) for row in rows or ()] for rows in answers)
    counted = (await daily(db, [slug], today))[slug]
    begin, days = _drawn(counted, today)
    told = told_all(incidents, links, {})
    return {
        "opened": [row for row in told if not row["closed"]],
        "over": [row for row in told if row["closed"]],
        "drawn": draw_days(counted, begin, days),
        "drawn_words": describe_days(counted, begin, days),
        "week": _learnt(hours),
        "spent": _spent(counts[0]) if counts else None,
        "robots": [_robots(row, outlet["timezone"]) for row in robots],
    }


def _drawn(counts: Iterable[date], today: date) -> tuple[date, int]:
    """Return the first day drawn, and how many: some weeks, or since an outlet was first looked at.

    >>> _drawn([date(2024, 6, 1)], date(2024, 6, 20)), _drawn([], date(2024, 6, 20))[1]
    ((datetime.date(2024, 6, 1), 20), 14)
    """
    since = (today - min(counts, default=today)).days + 1
    days = min(max(since, DRAWN_MIN), statements.DRAWN_DAYS)
    return today - timedelta(days=days - 1), days


def origins_of(urls: Iterable[str]) -> list[str]:
    """Return scheme, host and port of each address, as robots.txt files are kept by.

    >>> origins_of(["https://A.example/feed", "https://a.example/x", "javascript:1", "http://[::1"])
    ['https://a.example']
    """
    found: dict[str, None] = {}
    for url in urls:
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            found[f"{parts.scheme}://{parts.netloc.lower()}"] = None
    return list(found)[: statements.HOSTS_MAX]


def _learnt(rows: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, int]]]] | None:
    """Return the hours of the week, each with what it brings, in words, and its shade."""
    rates = [0.0] * (WEEKDAYS * HOURS)
    for row in rows:
        if 0 <= row["hour"] < len(rates):
            rates[row["hour"]] = max(row["rate"], 0.0)
    most = max(rates)
    if not most:
        return None
    cells = [
        (number(round(rate, 1)) if rate >= 0.05 else "", -int(-SHADES * rate // most))
        for rate in rates
    ]
    return [(weekday_short(day), cells[day * HOURS : (day + 1) * HOURS]) for day in range(WEEKDAYS)]


def _spent(row: dict[str, Any]) -> dict[str, str]:
    return {
        "requests_today": number(row["requests_today"]),
        "megabytes_today": megabytes(row["bytes_today"]),
        "requests": number(row["requests"]),
        "megabytes": megabytes(row["bytes"]),
    }


def _robots(row: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return a robots.txt with the lines that came and went when it last changed."""
    now, before = (_rules(row[name]) for name in ("body", "previous_body"))
    return {
        "origin": row["origin"],
        "status": row["status"],
        "checked": moment(row["checked_at"], zone),
        "changed": moment(row["changed_at"], zone) if row["changed_at"] else "",
        "came": [line for line in now if line not in before][:RULES_MAX],
        "went": [line for line in before if line not in now][:RULES_MAX],
    }


def _rules(text: str | None) -> dict[str, None]:
    lines = (line.split("#")[0].strip() for line in (text or "").splitlines())
    return dict.fromkeys(line[:RULE_MAX_CHARS] for line in lines if line)
