"""What a record rests on, read from its JSON columns for the article page; pure.

The columns were filled by extraction from strangers' pages: whatever is not of the expected shape
is left out, and everything is text for the template to escape.
"""

import json
from dataclasses import dataclass
from typing import Any

from scraper.web.typography import moment

ENTRIES_MAX = 100  # of each list shown
PRECISIONS = {"day": "a day only", "minute": "to the minute", "second": "to the second"}
# Where a date stood, as extraction calls it: the whole name, or its first word.
SOURCES = {
    "visible text": "printed on the page",
    "text of the page": "printed in the text",
    "time element": "a time marked on the page",
    "header last-modified": "the server's Last-Modified",
    "url": "in the address",
    "listing": "the feed or sitemap that led here",
    "capture": "when we captured it",
    "selector": "where this outlet prints it",
}
SOURCE_FAMILIES = {
    "json-ld": "the page's data for search engines",
    "microdata": "the page's markup",
    "meta": "the page's metadata",
    "attribute": "an attribute of the page",
    "script": "a script of the page",
}
AGREES = "agrees"  # what extraction says of a claim that adds nothing to the chosen one


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that says when an article was published or changed, in words.

    `agrees`: it says what the chosen one says, and no more need be told of it than where it stood.
    """

    field: str
    raw: str
    source: str
    read_as: str
    is_chosen: bool
    agrees: bool
    about: str


def read_claims(text: str | None) -> list[Claim]:
    """Return the claims about times, the chosen one of each field first.

    >>> found = read_claims('[{"field": "published_at", "raw": "5 May", "source": "visible text"}]')
    >>> found[0].raw, found[0].read_as, found[0].is_chosen
    ('5 May', 'not understood', False)
    """
    entries = [entry for entry in _listed(text) if isinstance(entry, dict)]
    claims = [_claim(entry) for entry in entries]
    return sorted(claims, key=lambda claim: not claim.is_chosen)


def read_sources(text: str | None) -> list[tuple[str, str]]:
    """Return where each field was found, as pairs of field and source.

    >>> read_sources('{"title": "json-ld", "tags": 3}'), read_sources("[1"), read_sources(None)
    ([('title', 'json-ld'), ('tags', '3')], [], [])
    """
    stored = _stored(text)
    pairs = list(stored.items()) if isinstance(stored, dict) else []
    return [(str(name), str(source)) for name, source in pairs[:ENTRIES_MAX]]


def read_points(text: str | None) -> list[str]:
    """Return an article's key points.

    >>> read_points('["One.", "Two."]'), read_points('{"a": 1}')
    (['One.', 'Two.'], [])
    """
    return [entry for entry in _listed(text) if isinstance(entry, str)]


def _claim(entry: dict[str, Any]) -> Claim:
    def words(name: str) -> str:
        return str(entry.get(name) or "")

    zone = f"zone {words('zone')}" if words("zone") else "no zone given"
    about = [PRECISIONS.get(words("precision"), ""), zone if words("at") else "", words("why")]
    return Claim(
        field=words("field"),
        raw=words("raw"),
        source=_place(words("source")),
        read_as=f"read as {moment(words('at'))}" if words("at") else "not understood",
        is_chosen=entry.get("chosen") is True,
        agrees=entry.get("chosen") is not True and words("why") == AGREES,
        about="; ".join(part for part in about if part),
    )


def _place(source: str) -> str:
    """Return where a date stood in words; as it is where we have none.

    >>> _place("visible text"), _place("meta pubdate"), _place("elsewhere")
    ('printed on the page', "the page's metadata (meta pubdate)", 'elsewhere')
    """
    family = source.partition(" ")[0]
    if source in SOURCES or family not in SOURCE_FAMILIES:
        return SOURCES.get(source, source)
    return f"{SOURCE_FAMILIES[family]} ({source})"


def _listed(text: str | None) -> list[Any]:
    stored = _stored(text)
    return stored[:ENTRIES_MAX] if isinstance(stored, list) else []


def _stored(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
