"""Extractions of stored captures: handed to the pool with all that is known, judged and stored."""

import json
import logging
import sqlite3
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from scraper.archive.articles import Stored, store_article, store_no_article, store_quarantine
from scraper.archive.candidates import find_candidate, offer
from scraper.archive.captures import load_capture
from scraper.archive.values import safe_text
from scraper.archive.writer import Archive
from scraper.errors import CaptureUnreadable, NotAnArticle, PageTooCostly, PageUnreadable
from scraper.extraction.article import extract
from scraper.extraction.pool import WorkerPool
from scraper.records import Article, Candidate, Capture, Delivery, Hints, Outlet
from scraper.urls import canonical_url, same_site

IN_FLIGHT_MAX = 6  # pages with the workers at once

NextCheck = Callable[[datetime | None, datetime], datetime | None]
T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the tables do not hold, or lost: outlets by slug, selectors, the rhythm of revisits."""

    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    hints: Mapping[str, Hints] = field(default_factory=dict)
    next_check: NextCheck = lambda since, captured_at: None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What extraction made of a page: an article, why it is none, or why it could not tell."""

    article: Article | None = None
    no_article: str = ""
    kind: str = ""
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A stored capture on its way through the pool.

    `capture` is None when it cannot be read, and `problem` says why; `future` is None for answers
    that are no page. `asked` are addresses on whose site the page has to be.
    """

    number: int
    capture: Capture | None = None
    asked: tuple[str, ...] = ()
    future: Future[Article] | None = None
    problem: str = ""

    def verdict(self, *, is_known: bool = False) -> Verdict:
        """Wait for the workers; never raises for what a page may provoke.

        `is_known` is for pages of articles, whose site has been judged when they were stored.
        """
        if self.capture is None or self.future is None:
            return Verdict(problem=self.problem or "no page")
        if not is_known and not any(same_site(url, self.capture.url) for url in self.asked if url):
            return Verdict(no_article="redirected to another site")
        return judge(self.future)


def judge(future: Future[Article]) -> Verdict:
    """Wait for an extraction; return what it made of the page, whatever it raised."""
    try:
        return Verdict(future.result())
    except NotAnArticle as error:
        return Verdict(no_article=error.reason, kind=str(getattr(error, "kind", "")))
    except (PageUnreadable, PageTooCostly) as error:
        return Verdict(problem=error.reason, detail=str(error))
    except Exception as error:  # an edge, as in a crawl: a fault costs one page
        trace = "".join(traceback.format_exception(error))
        return Verdict(problem=f"{type(error).__name__}: {error}", detail=trace)


class Extractions:
    """Hands captures of one archive to the workers, each with its outlet's hints and listing."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        directory: Path,
        guidance: Guidance,
        pool: WorkerPool,
    ) -> None:
        self.connection = connection
        self.directory = directory
        self.guidance = guidance
        self.pool = pool

    def begin(self, number: int) -> Task:
        """Load a capture and send it off."""
        try:
            capture = load_capture(self.connection, self.directory, number)
        except CaptureUnreadable as error:
            logger.warning("%s", error)
            return Task(number, problem=str(error))
        if capture.status != 200:
            return Task(number, capture)
        row = self.connection.execute(
            "SELECT slug, name, timezone, languages, homepage, is_declared FROM captures "
            "JOIN outlets ON slug = outlet WHERE captures.id = ?",
            (number,),
        ).fetchone()
        link = capture.requested_url or capture.url
        candidate = find_candidate(self.connection, canonical_url(link) or safe_text(link))
        hints = replace(self._hints(row), candidate=candidate or Candidate(link))
        future = self.pool.submit(capture.url, extract, capture, hints)
        return Task(number, capture, (link, row["homepage"]), future)

    def _hints(self, row: sqlite3.Row) -> Hints:
        """Return the hints of an outlet: as it is declared now, else as it was when crawled."""
        hints = self.guidance.hints.get(row["slug"], Hints())
        outlet = self.guidance.outlets.get(row["slug"])
        if outlet is None:
            languages = tuple(json.loads(row["languages"]))
            # Of an outlet that nobody declared the clock is unknown, though its row says UTC.
            timezone = row["timezone"] if row["is_declared"] else ""
            outlet = Outlet(row["name"], "", languages, timezone)
        return replace(
            hints,
            timezone=outlet.timezone,
            languages=outlet.languages,
            site_name=outlet.name,
        )


def ahead(items: Iterable[T], most: int = IN_FLIGHT_MAX) -> Iterator[T]:
    """Yield items in order, each only when `most` that follow have been begun.

    >>> list(ahead(range(4), 2))
    [0, 1, 2, 3]
    """
    begun: deque[T] = deque()
    for item in items:
        begun.append(item)
        if len(begun) > most:
            yield begun.popleft()
    while begun:
        yield begun.popleft()


def delivery_of(archive: Archive, number: int, capture: Capture) -> Delivery:
    """Return a stored capture as its crawl delivered it, its address offered if it never was."""
    row = archive.connection.execute(
        "SELECT crawl_run, outlet FROM captures WHERE id = ?", (number,)
    ).fetchone()
    link = capture.requested_url or capture.url
    offered = [(canonical_url(link) or safe_text(link), Candidate(link))]
    (standing,), _ = offer(archive, row["outlet"], None, offered, capture.captured_at)
    return Delivery(row["outlet"], row["crawl_run"], standing, capture)


def store_verdict(
    archive: Archive, delivery: Delivery, verdict: Verdict, next_check: NextCheck
) -> Stored | str:
    """Store what a page is as a crawl does; return what became of it."""
    captured_at, since = delivery.capture.captured_at, delivery.standing.since
    if verdict.article is not None:
        due = next_check(verdict.article.published_at or since, captured_at)
        return store_article(archive, delivery, verdict.article, due)
    due = next_check(since, captured_at)
    if verdict.problem:
        store_quarantine(archive, delivery, verdict.problem, verdict.detail, due)
        return "quarantined"
    store_no_article(archive, delivery, verdict.no_article, due)
    return "no_article"
