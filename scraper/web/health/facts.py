"""What the last days say of each outlet, beside what the weeks before them say; pure."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

STATUSES_SHOWN = 4
NO_ANSWER = "0"
HOUR_SECONDS, DAY_HOURS = 3_600, 24
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """The last days of an outlet.

    Attributes:
        expected: articles published on a day looked at, over the weeks before; None without such.
        came: the same over the last days.
        days: how many of these were looked at.
        authored, dated: the part of the new articles with an author, with a time, 0 to 1.
        words: the middle one of the days' median lengths.
        statuses: answers by HTTP status, the most frequent first; "0" for none.
    """

    expected: float | None
    came: float | None
    days: int
    authored: float | None
    dated: float | None
    words: int | None
    statuses: tuple[tuple[str, int], ...]
    requests: int
    bytes: int


def facts_of(before: Row, week: Iterable[Row]) -> Facts:
    """Sum up an outlet's days.

    Args:
        before: `before_articles` and `before_days`, those looked at in the weeks before.
        week: its rows of the last days.

    >>> facts_of({"before_articles": 49, "before_days": 49}, ()).expected
    1.0
    """
    rows = list(week)
    days = sum(1 for row in rows if row["is_seen"])
    articles = sum(row["article_count"] for row in rows)
    lengths = [row["median_words"] for row in rows if row["median_words"] is not None]
    return Facts(
        expected=_part(before["before_articles"] or 0, before["before_days"]),
        came=_part(sum(row["published_count"] for row in rows if row["is_seen"]), days),
        days=days,
        authored=_part(sum(row["author_count"] for row in rows), articles),
        dated=_part(sum(row["dated_count"] for row in rows), articles),
        words=round(median(lengths)) if lengths else None,
        statuses=add_up(row["statuses"] for row in rows),
        requests=sum(row["request_count"] for row in rows),
        bytes=sum(row["response_bytes"] for row in rows),
    )


def _part(some: int, whole: int) -> float | None:
    return some / whole if whole else None


def add_up(stored: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Add JSON maps from status to number; what is none is left out.

    >>> add_up(['{"200": 3}', '{"200": 1, "304": 9}', "["])
    (('304', 9), ('200', 4))
    """
    counts: Counter[str] = Counter()
    for text in stored:
        for status, count in read_map(text).items():
            if isinstance(count, int):
                counts[status] += count
    for status in [each for each in counts if not each.isdecimal() or len(each) > 3]:
        del counts[status]
    return tuple(counts.most_common(STATUSES_SHOWN))


def read_map(text: object) -> dict[str, Any]:
    """Read a stored JSON map; what is none is an empty one.

    >>> read_map('{"a": 1}'), read_map("[1]"), read_map("{"), read_map(None)
    ({'a': 1}, {}, {}, {})
    """
    try:
        found = json.loads(str(text))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_moment(text: object) -> datetime | None:
    """Read a stored time; None if it is none.

    >>> read_moment("2024-06-16T12:00:00Z"), read_moment("soon"), read_moment(None)
    (datetime.datetime(2024, 6, 16, 12, 0, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def age_hours(text: object, now: datetime | None) -> int | None:
    """Return for how many whole hours something has been there; None if that cannot be told.

    A time after now, which outlets give at times, is no age at all: 0.

    >>> age_hours("2024-06-16T12:00:00Z", datetime(2024, 6, 17, 13, 30, tzinfo=UTC))
    25
    """
    then = read_moment(text)
    if then is None or now is None:
        return None
    return max(int((now - then).total_seconds() // HOUR_SECONDS), 0)
