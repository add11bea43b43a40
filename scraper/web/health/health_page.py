"""The page /-/health: what needs a person, the worst first, and how every outlet fares."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.web.archives import archive_names, open_archive, read
from scraper.web.health import statements
from scraper.web.health.facts import age_hours, facts_of, read_moment
from scraper.web.health.incident_rows import Links, drawings, told_all, window
from scraper.web.health.statements import OVER_DAYS, PAGE_INCIDENTS, PAGE_OUTLETS
from scraper.web.health.wording import KINDS, MEANINGS, megabytes, statuses_words
from scraper.web.outlets.outlet_row import read_tags
from scraper.web.page import render
from scraper.web.streaming import export_links
from scraper.web.typography import language_tag
from scraper.web.words import _, country_name, number, share, span

VALUE_MAX_CHARS = 253  # of one value in the address; a slug is no longer
FILTERS = ("kind", "country")
FROM = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,17})?(?:e[+-]?[0-9]{1,3})?)_([0-9]{1,18})")
HOUR_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class View:
    """One state of the page, and the addresses of its neighbours.

    Attributes:
        place: where the incidents begin: severity and number of the last one before them.
        after: the outlet that the table begins behind.
        database: "" for the first archive.
    """

    path: str
    kind: str
    country: str
    place: str
    after: str
    database: str

    def link(self, changes: Mapping[str, str] = {}, part: str = "") -> str:
        """Return the address of the page with some of it changed; from the beginning, unless so."""
        parts = {name: getattr(self, name) for name in FILTERS} | {"db": self.database}
        parts |= dict(changes)
        query = urlencode({name: value for name, value in parts.items() if value})
        return (f"{self.path}?{query}" if query else self.path) + part

    def query(self) -> str:
        """Return the filters as a query, for the same list as a file."""
        return self.link().partition("?")[2]


@dataclass(frozen=True, slots=True)
class Clock:
    """When the archive was last looked after; `now` is None for one that never was."""

    now: datetime | None
    judged_at: str

    @property
    def today(self) -> date:
        """Return the last day; of an archive that was never looked after, any."""
        return self.now.date() if self.now else date(1970, 3, 1)


async def show_health(datasette: Any, request: Any) -> Response:
    """Answer GET /-/health?kind=…&country=…&from=…&after=…."""
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    clock = await read_clock(db)
    links = Links(datasette.urls, db.name, view.database)
    answers = await asyncio.gather(*(read(db, asked) for asked in _asked(view, clock)))
    found = [[dict(row) for row in rows or ()] for rows in answers]
    summary, outage, choices, opened, over, outlets, week = found
    shown = opened[:PAGE_INCIDENTS]
    drawn = await drawings(db, (row["outlet"] for row in shown), clock.today)
    context = {
        "view": view,
        "database": db.name,
        "is_slow": any(rows is None for rows in answers),
        "judged_at": clock.judged_at,
        "summary": {name: count or 0 for name, count in summary[0].items()} if summary else {},
        "outage": _outage(outage),
        "choices": _choices(choices),
        "opened": told_all(shown, links, drawn),
        "next": _next(view, opened),
        "over": told_all(over, links, {}),
        "over_days": OVER_DAYS,
        "outlets": _outlets(outlets[:PAGE_OUTLETS], week, clock.now, links),
        "outlets_next": _outlets_next(view, outlets),
        "meanings": [(_(KINDS[kind]), _(words)) for kind, words in MEANINGS.items()],
        "exports": export_links(view.path, view.query(), "incidents"),
        "recent_days": statements.RECENT_DAYS,
        "before_days": statements.BEFORE_DAYS,
    }
    return await render(datasette, request, "dateline_health.html", context)


async def read_view(datasette: Any, request: Any, database: str) -> View:
    """Read which incidents a request asks for; what is out of bounds is cut or left out."""
    first = next(iter(await archive_names(datasette)))
    kind, country, place, after = (
        (request.args.get(name) or "").strip()[:VALUE_MAX_CHARS]
        for name in ("kind", "country", "from", "after")
    )
    return View(
        path=str(datasette.urls.path("/-/health")),
        kind=kind if kind in KINDS else "",
        country=country.upper(),
        place=place if FROM.fullmatch(place) else "",
        after=after,
        database="" if database == first else database,
    )


async def read_clock(db: Any) -> Clock:
    """Read when the archive was last looked after: its latest run, or its latest judgment."""
    rows = await read(db, (statements.CLOCK, {}))
    row = rows[0] if rows else {"last_run": None, "judged_at": None, "seen_at": None}
    judged = [str(at) for at in (row["judged_at"], row["seen_at"]) if read_moment(at)]
    moments = [found for at in (row["last_run"], *judged) if (found := read_moment(at))]
    return Clock(max(moments, default=None), max(judged, default=""))


def filters_of(view: View) -> dict[str, str | int | float]:
    """Return what statements of incidents ask for."""
    found = FROM.fullmatch(view.place)
    return {
        "kind": view.kind,
        "country": view.country,
        "severity": float(found[1]) if found else 0,
        "id": int(found[2]) if found else 0,
    }


def _asked(view: View, clock: Clock) -> list[tuple[str, dict[str, Any]]]:
    bounds, filters = window(clock.today), filters_of(view)
    week = {"week": bounds["week"], "today": bounds["today"]}
    page = {"after": view.after, "country": view.country}
    over = (clock.today - timedelta(days=OVER_DAYS)).isoformat()
    wanted = {"kind": view.kind, "country": view.country}
    return [
        (statements.SUMMARY, week),
        (statements.OUTAGE, {}),
        (statements.CHOICES, {}),
        (statements.OPEN, filters | {"limit": PAGE_INCIDENTS + 1}),
        (statements.OVER, wanted | {"over": over}),
        (statements.OUTLETS, page | {"begin": bounds["begin"], "week": bounds["week"]}),
        (statements.WEEK, page | week),
    ]


def _outage(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is told of an outage of our own; nothing if there is none."""
    if not rows:
        return {}
    row = rows[0]
    since = row["since"] if read_moment(row["since"]) else ""
    return {"since": since, "outlets": row["outlets"] or 0, "asked": row["asked"] or 0}


def _choices(rows: list[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """List the kinds there are, and the countries of outlets in trouble, to choose from."""
    countries = {row["country"] for row in rows if row["country"]}
    return {
        "kinds": [(kind, _(words)) for kind, words in KINDS.items()],
        "countries": sorted(((c, country_name(c)) for c in countries), key=lambda one: one[1]),
    }


def _next(view: View, rows: list[dict[str, Any]]) -> str:
    if len(rows) <= PAGE_INCIDENTS:
        return ""
    last = rows[PAGE_INCIDENTS - 1]
    return view.link({"from": f"{last['severity']!r}_{last['id']}"})


def _outlets_next(view: View, rows: list[dict[str, Any]]) -> str:
    if len(rows) <= PAGE_OUTLETS:
        return ""
    return view.link({"after": rows[PAGE_OUTLETS - 1]["slug"]}, "#outlets")


def _outlets(
    rows: list[dict[str, Any]], week: list[dict[str, Any]], now: datetime | None, links: Links
) -> list[dict[str, Any]]:
    """Return the last week of each outlet beside the weeks before it, in words."""
    days = defaultdict(list)
    for row in week:
        days[row["outlet"]].append(row)
    return [_outlet(row, days[row["slug"]], now, links) for row in rows]


def _outlet(
    row: dict[str, Any], week: list[dict[str, Any]], now: datetime | None, links: Links
) -> dict[str, Any]:
    facts = facts_of(row, week)
    hours = age_hours(row["published_at"], now)
    return {
        "name": row["name"] or row["slug"],
        "lang": language_tag(next(iter(read_tags(row["languages"])), "")),
        "link": links.outlet(row["slug"]),
        "country": country_name(row["country"]) if row["country"] else "",
        "state": _state(row, is_seen=facts.days > 0),
        "incidents": row["incidents"],
        "expected": _rounded(facts.expected),
        "came": _rounded(facts.came),
        "newest": _age(hours),
        "authored": "" if facts.authored is None else share(facts.authored),
        "dated": "" if facts.dated is None else share(facts.dated),
        "words": "" if facts.words is None else number(facts.words),
        "statuses": statuses_words(facts.statuses),
        "requests": number(facts.requests),
        "megabytes": megabytes(facts.bytes),
    }


def _state(row: dict[str, Any], *, is_seen: bool) -> str:
    if row["incidents"]:
        return "failing"
    if not is_seen:
        return "unseen"
    return "late" if row["is_failing"] else "well"


def _age(hours: int | None) -> str:
    if hours is None:
        return ""
    return span(hours * HOUR_SECONDS) if hours else _("less than an hour")


def _rounded(value: float | None) -> str:
    return "" if value is None else number(round(value, 1))
