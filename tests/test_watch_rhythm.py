"""What the scheduler learns of a listing's rhythm, on made rhythms."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scraper.watch.rhythm import (
    HOURS,
    LATEST,
    SOONEST,
    Rhythm,
    expected,
    first_window,
    hour_of_week,
    learn,
    liveliness,
    next_look,
    rates,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

Pace = Callable[[datetime], float]  # articles an hour


def office(moment: datetime) -> float:
    return 6.0 if moment.weekday() < 5 and 8 <= moment.hour < 18 else 0.0


def round_the_clock(moment: datetime) -> float:
    return 4.0


def weekly(moment: datetime) -> float:
    return 20.0 if moment.weekday() == 3 and moment.hour == 6 else 0.0


def watched(pace: Pace, weeks: int, *, step: timedelta = HOUR, seed: int = 1) -> Rhythm:
    """Return what is learnt of a pace in some weeks of regular looks."""
    chance, rhythm, moment = random.Random(seed), Rhythm(), MONDAY
    while moment < MONDAY + weeks * 7 * DAY:
        arrivals = came(pace, moment, moment + step, chance)
        rhythm = learn(rhythm, moment, moment + step, arrivals)
        moment += step
    return rhythm


def came(pace: Pace, since: datetime, until: datetime, chance: random.Random) -> list[datetime]:
    """Return the moments of a Poisson process between two others."""
    found, moment = [], since
    while (moment := moment + timedelta(minutes=1)) <= until:
        if chance.random() < pace(moment) / 60:
            found.append(moment)
    return found


def wait(rhythm: Rhythm, now: datetime) -> timedelta:
    return next_look(rates(rhythm), now) - now


def test_an_office_is_looked_at_while_it_works() -> None:
    rhythm = watched(office, 4)
    monday = MONDAY + 28 * DAY
    assert wait(rhythm, monday + 10 * HOUR) < timedelta(minutes=20)
    assert wait(rhythm, monday + 20 * HOUR) > 6 * HOUR  # in the evening: not before the morning
    assert wait(rhythm, monday + 5 * DAY) > 12 * HOUR  # on Saturday
    morning = next_look(rates(rhythm), monday + 20 * HOUR)
    assert 6 <= morning.hour <= 8


def test_a_steady_listing_is_looked_at_steadily() -> None:
    rhythm = watched(round_the_clock, 3)
    waits = [wait(rhythm, MONDAY + 21 * DAY + hour * HOUR) for hour in range(HOURS)]
    assert min(waits) >= SOONEST
    assert max(waits) < timedelta(minutes=15)


def test_a_weekly_magazine_is_looked_at_once_a_day() -> None:
    rhythm = watched(weekly, 6, step=6 * HOUR)
    start = MONDAY + 42 * DAY
    waits = [wait(rhythm, start + day * DAY) for day in (0, 1, 4, 5)]
    assert waits == [LATEST] * 4
    thursday = next_look(rates(rhythm), start + 2 * DAY + 10 * HOUR)
    assert thursday - (start + 3 * DAY) < 8 * HOUR


def test_a_burst_is_followed_at_once() -> None:
    by_hour = rates(watched(lambda moment: 0.5, 4))
    now = MONDAY + 28 * DAY
    calm, burst = liveliness(by_hour, 1, now), liveliness(by_hour, 30, now)
    assert next_look(by_hour, now, pace=calm) - now > HOUR / 2
    assert next_look(by_hour, now, pace=burst) - now < timedelta(minutes=15)


def test_a_holiday_slows_no_further_than_by_half() -> None:
    by_hour = rates(watched(round_the_clock, 4))
    now = MONDAY + 28 * DAY
    usual = next_look(by_hour, now) - now
    assert next_look(by_hour, now, pace=liveliness(by_hour, 0, now)) - now <= 2.2 * usual


def test_a_change_of_rhythm_outweighs_what_was_after_some_weeks() -> None:
    rhythm = watched(round_the_clock, 8)
    for day in range(8 * 7):
        moment = MONDAY + (56 + day) * DAY
        rhythm = learn(rhythm, moment, moment + DAY)
    assert expected(rates(rhythm), MONDAY, MONDAY + HOUR) < 4.0 * 0.25


@pytest.mark.parametrize("rate", [0.0, 0.001, 1.0, 1e4])
def test_a_wait_keeps_its_bounds(rate: float) -> None:
    wait = next_look([rate] * HOURS, MONDAY) - MONDAY
    assert SOONEST <= wait <= LATEST


def test_arrivals_stand_where_they_were_published_else_spread() -> None:
    rhythm = learn(Rhythm(), MONDAY, MONDAY + 4 * HOUR, [MONDAY + 3.5 * HOUR])
    assert rhythm.fresh[:4] == (0, 0, 0, 1)
    yesterday = MONDAY - DAY  # not between the looks: found late, so it may be from any time
    rhythm = learn(Rhythm(), MONDAY, MONDAY + 4 * HOUR, [yesterday, None])
    assert rhythm.fresh[:4] == (0.5, 0.5, 0.5, 0.5)


def test_what_comes_below_an_index_adds_to_a_time_watched_before() -> None:
    rhythm = learn(Rhythm(), MONDAY, MONDAY + HOUR)
    added = learn(rhythm, MONDAY, MONDAY + HOUR, [MONDAY + 0.5 * HOUR], is_watched=False)
    assert added.observed == rhythm.observed
    assert added.fresh[0] == 1


def test_two_looks_in_one_second_teach_nothing() -> None:
    assert learn(Rhythm(), MONDAY, MONDAY, [None]).fresh == Rhythm().fresh
    assert learn(Rhythm(), MONDAY, MONDAY - DAY, [None]).observed == Rhythm().observed


def test_a_first_look_tells_of_the_newer_half() -> None:
    now = MONDAY + 3 * DAY
    moments = [now - hour * HOUR for hour in range(1, 31)]
    assert first_window([*moments, now - 900 * DAY, None], now) == now - 16 * HOUR
    assert first_window([None, now + DAY], now) is None


def test_hours_of_the_week_are_in_utc() -> None:
    tokyo = datetime.fromisoformat("2026-03-02T08:00:00+09:00")
    assert hour_of_week(tokyo) == 6 * 24 + 23
