"""Known, due, or fresh? What to do with an address, from what the archive knows of it; pure."""

from datetime import datetime, timedelta
from typing import Literal

from scraper.records import Standing

# Another look about 1 h, 6 h, 24 h and 7 d after publication: most corrections come in the first
# hours, and the decay keeps the cost of an article at four conditional requests in all.
RHYTHM = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(days=7))

Verdict = Literal["fetch", "revisit", "known", "later"]


def next_check(published_at: datetime | None, captured_at: datetime) -> datetime | None:
    """Return when an article is due for another look, None when its time is over.

    An article without a time of publication is taken as published when it was captured; so is one
    that claims to come from the future.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> next_check(noon, noon + timedelta(minutes=5)).isoformat()
    '2026-03-01T13:00:00+00:00'
    """
    start = min(published_at or captured_at, captured_at)
    return next((start + step for step in RHYTHM if start + step > captured_at), None)


def decide(standing: Standing, now: datetime, *, revisit: bool = False) -> Verdict:
    """Say what to do with an address that a listing offers or an earlier run left.

    "fetch" what is new or unsettled, "revisit" a known article that is due, "known" for what is
    settled and not due, "later" for what asked not to be tried yet. `revisit` makes every known
    article due.
    """
    if standing.article is not None and standing.state != "waiting":
        due = standing.next_check_at is not None and standing.next_check_at <= now
        return "revisit" if due or revisit else "known"
    if standing.state != "waiting":
        return "revisit" if revisit else "known"
    if standing.retry_at is not None and standing.retry_at > now:
        return "later"
    return "fetch"


def conditional_headers(etag: str, last_modified: str) -> dict[str, str]:
    """Return the headers that ask for an answer only if something changed (RFC 9110 section 13).

    >>> conditional_headers('"a1"', "")
    {'If-None-Match': '"a1"'}
    """
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}
