"""What pages say, in the reader's words: sentences from the catalogue, dates, numbers, names.

The only door to Babel. Sentences come from `locale/<language>/LC_MESSAGES/dateline.mo` where there
is one, else they are English as written; dates and numbers follow the reader's own locale.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

from scraper.archive.grammar import Note

App = Callable[[Any, Any, Any], Awaitable[None]]

DOMAIN = "dateline"
CATALOGUES = Path(__file__).parent / "locale"
WRITTEN_IN, DEFAULT = "en", "en_GB"  # the language of the source; days before months by default
ACCEPTED_MAX = 10  # languages of Accept-Language looked at
# Kept as written: a table says the same small numbers again and again, each 30 µs with Babel.
NUMBERS_KEPT = 4_096
SPAN_LEAST = 2  # of a unit: 47 hours, then 2 days
SPAN_MAX_SECONDS = 8.64e12  # a hundred million days; no more than timedelta can hold
TAG_MAX_CHARS = 35  # RFC 5646 section 4.4.1
ACCEPTED = re.compile(
    r"\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([0-9](?:\.[0-9]{0,3})?))?\s*"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is made: how dates and numbers are written, and the catalogue."""

    locale: Locale
    language: str
    catalogue: NullTranslations


def N_(message: str) -> str:
    """Mark a constant for the catalogue; it is translated by `_` when a page is made.

    >>> N_("Search")
    'Search'
    """
    return message


@lru_cache(maxsize=128)
def reader_of(accepted: str) -> Reader:
    """Return the reader that an Accept-Language header (RFC 9110 section 12.5.4) describes.

    >>> reader_of("de-AT, en;q=0.5").locale, reader_of("de-AT").language, reader_of("").locale
    (Locale('de', territory='AT'), 'en', Locale('en', territory='GB'))
    """
    wanted = [found for tag in _accepted(accepted) if (found := _locale(tag))]
    locale = wanted[0] if wanted else Locale.parse(DEFAULT)
    for found in wanted:
        if found.language == WRITTEN_IN:
            break
        catalogue = Translations.load(CATALOGUES, [str(found), found.language], DOMAIN)
        if isinstance(catalogue, GNUTranslations):
            return Reader(locale, found.language, catalogue)
    return Reader(locale, WRITTEN_IN, NullTranslations())


def _accepted(header: str) -> list[str]:
    weighed = []
    for part in header.split(",")[:ACCEPTED_MAX]:
        if found := ACCEPTED.fullmatch(part):
            weighed.append((float(found[2] or 1), found[1]))
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0]


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag[:TAG_MAX_CHARS].replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


_reader: ContextVar[Reader] = ContextVar("reader")


def reader() -> Reader:
    """Return the reader of the request at hand."""
    return _reader.get(None) or reader_of("")


def with_reader(app: App) -> App:
    """Wrap an ASGI application: what it makes is for the reader who asks.

    ?hl=TAG in the address comes before the browser's Accept-Language.
    """

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            asked = re.search(rb"(?:^|&)hl=([A-Za-z0-9-]{2,35})(?:&|$)", scope["query_string"])
            accepted = asked[1] if asked else headers.get(b"accept-language", b"")
            _reader.set(reader_of(accepted.decode("latin-1")))
        await app(scope, receive, send)

    return wrapped


def _(message: str, **values: object) -> str:
    """Translate a sentence; values fill its %(name)s places."""
    found = reader().catalogue.gettext(message)
    return found % values if values else found


def say(note: Note) -> str:
    """Translate a note of the query language; numbers in it are written as the reader does."""
    values = {k: number(v) if isinstance(v, int) else v for k, v in note.values.items()}
    return _(note.message, **values)


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence whose wording depends on a number, which fills %(n)s."""
    found = reader().catalogue.ngettext(one, many, n)
    return found % ({"n": number(n)} | values)


def number(value: float) -> str:
    """Write a number as the reader does.

    >>> number(1234567), number(2.5)
    ('1,234,567', '2.5')
    """
    return _decimal(value, reader().locale)


@lru_cache(maxsize=NUMBERS_KEPT)
def _decimal(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


def share(value: float) -> str:
    """Write a fraction of one as a percentage, small ones with more digits.

    >>> share(0.25), share(0.0123), share(0.00042)
    ('25%', '1.2%', '0.042%')
    """
    digits = 0 if value >= 0.1 or not value else 1 if value >= 0.01 else 3
    pattern = "#,##0." + "#" * digits + "%" if digits else "#,##0%"
    return _percent(value, pattern, reader().locale)


@lru_cache(maxsize=NUMBERS_KEPT)
def _percent(value: float, pattern: str, locale: Locale) -> str:
    return str(format_percent(value, pattern, locale=locale))


def span(seconds: float) -> str:
    """Write how long something takes, in the largest unit that there are two of.

    >>> span(90), span(100_000), span(0.2), span(1e300)
    ('90 seconds', '28 hours', '0 seconds', '273973 years')
    """
    return _span(round(min(max(seconds, 0), SPAN_MAX_SECONDS)), _spoken())


@lru_cache(maxsize=NUMBERS_KEPT)
def _span(seconds: int, locale: Locale) -> str:
    return str(format_timedelta(timedelta(seconds=seconds), threshold=SPAN_LEAST, locale=locale))


def listed(items: Iterable[str]) -> str:
    """Join words into a list as the reader's language does.

    >>> listed(["Japan", "Egypt", "Peru"])
    'Japan, Egypt and Peru'
    """
    return format_list(list(items), locale=_spoken())


def moment(text: str | None, timezone: str = "UTC") -> str:
    """Return an RFC 3339 time in words, on the clock of a zone; as stored when it is none.

    >>> moment("2024-06-16T12:05:00Z"), moment("2024-06-16T12:05:00Z", "Asia/Tokyo"), moment("soon")
    ('16 June 2024, 12:05 UTC', '16 June 2024, 21:05 UTC+9', 'soon')
    """
    found = _read(text)
    if found is None:
        return text or ""
    local = found.astimezone(zone(timezone))
    return _(
        "%(date)s, %(time)s %(zone)s",
        date=format_date(local, "long", locale=reader().locale),
        time=format_time(local, "HH:mm", tzinfo=local.tzinfo, locale=reader().locale),
        zone=_offset(local),
    )


def _offset(local: datetime) -> str:
    minutes = round((local.utcoffset() or datetime.min - datetime.min).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


def day(text: str, timezone: str) -> tuple[str, str]:
    """Return the day of an RFC 3339 time on the clock of a zone: in words, and as ISO 8601.

    >>> day("2024-06-15T15:00:00Z", "Asia/Tokyo"), day("soon", "Asia/Tokyo")
    (('16 June 2024', '2024-06-16'), ('soon', 'soon'))
    """
    found = _read(text)
    if found is None:
        return text, text
    local = found.astimezone(zone(timezone))
    return format_date(local, "long", locale=reader().locale), local.date().isoformat()


def day_words(day: str) -> str:
    """Return a day such as 2024-06-16 in words; anything else as it is.

    >>> day_words("2024-06-16"), day_words("2024-6")
    ('16 June 2024', '2024-6')
    """
    try:
        return format_date(date.fromisoformat(day), "long", locale=reader().locale)
    except ValueError:
        return day


def month_words(month: str) -> str:
    """Return a month such as 2024-06 in words; anything else as it is.

    >>> month_words("2024-06"), month_words("2024-6")
    ('June 2024', '2024-6')
    """
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        return month
    first = date.fromisoformat(f"{month}-01") if month[:4] != "0000" else None
    if first is None:
        return month
    pattern = reader().locale.datetime_skeletons.get("yMMMM")
    return format_date(first, pattern.pattern if pattern else "MMMM y", locale=reader().locale)


def short_date(day: date, parts: str) -> str:
    """Write some parts of a day as briefly as the reader does, such as MMMd (Unicode TR 35).

    >>> day = date(2024, 6, 16)
    >>> short_date(day, "MMMd"), short_date(day, "yMMM"), short_date(day, "yMMMd")
    ('16 Jun', 'Jun 2024', '16 Jun 2024')
    """
    try:
        return str(format_skeleton(parts, day, locale=reader().locale))
    except KeyError:  # a locale with few forms
        return day.isoformat()


def month_short(number: int) -> str:
    """Return the short name of a month, from 1.

    >>> month_short(6)
    'Jun'
    """
    return str(_spoken().months["stand-alone"]["abbreviated"][number])


def weekday_short(number: int) -> str:
    """Return the short name of a day of the week, from 0 for Monday.

    >>> weekday_short(0)
    'Mon'
    """
    return str(_spoken().days["stand-alone"]["abbreviated"][number])


def zone(name: str) -> tzinfo:
    """Return an IANA time zone, UTC for names unknown here."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def _read(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # Years at either end of the calendar cannot be moved to another zone.
    return found if MINYEAR < found.year < MAXYEAR else None


def language_name(tag: str) -> str:
    """Return a BCP 47 tag in words; subtags that add nothing we know fall away.

    >>> language_name("ja"), language_name("sr-Latn-RS"), language_name("x y"), language_name("")
    ('Japanese', 'Serbian (Latin)', 'x y', '')
    """
    parts = tag[:TAG_MAX_CHARS].split("-")
    names = _spoken()
    name = names.languages.get("_".join(parts[:2])) or names.languages.get(parts[0])
    if not name:
        return tag
    script = names.scripts.get(parts[1]) if len(parts) > 1 else None
    is_told = "_".join(parts[:2]) in names.languages
    return f"{name} ({script})" if script and not is_told else name


def country_name(code: str) -> str:
    """Return an ISO 3166-1 alpha-2 code in words.

    >>> country_name("JP"), country_name("XX")
    ('Japan', 'XX')
    """
    return _spoken().territories.get(code) or code


def _spoken() -> Locale:
    """Return the locale of our sentences, which the names of languages and countries stand in."""
    return _locale_of(reader().language)


@lru_cache(maxsize=128)
def _locale_of(language: str) -> Locale:
    return Locale.parse(DEFAULT if language == WRITTEN_IN else language)
