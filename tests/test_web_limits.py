"""SQL on an archive's connections: it reads, whatever the connection was opened for, within bounds."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.search import register
from scraper.extraction.text.body import BODY_MAX_BYTES
from scraper.web.gate import EXPORT_PAGE_ROWS
from scraper.web.limits import RESULT_MAX_BYTES, VALUE_MAX_BYTES, bound
from tests.invented import build_archive

BIG = "replace(hex(zeroblob(1000000)), '0', 'a')"
TEXT = "あいう " * (BODY_MAX_BYTES // 10)  # as long as an article's may be


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that may write, as a plugin's would, until it is bound."""
    path = tmp_path / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path, isolation_level=None)
    register(connection)
    bound(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE ':memory:' AS other",
        "ATTACH DATABASE '/etc/passwd' AS other",
        "VACUUM INTO '/tmp/copy.db'",
        "INSERT INTO archive_info VALUES ('a', 'b')",
        "UPDATE articles SET title = ''",
        "DELETE FROM articles",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "CREATE VIRTUAL TABLE temp.x USING fts5 (y)",
        "DROP TABLE articles",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA page_size = 512",
        "PRAGMA user_version",
        "PRAGMA hard_heap_limit = 0",
        "BEGIN IMMEDIATE",
        "SELECT load_extension('x')",
        "SELECT json_set('{}', '$.a', 1)",
        "SELECT fts_segment('x')",
    ],
)
def test_nothing_is_written_attached_or_loaded(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute(sql).fetchall()
    assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] > 0


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT {BIG} || {BIG}",
        "SELECT zeroblob(900000000)",
        "SELECT randomblob(900000000)",
        f"SELECT replace({BIG}, 'a', {BIG})",
        f"SELECT trim({BIG}, {BIG})",
        "SELECT printf('%2000000000d', 1)",
        "SELECT printf('%.*c', 2000000000, 'x')",
        "SELECT format('%-9999s', 'x')",
        f"SELECT 'x' LIKE {BIG}",
        f"SELECT json_group_array({BIG}) FROM articles",
        f"SELECT {', '.join(['1'] * 101)}",
        f"SELECT {BIG} FROM articles, articles",
        "SELECT zeroblob(2000000) FROM articles, articles",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 400)"
        " SELECT x FROM n ORDER BY randomblob(1000000)",
    ],
)
def test_no_step_and_no_result_is_large(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises((sqlite3.DatabaseError, MemoryError)):
        connection.execute(sql).fetchall()


def test_each_result_is_counted_by_itself(connection: sqlite3.Connection) -> None:
    rows = RESULT_MAX_BYTES // VALUE_MAX_BYTES
    for _ in range(3):
        assert (
            len(connection.execute(f"SELECT {BIG} FROM articles, outlets LIMIT {rows}").fetchall())
            == rows
        )


def test_the_longest_texts_can_be_listed_exported_and_highlighted(
    connection: sqlite3.Connection,
) -> None:
    count = EXPORT_PAGE_ROWS + 1
    rows = connection.execute(f"SELECT :text FROM articles, outlets LIMIT {count}", {"text": TEXT})
    assert len(rows.fetchall()) == count
    marked = "SELECT search_highlight(:text, :query)"
    for text, query in ((TEXT, "あいう"), ("a b " * 50_000, "a OR b")):
        found = connection.execute(marked, {"text": text, "query": query}).fetchone()[0]
        assert len(found) > len(text)


def test_a_needle_of_two_hundred_han_characters_is_looked_for(
    connection: sqlite3.Connection,
) -> None:
    assert connection.execute("SELECT 'x' LIKE :needle", {"needle": "港" * 200}).fetchone()[0] == 0


VALUES = (
    "'harbour'",
    "'武器の輸出'",
    "''",
    "NULL",
    "12",
    "-3.5",
    "0.1",
    "x'6162'",
    "'  a b '",
    "'ab'",
)


@pytest.mark.parametrize("call", ["instr({0}, {1})", "replace({0}, {1}, 'é')", "trim({0}, {1})",
    "ltrim({0}, {1})", "rtrim({0}, {1})", "trim({0})", "printf('%s|%5.2f|%d', {0}, {1}, {1})"])  # fmt: skip
def test_functions_of_ours_answer_as_sqlites_own(connection: sqlite3.Connection, call: str) -> None:
    own = sqlite3.connect(":memory:")
    for first in VALUES:
        for second in (*VALUES, "'ar'", "'器'", "' '"):
            sql = f"SELECT {call.format(first, second)}"
            assert connection.execute(sql).fetchone()[0] == own.execute(sql).fetchone()[0], sql
    own.close()
