"""Reading printed times strictly: what they say, in whose zone, how exactly; never a guess."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache

import dateparser

from scraper.extraction.date.calendars import PERSIAN_YEARS, civil_year, persian_day, with_our_years
from scraper.extraction.date.clocks import Clock, clock_after, clock_before, zone_written
from scraper.extraction.date.month_names import MARKS
from scraper.extraction.date.worded_dates import find_worded_day, nearest_year
from scraper.records import Precision

TEXT_MAX_CHARS = 200
MOMENTS_MAX = 4  # read in one line
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)  # what systems print for "no time"
EPOCH_MIN_SECONDS = 100_000_000  # 1973; smaller numbers are counters, not times
PERSIAN_LANGUAGES = {"fa", "prs", "ps", "glk", "mzn", "lrc"}

ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[T ]?(?P<hour>\d{2}):?(?P<minute>\d{2}):?"
    r"(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,9})?")
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?(?:[-/.．]|年|년)\s*(?P<month>\d{1,2})\s?(?:[-/.．]|月|월)\s*"
    r"(?P<day>\d{1,2})(?!\d)(?:\s?(?:日|일|號|号))?(?:T(?=\d))?"
)
DAY_FIRST = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<year>\d{4})(?!\d)"
)
# Boxes of a year and a day: "2026 03/05".
SPLIT_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)\s(?P<month>\d\d)[/-](?P<day>\d\d)(?![\d/-])")
# "26.03.04 10:14": the year comes first in East Asia and Hungary, last elsewhere.
SHORT = re.compile(r"(?<![\d./-])(\d\d)[./](\d\d)[./](\d\d)(?![\d./-])")
YEAR_FIRST_LANGUAGES = {"ko", "ja", "zh", "hu"}
YEARLESS = re.compile(r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]")
GLUED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\d{1,2}:\d\d)")  # "Apr 28 20232:23 PM"
# As Java and C print it: "Thu Mar 05 10:20:33 CST 2026".
YEAR_LAST = re.compile(r"\b([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?: [A-Z]{1,5})?) (\d{4})\b")
HAS_YEAR = re.compile(r"\d{4}|(?:[ก-๎]\.|\s)\d\d$")
POINTS = re.compile("[\u064b-\u0652]")  # Arabic vowel points
# What only dateparser may know: a word between a day and a year, in whichever order.
STRANGE_MONTH = re.compile(
    r"(?<!\d)(?:\d{1,2}[\s.-]{1,3}[^\W\d_][^\d,]{2,24}?[\s,.-]{1,3}\d{4}(?!\d)"
    r"|[^\W\d_]{3,24}\.?\s+\d{1,2}[\s,]+\d{4}(?!\d))"
)
# Languages whose month names month_names.py holds whole: others are asked of dateparser.
OWN_LANGUAGES = {
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "nn", "no", "is", "fi", "et",
    "lv", "lt", "pl", "cs", "sk", "hu", "sl", "hr", "bs", "sr", "mk", "bg", "ro", "sq", "el",
    "tr", "az", "kk", "ky", "uz", "tk", "tg", "ru", "uk", "be", "ka", "hy", "he", "ar", "fa",
    "ur", "ps", "ckb", "hi", "mr", "ne", "bn", "as", "gu", "pa", "or", "ta", "te", "kn", "ml",
    "si", "th", "lo", "km", "my", "id", "ms", "fil", "vi", "mn", "sw", "so", "ha", "yo", "ig",
    "am", "ti", "om", "rw", "af", "zu", "xh", "st", "mt", "eu", "ca", "gl", "cy", "ga", "lb",
    "fo", "eo", "mg", "to", "jv", "su", "hsb", "ja", "zh", "ko", "yue",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One time as printed.

    Attributes:
        at: the instant, aware; a day alone is its midnight in the outlet's zone.
        raw: the text it was read from.
        precision: "day" also where a midnight only fills up.
        zone: the zone as it stands in the text, "" where none does.
        is_misplaced: that zone was seen to be wrong, and the clock read in the page's.
    """

    at: datetime
    raw: str
    precision: Precision = "minute"
    zone: str = ""
    is_misplaced: bool = False

    @property
    def has_time(self) -> bool:
        """Whether it names a time of day."""
        return self.precision != "day"

    @property
    def has_zone(self) -> bool:
        """Whether it names its own zone, and rightly."""
        return bool(self.zone) and not self.is_misplaced


@dataclass(frozen=True, slots=True)
class Reader:
    """How the times of one page are read.

    Attributes:
        zone: where a time without zone belongs.
        languages: BCP 47 tags whose month names may occur, the main one first.
        month_first: 05/06/2024 is in May, as in America.
        told: days that the page states beyond doubt: 05/06/2024 is the one that is among them.
        near: a day close to those printed without a year, None where such are not to be read.
    """

    zone: tzinfo = UTC
    languages: tuple[str, ...] = ()
    month_first: bool = False
    told: frozenset[date] = frozenset()
    near: date | None = None

    def read(self, text: str) -> Moment | None:
        """Return the first time in a text; None where it names no whole day."""
        raw = text.strip()[:TEXT_MAX_CHARS]
        plain = plain_text(raw)
        if not any(c.isdigit() for c in plain):
            return None
        if found := EPOCH.fullmatch(plain):
            return _from_epoch(raw, found.group())
        if found := ISO.fullmatch(plain) or COMPACT.fullmatch(plain):
            return self._stated(raw, found.groupdict())
        return next((moment for moment, _, _ in self.read_all(plain, raw)), None)

    def read_all(self, plain: str, raw: str = "") -> Iterator[tuple[Moment, int, int]]:
        """Yield the times in a line with their place in it, at most MOMENTS_MAX of them.

        Args:
            plain: the line as `plain_text` returns it.
            raw: what is noted as the text they were read from, "" for each one's own part.
        """
        position = 0
        for _ in range(MOMENTS_MAX):
            found = self._next_day(plain, position)
            if found is None:
                return
            day, start, end = found
            try:
                clock = self._clock_of(plain, position, start, end)
            except ValueError:
                return
            if clock is None and not HAS_YEAR.search(plain, start, end):
                position = end  # "3月5日" alone may be any year's, and is often another event's
                continue
            first = min(start, clock.start) if clock else start
            position = max(end, clock.end) if clock else end
            if moment := self._made(day, clock, raw or plain[first:position]):
                yield moment, first, position

    def _next_day(self, plain: str, position: int) -> tuple[date, int, int] | None:
        found = []
        for pattern in (YEAR_FIRST, DAY_FIRST, SPLIT_YEAR):
            numeric = pattern.search(plain, position)
            day = self._numeric_day(numeric, plain) if numeric else None
            if numeric and day:
                found.append((day, numeric.start(), numeric.end()))
        if worded := find_worded_day(plain, position, self.languages, self.near):
            found.append((worded.day, worded.start, worded.end))
        if not found and (short := SHORT.search(plain, position)):
            found += [(d, short.start(), short.end())] if (d := self._short_day(short)) else []
        yearless = YEARLESS.search(plain, position) if self.near and not found else None
        if yearless and self.near:
            day = nearest_year(int(yearless["month"]), int(yearless["day"]), self.near)
            found += [(day, yearless.start(), yearless.end())] if day else []
        if not found and (strange := self._strange_day(plain, position)):
            found.append(strange)
        return min(found, key=lambda one: one[1], default=None)

    def _numeric_day(self, found: re.Match[str], plain: str) -> date | None:
        year, month, day = (int(found[name]) for name in ("year", "month", "day"))
        try:
            if PERSIAN_YEARS[0] <= year <= PERSIAN_YEARS[1]:
                is_persian = any(t.partition("-")[0] in PERSIAN_LANGUAGES for t in self.languages)
                return persian_day(year, month, day) if is_persian else None
            if found.re is DAY_FIRST:
                is_dotted = "." in found.group()
                return self._ordered(civil_year(year), day, month, is_dotted=is_dotted)
            return date(civil_year(year), month, day)
        except ValueError:
            return None

    def _short_day(self, found: re.Match[str]) -> date | None:
        first, second, last = (int(part) for part in found.groups())
        language = self.languages[0].partition("-")[0] if self.languages else ""
        try:
            if language in YEAR_FIRST_LANGUAGES:
                return date(2000 + first, second, last)
            return self._ordered(2000 + last, first, second, is_dotted="." in found.group())
        except ValueError:
            return None

    def _ordered(self, year: int, first: int, second: int, *, is_dotted: bool) -> date:
        """Return the day of two numbers of which either may be the month: dots follow days.

        Raises:
            ValueError: there is no such day.
        """
        is_swapped = second > 12 or (self.month_first and first <= 12 and not is_dotted)
        if max(first, second) <= 12 and not is_dotted:
            usual, other = (
                self._is_told(year, *pair) for pair in ((second, first), (first, second))
            )
            is_swapped = other if usual != other else is_swapped
        month, day = (first, second) if is_swapped else (second, first)
        return date(year, month, day)

    def _is_told(self, year: int, month: int, day: int) -> bool:
        ordinal = date(year, month, day).toordinal()
        return any(abs(told.toordinal() - ordinal) <= 1 for told in self.told)  # zones

    def _strange_day(self, plain: str, position: int) -> tuple[date, int, int] | None:
        strange = tuple(t for t in self.languages if t.partition("-")[0] not in OWN_LANGUAGES)
        found = STRANGE_MONTH.search(plain, position) if strange else None
        day = _day_in_words(found.group(), strange) if found else None
        return (day, found.start(), found.end()) if found and day else None

    def _clock_of(self, plain: str, earliest: int, start: int, end: int) -> Clock | None:
        """Return the time of day beside a day; where both sides have one, the one before it.

        Raises:
            ValueError: it is no time of any day.
        """
        if start > earliest and (before := clock_before(plain, earliest, start, self.zone)):
            return before
        return clock_after(plain, end, self.zone)

    def _stated(self, raw: str, parts: dict[str, str | None]) -> Moment | None:
        try:
            year, month, day = (int(parts[name] or 0) for name in ("year", "month", "day"))
            is_persian = PERSIAN_YEARS[0] <= year <= PERSIAN_YEARS[1]
            hour, minute, second = (int(parts[n] or 0) for n in ("hour", "minute", "second"))
            at = time(hour, minute, min(second, 59))
            in_ours = date(civil_year(year), month, day) if not is_persian else None
            civil = in_ours or persian_day(year, month, day)
        except ValueError:
            return None
        zone = parts["zone"] or ""
        offset = zone_written(zone, self.zone)
        clock = Clock(at, zone if offset else "", offset, 0, 0, parts["second"] is not None)
        return self._made(civil, clock if parts["hour"] else None, raw)

    def _made(self, day: date, clock: Clock | None, raw: str) -> Moment | None:
        if not is_of_news(day):
            return None
        if clock is None:
            return Moment(datetime.combine(day, time(), self.zone), raw, "day")
        at = datetime.combine(day, clock.at, clock.offset or self.zone)
        if at == EPOCH_START:
            return None
        precision: Precision = "second" if clock.has_second else "minute"
        return Moment(at, raw, precision if clock.at != time() else "day", clock.zone)


def read_moment(text: str, zone: tzinfo = UTC, languages: tuple[str, ...] = ()) -> Moment | None:
    """Read the first time in a text; None where it names no whole day.

    Args:
        text: what was printed or declared; numbers may be in any script.
        zone: where a time without zone belongs.
        languages: whose month names may occur, main one first.

    >>> read_moment("2024年6月16日 21:05").at.isoformat()
    '2024-06-16T21:05:00+00:00'
    >>> read_moment("2026-13-45") is None, read_moment("2024") is None
    (True, True)
    """
    american = getattr(zone, "key", "") in AMERICAN_ZONES
    return Reader(zone, languages, american).read(text)


AMERICAN_ZONES = {
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Phoenix", "America/Detroit", "America/Anchorage", "Pacific/Honolulu", "US/Eastern",
    "US/Central", "US/Mountain", "US/Pacific", "Asia/Manila",
}  # fmt: skip


def is_of_news(day: date) -> bool:
    """Tell whether a day or time may be one of news, far from the ends of what zones can move.

    >>> is_of_news(date(2026, 3, 5)), is_of_news(date(9999, 12, 31)), is_of_news(date(1, 1, 1))
    (True, False, False)
    """
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def plain_text(text: str) -> str:
    """Return a line with digits, years and spellings of any script and calendar as ours.

    >>> plain_text("২০২৬"), plain_text("令和８年３月５日")
    ('2026', '2026年3月5日')
    """
    text = text[:TEXT_MAX_CHARS]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", POINTS.sub("", MARKS.sub("", text)))
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
        text = with_our_years(text)
    if ":" in text:
        text = YEAR_LAST.sub(r"\2 \1 \4 \3", GLUED_YEAR.sub(r"\1 ", text))
    return text


def _from_epoch(raw: str, digits: str) -> Moment | None:
    seconds = float(digits)
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if seconds < EPOCH_MIN_SECONDS:
        return None
    at = datetime.fromtimestamp(seconds, UTC)
    return Moment(at, raw, "second", "UTC") if is_of_news(at) else None


@lru_cache(maxsize=256)
def _day_in_words(text: str, languages: tuple[str, ...]) -> date | None:
    """Read a day with a named month, in the given languages only.

    Asking dateparser for any language makes it load all of them: 0.3 to 1.1 s of CPU measured.
    """
    known = dict.fromkeys(tag.split("-")[0] for tag in languages)
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month", "day"]}
    for language in list(known)[:4]:
        try:
            parsed: datetime | None = dateparser.parse(
                text, languages=[language], settings=settings
            )
        except (ValueError, TypeError, OverflowError, RecursionError, KeyError):
            continue
        if parsed is not None:
            return parsed.date()
    return None
