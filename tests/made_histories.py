"""Makes months of an outlet's history, hour by hour, with breaks planted at known times.

Nothing here knows how the judges judge: articles are published by a rhythm, with noise, holidays,
vacations and days of our own on which nobody looked; looks bring what was published since; a break
changes what a look brings.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from statistics import median

from scraper.records import Incident
from scraper.watch.history import KNOWN_WEEKS, Asked, Day, History, ListingState
from scraper.watch.refusals import ASKED_DAYS

FIRST = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
HOLIDAYS = {  # a Good Friday, an Easter Monday, two days at the end of a week, and single ones
    FIRST.date() + timedelta(days=days) for days in (46, 49, 73, 74, 105, 130, 158)
}
ELSEWHERE = "news.elsewhere.example"
READINGS = 500


@dataclass(frozen=True)
class Rhythm:
    """How an outlet publishes: articles on each weekday, within which hours (UTC)."""

    name: str
    weekdays: tuple[float, ...]
    hours: tuple[int, int]
    rests: bool  # on holidays, and for some days of vacation
    growth: float = 0.0  # a day


RHYTHMS = (
    Rhythm("round the clock", (120,) * 5 + (90, 85), (0, 24), rests=False),
    Rhythm("daily", (28,) * 5 + (16, 14), (5, 22), rests=False),
    Rhythm("weekdays", (14,) * 5 + (0, 0), (7, 18), rests=True),
    Rhythm("small", (4, 5, 4, 5, 4, 2, 1), (6, 20), rests=True),
    Rhythm("weekly", (0, 0, 0, 12, 0, 0, 0), (9, 12), rests=True),
    Rhythm("sparse", (0.5,) * 7, (0, 24), rests=False),
    Rhythm("growing", (8,) * 5 + (4, 4), (6, 21), rests=False, growth=0.008),
)


@dataclass(frozen=True)
class Break:
    """Something that goes wrong at a known time: as an incident will call it."""

    kind: str
    what: str
    began_at: datetime
    over_at: datetime
    field: str = ""


BREAKS = (
    ("silent", "nothing", ""),
    ("silent", "frozen", ""),
    ("emptied", "pages", ""),
    ("emptied", "listing", ""),
    ("emptied", "unreadable", ""),
    ("drifted", "share", "author"),
    ("drifted", "share", "date"),
    ("drifted", "words", "body"),
    ("blocked", "refused", ""),
    ("blocked", "articles refused", ""),
    ("blocked", "consent", ""),
    ("blocked", "challenge", ""),
    ("blocked", "robots", ""),
    ("moved", "listing", ""),
    ("moved", "articles", ""),
    ("slow", "latency", ""),
    ("slow", "delay", ""),
)


@dataclass
class Hour:
    """What one hour brought."""

    checks: int = 0
    failed_checks: int = 0
    fresh: int = 0
    newest_at: datetime | None = None
    requests: int = 0
    latency: int = 0
    fetched: int = 0
    words: list[int] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    authors: int = 0
    no_article: int = 0
    consent: int = 0
    challenges: int = 0
    failed: int = 0
    refused: dict[str, int] = field(default_factory=dict)  # by kind of request
    held: int | None = None
    status: int | None = None
    problem: str = ""
    redirected_to: str = ""
    other_hosts: int = 0
    forbidden: int = 0


class MadeOutlet:
    """An outlet with a rhythm and breaks, whose history can be had as of any time.

    Args:
        slug: its name.
        rhythm: how it publishes.
        breaks: what goes wrong, in order.
        seed: for all chance.
        days: how long it is watched.
    """

    def __init__(
        self, slug: str, rhythm: Rhythm, breaks: tuple[Break, ...], seed: str, days: int
    ) -> None:
        self.slug, self.rhythm, self.breaks = slug, rhythm, breaks
        self.chance = random.Random(seed)
        self.look_every = self.chance.choice((1, 1, 3, 6) if sum(rhythm.weekdays) > 20 else (3, 6))
        self.is_dated = self.chance.random() < 0.75  # its listings give times
        self.knows_hours = self.chance.random() < 0.5
        self.author_share = self.chance.choice((0.95, 0.8, 0.6))
        self.usual_words = self.chance.choice((220, 400, 650))
        self.usual_latency = self.chance.choice((120, 400, 1100))
        self.paywalled = self.chance.choice((0.0, 0.0, 0.1))
        self.resting = self._vacations(days)
        self.unlooked = self._pauses(days)
        self.hours: list[Hour] = []
        self.waiting: list[datetime] = []
        self.newest_at: datetime | None = None
        self.captures: list[datetime | None] = []  # of the newest article, hour by hour
        for number in range(days * 24):
            self.hours.append(self._hour(FIRST + number * HOUR))
            self.captures.append(self.captured)
        self._days: dict[date, Day] = {}

    captured: datetime | None = None

    def _vacations(self, days: int) -> set[date]:
        if not self.rhythm.rests:
            return set()
        found = set(HOLIDAYS)
        for _ in range(days // 90):
            start = self.chance.randrange(35, days)
            length = self.chance.choice((2, 3, 4))
            found |= {FIRST.date() + timedelta(days=start + each) for each in range(length)}
        return found

    def _pauses(self, days: int) -> set[date]:
        """Return days on which nobody looked: the scheduler was down."""
        starts = [self.chance.randrange(20, days) for _ in range(days // 60)]
        return {
            FIRST.date() + timedelta(days=start + each)
            for start in starts
            for each in range(self.chance.choice((1, 2)))
        }

    def wrong(self, moment: datetime) -> Break | None:
        """Return what is wrong at a time."""
        for each in self.breaks:
            if each.began_at <= moment < each.over_at:
                return each
        return None

    def _published(self, moment: datetime) -> int:
        rhythm = self.rhythm
        if moment.hour == 0:
            self.factor = self.chance.gammavariate(8, 1 / 8)
        first, last = rhythm.hours
        if not first <= moment.hour < last or moment.date() in self.resting:
            return 0
        rate = rhythm.weekdays[moment.weekday()] / (last - first)
        rate *= self.factor * (1 + rhythm.growth * (moment - FIRST).days)
        if not rhythm.rests and moment.date() in HOLIDAYS:
            rate *= 0.5
        return poisson(self.chance, rate)

    factor = 1.0

    def _hour(self, moment: datetime) -> Hour:
        hour, wrong = Hour(), self.wrong(moment)
        is_silent = wrong is not None and wrong.kind == "silent"
        if not is_silent:
            self.waiting += [moment] * self._published(moment)
        if moment.hour % self.look_every or moment.date() in self.unlooked:
            return hour
        what = wrong.what if wrong else ""
        hour.checks = hour.requests = 1
        hour.status, hour.held = 200, self.chance.randrange(18, 30)
        hour.latency = self._latency(what)
        if self._listing_fails(hour, what):
            return hour
        if what == "listing" and wrong and wrong.kind == "moved":
            hour.redirected_to, hour.other_hosts = f"https://{ELSEWHERE}/feed", 1
        if what == "listing" and wrong and wrong.kind == "emptied":
            hour.held = 0
            return hour
        late = 12 * HOUR if what == "delay" else timedelta(0)
        came = [each for each in self.waiting if each <= moment - late]
        self.waiting = [each for each in self.waiting if each > moment - late]
        if self.is_dated and came:
            self.newest_at = max(came)
        hour.newest_at = self.newest_at
        if what == "frozen" and self.chance.random() < 0.3 and self.is_dated:
            hour.fresh = 1  # an old article under a new address
        hour.fresh += len(came)
        for published in came:
            self._page(hour, moment, published, what, wrong.field if wrong else "")
        return hour

    def _latency(self, what: str) -> int:
        usual = self.usual_latency * self.chance.lognormvariate(0, 0.3)
        return round(max(7000, usual * 8) if what == "latency" else usual)

    def _listing_fails(self, hour: Hour, what: str) -> bool:
        if what == "refused":
            hour.status, hour.problem, hour.refused = 403, "HTTP 403", {"listing": 1}
        elif what == "unreadable":
            hour.status, hour.problem = 404, "HTTP 404"
        elif what == "robots":
            hour.status, hour.problem, hour.requests = None, "robots.txt forbids it", 0
        elif self.chance.random() < 0.02:
            hour.status, hour.problem = 503, "HTTP 503"
        if hour.problem:
            hour.failed_checks, hour.held = 1, None
        return bool(hour.problem)

    def _page(
        self, hour: Hour, moment: datetime, published: datetime, what: str, drifting: str
    ) -> None:
        hour.fetched += 1
        hour.requests += 1
        hour.latency += self._latency(what)
        chance = self.chance.random
        if what == "articles refused" or (what != "refused" and chance() < self.paywalled):
            hour.refused["article"] = hour.refused.get("article", 0) + 1
            hour.failed += 1
        elif (what == "pages" and chance() < 0.95) or chance() < 0.03:
            hour.no_article += 1
        elif what in ("consent", "challenge") and chance() < 0.9:
            hour.no_article += 1
            hour.consent += what == "consent"
            hour.challenges += what == "challenge"
        elif what == "articles":
            hour.no_article += 1
            hour.other_hosts += 1
        else:
            share = self.author_share * (0.5 if moment.weekday() >= 5 else 1)  # agency copy
            hour.authors += drifting != "author" and chance() < share
            if drifting != "date" or chance() < 0.1:
                hour.delays.append((moment - published).total_seconds() + 600)
            words = self.usual_words * self.chance.lognormvariate(0, 0.5)
            hour.words.append(round(words * (0.35 if drifting == "body" else 1)))
            self.captured = moment

    def history(self, now: datetime, incidents: tuple[Incident, ...] = ()) -> History:
        """Return what is known of the outlet at a time."""
        count = int((now - FIRST) / HOUR)
        start = max(0, count - KNOWN_WEEKS * 7 * 24)
        hours = list(enumerate(self.hours[start:count], start))
        answered = [n for n, hour in hours if hour.checks and not hour.problem]
        fresh = [n for n, hour in hours if hour.fresh]
        state = self._listing_state(hours)
        return History(
            outlet=self.slug,
            days=tuple(self._known_days(now)),
            looked_at=FIRST + answered[-1] * HOUR if answered else None,
            fresh_at=FIRST + fresh[-1] * HOUR if fresh else None,
            newest_at=self.captures[count - 1] if count else None,
            hours=self._learnt(hours) if self.knows_hours else (),
            listings=(state,) if state else (),
            asked=tuple(self._asked(now)),
            incidents=incidents,
        )

    def _known_days(self, now: datetime) -> Iterator[Day]:
        last = now.date()
        for back in range(KNOWN_WEEKS * 7, -1, -1):
            day = last - timedelta(days=back)
            number = (day - FIRST.date()).days * 24
            if number < 0:
                continue
            if day == last:
                made = self._day(day, self.hours[number : number + now.hour])
            else:
                if day not in self._days:
                    self._days[day] = self._day(day, self.hours[number : number + 24])
                made = self._days[day]
            if made.check_count:
                yield made

    def _day(self, day: date, hours: list[Hour]) -> Day:
        words = [each for hour in hours for each in hour.words]
        delays = [each for hour in hours for each in hour.delays]
        requests = sum(hour.requests for hour in hours)
        refused = sum(sum(hour.refused.values()) + hour.challenges for hour in hours)
        elsewhere = sum(hour.other_hosts for hour in hours)
        return Day(
            day=day,
            check_count=sum(hour.checks for hour in hours),
            failed_check_count=sum(hour.failed_checks for hour in hours),
            fresh_count=sum(hour.fresh for hour in hours),
            newest_at=max((h.newest_at for h in hours if h.newest_at), default=None),
            request_count=requests,
            latency_ms=round(sum(h.latency for h in hours) / requests) if requests else None,
            fetched_count=sum(hour.fetched for hour in hours),
            article_count=len(words),
            no_article_count=sum(hour.no_article for hour in hours),
            consent_count=sum(hour.consent for hour in hours),
            failed_count=sum(hour.failed for hour in hours),
            refused_count=refused,
            author_count=sum(hour.authors for hour in hours),
            dated_count=len(delays),
            median_words=round(median(words)) if words else None,
            median_delay_seconds=round(median(delays)) if delays else None,
            other_hosts={ELSEWHERE: elsewhere} if elsewhere else {},
        )

    def _listing_state(self, hours: list[tuple[int, Hour]]) -> ListingState | None:
        looks = [(n, hour) for n, hour in hours if hour.checks]
        if not looks:
            return None
        number, last = looks[-1]
        failing = []
        for n, hour in reversed(looks):
            if not hour.problem:
                break
            failing.append(n)
        is_bad = bool(last.problem) or not last.held
        readings = [(FIRST + n * HOUR, h.held) for n, h in looks if h.held is not None][-READINGS:]
        return ListingState(
            url="https://made.example/feed",
            checked_at=FIRST + number * HOUR,
            status=last.status,
            problem=last.problem,
            redirected_to=last.redirected_to,
            readings=tuple(reversed(readings)) if is_bad else (),
            failures=len(failing),
            failing_since=FIRST + failing[-1] * HOUR if failing else None,
        )

    def _learnt(self, hours: list[tuple[int, Hour]]) -> tuple[float, ...]:
        counts: Counter[int] = Counter()
        for number, hour in hours:
            counts[number % 168] += hour.fresh
        return tuple(float(counts[number]) for number in range(168))

    def _asked(self, now: datetime) -> Iterator[Asked]:
        for back in range(ASKED_DAYS - 1, -1, -1):
            day = now.date() - timedelta(days=back)
            number = (day - FIRST.date()).days * 24
            until = number + (24 if back else now.hour)
            hours = self.hours[max(0, number) : max(0, until)]
            for kind in ("listing", "article"):
                refused = sum(hour.refused.get(kind, 0) for hour in hours)
                sent = sum(h.fetched if kind == "article" else h.checks for h in hours)
                if sent:
                    statuses = {"200": sent - refused, "403": refused}
                    yield Asked(
                        day=day, kind=kind, requests=sent, refused=refused, statuses=statuses
                    )


def poisson(chance: random.Random, rate: float) -> int:
    """Return a number of events of a rate, as Knuth counts them."""
    limit, product, count = math.exp(-min(rate, 500.0)), 1.0, 0
    while True:
        product *= chance.random()
        if product <= limit:
            return count
        count += 1


def make_outlets(seed: int, days: int, copies: int = 1) -> list[MadeOutlet]:
    """Return outlets of every rhythm: some sound, and for every kind of break one that has it."""
    made = []
    for number, rhythm in enumerate(RHYTHMS * copies):
        for turn, (kind, what, drifting) in enumerate((*BREAKS, *[("", "", "")] * 8)):
            name = f"{seed}-{number}-{turn}"
            chance = random.Random(f"{name}-break")
            breaks: tuple[Break, ...] = ()
            if kind:
                start = FIRST + chance.randrange(35 * 24, (days - 35) * 24) * HOUR
                lasting = 28 if rhythm.name in ("weekly", "sparse") else chance.randrange(8, 16)
                breaks = (Break(kind, what, start, start + lasting * 24 * HOUR, drifting),)
            made.append(MadeOutlet(f"made-{name}", rhythm, breaks, name, days))
    return made
