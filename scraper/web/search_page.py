"""The page /-/search: hits with highlighted snippets, facets as links, coverage by month."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.archive.search import (
    ORDERS,
    POOL,
    Facet,
    Hit,
    Search,
    count_statement,
    facets_statement,
    hits_statement,
    is_pooled,
    notes_for,
    total_of,
)
from scraper.web.archives import archive_names, open_archive, read
from scraper.web.names import country_name, language_name
from scraper.web.typography import direction, language_tag, marked_html, moment, month_name

PAGE_HITS = 20
VALUE_MAX_CHARS = 200  # of one filter in the address
FILTERS = ("outlet", "language", "country", "month", "after", "before")
FACETS = ("outlet", "language", "country", "month")
MONTHS_SHOWN = 48  # bars in the chart; a longer span shows only months with articles
BAR_STEP, BAR_WIDTH, CHART_HEIGHT, CHART_MIN_BARS = 14, 11, 64, 24
TOO_SLOW = "The search took too long and was stopped: add a word, a date or an outlet."


@dataclass(frozen=True, slots=True)
class View:
    """One state of the page, and the addresses of its neighbours."""

    path: str
    wanted: Search
    page: int
    database: str  # "" for the first archive

    def link(self, changes: Mapping[str, str] = {}, page: int = 1) -> str:
        """Return the address of the same search with some filters or the order changed."""
        parts = {"q": self.wanted.query}
        parts |= {name: getattr(self.wanted, name) for name in (*FILTERS, "order")}
        parts |= changes
        parts["order"] = "" if parts["order"] == ORDERS[0] else parts["order"]
        parts |= {"page": str(page) if page > 1 else "", "db": self.database}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{self.path}?{query}" if query else self.path


async def show_search(datasette: Any, request: Any) -> Response:
    """Answer GET /-/search?q=…, with the filters of `Search`, order= and page=."""
    db = await open_archive(datasette, request)
    view = await _view(datasette, request, db.name)
    wanted = replace(view.wanted, limit=PAGE_HITS, offset=(view.page - 1) * PAGE_HITS)
    hits, counts, facets = await asyncio.gather(
        read(db, hits_statement(wanted)),
        read(db, count_statement(wanted)),
        read(db, facets_statement(wanted)),
    )
    total, is_exact = total_of(wanted, counts[0][0]) if counts else (0, False)
    found = [Facet(*row) for row in facets or ()]
    context = {
        "view": view,
        "wanted": wanted,
        "orders": ORDERS,
        "notes": [*notes_for(wanted, total), *([TOO_SLOW] if hits is None else [])],
        "total": total,
        "is_exact": is_exact,
        "is_slow": hits is None,
        "cards": [_card(datasette, view, Hit(*row)) for row in hits or ()],
        "chips": _chips(view, found),
        "facets": _facets(view, found),
        # Bars over a part of the hits would tell a false story of when there was coverage.
        "chart": None if is_pooled(wanted, total) else _chart(view, found),
        "pages": _pages(view, total, len(hits or ())),
        "data_links": _data_links(datasette, db.name, wanted),
        "database": db.name,
    }
    html = await datasette.render_template("dateline_search.html", context, request=request)
    return Response.html(html)


async def _view(datasette: Any, request: Any, database: str) -> View:
    first = next(iter(await archive_names(datasette)))
    page = request.args.get("page") or ""
    last = POOL // PAGE_HITS
    order = request.args.get("order") or ""
    filters = {name: (request.args.get(name) or "")[:VALUE_MAX_CHARS] for name in FILTERS}
    wanted = Search(
        query=request.args.get("q") or "",
        order=order if order in ORDERS else ORDERS[0],
        **filters,  # type: ignore[arg-type]
    )
    return View(
        path=str(datasette.urls.path("/-/search")),
        wanted=wanted,
        page=min(max(int(page), 1), last) if re.fullmatch(r"\d{1,6}", page, re.ASCII) else 1,
        database="" if database == first else database,
    )


def _card(datasette: Any, view: View, hit: Hit) -> dict[str, Any]:
    about = {"q": view.wanted.query, "db": view.database}
    query = urlencode({name: value for name, value in about.items() if value})
    return {
        "hit": hit,
        "link": str(datasette.urls.path(f"/-/article/{hit.id}")) + (f"?{query}" if query else ""),
        "headline": marked_html(hit.headline or hit.url),
        "snippet": marked_html(hit.snippet),
        "lang": language_tag(hit.language),
        "dir": direction(hit.language),
        "language": language_name(hit.language),
        "moment": moment(hit.published_at or hit.captured_at),
        "iso": hit.published_at or hit.captured_at,
    }


def _label(facet: str, value: str, label: str = "") -> str:
    words = {"language": language_name, "country": country_name, "month": month_name}
    return words[facet](value) if facet in words else label or value


def _chips(view: View, found: Iterable[Facet]) -> list[dict[str, str]]:
    """List the filters in force, each with the address without it."""
    labels = {(facet.facet, facet.value): facet.label for facet in found}
    chips = []
    for name in FILTERS:
        if value := getattr(view.wanted, name):
            label = _label(name, value, labels.get((name, value), ""))
            words = f"{name} {label}" if name in ("after", "before") else label
            chips.append({"label": words, "link": view.link({name: ""})})
    return chips


def _facets(view: View, found: list[Facet]) -> list[dict[str, Any]]:
    """Group facet values by facet, each with the address that narrows to it, or widens again."""
    groups = []
    for name in FACETS:
        chosen = getattr(view.wanted, name)
        values = [
            {
                "label": _label(name, facet.value, facet.label),
                "count": facet.count,
                "is_chosen": facet.value == chosen,
                "link": view.link({name: "" if facet.value == chosen else facet.value}),
            }
            for facet in found
            if facet.facet == name
        ]
        groups.append({"name": name, "values": values[:12]})
    return [group for group in groups if group["values"]]


def _chart(view: View, found: list[Facet]) -> dict[str, Any] | None:
    """Lay out one bar a month, oldest first, gaps shown as gaps where the span allows."""
    counts = {facet.value: facet.count for facet in found if facet.facet == "month"}
    if len(counts) < 2:
        return None
    shown = _span(min(counts), max(counts)) or sorted(counts)
    top = max(counts.values())
    bars = []
    for number, month in enumerate(shown):
        count = counts.get(month, 0)
        height = max(round(CHART_HEIGHT * count / top, 1), 1.5) if count else 0
        bars.append({
            "x": number * BAR_STEP,
            "y": CHART_HEIGHT - height,
            "height": height,
            "title": f"{month_name(month)}: {count:,}",
            "link": view.link({"month": month}),
        })  # fmt: skip
    share = min(round(100 * len(shown) / CHART_MIN_BARS), 100)  # of the column's width
    width = len(shown) * BAR_STEP
    size = {"width": width, "share": share, "height": CHART_HEIGHT, "bar_width": BAR_WIDTH}
    return size | {"bars": bars, "first": month_name(shown[0]), "last": month_name(shown[-1])}


def _span(first: str, last: str) -> list[str]:
    """List all months between two, both included; none if they are too many or no months."""
    if not all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in (first, last)):
        return []
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    if end - begin >= MONTHS_SHOWN:
        return []
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def _pages(view: View, total: int, shown: int) -> dict[str, Any]:
    """Return the addresses of the pages before and after, "" where there are none."""
    begin = (view.page - 1) * PAGE_HITS
    has_more = begin + shown < min(total, POOL) and shown == PAGE_HITS
    return {
        "first": begin + 1,
        "last": begin + shown,
        "previous": view.link(page=view.page - 1) if view.page > 1 else "",
        "next": view.link(page=view.page + 1) if has_more else "",
    }


def _data_links(datasette: Any, database: str, wanted: Search) -> list[dict[str, str]]:
    """Return the whole result as Datasette's own table, JSON and CSV, with the same filters."""
    words = [f"{name}:{value}" for name in ("after", "before") if (value := getattr(wanted, name))]
    search = " ".join([f"({wanted.query})" if words and wanted.query else wanted.query, *words])
    exact = {name: getattr(wanted, name) for name in FACETS}
    parts = {name: value for name, value in ({"_search": search} | exact).items() if value}
    links = []
    for label, format_, extra in (
        ("table", None, {}),
        ("JSON", "json", {"_shape": "objects"}),
        ("CSV", "csv", {"_stream": "on"}),
    ):
        path = datasette.urls.table(database, "articles", format=format_)
        query = urlencode(parts | {"_sort_desc": "published_at"} | extra)
        links.append({"label": label, "link": f"{path}?{query}"})
    return links
