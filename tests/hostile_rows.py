"""Rows that a hostile page could have led to, and those of the invented archive."""

from pathlib import Path
from typing import Any

from scraper.archive.database import reading
from scraper.archive.search import Search
from scraper.exports.columns import LISTS, ListName, article_columns
from scraper.exports.encoders import Header
from scraper.exports.formats import FORMATS
from scraper.jobs.export import iter_articles
from tests.invented import build_archive

MADE_AT = "2026-11-22T18:50:33Z"
HOSTILE_TEXTS = (
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "＝1+1",
    "\t@SUM(A1)",
    "plain; =cmd|' /C calc'!A0",
    "a\x00b\x07c\x1b[31m",
    "half \ud83d a character, whole 👩‍👩‍👧",
    "]]> <![CDATA[ <script>alert(1)</script> &amp; &#0;",
    "} @article{x, title={y}} \\input{/etc/passwd} 50% $HOME #1 a_b ~ ^ \"q\" @",
    "TY  - BOOK\r\nER  - \r\nTI  - injected",
    "line one\nline two\tafter\u2028more\x85end",
    "\u202eright to left\u202c שלום مرحبا",
    "x" * 1_000_000,
)  # fmt: skip


def hostile_row(number: int, text: str) -> dict[str, Any]:
    """Return a row of articles whose every text is the given one, the title at any length."""
    row: dict[str, Any] = {
        column.name: text if column.name == "title" else text[:10_000]
        for column in article_columns(with_body=True)
        if column.type == "text"
    }
    return row | {
        "id": number, "authors": [text, text], "revision": 2, "is_paywalled": 1, "word_count": -5,
        "published_at": "not a time", "captured_at": "2024-06-17T00:00:00Z", "gone_at": None,
        "text_captured_at": "2024-06-18T00:00:00Z", "modified_at": text[:100],
    }  # fmt: skip


def hostile_rows() -> list[dict[str, Any]]:
    """Return a row for each hostile text, numbered from 1."""
    return [hostile_row(number, text) for number, text in enumerate(HOSTILE_TEXTS, 1)]


def archive_rows(folder: Path, *, with_body: bool = False) -> list[dict[str, Any]]:
    """Return the rows of the invented archive, newest first."""
    build_archive(folder / "archive.db")
    with reading(folder / "archive.db") as connection:
        batches = list(iter_articles(connection, Search(order="newest"), with_body))
    return [
        row | {"archive_url": f"https://dateline.example/-/article/{row['id']}"}
        for batch in batches
        for row in batch
    ]


def written(
    ending: str, rows: list[dict[str, Any]], name: ListName = "articles", **about: Any
) -> bytes:
    """Return rows as a file, written in batches of three, with a query that is hostile too."""
    columns = about.pop("columns", LISTS[name])
    header = Header(name, columns, about.pop("query", "a \ud83d <&> \x00"), MADE_AT, **about)
    batches = [rows[start : start + 3] for start in range(0, len(rows), 3)]
    return b"".join(FORMATS[ending].write(header, batches))
