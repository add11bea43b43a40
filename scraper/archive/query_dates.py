"""Dates in queries: what a person writes becomes spans of days, and spans become search tokens.

Standard library only.
"""

import re
from collections.abc import Iterator
from datetime import date

DATE = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?|年)?", re.ASCII)

Years = tuple[int, int]  # first and last
ALL_YEARS: Years = (1000, 2999)


def read_span(scope: str, text: str) -> tuple[str, str] | None:
    """Return first day and end (exclusive) as YYYYMMDD text; None if the text is no date."""
    first, _, last = text.partition("..")
    begin, end = _day_range(first), _day_range(last or first)
    if begin is None or end is None or (last and scope != "date"):
        return None
    begin, end = min(begin, end), max(begin, end)
    if scope == "after":
        return begin[0], "3"
    return ("0", begin[0]) if scope == "before" else (begin[0], end[1])


def _day_range(text: str) -> tuple[str, str] | None:
    found = DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = found[1], int(found[2] or 1), int(found[3] or 1)
    try:
        date(int(year), month, day)
    except ValueError:
        return None
    whole = year + (f"{month:02}" if found[2] else "") + (f"{day:02}" if found[3] else "")
    return f"{year}{month:02}{day:02}", whole + "~"  # "~" sorts after every digit


def date_cover(begin: str, end: str, years: Years = ALL_YEARS, known: str = "") -> Iterator[str]:
    """Yield the fewest FTS5 terms that cover all days from begin to before end, as YYYYMMDD text.

    Whole millennia, centuries and decades are prefixes of year tokens; then years, months, days.
    With `years`, those that an archive has articles of, only these are covered, each by itself:
    FTS5 reads all articles of a prefix before it gives the first, and walks through single years.

    >>> list(date_cover("20231230", "202403~"))
    ['"d20231230"', '"d20231231"', '"m202401"', '"m202402"', '"m202403"']
    >>> list(date_cover("2024", "3", (2021, 2026)))
    ['"y2024"', '"y2025"', '"y2026"']
    """
    low, high = known + "00000101"[len(known) :], known + "99991231"[len(known) :]
    is_outside = not int(low[:4]) <= years[1] or not int(high[:4]) >= years[0]
    if known and (high < begin or low >= end or is_outside):
        return
    if known and begin <= low and high < end:
        mark = {4: "y", 6: "m", 8: "d"}.get(len(known), "")
        if mark or years == ALL_YEARS:
            yield f'"{mark}{known}"' if mark else f'"y{known}" *'
            return
    if not known:
        further = ["1", "2"]
    elif len(known) < 4:
        further = [str(digit) for digit in range(10)]
    else:
        further = [f"{number:02}" for number in range(1, 13 if len(known) == 4 else 32)]
    for step in further:
        yield from date_cover(begin, end, years, known + step)
