"""Stands before every page: few dear requests at once, a short queue, and a clear no beyond it.

Whatever is asked of Datasette's own pages, by however many, room stays for the search page and the
articles: they have turns and threads (`scraper.web.lanes`) of their own.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from scraper.web.archives import archive_names
from scraper.web.lanes import is_dear, open_lanes
from scraper.web.pace import is_pause_due, pace_templates, pause
from scraper.web.words import N_, _

App = Callable[[Any, Any, Any], Awaitable[None]]

SEARCH_PAGES = ("/-/search", "/-/attention", "/-/outlet", "/-/health", "/-/about")
DEAR_PAGES = ("/-/concordance",)
ARTICLE_PAGES = ("/-/article/", "/-/edits")  # these compare texts
EXPORTS = re.compile(r"/-/(?:search|edits|concordance|health)\.\w+")
CHEAP_PAGES = ("/-/", "/favicon.ico")  # style sheets, versions, settings: no SQL
QUERIES = ("q", "q2", "q3", "q4")
# A search of 60 words with prefix* costs 20 times one of a few words; it waits with its like.
SEARCH_MAX_CHARS = 100
ADDRESS_MAX_BYTES = 8_192  # path and query; SQL of some two pages
BODY_MAX_BYTES = 2**20  # of a POST; nothing of ours takes one
# Turns at once and waiting, by kind of page. Datasette has three threads for SQL as a rule; an
# article with many edits takes a second to compare.
TURNS = {
    "search": (8, 256),
    "wide search": (1, 16),
    "article": (2, 128),
    "export": (2, 8),
    "data": (2, 32),
}
QUICK = ("search", "article")
WAIT_SECONDS = 8.0  # for a turn; then the answer is 503
MAKE_SECONDS = 20.0  # to begin an answer: a page with fifty facets of 2 s each does not get there
TAKE_SECONDS = 60.0  # for a visitor to take the whole answer, once it has begun
EXPORT_SECONDS = 1_800.0  # to take an export: 100 MB, Datasette's limit of one, at 60 kB a second
EXPORT_PAGE_ROWS = 50  # read at once of a stock table: as many of the longest texts fit a result
PIECE_BYTES = 65_536  # handed over at once; what is not taken yet waits here, and the turn with it
RETRY_SECONDS = 5
BUSY = N_("The archive is busy with other large requests. Please try again in a few seconds.")
TOO_DEAR = N_(
    "This took too long to make. Please ask for less of it: fewer facets, a narrower search."
)


def with_gate(app: App, datasette: Any) -> App:
    """Wrap Datasette's application, where an archive is open; all else goes on as it did."""
    open_lanes(datasette)
    pace_templates(datasette)
    gate = Gate(app, datasette.setting("base_url"))

    async def gated(scope: Any, receive: Any, send: Any) -> None:
        is_ours = scope["type"] == "http" and await archive_names(datasette)
        await (gate if is_ours else app)(scope, receive, send)

    return gated


class Busy(Exception):
    """There is no turn to be had within WAIT_SECONDS."""


class Turns:
    """So many at once, so many waiting."""

    def __init__(self, at_once: int, waiting_max: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._waiting, self._waiting_max = 0, waiting_max

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it.

        Raises:
            Busy: too many wait already, or it took too long.
        """
        if self._free.locked() and self._waiting >= self._waiting_max:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


class Gate:
    """An ASGI application around Datasette's; `base` is its base_url."""

    def __init__(self, app: App, base: str) -> None:
        self._app, self._base = app, base.rstrip("/")
        self._turns = {kind: Turns(*bounds) for kind, bounds in TURNS.items()}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, in its turn."""
        path = scope["path"].removeprefix(self._base)
        refusal = _refusal(scope)
        if refusal:
            await _answer(scope, send, *refusal)
        elif (kind := _kind(path, scope["query_string"])) is None:
            await self._app(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD"):
            await _while_present(self._in_turn(kind, scope, receive, send), receive)
        else:
            await self._in_turn(kind, scope, receive, send)

    async def _in_turn(self, kind: str, scope: Any, receive: Any, send: Any) -> None:
        is_dear.set(kind not in QUICK)
        try:
            async with self._turns[kind].turn():
                await self._make(kind, scope, receive, send)
        except Busy:
            await _answer(scope, send, 503, BUSY)

    async def _make(self, kind: str, scope: Any, receive: Any, send: Any) -> None:
        has_begun = False
        take_seconds = EXPORT_SECONDS if kind == "export" else TAKE_SECONDS
        if kind == "export" and not EXPORTS.fullmatch(scope["path"].removeprefix(self._base)):
            scope = scope | {"query_string": _in_small_pages(scope["query_string"])}
        try:
            async with asyncio.timeout(MAKE_SECONDS) as clock:

                async def hand_over(message: Any) -> None:
                    nonlocal has_begun
                    if not has_begun:
                        clock.reschedule(asyncio.get_running_loop().time() + take_seconds)
                    has_begun = True
                    for piece in _pieces(message):
                        await send(piece)
                    if is_pause_due():
                        await pause()

                await self._app(scope, receive, hand_over)
        except TimeoutError:  # a visitor who stopped taking finds the answer cut short
            if not has_begun:
                await _answer(scope, send, 503, TOO_DEAR)


async def _while_present(work: Coroutine[Any, Any, None], receive: Any) -> None:
    """Do the work for a GET request, and stop when the visitor has left."""

    async def left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    task, leaving = asyncio.ensure_future(work), asyncio.ensure_future(left())
    try:
        await asyncio.wait((task, leaving), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        task.cancel()
        leaving.cancel()
        await asyncio.gather(task, leaving, return_exceptions=True)


def _kind(path: str, query: bytes) -> str | None:
    """Return whose turn a page takes, None if it needs none.

    >>> _kind("/-/search", b"q=harbour"), _kind("/-/search", b"q=ha*"), _kind("/-/versions", b"")
    ('search', 'wide search', None)
    >>> _kind("/archive/articles.csv", b"_stream=on"), _kind("/archive", b"sql=select+1")
    ('export', 'data')
    >>> _kind("/archive/articles.csv", b"_strea%6d=on"), _kind("/-/search.csv", b"q=harbour")
    ('export', 'export')
    """
    asked = parse_qs(query.decode("latin-1"))
    if EXPORTS.fullmatch(path):
        return "export"
    if path.startswith(DEAR_PAGES):
        return "wide search"
    if path == "/" or path.startswith(SEARCH_PAGES):
        wanted = " ".join(value for name in QUERIES for value in asked.get(name, ()))
        is_wide = "*" in wanted or len(wanted) > SEARCH_MAX_CHARS
        return "wide search" if is_wide else "search"
    if path.startswith(ARTICLE_PAGES):
        return "article"
    if path.startswith(CHEAP_PAGES):
        return None
    return "export" if path.endswith(".csv") and "_stream" in asked else "data"


def _in_small_pages(query: bytes) -> bytes:
    """Return an export's query, to be read in pages of EXPORT_PAGE_ROWS whatever it asks for.

    >>> _in_small_pages(b"_stream=on&_size=max")
    b'_stream=on&_size=50'
    """
    asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    rest = [(name, value) for name, value in asked if name != "_size"]
    return urlencode([*rest, ("_size", EXPORT_PAGE_ROWS)]).encode()


def _refusal(scope: Any) -> tuple[int, str] | None:
    """Return the answer to a request that is out of bounds by its head alone."""
    if len(scope["path"]) + len(scope["query_string"]) > ADDRESS_MAX_BYTES:
        return 414, N_("The address is too long.")
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return 411, N_("Please say how long the content is.")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > BODY_MAX_BYTES:
        return 413, N_("The content is too long.")
    return None


def _pieces(message: Any) -> list[Any]:
    """Cut a long body, so that what waits for a slow visitor is counted and bounded."""
    body = message.get("body", b"")
    if len(body) <= PIECE_BYTES:
        return [message]
    more = message.get("more_body", False)
    starts = range(0, len(body), PIECE_BYTES)
    return [
        message
        | {"body": body[at : at + PIECE_BYTES], "more_body": more or at + PIECE_BYTES < len(body)}
        for at in starts
    ]


async def _answer(scope: Any, send: Any, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    told = _(words)
    body = told.encode()
    if scope["path"].endswith(".json"):
        headers[0] = (b"content-type", b"application/json; charset=utf-8")
        body = json.dumps({"ok": False, "error": told, "status": status}).encode()
    if words == BUSY:
        headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
