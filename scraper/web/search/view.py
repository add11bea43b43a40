"""One state of a page that searches: what its address asks for, and the addresses of neighbours."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scraper.archive.search import ORDERS, Search
from scraper.web.archives import archive_names

VALUE_MAX_CHARS = 200  # of one filter in the address
FILTERS = ("outlet", "language", "country", "section", "author", "month", "after", "before")
ALIASES = {"lang": "language", "date": "month"}  # as fields of the query are called
PATH = "/-/search"


@dataclass(frozen=True, slots=True)
class View:
    """A search as its address tells it; `database` is "" for the first archive."""

    path: str
    wanted: Search
    database: str

    def parts(self) -> dict[str, str]:
        """Return the search as address parameters, those in their default left out."""
        parts = {"q": self.wanted.query}
        parts |= {name: getattr(self.wanted, name) for name in (*FILTERS, "order")}
        parts["order"] = "" if parts["order"] == ORDERS[0] else parts["order"]
        parts["db"] = self.database
        return {name: value for name, value in parts.items() if value}

    def link(
        self, changes: dict[str, str] | None = None, path: str = "", fragment: str = ""
    ) -> str:
        """Return the address of the same search with some parameters changed, from its first page.

        `path` leads to another page that takes the same parameters.
        """
        parts = {name: value for name, value in (self.parts() | (changes or {})).items() if value}
        query = urlencode(parts)
        return (path or self.path) + (f"?{query}" if query else "") + fragment


async def read_view(datasette: Any, request: Any, database: str, path: str = PATH) -> View:
    """Read the search that a request asks for; what is out of bounds is cut or left out."""
    order = request.args.get("order") or ""
    asked = {ALIASES.get(name, name): request.args.get(name) or "" for name in request.args}
    filters = {name: asked.get(name, "")[:VALUE_MAX_CHARS] for name in FILTERS}
    wanted = Search(
        query=request.args.get("q") or "",
        order=order if order in ORDERS else ORDERS[0],
        cursor=(request.args.get("from") or "")[:VALUE_MAX_CHARS],
        **filters,  # type: ignore[arg-type]
    )
    first = next(iter(await archive_names(datasette)))
    return View(
        path=str(datasette.urls.path(path)),
        wanted=wanted,
        database="" if database == first else database,
    )
