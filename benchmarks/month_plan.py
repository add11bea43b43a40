"""What a simulated month holds: outlets, their rhythms, articles, edits, and what breaks when.

All of it follows from a seed, so that a world drawn from it needs no memory: any moment can be
asked for at any time, by any process.
"""

import math
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scraper.demo.outlets import OUTLETS, DemoOutlet

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
BACKLOG = timedelta(days=6)  # published before the month begins
PORT = int(os.environ.get("MONTH_PORT", "8790"))  # of every outlet, each on its own address
HOUR = timedelta(hours=1)
FEED_SIZES = (15, 20, 30, 40)  # articles a listing holds
CRAWL_DELAYS = (0.3, 0.5, 0.7)  # real seconds; of every tenth outlet
CRAWL_DELAY_EVERY = 10
SIZES = (0.5, 0.8, 1.0, 1.6)  # how much an outlet publishes, against the others of its rhythm
EDITED, EDITED_TWICE, REMOVED, FORBIDDEN = 0.25, 0.3, 0.02, 0.025  # shares of articles
SOONEST_EDIT, LATEST_EDIT = timedelta(minutes=20), timedelta(days=3)
REMOVED_AFTER = (timedelta(days=1), timedelta(days=4))
BURST_CHANCE, BURST_FACTOR, BURST_HOURS = 1 / 6, 12.0, 3  # a day; against other hours
ISSUE_HOUR = (3, 10)  # a weekly comes out on Thursdays at ten


@dataclass(frozen=True, slots=True)
class Break:
    """Something that goes wrong with an outlet, from one moment to another."""

    kind: str
    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Tell whether it goes on at a moment."""
        return self.begins <= moment < self.ends


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One article to be; `number` counts an outlet's from 0 by time of publication."""

    number: int
    published_at: datetime
    edited_at: tuple[datetime, ...] = ()
    removed_at: datetime | None = None
    is_forbidden: bool = False
    redesign: str = ""

    def version(self, moment: datetime) -> int:
        """Return how many edits it had had by a moment."""
        return sum(edit <= moment for edit in self.edited_at)

    def is_up(self, moment: datetime) -> bool:
        """Tell whether it was in print at a moment."""
        gone = self.removed_at is not None and self.removed_at <= moment
        return self.published_at <= moment and not gone


@dataclass(frozen=True, slots=True, eq=False)
class PlannedOutlet:
    """One outlet: how it looks, when it publishes, what breaks."""

    demo: DemoOutlet
    place: int
    rhythm: str
    feed_size: int
    pieces: tuple[Piece, ...]
    breaks: tuple[Break, ...] = ()

    @property
    def slug(self) -> str:
        """Its name."""
        return self.demo.slug

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{address(self.place)}:{PORT}"

    def broken(self, moment: datetime) -> str:
        """Return the kind of break that goes on at a moment, "" for none."""
        return next((b.kind for b in self.breaks if b.holds(moment)), "")


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole month."""

    start: datetime
    end: datetime
    outlets: dict[str, PlannedOutlet] = field(default_factory=dict)


# Shares of a week's articles by local weekday and hour, and how many an outlet has against others.
Rhythm = tuple[float, Callable[[int, int], float]]
RHYTHMS: dict[str, Rhythm] = {
    "round the clock": (2.2, lambda day, hour: 1.0 if 6 <= hour < 23 else 0.5),
    "office hours": (1.0, lambda day, hour: 1.0 if day < 5 and 9 <= hour < 18 else 0.02),
    "weekdays": (0.8, lambda day, hour: 1.0 if day < 5 and 6 <= hour < 23 else 0.0),
    "bursts": (0.6, lambda day, hour: 1.0 if 7 <= hour < 22 else 0.1),
    "weekly": (0.6, lambda day, hour: 1.0 if (day, hour) == ISSUE_HOUR else 0.0),
}
RHYTHM_ORDER = (
    "round the clock", "office hours", "weekdays", "office hours", "bursts",
    "round the clock", "weekdays", "weekly", "office hours", "bursts",
)  # fmt: skip

# Of 200 outlets so many break so, for so many days, and listings of these kinds only ("" for any).
BREAKS: tuple[tuple[str, int, tuple[float, float], str], ...] = (
    ("errors", 8, (0.1, 0.5), ""),
    ("long errors", 4, (2.0, 3.0), ""),
    ("refused", 5, (0.1, 0.5), ""),
    ("long refused", 3, (2.0, 3.0), ""),
    ("timeouts", 4, (0.08, 0.17), ""),
    ("frozen", 10, (5.0, 7.0), ""),
    ("emptied", 8, (4.0, 6.0), "rss sitemap section json feed"),
    ("no author", 8, (9.0, 14.0), ""),
    ("no date", 6, (9.0, 14.0), ""),
    ("short body", 8, (9.0, 14.0), ""),
    ("forbidden", 8, (4.0, 6.0), ""),
    ("too many", 4, (4.0, 6.0), ""),
    ("challenge", 6, (4.0, 6.0), ""),
    ("moved", 8, (30.0, 31.0), ""),
)
REDESIGNS = ("no author", "no date", "short body")
OUTAGES = ("errors", "long errors", "refused", "long refused", "timeouts")
BROKEN = 0.45  # share of outlets that break at all
FIRST_BREAK, LAST_BREAK = 0.4, 0.75  # of the month


def address(place: int) -> str:
    """Return a loopback address of its own for each outlet, as Linux answers all of them.

    >>> address(0), address(250)
    ('127.0.2.1', '127.0.3.1')
    """
    return f"127.0.{2 + place // 250}.{1 + place % 250}"


def make_plan(seed: str, outlets: int, days: float, per_day: float) -> Plan:
    """Return a month of `outlets` outlets that publish `per_day` articles each on average."""
    plan = Plan(START, START + timedelta(days=days))
    breaks = _plan_breaks(seed, outlets, plan)
    for number in range(outlets):
        outlet = _plan_outlet(seed, number, plan, per_day)
        planned = breaks.get(number, ())
        pieces = tuple(_redesigned(piece, planned) for piece in outlet.pieces)
        plan.outlets[outlet.slug] = replace(outlet, breaks=planned, pieces=pieces)
    return plan


def _plan_outlet(seed: str, number: int, plan: Plan, per_day: float) -> PlannedOutlet:
    model = OUTLETS[number % len(OUTLETS)]
    slug = f"{model.slug.removeprefix('demo-')}-{number:03}"
    rng = random.Random(f"{seed}/{slug}")  # noqa: S311
    delay = (
        CRAWL_DELAYS[number // CRAWL_DELAY_EVERY % 3] if number % CRAWL_DELAY_EVERY == 0 else 0.0
    )
    demo = replace(model, slug=slug, name=f"{model.name} {number}", crawl_delay_seconds=delay)
    rhythm = RHYTHM_ORDER[number % len(RHYTHM_ORDER)]
    mean = sum(RHYTHMS[name][0] for name in RHYTHM_ORDER) / len(RHYTHM_ORDER)
    wanted = per_day * RHYTHMS[rhythm][0] / mean * rng.choice(SIZES) * len(SIZES) / sum(SIZES)
    times = sorted(_publications(rng, demo, rhythm, wanted, plan))
    while len(times) < 3:  # every page names other articles
        times.insert(0, plan.start - BACKLOG - HOUR * (3 - len(times)))
    pieces = tuple(_plan_piece(rng, n, moment) for n, moment in enumerate(times))
    return PlannedOutlet(demo, number, rhythm, rng.choice(FEED_SIZES), pieces)


def _publications(
    rng: random.Random, demo: DemoOutlet, rhythm: str, wanted: float, plan: Plan
) -> Iterator[datetime]:
    """Yield moments of publication: so many a day, as a Poisson process over the hours."""
    share = RHYTHMS[rhythm][1]
    week = sum(share(day, hour) for day in range(7) for hour in range(24))
    moment, burst_until = plan.start - BACKLOG, plan.start - BACKLOG
    while moment < plan.end:
        local = moment.astimezone(demo.clock)
        rate = wanted * 7 * share(local.weekday(), local.hour) / week
        if rhythm == "bursts":
            if local.hour == 9 and rng.random() < BURST_CHANCE:
                burst_until = moment + BURST_HOURS * HOUR
            rate *= BURST_FACTOR if moment < burst_until else 0.7
        for _ in range(_poisson(rng, rate)):
            yield moment + timedelta(minutes=rng.randrange(60))
        moment += HOUR


def _poisson(rng: random.Random, mean: float) -> int:
    if mean <= 0:
        return 0
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _plan_piece(rng: random.Random, number: int, published_at: datetime) -> Piece:
    edits: list[datetime] = []
    if rng.random() < EDITED:
        edits.append(published_at + _age(rng))
        if rng.random() < EDITED_TWICE:
            edits.append(edits[0] + _age(rng))
    removed_at = None
    if rng.random() < REMOVED:
        first, last = REMOVED_AFTER
        removed_at = published_at + first + (last - first) * rng.random()
    edited_at = tuple(edit for edit in edits if removed_at is None or edit < removed_at)
    return Piece(number, published_at, edited_at, removed_at, rng.random() < FORBIDDEN)


def _age(rng: random.Random) -> timedelta:
    first, last = SOONEST_EDIT.total_seconds(), LATEST_EDIT.total_seconds()
    return timedelta(seconds=first * (last / first) ** rng.random())


def _redesigned(piece: Piece, breaks: tuple[Break, ...]) -> Piece:
    # A new template holds for what is published under it; older pages stay as they are.
    for planned in breaks:
        if planned.kind in REDESIGNS and planned.holds(piece.published_at):
            return replace(piece, redesign=planned.kind)
    return piece


def _plan_breaks(seed: str, outlets: int, plan: Plan) -> dict[int, tuple[Break, ...]]:
    """Return each outlet's breaks by its number; at most one for each."""
    rng = random.Random(f"{seed}/breaks")  # noqa: S311
    free = list(range(outlets))
    rng.shuffle(free)
    breaks: dict[int, tuple[Break, ...]] = {}
    scale = min(1.0, (plan.end - plan.start) / timedelta(days=30))
    for kind, of_200, (shortest, longest), listings in BREAKS:
        for _ in range(math.ceil(of_200 * outlets / 200)):
            if len(breaks) >= BROKEN * outlets:
                return breaks  # in a small world, most outlets are well all the same
            number = next((n for n in free if _suits(n, kind, listings)), None)
            if number is None:
                continue
            free.remove(number)
            begins = plan.start + (plan.end - plan.start) * rng.uniform(FIRST_BREAK, LAST_BREAK)
            lasts = timedelta(days=rng.uniform(shortest, longest)) * scale
            breaks[number] = (Break(kind, begins.replace(second=0, microsecond=0), begins + lasts),)
    return breaks


def _suits(number: int, kind: str, listings: str) -> bool:
    rhythm = RHYTHM_ORDER[number % len(RHYTHM_ORDER)]
    if kind in OUTAGES or kind in ("moved", "forbidden", "too many"):
        return True
    kinds = [listing for listing, _ in OUTLETS[number % len(OUTLETS)].listings]
    if listings and not all(listing in listings for listing in kinds):
        return False
    # What is told from articles needs some: a weekly has one or two chances in such a while.
    return rhythm in ("round the clock", "office hours")
