"""The page /-/concordance: every line in which a word stands, aligned on it, and its files."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from datasette import NotFound, Response

from scraper.archive.queries import parse
from scraper.archive.search import notes_for
from scraper.exports.columns import CONCORDANCE
from scraper.exports.encoders import ExportUnavailable, Header
from scraper.exports.formats import FORMATS, formats_for
from scraper.web.archives import open_archive
from scraper.web.concordance.gathering import Gathered, gather_lines
from scraper.web.concordance.lines import ARTICLE_LINES, ORDERS, Line, sorted_lines
from scraper.web.page import render
from scraper.web.search.facets import chips
from scraper.web.search.view import FILTERS, View, read_view
from scraper.web.typography import direction, language_tag
from scraper.web.words import N_, _, day, say

PATH = "/-/concordance"
PAGE_LINES = 100
LIST: Literal["concordance"] = "concordance"
ORDER_NAMES = {
    "newest": N_("Newest"),
    "oldest": N_("Oldest"),
    "outlet": N_("Outlet"),
    "left1": N_("1st word before"),
    "left2": N_("2nd word before"),
    "left3": N_("3rd word before"),
    "right1": N_("1st word after"),
    "right2": N_("2nd word after"),
    "right3": N_("3rd word after"),
}
TOO_SLOW = N_(
    "Looking through the articles took too long and was stopped: there may be more lines."
)


async def show_concordance(datasette: Any, request: Any) -> Response:
    """Answer GET /-/concordance?q=…, with the filters of the search page, sort= and page=.

    With an ending it is the whole list as a file.
    """
    db = await open_archive(datasette, request)
    ending = request.url_vars.get("ending") or ""
    if ending and ending not in {each.ending for each in formats_for(LIST)}:
        raise NotFound("A concordance has no such format")
    view = await read_view(datasette, request, db.name, PATH)
    asked = request.args.get("sort") or ""
    order = asked if asked in ORDERS else ORDERS[0]
    gathered = await gather_lines(db, view.wanted)
    if ending and gathered.is_slow:  # a file could not say that lines are missing
        return Response.text(_(TOO_SLOW), status=503)
    lines = sorted_lines(gathered.lines, order)
    if ending:
        return _file(datasette, request, view, lines, ending)
    context = _context(datasette, view, gathered, lines, order)
    context |= _page_of(request, view, lines, order)
    return await render(
        datasette, request, "dateline_concordance.html", context | {"database": db.name}
    )


def _context(
    datasette: Any, view: View, gathered: Gathered, lines: Sequence[Line], order: str
) -> dict[str, Any]:
    notes = [say(note) for note in notes_for(view.wanted)] if view.wanted.query else []
    return {
        "view": view,
        "wanted": view.wanted,
        "gathered": gathered,
        "total": len(lines),
        "article_lines": ARTICLE_LINES,
        "notes": notes + ([_(TOO_SLOW)] if gathered.is_slow else []),
        "chips": chips(view, []),
        "order": order,
        "orders": [
            {"name": _(ORDER_NAMES[name]), "link": _link(view, name), "is_on": name == order}
            for name in ORDERS
        ],
        "files": [
            {"label": each.label, "link": _link(view, order, path=f"{view.path}.{each.ending}")}
            for each in formats_for(LIST)
        ],
        "has_words": bool(parse(view.wanted.query).terms),
        "plain_link": view.link(dict.fromkeys(FILTERS, "")),
        "search_link": view.link(path=str(datasette.urls.path("/-/search"))),
    }


def _link(view: View, order: str, page: int = 1, path: str = "") -> str:
    changes = {"sort": "" if order == ORDERS[0] else order, "page": str(page) if page > 1 else ""}
    return view.link(changes, path=path)


def _page_of(request: Any, view: View, lines: Sequence[Line], order: str) -> dict[str, Any]:
    """Return the lines of the page asked for, the last one at most, and the pages around it."""
    last = max(-(-len(lines) // PAGE_LINES), 1)
    asked = request.args.get("page") or ""
    page = min(max(int(asked), 1), last) if re.fullmatch(r"\d{1,6}", asked, re.ASCII) else 1
    start = (page - 1) * PAGE_LINES
    shown = lines[start : start + PAGE_LINES]
    return {
        "lines": [_shown(view, line) for line in shown],
        "first_line": start + 1,
        "last_line": start + len(shown),
        "previous": _link(view, order, page - 1) if page > 1 else "",
        "next": _link(view, order, page + 1) if page < last else "",
    }


def _shown(view: View, line: Line) -> dict[str, Any]:
    words, iso = day(line.moment, line.timezone)
    about = {"q": view.wanted.query, "db": view.database}
    query = urlencode({name: value for name, value in about.items() if value})
    return {
        "line": line,
        "link": f"{view.path.removesuffix(PATH)}/-/article/{line.article}?{query}",
        "day": words,
        "iso": iso,
        "lang": language_tag(line.language),
        "dir": direction(line.language),
    }


def _file(datasette: Any, request: Any, view: View, lines: Sequence[Line], ending: str) -> Response:
    """Return all lines as a file; there are few enough to make it at once."""
    format_ = FORMATS[ending]
    header = Header(
        name=LIST,
        columns=CONCORDANCE,
        query=view.wanted.query,
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    rows = [_row(datasette, request, view, line) for line in lines]
    try:
        body = b"".join(format_.write(header, [rows]))
    except ExportUnavailable as error:
        return Response.text(str(error), status=501)
    return Response(
        body,
        headers={"content-disposition": f'attachment; filename="{LIST}.{ending}"'},
        content_type=format_.media_type,
    )


def _row(datasette: Any, request: Any, view: View, line: Line) -> dict[str, Any]:
    page = str(datasette.urls.path(f"/-/article/{line.article}"))
    page += f"?{urlencode({'db': view.database})}" if view.database else ""
    return {
        "article": line.article,
        "outlet": line.outlet,
        "language": line.language,
        "published_at": line.published_at,
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "url": line.url,
        "archive_url": datasette.absolute_url(request, page),
    }
