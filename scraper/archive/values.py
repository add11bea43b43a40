"""How values look in the tables: times, JSON and text that SQLite can hold."""

import json
import re
from datetime import UTC, datetime
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL ends text inside SQLite; surrogates alone


def time_text(moment: datetime) -> str:
    """Return an aware time as RFC 3339 text in UTC, fractions of a second dropped.

    At the ends of the calendar, where UTC has no such year, it is the nearest time that there is.

    >>> time_text(datetime.fromisoformat("2026-11-22T20:50:33.9+02:00"))
    '2026-11-22T18:50:33Z'
    >>> time_text(datetime.fromisoformat("0001-01-01T00:00:00+02:00"))
    '0001-01-01T00:00:00Z'
    """
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        utc = datetime.max if moment.year > 1 else datetime.min
    return utc.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def time_text_or_none(moment: datetime | None) -> str | None:
    """Return `time_text` of a time, None for None."""
    return None if moment is None else time_text(moment)


def read_time(text: str | None) -> datetime | None:
    """Return the aware time that a column holds, None for NULL.

    >>> read_time("2026-11-22T18:50:33Z").isoformat()
    '2026-11-22T18:50:33+00:00'
    """
    return None if text is None else datetime.fromisoformat(text)


def size_text(size: int) -> str:
    """Return bytes in the unit in which they are at least one, for people.

    >>> size_text(1_234_567_890), size_text(20_400_000), size_text(999), size_text(0)
    ('1.23 GB', '20.4 MB', '1.0 kB', '0 kB')
    """
    if size >= 10**9:
        return f"{size / 10**9:.2f} GB"
    if size >= 10**6:
        return f"{size / 10**6:.1f} MB"
    return f"{size / 10**3:.1f} kB" if size else "0 kB"


def safe_text(text: str) -> str:
    r"""Return text with U+FFFD in place of what UTF-8 and SQLite cannot hold.

    Feeds carry such characters as JSON escapes and character references.

    >>> safe_text("a\ud83db\x00") == "a\ufffdb\ufffd"
    True
    """
    return UNSTORABLE.sub("\ufffd", text)


def json_text(value: Any) -> str:
    """Return a map or list as JSON text: compact, keys sorted, letters kept.

    >>> json_text({"b": "ü", "a": 1})
    '{"a":1,"b":"ü"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
