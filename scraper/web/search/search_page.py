"""The page /-/search: hits with highlighted snippets, facets as links, what to try if none."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.archive.estimates import (
    FACET_VALUES_MAX,
    FACETS,
    Sample,
    count_all,
    count_facets,
    take_sample,
)
from scraper.archive.hits import Hits, effective, find_hits
from scraper.archive.plans import Plan
from scraper.archive.search import ORDERS, Facet, Search, match_for, notes_for
from scraper.web.archives import follow, open_archive
from scraper.web.attention.attention_page import attention_figure
from scraper.web.page import render
from scraper.web.search.cards import card
from scraper.web.search.facets import chips, facets
from scraper.web.search.suggestions import try_alternatives
from scraper.web.search.view import View, read_view
from scraper.web.streaming import TOO_SLOW, export_links
from scraper.web.words import N_, _, say

PAGE_HITS = 20
ORDER_NAMES = {
    "relevance": N_("Most relevant"),
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
}


async def show_search(datasette: Any, request: Any) -> Response:
    """Answer GET /-/search?q=…, with the filters of `Search`, order= and from= (a cursor)."""
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    wanted = replace(view.wanted, limit=PAGE_HITS)
    sample = await follow(db, take_sample(wanted))
    page, counted = await asyncio.gather(
        follow(db, find_hits(wanted, sample.known if sample else None)),
        follow(db, count_hits(wanted, sample)),
    )
    total, is_exact, found = counted or (0, False, [])
    tries = await follow(db, try_alternatives(view)) if page and not page.hits else None
    notes = [say(note) for note in notes_for(wanted)]
    context = {
        "view": view,
        "wanted": wanted,
        "orders": _orders(view),
        "notes": notes + ([_(TOO_SLOW)] if page is None else []),
        "total": total,
        "is_exact": is_exact,
        "is_counted": counted is not None,
        "is_ranked_in_part": not is_exact and effective(wanted).order == "relevance",
        "sample": sample,
        "is_slow": page is None,
        "cards": [card(datasette, view, hit) for hit in page.hits] if page else [],
        "chips": chips(view, found),
        "facets": facets(view, found),
        "pages": _pages(view, page),
        "tries": tries or [],
        "figure": attention_figure(datasette, wanted, view.database) if total else None,
        "exports": export_links(view.path, urlencode(view.parts()), "articles"),
        "database": db.name,
    }
    return await render(datasette, request, "dateline_search.html", context)


def count_hits(wanted: Search, sample: Sample | None) -> Plan[tuple[int, bool, list[Facet]] | None]:
    """Count what a search finds and the values of its facets, from one sample if there is one."""
    if sample is None:
        return None
    found = yield from count_facets(wanted, sample)
    total, is_exact = yield from count_all(wanted, sample)
    for name in FACETS:
        if getattr(wanted, name):
            found = yield from _with_alternatives(wanted, name, found)
    return total, is_exact, found


def _with_alternatives(wanted: Search, name: str, found: list[Facet]) -> Plan[list[Facet]]:
    """Put the values that a narrowed facet could have instead in place of its one value."""
    wide = replace(wanted, **{name: ""})  # type: ignore[arg-type]
    others = yield from count_facets(wide, (yield from take_sample(wide)))
    chosen = [facet for facet in found if facet.facet == name]
    values = {facet.value for facet in chosen}
    instead = [facet for facet in others if facet.facet == name and facet.value not in values]
    rest = [facet for facet in found if facet.facet != name]
    return [*chosen, *instead[: FACET_VALUES_MAX - 1], *rest]


def _orders(view: View) -> list[dict[str, Any]]:
    now = effective(view.wanted).order
    shown = [order for order in ORDERS if order != "relevance" or match_for(view.wanted)]
    return [
        {
            "name": _(ORDER_NAMES[order]),
            "link": view.link({"order": "" if order == ORDERS[0] else order}),
            "is_on": order == now,
        }
        for order in shown
    ]


def _pages(view: View, page: Hits | None) -> dict[str, str]:
    """Return the addresses of the pages before and after, "" where there are none."""
    return {
        name: view.link({"from": getattr(page, name)}) if page and getattr(page, name) else ""
        for name in ("previous", "next")
    }
