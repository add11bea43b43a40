"""Judges every outlet of an archive as of now, and finds a sample of what came.

`judge` only reads. What it returns goes to `scraper.archive.incidents.update`, by the writer; then
`scraper.watch.alerts.tell` may be asked.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.archive.values import time_text
from scraper.records import Judgment
from scraper.watch.history import History
from scraper.watch.judgments import is_watched, judge_outlet
from scraper.watch.reading import read_histories

# An outlet not asked for so long while others are is declared no more, or excluded, and so not in
# trouble. A host may ask for a month of silence.
GIVEN_UP_AFTER = timedelta(weeks=5)

# The newest capture of each trouble that an outlet's pages show. Answers that refuse are not kept.
NO_ARTICLE = """
SELECT captures.id FROM candidates
JOIN captures ON captures.url IN (candidates.link, candidates.url)
WHERE candidates.outcome IN ('no_article', 'quarantined') AND candidates.outlet = :outlet
AND candidates.found_at >= :since AND captures.outlet = :outlet AND captures.captured_at >= :since
ORDER BY captures.captured_at DESC LIMIT 1
"""
DRIFTED = """
SELECT capture FROM articles WHERE outlet = :outlet AND captured_at >= :since AND {lacks}
ORDER BY captured_at DESC LIMIT 1
"""
LACKS = {
    "author": "byline = ''",
    "date": "published_at IS NULL",
    "body": "word_count <= :came",
}


def judge(connection: sqlite3.Connection, now: datetime) -> list[Judgment]:
    """Return what is wrong with each outlet of an archive, worst first; it reads only."""
    return judge_histories(connection, read_histories(connection, now), now)


def judge_histories(
    connection: sqlite3.Connection, histories: Iterable[History], now: datetime
) -> list[Judgment]:
    """Do the same with histories that were read already."""
    histories = list(histories)
    is_any_watched = any(is_watched(history.days, now) for history in histories)
    found = [
        judgment
        for history in histories
        if not is_any_watched or is_watched(history.days, now, GIVEN_UP_AFTER)
        for judgment in judge_outlet(history, now)
    ]
    found.sort(key=lambda each: (-each.severity, each.outlet, each.kind))
    return [each if each.is_carried else _with_sample(connection, each) for each in found]


def _with_sample(connection: sqlite3.Connection, judgment: Judgment) -> Judgment:
    what = judgment.evidence.get("what")
    if judgment.kind == "drifted":
        query = DRIFTED.format(lacks=LACKS[judgment.field])
    elif what in ("pages", "consent", "challenge", "articles"):
        query = NO_ARTICLE
    else:
        return judgment
    assert judgment.began_at is not None
    values = {
        "outlet": judgment.outlet,
        "since": time_text(judgment.began_at),
        "came": judgment.evidence.get("came"),
    }
    row = connection.execute(query, values).fetchone()
    return replace(judgment, capture=row[0]) if row is not None else judgment
