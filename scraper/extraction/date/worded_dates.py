"""Days whose month is a word, found by our own table of month names: in any order and language."""

import re
from dataclasses import dataclass
from datetime import date

from scraper.extraction.date.calendars import PERSIAN_YEARS, civil_year, persian_day
from scraper.extraction.date.month_names import (
    LONGEST_WORDS,
    MONTHS,
    PERSIAN_MONTHS,
    civil_month,
    folded,
)

TOKENS_MAX = 60
REACH = 4  # tokens between a month and its day or year: "5th day of the month of March, in 2026"
YEARS = (1900, 2700)

# Dots join what Thai and Greek months are cut into: มี.ค.
TOKEN = re.compile(
    r"\d+|[ก-ฮ][\u0e30-\u0e4e]?\.\s?[ก-ฮ]\.|[^\s\d!-,./:-@\[-`{-~،؛؟।॥၊။、。・·•–—|«»“”„()…\-]+"
)
PREFIXES = ("ב", "ל", "ខែ", "ເດືອນ", "เดือน")  # "in", "of", "month", written on to the name
SUFFIXES = ("လ", "মাস", "ის", "ren")  # "month", and cases


@dataclass(frozen=True, slots=True)
class WordedDay:
    """A day found in a text, and where it stands."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def number(self) -> int:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 4 else -1


def find_worded_day(
    text: str, position: int, languages: tuple[str, ...], near: date | None = None
) -> WordedDay | None:
    """Return the first day with a named month from a position on, None where there is none.

    Args:
        text: one line with digits in ASCII.
        position: where to begin.
        languages: those of the page, where month names have several senses.
        near: a day close to those printed without a year, None where such are not to be read.

    >>> find_worded_day("Thursday 5th of March, 2026", 0, ()).day.isoformat()
    '2026-03-05'
    >>> find_worded_day("2026 m. kovo 5 d.", 0, ()).day.isoformat()
    '2026-03-05'
    >>> find_worded_day("16 رمضان 1447 هـ - 5 مارس 2026", 0, ()).day.isoformat()
    '2026-03-05'
    """
    tokens = [
        _Token(found.group(), found.start(), found.end())
        for _, found in zip(range(TOKENS_MAX), TOKEN.finditer(text, position), strict=False)
    ]
    months = [
        (0, 0, 1) if token.text[0].isdecimal() else _month(tokens, index, languages)
        for index, token in enumerate(tokens)
    ]
    for index, (civil, persian, width) in enumerate(months):
        # "Sat, 14 Mar": a weekday may be some language's month; the nearer one is meant.
        later = next((m for m in months[index + width : index + REACH] if m[0] or m[1]), None)
        if not (civil or persian) or (later and later[0] != civil and index + width < len(tokens)):
            continue
        found = _around(tokens, index, width, (civil, persian))
        if found is None and near and civil:
            found = _yearless(tokens, index, width, (civil, near))
        if found is not None:
            return found
    return None


def _month(tokens: list[_Token], index: int, languages: tuple[str, ...]) -> tuple[int, int, int]:
    """Return the month of our calendar and of the Persian one, and how many tokens name it."""
    words = [folded(token.text) for token in tokens[index : index + LONGEST_WORDS]]
    for width in range(len(words), 0, -1):
        name = " ".join(words[:width])
        civil, persian = civil_month(name, languages), PERSIAN_MONTHS.get(name, 0)
        if civil or persian:
            return civil, persian, width
    word = words[0]
    for prefix in PREFIXES:
        if word.startswith(prefix) and (month := MONTHS.get(word.removeprefix(prefix))):
            return month, 0, 1
    for suffix in SUFFIXES:
        if word.endswith(suffix) and (month := MONTHS.get(word.removesuffix(suffix))):
            return month, 0, 1
    if word in ("thang", "tháng") and index + 1 < len(tokens):  # Vietnamese months are numbered
        month = tokens[index + 1].number
        return (month if 1 <= month <= 12 else 0), 0, 2
    return 0, 0, 1


def _around(
    tokens: list[_Token], index: int, width: int, months: tuple[int, int]
) -> WordedDay | None:
    """Return the day made of a month, the number beside it and the year near it."""
    after = [t for t in tokens[index + width : index + width + REACH] if t.number >= 0]
    before = [t for t in reversed(tokens[max(0, index - REACH) : index]) if t.number >= 0]
    for day, year in _pairs(before, after):
        is_thai = "ก" <= tokens[index].text[0] <= "๛"
        year_text = f"25{year.text}" if is_thai and len(year.text) == 2 else year.text
        made = _made(year_text, months, day.number)
        if made is not None:
            named = (tokens[index], tokens[index + width - 1], day, year)
            return WordedDay(made, min(t.start for t in named), max(t.end for t in named))
    return None


def _yearless(
    tokens: list[_Token], index: int, width: int, month_near: tuple[int, date]
) -> WordedDay | None:
    beside = [*tokens[max(0, index - 1) : index], *tokens[index + width : index + width + 1]]
    for token in beside:
        day = nearest_year(month_near[0], token.number, month_near[1])
        if day is not None:
            named = (tokens[index], tokens[index + width - 1], token)
            return WordedDay(day, min(t.start for t in named), max(t.end for t in named))
    return None


def nearest_year(month: int, day: int, near: date) -> date | None:
    """Return the day of this month that lies closest to another day, None if there is none.

    >>> nearest_year(12, 30, date(2026, 1, 2)).isoformat()
    '2025-12-30'
    """
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return min(days, key=lambda one: abs(one - near), default=None)


def _pairs(before: list[_Token], after: list[_Token]) -> list[tuple[_Token, _Token]]:
    """Return day and year as they may stand: 5 March 2026, March 5 2026, 2026 March 5.

    The first is what most of the world prints.
    """
    pairs = []
    if before and after:
        pairs.append((before[0], after[0]))
    if len(after) >= 2:
        pairs += [(after[0], after[1]), (after[1], after[0])]
    if before and after:
        pairs.append((after[0], before[0]))
    if len(before) >= 2:
        pairs.append((before[0], before[1]))
    return pairs


def _made(year_text: str, months: tuple[int, int], day: int) -> date | None:
    year, (civil, persian) = int(year_text), months
    if not 1 <= day <= 31:
        return None
    try:
        if persian and PERSIAN_YEARS[0] <= year <= PERSIAN_YEARS[1]:
            return persian_day(year, persian, day)
        if not civil:
            return None
        if len(year_text) == 4 and YEARS[0] <= year <= YEARS[1]:
            return date(civil_year(year), civil, day)
    except ValueError:
        return None
    return None
