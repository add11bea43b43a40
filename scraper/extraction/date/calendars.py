"""Days and years of other calendars, told in ours: the Persian, the Thai, those of eras."""

import re
from datetime import date

BUDDHIST_YEARS = (2400, 2700)  # Thai calendar: 543 years ahead
BUDDHIST_OFFSET = 543
PERSIAN_YEARS = (1300, 1499)  # of news: 1921 to 2121
# Year before the first one of the era: 令和1年 is 2019.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
ERA_YEAR = re.compile(rf"({'|'.join(ERAS)})\s*(元|\d{{1,3}})\s*年")
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十]{1,4}(?=\s*[年月日號号])")


def persian_day(year: int, month: int, day: int) -> date:
    """Return the day of the solar Hijri calendar in ours.

    The 33-year cycle of eight leap years agrees with the astronomical calendar from 1206 to 1497
    (1827 to 2118); Heydari-Malayeri, "A concise review of the Iranian calendar", 2004. Three lines
    stand for a library of thousands (convertdate, jdatetime) of which we would use one function.

    Raises:
        ValueError: there is no such day.

    >>> persian_day(1404, 12, 14).isoformat(), persian_day(1403, 12, 30).isoformat()
    ('2026-03-05', '2025-03-20')
    """
    length = 31 if month <= 6 else 30 if month <= 11 or is_persian_leap(year) else 29
    if not (PERSIAN_YEARS[0] <= year <= PERSIAN_YEARS[1] and 1 <= month <= 12):
        raise ValueError(f"no Persian month of news: {year}-{month}")
    if not 1 <= day <= length:
        raise ValueError(f"no day {day} in Persian month {year}-{month}")
    days = (year - 1) * 365 + (8 * year + 21) // 33
    days += (month - 1) * 31 - max(0, month - 7) + day
    return date.fromordinal(days + PERSIAN_EPOCH)


PERSIAN_EPOCH = 226_894  # ordinal of the day before 1 Farvardin 1 of the cycle


def is_persian_leap(year: int) -> bool:
    """Tell whether a Persian year has 366 days.

    >>> [year for year in range(1395, 1410) if is_persian_leap(year)]
    [1395, 1399, 1403, 1408]
    """
    return (8 * year + 29) % 33 < 8


def civil_year(year: int) -> int:
    """Return our number of a year that may be counted the Buddhist way.

    >>> civil_year(2569), civil_year(2026)
    (2026, 2026)
    """
    return year - BUDDHIST_OFFSET if BUDDHIST_YEARS[0] <= year <= BUDDHIST_YEARS[1] else year


def with_our_years(text: str) -> str:
    """Write the years of eras, and numbers in Han characters, as ours.

    >>> with_our_years("令和6年5月3日"), with_our_years("民國115年3月5日")
    ('2024年5月3日', '2026年3月5日')
    >>> with_our_years("二〇二六年十二月二十五日")
    '2026年12月25日'
    """
    if "年" not in text:
        return text
    text = HAN_NUMBER.sub(lambda found: _han_number(found.group()), text)
    return ERA_YEAR.sub(_our_year, text)


def _our_year(found: re.Match[str]) -> str:
    nth = 1 if found[2] == "元" else int(found[2])
    return f"{ERAS[found[1]] + nth}年"


def _han_number(han: str) -> str:
    if "十" not in han:
        return han.translate(HAN_DIGITS)
    tens, _, ones = han.partition("十")
    return str(int(tens.translate(HAN_DIGITS) or 1) * 10 + int(ones.translate(HAN_DIGITS) or 0))
