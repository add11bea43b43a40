"""All edits a search finds, as a file or a feed: the address of the page with another ending."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from scraper.archive.edit_search import (
    LIMIT_MAX,
    cursor_of,
    edit_record,
    export_statement,
)
from scraper.exports.columns import EDITS
from scraper.web.archives import open_archive, read
from scraper.web.edits.edits_page import FILTERS, View, read_view
from scraper.web.streaming import Batches, Listing, TookTooLong, export_response, wanted_format
from scraper.web.words import _

FEED_ENTRIES = 100


async def export_edits(datasette: Any, request: Any) -> Any:
    """Answer GET /-/edits.<ending>: all edits asked for; a feed has the latest unless all=1."""
    ending = wanted_format(request, "edits").ending
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    is_feed = ending == "atom" and request.args.get("all") != "1"
    filters = [f"{name}:{value}" for name in FILTERS if (value := getattr(view.wanted, name))]
    words = " ".join(filter(None, [view.wanted.query.strip(), *filters]))
    listing = Listing(
        name="edits",
        columns=EDITS,
        query=words,
        title=_("Edits: %(query)s · Dateline", query=words) if words else _("Edits · Dateline"),
        page=view.link(),
    )
    base = datasette.absolute_url(request, datasette.urls.path("/-/article/"))
    batches = _batches(db, view, base, FEED_ENTRIES if is_feed else None)
    return await export_response(datasette, request, listing, batches)


async def _batches(db: Any, view: View, base: str, most: int | None) -> Batches:
    wanted, left = replace(view.wanted, cursor=""), most
    while left is None or left > 0:
        size = LIMIT_MAX if left is None else min(LIMIT_MAX, left)
        rows = await read(db, export_statement(replace(wanted, limit=size)))
        if rows is None:
            raise TookTooLong
        yield [_record(row, base, view.database) for row in rows]
        if len(rows) < size:
            return
        left = None if left is None else left - len(rows)
        wanted = replace(wanted, cursor=cursor_of(rows[-1]["seen_at"], rows[-1]["revision"]))


def _record(row: Any, base: str, database: str) -> dict[str, Any]:
    parts = {"from": row["number"] - 1, "to": row["number"], "db": database}
    query = urlencode({name: value for name, value in parts.items() if value != ""})
    return {**edit_record(row), "archive_url": f"{base}{row['article']}?{query}#edits"}
