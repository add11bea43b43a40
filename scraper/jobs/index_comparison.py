"""Compares a search index with one made anew, to tell which rows are not of their texts."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scraper.archive.schema import TOKENIZER

TERMS_MAX = 20  # differing terms of an index looked at to find the rows behind them

# One number for all places where a term stands; SQLite streams it in the order of terms. Places
# that differ have other numbers but for one chance in two thousand million.
TERM_SUMS = (
    "SELECT term, COUNT(*), SUM((doc * 1000003 + offset * 8191 + unicode(col) * 131 + length(col)) "
    "% 2147483647) FROM {} GROUP BY term"
)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An index of an archive: its table, its columns, and the SELECT of number and values."""

    table: str
    columns: str
    source: str


def stray_rows(connection: sqlite3.Connection, index: SearchIndex) -> Iterator[tuple[int, str]]:
    """Yield the numbers of rows that the index holds otherwise than it should, and a term each.

    The connection must be allowed to make temporary tables.
    """
    expected, present, wanted = (
        f"{index.table}_{name}" for name in ("expected", "present", "wanted")
    )
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.{expected} USING fts5 "
        f"({index.columns}, content='', tokenize=\"{TOKENIZER}\")"
    )
    connection.execute(f"INSERT INTO temp.{expected} (rowid, {index.columns}) {index.source}")
    for name, table in ((present, f"main, {index.table}"), (wanted, f"temp, {expected}")):
        connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab ({table}, instance)")
    told: set[int] = set()
    for term in islice(_differing_terms(connection, present, wanted), TERMS_MAX):
        for number in _rows_behind(connection, term, present, wanted) - told:
            told.add(number)
            yield number, term


def _differing_terms(connection: sqlite3.Connection, present: str, wanted: str) -> Iterator[str]:
    """Yield the terms whose places differ, walking both indexes in step."""
    held = connection.execute(TERM_SUMS.format(f"temp.{present}"))
    due = connection.execute(TERM_SUMS.format(f"temp.{wanted}"))
    one, other = held.fetchone(), due.fetchone()
    while one is not None or other is not None:
        # SQLite orders by bytes of UTF-8, which is the order of code points, as in Python.
        if other is None or (one is not None and one[0] < other[0]):
            yield one[0]
            one = held.fetchone()
        elif one is None or other[0] < one[0]:
            yield other[0]
            other = due.fetchone()
        else:
            if tuple(one) != tuple(other):
                yield one[0]
            one, other = held.fetchone(), due.fetchone()


def _rows_behind(connection: sqlite3.Connection, term: str, present: str, wanted: str) -> set[int]:
    held, due = (
        set(
            map(
                tuple,
                connection.execute(
                    f"SELECT doc, col, offset FROM temp.{name} WHERE term = ?", (term,)
                ),
            )
        )
        for name in (present, wanted)
    )
    return {doc for doc, _, _ in held ^ due}
