"""A small web site on loopback whose pages are given as a mapping, for tests of the crawl."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass
class Answer:
    """One response; with `chunks`, its body is sent piece by piece and its length is not told."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    chunks: Callable[[], Iterable[bytes]] | None = None


@dataclass
class Asked:
    """One request that came."""

    path: str
    headers: dict[str, str]
    at: float


Page = Answer | Callable[["Site"], Answer]


class Site:
    """Serves `pages` (path to Answer, or to a function that makes one) and notes what was asked."""

    def __init__(self, pages: Mapping[str, Page] | None = None) -> None:
        self.pages: dict[str, Page] = dict(pages or {})
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.origin = f"http://{self.host}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        import time

        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.path, headers, time.monotonic()))
        page = self.pages.get(request.path.partition("?")[0], Answer(b"not found", 404))
        found = page(self) if callable(page) else page
        body = found.body.encode() if isinstance(found.body, str) else found.body
        etag = found.headers.get("ETag")
        if etag is not None and headers.get("if-none-match") == etag:
            found, body = Answer(status=304, headers=found.headers), b""
        request.send_response(found.status)
        for name, value in {"Content-Type": found.kind, **found.headers}.items():
            request.send_header(name, value)
        if found.chunks is not None:
            request.send_header("Connection", "close")
            request.end_headers()
            with contextlib.suppress(OSError):  # who asked has heard enough
                for chunk in found.chunks():
                    request.wfile.write(chunk)
            request.close_connection = True
            return
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        with contextlib.suppress(OSError):
            request.wfile.write(body)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


def article(title: str, paragraphs: list[str], *, head: str = "", lang: str = "en") -> str:
    """Return an article page in plain markup."""
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f"{head}</head><body><header><nav><a href='/'>Home</a></nav></header><main><article>"
        f"<h1>{title}</h1>{body}</article></main><footer>Imprint</footer></body></html>"
    )


def feed(origin: str, items: list[tuple[str, str]]) -> str:
    """Return an RSS 2.0 feed of (path, title) items."""
    entries = "".join(
        f"<item><title>{title}</title><link>{origin}{path}</link>"
        f"<pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate></item>"
        for path, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{entries}</channel></rss>'


PARAGRAPHS = [
    "The harbour council of Varnholt voted on Monday to rebuild the northern breakwater, ending a "
    "dispute that had divided the town for eleven years and three mayors.",
    "Engineers told the meeting that the work would take about thirty months and cost 48 million "
    "marks, most of it for stone brought by barge from the quarries at Eskerlund.",
    "Fishermen welcomed the decision but asked that the channel stay open through the herring "
    "season, when half of the town's boats leave before dawn and return after dark.",
]
