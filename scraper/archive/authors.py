"""Authors and tags: the names, and which articles they stand on."""

import sqlite3
from collections.abc import Sequence

from scraper.archive.values import safe_text
from scraper.archive.writer import Archive

NAMES_MAX = 100  # authors or tags of one article; more is a list that extraction misread
NAME_MAX_CHARS = 300


def write_authors(archive: Archive, article: int, names: Sequence[str]) -> None:
    """Set an article's authors, in the order of the byline."""
    wanted = _cleaned(names)
    present = archive.connection.execute(
        "SELECT name FROM article_authors JOIN authors ON authors.id = author "
        "WHERE article = ? ORDER BY position",
        (article,),
    )
    if [row["name"] for row in present] == wanted:
        return
    archive.connection.execute("DELETE FROM article_authors WHERE article = ?", (article,))
    archive.connection.executemany(
        "INSERT INTO article_authors (article, author, position) VALUES (?, ?, ?)",
        [
            (article, _number(archive.connection, "authors", name), position)
            for position, name in enumerate(wanted, 1)
        ],
    )


def write_tags(archive: Archive, article: int, names: Sequence[str]) -> None:
    """Set an article's tags."""
    wanted = _cleaned(names)
    present = archive.connection.execute(
        "SELECT name FROM article_tags JOIN tags ON tags.id = tag WHERE article = ?", (article,)
    )
    if {row["name"] for row in present} == set(wanted):
        return
    archive.connection.execute("DELETE FROM article_tags WHERE article = ?", (article,))
    archive.connection.executemany(
        "INSERT INTO article_tags (article, tag) VALUES (?, ?)",
        [(article, _number(archive.connection, "tags", name)) for name in wanted],
    )


def _cleaned(names: Sequence[str]) -> list[str]:
    """Return bare names, each once."""
    bare = (safe_text(name[:NAME_MAX_CHARS]).strip() for name in names[:NAMES_MAX])
    return list(dict.fromkeys(name for name in bare if name))


def _number(connection: sqlite3.Connection, table: str, name: str) -> int:
    row = connection.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return int(row["id"])
    number = connection.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,)).lastrowid
    assert number is not None
    return number
