"""When each listing is asked next, and which outlets are crawled now; pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scraper.archive.schedules import Known, ListingState, Look, OutletState, Plan, Work
from scraper.crawl.queues import AWAY, DOWN
from scraper.records import Errand
from scraper.watch import rhythm
from scraper.watch.rhythm import Rhythm

FIRST_PAUSE = timedelta(minutes=10)  # after a look that failed; doubled for each further one
LONGEST_PAUSE = timedelta(days=1)
LONGEST_SILENCE = timedelta(days=31)  # that a host may ask for
LONGEST_GAP = timedelta(days=7)  # between two looks that is learnt from; a feed holds no more
LONGEST_FIRST_WINDOW = timedelta(days=28)  # that a first look may tell of
INDEX_WINDOW = timedelta(days=1)  # that a first look at an index of sitemaps tells of

JOIN_SHARE = 0.15  # of its interval that a listing may be asked early, to share another's crawl
JOIN_MOST = timedelta(minutes=10)
LATE_SHARE = 0.2  # of its wait that an article may be late, to share a listing's crawl
LATE_MOST = timedelta(hours=24)
NEVER_ASKED = timedelta(hours=1)  # taken as the interval of what has none yet
REST = timedelta(minutes=1)  # between two crawls of an outlet; doubled for each that moved nothing
LONGEST_REST = timedelta(hours=1)

FIRST_LOOK = "first look"
BY_RHYTHM = "rhythm"
FAILING = "failing"
TOLD_TO_WAIT = "told to wait"  # by the host, all of which is left alone
PUT_OFF = "put off"  # by our own rules
ARTICLES = "articles due"


def decide_next(known: Known, look: Look) -> Plan:
    """Say when a listing is to be asked next, and learn from the look that was.

    What failed is asked again after a pause that doubles up to a day; what a host or our own rules
    put off, no earlier than that; all else by its rhythm.
    """
    if look.outcome == "failed":
        return _after_failure(known, look)
    learnt = _learnt(known, look)
    by_hour = rhythm.rates(learnt)
    pace = rhythm.liveliness(by_hour, _recent_count(known, look), look.at) if known.since else 1.0
    first_at = known.first_at or look.at
    latest = rhythm.longest_wait(look.at - first_at)
    due_at = rhythm.next_look(by_hour, look.at, pace=pace, latest=latest)
    return Plan(due_at, due_at - look.at, 0, BY_RHYTHM, learnt.observed, learnt.fresh)


def _after_failure(known: Known, look: Look) -> Plan:
    failures = known.failure_count + 1
    pause = doubled(FIRST_PAUSE, failures - 1, LONGEST_PAUSE)
    if known.interval is not None:  # a slow listing is not asked more often because it fails
        pause = min(max(pause, known.interval), LONGEST_PAUSE)
    if look.until is not None and look.until > look.at:  # it was not the listing that failed
        is_told = look.problem in (AWAY, DOWN) or look.problem.startswith("HTTP ")
        reason = TOLD_TO_WAIT if is_told else f"{PUT_OFF}: {look.problem}"
        # Who says "in a second" each time is as good as one that fails each time.
        if not is_told or look.until >= look.at + pause:
            due_at = max(look.until, look.at + rhythm.SOONEST)
            return Plan(due_at, known.interval or NEVER_ASKED, known.failure_count, reason)
    reason = f"{FAILING}: {look.problem}" if look.problem else FAILING
    # The interval stays what it was in good days: it is what the first success goes on from.
    return Plan(look.at + pause, known.interval or FIRST_PAUSE, failures, reason)


def doubled(pause: timedelta, times: int, most: timedelta) -> timedelta:
    """Return a pause doubled so many times, bounded.

    >>> doubled(timedelta(minutes=10), 3, timedelta(days=1)) == timedelta(minutes=80)
    True
    """
    return min(pause * int(2 ** min(times, 32)), most)


def _learnt(known: Known, look: Look) -> Rhythm:
    before = Rhythm(known.observed, known.fresh) if known.observed else Rhythm()
    moments = [arrival.published_at for arrival in known.arrivals if arrival.is_new]
    if known.since is not None:
        since = max(known.since, look.at - LONGEST_GAP)
    elif known.is_below or look.held is None:
        since = look.at - INDEX_WINDOW
    else:
        found = rhythm.first_window(moments, look.at)
        # The one that begins it belongs to it: ten of one minute are ten, not none.
        since = look.at if found is None else found - timedelta(seconds=1)
        since = max(since, look.at - LONGEST_FIRST_WINDOW)
    if known.since is None:  # what is older than the window was there before
        moments = [moment for moment in moments if moment is not None and moment > since]
    return rhythm.learn(before, since, look.at, moments, is_watched=not known.is_below)


def _recent_count(known: Known, look: Look) -> float:
    """Return how many articles came in the RECENT time before a look."""
    assert known.since is not None
    count, start = 0.0, look.at - rhythm.RECENT
    for arrival in known.arrivals:
        moment = arrival.published_at if arrival.is_new else arrival.found_at
        if moment is not None and (not arrival.is_new or known.since < moment <= look.at):
            count += moment > start
        else:  # at any time since the last look
            gap = look.at - known.since
            count += min(1.0, rhythm.RECENT / gap) if gap else 1.0
    return count


@dataclass(frozen=True, slots=True)
class Call:
    """An outlet to be crawled: what for, how late it is in shares of its interval, and why."""

    outlet: str
    errand: Errand
    lateness: float
    reason: str


def listing_due_at(listing: ListingState, now: datetime) -> datetime:
    """Return when a listing is due; at the beginning of time if it was never asked.

    What lies further ahead than any plan does was planned when the clock went wrong.
    """
    furthest = now + LONGEST_SILENCE
    if listing.reason == BY_RHYTHM and listing.interval is not None:
        furthest = now + listing.interval
    elif listing.reason.startswith(FAILING):
        furthest = now + LONGEST_PAUSE
    if listing.due_at is None or listing.due_at > furthest + REST:
        return datetime.min.replace(tzinfo=UTC)
    return listing.due_at


def work_due_at(work: Work) -> datetime:
    """Return when an article's look cannot wait longer for a listing's crawl to share.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> work_due_at(Work(noon, noon - timedelta(hours=5))) - noon == timedelta(hours=1)
    True
    """
    return work.due_at + min((work.due_at - work.since) * LATE_SHARE, LATE_MOST)


def due_at(state: OutletState, now: datetime) -> datetime | None:
    """Return when an outlet is to be crawled next, None for never."""
    moments = [listing_due_at(listing, now) for listing in state.listings]
    moments += [work_due_at(work) for work in state.work]
    return min(moments, default=None)


def put_off(state: OutletState, until: datetime | None) -> OutletState:
    """Return a state whose articles wait until then: what the day's budget does not hold."""
    if until is None:
        return state
    late = [work for work in state.work if work_due_at(work) > until]
    moved = [Work(until, until)] if len(late) < len(state.work) else []
    return OutletState(state.outlet, state.listings, (*moved, *late))


def call(state: OutletState, now: datetime) -> Call | None:
    """Say what an outlet is to be crawled for now, None for nothing.

    Listings that are nearly due are asked along; articles that are due always are.
    """
    listings = [one for one in state.listings if listing_due_at(one, now) <= now]
    work = [one for one in state.work if work_due_at(one) <= now]
    if not listings and not work:
        return None
    soon = [one for one in state.listings if listing_due_at(one, now) <= now + _slack(one, now)]
    asked = tuple(one.url for one in soon)
    lateness = max(
        [_lateness(one, now) for one in listings] + [_work_lateness(one, now) for one in work]
    )
    reason = (listings[0].reason or FIRST_LOOK) if listings else ARTICLES
    return Call(state.outlet, Errand(listings=asked), lateness, reason)


def choose(states: Iterable[OutletState], now: datetime) -> list[Call]:
    """Return the crawls that are due, the one that is latest for its interval first.

    So one that is asked every five minutes and is five late goes before one that is asked once a
    day and is an hour late; but not for ever, since the latter's lateness grows as well.
    """
    calls = [found for state in states if (found := call(state, now)) is not None]
    return sorted(calls, key=lambda one: (-one.lateness, one.outlet))


def _slack(listing: ListingState, now: datetime) -> timedelta:
    """Return how early a listing may be asked, never sooner than SOONEST after its last look."""
    if listing.due_at is None or listing.reason != BY_RHYTHM:
        return timedelta()
    if listing.checked_at is None or now - listing.checked_at < rhythm.SOONEST:
        return timedelta()
    return min((listing.interval or timedelta()) * JOIN_SHARE, JOIN_MOST)


def _lateness(listing: ListingState, now: datetime) -> float:
    if listing.due_at is None or listing.due_at > now:
        return 1.0
    return (now - listing.due_at) / max(listing.interval or NEVER_ASKED, rhythm.SOONEST)


def _work_lateness(work: Work, now: datetime) -> float:
    return (now - work.due_at) / max(work.due_at - work.since, NEVER_ASKED)


def rest(fruitless: int) -> timedelta:
    """Return how long an outlet is left alone after a crawl, after so many that moved nothing.

    >>> rest(0), rest(3)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=480))
    """
    return doubled(REST, fruitless, LONGEST_REST)
