"""Gathers the lines of a concordance from the newest articles found, a few articles at a time.

Finding where words stand is Python's work, not SQLite's: it is done in a thread, in pieces, and
bounded by articles, lines and time, so that the commonest word costs no more than a rare one.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from scraper.archive.hits import find_keys
from scraper.archive.queries import parse
from scraper.archive.search import Search
from scraper.archive.segmentation import Term
from scraper.web.archives import follow, read
from scraper.web.concordance.lines import Line, lines_of

CONCORDANCE_ARTICLES = 500  # the newest articles found that are looked through
CONCORDANCE_LINES = 1_000
BATCH_ARTICLES = 25  # read and looked through at once; other requests have their turn in between
TEXT_MAX_CHARS = 40_000  # of an article looked through; a batch of them fits scraper.web.limits
SECONDS = 4.0  # after which the lines found so far are shown


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines, newest articles first; how many articles they are from, and why there are no more.

    `is_cut`: more articles were found than are looked through, or there were too many lines.
    `is_slow`: time ran out.
    """

    lines: tuple[Line, ...] = ()
    articles: int = 0
    is_cut: bool = False
    is_slow: bool = False


async def gather_lines(db: Any, wanted: Search) -> Gathered:
    """Find the lines in which a search's words stand; none for a search without words."""
    terms = parse(wanted.query).terms
    if not terms:
        return Gathered()
    end = time.monotonic() + SECONDS
    newest = replace(wanted, order="newest", limit=CONCORDANCE_ARTICLES, cursor="")
    found = await follow(db, find_keys(newest))
    if found is None:
        return Gathered(is_slow=True)
    keys, is_cut = found
    numbers = [number for _, number in keys]
    lines: list[Line] = []
    looked_through = 0
    for start in range(0, len(numbers), BATCH_ARTICLES):
        batch = numbers[start : start + BATCH_ARTICLES]
        rows = await read(db, (_articles(batch), {})) if time.monotonic() < end else None
        if rows is None:
            return Gathered(tuple(lines), looked_through, is_cut, is_slow=True)
        lines += await asyncio.to_thread(_lines, batch, rows, terms)
        looked_through += len(rows)
        if len(lines) >= CONCORDANCE_LINES:
            is_cut = is_cut or len(lines) > CONCORDANCE_LINES or looked_through < len(numbers)
            break
    return Gathered(tuple(lines[:CONCORDANCE_LINES]), looked_through, is_cut)


def _articles(numbers: Sequence[int]) -> str:
    listed = ", ".join(str(int(number)) for number in numbers)
    return f"""
SELECT
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name, a.language, a.published_at,
    COALESCE(a.published_at, a.captured_at) AS moment, COALESCE(o.timezone, 'UTC') AS timezone,
    a.title, a.description, substr(a.body, 1, {TEXT_MAX_CHARS}) AS body
FROM articles AS a LEFT JOIN outlets AS o ON o.slug = a.outlet WHERE a.id IN ({listed})"""


def _lines(numbers: Sequence[int], rows: Sequence[Any], terms: tuple[Term, ...]) -> list[Line]:
    articles = {row["id"]: row for row in rows}
    return [line for n in numbers if n in articles for line in lines_of(articles[n], terms)]
