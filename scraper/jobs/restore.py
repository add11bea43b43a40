"""Brings back from raw captures what the tables lost: their rows, and the articles on them."""

import hashlib
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from scraper.archive.articles import store_gone
from scraper.archive.captures import add_capture
from scraper.archive.mending import (
    BAD_TEXT,
    add_lost_revision,
    add_outlet,
    find_addresses,
    heal_text,
    register,
)
from scraper.archive.runs import write_outlet
from scraper.archive.values import safe_text, time_text
from scraper.archive.warc import Record, read_record
from scraper.archive.warc_files import Place
from scraper.archive.warc_members import iter_spans
from scraper.archive.writer import Archive
from scraper.errors import CaptureUnreadable
from scraper.extraction.pool import WorkerPool
from scraper.extraction.words import word_count
from scraper.jobs.extractions import (
    Extractions,
    Guidance,
    Task,
    ahead,
    delivery_of,
    store_verdict,
)
from scraper.records import Capture
from scraper.urls import canonical_url, site_of

BATCH_MAX = 200  # pages committed together
GONE = (404, 410)

# Whole pages of which the tables know neither an article nor why there is none, or of which the
# article's row is older; and those whose text is damaged in the tables.
WANTED = f"""
SELECT c.id FROM captures c WHERE c.status = 200 AND c.lost_at IS NULL
AND NOT EXISTS (SELECT 1 FROM quarantine WHERE capture = c.id)
AND NOT EXISTS (SELECT 1 FROM candidates WHERE url IN (canonical(c.url), asked(c.id))
    AND outcome IN ('no_article', 'quarantined'))
AND NOT EXISTS (SELECT 1 FROM article_urls u JOIN articles a ON a.id = u.article
    JOIN captures latest ON latest.id = a.capture
    WHERE u.url = canonical(c.url) AND latest.captured_at >= c.captured_at
    AND a.field_sources <> '{{}}')
UNION SELECT capture FROM articles WHERE {BAD_TEXT}
UNION SELECT capture FROM revisions WHERE {BAD_TEXT}
"""
# All pages of articles that miss revisions.
GAPS = """
SELECT c.id FROM articles a JOIN article_urls u ON u.article = a.id AND u.kind <> 'offered'
JOIN captures c ON canonical(c.url) = u.url AND c.status = 200 AND c.lost_at IS NULL
WHERE a.field_sources = '{}' OR (a.revision_count, a.revision_count) <>
    (SELECT COUNT(*), COALESCE(MAX(number), 0) FROM revisions r WHERE r.article = a.id)
"""

# Rows whose capture had lost its own, which came back under another number.
RELINKED = (
    "UPDATE revisions SET capture = (SELECT c.id FROM captures c "
    "WHERE c.captured_at = revisions.captured_at AND c.status = 200 AND canonical(c.url) IN "
    "(SELECT url FROM article_urls WHERE article = revisions.article)) WHERE capture IS NULL",
    "UPDATE articles SET capture = (SELECT r.capture FROM revisions r "
    "WHERE r.article = articles.id ORDER BY number DESC LIMIT 1) WHERE capture IS NULL",
)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Restored:
    """What was brought back: rows of captures, and pages by what came of them.

    `moved` counts captures found at another place than their row said, `mended` those that are
    another capture than their row said, `healed` texts and
    `revisions` that were put back.

    `lost` counts captures without a whole record, `cut` are files that end in the middle of a
    record, and where that begins.
    """

    captures: int = 0
    moved: int = 0
    mended: int = 0
    healed: int = 0
    revisions: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    damaged_bytes: int = 0
    cut: list[tuple[Path, int]] = field(default_factory=list)


class _Found(NamedTuple):
    place: Place
    record: Record
    sha256: str


def restore(archive: Archive, directory: Path, guidance: Guidance, pool: WorkerPool) -> Restored:
    """Read every capture file; add what the tables miss, oldest first; mark what is lost.

    Everything is committed in batches and may be done again: what is there stays.

    Raises:
        OSError: a capture file cannot be read.
    """
    return _Restoring(archive, directory, guidance, pool).run()


class _Restoring:
    def __init__(
        self, archive: Archive, directory: Path, guidance: Guidance, pool: WorkerPool
    ) -> None:
        self.archive = archive
        self.connection = archive.connection
        self.directory = directory
        self.guidance = guidance
        self.pool = pool
        self.done = Restored()
        self.whole: set[int] = set()
        self.responses: dict[tuple[str, str], int] = {}  # by address and digest, the first
        self.revisits: list[tuple[int, str, str]] = []
        self.asked: dict[int, str] = {}  # canonical form of what was asked for a capture
        self.outlets: dict[str, str] = {}  # by site
        self.gaps: set[int] = set()  # captures of articles that miss revisions

    def run(self) -> Restored:
        register(self.connection)
        self.connection.create_function("words", 1, word_count, deterministic=True)
        self.connection.create_function("asked", 1, lambda number: self.asked.get(number, ""))
        self.connection.execute("BEGIN IMMEDIATE")
        added = self._add_rows()
        self._fill_in_outlets()
        self._link_revisits()
        self._mark_lost()
        find_addresses(self.connection)
        for statement in RELINKED:
            self.connection.execute(statement)
        self.connection.execute("COMMIT")
        self._extract(added)
        self.connection.execute(
            "UPDATE articles SET word_count = words(body) WHERE word_count = 0 AND body <> ''"
        )
        return self.done

    def _add_rows(self) -> set[int]:
        """Give every whole record a row; return the new ones."""
        present = {
            (row["warc_file"], row["warc_offset"]): row
            for row in self.connection.execute(
                "SELECT id, warc_file, warc_offset, url, captured_at, sha256 FROM captures"
            ).fetchall()
        }
        spare = []
        for place in self._places():
            found = self._read(place)
            if found is None:
                continue
            row = present.get((place.file, place.offset))
            if row is None:
                spare.append(place)
            else:
                self._agree(row, found)
        return {number for place in spare for number in self._add(place)}

    def _agree(self, row: sqlite3.Row, found: _Found) -> None:
        """Let a row say what its record says, which has a digest to be believed by."""
        capture = found.record.capture
        key = (safe_text(capture.url), time_text(capture.captured_at), found.sha256)
        if key != (row["url"], row["captured_at"], row["sha256"]):
            self.done.mended += self.connection.execute(
                "UPDATE OR IGNORE captures SET url = ?, captured_at = ?, sha256 = ? WHERE id = ?",
                (*key, row["id"]),
            ).rowcount
        self._note(row["id"], found)

    def _places(self) -> Iterable[Place]:
        for path in sorted(self.directory.glob("*.warc.gz")):
            for span in iter_spans(path):
                if span.kind == "whole":
                    yield Place(path.name, span.offset, span.length)
                elif span.kind == "cut":
                    self.done.cut.append((path, span.offset))
                else:
                    self.done.damaged_bytes += span.length

    def _read(self, place: Place) -> _Found | None:
        """Return a record whose payload is what its digest says, None for others."""
        try:
            record = read_record(self.directory, place.file, place.offset)
        except CaptureUnreadable as error:
            logger.warning("%s", error)
            return None
        if record is None or not record.sha256:
            return None
        digest = record.sha256
        if not record.is_revisit and hashlib.sha256(record.capture.body).hexdigest() != digest:
            return None
        return _Found(place, record, digest)

    def _add(self, place: Place) -> list[int]:
        found = self._read(place)
        if found is None:
            return []
        capture = found.record.capture
        row = self.connection.execute(
            "SELECT id FROM captures WHERE url = ? AND captured_at = ? AND sha256 = ?",
            (safe_text(capture.url), time_text(capture.captured_at), found.sha256),
        ).fetchone()
        if row is None:
            outlet = found.record.outlet or self._outlet_of(capture.url)
            add_outlet(self.connection, outlet, capture.url, time_text(capture.captured_at))
            number = add_capture(self.archive, capture, outlet, found.sha256, place)
            self.done.captures += 1
        elif row["id"] not in self.whole:
            number = row["id"]
            self.connection.execute(
                "UPDATE captures SET warc_file = ?, warc_offset = ?, warc_bytes = ? WHERE id = ?",
                (*place, number),
            )
            self.done.moved += 1
        else:
            return []
        self._note(number, found)
        return [number] if row is None else []

    def _note(self, number: int, found: _Found) -> None:
        capture = found.record.capture
        self.whole.add(number)
        if capture.requested_url:
            self.asked[number] = canonical_url(capture.requested_url)
        key = (safe_text(capture.url), found.sha256)
        if found.record.is_revisit:
            self.revisits.append((number, *key))
        else:
            self.responses.setdefault(key, number)

    def _link_revisits(self) -> None:
        for number, url, sha256 in self.revisits:
            original = self.responses.get((url, sha256))
            if original is None:
                self.whole.discard(number)  # its payload is lost
            self.connection.execute(
                "UPDATE captures SET revisit_of = ?1, "
                "body_bytes = (SELECT body_bytes FROM captures WHERE id = ?1) "
                "WHERE id = ?2 AND revisit_of IS NOT ?1 AND ?1 IS NOT NULL",
                (original, number),
            )

    def _mark_lost(self) -> None:
        if not any(self.directory.glob("*.warc.gz")):
            return  # a wrong path, or a disk that is not there: verify tells of it
        now = time_text(self.archive.warc.clock())
        rows = self.connection.execute("SELECT id, lost_at, pruned_at FROM captures").fetchall()
        for row in rows:
            is_lost = row["id"] not in self.whole
            self.done.lost += is_lost and row["pruned_at"] is None
            if is_lost != (row["lost_at"] is not None):
                self.connection.execute(
                    "UPDATE captures SET lost_at = ?, pruned_at = NULL WHERE id = ?",
                    (now if is_lost else None, row["id"]),
                )

    def _fill_in_outlets(self) -> None:
        """Write what is declared of outlets of which only the name came back."""
        unknown = self.connection.execute(
            "SELECT slug, added_at FROM outlets WHERE languages = '[]'"
        )
        for row in unknown.fetchall():
            if outlet := self.guidance.outlets.get(row["slug"]):
                added_at = datetime.fromisoformat(row["added_at"])
                write_outlet(self.archive, row["slug"], outlet, is_declared=True, added_at=added_at)

    def _outlet_of(self, url: str) -> str:
        """Return the outlet of a page whose record does not say it: that of its site."""
        if not self.outlets:
            known = self.connection.execute(
                "SELECT homepage AS url, slug AS outlet FROM outlets UNION "
                "SELECT url, outlet FROM candidates UNION SELECT url, outlet FROM articles"
            )
            self.outlets = {site_of(row["url"]): row["outlet"] for row in known}
        site = site_of(url)
        return self.outlets.setdefault(site, site or "unknown")

    def _extract(self, added: set[int]) -> None:
        """Extract pages again and store what they are, in the order they were captured."""
        self.gaps = {number for (number,) in self.connection.execute(GAPS)}
        wanted = {number for (number,) in self.connection.execute(WANTED)} | added | self.gaps
        rows = self.connection.execute("SELECT id, captured_at FROM captures").fetchall()
        order = sorted((row["captured_at"], row["id"]) for row in rows if row["id"] in wanted)
        extractions = Extractions(self.connection, self.directory, self.guidance, self.pool)
        tasks = ahead(extractions.begin(number) for _, number in order)
        self.connection.execute("BEGIN IMMEDIATE")
        for stored, task in enumerate(tasks, 1):
            if task.capture is not None and task.capture.status in (200, *GONE):
                self._store(task.number, task.capture, task)
            if stored % BATCH_MAX == 0:
                self.connection.execute("COMMIT")
                self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("COMMIT")

    def _store(self, number: int, capture: Capture, task: Task) -> None:
        delivery = delivery_of(self.archive, number, capture)
        if capture.status in GONE:
            store_gone(self.archive, delivery)
            self.done.pages["gone"] += 1
            return
        verdict = task.verdict()
        article = verdict.article
        if article is not None:
            self.done.healed += heal_text(self.connection, number, article)
        stored = store_verdict(self.archive, delivery, verdict, self.guidance.next_check)
        if isinstance(stored, str):
            self.done.pages[stored] += 1
            return
        self.done.pages[stored.outcome] += 1
        if number in self.gaps and article is not None:
            captured_at = time_text(capture.captured_at)
            self.done.revisions += add_lost_revision(
                self.connection, stored.article, number, captured_at, article
            )
