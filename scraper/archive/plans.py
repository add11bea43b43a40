"""Plans: reading that takes several statements, written once for every way to run SQL.

A plan is a generator that yields statements, gets their rows, and returns what it found: the
terminal runs it on its own connection, the web plugin through Datasette. Standard library only.
"""

import sqlite3
from collections.abc import Generator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
Statement = tuple[str, Mapping[str, str | int | float]]
Rows = list[tuple[Any, ...]]
Plan = Generator[Statement, Rows, T]


def run(connection: sqlite3.Connection, plan: Plan[T]) -> T:
    """Follow a plan on a connection that went through `scraper.archive.search.register`.

    Raises:
        sqlite3.Error: as the statements do.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        statement = next(plan)
        while True:
            statement = plan.send(cursor.execute(*statement).fetchall())
    except StopIteration as end:
        found: T = end.value
        return found
    finally:
        plan.close()
        cursor.close()
