"""Checks everything of an archive that can be checked: rows, search index, counts, raw captures."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from scraper.archive.database import (
    SEGMENTER,
    altered_objects,
    index_segmenter,
    missing_objects,
    open_reader,
    pending_copy,
)
from scraper.archive.edits_schema import INDEX_COLUMNS, edit_index_values, stray_edits
from scraper.archive.mending import register
from scraper.archive.pages import Damage, PageFile, page_bytes
from scraper.archive.salvage import addresses_behind, survey
from scraper.archive.schema import COLLECTED, DAY_OF, FTS_COLUMNS, SPAN_SELECT, fts_values
from scraper.archive.wal import log_path, read_log
from scraper.archive.warc import read_capture, read_revisit
from scraper.errors import ArchiveUnreadable, CaptureUnreadable
from scraper.jobs.index_comparison import SearchIndex, stray_rows

PROBLEMS_MAX = 10  # told of each check; further ones are counted
COUNTED_MAX = 10_000  # of further problems of one check

DAMAGED = "the file is damaged"  # begins what SQLite itself stumbles over
REINDEXED = " (dateline reindex mends it)"
RANGES_MAX = 5  # told of each table

# What reading a damaged file raises: SQLite's own, and what its rows hold in place of values.
READING = (sqlite3.Error, ValueError, TypeError, OverflowError, MemoryError, OSError)

COUNTS = {
    "articles": "SELECT COUNT(*) FROM articles",
    "revisions": "SELECT COUNT(*) FROM revisions",
    "search rows": "SELECT COUNT(*) FROM articles_fts_docsize",
    "captures": "SELECT COUNT(*) FROM captures",
    "capture files": "SELECT COUNT(DISTINCT warc_file) FROM captures",
    "lost captures": (
        "SELECT NULLIF(COUNT(*), 0) FROM captures WHERE lost_at IS NOT NULL AND pruned_at IS NULL"
    ),
    "pruned captures": "SELECT NULLIF(COUNT(*), 0) FROM captures WHERE pruned_at IS NOT NULL",
}

ROW_PROBLEMS = {  # what is wrong with the rows that each query finds
    f"article {{}} has no search row{REINDEXED}": (
        "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM articles_fts_docsize)"
    ),
    f"search row {{}} has no article{REINDEXED}": (
        "SELECT id FROM articles_fts_docsize WHERE id NOT IN (SELECT id FROM articles)"
    ),
    "article {} counts revisions that are not there, or misses some": (
        "SELECT id FROM articles WHERE revision_count <> "
        "(SELECT COUNT(*) FROM revisions WHERE article = articles.id)"
    ),
    "article {} has another text than its last revision": (
        "SELECT articles.id FROM articles JOIN revisions ON revisions.article = articles.id "
        "AND revisions.number = articles.revision_count WHERE revisions.title <> articles.title "
        "OR revisions.byline <> articles.byline OR revisions.body <> articles.body"
    ),
    "article {} has a text that its digest does not fit": (
        "SELECT id FROM articles WHERE content_hash <> text_hash(title, byline, body)"
    ),
    "revision {} has a text that its digest does not fit": (
        "SELECT id FROM revisions WHERE content_hash <> text_hash(title, byline, body)"
    ),
    "capture {} repeats a payload that is not the one it names": (
        "SELECT c.id FROM captures c JOIN captures o ON o.id = c.revisit_of "
        "WHERE o.sha256 <> c.sha256 OR o.revisit_of IS NOT NULL"
    ),
}

WHERE = "outlet || ', ' || COALESCE(NULLIF(language, ''), 'no language') || ', ' || "
RUN_DAY = "outlet || ', ' || substr(started_at, 1, 10)"
# Of what each summary counts how many: what it should hold, what it holds, and what it counts.
SUMMARIES = {
    "monthly count": (
        f"SELECT {WHERE} month, COUNT(*) FROM articles GROUP BY outlet, language, month",
        f"SELECT {WHERE} month, article_count FROM monthly_counts WHERE article_count",
        "articles",
    ),
    "daily count": (
        f"SELECT {WHERE} {DAY_OF.format(row='articles')}, COUNT(*) FROM articles GROUP BY 1",
        f"SELECT {WHERE} day, article_count FROM daily_counts WHERE article_count",
        "articles",
    ),
    "collected day": (
        f"SELECT {RUN_DAY}, COUNT(*) FROM crawl_runs WHERE {COLLECTED} GROUP BY 1",
        "SELECT outlet || ', ' || day, run_count FROM collected_days",
        "runs",
    ),
    "collected span": (
        f"SELECT outlet || ', ' || first || ' to ' || last, 1 FROM ({SPAN_SELECT})",
        "SELECT outlet || ', ' || first_day || ' to ' || last_day, 1 FROM collected_spans",
        "found",
    ),
}

ARTICLES_INDEX = SearchIndex(
    "articles_fts",
    FTS_COLUMNS,
    f"SELECT id, {fts_values('articles')} FROM main.articles ORDER BY id",
)
EDITS_INDEX = SearchIndex(
    "edits_fts",
    INDEX_COLUMNS,
    f"SELECT revision, {edit_index_values('edits')} FROM main.edits ORDER BY revision",
)

Check = Callable[[sqlite3.Connection], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found: how much there is, and every problem in words."""

    path: str
    counts: dict[str, int]
    problems: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Tell whether no problem was found."""
        return not self.problems

    def line(self) -> str:
        """Return the verdict in one line, or a line for each problem and what to do."""
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        if self.is_well:
            return f"{self.path} is well: {counts}"
        lines = [f"{self.path} is not well:", *self.problems]
        remedy = "reindex" if all(REINDEXED in words for words in self.problems) else "repair"
        return "\n  ".join([*lines, f"run dateline {remedy} --db {self.path}"])


def verify(path: Path | str, captures_dir: Path | str) -> Report:
    """Check an archive and its captures, changing nothing; a crawl may go on meanwhile.

    Everything is read once, in one snapshot: the search index is compared with one made anew in a
    temporary file, every capture with its digest. About 20 s for ten thousand articles.

    Raises:
        ArchiveMissing: there is no file.
    """
    return _checked(Path(path), (*TABLE_CHECKS, lambda c: _captures(c, Path(captures_dir))))


def table_problems(path: Path) -> tuple[str, ...]:
    """Return what is wrong with an archive's file, whatever its captures are."""
    return _checked(path, TABLE_CHECKS).problems


def copy_problems(path: Path) -> tuple[str, ...]:
    """Return what is wrong with a copy that has every page of what it was copied from.

    Whether search rows and counts fit the texts is not asked: what is copied byte by byte is in
    that as good as its original.
    """
    return _checked(path, COPY_CHECKS).problems


def damage_words(damages: Mapping[str, Sequence[Damage]]) -> Iterator[str]:
    """Say which rows of which tables are behind damage, a line for each table."""
    for table, places in damages.items():
        if not places:
            continue
        ranges = [_range_words(d.after, d.until) for d in places]
        kept = list(dict.fromkeys(ranges))
        more = f" and {len(kept) - RANGES_MAX} more places" if len(kept) > RANGES_MAX else ""
        yield f"{table}: {', '.join(kept[:RANGES_MAX])}{more}"


def _range_words(after: int | None, until: int | None) -> str:
    """Return a range of row numbers in words.

    >>> _range_words(None, 7), _range_words(7, 9), _range_words(9, 10), _range_words(None, None)
    ('rows up to 7', 'rows 8 to 9', 'row 10', 'all rows')
    """
    if after is None:
        return "all rows" if until is None else f"rows up to {until}"
    if until is None:
        return f"rows from {after + 1}"
    return f"row {until}" if until == after + 1 else f"rows {after + 1} to {until}"


def _checked(path: Path, checks: Sequence[Check]) -> Report:
    try:
        connection = open_reader(path)
    except ArchiveUnreadable as error:
        return Report(str(path), {}, (error.reason, *_survey(path)))
    try:
        register(connection)
        connection.execute("PRAGMA query_only = OFF")  # for the temporary index; mode=ro stays
        connection.execute("BEGIN")
        if pending_copy(path, connection):  # an older file: its migration makes these anew
            checks = [check for check in checks if check not in MADE_ANEW]
        problems = [problem for check in checks for problem in _told(check, connection)]
        if any(problem.startswith(DAMAGED) for problem in problems):
            problems += _survey(path)
        problems += _log(path)
        return Report(str(path), _counts(connection), tuple(dict.fromkeys(problems)))
    except READING as error:
        return Report(str(path), {}, (_damaged(error), *_survey(path)))
    finally:
        connection.close()


def _damaged(error: BaseException) -> str:
    return f"{DAMAGED}: {error or type(error).__name__}"


def _survey(path: Path) -> list[str]:
    """Say which rows cannot be read below SQLite, and the addresses of the articles among them."""
    try:
        with PageFile(path) as source:
            damages = survey(source)
            addresses = addresses_behind(source, damages.get("articles", ()), PROBLEMS_MAX)
    except OSError as error:
        return [f"the file cannot be read: {error}"]
    told = [f"cannot be read: {words}" for words in damage_words(damages)]
    return told + [f"cannot be read: the article at {address}" for address in addresses]


def _log(path: Path) -> list[str]:
    """Tell of a log with transactions behind damage, where SQLite does not see them."""
    try:
        size = page_bytes(path)
        hidden = read_log(log_path(path), size).hidden_commits
        if hidden:  # or a crawl began its log anew meanwhile, which looks the same, once
            hidden = read_log(log_path(path), size).hidden_commits
    except OSError as error:
        return [f"the log beside the file cannot be read: {error}"]
    return [f"the log beside the file is damaged: {hidden} changes are behind it"] if hidden else []


def _told(check: Check, connection: sqlite3.Connection) -> list[str]:
    """Run one check; return its first problems and how many there are besides."""
    told: list[str] = []
    try:
        problems = check(connection)
        told.extend(islice(problems, PROBLEMS_MAX))
        more = sum(1 for _ in islice(problems, COUNTED_MAX))
    except READING as error:
        return [*told, _damaged(error)]
    if more:
        told.append(f"{more}{' or more' if more == COUNTED_MAX else ''} others like the last")
    return told


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    counts = {}
    for name, query in COUNTS.items():
        try:
            (count,) = connection.execute(query).fetchone()
            if count is not None:
                counts[name] = int(count)
        except READING:  # told of by a check
            continue
    return counts


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    for (message,) in connection.execute(f"PRAGMA integrity_check({PROBLEMS_MAX + 1})"):
        if message != "ok":
            yield f"{DAMAGED}: {message}"


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points at a row of {parent} that is not there"


def _objects(connection: sqlite3.Connection) -> Iterator[str]:
    for name in missing_objects(connection):
        stale = ", so searches and charts will go stale" if name.startswith("trigger") else ""
        yield f"{name} is missing{stale}"
    for name in altered_objects(connection):
        yield f"{name} is damaged, so nothing can be written safely"


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    for words, query in ROW_PROBLEMS.items():
        for (number,) in connection.execute(query):
            yield words.format(number)


def _summaries(connection: sqlite3.Connection) -> Iterator[str]:
    for name, (wanted, held, things) in SUMMARIES.items():
        for one, other, kind in ((wanted, held, things), (held, wanted, "counted")):
            for where, count in connection.execute(f"{one} EXCEPT {other}"):
                yield f"{name} of {where}: {count} {kind}{REINDEXED}"


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the search index of articles with one made anew."""
    found = index_segmenter(connection)
    if found != SEGMENTER:
        yield f"the search index is of segmenter {found or 'unknown'}, not {SEGMENTER}{REINDEXED}"
        return
    for article, term in stray_rows(connection, ARTICLES_INDEX):
        yield f"the search row of article {article} is not of its text (at {term!r}){REINDEXED}"


def _edits(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the edits and their search index with those made anew from the revisions."""
    for revision in stray_edits(connection):
        yield f"the edit of revision {revision} is not what its texts say{REINDEXED}"
    if index_segmenter(connection) != SEGMENTER:
        return  # told of by another check
    for revision, term in stray_rows(connection, EDITS_INDEX):
        yield f"the search row of edit {revision} is not of its words (at {term!r}){REINDEXED}"


def _captures(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(captures)")}
    whole = "WHERE lost_at IS NULL" if "lost_at" in columns else ""
    rows = connection.execute(
        "SELECT id, warc_file, warc_offset, sha256, revisit_of FROM captures "
        f"{whole} ORDER BY warc_file, warc_offset"
    )
    for file, captures in groupby(rows, key=lambda row: row["warc_file"]):
        if not (directory / str(file)).is_file():
            count = sum(1 for _ in captures)
            yield f"{directory / file} is missing, and with it {count} captures"
            continue
        for row in captures:
            problem = _capture_problem(row, directory)
            if problem:
                yield f"capture {row['id']}: {problem}"


def _capture_problem(row: sqlite3.Row, directory: Path) -> str:
    place = (directory, row["warc_file"], row["warc_offset"])
    try:
        if row["revisit_of"] is None:
            digest = hashlib.sha256(read_capture(*place).body).hexdigest()
        else:
            digest = read_revisit(*place)
    except CaptureUnreadable as error:
        return str(error)
    return (
        "" if digest == row["sha256"] else f"the payload in {row['warc_file']} is not what it was"
    )


MADE_ANEW: tuple[Check, ...] = (_summaries, _index, _edits)  # by `dateline reindex`
COPY_CHECKS: tuple[Check, ...] = (_integrity, _foreign_keys, _objects)
TABLE_CHECKS: tuple[Check, ...] = (_integrity, _foreign_keys, _objects, _rows, *MADE_ANEW)
