"""What a reader asks of the attention page, as its address says it, and the addresses beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from scraper.archive.search import Search
from scraper.web.attention.periods import UNITS, read_day

QUERIES = ("q", "q2", "q3", "q4")
FILTERS = ("outlet", "language", "country", "section", "author", "after", "before")
GROUPINGS = ("outlet", "language", "country")
MEASURES = ("articles", "share")
NO_CHANGES: Mapping[str, str] = MappingProxyType({})
VALUE_MAX_CHARS = 200  # of one filter in the address


@dataclass(frozen=True, slots=True)
class Asked:
    """Queries to compare, filters for all of them, and how to count.

    Args:
        queries: one for each line, in order; none for all articles.
        filters: those of FILTERS, as `Search` has them, "" for none.
        by: one of GROUPINGS; "" for one line a query.
        unit: one of UNITS; "" for what suits the span.
        measure: one of MEASURES; "" for shares of queries and numbers of all articles.
        database: name of the archive; "" for the first.
    """

    queries: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    by: str = ""
    unit: str = ""
    measure: str = ""
    database: str = ""

    def __getitem__(self, name: str) -> str:
        """Return the value of a filter, "" if it is not set."""
        return dict(self.filters).get(name, "")

    @property
    def grouping(self) -> str:
        """Return what lines are told apart by: several queries are compared as wholes."""
        return "" if len(self.queries) > 1 else self.by

    @property
    def searched(self) -> tuple[str, ...]:
        """Return the queries whose articles are to be found; none where summaries tell enough."""
        return self.queries or (("",) if self["section"] or self["author"] else ())

    @property
    def measured(self) -> str:
        """Return the measure drawn."""
        return self.measure or ("share" if self.searched else "articles")

    @property
    def first(self) -> date | None:
        """Return the first day asked for."""
        return read_day(self["after"])

    @property
    def end(self) -> date | None:
        """Return the day after the last asked for."""
        return read_day(self["before"])

    def search(self, query: str) -> Search:
        """Return the search for the articles of one query."""
        return Search(query=query, **dict(self.filters))  # type: ignore[arg-type]

    def changed(self, changes: Mapping[str, str]) -> "Asked":
        """Return the same with some filters, or by, unit or measure, changed."""
        kept = dict(self.filters) | {name: changes[name] for name in FILTERS if name in changes}
        return replace(
            self,
            filters=tuple(kept.items()),
            by=changes.get("by", self.by),
            unit=changes.get("unit", self.unit),
            measure=changes.get("measure", self.measure),
        )

    def address(self, changes: Mapping[str, str] = NO_CHANGES) -> str:
        """Return the query part of the address that asks this."""
        asked = self.changed(changes)
        parts = dict(zip(QUERIES, asked.queries, strict=False)) | dict(asked.filters)
        parts |= {"by": asked.by, "unit": asked.unit, "measure": asked.measure}
        parts["db"] = asked.database
        return urlencode({name: value for name, value in parts.items() if value})

    def articles_address(self, changes: Mapping[str, str] = NO_CHANGES) -> str:
        """Return the query part of the address of the search for what is drawn."""
        wanted = [query for query in self.queries if query]
        query = (
            " OR ".join(f"({query})" for query in wanted) if len(wanted) > 1 else "".join(wanted)
        )
        parts = {"q": query} | dict(self.changed(changes).filters) | {"db": self.database}
        return urlencode({name: value for name, value in parts.items() if value})


def read_asked(args: Any, database: str = "") -> Asked:
    """Read the arguments of a request; what is not understood is left out."""
    queries = [(args.get(name) or "").strip() for name in QUERIES]
    chosen = {
        name: value if (value := args.get(name) or "") in allowed else ""
        for name, allowed in (("by", GROUPINGS), ("unit", UNITS), ("measure", MEASURES))
    }
    filters = {name: (args.get(name) or "")[:VALUE_MAX_CHARS] for name in FILTERS}
    filters |= _within(args.get("month") or "", filters)
    return Asked(
        queries=tuple(dict.fromkeys(query for query in queries if query)),
        filters=tuple(filters.items()),
        database=database,
        **chosen,
    )


def _within(month: str, filters: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of time that leave a month, the search page's own, and no more of it.

    >>> _within("2024-06", {"after": "2024", "before": ""})
    {'after': '2024-06', 'before': '2024-07-01'}
    """
    begin, end = read_day(month), read_day(month, is_after=True)
    first, last = read_day(filters["after"]), read_day(filters["before"])
    return {
        "after": month if begin and (not first or first < begin) else filters["after"],
        "before": end.isoformat() if end and (not last or last > end) else filters["before"],
    }
