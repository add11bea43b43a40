"""What is known of one outlet when it is judged: its days, its listings, its earlier incidents."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scraper.records import Incident, Judgment

KNOWN_WEEKS = 8  # history read; each weekday is seen eight times
HOURS_A_WEEK = 168
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What came of an outlet on one day; names and meanings are those of `outlet_days`.

    But for `failed_count`: pages that nobody was asked for, as robots.txt forbids them, are left
    out.
    """

    day: date
    check_count: int = 0
    failed_check_count: int = 0
    fresh_count: int = 0
    newest_at: datetime | None = None
    request_count: int = 0
    latency_ms: int | None = None
    fetched_count: int = 0
    article_count: int = 0
    no_article_count: int = 0
    consent_count: int = 0
    quarantined_count: int = 0
    gone_count: int = 0
    failed_count: int = 0
    refused_count: int = 0
    author_count: int = 0
    dated_count: int = 0
    median_words: int | None = None
    median_delay_seconds: int | None = None
    other_hosts: Mapping[str, int] = dataclasses.field(default_factory=dict)

    @property
    def looks(self) -> int:
        """Looks at listings that were answered."""
        return self.check_count - self.failed_check_count

    @property
    def pages(self) -> int:
        """Pages of new addresses that brought something, article or not."""
        return self.article_count + self.no_article_count + self.quarantined_count + self.gone_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Requests of one day and kind (listing or article), and how many of them were refused."""

    day: date
    kind: str
    requests: int
    refused: int
    statuses: Mapping[str, int]
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingState:
    """A listing as it stood when last asked, and what it held before if it stands badly.

    `readings` are the numbers of articles that it listed, newest first, with when they were read;
    `failures` counts the latest looks that brought nothing readable, since `failing_since`.
    """

    url: str
    checked_at: datetime
    status: int | None = None
    problem: str = ""
    redirected_to: str = ""
    readings: tuple[tuple[datetime, int], ...] = ()
    failures: int = 0
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that one outlet is judged by.

    Args:
        outlet: its slug.
        days: its days of the last weeks, oldest first; days without a run may be missing.
        looked_at: the last look at a listing that was answered.
        fresh_at: the last look that brought an address never offered before.
        newest_at: when the article with the newest time of publication was first captured.
        hours: articles by hour of the week from Monday 00 UTC, as far as learnt; or nothing.
        listings: its listings as they stand.
        asked: requests of the last days.
        forbidden: pages of the last days that robots.txt forbade.
        robots_changed_at: when a robots.txt of its hosts last changed.
        incidents: its incidents of the last weeks, the open ones among them.
    """

    outlet: str
    days: tuple[Day, ...] = ()
    looked_at: datetime | None = None
    fresh_at: datetime | None = None
    newest_at: datetime | None = None
    hours: tuple[float, ...] = ()
    listings: tuple[ListingState, ...] = ()
    asked: tuple[Asked, ...] = ()
    forbidden: int = 0
    robots_changed_at: datetime | None = None
    incidents: tuple[Incident, ...] = ()

    def open_incident(self, kind: str, field: str = "") -> Incident | None:
        """Return the open incident of a kind, None if there is none."""
        for incident in self.incidents:
            if (incident.kind, incident.field, incident.closed_at) == (kind, field, None):
                return incident
        return None

    def days_of(self, incident: Incident | None) -> list[Day]:
        """Return the days that an open incident is judged by: earlier ones would call it well."""
        if incident is None or incident.began_at is None:
            return list(self.days)
        return [day for day in self.days if day.day >= incident.began_at.date()]

    def sound_days(self, *kinds: str) -> list[Day]:
        """Return the days looked at on which no incident of some kinds went on."""
        spells = [
            (incident.began_at or incident.opened_at, incident.closed_at)
            for incident in self.incidents
            if incident.kind in kinds
        ]
        return [
            day
            for day in self.days
            if day.looks > 0
            and not any(
                began.date() <= day.day and (closed is None or day.day <= closed.date())
                for began, closed in spells
            )
        ]


def window(
    days: Iterable[Day],
    today: date,
    lengths: tuple[int, ...],
    weight: Callable[[Day], float],
    enough: float,
) -> tuple[int, list[Day]]:
    """Return the shortest of some stretches up to today that holds enough, and its days.

    The longest one is returned where none holds enough.
    """
    days = list(days)
    found: list[Day] = []
    for length in lengths:
        found = [day for day in days if today - length * ONE_DAY < day.day <= today]
        if sum(map(weight, found)) >= enough:
            return length, found
    return lengths[-1], found


def since_when(days: Iterable[Day], first: date, is_bad: Callable[[Day], bool | None]) -> datetime:
    """Return since when days were bad without a good one between, at most until `first`.

    `is_bad` is None of days that tell nothing.
    """
    for day in sorted(days, key=lambda each: each.day, reverse=True):
        if day.day < first:
            verdict = is_bad(day)
            if verdict is False:
                break
            first = day.day if verdict else first
    return midnight(first)


def midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def carried(incident: Incident | None) -> Judgment | None:
    """Return the judgment that leaves an open incident as it is, None where there is none."""
    if incident is None:
        return None
    return Judgment(
        outlet=incident.outlet,
        kind=incident.kind,
        field=incident.field,
        severity=incident.severity,
        began_at=incident.began_at,
        evidence=incident.evidence,
        capture=incident.capture,
        is_carried=True,
    )


def number_in(evidence: Mapping[str, object], key: str) -> float | None:
    """Return a number of an earlier incident's evidence, None if it has none of that name."""
    value = evidence.get(key)
    return float(value) if isinstance(value, int | float) else None
