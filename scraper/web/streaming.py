"""Lists taken away from a page, streamed: as many batches as there are, one held at a time."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from datasette import NotFound, Response

from scraper.exports.columns import Column, ListName
from scraper.exports.encoders import ExportUnavailable, Header, Row
from scraper.exports.formats import FORMATS, Format, formats_for
from scraper.web.words import N_, _

logger = logging.getLogger(__name__)

Batches = AsyncIterator[Sequence[Row]]
SHOWN_IN_BROWSERS = ("json", "atom")  # everything else is offered as a file to keep
NOT_INSTALLED = 501
TOO_SLOW = N_("The search took too long and was stopped: add a word, a date or an outlet.")


class TookTooLong(Exception):
    """A batch ran into a limit; what was sent so far is visibly cut short."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is taken away: which list, its columns, and the words and addresses it states."""

    name: ListName
    columns: tuple[Column, ...]
    query: str
    title: str
    page: str


class Stream:
    """A response whose body comes piece by piece; Datasette sends it by `asgi_send`."""

    def __init__(self, headers: dict[str, str], pieces: AsyncIterator[bytes]) -> None:
        self.status, self.headers, self._pieces = 200, headers, pieces

    async def asgi_send(self, send: Any) -> None:
        """Send the head with the first piece, then the rest; an error cuts the answer short."""
        first = await anext(self._pieces, b"")
        head = [(name.encode(), value.encode("latin-1")) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": head})
        await send({"type": "http.response.body", "body": first, "more_body": True})
        try:
            async for piece in self._pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except TookTooLong:  # without an end, whoever reads it sees that it is cut short
            logger.warning("%s was cut short: a part of it took too long", self.headers)
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def export_response(datasette: Any, request: Any, listing: Listing, batches: Batches) -> Any:
    """Answer with a list in the format that the address ends in, or say that it took too long.

    Raises:
        NotFound: the list cannot be had in that format.
    """
    found = wanted_format(request, listing.name)
    header = Header(
        name=listing.name,
        columns=listing.columns,
        query=listing.query,
        made_at=datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z",
        title=listing.title,
        self_url=datasette.absolute_url(request, request.full_path),
        page_url=datasette.absolute_url(request, listing.page),
    )
    try:
        first = await anext(batches, ())
        pieces = found.stream(header, _resumed(first, batches))
    except TookTooLong:  # nothing is sent yet, so that it can be said
        return Response.text(_(TOO_SLOW), status=503)
    except ExportUnavailable as error:
        return Response.text(str(error), status=NOT_INSTALLED)
    manner = "inline" if found.ending in SHOWN_IN_BROWSERS else "attachment"
    name = f"dateline-{listing.name}.{found.ending}"
    disposition = f'{manner}; filename="{name}"'
    return Stream({"content-type": found.media_type, "content-disposition": disposition}, pieces)


async def _resumed(first: Sequence[Row], rest: Batches) -> Batches:
    yield first
    async for batch in rest:
        yield batch


def wanted_format(request: Any, name: ListName) -> Format:
    """Return the format an address ends in.

    Raises:
        NotFound: there is none of that ending for this list.
    """
    found = FORMATS.get(request.url_vars.get("ending") or "")
    if found is None or name not in found.lists:
        raise NotFound("This list is not to be had in that format")
    return found


def export_links(path: str, query: str, name: ListName) -> list[dict[str, str]]:
    """Return the addresses of a list in every format, as label, ending and link.

    >>> export_links("/-/edits", "q=a", "edits")[0]["link"]
    '/-/edits.csv?q=a'
    """
    ask = f"?{query}" if query else ""
    return [
        {"label": each.label, "ending": each.ending, "link": f"{path}.{each.ending}{ask}"}
        for each in formats_for(name)
    ]
