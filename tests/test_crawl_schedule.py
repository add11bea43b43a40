"""When each listing is asked next, and which outlets are crawled now; the clock is an argument."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.archive.schedules import Arrival, Known, ListingState, Look, OutletState, Work
from scraper.crawl import schedule
from scraper.crawl.daemon import Desk
from scraper.crawl.queues import AWAY
from scraper.crawl.schedule import call, choose, decide_next, due_at
from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet
from scraper.watch.rhythm import LATEST, LATEST_AT_FIRST, SOONEST

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
FEED, SECTION = "https://a.example/feed", "https://a.example/world"


def look(outcome: str = "read", **said: object) -> Look:
    given = {"held": 30, "problem": "HTTP 500" if outcome == "failed" else ""} | said
    return Look("a", FEED, FEED, NOON, outcome, **given)  # type: ignore[arg-type]


def test_a_first_look_takes_its_rhythm_from_the_times_it_finds() -> None:
    fast = Known(arrivals=tuple(Arrival(NOON, NOON - 10 * n * MINUTE) for n in range(30)))
    slow = Known(arrivals=tuple(Arrival(NOON, NOON - 4 * n * DAY) for n in range(30)))
    assert decide_next(fast, look()).interval < 30 * MINUTE
    # That much was told, not watched: a day's wait is for what we watched for a week.
    assert decide_next(slow, look()).interval == LATEST_AT_FIRST
    for watched, longest in ((6 * DAY, LATEST_AT_FIRST), (7 * DAY, LATEST)):
        known = Known(since=NOON - DAY, observed=(4.0,) * 168, fresh=(0.0,) * 168)
        plan = decide_next(replace(known, first_at=NOON - watched), look())
        assert plan.interval == longest


def test_a_first_look_without_times_is_followed_by_a_second_soon() -> None:
    plan = decide_next(Known(arrivals=(Arrival(NOON),) * 30), look())
    assert plan.interval <= 2 * HOUR
    assert plan.reason == schedule.BY_RHYTHM


def test_what_comes_is_learnt_and_nothing_is_learnt_twice() -> None:
    known = Known(since=NOON - HOUR, arrivals=(Arrival(NOON, NOON - 30 * MINUTE),))
    plan = decide_next(known, look())
    assert plan.fresh is not None
    assert sum(plan.fresh) == pytest.approx(1)
    earlier = replace(known, arrivals=(Arrival(NOON - 2 * HOUR, is_new=False),))
    assert sum(decide_next(earlier, look()).fresh or ()) == 0


def test_a_listing_that_did_not_change_is_asked_less_often() -> None:
    plan, now = decide_next(Known(), look()), NOON
    waits = []
    for _ in range(40):
        before, now = now, plan.due_at
        known = Known(
            before,
            plan.interval,
            observed=plan.observed or (),
            fresh=plan.fresh or (),
            first_at=NOON,
        )
        plan = decide_next(known, replace(look("unchanged", held=None), at=now))
        waits.append(plan.interval)
    assert waits[-1] == LATEST
    assert waits == sorted(waits) or max(waits[5:]) == LATEST


def test_failures_double_the_pause_up_to_a_day() -> None:
    known, pauses = Known(interval=5 * MINUTE), []
    for _ in range(12):
        plan = decide_next(known, look("failed"))
        known = replace(known, failure_count=plan.failure_count)
        pauses.append(plan.due_at - NOON)
    assert pauses[:4] == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 80 * MINUTE]
    assert pauses[-1] == DAY
    assert plan.interval == 5 * MINUTE  # is remembered, and so is what was learnt
    assert plan.observed is None
    assert plan.reason == "failing: HTTP 500"


def test_a_slow_listing_is_not_asked_more_often_because_it_fails() -> None:
    assert decide_next(Known(interval=8 * HOUR), look("failed")).due_at == NOON + 8 * HOUR


def test_a_success_forgets_the_failures() -> None:
    assert decide_next(Known(failure_count=9, since=NOON - DAY), look()).failure_count == 0


def test_who_asks_for_silence_gets_it_and_has_not_failed() -> None:
    told = look("failed", until=NOON + 3 * DAY, problem=AWAY)
    plan = decide_next(Known(failure_count=1), told)
    assert (plan.due_at, plan.failure_count) == (NOON + 3 * DAY, 1)
    assert plan.reason == schedule.TOLD_TO_WAIT
    ours = replace(told, problem="robots.txt forbids it")
    assert decide_next(Known(), ours).reason == "put off: robots.txt forbids it"


@pytest.mark.parametrize("problem", ["HTTP 429", AWAY])
def test_who_says_in_a_moment_each_time_is_asked_ever_less(problem: str) -> None:
    known, pauses = Known(interval=5 * MINUTE), []
    for _ in range(12):
        told = look("failed", until=NOON + timedelta(seconds=1), problem=problem)
        plan = decide_next(known, told)
        known = replace(known, failure_count=plan.failure_count)
        pauses.append(plan.due_at - NOON)
    assert pauses[:3] == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert pauses[-1] == DAY
    ours = replace(told, problem="the day's budget is spent")
    assert decide_next(Known(), ours).due_at == NOON + SOONEST


def test_after_a_long_absence_no_more_than_a_week_is_learnt() -> None:
    plan = decide_next(Known(since=NOON - 400 * DAY), look())
    assert plan.observed is not None
    assert sum(plan.observed) == pytest.approx(168)


def test_articles_that_the_budget_does_not_hold_wait_until_it_does() -> None:
    waiting = OutletState("a", (), (Work(NOON - 6 * HOUR, NOON - DAY), Work(NOON + 3 * DAY, NOON)))
    assert due_at(schedule.put_off(waiting, None), NOON) < NOON  # type: ignore[operator]
    later = schedule.put_off(waiting, NOON + HOUR)
    assert due_at(later, NOON) == NOON + HOUR
    assert len(later.work) == 2
    assert call(later, NOON) is None


def listing(url: str, due: timedelta, interval: timedelta = HOUR) -> ListingState:
    asked_at = NOON + due - interval
    return ListingState(url, NOON + due, interval, reason=schedule.BY_RHYTHM, checked_at=asked_at)


def outlet(name: str, *found: ListingState | Work) -> OutletState:
    listings = tuple(one for one in found if isinstance(one, ListingState))
    return OutletState(name, listings, tuple(one for one in found if isinstance(one, Work)))


def test_what_was_never_asked_is_due_at_once() -> None:
    found = call(outlet("a", ListingState(FEED)), NOON)
    assert found is not None
    assert found.errand.listings == (FEED,)
    assert found.reason == schedule.FIRST_LOOK


def test_nothing_is_asked_before_it_is_due() -> None:
    assert call(outlet("a", listing(FEED, MINUTE)), NOON) is None
    assert call(outlet("a"), NOON) is None
    assert due_at(outlet("a"), NOON) is None


def test_a_listing_that_is_nearly_due_is_asked_along() -> None:
    near = call(outlet("a", listing(FEED, -MINUTE), listing(SECTION, 8 * MINUTE)), NOON)
    far = call(outlet("a", listing(FEED, -MINUTE), listing(SECTION, 12 * MINUTE)), NOON)
    assert near is not None
    assert far is not None
    assert near.errand.listings == (FEED, SECTION)
    assert far.errand.listings == (FEED,)


def test_no_listing_is_asked_twice_in_five_minutes_to_ride_along() -> None:
    fast = listing(SECTION, timedelta(seconds=40), SOONEST)
    fresh = replace(fast, checked_at=NOON - SOONEST + timedelta(seconds=40))
    found = call(outlet("a", listing(FEED, -MINUTE), fresh), NOON)
    assert found is not None
    assert found.errand.listings == (FEED,)


def test_one_that_is_failing_or_told_to_wait_is_never_asked_early() -> None:
    waiting = replace(listing(SECTION, MINUTE), reason=schedule.TOLD_TO_WAIT)
    found = call(outlet("a", listing(FEED, -MINUTE), waiting), NOON)
    assert found is not None
    assert found.errand.listings == (FEED,)


def test_articles_ride_along_with_a_listing_but_wait_no_longer_than_a_fifth() -> None:
    work = Work(NOON - 5 * MINUTE, NOON - 65 * MINUTE)
    assert call(outlet("a", listing(FEED, HOUR), work), NOON) is None
    state = outlet("a", listing(FEED, HOUR), work)
    assert due_at(state, NOON) == NOON + 7 * MINUTE
    found = call(state, NOON + 7 * MINUTE)
    assert found is not None
    assert found.errand.listings == ()
    assert found.errand.revisits


def test_the_latest_for_its_interval_goes_first_and_slow_ones_are_not_starved() -> None:
    fast = outlet("fast", listing(FEED, -5 * MINUTE, SOONEST))
    slow = outlet("slow", listing(FEED, -HOUR, DAY))
    assert [one.outlet for one in choose([slow, fast], NOON)] == ["fast", "slow"]
    served = []
    moment = NOON
    for _ in range(400):  # one place only, and a fast outlet that is always due again
        first = choose([slow, fast], moment)[0].outlet
        served.append(first)
        if first == "slow":
            break
        moment += 5 * MINUTE
        fast = outlet("fast", ListingState(FEED, moment - 5 * MINUTE, SOONEST))
    assert served[-1] == "slow"


def test_rest_is_doubled_up_to_an_hour() -> None:
    assert [schedule.rest(n) for n in (0, 1, 99)] == [MINUTE, 2 * MINUTE, HOUR]


def test_a_plan_made_by_a_clock_that_was_wrong_is_not_waited_for() -> None:
    lost = listing(FEED, 900 * DAY)
    found = call(outlet("a", lost), NOON)
    assert found is not None
    assert found.errand.listings == (FEED,)
    hours_ahead = listing(FEED, 12 * HOUR, 5 * MINUTE)  # set back by half a day
    assert call(outlet("a", hours_ahead), NOON) is not None
    assert call(outlet("a", replace(hours_ahead, reason="failing: HTTP 500")), NOON) is None
    told = replace(listing(FEED, 30 * DAY), reason=schedule.TOLD_TO_WAIT)
    assert call(outlet("a", told), NOON) is None


class Gazette(OutletSpider):
    """An outlet at its desk."""

    name = "a"
    outlet = Outlet("Gazette", country="IE", languages=("en",), homepage="https://a.example/")
    feeds = (FEED,)


WORK = Work(NOON - 2 * HOUR, NOON - 3 * HOUR)


def test_articles_that_nothing_becomes_of_do_not_keep_a_listing_waiting() -> None:
    state = outlet("a", listing(FEED, 5 * MINUTE), WORK)
    desk = Desk(Gazette, state)
    for _ in range(9):
        desk.settle(state, NOON, has_fetched=False)
    assert desk.rests_until == NOON + HOUR
    assert call(desk.ready(NOON + MINUTE), NOON + MINUTE) is None
    assert desk.due_at(NOON) == NOON + 5 * MINUTE
    assert call(desk.ready(NOON + 5 * MINUTE), NOON + 5 * MINUTE) is not None


def test_a_crawl_that_breaks_down_each_time_is_made_ever_less() -> None:
    state = outlet("a", ListingState(FEED))
    desk = Desk(Gazette, state)
    waits = []
    for _ in range(4):
        desk.settle(state, NOON, has_fetched=False)
        waits.append((desk.due_at(NOON) or NOON) - NOON)
        assert call(desk.ready(NOON), NOON) is None
    assert waits == [5 * MINUTE, 5 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    desk.settle(outlet("a", listing(FEED, 5 * MINUTE)), NOON, has_fetched=True)
    assert desk.due_at(NOON) == NOON + 5 * MINUTE
