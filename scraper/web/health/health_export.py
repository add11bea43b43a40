"""All open incidents as a file: the address of the page with another ending."""

from typing import Any

from scraper.exports.columns import INCIDENTS
from scraper.web.archives import open_archive, read
from scraper.web.health.health_page import View, filters_of, read_view
from scraper.web.health.incident_rows import Links
from scraper.web.health.statements import OPEN
from scraper.web.health.wording import evidence_words, suggestion_of
from scraper.web.streaming import Batches, Listing, TookTooLong, export_response, wanted_format
from scraper.web.words import _

BATCH = 200
# A page needs them around addresses; in a file they are invisible and part of what is copied.
NO_ISOLATES = dict.fromkeys((0x2068, 0x2069))


async def export_health(datasette: Any, request: Any) -> Any:
    """Answer GET /-/health.<ending>: all open incidents, the worst first."""
    wanted_format(request, "incidents")
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    listing = Listing(
        name="incidents",
        columns=INCIDENTS,
        query=" ".join(f"{n}:{v}" for n in ("kind", "country") if (v := getattr(view, n))),
        title=_("Health · Dateline"),
        page=view.link(),
    )
    links = Links(datasette.urls, db.name, view.database)
    base = datasette.absolute_url(request, "/").rstrip("/")
    return await export_response(datasette, request, listing, _batches(db, view, links, base))


async def _batches(db: Any, view: View, links: Links, base: str) -> Batches:
    filters = filters_of(view) | {"limit": BATCH, "id": 0}
    while True:
        rows = await read(db, (OPEN, filters))
        if rows is None:
            raise TookTooLong
        yield [_record(dict(row), links, base) for row in rows]
        if len(rows) < BATCH:
            return
        filters |= {"severity": rows[-1]["severity"], "id": rows[-1]["id"]}


def _record(row: dict[str, Any], links: Links, base: str) -> dict[str, Any]:
    names = ("id", "outlet", "kind", "field", "severity", "opened_at", "began_at", "seen_at")
    told = " ".join(evidence_words(row["kind"], row["field"], row["evidence"]))
    suggestion, command = suggestion_of(row["evidence"], row["outlet"])
    return {name: row[name] for name in names} | {
        "country": row["country"] or None,
        "told": told.translate(NO_ISOLATES),
        "evidence": row["evidence"],
        "suggestion": suggestion,
        "command": command,
        "capture": row["capture"],
        "capture_url": row["capture_url"],
        "archive_url": base + links.outlet(row["outlet"]),
    }
