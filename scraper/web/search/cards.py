"""Hits as cards: headline, outlet, both times, the passage that matched, and what is special."""

from typing import Any
from urllib.parse import urlencode

from scraper.archive.search import Hit
from scraper.web.search.view import View
from scraper.web.typography import direction, language_tag, marked_html
from scraper.web.words import country_name, language_name, moment


def card(datasette: Any, view: View, hit: Hit) -> dict[str, Any]:
    """Return what the template shows of a hit."""
    about = {"q": view.wanted.query, "db": view.database}
    query = urlencode({name: value for name, value in about.items() if value})
    at = hit.published_at or hit.captured_at
    utc, local = moment(at), moment(at, hit.timezone)
    return {
        "hit": hit,
        "link": str(datasette.urls.path(f"/-/article/{hit.id}")) + (f"?{query}" if query else ""),
        "headline": marked_html(hit.headline or hit.url),
        "snippet": marked_html(hit.snippet),
        "lang": language_tag(hit.language),
        "dir": direction(hit.language),
        "language": language_name(hit.language),
        "country": country_name(hit.country or ""),
        "iso": at,
        "utc": utc,
        "local": local if local != utc else "",
    }
