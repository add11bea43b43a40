"""Makes records again from stored captures, with the extractor of today."""

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.archive.articles import store_quarantine
from scraper.archive.authors import drop_unused_names
from scraper.archive.database import (
    checkpoint,
    open_writer,
    optimise,
    pending_copy,
    reading,
    reading_as_migrated,
)
from scraper.archive.lock import ArchiveLock
from scraper.archive.mending import place_earlier_text
from scraper.archive.renewal import captures_of, plan_renewal, renew
from scraper.archive.storage import storage_trouble, telling_trouble, undone_alone
from scraper.archive.values import time_text
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from scraper.errors import ArchiveMissing, CapturesMissing, UnknownOutlet, near_names
from scraper.extraction.article import extractor_version
from scraper.extraction.pool import WorkerPool
from scraper.jobs.comparison import Comparison, Trouble
from scraper.jobs.extractions import (
    IN_FLIGHT_MAX,
    Extractions,
    Guidance,
    Task,
    Verdict,
    ahead,
    delivery_of,
    store_verdict,
)
from scraper.records import Article, Capture
from scraper.urls import canonical_url

BATCH_MAX = 200  # records committed together
BATCH_SECONDS = 5.0  # after which they are committed, however few
CAPTURES_PER_WORKER = 4  # with the workers at once: an article's end takes a place of its own

# What an interrupted run has not reached comes first, then by number.
ARTICLES = """
SELECT a.id FROM articles a LEFT JOIN captures c ON c.id = a.capture
WHERE {wanted} ORDER BY a.extractor IS :extractor, a.id
"""
# Pages that led to no article: quarantined ones, and those that were none.
PAGES = """
SELECT c.id FROM captures c WHERE c.status = 200 AND c.lost_at IS NULL AND {wanted}
AND NOT EXISTS (SELECT 1 FROM revisions WHERE capture = c.id)
AND NOT EXISTS (SELECT 1 FROM articles WHERE capture = c.id)
AND (EXISTS (SELECT 1 FROM quarantine WHERE capture = c.id) OR NOT EXISTS
    (SELECT 1 FROM article_urls WHERE url = canonical(c.url) AND kind = 'final'))
ORDER BY c.captured_at, c.id
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are made again: all that every condition lets through.

    Args:
        outlets: their slugs; none for all.
        since: captured then or later; None for ever.
        is_outdated: only those of another extractor than today's.
    """

    outlets: tuple[str, ...] = ()
    since: datetime | None = None
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: records and pages looked at, of how many."""

    done: int
    total: int
    changed: int


Observer = Callable[[Progress], None]


def reextract(
    path: Path | str,
    captures_dir: Path | str,
    selection: Selection,
    *,
    guidance: Guidance | None = None,
    workers: WorkerPool | int = 2,
    is_dry_run: bool = False,
    observer: Observer = lambda progress: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Make records again from their captures; say what changed, field by field.

    A record made again from the same captures is no revision: texts are replaced where they
    stand. What cannot be made again stays as it is. Captures that led to no article are tried
    again, too, and stored as a crawl stores them if they now do. Everything is committed in
    batches, so that a run that ends early has lost nothing; the next goes on where it stopped.

    Args:
        path: the archive.
        captures_dir: its raw captures.
        selection: which records.
        guidance: what is known of outlets besides the tables.
        workers: how many processes extract, or a pool of them.
        is_dry_run: only compare; neither the archive nor anything beside it is written.
        observer: told of every record.
        should_stop: asked between records.

    Raises:
        ArchiveMissing: there is no file.
        CapturesMissing: there is no such folder.
        ArchiveBusy: another process is writing to it.
        ArchiveTooNew, ArchiveUnreadable, ArchiveUnwritable, IndexOutdated: see `open_writer`.
        UnknownOutlet: the archive has none of that name.
    """
    path, directory = Path(path), Path(captures_dir)
    if not path.exists():
        raise ArchiveMissing(str(path))
    with contextlib.ExitStack() as stack:
        if not is_dry_run:  # before anything is read: who holds it is to be told
            stack.enter_context(ArchiveLock(path, "reextract"))
        with reading(path) as reader:
            backup = pending_copy(path, reader)
            if not directory.is_dir() and reader.execute("SELECT 1 FROM captures").fetchone():
                raise CapturesMissing(str(directory))
        if is_dry_run:
            connection = stack.enter_context(reading_as_migrated(path))
        else:
            stack.enter_context(telling_trouble(path))
            connection = stack.enter_context(contextlib.closing(open_writer(path)))
        warc = stack.enter_context(contextlib.closing(WarcWriter(directory)))
        count = 0
        if isinstance(workers, int):
            count, workers = workers, stack.enter_context(WorkerPool(workers))
        run = _Reextracting(
            Archive(connection, warc),
            Extractions(connection, directory, guidance or Guidance(), workers),
            is_dry_run,
            should_stop,
        )
        run.found.backup = str(backup or "")
        run.observer, run.in_flight = observer, max(IN_FLIGHT_MAX, count * CAPTURES_PER_WORKER)
        return run.run(selection)


class _Reextracting:
    def __init__(
        self,
        archive: Archive,
        extractions: Extractions,
        is_dry_run: bool,
        should_stop: Callable[[], bool],
    ) -> None:
        self.archive = archive
        self.connection = archive.connection
        self.extractions = extractions
        self.is_dry_run = is_dry_run
        self.should_stop = should_stop
        self.observer: Observer = lambda progress: None
        self.in_flight = IN_FLIGHT_MAX
        self.found = Comparison(extractor_version(), is_dry_run)
        self.batch, self.batch_began = 0, 0.0
        self.done = self.total = 0
        self.lost: set[int] = set()

    def run(self, selection: Selection) -> Comparison:
        self.connection.create_function("canonical", 1, canonical_url, deterministic=True)
        self._check_outlets(selection)
        articles, pages = self._chosen(selection)
        self.total = len(articles) + len(pages)
        try:
            for article, made in self._records(articles):
                self._renew(article, made)
                self._tell()
            for task in ahead(self._pages(pages), self.in_flight):
                self._try_page(task)
                self._tell()
            if not self.is_dry_run:  # names that were misread
                self._begin_batch()
                drop_unused_names(self.archive)
            self._commit()
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.found.is_interrupted = self.done < self.total
        if not self.is_dry_run:
            optimise(self.connection)
            checkpoint(self.connection)
        return self.found

    def _check_outlets(self, selection: Selection) -> None:
        known = [slug for (slug,) in self.connection.execute("SELECT slug FROM outlets")]
        for name in selection.outlets:
            if name not in known:
                raise UnknownOutlet(name, near_names(name, known))

    def _chosen(self, selection: Selection) -> tuple[list[int], list[int]]:
        """Return the numbers of the articles and of the captures without one."""
        values = {"extractor": self.found.extractor}
        wanted = ["1"]
        if selection.outlets:
            marks = {f"outlet{n}": slug for n, slug in enumerate(selection.outlets)}
            values |= marks
            wanted.append(f"{{table}}.outlet IN ({', '.join(f':{mark}' for mark in marks)})")
        if selection.since is not None:
            values["since"] = time_text(selection.since)
            wanted.append("c.captured_at >= :since")
        condition = " AND ".join(wanted)
        of_articles, of_pages = condition.format(table="a"), condition.format(table="c")
        if selection.is_outdated:
            of_articles += " AND a.extractor IS NOT :extractor"
        lost = self.connection.execute("SELECT id FROM captures WHERE lost_at IS NOT NULL")
        self.lost = {number for (number,) in lost}
        articles = ARTICLES.format(wanted=of_articles)
        return (
            [number for (number,) in self.connection.execute(articles, values)],
            [n for (n,) in self.connection.execute(PAGES.format(wanted=of_pages), values)],
        )

    def _records(self, articles: list[int]) -> Iterator[tuple[int, dict[int, Article]]]:
        """Yield each article with the records made of its captures."""
        made: dict[int, Article] = {}
        for article, task in ahead(self._tasks(articles), self.in_flight):
            if task is None:
                yield article, made
                made = {}
                continue
            verdict = task.verdict(is_known=True)
            if verdict.article is not None:
                made[task.number] = verdict.article
            else:
                self._note(self._trouble_of_article(article, verdict), verdict)

    def _tasks(self, articles: list[int]) -> Iterator[tuple[int, Task | None]]:
        """Yield the captures of each article, sent off, and None behind the last of them."""
        for article in articles:
            if self.should_stop():
                return
            for number in captures_of(self.connection, article):
                if number in self.lost:
                    self.found.captures_lost += 1
                else:
                    yield article, self.extractions.begin(number)
            yield article, None

    def _renew(self, article: int, made: dict[int, Article]) -> None:
        """Make the rows of an article again; a fault costs this article and no other."""
        try:
            renewal = plan_renewal(self.connection, article, made)
            if not self.is_dry_run:
                self._begin_batch()
                with undone_alone(self.connection):
                    renew(self.archive, renewal)
        except Exception as error:  # an edge: what a page or a row may provoke
            self._pass_over(error, self._url_of(article), article)
        else:
            self.found.add(renewal, is_made=bool(made))
        self._end_batch()

    def _pass_over(self, error: Exception, url: str, article: int = 0) -> None:
        """Count a record that could not be stored as failed, its trace in the log.

        Raises:
            Exception: the archive itself is in trouble, and so is every record.
        """
        if isinstance(error, sqlite3.OperationalError) or storage_trouble("", error):
            raise error
        logger.error("%s is not made again", url, exc_info=error)
        self.found.failed.add(Trouble(article, url, f"{type(error).__name__}: {error}"))

    def _pages(self, captures: list[int]) -> Iterator[Task]:
        for number in captures:
            if self.should_stop():
                return
            yield self.extractions.begin(number)

    def _try_page(self, task: Task) -> None:
        """Store a page that is an article after all, or was in quarantine and is none."""
        verdict = task.verdict()
        self.found.pages_tried += 1
        is_settled = verdict.article or (verdict.no_article and self._held(task.number))
        if not is_settled or task.capture is None:
            return
        title = verdict.article.title if verdict.article else ""
        if self.is_dry_run:
            outcome = "article" if verdict.article else "no_article"
            self.found.add_page(outcome, task.capture.url, title)
            return
        self._begin_batch()
        try:
            with undone_alone(self.connection):
                outcome = self._store_page(task.number, task.capture, verdict)
        except Exception as error:  # an edge, as for articles
            self._pass_over(error, task.capture.url)
        else:
            self.found.add_page(outcome, task.capture.url, title)
        self._end_batch()

    def _held(self, number: int) -> sqlite3.Row | None:
        """Return what quarantine says of a capture."""
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT reason, detail FROM quarantine WHERE capture = ?", (number,)
        ).fetchone()
        return row

    def _store_page(self, number: int, capture: Capture, verdict: Verdict) -> str:
        delivery = delivery_of(self.archive, number, capture)
        next_check = self.extractions.guidance.next_check
        held = self._held(number)
        stored = store_verdict(self.archive, delivery, verdict, next_check)
        if isinstance(stored, str) or stored.outcome != "unchanged" or verdict.article is None:
            return stored if isinstance(stored, str) else stored.outcome
        # A look between two that were read may hold an edit that neither of them shows.
        captured_at = time_text(capture.captured_at)
        placed = place_earlier_text(
            self.connection, stored.article, number, captured_at, verdict.article
        )
        if placed in ("revised", "unchanged"):
            return placed
        if held is not None:
            store_quarantine(self.archive, delivery, held["reason"], held["detail"])
        return "quarantined" if held is not None else "unchanged"

    def _url_of(self, article: int) -> str:
        row = self.connection.execute("SELECT url FROM articles WHERE id = ?", (article,))
        return str(row.fetchone()["url"])

    def _trouble_of_article(self, article: int, verdict: Verdict) -> Trouble:
        reason = verdict.no_article or verdict.problem
        return Trouble(article, self._url_of(article), reason, verdict.kind)

    def _note(self, trouble: Trouble, verdict: Verdict) -> None:
        if verdict.problem:
            logger.warning("%s is not extracted again: %s", trouble.url, trouble.reason)
            self.found.failed.add(trouble)
        else:
            self.found.no_article.add(trouble)

    def _begin_batch(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
            self.batch, self.batch_began = 0, time.monotonic()

    def _end_batch(self) -> None:
        if not self.connection.in_transaction:
            return
        self.batch += 1
        if self.batch >= BATCH_MAX or time.monotonic() - self.batch_began > BATCH_SECONDS:
            self._commit()

    def _commit(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")

    def _tell(self) -> None:
        self.done += 1
        self.observer(Progress(self.done, self.total, self.found.changed))
