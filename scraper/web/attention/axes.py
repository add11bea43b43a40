"""Where ticks stand on the axes of a chart, and what they say; pure but for the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from scraper.web.attention.periods import next_start, start_of
from scraper.web.words import number, share, short_date

VALUE_TICKS = 4  # steps of the value axis, about
# Steps of the time axis, from fine to coarse: unit, how many of them, and what to write.
TIME_STEPS = (
    ("day", 1, "MMMd"), ("day", 2, "MMMd"), ("week", 1, "MMMd"), ("week", 2, "MMMd"),
    ("month", 1, "yMMM"), ("month", 3, "yMMM"), ("month", 6, "yMMM"), ("year", 1, "y"),
    ("year", 2, "y"), ("year", 5, "y"), ("year", 10, "y"), ("year", 50, "y"), ("year", 100, "y"),
)  # fmt: skip
UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.2}


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and its label."""

    value: float
    label: str


def value_ticks(top: float, *, is_share: bool, is_whole: bool = True) -> tuple[Tick, ...]:
    """Return ticks from zero to the first round number at or above `top`.

    >>> [tick.label for tick in value_ticks(37, is_share=False)]
    ['0', '10', '20', '30', '40']
    >>> [tick.label for tick in value_ticks(0.013, is_share=True)]
    ['0%', '0.5%', '1%', '1.5%']
    """
    rough = max(top, 1e-9) / VALUE_TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= rough * (1 - 1e-9))
    if is_whole and not is_share:
        step = max(ceil(step), 1)
    words = share if is_share else number
    return tuple(
        Tick(step * at, words(round(step * at, 12))) for at in range(ceil(top / step - 1e-9) + 1)
    )


def time_ticks(first: date, end: date, most: int) -> tuple[Tick, ...]:
    """Return at most `most` ticks at the beginnings of periods, as ordinals of days.

    >>> [tick.label for tick in time_ticks(date(2023, 11, 15), date(2024, 6, 1), 4)]
    ['Jan 2024', 'Apr 2024']
    """
    days = (end - first).days
    found, parts = [first], "yMMMd"
    for unit, step, words in TIME_STEPS:
        if days / (UNIT_DAYS[unit] * step) > most:
            continue
        starts = _starts(first, end, unit, step)
        if len(starts) <= most:
            found, parts = (starts, words) if starts else (found, parts)
            break
    return tuple(Tick(day.toordinal(), short_date(day, parts)) for day in found)


def _starts(first: date, end: date, unit: str, step: int) -> list[date]:
    found: list[date] = []
    day = start_of(first, unit)
    while day < end:
        place = {"day": day.toordinal(), "week": day.toordinal() // 7, "year": day.year}.get(
            unit, day.month - 1
        )
        if day >= first and place % step == 0:
            found.append(day)
        try:
            day = next_start(day, unit)
        except OverflowError:
            break
    return found


def period_words(start: date, end: date, unit: str) -> str:
    """Name a period, which ends before `end`: a day, days, a month or a year.

    >>> period_words(date(2024, 6, 10), date(2024, 6, 17), "week")
    '10 Jun 2024 – 16 Jun 2024'
    >>> period_words(date(2024, 6, 1), date(2024, 7, 1), "month")
    'Jun 2024'
    """
    is_whole = start == start_of(start, unit) and end == _after(start, unit)
    if is_whole and unit in ("month", "year"):
        return short_date(start, "yMMM" if unit == "month" else "y")
    last = end - timedelta(days=1)
    if last <= start:
        return short_date(start, "yMMMd")
    return f"{short_date(start, 'yMMMd')} \N{EN DASH} {short_date(last, 'yMMMd')}"


def _after(start: date, unit: str) -> date | None:
    try:
        return next_start(start, unit)
    except OverflowError:
        return None


def highest(values: Sequence[float | None]) -> float:
    """Return the highest value that is known, at least 0.0."""
    return max((value for value in values if value is not None), default=0.0)
