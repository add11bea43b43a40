"""The page /-/edits: what outlets changed, newest first, searchable by what came and what went."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.archive.edit_search import (
    KINDS,
    ORDERS,
    POOL,
    EditSearch,
    count_statement,
    cursor_of,
    edits_statement,
    facets_statement,
    kinds_of,
    notes_for,
    parsed,
)
from scraper.archive.grammar import Note
from scraper.archive.segmentation import Term
from scraper.web.archives import archive_names, open_archive, read
from scraper.web.edits.passages import Passages, Texts, passages
from scraper.web.page import render
from scraper.web.streaming import TOO_SLOW
from scraper.web.typography import direction, language_tag
from scraper.web.words import N_, _, country_name, language_name, say

PAGE_EDITS = 20
QUERY_MAX_CHARS = 2_000  # of ?q=, as the query language reads
VALUE_MAX_CHARS = 200  # of one filter in the address
TEXT_MAX_CHARS = 10_000  # of each text compared for this page
# All texts of a page, both sides counted: 0.7 s at worst, 30 ms as a rule. Edits beyond it are
# shown as the words kept of them.
COMPARED_MAX_CHARS = 100_000
FILTERS = ("outlet", "language", "country", "kind", "quiet", "after", "before")
FACETS = {
    "kind": N_("What changed"),
    "quiet": N_("How it was told"),
    "outlet": N_("Outlet"),
    "language": N_("Language"),
    "country": N_("Country"),
}
KIND_WORDS = {
    "headline": N_("headline changed"),
    "number": N_("number changed"),
    "removed": N_("paragraph removed"),
    "added": N_("paragraph added"),
    "byline": N_("byline changed"),
    "text": N_("text changed"),
}
QUIET_WORDS = N_("quiet: no new time of change given")
ORDER_WORDS = {"newest": N_("newest first"), "oldest": N_("oldest first")}
ENDINGS = {
    "csv": "CSV", "tsv": "TSV", "json": "JSON", "jsonl": "JSON Lines", "parquet": "Parquet",
    "atom": "Atom",
}  # fmt: skip
# Of each edit, the text before and the text after it.
TEXTS = """
SELECT n.id, o.title AS old_title, o.byline AS old_byline, substr(o.body, 1, :chars) AS old_body,
    n.title, n.byline, substr(n.body, 1, :chars) AS body
FROM revisions AS n JOIN revisions AS o ON o.article = n.article AND o.number = n.number - 1
WHERE n.id IN ({})"""


@dataclass(frozen=True, slots=True)
class View:
    """One state of the page, and the addresses of its neighbours."""

    path: str
    wanted: EditSearch
    database: str  # "" for the first archive

    def link(self, changes: Mapping[str, str] = {}, ending: str = "") -> str:
        """Return the address of the same edits with some filters changed, from the beginning."""
        parts = {"q": self.wanted.query}
        parts |= {name: getattr(self.wanted, name) for name in (*FILTERS, "order")}
        parts |= {"from": "", "db": self.database} | dict(changes)
        parts["order"] = "" if parts["order"] == ORDERS[0] else parts["order"]
        query = urlencode({name: value for name, value in parts.items() if value})
        path = f"{self.path}.{ending}" if ending else self.path
        return f"{path}?{query}" if query else path

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter is in force."""
        return any(getattr(self.wanted, name) for name in FILTERS)


async def show_edits(datasette: Any, request: Any) -> Response:
    """Answer GET /-/edits?q=…, with the filters of `EditSearch`, order= and from= (a cursor)."""
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    asked = replace(view.wanted, limit=PAGE_EDITS + 1)
    rows, counts, facets = await asyncio.gather(
        read(db, edits_statement(asked)),
        read(db, count_statement(asked)),
        read(db, facets_statement(asked)),
    )
    total = counts[0][0] if counts else 0
    notes = [*notes_for(view.wanted, total), *([Note(TOO_SLOW)] if rows is None else [])]
    context = _context(datasette, view, rows or [], total, notes)
    found = [dict(row) for row in (rows or [])[:PAGE_EDITS]]
    terms = parsed(view.wanted.query).terms if view.wanted.query.strip() else ()
    told = await asyncio.to_thread(_compared, await _texts(db, found), terms)
    context |= {
        "database": db.name,
        "is_slow": rows is None,
        "cards": [_card(datasette, view, row, told.get(row["revision"])) for row in found],
        "facets": _facets(view, facets or []),
        "chips": _chips(view, facets or []),
    }
    return await render(datasette, request, "dateline_edits.html", context)


async def read_view(datasette: Any, request: Any, database: str) -> View:
    """Read which edits a request asks for; what is out of bounds is cut or left out."""
    first = next(iter(await archive_names(datasette)))
    filters = {name: (request.args.get(name) or "")[:VALUE_MAX_CHARS] for name in FILTERS}
    filters["kind"] = filters["kind"] if filters["kind"] in KINDS else ""
    filters["quiet"] = "1" if filters["quiet"] == "1" else ""
    order = request.args.get("order") or ""
    wanted = EditSearch(
        query=(request.args.get("q") or "")[:QUERY_MAX_CHARS],
        order=order if order in ORDERS else ORDERS[0],
        cursor=(request.args.get("from") or "")[:VALUE_MAX_CHARS],
        **filters,  # type: ignore[arg-type]
    )
    path = str(datasette.urls.path("/-/edits"))
    return View(path, wanted, "" if database == first else database)


def _context(
    datasette: Any, view: View, rows: list[Any], total: int, notes: list[Note]
) -> dict[str, Any]:
    """Return what the page says whatever was found; `rows` may hold one more than are shown."""
    last = rows[PAGE_EDITS - 1] if len(rows) > PAGE_EDITS else None
    next_cursor = cursor_of(last["seen_at"], last["revision"]) if last else ""
    about = {"q": view.wanted.query, "db": view.database}
    query = urlencode({name: value for name, value in about.items() if value})
    order, unfiltered = view.wanted.order, dict.fromkeys(FILTERS, "")
    return {
        "view": view,
        "wanted": view.wanted,
        "notes": [say(note) for note in notes],
        "total": min(total, POOL),
        "is_exact": total <= POOL,
        "is_slow": False,
        "cards": [],
        "facets": [],
        "chips": [],
        "next": view.link({"from": next_cursor}) if next_cursor else "",
        "orders": [
            {"words": _(words), "link": view.link({"order": name}), "is_on": name == order}
            for name, words in ORDER_WORDS.items()
        ],
        "exports": [
            {"label": label, "link": view.link(ending=ending)} for ending, label in ENDINGS.items()
        ],
        "feed": view.link(ending="atom"),
        "unfiltered": view.link(unfiltered),
        "everything": view.link(unfiltered | {"q": "", "order": ""}),
        "articles": str(datasette.urls.path("/-/search")) + (f"?{query}" if query else ""),
    }  # fmt: skip


async def _texts(db: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not found:
        return []
    params: dict[str, str | int] = {"chars": TEXT_MAX_CHARS}
    params |= {f"n{place}": row["revision"] for place, row in enumerate(found)}
    marks = ", ".join(f":n{place}" for place in range(len(found)))
    return [dict(row) for row in await read(db, (TEXTS.format(marks), params)) or ()]


def _compared(rows: list[dict[str, Any]], terms: tuple[Term, ...]) -> dict[int, Passages]:
    """Compare both texts of each edit, by revision; those beyond the bound are left out."""
    found: dict[int, Passages] = {}
    chars = 0
    for row in sorted(rows, key=lambda row: -int(row["id"])):
        old = Texts(row["old_title"], row["old_byline"], row["old_body"])
        new = Texts(row["title"], row["byline"], row["body"])
        chars += len(old.body) + len(new.body)
        if chars <= COMPARED_MAX_CHARS:
            found[row["id"]] = passages(old, new, terms)
    return found


def _card(datasette: Any, view: View, row: dict[str, Any], told: Passages | None) -> dict[str, Any]:
    path = f"/-/article/{row['article']}"
    parts = {"from": row["number"] - 1, "to": row["number"], "db": view.database}
    query = urlencode({name: value for name, value in parts.items() if value})
    return {
        "edit": row,
        "link": f"{datasette.urls.path(path)}?{query}#edits",
        "kinds": [_(KIND_WORDS[kind]) for kind in kinds_of(row)],
        "lang": language_tag(row["language"]),
        "dir": direction(row["language"]),
        # An outlet's own time of change, unless it is the one it gave before.
        "modified_at": "" if row["is_quiet"] else row["modified_at"] or "",
        "passages": told.shown if told else (),
        "more": told.more if told else 0,
    }


def _label(facet: str, value: str, label: str = "") -> str:
    if facet == "kind":
        return _(KIND_WORDS[value])
    if facet == "quiet":
        return _(QUIET_WORDS)
    names = {"language": language_name, "country": country_name}
    return names[facet](value) if facet in names else label or value


def _chips(view: View, found: list[Any]) -> list[dict[str, str]]:
    """List the filters in force, each with the address without it."""
    labels = {(row["facet"], row["value"]): row["label"] for row in found}
    chips = []
    for name in FILTERS:
        if value := getattr(view.wanted, name):
            label = _label(name, value, labels.get((name, value), ""))
            if name == "after":
                label = _("seen from %(day)s on", day=value)
            elif name == "before":
                label = _("seen before %(day)s", day=value)
            chips.append({"label": label, "link": view.link({name: ""})})
    return chips


def _facets(view: View, found: list[Any]) -> list[dict[str, Any]]:
    """Group facet values by facet, each with the address that narrows to it, or widens again."""
    groups = []
    for name, title in FACETS.items():
        chosen = getattr(view.wanted, name)
        values = [
            {
                "label": _label(name, row["value"], row["label"]),
                "count": row["count"],
                "is_chosen": row["value"] == chosen,
                "link": view.link({name: "" if row["value"] == chosen else row["value"]}),
            }
            for row in found
            if row["facet"] == name
        ]
        groups.append({"title": _(title), "values": values})
    return [group for group in groups if group["values"]]
