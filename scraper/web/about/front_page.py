"""The front page: a box to search, what the archive holds, the latest headlines, ways on."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from datasette import Forbidden, Response
from datasette.views.base import DatasetteError
from datasette.views.index import IndexView

from scraper.web.about.figures import LATEST, read_figures
from scraper.web.archives import archive_names, open_archive, read
from scraper.web.headers import OWN_POLICY
from scraper.web.lanes import is_dear
from scraper.web.page import render
from scraper.web.typography import direction, language_tag

# An empty format is what Datasette's own view reads as HTML; /.json stays with it.
FRONT_PATH = r"^/(?P<format>)$"
HEADLINES = 10
INTERNAL = "_internal"  # Datasette's own list of tables, in memory


async def show_front(datasette: Any, request: Any) -> Response:
    """Answer GET /: our page if one archive is open and nothing else, else Datasette's own."""
    others = set(datasette.databases) - {INTERNAL} - set(names := await archive_names(datasette))
    if others or len(names) != 1 or request.method not in ("GET", "HEAD"):
        return await _stock(datasette, request)
    try:
        db = await open_archive(datasette, request)
    except (Forbidden, DatasetteError):  # not to be seen, or of an older version
        return await _stock(datasette, request)
    figures, latest = await asyncio.gather(
        read_figures(db), read(db, (LATEST, {"limit": HEADLINES}))
    )
    context = {
        "figures": figures,
        "headlines": [_headline(datasette, dict(row)) for row in latest or ()],
        "title": datasette.metadata("title") or "Dateline",
        "description": datasette.metadata("description") or "",
        "database": db.name,
    }
    response = await render(datasette, request, "dateline_front.html", context)
    response.headers["content-security-policy"] = OWN_POLICY
    if request.method == "HEAD":
        response.body = b""
    return response


async def _stock(datasette: Any, request: Any) -> Response:
    is_dear.set(True)  # it counts every table
    response: Response = await IndexView(datasette).dispatch_request(request)
    return response


def _headline(datasette: Any, row: dict[str, Any]) -> dict[str, Any]:
    outlet = urlencode({"outlet": row["outlet"]})
    return row | {
        "link": str(datasette.urls.path(f"/-/article/{row['id']}")),
        "outlet_link": f"{datasette.urls.path('/-/search')}?{outlet}",
        "headline": row["title"] or row["url"],
        "lang": language_tag(row["language"]),
        "dir": direction(row["language"]),
    }
