"""Times of change that listings give: when one is newer than before, its article is due at once.

The publisher's clock is compared with itself only, so it does not matter how wrong it goes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from scraper.archive.values import time_text
from scraper.archive.writer import Archive
from scraper.records import Candidate

AHEAD_MAX = timedelta(days=1)  # a time of change beyond this is none: nothing newer would follow
# A listing that says of most of its articles that they just changed stamps its own time on them.
STAMPED_SHARE = 0.5
STAMPED_MIN = 10  # of them that are newer than before, for that to be said
# A shorter listing that does so is not told apart: its articles are looked at no more often.
BETWEEN_LOOKS = timedelta(minutes=15)

IS_NEWER = """
SELECT article FROM candidates
WHERE url = :url AND listed_modified_at < :modified_at AND article IS NOT NULL
"""
REMEMBER = """
UPDATE candidates SET listed_modified_at = :modified_at
WHERE url = :url AND (listed_modified_at IS NULL OR listed_modified_at < :modified_at)
"""
MAKE_DUE = """
UPDATE articles SET next_check_at = iif(checked_at <= :rested, :now, :later)
WHERE id = :article
AND (next_check_at IS NULL OR next_check_at > iif(checked_at <= :rested, :now, :later))
"""


def note_listed_changes(
    archive: Archive, offers: Sequence[tuple[str, Candidate]], now: datetime
) -> None:
    """Make known articles due whose listing gives a newer time of change than ever before.

    The first time that a listing gives is only remembered. To be called in the transaction in which
    the offers are written.
    """
    given = [
        {"url": url, "modified_at": time_text(candidate.modified_at)}
        for url, candidate in offers
        if candidate.modified_at is not None and candidate.modified_at <= now + AHEAD_MAX
    ]
    if not given:
        return
    execute = archive.connection.execute
    newer = [row["article"] for one in given if (row := execute(IS_NEWER, one).fetchone())]
    archive.connection.executemany(REMEMBER, given)
    if len(newer) >= STAMPED_MIN and len(newer) > len(given) * STAMPED_SHARE:
        return
    moments = {
        "rested": time_text(now - BETWEEN_LOOKS),
        "now": time_text(now),
        "later": time_text(now + BETWEEN_LOOKS),
    }
    archive.connection.executemany(MAKE_DUE, (moments | {"article": one} for one in newer))
