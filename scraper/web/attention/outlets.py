"""The outlets of an archive as a chart needs them: what they are, and when they were collected."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from scraper.web.archives import read
from scraper.web.attention.asked import Asked
from scraper.web.attention.counts import languages_statement, outlets_statement, spans_statement
from scraper.web.attention.coverage import Span
from scraper.web.attention.periods import read_day
from scraper.web.attention.series import OTHERS


@dataclass(frozen=True, slots=True)
class Outlets:
    """All outlets: names and countries by slug, slugs by language, and when they were run."""

    names: dict[str, str]
    countries: dict[str, str]
    languages: dict[str, set[str]]
    spans: tuple[Span, ...]

    def wanted(self, asked: Asked) -> set[str]:
        """Return those that the filters leave."""
        found = set(self.names)
        for grouping in ("outlet", "country", "language"):
            if value := asked[grouping]:
                found &= self.of(grouping, value)
        return found

    def of(self, grouping: str, group: str) -> set[str]:
        """Return the outlets of a group: those that have articles in it, for a language."""
        if grouping == "outlet":
            return {group}
        if grouping == "language":
            return self.languages.get(group, set())
        return {slug for slug, country in self.countries.items() if country == group}

    def of_line(self, asked: Asked, group: str, kept: Collection[str]) -> set[str]:
        """Return the outlets of a line, beside lines of the groups `kept`."""
        wanted = self.wanted(asked)
        if group != OTHERS:
            return wanted & self.of(asked.grouping, group)
        if asked.grouping == "language":  # an outlet may have articles in several
            lesser = [slugs for tag, slugs in self.languages.items() if tag not in kept]
            return wanted & set().union(*lesser)
        return wanted.difference(*(self.of(asked.grouping, name) for name in kept))


async def read_outlets(db: Any) -> Outlets | None:
    """Read them; None if it took too long."""
    about, spans, languages = await asyncio.gather(
        read(db, outlets_statement()), read(db, spans_statement()), read(db, languages_statement())
    )
    if about is None or spans is None or languages is None:
        return None
    speaking: dict[str, set[str]] = {}
    for language, outlet in languages:
        speaking.setdefault(language, set()).add(outlet)
    runs = [(outlet, read_day(first), read_day(last)) for outlet, first, last in spans]
    return Outlets(
        {slug: name for slug, name, _ in about},
        {slug: country or "" for slug, _, country in about},
        speaking,
        tuple(Span(outlet, first, last) for outlet, first, last in runs if first and last),
    )
