"""Facets as links: each value narrows the search, and the one in force widens it again."""

from collections.abc import Iterable
from typing import Any

from scraper.archive.estimates import FACETS
from scraper.archive.search import Facet
from scraper.web.search.view import FILTERS, View
from scraper.web.words import N_, _, country_name, day_words, language_name, month_words

NAMES = {
    "outlet": N_("Outlet"),
    "country": N_("Country"),
    "language": N_("Language"),
    "section": N_("Section"),
    "author": N_("Author"),
    "month": N_("Month"),
}
OPEN = 3  # facets unfolded at first; the rest opens at a click


def label(facet: str, value: str, written: str = "") -> str:
    """Return a facet's value in words."""
    words = {"language": language_name, "country": country_name, "month": month_words}
    return words[facet](value) if facet in words else written or value


def chips(view: View, found: Iterable[Facet]) -> list[dict[str, str]]:
    """List the filters in force, each with the address without it."""
    labels = {(facet.facet, facet.value): facet.label for facet in found}
    shown = []
    for name in FILTERS:
        if value := getattr(view.wanted, name):
            words = label(name, value, labels.get((name, value), ""))
            if name == "after":
                words = _("from %(day)s", day=day_words(month_words(value)))
            elif name == "before":
                words = _("before %(day)s", day=day_words(month_words(value)))
            shown.append({"label": words, "link": view.link({name: ""})})
    return shown


def facets(view: View, found: list[Facet]) -> list[dict[str, Any]]:
    """Group facet values by facet, each with the address that narrows to it, or widens again."""
    groups = []
    for number, name in enumerate(FACETS):
        chosen = getattr(view.wanted, name)
        values = [
            {
                "label": label(name, facet.value, facet.label),
                "count": facet.count,
                "is_chosen": facet.value == chosen,
                "link": view.link({name: "" if facet.value == chosen else facet.value}),
            }
            for facet in found
            if facet.facet == name
        ]
        is_open = number < OPEN or bool(chosen)
        groups.append({"name": _(NAMES[name]), "values": values, "is_open": is_open})
    return [group for group in groups if group["values"]]
