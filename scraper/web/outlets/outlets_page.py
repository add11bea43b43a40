"""The page /-/outlets: every outlet in a table, and a map of the countries they are in."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from datasette import Response

from scraper.web.archives import archive_names, open_archive, read
from scraper.web.outlets.gaps import read_day
from scraper.web.outlets.health import Health
from scraper.web.outlets.outlet_row import health_of, read_tags, since_of
from scraper.web.outlets.statements import OUTLETS, OUTLETS_MAX, YEAR_DAYS
from scraper.web.outlets.wording import health_words
from scraper.web.outlets.world_map import Scale, read_world, scale_of
from scraper.web.page import render
from scraper.web.words import N_, _, country_name, language_name, number

VALUE_MAX_CHARS = 100  # of one filter in the address
FILTERS = ("q", "country", "language")
LANGUAGES_SHOWN = 4  # of one outlet, in the table


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet in the table.

    Attributes:
        since: the first day it was crawled.
        published: the day of its newest article.
        succeeded: the day of its last successful run.
        missing: days of the last year without a successful run, since it was first crawled; None
            where nobody meant to crawl it every day.
    """

    slug: str
    name: str
    country: str
    languages: tuple[str, ...]
    since: date | None
    articles: int
    published: date | None
    succeeded: date | None
    health: Health
    missing: int | None


UP, DOWN = "ascending", "descending"

# By what the table can be sorted: its heading, its key, and the order a reader meets first.
SORTS: dict[str, tuple[str, Callable[[Row], Any], str]] = {
    "name": (N_("Outlet"), lambda row: row.name.casefold(), UP),
    "country": (N_("Country"), lambda row: country_name(row.country) or "\uffff", UP),
    "since": (N_("Since"), lambda row: row.since or date.max, UP),
    "articles": (N_("Articles"), lambda row: row.articles, DOWN),
    "newest": (N_("Newest article"), lambda row: row.published or date.min, DOWN),
    "run": (N_("Last successful run"), lambda row: row.succeeded or date.min, DOWN),
    "health": (N_("Health"), lambda row: (row.health.state, -row.health.measure), UP),
    "missing": (N_("Days missing"), lambda row: -1 if row.missing is None else row.missing, DOWN),
}


@dataclass(frozen=True, slots=True)
class View:
    """One state of the page, and the addresses of its neighbours."""

    path: str
    q: str
    country: str
    language: str
    sort: str
    is_reversed: bool  # the other way round than a reader meets it first
    database: str  # "" for the first archive

    def link(self, changes: Mapping[str, str] = {}) -> str:
        """Return the address of the page with some filters or the order changed."""
        sort = ("-" if self.is_reversed else "") + self.sort
        parts = {name: getattr(self, name) for name in FILTERS}
        parts |= {"sort": sort, "db": self.database}
        parts |= changes
        parts["sort"] = "" if parts["sort"] == "name" else parts["sort"]
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def sort_link(self, name: str) -> str:
        """Return the address sorted by a column, turned round if it is sorted by that already."""
        is_turned = name == self.sort and not self.is_reversed
        return self.link({"sort": f"-{name}" if is_turned else name})


async def show_outlets(datasette: Any, request: Any) -> Response:
    """Answer GET /-/outlets?q=…&country=…&language=…&sort=[-]COLUMN."""
    db = await open_archive(datasette, request)
    view = await _view(datasette, request, db.name)
    found = await read(db, (OUTLETS, {}))
    rows = [_row(dict(row)) for row in found or ()]
    shown = sorted((row for row in rows if _is_wanted(view, row)), key=lambda row: row.slug)
    shown.sort(key=SORTS[view.sort][1], reverse=_order(view) == DOWN)
    context = {
        "view": view,
        "is_slow": found is None,
        "is_cut": len(rows) == OUTLETS_MAX,
        "outlets_max": OUTLETS_MAX,
        "year_days": YEAR_DAYS,
        "total": len(rows),
        "rows": [_told(datasette, view, row) for row in shown],
        "columns": [_column(view, name) for name in SORTS],
        "map": _map(view, rows),
        "choices": _choices(rows),
        "database": db.name,
    }
    return await render(datasette, request, "dateline_outlets.html", context)


async def _view(datasette: Any, request: Any, database: str) -> View:
    first = next(iter(await archive_names(datasette)))
    sort = request.args.get("sort") or ""
    is_known = sort.removeprefix("-") in SORTS
    q, country, language = ((request.args.get(name) or "").strip() for name in FILTERS)
    return View(
        path=str(datasette.urls.path("/-/outlets")),
        q=q[:VALUE_MAX_CHARS],
        country=country[:VALUE_MAX_CHARS],
        language=language[:VALUE_MAX_CHARS],
        sort=sort.removeprefix("-") if is_known else "name",
        is_reversed=is_known and sort.startswith("-"),
        database="" if database == first else database,
    )


def _row(row: dict[str, Any]) -> Row:
    since, now = since_of(row), read_day(row["now"])
    days = 0
    if now and since:
        days = (now - max(since, now - timedelta(days=YEAR_DAYS - 1))).days + 1
    return Row(
        slug=row["slug"],
        name=row["name"] or row["slug"],
        country=row["country"],
        languages=read_tags(row["languages"]),
        since=since,
        articles=row["article_count"],
        published=read_day(row["published_at"]),
        succeeded=read_day(row["last_day"]),
        health=health_of(row, (row["outcomes"] or "").split()),
        missing=max(days - row["year_days"], 0) if row["is_declared"] else None,
    )


def _is_wanted(view: View, row: Row) -> bool:
    text = view.q.casefold()
    if text and text not in row.name.casefold() and text not in row.slug.casefold():
        return False
    if view.country and view.country.upper() != row.country.upper():
        return False
    wanted = view.language.lower()
    tags = [tag.lower() for tag in row.languages]
    return not wanted or any(tag == wanted or tag.startswith(f"{wanted}-") for tag in tags)


def _told(datasette: Any, view: View, row: Row) -> dict[str, Any]:
    query = f"?{urlencode({'db': view.database})}" if view.database else ""
    return {
        "row": row,
        "link": f"{datasette.urls.path('/-/outlet/')}{quote(row.slug, safe='')}{query}",
        "lang": row.languages[0] if row.languages else "",
        "languages": [language_name(tag) for tag in row.languages[:LANGUAGES_SHOWN]],
        "more_languages": max(len(row.languages) - LANGUAGES_SHOWN, 0),
        "health": health_words(row.health),
        "state": row.health.state.name.lower(),
    }


def _order(view: View) -> str:
    first = SORTS[view.sort][2]
    return {UP: DOWN, DOWN: UP}[first] if view.is_reversed else first


def _column(view: View, name: str) -> dict[str, str]:
    order = _order(view) if name == view.sort else ""
    return {"name": name, "label": _(SORTS[name][0]), "link": view.sort_link(name), "order": order}


def _choices(rows: list[Row]) -> dict[str, list[tuple[str, str]]]:
    """List the countries and languages there are to choose from, by their names."""
    countries = {row.country for row in rows if row.country}
    languages = {tag.split("-")[0].lower() for row in rows for tag in row.languages}
    return {
        "countries": sorted(((c, country_name(c)) for c in countries), key=lambda one: one[1]),
        "languages": sorted(((t, language_name(t)) for t in languages), key=lambda one: one[1]),
    }


def _map(view: View, rows: list[Row]) -> dict[str, Any]:
    """Lay out the map: land nobody writes from, then each country with outlets in its shade."""
    articles: Counter[str] = Counter()
    outlets = Counter(row.country for row in rows)
    for row in rows:
        articles[row.country] += row.articles
    scale, world = scale_of(articles[code] for code in outlets if code), read_world()
    around = replace(view, q="", language="")
    countries = []
    for code, count in sorted(outlets.items(), key=lambda one: (-articles[one[0]], one[0])):
        shape = world.countries.get(code) if code else None
        countries.append({
            "code": code,
            "name": country_name(code) if code else "",
            "outlets": count,
            "articles": articles[code],
            "shade": scale.shade_of(articles[code]),
            "is_chosen": bool(code) and code == view.country.upper(),
            "link": around.link({"country": code}) if code else "",
            "shape": shape,
        })  # fmt: skip
    return {
        "width": world.width,
        "height": world.height,
        "land": world.land_without(outlets),
        "countries": countries,
        "legend": _legend(scale),
        "has_empty": any(not articles[code] for code in outlets if code),
    }


def _legend(scale: Scale) -> list[dict[str, Any]]:
    return [
        {
            "shade": scale.shade_of(least),
            "words": number(least)
            if least == most
            else _("%(least)s to %(most)s", least=number(least), most=number(most)),
        }
        for least, most in scale.classes
    ]
