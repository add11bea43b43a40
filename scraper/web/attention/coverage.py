"""On which days outlets were collected: what tells a true zero from a gap; pure.

A listing reaches back some days, so a day is collected if a crawl run of the outlet ended as done
on it or within COLLECTED_WITHIN_DAYS of it. From its first run on, an outlet is expected, and no
day before counts: what a first listing still offered is no whole day's news.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.web.attention.periods import Period

COLLECTED_WITHIN_DAYS = 2
# Runs further apart than this leave a day between them that no run reaches.
SPAN_GAP_DAYS = 2 * COLLECTED_WITHIN_DAYS + 1
PART = 0.5  # of the outlet-days expected: less than this is told apart
WHOLE, PARTLY, NONE, BEFORE = "whole", "partly", "none", "before"


@dataclass(frozen=True, slots=True)
class Span:
    """Days over which an outlet was run without a gap, first and last run included."""

    outlet: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outlet-days of a period were collected, of how many expected.

    None are expected before the first run of all outlets asked for.
    """

    collected: int
    expected: int

    @property
    def share(self) -> float | None:
        """Return the share collected of what was expected; None where nothing was."""
        return self.collected / self.expected if self.expected else None

    @property
    def state(self) -> str:
        """Return WHOLE, PARTLY (less than PART), NONE, or BEFORE anything was collected.

        >>> Coverage(0, 7).state, Coverage(3, 7).state, Coverage(4, 7).state, Coverage(0, 0).state
        ('none', 'partly', 'whole', 'before')
        """
        if not self.expected:
            return BEFORE
        share = self.collected / self.expected
        return NONE if not share else PARTLY if share < PART else WHOLE


def coverage(
    spans: Iterable[Span], outlets: set[str] | None, periods: Sequence[Period], horizon: date
) -> tuple[Coverage, ...]:
    """Count the outlet-days collected and expected in each period.

    Args:
        spans: runs of outlets, in any order.
        outlets: those asked for; None for all.
        periods: in order, each beginning where the one before ends.
        horizon: the day after the last that can have been collected at all.

    >>> runs = [Span("a", date(2024, 1, 3), date(2024, 1, 4)), Span("b", date(2024, 1, 9), date(2024, 1, 9))]
    >>> week = [Period(date(2024, 1, 1), date(2024, 1, 8)), Period(date(2024, 1, 8), date(2024, 1, 15))]
    >>> [(c.collected, c.expected) for c in coverage(runs, None, week, date(2024, 1, 15))]
    [(4, 5), (3, 13)]
    """  # noqa: E501
    reach = timedelta(days=COLLECTED_WITHIN_DAYS)
    wanted = [span for span in spans if outlets is None or span.outlet in outlets]
    begun: dict[str, date] = {}
    for span in wanted:
        if span.first < horizon:
            begun[span.outlet] = min(span.first, begun.get(span.outlet, span.first))
    collected: list[tuple[date, int]] = []
    for span in wanted:
        first = max(_moved(span.first, -reach), begun.get(span.outlet, horizon))
        end = min(_moved(span.last, reach + timedelta(days=1)), horizon)
        if first < end:
            collected += [(first, 1), (end, -1)]
    expected = [(first, 1) for first in begun.values()] + [(horizon, -len(begun))]
    bounds = [period.start for period in periods] + [period.end for period in periods[-1:]]
    have, want = _days_until(collected, bounds), _days_until(expected, bounds)
    return tuple(
        Coverage(have[at + 1] - have[at], want[at + 1] - want[at]) for at in range(len(periods))
    )


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _days_until(steps: list[tuple[date, int]], bounds: list[date]) -> list[int]:
    """Return for each bound the sum of all days before it, each as often as it is in force.

    Steps say from which day on how many more are in force. One pass over both, so that its cost
    does not grow with outlets times periods.
    """
    waiting = sorted(steps, reverse=True)
    sums, days, level = [], 0, 0
    last = min([bounds[0], waiting[-1][0]] if waiting else bounds[:1], default=date.min)
    for bound in bounds:
        while waiting and waiting[-1][0] < bound:
            day, change = waiting.pop()
            days += level * (day - last).days
            level, last = level + change, day
        days += level * (bound - last).days
        last = bound
        sums.append(days)
    return sums
