"""How long an answer may be used without asking again, by its headers (RFC 9111); pure."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

SECONDS = re.compile(r"\"?(\d{1,10})\"?")  # more digits are no age that anything has


def fresh_seconds(headers: dict[str, str], now: datetime) -> float | None:
    """Return for how many seconds an answer is fresh, None where its headers do not say.

    `Cache-Control` goes before `Expires` (section 5.3), and time spent in caches on the way (`Age`)
    is taken off. What cannot be read means "stale", as sections 4.2.1 and 5.3 want it.

    Args:
        headers: of the answer, names in lower case.
        now: stands for a `Date` that is missing.

    >>> fresh_seconds({"cache-control": "public, max-age=600", "age": "60"}, datetime.now())
    540.0
    >>> fresh_seconds({"cache-control": "no-cache"}, datetime.now())
    0.0
    """
    directives = dict(_directives(headers.get("cache-control", "")))
    if "no-store" in directives or "no-cache" in directives:
        return 0.0
    if "max-age" in directives:
        return max(0.0, _seconds(directives["max-age"]) - _seconds(headers.get("age", "")))
    if "expires" not in headers:
        return None
    expires, sent = _moment(headers["expires"]), _moment(headers.get("date", "")) or now
    if expires is None:
        return 0.0
    return max(0.0, (expires - sent).total_seconds() - _seconds(headers.get("age", "")))


def _directives(text: str) -> list[tuple[str, str]]:
    parts = [part.strip().partition("=") for part in text.lower().split(",")]
    return [(name.strip(), value.strip()) for name, _, value in parts]


def _seconds(text: str) -> float:
    found = SECONDS.fullmatch(text.strip())
    return float(found[1]) if found else 0.0


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None
