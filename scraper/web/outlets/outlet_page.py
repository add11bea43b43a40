"""The page /-/outlet/<slug>: what is collected of an outlet, since when, how well."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote, urlencode

from datasette import Response

from scraper.web.archives import archive_names, open_archive, read
from scraper.web.health.outlet_watch import watched
from scraper.web.outlets import statements
from scraper.web.outlets.gaps import Month, by_month, days_between, missing_spans, read_day
from scraper.web.outlets.outlet_row import health_of, read_tags, since_of
from scraper.web.outlets.rhythm import median_a_day, week_of
from scraper.web.outlets.statements import (
    HISTORY_DAYS,
    LANGUAGES_MAX,
    RHYTHM_DAYS,
    SAMPLE_ARTICLES,
    TOP_MAX,
    about,
)
from scraper.web.outlets.wording import due_words, health_words, kind_words, outcome_words
from scraper.web.page import render
from scraper.web.typography import direction, language_tag, safe_link
from scraper.web.words import country_name, language_name, moment, month_short, weekday_short, zone

SEARCH = "/-/search"
SLUG_MAX_CHARS = 253  # the longest host name (RFC 1035); a slug is one at most
SPANS_MAX = 24  # newest gaps listed; all of them show in the table of months
REASON_MAX_CHARS = 200
ASKED = {
    "listings": statements.LISTINGS,
    "runs": statements.RUNS,
    "quarantine": statements.QUARANTINE,
    "days": statements.DAYS,
    "daily": statements.DAILY,
    "times": statements.TIMES,
    "languages": statements.LANGUAGES,
    "authors": statements.AUTHORS,
    "sections": statements.SECTIONS,
    "headlines": statements.HEADLINES,
}


@dataclass(frozen=True, slots=True)
class Links:
    """Where an outlet's page leads to."""

    urls: Any  # Datasette's
    database: str
    other: str  # "" for the first archive
    slug: str

    def to(self, page: str, **filters: str) -> str:
        """Return the address of a page of ours about this outlet."""
        parts = {"outlet": self.slug} | filters | {"db": self.other}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{self.urls.path(page)}?{query}"

    def article(self, number: int) -> str:
        """Return the address of an article."""
        query = f"?{urlencode({'db': self.other})}" if self.other else ""
        return f"{self.urls.path('/-/article/')}{number}{query}"

    def table(self, name: str) -> str:
        """Return the address of this outlet's rows in one of Datasette's tables."""
        column = "slug" if name == "outlets" else "outlet"
        return (
            f"{self.urls.table(self.database, name)}?{urlencode({f'{column}__exact': self.slug})}"
        )


async def show_outlet(datasette: Any, request: Any) -> Response:
    """Answer GET /-/outlet/<slug>."""
    db = await open_archive(datasette, request)
    slug = unquote(request.url_vars["slug"])[:SLUG_MAX_CHARS]
    outlets = (await db.execute(*about(statements.OUTLET, slug))).rows
    if not outlets:
        missing = {"slug": slug, "database": db.name}
        return await render(datasette, request, "dateline_no_outlet.html", missing, status=404)
    answers = await asyncio.gather(*(read(db, about(sql, slug)) for sql in ASKED.values()))
    found = {
        name: [dict(row) for row in rows or ()] for name, rows in zip(ASKED, answers, strict=True)
    }
    first = next(iter(await archive_names(datasette)))
    links = Links(datasette.urls, db.name, "" if db.name == first else db.name, slug)
    outlet = dict(outlets[0])
    context = _about(outlet, found) | _collected(outlet, found) | _printed(outlet, found, links)
    context |= {
        "watch": await watched(datasette, db, outlet | {"today": outlet["now"]}, found["listings"]),
        "links": links,
        "is_slow": any(rows is None for rows in answers),
        "database": db.name,
    }
    return await render(datasette, request, "dateline_outlet.html", context)


Found = dict[str, list[dict[str, Any]]]


def _about(outlet: dict[str, Any], found: Found) -> dict[str, Any]:
    """Return who the outlet is, and how it fares."""
    tags = read_tags(outlet["languages"])
    health = health_of(outlet, [run["outcome"] for run in found["runs"]])
    return {
        "outlet": outlet | {"name": outlet["name"] or outlet["slug"]},
        "lang": language_tag(next(iter(tags), "")),
        "dir": direction(next(iter(tags), "")),
        "country": country_name(outlet["country"]),
        "tongues": [language_name(tag) for tag in tags[:LANGUAGES_MAX]],
        "homepage": safe_link(outlet["homepage"]),
        "health": {"words": health_words(health), "state": health.state.name.lower()},
    }


def _collected(outlet: dict[str, Any], found: Found) -> dict[str, Any]:
    """Return what is asked of the outlet, how runs went, and the days without a successful one."""
    zone_name = outlet["timezone"]
    since, now = since_of(outlet), read_day(outlet["now"])
    days = {day for row in found["days"] if (day := read_day(row["day"]))}
    return {
        "since": since.isoformat() if since else "",
        "now": now.isoformat() if now else "",
        "listings": [
            row
            | {
                "words": kind_words(row["kind"]),
                "link": safe_link(row["url"]),
                "checked": moment(row["checked_at"], zone_name),
                "changed": moment(row["changed_at"], zone_name),
                "due": moment(row["due_at"], zone_name),
                "why": due_words(row["due_reason"]),
            }
            for row in found["listings"]
        ],
        "runs": [
            row
            | {
                "words": outcome_words(row["outcome"]),
                "began": moment(row["started_at"], zone_name),
                "reason": (row["reason"] or "")[:REASON_MAX_CHARS],
            }
            for row in found["runs"]
        ],
        "failures": count_failures(run["failures"] for run in found["runs"]),
        "quarantine": found["quarantine"][:TOP_MAX],
        "gaps": _gaps(since, now, days) if since and now and outlet["is_declared"] else None,
    }


def count_failures(stored: Iterable[str]) -> list[tuple[str, int]]:
    """Add up the failures of several runs by reason, the most frequent first.

    >>> count_failures(['{"timeout": 2}', '{"timeout": 1, "status 500": 1}', "["])
    [('timeout', 3), ('status 500', 1)]
    """
    counts: Counter[str] = Counter()
    for text in stored:
        try:
            failures = json.loads(text)
        except ValueError:
            continue
        for reason, count in failures.items() if isinstance(failures, dict) else ():
            if isinstance(count, int):
                counts[str(reason)[:REASON_MAX_CHARS]] += count
    return counts.most_common(TOP_MAX)


def _gaps(since: date, now: date, collected: set[date]) -> dict[str, Any]:
    """Return the spans without a successful run, newest first, and a table of months by year."""
    begin = max(since, now - timedelta(days=HISTORY_DAYS - 1))
    spans = missing_spans(begin, now, collected)
    years: dict[str, list[Month | None]] = {}
    for month in by_month(begin, now, collected):
        years.setdefault(month.month[:4], [None] * 12)[int(month.month[5:]) - 1] = month
    return {
        "begin": begin.isoformat(),
        "days": len(days_between(begin, now)),
        "missing": sum(span.days for span in spans),
        "spans": [
            {"first": span.first.isoformat(), "last": span.last.isoformat(), "days": span.days}
            for span in reversed(spans[-SPANS_MAX:])
        ],
        "more": max(len(spans) - SPANS_MAX, 0),
        "years": sorted(years.items(), reverse=True),
        "months": [month_short(number) for number in range(1, 13)],
    }


def _printed(outlet: dict[str, Any], found: Found, links: Links) -> dict[str, Any]:
    """Return what the outlet publishes: rhythm, languages, authors, sections, newest headlines."""
    return {
        "rhythm": _rhythm(outlet, found),
        "week": _week(found["times"], outlet["timezone"]),
        "sample_articles": SAMPLE_ARTICLES,
        "languages": [
            row
            | {
                "words": language_name(row["label"]),
                "link": links.to(SEARCH, language=row["label"]),
            }
            for row in found["languages"]
        ],
        "authors": [
            row | {"link": links.to(SEARCH, author=row["label"])} for row in found["authors"]
        ],
        "sections": [
            row | {"link": links.to(SEARCH, section=row["label"])} for row in found["sections"]
        ],
        "headlines": [
            {
                "title": row["title"] or row["url"],
                "link": links.article(row["id"]),
                "lang": language_tag(row["language"]),
                "dir": direction(row["language"]),
                "iso": row["published_at"] or row["captured_at"],
                "moment": moment(row["published_at"] or row["captured_at"], outlet["timezone"]),
            }
            for row in found["headlines"]
        ],
    }


def _rhythm(outlet: dict[str, Any], found: Found) -> dict[str, Any]:
    """Return a usual day and week: over the collected days of the last months."""
    now = read_day(outlet["now"])
    days = {day for row in found["days"] if (day := read_day(row["day"]))}
    # The last day is not over yet.
    recent = (
        [now - timedelta(days=back) for back in range(1, RHYTHM_DAYS + 1)]
        if now is not None
        else []
    )
    looked_at = [day for day in recent if day in days]
    counts = {day: row["articles"] for row in found["daily"] if (day := read_day(row["day"]))}
    total = sum(counts.get(day, 0) for day in looked_at)
    return {
        "median": median_a_day(counts, looked_at),
        "mean": round(total / len(looked_at), 1) if looked_at else None,
        "a_week": round(7 * total / len(looked_at), 1) if looked_at else None,
        "days": len(looked_at),
        "of": RHYTHM_DAYS,
    }


def _week(times: list[dict[str, Any]], zone_name: str) -> dict[str, Any] | None:
    """Return the hours of the week, each with its number and its shade."""
    week = week_of((row["published_at"] for row in times), zone(zone_name))
    if not week.timed:
        return None
    return {
        "days": [
            (weekday_short(number), [(count, week.shade(count)) for count in day])
            for number, day in enumerate(week.hours)
        ],
        "timed": week.timed,
        "untimed": week.untimed,
        "zone": zone_name,
    }
