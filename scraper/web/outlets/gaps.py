"""On which days an outlet was collected, and on which it was not: spans and months, pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Month:
    """How much of a month was collected.

    Attributes:
        month: such as "2024-06".
        days: days of the month within the time looked at.
        collected: those with a successful crawl run.
    """

    month: str
    days: int
    collected: int

    @property
    def share(self) -> int:
        """Return the collected part in quarters, 0 for none to 4 for all of it, begun ones down."""
        return 4 * self.collected // self.days


def read_day(text: object) -> date | None:
    """Return the UTC day of a stored day or time; None if there is none.

    >>> read_day("2024-06-16T23:00:00Z"), read_day("soon"), read_day(None)
    (datetime.date(2024, 6, 16), None, None)
    """
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def days_between(first: date, last: date) -> list[date]:
    """List all days from one to another, both included; none if the first is later."""
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def missing_spans(first: date, last: date, collected: Collection[date]) -> list[Span]:
    """List the spans of days that are not among the collected ones, oldest first.

    >>> days = [date(2024, 6, 2), date(2024, 6, 4)]
    >>> [span.days for span in missing_spans(date(2024, 6, 1), date(2024, 6, 7), days)]
    [1, 1, 3]
    """
    # Between two collected days that are no neighbours lies a gap; a day beyond either end bounds.
    inside = sorted(day for day in set(collected) if first <= day <= last)
    bounds = [first - ONE_DAY, *inside, last + ONE_DAY]
    return [
        Span(before + ONE_DAY, after - ONE_DAY)
        for before, after in pairwise(bounds)
        if after - before > ONE_DAY
    ]


def by_month(first: date, last: date, collected: Collection[date]) -> list[Month]:
    """Count the days of each month from the first day to the last, oldest first.

    >>> by_month(date(2024, 5, 31), date(2024, 6, 2), [date(2024, 6, 1)])
    [Month(month='2024-05', days=1, collected=0), Month(month='2024-06', days=2, collected=1)]
    """
    known = set(collected)
    everything = days_between(first, last)
    days = _months(everything)
    done = _months(day for day in everything if day in known)
    return [Month(month, count, done[month]) for month, count in days.items()]


def _months(days: Iterable[date]) -> Counter[str]:
    return Counter(f"{day:%Y-%m}" for day in days)
