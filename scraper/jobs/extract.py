"""Extracts pages that stand in no archive: of HTML and WARC files, standard input, the web."""

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import cast

from scraper.archive.warc import CAPTURE_MAX_BYTES, iter_captures
from scraper.compression import TooLarge, gunzip
from scraper.errors import PageTooCostly, PageUnreadable
from scraper.extraction.article import extract
from scraper.extraction.decoding import is_html
from scraper.extraction.page import read_page
from scraper.extraction.pool import WorkerPool
from scraper.jobs.extractions import Verdict, ahead, judge
from scraper.records import Article, Capture, Hints
from scraper.urls import http_url

STANDARD_INPUT = "-"
NOWHERE = "https://page.invalid/"  # where a page stands until it says so itself (RFC 6761)
LINKS_MAX = 500  # link elements looked at for the page's own address
NO_HINTS = Hints()
# What browsers (Internet Explorer and its heirs) and SingleFile write at the head of a saved page.
SAVED_FROM = re.compile(
    rb"(?:saved from url=\(\d{1,6}\)|saved with SingleFile\s{1,9}url: )(https?://[^\s<>\"]{1,2000})"
)
HEAD_BYTES = 4096
WARC_START, GZIP_START = b"WARC/", b"\x1f\x8b"  # ISO 28500; RFC 1952
PAGE_TYPES = ("text/html", "application/xhtml+xml")
COPIED_BYTES = 2**20
INPUT_MAX_BYTES = 4 * 2**30  # kept of a WARC file on standard input
WARC_ENDINGS = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Page:
    """One page to extract: what was asked for, and the capture, or why there is none.

    With a `note` it is no page, but something to be told of the file.
    """

    argument: str
    capture: Capture | None = None
    problem: str = ""
    note: str = ""


def read_file(name: str, url: str, pool: WorkerPool) -> Iterator[Page]:
    """Yield the pages of a file: one of HTML, every HTML response of a WARC file.

    What a file is, is told by its first bytes; one that is gzipped is unpacked.

    Args:
        name: the file's path, "-" for standard input.
        url: where the page was found; "" for what the page says itself.
        pool: workers, as a page is parsed to find its address.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        if name == STANDARD_INPUT:
            yield from _read_stream(name, cast(BufferedReader, sys.stdin.buffer), now, url, pool)
        else:
            with Path(name).open("rb") as stream:
                # "Three hours ago" is meant of when the page was saved.
                saved_at = datetime.fromtimestamp(int(Path(name).stat().st_mtime), UTC)
                yield from _read_stream(name, stream, saved_at, url, pool)
    except OSError as error:
        yield Page(name, problem=error.strerror or str(error))


def _read_stream(
    name: str, stream: BufferedReader, captured_at: datetime, url: str, pool: WorkerPool
) -> Iterator[Page]:
    if name.endswith(WARC_ENDINGS) or is_warc(stream.peek(HEAD_BYTES)):
        yield from _read_warc(name, stream, url)
        return
    body = stream.read(CAPTURE_MAX_BYTES + 1)
    try:
        if body.startswith(GZIP_START):
            body = gunzip(body, CAPTURE_MAX_BYTES)
        problem = f"it is larger than {CAPTURE_MAX_BYTES} bytes" * (len(body) > CAPTURE_MAX_BYTES)
        if body.strip() and not is_html(Capture(NOWHERE, body)):
            problem = problem or "not HTML"
        address = problem or url or pool.submit(name, stated_url, body).result()
    except (PageUnreadable, PageTooCostly) as error:
        problem = error.reason
    except TooLarge as error:
        problem = f"it is too large: {error}"
    if not problem and not address:
        problem = "the page does not say where it was found: give its --url"
    if problem:
        yield Page(name, problem=problem)
    else:
        yield Page(name, Capture(address, body, captured_at=captured_at))


def is_warc(head: bytes) -> bool:
    r"""Tell a WARC file, plain or gzipped, by its first bytes.

    >>> is_warc(b"WARC/1.1\r\n"), is_warc(b"<html>")
    (True, False)
    """
    head = head[:HEAD_BYTES]
    return (gunzip(head, 0) if head.startswith(GZIP_START) else head).startswith(WARC_START)


def is_warc_file(name: str) -> bool:
    """Tell whether a path leads to a WARC file; False for what cannot be read."""
    if name.endswith(WARC_ENDINGS):
        return True
    try:
        with Path(name).open("rb") as stream:
            return is_warc(stream.read(HEAD_BYTES))
    except OSError:
        return False


def extract_arguments(
    arguments: Sequence[str],
    fetched: Mapping[str, Page],
    *,
    url: str = "",
    hints: Hints = NO_HINTS,
) -> Iterator[tuple[Page, Verdict]]:
    """Extract every page that arguments name; yield each with what came of it, in order.

    Args:
        arguments: addresses that are in `fetched`, and files (see `read_file`).
        fetched: what addresses brought.
        url: where the page of a file was found; "" for what it says itself.
        hints: of the outlet that all of them are read as.
    """
    with WorkerPool() as pool:
        pages = (
            page
            for argument in arguments
            for page in (
                [fetched[argument]] if argument in fetched else read_file(argument, url, pool)
            )
        )
        for page, future in ahead(_begun(pages, hints, pool)):
            yield page, judge(future) if future else Verdict(problem=page.problem)


def _begun(
    pages: Iterable[Page], hints: Hints, pool: WorkerPool
) -> Iterator[tuple[Page, Future[Article] | None]]:
    for page in pages:
        if page.capture is None:
            yield page, None
        else:
            yield page, pool.submit(page.capture.url, extract, page.capture, hints)


def stated_url(body: bytes) -> str:
    """Return the address an HTML page gives for itself, "" if it gives none.

    >>> stated_url(b'<html><head><link rel="canonical" href="https://example.org/a"></head>')
    'https://example.org/a'

    Raises:
        PageUnreadable: the bytes are no page.
    """
    if saved := SAVED_FROM.search(body[:HEAD_BYTES]):
        return http_url(saved[1].decode("utf-8", "replace"))
    page = read_page(Capture(NOWHERE, body), Hints())
    links = islice(page.tree.iter("link"), LINKS_MAX)
    claims: list[object] = [link.get("href") for link in links if link.get("rel") == "canonical"]
    entity = page.article.get("mainEntityOfPage")
    claims += [page.meta("og:url"), entity.get("@id") if isinstance(entity, dict) else entity]
    return next((url for c in claims if isinstance(c, str) and (url := http_url(c.strip()))), "")


def _read_warc(name: str, stream: BufferedReader, url: str) -> Iterator[Page]:
    if url:
        yield Page(name, problem="--url is for a single page, and this is a WARC file")
        return
    with contextlib.ExitStack() as stack:
        path = name
        if name == STANDARD_INPUT:  # records are found by their place in a file
            kept = stack.enter_context(tempfile.NamedTemporaryFile(suffix=".warc"))
            size = 0
            while (part := stream.read(COPIED_BYTES)) and size < INPUT_MAX_BYTES:
                size += kept.write(part)
            kept.flush()
            path = kept.name
        pages = others = 0
        for found in iter_captures([path]):
            if found.capture.status != 200 or not _is_page(found.capture):
                others += 1
                continue
            pages += 1
            yield Page(f"{name} at byte {found.offset}", found.capture)
    if not pages:
        yield Page(name, problem="no HTML response in it")
    elif others:
        yield Page(name, note=f"{others} responses that are no HTML page, or none with status 200")


def _is_page(capture: Capture) -> bool:
    """Tell whether a response is served as HTML, or looks so and is served as nothing."""
    kind = capture.header("content-type").partition(";")[0].strip().lower()
    return kind in PAGE_TYPES or (not kind and is_html(capture))
