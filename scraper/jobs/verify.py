"""Checks everything of an archive that can be checked: rows, search index, counts, raw captures."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from scraper.archive.database import SEGMENTER, index_segmenter, open_reader
from scraper.archive.schema import FTS_COLUMNS, TOKENIZER, TRIGGERS, fts_values
from scraper.archive.warc import read_capture, read_revisit
from scraper.errors import ArchiveUnreadable, CaptureUnreadable

PROBLEMS_MAX = 10  # told of each check; further ones are counted
COUNTED_MAX = 10_000  # of further problems of one check
TERMS_MAX = 20  # differing terms of the index looked at to find the articles behind them

COUNTS = {
    "articles": "SELECT COUNT(*) FROM articles",
    "revisions": "SELECT COUNT(*) FROM revisions",
    "search rows": "SELECT COUNT(*) FROM articles_fts_docsize",
    "captures": "SELECT COUNT(*) FROM captures",
    "capture files": "SELECT COUNT(DISTINCT warc_file) FROM captures",
}

ROW_PROBLEMS = {  # what is wrong with the rows that each query finds
    "article {} has no search row": (
        "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM articles_fts_docsize)"
    ),
    "search row {} has no article": (
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
    "capture {} repeats a payload that is not the one it names": (
        "SELECT c.id FROM captures c JOIN captures o ON o.id = c.revisit_of "
        "WHERE o.sha256 <> c.sha256 OR o.revisit_of IS NOT NULL"
    ),
}

MONTHS = (
    "SELECT month, outlet, language, COUNT(*) FROM articles GROUP BY 1, 2, 3",
    "SELECT month, outlet, language, article_count FROM monthly_counts WHERE article_count <> 0",
)

# One number for all places where a term stands; SQLite streams it in the order of terms. Places
# that differ have other numbers but for one chance in two thousand million.
TERM_SUMS = (
    "SELECT term, COUNT(*), SUM((doc * 1000003 + offset * 8191 + unicode(col) * 131 + length(col)) "
    "% 2147483647) FROM {} GROUP BY term"
)

TRIGGER_NAME = re.compile(r"CREATE TRIGGER (\w+)")

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
        """Return the verdict in one line."""
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        if self.is_well:
            return f"{self.path} is well: {counts}"
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{self.path} is not well: {self.problems[0]}{more}"


def verify(path: Path | str, captures_dir: Path | str) -> Report:
    """Check an archive and its captures, changing nothing; a crawl may go on meanwhile.

    Everything is read once, in one snapshot: the search index is compared with one made anew in a
    temporary file, every capture with its digest. About 20 s for ten thousand articles.

    Raises:
        ArchiveMissing: there is no file.
    """
    try:
        connection = open_reader(path)
    except ArchiveUnreadable as error:
        return Report(str(path), {}, (error.reason,))
    checks: tuple[Check, ...] = (
        _integrity,
        _foreign_keys,
        _triggers,
        _rows,
        _months,
        _index,
        lambda connection: _captures(connection, Path(captures_dir)),
    )
    try:
        connection.execute("PRAGMA query_only = OFF")  # for the temporary index; mode=ro stays
        connection.execute("BEGIN")
        problems = [problem for check in checks for problem in _told(check, connection)]
        return Report(str(path), _counts(connection), tuple(problems))
    except sqlite3.DatabaseError as error:
        return Report(str(path), {}, (str(error),))
    finally:
        connection.close()


def _told(check: Check, connection: sqlite3.Connection) -> list[str]:
    """Run one check; return its first problems and how many there are besides."""
    told: list[str] = []
    try:
        problems = check(connection)
        told.extend(islice(problems, PROBLEMS_MAX))
        more = sum(1 for _ in islice(problems, COUNTED_MAX))
    except sqlite3.DatabaseError as error:
        return [*told, f"the file is damaged: {error}"]
    if more:
        told.append(f"{more}{' or more' if more == COUNTED_MAX else ''} others like the last")
    return told


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    counts = {}
    for name, query in COUNTS.items():
        try:
            counts[name] = int(connection.execute(query).fetchone()[0])
        except sqlite3.DatabaseError:  # told of by a check
            continue
    return counts


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    for (message,) in connection.execute(f"PRAGMA integrity_check({PROBLEMS_MAX + 1})"):
        if message != "ok":
            yield f"the file is damaged: {message}"


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points at a row of {parent} that is not there"


def _triggers(connection: sqlite3.Connection) -> Iterator[str]:
    present = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    for name in TRIGGER_NAME.findall(TRIGGERS):
        if name not in present:
            yield f"trigger {name} is missing, so searches and charts will go stale"


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    for words, query in ROW_PROBLEMS.items():
        for (number,) in connection.execute(query):
            yield words.format(number)


def _months(connection: sqlite3.Connection) -> Iterator[str]:
    for one, other in (MONTHS, MONTHS[::-1]):
        for month, outlet, language, count in connection.execute(f"{one} EXCEPT {other}"):
            kind = "articles" if one is MONTHS[0] else "counted"
            yield f"monthly count of {outlet}, {language or 'no language'}, {month}: {count} {kind}"


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the search index with one made anew."""
    found = index_segmenter(connection)
    if found != SEGMENTER:
        yield f"the search index is of segmenter {found or 'unknown'}, not {SEGMENTER}: reindex it"
        return
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.expected USING fts5 "
        f"({FTS_COLUMNS}, content='', tokenize=\"{TOKENIZER}\")"
    )
    connection.execute(
        f"INSERT INTO temp.expected (rowid, {FTS_COLUMNS}) "
        f"SELECT id, {fts_values('articles')} FROM main.articles ORDER BY id"
    )
    for name, table in (("present", "main, articles_fts"), ("wanted", "temp, expected")):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.{name}_terms USING fts5vocab ({table}, instance)"
        )
    told: set[int] = set()
    for term in islice(_differing_terms(connection), TERMS_MAX):
        for article in _articles_behind(connection, term) - told:
            told.add(article)
            yield f"the search row of article {article} is not of its text (at {term!r}): reindex"


def _differing_terms(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the terms whose places differ, walking both indexes in step."""
    present = connection.execute(TERM_SUMS.format("temp.present_terms"))
    wanted = connection.execute(TERM_SUMS.format("temp.wanted_terms"))
    one, other = present.fetchone(), wanted.fetchone()
    while one is not None or other is not None:
        # SQLite orders by bytes of UTF-8, which is the order of code points, as in Python.
        if other is None or (one is not None and one[0] < other[0]):
            yield one[0]
            one = present.fetchone()
        elif one is None or other[0] < one[0]:
            yield other[0]
            other = wanted.fetchone()
        else:
            if tuple(one) != tuple(other):
                yield one[0]
            one, other = present.fetchone(), wanted.fetchone()


def _articles_behind(connection: sqlite3.Connection, term: str) -> set[int]:
    places = (
        set(
            map(
                tuple,
                connection.execute(
                    f"SELECT doc, col, offset FROM temp.{name} WHERE term = ?", (term,)
                ),
            )
        )
        for name in ("present_terms", "wanted_terms")
    )
    present, wanted = places
    return {doc for doc, _, _ in present ^ wanted}


def _captures(connection: sqlite3.Connection, directory: Path) -> Iterator[str]:
    rows = connection.execute(
        "SELECT id, warc_file, warc_offset, sha256, revisit_of FROM captures "
        "ORDER BY warc_file, warc_offset"
    )
    for file, captures in groupby(rows, key=lambda row: row["warc_file"]):
        if not (directory / file).is_file():
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
