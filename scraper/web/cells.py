"""Cells of Datasette's own tables, made readable: titles lead on, bodies are cut, hits marked."""

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from scraper.archive.segmentation import MARK_OPEN
from scraper.web.typography import marked_html, safe_link
from scraper.web.words import ngettext

PREVIEW_CHARS = 240
# Shown whole on the page to read; a table shows their beginning, so that a row is a few lines.
SET_OUT = ("body", "key_points", "date_evidence", "field_sources", "evidence")
LINK_MAX_CHARS = 2_048  # as Datasette cuts any cell


def cell(datasette: Any, database: str, table: str | None, column: str, row: Any) -> Markup | None:
    """Return a cell's HTML, or None to leave it to Datasette."""
    value = row[column]
    if not isinstance(value, str) or not value:
        return None
    if table is None and column == "headline" and "id" in row.keys():  # noqa: SIM118 (a Row)
        link = _article_link(datasette, database, row["id"])
        return Markup('<a href="{}">{}</a>').format(link, marked_html(value))
    if table is None and MARK_OPEN in value:
        return marked_html(value)
    if table == "articles" and column == "title":
        link = _article_link(datasette, database, row["id"])
        return Markup('<a href="{}">{}</a>').format(link, value)
    if table in ("articles", "revisions") and column in SET_OUT and len(value) > PREVIEW_CHARS:
        number = row["id"] if table == "articles" else row["article"]
        number = number["value"] if isinstance(number, dict) else number
        link = _article_link(datasette, database, number)
        length = ngettext("%(n)s character", "%(n)s characters", len(value))
        return Markup('{}… <a href="{}">{}</a>').format(value[:PREVIEW_CHARS], link, length)
    return _link_out(value.strip())


def _link_out(value: str) -> Markup | None:
    """Link an address of the web as Datasette does, but tell its outlet nothing of the visitor.

    >>> print(_link_out("https://example.org/a"))
    <a href="https://example.org/a" rel="noopener noreferrer nofollow">https://example.org/a</a>
    >>> _link_out("javascript:alert(1)"), _link_out("https://example.org is down")
    (None, None)
    """
    if not value.startswith(("http://", "https://")) or any(map(str.isspace, value)):
        return None
    if not safe_link(value):
        return escape(value[:LINK_MAX_CHARS])  # Datasette would link it whatever it is
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(
        value, value[:LINK_MAX_CHARS]
    )


def _article_link(datasette: Any, database: str, number: object) -> str:
    return f"{datasette.urls.path(f'/-/article/{number}')}?{urlencode({'db': database})}"
