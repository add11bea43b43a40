"""Which of the files open in Datasette are archives of ours, and how our pages read them."""

import sqlite3
from typing import Any
from weakref import WeakKeyDictionary

from datasette import NotFound
from datasette.database import QueryInterrupted

from scraper.archive.search import Statement

TABLES = ("articles", "articles_fts", "outlets", "revisions", "monthly_counts")
IS_ARCHIVE = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
    f"({', '.join(repr(name) for name in TABLES)})"
)
# Datasette counts each table. For that FTS5 would read the rows of the index from `articles`, which
# lacks some of its columns, and fail, which hides all counts; the other table has as many rows.
COUNTED_INSTEAD = {
    "select count(*) from [articles_fts]": "select count(*) from [articles_fts_docsize]"
}

# Cells are rendered in a synchronous hook, which cannot ask the database what it is.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def is_archive(connection: sqlite3.Connection) -> bool:
    """Tell whether a connection leads to an archive of ours; False for unreadable files."""
    try:
        return bool(connection.execute(IS_ARCHIVE).fetchone()[0] == len(TABLES))
    except sqlite3.DatabaseError:
        return False


def remember(datasette: Any, database: str) -> None:
    """Keep in mind that a database of this Datasette is an archive, and let it be counted."""
    known = _known.setdefault(datasette, set())
    if database not in known:
        known.add(database)
        _make_countable(datasette.databases.get(database))


def _make_countable(db: Any) -> None:
    ask = getattr(db, "execute", None)
    if ask is None:
        return

    async def execute(sql: str, *args: Any, **named: Any) -> Any:
        return await ask(COUNTED_INSTEAD.get(sql, sql), *args, **named)

    db.execute = execute


def is_known(datasette: Any, database: str | None) -> bool:
    """Tell whether a database has been remembered as an archive; no query is made."""
    return database in _known.get(datasette, ())


async def archive_names(datasette: Any) -> list[str]:
    """Return the names of all databases of this Datasette that are archives, in its order.

    What was one stays one; only other files are asked again, since a crawl may have begun in them.
    """
    names = []
    for name, db in datasette.databases.items():
        if is_known(datasette, name) or await db.execute_fn(is_archive):
            remember(datasette, name)
            names.append(name)
    return names


async def open_archive(datasette: Any, request: Any) -> Any:
    """Return the archive a page asks for with ?db=NAME, else the first.

    Raises:
        NotFound: if there is none.
        Forbidden: if the reader may not see its articles.
    """
    names = await archive_names(datasette)
    name = request.args.get("db") or next(iter(names), "")
    if name not in names:
        raise NotFound("No archive of Dateline is open here")
    await datasette.ensure_permissions(
        request.actor,
        [("view-table", (name, "articles")), ("view-database", name), "view-instance"],
    )
    return datasette.get_database(name)


async def read(db: Any, statement: Statement) -> list[Any] | None:
    """Run a SELECT; None if it ran into the limit of time, or of memory (`scraper.web.limits`)."""
    try:
        return list((await db.execute(*statement)).rows)
    except (QueryInterrupted, MemoryError):
        return None
