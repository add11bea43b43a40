"""Our own outage: outlets give no answer at all, so many at once that the fault is on our side.

Such looks are held against no outlet. Somebody has to be told all the same, of the outage itself.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from scraper.archive.outages import Reach
from scraper.archive.values import read_time, time_text
from scraper.watch.history import History, ListingState
from scraper.watch.refusals import ROBOTS_FORBID

SHARE, SHARE_MIN = 0.5, 6  # most of so many outlets without any answer
ALL_MIN = 2  # or all there are: that of few outlets one is down is no rare thing
BEFORE_TOLD = timedelta(minutes=30)  # a network that comes back at once is nothing to tell

LAST_ANSWER = """
SELECT checked_at FROM listing_checks WHERE outlet = ? AND status IS NOT NULL AND checked_at <= ?
ORDER BY checked_at DESC LIMIT 1
"""


def mute_outlets(found: Mapping[str, Sequence[ListingState]]) -> list[str]:
    """Return the outlets without any answer when last asked, if it is not they that are to blame.

    What we did not ask since robots.txt forbids it is no missing answer.
    """
    mute = [
        outlet
        for outlet, states in found.items()
        if states and all(_is_unanswered(state) for state in states)
    ]
    asked = sum(bool(states) for states in found.values())
    is_ours = len(mute) >= SHARE_MIN and len(mute) > SHARE * asked
    return mute if is_ours or ALL_MIN <= len(mute) == asked else []


def _is_unanswered(state: ListingState) -> bool:
    is_forbidden = ROBOTS_FORBID in state.problem
    return bool(state.problem) and state.status is None and not is_forbidden


def find_reach(
    connection: sqlite3.Connection, histories: Iterable[History], now: datetime
) -> Reach:
    """Return how many of the outlets that were asked lately do not answer, and since when."""
    found = {each.outlet: each.listings for each in histories if each.listings}
    mute = mute_outlets(found)
    last = [
        answered
        for outlet in mute
        for row in connection.execute(LAST_ANSWER, (outlet, time_text(now)))
        if (answered := read_time(row[0])) is not None
    ]
    since = max(last, default=None)
    if since is not None and now - since < BEFORE_TOLD:
        mute = []
    return Reach(len(found), len(mute), since if mute else None)
