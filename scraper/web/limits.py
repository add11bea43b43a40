"""What SQL may do on an archive's connections: read, and nothing too large for a time limit.

Datasette ends a query at its time limit, but only between two steps of SQLite's machine: what one
step makes, and what it costs, is bounded here. So is what a visitor could reach beside the archive.
"""

import re
import sqlite3
from typing import Any, cast
from weakref import ref

# No row or value may be larger. The largest stored row has a text of 512 kB (extraction's bound)
# and other columns; a text with each of its words marked as a hit is three times as long.
VALUE_MAX_BYTES = 2 * 2**20
# 1000 ordinary articles, the most that Datasette gives at once, have some 5 MB; of the longest
# texts there are, 50 fit.
RESULT_MAX_BYTES = 32 * 2**20
# SQLite's own memory, in all connections of the process together; a search needs less than 10 MB.
# What it sorts counts too (temp_store): as files, two queries filled 2.5 GB of /tmp in 3 s.
HEAP_MAX_BYTES = 256 * 2**20
NEEDLE_MAX_BYTES = 600  # of a LIKE pattern: on the largest value 600 cost 1.6 s, in one step
COLUMNS_MAX = 100  # of a result; the widest table has 26
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: VALUE_MAX_BYTES,
    sqlite3.SQLITE_LIMIT_COLUMN: COLUMNS_MAX,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: NEEDLE_MAX_BYTES,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
WIDE_FORMAT = re.compile(r"%[^%a-zA-Z]*(?:\*|\d{4})")
READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
# What Datasette and FTS5 ask of a schema; the first kind names a table or an index, the second
# would be a setting if it named anything.
ABOUT_ITS_ARGUMENT = {
    "foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_xinfo",
}  # fmt: skip
ABOUT_THE_FILE = {
    "data_version", "database_list", "function_list", "page_count", "page_size", "schema_version",
}  # fmt: skip
# Functions that load code, write to the log, or index what a crawl stores; json_patch compares
# all of one value with all of another in a single step; json_set and json_insert call themselves
# once for each step of a path, and with a path of a million steps end the process (SQLite 3.40).
REFUSED_FUNCTIONS = {
    "load_extension", "fts3_tokenizer", "sqlite_log", "rtreecheck",
    "json_patch", "json_set", "json_insert",
    "fts_segment", "fts_date", "fts_language", "fts_country", "fts_flags",
    "edit_of",
}  # fmt: skip


def bound(connection: sqlite3.Connection) -> None:
    """Make a connection read-only for good, and bound what its queries can make."""
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA hard_heap_limit = {HEAP_MAX_BYTES}")
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.create_function("instr", 2, _instr, deterministic=True)
    connection.create_function("replace", 3, _replace, deterministic=True)
    for name, strip in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip)):
        connection.create_function(name, 2, _trimmed(strip), deterministic=True)
    for name in ("printf", "format"):
        connection.create_function(name, -1, _formatter(), deterministic=True)
    result = _Result()
    connection.text_factory = result.text
    connection.row_factory = result.row
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Allow what reads this file; deny the rest, ATTACH of other files above all."""
    if action == sqlite3.SQLITE_PRAGMA:
        is_known = first in ABOUT_ITS_ARGUMENT or (first in ABOUT_THE_FILE and second is None)
        return sqlite3.SQLITE_OK if is_known else sqlite3.SQLITE_DENY
    if (
        action == sqlite3.SQLITE_UPDATE
    ):  # SQLite asks this to open an FTS5 table; nothing is written
        return sqlite3.SQLITE_OK if first == "sqlite_master" else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in REFUSED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


class _Result:
    """Counts the bytes of one query's result as Python takes it, row by row."""

    def __init__(self) -> None:
        self._cursor: Any = lambda: None
        self._in_rows = self._in_row = 0

    def text(self, raw: bytes) -> str:
        """Decode a value as Datasette does: what is no UTF-8 is replaced."""
        self._in_row += len(raw)
        if self._in_row > RESULT_MAX_BYTES:
            self._refuse()
        return raw.decode("utf-8", "replace")

    def row(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        """Count a row, then give it the type Datasette expects."""
        if self._cursor() is not cursor:  # kept weakly: a cursor kept would keep its snapshot
            self._cursor, self._in_rows = ref(cursor), 0
        blobs = sum(len(value) for value in values if type(value) is bytes)
        self._in_rows += self._in_row + blobs
        self._in_row = 0
        if self._in_rows > RESULT_MAX_BYTES:
            self._refuse()
        return sqlite3.Row(cursor, values)

    def _refuse(self) -> None:
        self._in_rows = self._in_row = 0
        limit = RESULT_MAX_BYTES // 2**20
        raise sqlite3.OperationalError(f"the result is larger than {limit} MB: ask for less of it")


# SQLite's own versions of these compare every place in one value with all of the other: two
# values of megabytes hold a thread for minutes. Python's are linear. To what is too large they
# answer with a text over the limit, which SQLite refuses as "string or blob too big".
TOO_BIG = " " * (VALUE_MAX_BYTES + 1)


def _instr(text: object, part: object) -> int | None:
    """Return where a part begins, counted from 1; 0 if it is nowhere.

    >>> _instr("breakwater", "water"), _instr("breakwater", "x"), _instr(None, "x")
    (6, 0, None)
    """
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _words(text).find(_words(part)) + 1


def _replace(text: Any, part: object, new: object) -> Any:
    """Return a text with every occurrence of a part replaced.

    >>> _replace("a-b-c", "-", ""), _replace("a", "", "x"), _replace(None, "", "")
    ('abc', 'a', None)
    """
    if text is None or part is None or new is None:
        return None
    if part in ("", b""):
        return _words(text) if isinstance(text, bytes) else text
    old, part, new = _words(text), _words(part), _words(new)
    if len(old) + old.count(part) * (len(new) - len(part)) > VALUE_MAX_BYTES:
        return TOO_BIG
    return old.replace(part, new)


def _trimmed(strip: Any) -> Any:
    def trimmed(text: object, characters: object) -> str | None:
        if text is None or characters is None:
            return None
        if len(_words(characters).encode()) > NEEDLE_MAX_BYTES:
            return TOO_BIG
        return str(strip(_words(text), _words(characters))) if characters != "" else _words(text)

    return trimmed


def _formatter() -> Any:
    """Return SQLite's own printf, but for formats that ask for thousands of characters.

    A width of 2,000,000,000 kept a thread for 20 seconds, in one step.
    """
    own = sqlite3.connect(":memory:", check_same_thread=False)
    own.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_MAX_BYTES)

    def formatted(*values: Any) -> str | None:
        if values and WIDE_FORMAT.search(_words(values[0])):
            return TOO_BIG
        marks = ", ".join("?" * len(values))
        try:
            return cast("str | None", own.execute(f"SELECT printf({marks})", values).fetchone()[0])
        except sqlite3.Error:
            return TOO_BIG

    return formatted


def _words(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
