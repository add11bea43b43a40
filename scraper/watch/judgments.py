"""Judges one outlet by its history, with the clock as an argument. Pure.

What each kind rests on stands in a file of its own: `silence`, `emptiness`, `refusals` (blocked and
moved) and `drift` (drifted and slow).
"""

from datetime import datetime, timedelta

from scraper.records import Judgment
from scraper.watch.drift import judge_drift, judge_slowness
from scraper.watch.emptiness import judge_emptiness
from scraper.watch.history import Day, History, carried
from scraper.watch.refusals import judge_moves, judge_refusals
from scraper.watch.silence import KNOWN_DAYS_MIN, judge_silence

LOOKED_WITHIN = timedelta(days=3)  # beyond this nothing new can be told of an outlet
KINDS = ("silent", "emptied", "drifted", "blocked", "moved", "slow")


def judge_outlet(history: History, now: datetime) -> list[Judgment]:
    """Return what is wrong with an outlet, worst first.

    Open incidents of which nothing new can be told are carried. Of an outlet that was not asked
    lately nothing is judged: that is our silence, not its own.
    """
    if not is_watched(history.days, now):
        kept = [carried(each) for each in history.incidents if each.closed_at is None]
        return [each for each in kept if each is not None]
    judged = [
        judge_silence(history, now),
        judge_emptiness(history, now),
        *judge_drift(history, now),
        judge_refusals(history, now),
        judge_moves(history, now),
        judge_slowness(history, now),
    ]
    found = _without_consequences(history, [each for each in judged if each is not None])
    return sorted(found, key=lambda each: -each.severity)


def _without_consequences(history: History, found: list[Judgment]) -> list[Judgment]:
    """Leave out what another finding explains, unless it was there before: one trouble, one alarm.

    Nothing new comes of listings that hold nothing or refuse us, and pages that are walls or lead
    to another site are no articles.
    """
    forms = {each.kind: each.evidence.get("what") for each in found}
    explained = set()
    if forms.get("emptied") in ("listing", "unreadable") or "blocked" in forms:
        explained.add("silent")
    if "blocked" in forms or forms.get("moved") == "articles":
        explained.add("emptied")
    return [
        each
        for each in found
        if each.kind not in explained or history.open_incident(each.kind) is not None
    ]


def is_watched(days: tuple[Day, ...], now: datetime, within: timedelta = LOOKED_WITHIN) -> bool:
    """Tell whether an outlet was asked lately."""
    first = (now - within).date()
    return any(day.check_count or day.request_count for day in days if day.day >= first)


def days_wanting(days: tuple[Day, ...]) -> int:
    """Return how many more days of looks an outlet needs before its silence can be judged."""
    return max(0, KNOWN_DAYS_MIN - sum(day.looks > 0 for day in days))
