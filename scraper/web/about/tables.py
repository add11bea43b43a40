"""The tables of an archive as the file itself describes them: columns, comments, foreign keys."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TABLES_MAX = 60  # shown; ours are fewer than twenty
COLUMNS_MAX = 100  # of one table
# A column and its comment, as scraper.archive.schema writes them and SQLite keeps them.
COMMENTED = re.compile(r"^\s*(\w+)[^\n]*?-- ([^\n]+)$", re.MULTILINE)
LISTED = f"""
SELECT name, sql FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE '~_%' ESCAPE '~'
ORDER BY rootpage LIMIT {TABLES_MAX}"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `leads_to` names the table its values are keys of, "" for none."""

    name: str
    type: str
    meaning: str
    is_key: bool
    leads_to: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `meaning` is "" where nothing describes it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def parents(self) -> frozenset[str]:
        """The other tables that this one leads to."""
        return frozenset(c.leads_to for c in self.columns if c.leads_to) - {self.name}


def read_tables(connection: sqlite3.Connection) -> list[Table]:
    """List an archive's tables, without those inside a search index."""
    rows = [tuple(row) for row in connection.execute(LISTED)]
    indexes = tuple(f"{name}_" for name, sql in rows if sql.upper().startswith("CREATE VIRTUAL"))
    return [
        _table(connection, name, sql)
        for name, sql in rows
        if not name.startswith(indexes) and f"{name}_" not in indexes
    ]


def _table(connection: sqlite3.Connection, name: str, sql: str) -> Table:
    comments = dict(COMMENTED.findall(sql))
    quoted = name.replace('"', '""')
    leads = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{quoted}")')}
    columns = [
        Column(row[1], row[2], comments.get(row[1], ""), bool(row[5]), leads.get(row[1], ""))
        for row in connection.execute(f'PRAGMA table_xinfo("{quoted}")')
    ]
    heading = re.search(r"\(\s*-- ([^\n]+)", sql)
    return Table(name, heading[1] if heading else "", tuple(columns[:COLUMNS_MAX]))


def described(tables: list[Table], metadata: Mapping[str, Any]) -> list[Table]:
    """Return tables with the words that Datasette's metadata has for them, where it has any."""
    return [_described(table, metadata.get(table.name) or {}) for table in tables]


def _described(table: Table, told: Mapping[str, Any]) -> Table:
    meanings = told.get("columns") or {}
    columns = tuple(
        Column(c.name, c.type, str(meanings.get(c.name, c.meaning)), c.is_key, c.leads_to)
        for c in table.columns
    )
    return Table(table.name, str(told.get("description") or table.meaning), columns)
