"""Six weeks of made rhythms by the schedule's own decisions: how late it is, and at what cost."""

import random
import statistics
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.archive.schedules import Arrival, Known, Look
from scraper.crawl.schedule import decide_next
from scraper.watch.rhythm import RECENT

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
LEARNING, END = MONDAY + 14 * DAY, MONDAY + 42 * DAY
HELD = 30  # articles the listing holds


@dataclass
class Outcome:
    """What four weeks after two of learning came to; delays in minutes, losses from the start."""

    looks: int
    delays: list[float]
    lost: int

    @property
    def looks_per_article(self) -> float:
        return self.looks / len(self.delays)


def office(moment: datetime) -> float:
    return 6.0 if moment.weekday() < 5 and 8 <= moment.hour < 18 else 0.0


def round_the_clock(moment: datetime) -> float:
    return 2.0


def weekly(moment: datetime) -> float:
    return 15.0 if moment.weekday() == 3 and moment.hour == 6 else 0.0


def bursts(moment: datetime) -> float:
    return 40.0 if moment.day % 10 == 0 and 12 <= moment.hour < 16 else 0.5


def published(pace: Callable[[datetime], float]) -> list[datetime]:
    """Return when articles are published, a week before the first look included."""
    chance, found, moment = random.Random(3), [], MONDAY - 7 * DAY
    while (moment := moment + timedelta(minutes=1)) < END:
        if chance.random() < pace(moment) / 60:
            found.append(moment)
    return found


def followed(times: list[datetime]) -> Outcome:
    """Look at a listing as the schedule says, as long as its articles come."""
    known, now, seen = Known(), MONDAY, -1  # the number of the newest article seen
    outcome = Outcome(0, [], 0)
    while now < END:
        newest = bisect_right(times, now) - 1
        first = max(seen + 1, newest + 1 - HELD)
        new = times[first : newest + 1]
        outcome.lost += first - seen - 1 if known.since else 0
        if now >= LEARNING:
            outcome.looks += 1
            outcome.delays += [(now - moment).total_seconds() / 60 for moment in new]
        recent = [Arrival(a.found_at, a.published_at, False) for a in known.arrivals]
        recent = [arrival for arrival in recent if arrival.found_at > now - RECENT]
        arrivals = (*recent, *(Arrival(now, moment) for moment in new))
        known = Known(known.since, None, 0, known.observed, known.fresh, arrivals)
        known = replace(known, first_at=MONDAY)
        plan = decide_next(known, Look("a", "f", "f", now, "read", held=HELD))
        seen, since, now = newest, now, plan.due_at
        known = Known(since, plan.interval, 0, plan.observed or (), plan.fresh or (), arrivals)
    return outcome


@pytest.mark.parametrize(
    ("pace", "median", "late", "looks"),
    [
        (office, 5, 10, 2.5),
        (round_the_clock, 9, 25, 3),
        (weekly, 5, 30, 3),
        (bursts, 8, 90, 2.2),
    ],
)
def test_a_rhythm_is_kept_up_with_at_two_or_three_looks_an_article(
    pace: Callable[[datetime], float], median: float, late: float, looks: float
) -> None:
    outcome = followed(published(pace))
    delays = sorted(outcome.delays)
    assert outcome.lost == 0
    assert statistics.median(delays) <= median
    assert delays[int(0.95 * len(delays))] <= late
    assert outcome.looks_per_article <= looks
