"""The SQL behind a page: what was asked of the archive to make it, to see and to run."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode

from scraper.archive.plans import Statement

App = Callable[[Any, Any, Any], Awaitable[None]]

STATEMENTS_MAX = 30  # of one page
SQL_MAX_CHARS = 4_000  # of one statement shown
VALUE_MAX_CHARS = 120  # of one parameter shown; a list of 5,000 numbers is one
LINK_MAX_CHARS = 3_000  # of an address that runs one; longer ones are shown only

_asked: ContextVar[list[Statement] | None] = ContextVar("asked", default=None)


def with_notes(app: App) -> App:
    """Wrap an ASGI application: what each request asks of archives is noted, for its own page."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        _asked.set([])
        await app(scope, receive, send)

    return wrapped


def note(statement: Statement) -> None:
    """Note a statement, unless there are too many already."""
    asked = _asked.get()
    if asked is not None and len(asked) < STATEMENTS_MAX:
        asked.append(statement)


async def behind(datasette: Any, request: Any, database: str) -> list[dict[str, str]]:
    """Return what was asked so far: `sql`, `values` as lines, and a `link` that runs it, or "".

    Readers who may not execute SQL get no links.
    """
    may_run = await datasette.permission_allowed(
        request.actor, "execute-sql", database, default=True
    )
    base = str(datasette.urls.database(database))
    shown = []
    for sql, values in dict.fromkeys(
        (sql.strip(), tuple(values.items())) for sql, values in _asked.get() or ()
    ):
        if len(sql) > SQL_MAX_CHARS:
            sql = sql[:SQL_MAX_CHARS] + " …"
        link = f"{base}?{urlencode({'sql': sql, **dict(values)})}"
        lines = [f":{name} = {_cut(str(value))}" for name, value in values]
        is_short = may_run and len(link) <= LINK_MAX_CHARS
        shown.append({
            "sql": sql,
            "values": "\n".join(lines),
            "link": link if is_short else "",
        })  # fmt: skip
    return shown


def _cut(text: str) -> str:
    """Return the beginning of a long value.

    >>> len(_cut("7" * 500))
    121
    """
    return text if len(text) <= VALUE_MAX_CHARS else text[:VALUE_MAX_CHARS] + "…"
