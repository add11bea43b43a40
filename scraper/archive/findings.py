"""The search as the terminal shows it: a page of hits, their number, and notes."""

import sqlite3
from dataclasses import dataclass

from scraper.archive.estimates import count_all, take_sample
from scraper.archive.grammar import Note
from scraper.archive.hits import find_hits
from scraper.archive.plans import run
from scraper.archive.search import Hit, Search, notes_for


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and what the reader should know of them.

    `is_total_exact` is False when the number is an estimate; `next` is the cursor of the next page.
    """

    hits: tuple[Hit, ...]
    total: int
    is_total_exact: bool
    notes: tuple[Note, ...]
    next: str = ""


def search(connection: sqlite3.Connection, wanted: Search) -> Found:
    """Run a search on a connection that went through `search.register`; at most a page of hits.

    Raises:
        sqlite3.OperationalError: if the file is no archive of the present version.
    """
    sample = run(connection, take_sample(wanted))
    page = run(connection, find_hits(wanted, sample.known))
    total, is_exact = run(connection, count_all(wanted, sample))
    return Found(page.hits, total, is_exact, notes_for(wanted), page.next)
