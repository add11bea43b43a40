"""Days, weeks, months and years between two days, and which of them suits a span; pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

UNITS = ("day", "week", "month", "year")
PERIODS_MAX = 400  # a year of days and a bit; more cannot be told apart on a screen
# The unit of a span if none is asked for: the first that is long enough.
DAYS_BY_UNIT = (("day", 100), ("week", 2 * 366), ("month", 30 * PERIODS_MAX))
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days: from `start` on, up to but without `end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days


def read_day(text: str, *, is_after: bool = False) -> date | None:
    """Return the first day of a day, month or year as written, or the day after its last.

    >>> read_day("2024-06"), read_day("2024-06", is_after=True), read_day("soon")
    (datetime.date(2024, 6, 1), datetime.date(2024, 7, 1), None)
    """
    found = DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        unit = "day" if day else "month" if month else "year"
        return next_start(first, unit) if is_after else first
    except (ValueError, OverflowError):
        return None


def start_of(day: date, unit: str) -> date:
    """Return the first day of the period a day is in; weeks begin on Monday (ISO 8601).

    >>> start_of(date(2024, 6, 16), "week"), start_of(date(2024, 6, 16), "year")
    (datetime.date(2024, 6, 10), datetime.date(2024, 1, 1))
    """
    if unit == "week":
        return date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def next_start(start: date, unit: str) -> date:
    """Return the first day of the period after the one that begins at `start`.

    Raises:
        OverflowError: if there is none, after the year 9999.
    """
    if unit in ("day", "week"):
        return start + (ONE_DAY if unit == "day" else 7 * ONE_DAY)
    months = start.year * 12 + start.month - 1 + (1 if unit == "month" else 12)
    if months // 12 > date.max.year:
        raise OverflowError("there is no later year")
    return date(months // 12, months % 12 + 1, 1)


def unit_for(first: date, end: date, wanted: str = "") -> str:
    """Return the unit wanted if it gives no more than PERIODS_MAX periods, else a longer one.

    >>> unit_for(date(2024, 1, 1), date(2024, 3, 1)), unit_for(date(2021, 1, 1), date(2026, 1, 1))
    ('day', 'month')
    >>> unit_for(date(2021, 1, 1), date(2026, 1, 1), "day")
    'week'
    """
    days = (end - first).days
    if wanted in UNITS:
        longest = {"day": 1, "week": 7, "month": 30, "year": 365}
        fitting = (unit for unit in UNITS if days <= longest[unit] * (PERIODS_MAX - 2))
        least = next(fitting, UNITS[-1])
        return max(wanted, least, key=UNITS.index)
    return next((unit for unit, most in DAYS_BY_UNIT if days <= most), UNITS[-1])


def periods_between(first: date, end: date, unit: str) -> tuple[Period, ...]:
    """Return the periods from a day on up to another; the outer ones are cut at these days.

    Of more than PERIODS_MAX the last are kept.

    >>> [p.days for p in periods_between(date(2024, 1, 30), date(2024, 3, 3), "month")]
    [2, 29, 2]
    """
    found: list[Period] = []
    while first < end:
        try:
            after = min(next_start(start_of(first, unit), unit), end)
        except OverflowError:
            after = end
        found.append(Period(first, after))
        first = after
    return tuple(found[-PERIODS_MAX:])


def place_of(day: str, starts: Sequence[str], end: str) -> int | None:
    """Return which period a day such as 2024-06-16 is in, by their first days; None if in none.

    >>> place_of("2024-06-16", ["2024-05-01", "2024-06-01"], "2024-07-01")
    1
    """
    return bisect_right(starts, day) - 1 if starts and starts[0] <= day < end else None
