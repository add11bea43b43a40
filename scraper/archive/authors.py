"""Authors and others credited, and tags: the names, and which articles they stand on."""

import sqlite3
from collections.abc import Sequence

from scraper.archive.values import safe_text
from scraper.archive.writer import Archive
from scraper.records import Article

NAMES_MAX = 100  # authors or tags of one article; more is a list that extraction misread
NAME_MAX_CHARS = 300

CREDITS = (
    "SELECT name, role, kind, is_author FROM article_authors JOIN authors ON authors.id = author "
    "WHERE article = ? ORDER BY position"
)


def write_credits(archive: Archive, article: int, record: Article) -> None:
    """Set who is credited with an article, in the order of the byline, and who of them wrote it."""
    wanted = credit_rows(record)
    present = archive.connection.execute(CREDITS, (article,))
    if [tuple(row) for row in present] == wanted:
        return
    archive.connection.execute("DELETE FROM article_authors WHERE article = ?", (article,))
    archive.connection.executemany(
        "INSERT INTO article_authors (article, author, position, role, kind, is_author) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (article, _number(archive.connection, "authors", name), position, *about)
            for position, (name, *about) in enumerate(wanted, 1)
        ],
    )


def credit_rows(record: Article) -> list[tuple[str, str, str | None, int]]:
    """Return name, role, kind and whether they are an author, of everyone credited, each once.

    Who is credited twice (text and pictures) stands as author.

    >>> from scraper.records import Credit
    >>> both = (Credit("Ann Lee", "photographer"), Credit("Ann Lee"), Credit("AFP", "agency"))
    >>> credit_rows(Article("", "", authors=("Ann Lee",), credits=both))
    [('Ann Lee', 'author', 'person', 1), ('AFP', 'agency', 'person', 0)]
    """
    credits: dict[str, tuple[str, str, str | None, int]] = {}
    authors = set(_cleaned(record.authors))
    told: list[tuple[str, str, str | None]] = [(c.name, c.role, c.kind) for c in record.credits]
    named = {credit.name for credit in record.credits}
    told += [(name, "author", None) for name in record.authors if name not in named]
    for given, role, kind in told[: 2 * NAMES_MAX]:
        for name in _cleaned([given]):
            if name not in credits or (role == "author" and credits[name][1] != "author"):
                credits[name] = (name, role, kind, int(name in authors))
    return list(credits.values())[:NAMES_MAX]


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


def drop_unused_names(archive: Archive) -> None:
    """Drop authors and tags that stand on no article any more."""
    for names, links, column in (
        ("authors", "article_authors", "author"),
        ("tags", "article_tags", "tag"),
    ):
        archive.connection.execute(
            f"DELETE FROM {names} WHERE NOT EXISTS "
            f"(SELECT 1 FROM {links} WHERE {links}.{column} = {names}.id)"
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
