"""What a record rests on, read from its JSON columns for the article page; pure.

The columns were filled by extraction from strangers' pages: whatever is not of the expected shape
is left out, and everything is text for the template to escape.
"""

from dataclasses import dataclass
from typing import Any

from scraper.web.article.record import stored_list, stored_map
from scraper.web.words import N_, _, moment

PRECISIONS = {
    "day": N_("a day only"),
    "minute": N_("to the minute"),
    "second": N_("to the second"),
}
# Where something stood, as extraction calls it: the whole name, or its first word.
SOURCES = {
    "visible text": N_("printed on the page"),
    "text of the page": N_("printed in the text"),
    "time element": N_("a time marked on the page"),
    "header last-modified": N_("the server's Last-Modified"),
    "url": N_("in the address"),
    "listing": N_("the feed or sitemap that led here"),
    "capture": N_("when we captured it"),
    "selector": N_("where this outlet prints it"),
    "title element": N_("the title of the browser's window"),
    "section label": N_("a label on the page"),
    "breadcrumb": N_("the path printed on the page"),
    "visible byline": N_("printed on the page"),
    "visible caption": N_("printed on the page"),
    "visible image": N_("shown on the page"),
    "visible notice": N_("printed on the page"),
    "visible tags": N_("printed on the page"),
}
SOURCE_FAMILIES = {
    "json-ld": N_("the page's data for search engines"),
    "microdata": N_("the page's markup"),
    "meta": N_("the page's metadata"),
    "attribute": N_("an attribute of the page"),
    "script": N_("a script of the page"),
    "h1": N_("a heading on the page"),
}
FIELDS = {
    "url": N_("Address"),
    "title": N_("Headline"),
    "byline": N_("Byline"),
    "description": N_("Summary"),
    "body": N_("Text"),
    "section": N_("Section"),
    "tags": N_("Tags"),
    "language": N_("Language"),
    "kind": N_("What it is"),
    "key_points": N_("Key points"),
    "published_at": N_("Published"),
    "modified_at": N_("Changed by the outlet"),
    "image_url": N_("Picture"),
    "image_caption": N_("Caption"),
    "is_paywalled": N_("Access"),
}
AGREES = "agrees"  # what extraction says of a claim that adds nothing to the chosen one


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that says when an article was published or changed, in words.

    `agrees`: it says what the chosen one says, and no more need be told of it than where it stood.
    `why` is extraction's own note, in English.
    """

    field: str
    raw: str
    source: str
    read_as: str
    is_chosen: bool
    agrees: bool
    about: tuple[str, ...]
    why: str


def read_claims(text: str | None) -> list[Claim]:
    """Return the claims about times, the chosen one of each field first.

    >>> found = read_claims('[{"field": "published_at", "raw": "5 May", "source": "visible text"}]')
    >>> found[0].raw, found[0].read_as, found[0].is_chosen
    ('5 May', 'not understood', False)
    """
    claims = [_claim(entry) for entry in stored_list(text) if isinstance(entry, dict)]
    return sorted(claims, key=lambda claim: not claim.is_chosen)


def read_sources(text: str | None) -> list[tuple[str, str]]:
    """Return where each field was found, as pairs of field and source in words.

    >>> read_sources('{"title": "json-ld", "tags": 3}'), read_sources("[1"), read_sources(None)
    ([('Headline', "the page's data for search engines (json-ld)"), ('Tags', '3')], [], [])
    """
    return [
        (_(FIELDS[name]) if name in FIELDS else name, place(str(source)))
        for name, source in stored_map(text).items()
    ]


def read_points(text: str | None) -> list[str]:
    """Return an article's key points.

    >>> read_points('["One.", "Two."]'), read_points('{"a": 1}')
    (['One.', 'Two.'], [])
    """
    return [entry for entry in stored_list(text) if isinstance(entry, str)]


def place(source: str) -> str:
    """Return where something stood in words; as it is where we have none.

    >>> place("visible text"), place("meta pubdate"), place("elsewhere")
    ('printed on the page', "the page's metadata (meta pubdate)", 'elsewhere')
    """
    family = source.partition(" ")[0]
    if source in SOURCES:
        return _(SOURCES[source])
    if family not in SOURCE_FAMILIES:
        return source
    return _("%(place)s (%(source)s)", place=_(SOURCE_FAMILIES[family]), source=source)


def _claim(entry: dict[str, Any]) -> Claim:
    def words(name: str) -> str:
        return str(entry.get(name) or "")

    precision, zone = PRECISIONS.get(words("precision"), ""), ""
    if words("at"):
        zone = _("zone %(zone)s", zone=words("zone")) if words("zone") else _("no zone given")
    agrees = entry.get("chosen") is not True and words("why") == AGREES
    return Claim(
        field=words("field"),
        raw=words("raw"),
        source=place(words("source")),
        read_as=_("read as %(time)s", time=moment(words("at")))
        if words("at")
        else _("not understood"),
        is_chosen=entry.get("chosen") is True,
        agrees=agrees,
        about=tuple(part for part in (_(precision) if precision else "", zone) if part),
        why="" if agrees else words("why"),
    )
