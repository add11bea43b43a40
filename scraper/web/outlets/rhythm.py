"""When an outlet publishes: articles a day, and the hours of the week, pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from statistics import median

WEEKDAYS, HOURS = 7, 24
SHADES = 5
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Week:
    """How many articles came in each hour of the week, on the outlet's clock.

    Attributes:
        hours: seven days from Monday, each of 24 hours.
        timed: articles counted.
        untimed: articles left out because only their day is known.
    """

    hours: tuple[tuple[int, ...], ...]
    timed: int
    untimed: int

    def shade(self, count: int) -> int:
        """Return how dark a number is among the others: 0 for none, `SHADES` for the most.

        Where the most are fewer than there are shades, one article is not to look like many.
        """
        most = max(SHADES, *(max(day) for day in self.hours))
        return -(-SHADES * count // most) if count else 0


def week_of(published: Iterable[str], zone: tzinfo) -> Week:
    """Count times of publication by weekday and hour in a zone.

    Where an outlet gives the day alone, midnight is stored, on its clock or in UTC: such times are
    left out, and with them the few articles that really came at that very second.

    >>> from zoneinfo import ZoneInfo
    >>> week = week_of(["2024-06-16T15:30:00Z", "2024-06-16T15:00:00Z"], ZoneInfo("Asia/Tokyo"))
    >>> week.hours[0][:2], week.timed, week.untimed
    ((1, 0), 1, 1)
    """
    hours = [[0] * HOURS for _ in range(WEEKDAYS)]
    timed = untimed = 0
    for text in published:
        if (at := _read_time(text)) is None:
            continue
        local = at.astimezone(zone)
        if MIDNIGHT in (at.time(), local.time()):
            untimed += 1
            continue
        hours[local.weekday()][local.hour] += 1
        timed += 1
    return Week(tuple(tuple(day) for day in hours), timed, untimed)


def _read_time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        # Years at either end of the calendar cannot be moved to another zone.
        is_movable = 1 < found.year < 9999
    except ValueError:
        return None
    return (
        (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        if is_movable
        else None
    )


def median_a_day(counts: Mapping[date, int], days: Collection[date]) -> float | None:
    """Return how many articles of a day are usual, over the days given; None if there are none.

    >>> first, second = date(2024, 6, 1), date(2024, 6, 2)
    >>> median_a_day({first: 5}, [first, second]), median_a_day({}, [])
    (2.5, None)
    """
    return float(median(counts.get(day, 0) for day in days)) if days else None
