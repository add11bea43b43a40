"""Known, due, or fresh? What to do with an address, from what the archive knows of it; pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from scraper.archive.candidates import FURTHEST
from scraper.records import Capture, Standing

# Another look about 1 h, 6 h, 24 h and 7 d after publication: most corrections come in the first
# hours, and the decay keeps the cost of an article at four conditional requests in all.
RHYTHM = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(days=7))
# An article that was seen to change is looked at sooner: half as long after each change as the wait
# before it, twice as long after each look without one.
SHORTEST_WAIT = timedelta(minutes=15)

# A page that may be kept for longer than this was meant to be; news pages say seconds or minutes.
LONG_FRESHNESS = timedelta(hours=1)
LONGEST_FRESHNESS = timedelta(days=3660)  # more than any page is looked at; dates end in 9999
SECONDS_MAX_DIGITS = 10
HEADER_MAX_CHARS = 1000
DIRECTIVE = re.compile(r'([a-z-]+)\s*(?:=\s*"?([^",]*)"?)?')
UNAVAILABLE_AFTER = re.compile(r"unavailable_after\s*:\s*([^;]+)", re.IGNORECASE)
NEVER = datetime.max.replace(tzinfo=UTC)

Verdict = Literal["fetch", "revisit", "known", "later"]


def next_check(published_at: datetime | None, captured_at: datetime) -> datetime | None:
    """Return when an article is due for another look, None when its time is over.

    An article without a time of publication is taken as published when it was captured; so is one
    that claims to come from the future.

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> next_check(noon, noon + timedelta(minutes=5)).isoformat()
    '2026-03-01T13:00:00+00:00'
    """
    start = min(published_at or captured_at, captured_at)
    return next((start + step for step in RHYTHM if start + step > captured_at), None)


def next_look(
    standing: Standing, capture: Capture, published_at: datetime | None, *, changed: bool = False
) -> datetime | None:
    """Return when an article is due after a look at it, None for never again.

    Sooner than `next_check` has it for one that changed, at this look or before; later, or never,
    for a page whose headers say that it will stay as it is.

    Args:
        standing: what was known of it before.
        capture: what the look brought.
        published_at: when it says it was published, None if it does not say.
        changed: whether it is seen to have changed.
    """
    looked_at = capture.captured_at
    due = next_check(published_at or standing.since, looked_at)
    if due is None:
        return None
    last = standing.checked_at
    if last is not None and last < looked_at and (changed or standing.revision_count > 1):
        wait = looked_at - last
        due = min(due, looked_at + max(wait / 2 if changed else wait * 2, SHORTEST_WAIT))
    stays_until = unchanged_until(capture.headers, looked_at)
    if stays_until <= due:
        return due
    start = min(published_at or standing.since or looked_at, looked_at)
    return stays_until if stays_until <= start + RHYTHM[-1] else None


def unchanged_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return until when a page's headers say that it need not be asked again; `now` if they do not.

    What is `immutable` (RFC 8246) or was to be gone from search engines by now (X-Robots-Tag:
    unavailable_after) is never asked; what stays fresh for long (RFC 9111 section 4.2), not before.

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> unchanged_until({"Cache-Control": "public, max-age=7200"}, noon) - noon
    datetime.timedelta(seconds=7200)
    >>> unchanged_until({"Cache-Control": "max-age=60"}, noon) == noon
    True
    >>> unchanged_until({"Cache-Control": "max-age=60, immutable"}, noon) == NEVER
    True
    """
    said = {name.lower(): value[:HEADER_MAX_CHARS] for name, value in headers.items()}
    if (end := _unavailable_after(said.get("x-robots-tag", ""))) is not None and end <= now:
        return NEVER
    control = {
        found[1]: found[2] or ""
        for found in DIRECTIVE.finditer(said.get("cache-control", "").lower())
    }
    if "immutable" in control:
        return NEVER
    if control.keys() & {"no-cache", "no-store"}:
        return now
    freshness = _freshness(control, said)
    if freshness is None or freshness <= LONG_FRESHNESS:
        return now
    return now + freshness


def _freshness(control: Mapping[str, str], said: Mapping[str, str]) -> timedelta | None:
    """Return for how long an answer stays fresh, its age taken off; None if it does not say."""
    if (seconds := _seconds(control.get("max-age", ""))) is not None:
        return timedelta(seconds=seconds - (_seconds(said.get("age", "")) or 0))
    expires, date = _http_date(said.get("expires", "")), _http_date(said.get("date", ""))
    return None if expires is None or date is None else min(expires - date, LONGEST_FRESHNESS)


def _seconds(text: str) -> int | None:
    text = text.strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= SECONDS_MAX_DIGITS
    return min(int(text), round(LONGEST_FRESHNESS.total_seconds())) if is_number else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _unavailable_after(text: str) -> datetime | None:
    found = UNAVAILABLE_AFTER.search(text)
    if found is None:
        return None
    with_weekday = found[1].strip()
    try:
        moment = datetime.fromisoformat(with_weekday)
    except ValueError:
        return _http_date(with_weekday)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def decide(standing: Standing, now: datetime, *, revisit: bool = False) -> Verdict:
    """Say what to do with an address that a listing offers or an earlier run left.

    "fetch" what is new or unsettled, "revisit" a known article that is due, "known" for what is
    settled and not due, "later" for what asked not to be tried yet. `revisit` makes every known
    article due.
    """
    if standing.article is not None and standing.state != "waiting":
        due = standing.next_check_at is not None and not _is_ahead(standing.next_check_at, now)
        return "revisit" if due or revisit else "known"
    if standing.state != "waiting":
        return "revisit" if revisit else "known"
    if standing.retry_at is not None and _is_ahead(standing.retry_at, now):
        return "later"
    return "fetch"


def _is_ahead(moment: datetime, now: datetime) -> bool:
    return now < moment <= now + FURTHEST


def conditional_headers(etag: str, last_modified: str) -> dict[str, str]:
    """Return the headers that ask for an answer only if something changed (RFC 9110 section 13).

    >>> conditional_headers('"a1"', "")
    {'If-None-Match': '"a1"'}
    """
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}
