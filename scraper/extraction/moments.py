"""Reading one printed time strictly: what it says, in whose zone, how exactly; never a guess."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import dateparser

TEXT_MAX_CHARS = 200
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
BUDDHIST_YEARS = (2400, 2700)  # Thai calendar: 543 years ahead
BUDDHIST_OFFSET = 543
EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)  # what systems print for "no time"
EPOCH_MIN_SECONDS = 100_000_000  # 1973; smaller numbers are counters, not times

_HOUR = (
    r"(?P<before>午前|午後|오전|오후|上午|下午|凌晨|晚上|早上|中午|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:.：h]|時|时|시)\s*(?P<minute>\d{2})(?:\s*(?:分|분))?"
    r"(?:\s*[:：]\s*(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<after>[ap]\.?m\b\.?)?"
)
_ZONE = (
    r"\s*(?P<zone>Z\b|(?:UTC|GMT)?\s?[+\-−]\d{1,2}:?\d{2}|(?:UTC|GMT)?[+\-−]\d{1,2}\b"
    r"|\b[A-Z]{3,4}\b)?"
)
_GAP = (
    r"(?:\s*[T,，|/·•–—-]?\s*(?:[(（][^()（）]{1,6}[)）])?\s*"
    r"(?:at|um|à|a\s+las|alle|kl\.?|в|o|ore|ура)?\s*)"
)
_CLOCK = rf"(?:{_GAP}{_HOUR}{_ZONE})?"
YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})\s*(?P<mark>[-/.]|年|년)\s*(?P<month>\d{{1,2}})\s*(?:[-/.]|月|월)\s*(?P<day>\d{{1,2}})(?:\s*(?:日|일)|\.)?(?!\d){_CLOCK}",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    rf"(?<![\d/.-])(?P<first>\d{{1,2}})\s?[-/.]\s?(?P<other>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}})(?!\d){_CLOCK}",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
CLOCK_BEFORE = re.compile(r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])")
NAMED_MONTH = re.compile(
    r"(?<!\d)(?:\d{1,2}\s*(?:\.|º|er|st|nd|rd|th|-е|η|ης)?\s*(?:de\s+|d['’]|of\s+|-)?\s*[^\W\d_][^\d,]{2,24}?[\s,.-]*(?:de[l]?\s+|ng\s+)?(?P<y1>\d{4})"
    r"|[^\W\d_]{3,24}\.?\s+\d{1,2}(?:st|nd|rd|th)?[\s,]+(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})[.\s]+[^\W\d_]{3,16}\.?\s+\d{1,2})"
    r"[^\n]{0,40}",
)
# Only abbreviations that mean one thing; CST, IST, BST in the Gulf and such are read as local.
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6,
    "cdt": -5, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9,
    "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "wib": 7, "wita": 8, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "sast": 2, "eat": 3, "wat": 1, "cat": 2, "pkt": 5, "brt": -3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One time as printed.

    Attributes:
        at: the instant, aware; a day alone is its midnight in the outlet's zone.
        raw: the text it was read from.
        has_time: it names a time of day other than a midnight that only fills up.
        has_zone: it names its own zone.
        source: where on the page it stood, "" if that is not told.
    """

    at: datetime
    raw: str
    has_time: bool
    has_zone: bool
    source: str = ""


def zone_named(name: str) -> tzinfo:
    """Return the zone of an IANA name, UTC for "" and unknown names.

    >>> zone_named("Asia/Tokyo").key
    'Asia/Tokyo'
    """
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def read_moment(text: str, zone: tzinfo = UTC, languages: tuple[str, ...] = ()) -> Moment | None:
    """Read the first time in a text; None where it names no whole day.

    Args:
        text: what was printed or declared; numbers may be in any script.
        zone: where a time without zone belongs.
        languages: whose month names may occur, main one first.

    >>> read_moment("2024年6月16日 21:05", zone_named("Asia/Tokyo")).at.isoformat()
    '2024-06-16T21:05:00+09:00'
    >>> read_moment("2026-13-45") is None, read_moment("2024") is None
    (True, True)
    """
    raw = text.strip()[:TEXT_MAX_CHARS]
    plain = _with_ascii_digits(raw)
    if not any(c.isdigit() for c in plain):
        return None
    if found := EPOCH.fullmatch(plain):
        return _from_epoch(raw, found.group())
    if found := COMPACT.fullmatch(plain):
        return _from_parts(raw, found.groupdict(), zone)
    if found := YEAR_FIRST.search(plain):
        return _from_parts(raw, _timed(found.groupdict(), found), zone)
    if found := DAY_FIRST.search(plain):
        return _from_parts(raw, _timed(_ordered(found.groupdict(), zone), found), zone)
    if found := NAMED_MONTH.search(plain):
        return _from_words(raw, found, zone, languages)
    return None


def _timed(parts: dict[str, str | None], found: re.Match[str]) -> dict[str, str | None]:
    """Add the time of day that stands before a day, where none follows it."""
    before = None if parts.get("hour") else CLOCK_BEFORE.search(found.string, 0, found.start())
    return parts | before.groupdict() if before else parts


def _with_ascii_digits(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _from_epoch(raw: str, digits: str) -> Moment | None:
    seconds = float(digits)
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if seconds < EPOCH_MIN_SECONDS:
        return None
    return Moment(datetime.fromtimestamp(seconds, UTC), raw, True, True)


def _ordered(parts: dict[str, str | None], zone: tzinfo) -> dict[str, str | None]:
    """Tell day from month in 05/06/2024: as in America where the outlet is there."""
    first, other = parts["first"], parts["other"]
    name = getattr(zone, "key", "")
    american = name.startswith(
        ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver", "US/")
    )
    if int(other or 0) > 12 or (american and int(first or 0) <= 12):
        first, other = other, first
    return parts | {"day": first, "month": other}


def _from_parts(raw: str, parts: dict[str, str | None], zone: tzinfo) -> Moment | None:
    year = int(parts["year"] or 0)
    if BUDDHIST_YEARS[0] <= year <= BUDDHIST_YEARS[1]:
        year -= BUDDHIST_OFFSET
    hour, minute, second = (int(parts.get(k) or 0) for k in ("hour", "minute", "second"))
    if (parts.get("hour")) is not None:
        hour = _of_24(hour, parts.get("before") or parts.get("after") or "")
    own = _zone_of(parts.get("zone"), zone)
    try:
        at = datetime(
            year,
            int(parts["month"] or 0),
            int(parts["day"] or 0),
            hour,
            minute,
            min(second, 59),
            tzinfo=own or zone,
        )
    except (ValueError, OverflowError):
        return None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or at == EPOCH_START:
        return None
    return Moment(at, raw, bool(hour or minute or second), own is not None)


def _of_24(hour: int, meridiem: str) -> int:
    meridiem = meridiem.lower().replace(".", "")
    if meridiem in ("pm", "午後", "오후", "下午", "晚上", "中午") and hour < 12:
        return hour + 12
    if meridiem in ("am", "午前", "오전", "上午", "凌晨") and hour == 12:
        return 0
    return hour


def _zone_of(text: str | None, local: tzinfo) -> tzinfo | None:
    if not text:
        return None
    text = text.strip().lower().replace("−", "-")
    if text in ZONES:
        return timezone(timedelta(hours=ZONES[text]))
    offset = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?", text)
    if not offset:
        return None
    hours, minutes = int(offset.group(2)), int(offset.group(3) or 0)
    if hours > 14 or minutes > 59:
        return None
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if offset.group(1) == "-" else delta)


def _from_words(
    raw: str, found: re.Match[str], zone: tzinfo, languages: tuple[str, ...]
) -> Moment | None:
    text = found.group()
    year = next(int(y) for y in (found["y1"], found["y2"], found["y3"]) if y)
    if BUDDHIST_YEARS[0] <= year <= BUDDHIST_YEARS[1]:
        text = text.replace(str(year), str(year - BUDDHIST_OFFSET), 1)
    elif not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    day_end = text.index(str(year - BUDDHIST_OFFSET if year >= BUDDHIST_YEARS[0] else year)) + 4
    if found["y3"]:
        day_end = len(text)
    parsed = _day_in_words(text[:day_end].strip(" ,"), languages)
    if parsed is None:
        return None
    clock = re.compile(rf"^{_GAP}{_HOUR}{_ZONE}", re.IGNORECASE).match(text[day_end:])
    parts = clock.groupdict() if clock else {}
    day = {"year": str(parsed.year), "month": str(parsed.month), "day": str(parsed.day)}
    return _from_parts(raw, _timed(parts | day, found), zone)


@lru_cache(maxsize=256)
def _day_in_words(text: str, languages: tuple[str, ...]) -> datetime | None:
    """Read a day with a named month, in the given languages and English only.

    Asking dateparser for any language makes it load all of them: 0.3 to 1.1 s of CPU measured.
    """
    known = list(dict.fromkeys([*(tag.split("-")[0] for tag in languages), "en"]))
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month", "day"]}
    for language in known[:4]:
        try:
            parsed: datetime | None = dateparser.parse(
                text, languages=[language], settings=settings
            )
        except (ValueError, TypeError, OverflowError, RecursionError, KeyError):
            continue
        if parsed is not None:
            return parsed
    return None
