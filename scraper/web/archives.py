"""Which of the files open in Datasette are archives of ours, and how our pages read them."""

import sqlite3
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette import NotFound
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from scraper.archive.plans import Plan, Statement
from scraper.web.behind import note

T = TypeVar("T")

TABLES = ("articles", "articles_fts", "outlets", "revisions", "monthly_counts")
IS_ARCHIVE = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
    f"({', '.join(repr(name) for name in TABLES)})"
)
NEWEST_TABLE = "incidents"
OUTDATED = (
    "This archive was written by an older version of Dateline. "
    "Serve it with `dateline serve`, which brings it up to date, or run `dateline reindex`."
)
# Datasette counts each table. For that FTS5 would read the rows of the index from `articles`, which
# lacks some of its columns, and fail, which hides all counts; the other table has as many rows.
COUNTED_INSTEAD = {
    f"select count(*) from [{name}]": f"select count(*) from [{name}_docsize]"
    for name in ("articles_fts", "edits_fts")
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
        DatasetteError: if it was written by an older version, with what to do.
    """
    names = await archive_names(datasette)
    name = request.args.get("db") or next(iter(names), "")
    if name not in names:
        raise NotFound("No archive of Dateline is open here")
    await datasette.ensure_permissions(
        request.actor,
        [("view-table", (name, "articles")), ("view-database", name), "view-instance"],
    )
    db = datasette.get_database(name)
    if not await db.table_exists(NEWEST_TABLE):
        raise DatasetteError(OUTDATED, title="An older archive", status=409)
    return db


async def follow(db: Any, plan: Plan[T]) -> T | None:
    """Follow a plan (`scraper.archive.plans`); None if a statement ran into a limit."""
    try:
        statement = next(plan)
        while (rows := await read(db, statement)) is not None:
            statement = plan.send(rows)
        return None
    except StopIteration as end:
        found: T = end.value
        return found
    finally:
        plan.close()


async def read(db: Any, statement: Statement) -> list[Any] | None:
    """Run a SELECT; None if it ran into the limit of time, or of memory (`scraper.web.limits`)."""
    note(statement)
    try:
        return list((await db.execute(*statement)).rows)
    except (QueryInterrupted, MemoryError):
        return None
