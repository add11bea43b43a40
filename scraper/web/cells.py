"""Cells of Datasette's own tables, made readable: titles lead on, bodies are cut, hits marked."""

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from scraper.archive.search import MARK_OPEN
from scraper.web.typography import marked_html

BODY_PREVIEW_CHARS = 240


def cell(datasette: Any, database: str, table: str | None, column: str, row: Any) -> Markup | None:
    """Return a cell's HTML, or None to leave it to Datasette."""
    value = row[column]
    if not isinstance(value, str) or not value:
        return None
    if table is None and column == "headline" and "id" in row.keys():  # noqa: SIM118 (a Row)
        link = _article_link(datasette, database, row["id"])
        return Markup('<a href="{}">{}</a>').format(link, marked_html(value))
    if table is None:
        return marked_html(value) if MARK_OPEN in value else None
    if table == "articles" and column == "title":
        link = _article_link(datasette, database, row["id"])
        return Markup('<a href="{}">{}</a>').format(link, value)
    if table in ("articles", "revisions") and column == "body" and len(value) > BODY_PREVIEW_CHARS:
        number = row["id"] if table == "articles" else row["article"]
        number = number["value"] if isinstance(number, dict) else number
        link = _article_link(datasette, database, number)
        return Markup('{}… <a href="{}">{:,} characters</a>').format(
            escape(value[:BODY_PREVIEW_CHARS]), link, len(value)
        )
    return None


def _article_link(datasette: Any, database: str, number: object) -> str:
    return f"{datasette.urls.path(f'/-/article/{number}')}?{urlencode({'db': database})}"
