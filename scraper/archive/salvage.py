"""Copies every row that can be read from a damaged archive into a new one, table by table."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from scraper.archive.pages import Damage, PageFile, Row, Value
from scraper.archive.schema import SPAN_ROWS, migrations
from scraper.archive.search import register

# Made by triggers as articles, revisions and runs come in, as are the search indexes.
DERIVED = ("monthly_counts", "daily_counts", "collected_days", "collected_spans", "edits")
JSON_EMPTY = {
    "languages": "[]",
    "changed": "[]",
    "rights": "{}",
    "field_sources": "{}",
    "key_points": "[]",
    "date_evidence": "[]",
    "failures": "{}",
    "no_article_reasons": "{}",
    "evidence": "{}",
    "statuses": "{}",
    "other_hosts": "{}",
}
TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ")

# Whose numbers tell apart two tables of the same shape, when the page of one has lost its parent.
NAMED_BY = {"authors": ("article_authors", "author"), "tags": ("article_tags", "tag")}


@dataclass(frozen=True, slots=True)
class Column:
    """A stored column: `is_number` is that of a row's own number, which is not in its record."""

    name: str
    kind: str
    may_be_null: bool
    is_number: bool

    def holds(self, value: Value) -> bool:
        """Tell whether a value may stand in this column."""
        if self.is_number:
            return value is None
        if value is None:
            return self.may_be_null
        if self.kind == "REAL":  # whole numbers are stored as such
            return isinstance(value, int | float)
        return isinstance(value, str if self.kind == "TEXT" else int)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the present schema has it."""

    name: str
    columns: tuple[Column, ...]

    def fits(self, row: Row) -> bool:
        """Tell whether a row can be of this table; columns added since may be missing."""
        given, missing = self.columns[: len(row.values)], self.columns[len(row.values) :]
        if len(row.values) > len(self.columns) or not all(c.may_be_null for c in missing):
            return False
        return all(c.holds(v) for c, v in zip(given, row.values, strict=True))

    def checked(self, part: Row | Damage) -> Row | Damage:
        """Return a part of a table, damage in place of a row that cannot be of it."""
        if isinstance(part, Damage) or self.fits(part):
            return part
        return Damage(0, part.number - 1, part.number)


@dataclass(slots=True)
class Salvage:
    """What was copied: rows by table, places that could not be read, and values put right."""

    rows: Counter[str] = field(default_factory=Counter)
    damages: dict[str, list[Damage]] = field(default_factory=dict)
    mended_values: int = 0


def archive_tables(connection: sqlite3.Connection) -> list[Table]:
    """Return the tables of the present schema, those referred to before those that refer."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %' "
            "AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY rowid"
        )
    ]
    return [_table(connection, name) for name in names]


def present_tables() -> list[Table]:
    """Return the tables of the present schema, without an archive at hand."""
    with Database(memory=True) as db:
        register(db.conn)
        migrations.apply(db)
        db.conn.row_factory = sqlite3.Row
        return archive_tables(db.conn)


def survey(source: PageFile) -> dict[str, list[Damage]]:
    """Return what cannot be read of each table that has damage; None for no bound."""
    roots = source.tables()
    found = {}
    for table in present_tables():
        parts: Iterable[Row | Damage] = [Damage(1, None, None)]
        if table.name in DERIVED:
            continue  # made anew whatever is left of it
        if table.name in roots:
            parts = source.walk(roots[table.name], table.fits)
        damages = [part for part in map(table.checked, parts) if isinstance(part, Damage)]
        if damages:
            found[table.name] = damages
    return found


def addresses_behind(source: PageFile, damages: Sequence[Damage], limit: int) -> list[str]:
    """Return the addresses of articles whose rows cannot be read, as another table has them."""
    source.seen.clear()  # of other walks
    root = source.tables().get("article_urls")
    found: list[str] = []
    if not damages or root is None:
        return found
    for part in source.walk(root):
        if isinstance(part, Row) and len(part.values) == 4:
            url, article, kind, _ = part.values
            if kind != "final" or not isinstance(article, int) or not isinstance(url, str):
                continue
            if any(damage.covers(article) for damage in damages):
                found.append(url)
        if len(found) == limit:
            break
    return found


def salvage(source: PageFile, target: sqlite3.Connection, now: str) -> Salvage:
    """Copy all rows of `source` that can be read into the empty archive `target`.

    Rows of pages that no table leads to any more are told by their shape. References are not
    looked at: see `scraper.archive.mending`. `now` takes the place of times that cannot be read.
    """
    done = Salvage()
    tables = [table for table in archive_tables(target) if table.name not in DERIVED]
    roots = source.tables()
    for table in tables:
        done.damages[table.name] = []
        parts = source.walk(roots[table.name], table.fits) if table.name in roots else ()
        _copy(parts, table, target, done, now)
    for name, root in roots.items():
        if name not in done.damages:  # so that its pages are not taken for lost ones
            for _ in source.walk(root):
                pass
    for number in list(source.lost_leaves()):
        rows = [part for part in source.leaf(number) if isinstance(part, Row)]
        found = _table_of(rows, tables, target)
        if found is not None:
            _copy(rows, found, target, done, now)
    # INSERT OR IGNORE makes that of its triggers' OR REPLACE, too: spans would not have grown.
    target.execute("DELETE FROM collected_spans")
    target.execute(SPAN_ROWS)
    return done


def applied_migrations(source: PageFile) -> set[str]:
    """Return the names of the migrations that a file has gone through, as far as can be read."""
    root = source.tables().get(migrations.migrations_table)
    parts = source.walk(root) if root else ()
    rows = [part for part in parts if isinstance(part, Row) and len(part.values) == 4]
    return {str(row.values[2]) for row in rows if row.values[1] == migrations.name}


def _table(connection: sqlite3.Connection, name: str) -> Table:
    info = connection.execute(f"PRAGMA table_xinfo({name})").fetchall()
    keys = sum(1 for row in info if row["pk"])
    columns = tuple(
        Column(
            row["name"],
            row["type"],
            may_be_null=not row["notnull"] and not row["pk"],
            is_number=bool(row["pk"]) and keys == 1 and row["type"] == "INTEGER",
        )
        for row in info
        if not row["hidden"]  # generated ones are not stored
    )
    return Table(name, columns)


def _copy(
    parts: Iterable[Row | Damage],
    table: Table,
    target: sqlite3.Connection,
    done: Salvage,
    now: str,
) -> None:
    for part in map(table.checked, parts):
        if isinstance(part, Damage):
            done.damages[table.name].append(part)
        else:
            done.rows[table.name] += _insert(part, table, target, done, now)


def _insert(row: Row, table: Table, target: sqlite3.Connection, done: Salvage, now: str) -> int:
    values: dict[str, Value] = {}
    for column, value in zip(table.columns, row.values, strict=False):
        whole = row.number if column.is_number else _whole_value(column, value, now)
        done.mended_values += whole != value and not column.is_number
        values[column.name] = whole
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    cursor = target.execute(
        f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", values
    )
    return cursor.rowcount


def _whole_value(column: Column, value: Value, now: str) -> Value:
    """Return a value, or what stands for it where it cannot be what it was."""
    if not isinstance(value, str):
        return value
    if column.name.endswith("_at") and not TIME.fullmatch(value):
        return None if column.may_be_null else now
    if column.name in JSON_EMPTY:
        try:
            json.loads(value)
        except ValueError:
            return JSON_EMPTY[column.name]
    return value


def _table_of(rows: list[Row], tables: list[Table], target: sqlite3.Connection) -> Table | None:
    """Return the table whose shape most rows of a page have, None if none has."""
    counts = {table.name: sum(table.fits(row) for row in rows) for table in tables}
    most = max(counts.values(), default=0)
    found = [table for table in tables if most and counts[table.name] == most]
    if len(found) > 1:
        found.sort(key=_missed(rows, target), reverse=True)
    return found[0] if found else None


def _missed(rows: list[Row], target: sqlite3.Connection) -> Callable[[Table], tuple[int, int]]:
    """Return a key for tables: how many of the rows are referred to and are not there yet."""

    def key(table: Table) -> tuple[int, int]:
        count = 0
        if table.name in NAMED_BY:
            other, column = NAMED_BY[table.name]
            query = (
                f"SELECT EXISTS (SELECT 1 FROM {other} WHERE {column} = :n) "
                f"AND NOT EXISTS (SELECT 1 FROM {table.name} WHERE id = :n)"
            )
            count = sum(target.execute(query, {"n": row.number}).fetchone()[0] for row in rows)
        given = max((len(row.values) for row in rows), default=0)
        return count, -abs(len(table.columns) - given)

    return key
