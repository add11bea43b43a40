"""The Datasette plugin: search that understands every script, and pages to read articles on.

It only SELECTs, and does nothing at all beside files that are no archives of ours.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import handle_exception as stock
from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from scraper.archive.search import register
from scraper.web.about.about_page import show_about
from scraper.web.about.front_page import FRONT_PATH, show_front
from scraper.web.archives import archive_names, is_archive, is_known, remember
from scraper.web.article.article_page import show_article
from scraper.web.attention.attention_page import show_attention
from scraper.web.behind import with_notes
from scraper.web.cells import cell
from scraper.web.concordance.concordance_page import show_concordance
from scraper.web.edits.edits_export import export_edits
from scraper.web.edits.edits_page import show_edits
from scraper.web.gate import TOO_DEAR, with_gate
from scraper.web.headers import with_headers
from scraper.web.health.health_export import export_health
from scraper.web.health.health_page import show_health
from scraper.web.limits import bound
from scraper.web.outlets.outlet_page import show_outlet
from scraper.web.outlets.outlets_page import show_outlets
from scraper.web.pace import paced
from scraper.web.page import teach_templates
from scraper.web.robots import PLUGIN, show_robots
from scraper.web.search.search_export import export_search
from scraper.web.search.search_page import show_search
from scraper.web.words import _, with_reader

OUT_OF_ROOM = (sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_TOOBIG)

# Datasette prints every error, a missing page too, with all local variables where rich is
# installed, as it is with us; outside an `except` that fails in its turn and makes a 500 of a 404.
stock.rich = None


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Register our SQL functions, last so that our escape_fts replaces Datasette's, and limits."""
    if is_archive(conn):
        remember(datasette, database)
        register(conn)
        bound(conn)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Add the pages to search and to read."""
    article = r"^/-/article/(?P<id>[0-9]{1,18})(?:\.(?P<ending>bib|ris|csl|json))?$"
    return [
        (FRONT_PATH, show_front),
        (r"^/robots\.txt$", show_robots),
        (r"^/-/search$", show_search),
        (r"^/-/search\.(?P<ending>[a-z]+)$", export_search),
        (article, show_article),
        (r"^/-/concordance(?:\.(?P<ending>\w+))?$", show_concordance),
        (r"^/-/edits$", show_edits),
        (r"^/-/edits\.(?P<ending>[a-z]+)$", export_edits),
        (r"^/-/attention(?:\.(?P<ending>svg|png|csv|tsv|jsonl?|parquet))?$", show_attention),
        (r"^/-/health$", show_health),
        (r"^/-/health\.(?P<ending>[a-z]+)$", export_health),
        (r"^/-/outlets$", show_outlets),
        (r"^/-/outlet/(?P<slug>[^/]{1,800})$", show_outlet),
        (r"^/-/about$", show_about),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def menu_links(datasette: Any) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    """Put the search into Datasette's menu."""

    async def links() -> list[dict[str, str]]:
        found = {"href": str(datasette.urls.path("/-/search")), "label": _("Search articles")}
        return [found] if await archive_names(datasette) else []

    return links


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Tell templates which archives are open, so that base.html can show its search box."""

    async def variables() -> dict[str, Any]:
        static = datasette.urls.static_plugins(PLUGIN, "")
        return {"dateline_archives": await archive_names(datasette), "dateline_static": str(static)}

    return variables


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Make long and marked cells of an archive readable."""
    if not is_known(datasette, database):
        return None
    return paced(cell(datasette, database, table, column, row))


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say in words, and without a script, that a query ran out of memory or of time."""
    is_out_of_time = getattr(exception, "title", "") == "SQL Interrupted"
    is_out_of_room = getattr(exception, "sqlite_errorcode", 0) in OUT_OF_ROOM
    is_out_of_bounds = isinstance(exception, MemoryError | QueryInterrupted) or is_out_of_room
    if not (is_out_of_time or is_out_of_bounds):
        return None
    return stock.handle_exception(datasette, request, DatasetteError(_(TOO_DEAR), status=400))


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Bound what visitors can ask at once, and send headers that keep stored text from running."""
    return lambda app: with_reader(with_notes(with_headers(with_gate(app, datasette), datasette)))


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any) -> None:
    """Give templates the catalogue of sentences and our filters."""
    teach_templates(env)
