"""Serves the world on loopback, one port per outlet, and remembers what was asked.

`python -m scraper.demo.server` serves until Ctrl-C; a POST to /__tick__ on any port moves the
world on, a GET there tells where it stands. HTTP/1.1 (RFC 9110, 9112) as far as crawlers use it:
GET and HEAD, persistent connections, conditional requests, gzip.
"""

import argparse
import asyncio
import gzip
import json
import sys
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Generic, Self, TypeVar

from scraper.demo.outlets import BASE_PORT, HOST
from scraper.demo.world import Answer, NewsWorld, World

W = TypeVar("W", bound=World)

CONTROL_PATH = "/__tick__"
HEAD_MAX_BYTES = 16 * 1024  # of a request's line and headers together
BODY_MAX_BYTES = 64 * 1024  # of a request's body, which is read and dropped
IDLE_SECONDS = 15.0  # a connection that asks nothing for so long is closed
START_SECONDS = 10.0  # for all ports to listen
REQUESTS_MAX = 100_000  # remembered; the oldest are forgotten first
GZIP_MIN_BYTES = 512  # smaller bodies gain nothing


class PortTaken(OSError):
    """A port that the demo world needs is in use."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(port, reason)
        self.port = port
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"the demo world needs port {self.port} of {HOST}, which cannot be had ({self.reason}): "
            "is another demo running? End it, or whatever listens there, and try again"
        )


@dataclass(frozen=True, slots=True)
class Request:
    """One request as an outlet saw it; header names in lower case."""

    outlet: str
    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    at: datetime


class BadRequest(ValueError):
    """A request that is no HTTP, or beyond the bounds."""


class WorldServer(Generic[W]):
    """Serves a world from a thread of its own; a context manager that starts and stops it.

    Args:
        world: what to serve; tick it whenever wanted, also while it is served.

    Attributes:
        requests: what was asked, oldest first; control requests are not counted.
    """

    def __init__(self, world: W) -> None:
        self.world = world
        self.requests: deque[Request] = deque(maxlen=REQUESTS_MAX)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started = threading.Event()
        self._problem: BaseException | None = None
        self._stop: asyncio.Event | None = None
        self._connections: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Listen on every outlet's port.

        Raises:
            PortTaken: a port is in use.
            RuntimeError: the server runs already.
            TimeoutError: the ports did not listen in time.
        """
        if self._thread is not None:
            raise RuntimeError("the demo server runs already")
        self._started.clear()
        self._problem = None
        self._thread = threading.Thread(target=self._run, name="demo-world", daemon=True)
        self._thread.start()
        if not self._started.wait(START_SECONDS):
            raise TimeoutError(f"the demo world did not start within {START_SECONDS:g} seconds")
        if self._problem is not None:
            self._thread.join()
            self._thread = None
            raise self._problem

    def stop(self) -> None:
        """Close every port and connection; harmless when not running."""
        if self._thread is None:
            return
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def address(self, slug: str) -> str:
        """Return the address an outlet listens on."""
        return HOST

    def now(self) -> datetime:
        """Return the time the outlets go by."""
        return datetime.now(UTC)

    def note(self, request: Request) -> None:
        """Remember a request."""
        self.requests.append(request)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as problem:
            # Whatever ended the thread, `start` must not wait for it in vain; it raises it again.
            self._problem = problem
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        servers: list[asyncio.Server] = []
        try:
            for slug, port in self.world.ports.items():
                servers.append(await self._listen(slug, port))
            self._started.set()
            await self._stop.wait()
        finally:
            for server in servers:
                server.close()
            for connection in self._connections:
                connection.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)

    async def _listen(self, slug: str, port: int) -> asyncio.Server:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._connections.add(task)
                task.add_done_callback(self._connections.discard)
            await self._converse(slug, reader, writer)

        try:
            return await asyncio.start_server(
                handle, self.address(slug), port, limit=HEAD_MAX_BYTES
            )
        except OSError as error:
            raise PortTaken(port, error.strerror or str(error)) from error

    async def _converse(
        self, slug: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer one connection's requests until it closes, idles or talks nonsense."""
        try:
            async with asyncio.timeout(None) as idle:
                while True:
                    idle.reschedule(asyncio.get_running_loop().time() + IDLE_SECONDS)
                    method, target, headers = await _read_request(reader)
                    writer.write(self._respond(slug, method, target, headers))
                    await writer.drain()
                    if headers.get("connection", "").lower() == "close":
                        break
        except BadRequest as error:
            writer.write(
                _message(Answer(400, "text/plain", f"{error}\n".encode()), {"Connection": "close"})
            )
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, idled, or the server stops: all that remains is to hang up
        finally:
            writer.close()

    def _respond(self, slug: str, method: str, target: str, headers: Mapping[str, str]) -> bytes:
        if target.partition("?")[0] == CONTROL_PATH:
            return self._control(slug, method, headers)
        if method not in ("GET", "HEAD"):
            answer = Answer(405, "text/plain", b"only GET and HEAD\n")
        else:
            answer = self.world.answer(slug, target)
        now = self.now()
        extra = {"Date": format_datetime(now, usegmt=True), **_answer_headers(answer)}
        if answer.status == 200 and _is_unchanged(answer, headers):
            answer = Answer(304, "", b"")
        elif "gzip" in headers.get("accept-encoding", "") and _is_compressible(answer):
            body = gzip.compress(answer.body, mtime=0)
            answer = Answer(answer.status, answer.content_type, body)
            extra["Content-Encoding"] = "gzip"
        self.note(Request(slug, method, target, answer.status, headers, now))
        return _message(answer, extra, with_body=method != "HEAD")

    def _control(self, slug: str, method: str, headers: Mapping[str, str]) -> bytes:
        # The name asked for must be ours: a web page whose name was rebound to loopback is not.
        port = self.world.ports[slug]
        if headers.get("host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            return _message(Answer(403, "text/plain", b"only by the loopback address\n"), {})
        moved = self.world.tick() if method == "POST" else False
        state = {"ticks": self.world.ticks, "moved": moved, "requests": len(self.requests)}
        return _message(Answer(200, "application/json", json.dumps(state).encode()), {})


class DemoServer(WorldServer[NewsWorld]):
    """Serves the demo world."""


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]]:
    """Return method, target and headers of the next request; its body is dropped."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.LimitOverrunError as error:
        raise BadRequest(f"a request's head may have {HEAD_MAX_BYTES} bytes") from error
    line, *fields = head[:-4].split("\r\n")
    parts = line.split(" ")
    if len(parts) != 3 or not parts[1].startswith("/"):
        raise BadRequest("the request line is not METHOD /path VERSION")
    pairs = (field.partition(":") for field in fields)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY_MAX_BYTES or "transfer-encoding" in headers:
        raise BadRequest(f"a request's body may have {BODY_MAX_BYTES} bytes, of a length told")
    await reader.readexactly(int(length))
    return parts[0], parts[1], headers


def _answer_headers(answer: Answer) -> dict[str, str]:
    headers = dict(answer.headers)
    if answer.etag:
        headers["ETag"] = answer.etag
    if answer.last_modified:
        headers["Last-Modified"] = format_datetime(answer.last_modified, usegmt=True)
    if answer.location:
        headers["Location"] = answer.location
    return headers


def _is_unchanged(answer: Answer, headers: Mapping[str, str]) -> bool:
    """Tell whether a conditional request is answered by 304 (RFC 9110, 13.2.2)."""
    if "if-none-match" in headers:
        # An ETag decides alone, by weak comparison; the date is not looked at.
        asked = {tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")}
        return bool(answer.etag) and answer.etag.removeprefix("W/") in asked
    if "if-modified-since" not in headers or answer.last_modified is None:
        return False
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except ValueError:
        return False
    if since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return answer.last_modified.replace(microsecond=0) <= since


def _is_compressible(answer: Answer) -> bool:
    is_packed = answer.content_type in ("application/gzip", "image/png")
    return len(answer.body) >= GZIP_MIN_BYTES and not is_packed


def _message(answer: Answer, extra: Mapping[str, str], with_body: bool = True) -> bytes:
    headers = {
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "Server": "demo-world",
        "Vary": "Accept-Encoding",
        **extra,
    }
    if answer.status != 304:
        headers |= {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (answer.body if with_body else b"")


def main(arguments: list[str] | None = None) -> int:
    """Serve the world until Ctrl-C; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scraper.demo.server", description=__doc__)
    parser.add_argument("--base-port", type=int, default=BASE_PORT, help="the first outlet's port")
    options = parser.parse_args(arguments)
    world = NewsWorld(base_port=options.base_port)
    try:
        with DemoServer(world):
            for slug in world.ports:
                print(f"{world.origin(slug)}/  {slug}")
            print(f"move the world on: curl -X POST {world.origin('demo-minato')}{CONTROL_PATH}")
            print("Ctrl-C ends it", flush=True)
            threading.Event().wait()
    except PortTaken as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
