"""Reading a time of day and its zone, as printed beside a date in any language."""

import re
from dataclasses import dataclass
from datetime import UTC, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from scraper.extraction.date.clock_words import HALF_DAY, HALF_DAYS, SHARED_ZONES, ZONES

OFFSET_MAX_HOURS = 14
GAP_MAX_CHARS = 20  # between a day and its time: "(Thursday), at "
BEFORE_GAP_MAX_CHARS = 8  # between a time and the day after it: "10:20 on "

_ZONE_NAMES = "|".join(
    re.escape(name) for name in sorted({*ZONES, *SHARED_ZONES} - {"z"}, key=len, reverse=True)
)
_OFFSET = r"[+\-−]\s?\d{1,2}(?::?\d{2})?(?!\d)"
_ZONE = (
    rf"(?:\s*[(（]?\s*(?P<zone>(?:UTC|GMT)\s?{_OFFSET}|[+\-−]\d{{2}}:?\d{{2}}(?!\d)|Z(?![^\W\d_])"
    rf"|(?<![^\W\d_])(?:{_ZONE_NAMES})(?![^\W\d_])))?"
)
_HALF_BEFORE = rf"(?:(?P<before>(?<![^\W\d_])(?:{HALF_DAY}))\s*)?"
_HALF_AFTER = rf"(?:\s*(?P<after>(?:{HALF_DAY})(?![^\W\d_]|\.[^\W\d_])))?"
_MARK = r"(?:\s?[:：٫]\s?|\s?[hH]\s?|[.．]|\s?(?:時|时|點|点|시|টা)\s?|\s?Uhr\s?)"
# One digit is enough where the unit follows: 3時5分.
_MINUTE = r"(?P<minute>[0-5]\d|\d(?=\s?[分분]))(?!\d|[./]\d\d)\s?(?:分|분|মিনিট)?"
_SECOND = (
    r"(?:\s?[:：.]?\s?(?P<second>[0-5]\d|\d(?=\s?[秒초]))(?!\d)\s?(?:秒|초)?(?:[.,]\d{1,9})?)?"
)
_WHOLE_HOUR = r"(?P<whole>\d{1,2})\s?(?:(?P<whole_after>[ap]\.?m\b\.?)|[時时點点시](?!\d|間|间|간))"
# "à 14h", "às 14h"; without the word it may be a length: "3h".
_SPOKEN_HOUR = r"(?:(?<=\bà\s)|(?<=\bàs\s))(?P<spoken>\d{1,2})\s?h(?![^\W_])"
_CLOCK = (
    rf"{_HALF_BEFORE}(?<!\d)(?:(?P<hour>\d{{1,2}}){_MARK}{_MINUTE}(?:(?<=\d|\s|分|분)(?=\s?[:：]|\s?\d{{1,2}}\s?[秒초])"
    rf"{_SECOND})?|{_WHOLE_HOUR}|{_SPOKEN_HOUR}){_HALF_AFTER}{_ZONE}"
)
# Minutes and ratios are no times of day: "3:18 min".
AFTER_DAY = re.compile(
    rf"[^\d\n]{{0,{GAP_MAX_CHARS}}}?{_CLOCK}(?!\s?min\b|\s?[Mm]inuten\b)", re.IGNORECASE
)
ANYWHERE = re.compile(_CLOCK, re.IGNORECASE)
BEFORE_CHARS = 48  # looked through for a time that stands before a day


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as printed: its zone as written, None of either where there is none."""

    at: time
    zone: str
    offset: tzinfo | None
    start: int
    end: int
    has_second: bool


def clock_after(text: str, position: int, local: tzinfo) -> Clock | None:
    """Return the time of day that follows a day, None where none does.

    >>> clock_after("5 March 2026 at 3:40 pm EDT", 12, UTC).at.isoformat()
    '15:40:00'

    Raises:
        ValueError: it is no time of any day, as 25:10.
    """
    found = AFTER_DAY.match(text, position)
    return _clock(found, local) if found else None


def clock_before(text: str, earliest: int, position: int, local: tzinfo) -> Clock | None:
    """Return the time of day that stands right before a day, None where none does.

    Raises:
        ValueError: it is no time of any day.
    """
    last = None
    for found in ANYWHERE.finditer(text, max(earliest, position - BEFORE_CHARS), position):
        last = found
    if last is None or position - last.end() > BEFORE_GAP_MAX_CHARS:
        return None
    return _clock(last, local)


def _clock(found: re.Match[str], local: tzinfo) -> Clock:
    parts = found.groupdict()
    half = parts["before"] or parts["after"] or (parts["whole_after"] or "").replace(".", "")
    written = next(name for name in ("hour", "whole", "spoken") if parts[name])
    hour = _of_24(int(parts[written]), half or "")
    second = int(parts["second"] or 0)
    at = time(hour, int(parts["minute"] or 0), min(second, 59))
    zone = (parts["zone"] or "").strip()
    offset = zone_written(zone, local)
    start, end = found.start(written), found.end()
    return Clock(at, zone if offset else "", offset, start, end, parts["second"] is not None)


def _of_24(hour: int, half: str) -> int:
    kind = HALF_DAYS.get(half.lower(), "")
    if kind == "afternoon" and hour < 12:
        return hour + 12
    if kind == "morning" and hour == 12:
        return 0
    if kind == "night" and 5 <= hour <= 12:
        return (hour + 12) % 24
    return hour


def zone_named(name: str) -> tzinfo:
    """Return the zone of an IANA name, UTC for "" and unknown names.

    >>> zone_named("Asia/Tokyo").key
    'Asia/Tokyo'
    """
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


@lru_cache(maxsize=512)
def zone_written(text: str, local: tzinfo) -> tzinfo | None:
    """Return the zone that a text names, None where it names none.

    An abbreviation of several zones is the local one where that is one of them.

    >>> zone_written("+09:00", UTC), zone_written("Frankfurt", UTC)
    (datetime.timezone(datetime.timedelta(seconds=32400)), None)
    >>> zone_written("IST", UTC).key, zone_written("IST", zone_named("Asia/Jerusalem"))
    ('Asia/Kolkata', None)
    """
    text = text.strip().lower().replace("−", "-")
    if not text:
        return None
    if text in SHARED_ZONES:
        return _shared(text, local)
    known = ZONES.get(text)
    if known is not None:
        is_named = isinstance(known, str)
        return zone_named(str(known)) if is_named else timezone(timedelta(hours=float(known)))
    offset = re.fullmatch(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2}):?(\d{2})?", text)
    if not offset:
        return None
    hours, minutes = int(offset.group(2)), int(offset.group(3) or 0)
    if hours > OFFSET_MAX_HOURS or minutes > 59:
        return None
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if offset.group(1) == "-" else delta)


def _shared(text: str, local: tzinfo) -> tzinfo | None:
    """Return None where the page's own zone may be meant: the time is local then."""
    name, others = SHARED_ZONES[text]
    return None if getattr(local, "key", "") in others else zone_named(name)
