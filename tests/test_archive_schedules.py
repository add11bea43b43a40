"""When listings are due, and what waits for an outlet, as the archive keeps it."""

from datetime import timedelta

import pytest

from scraper.archive import schedules
from scraper.archive.checks import Offering
from scraper.archive.listings import record_check
from scraper.archive.schedules import Known, Look, Plan, Work
from scraper.archive.values import time_text
from tests.conftest import NOON, Desk

FEED, INDEX = "https://gazette.example/feed", "https://gazette.example/sitemap"
URL = "https://gazette.example/world/story-number-{}"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def look(
    desk: Desk, minute: int, *fresh: int, asked: str = FEED, root: str = "", problem: str = ""
) -> Known:
    """Look at a listing that offers new articles; return what was known for the decision."""
    heard: list[Known] = []
    now = NOON + minute * MINUTE

    def decide(known: Known, look: Look) -> Plan:
        heard.append(known)
        hours = tuple(float(minute) for _ in range(168))
        return Plan(look.at + HOUR, HOUR, known.failure_count + bool(problem), "said", hours, hours)

    if fresh:
        desk.offer(*(URL.format(number) for number in fresh), listing=asked, minute=minute)
    seen = Look(
        "gazette",
        asked,
        root or asked,
        now + timedelta(seconds=1),
        "failed" if problem else "read",
        problem=problem,
    )
    schedules.plan_next(desk.archive, seen, decide)
    record_check(
        desk.archive,
        "gazette",
        asked,
        "feed",
        status=500 if problem else 200,
        problem=problem,
        checked_at=now + timedelta(seconds=2),
        offering=Offering(),
    )
    return heard[0]


def test_each_arrival_is_new_once(desk: Desk) -> None:
    first = look(desk, 0, 1, 2, 3)
    assert first.since is None
    assert [arrival.is_new for arrival in first.arrivals] == [True] * 3
    second = look(desk, 30, 4)
    assert second.since == NOON + timedelta(seconds=2)
    assert sorted(arrival.is_new for arrival in second.arrivals) == [False] * 3 + [True]
    third = look(desk, 600)
    assert third.arrivals == ()
    assert third.observed == (30.0,) * 168


def test_what_a_killed_crawl_offered_is_learnt_by_the_next(desk: Desk) -> None:
    look(desk, 0, 1)
    desk.offer(URL.format(2), listing=FEED, minute=10)  # and no look was recorded
    known = look(desk, 20, 3)
    assert sum(arrival.is_new for arrival in known.arrivals) == 2


def test_a_gap_goes_back_to_the_last_look_that_brought_something(desk: Desk) -> None:
    look(desk, 0, 1)
    look(desk, 60, problem="HTTP 500")
    known = look(desk, 120)
    assert known.since == NOON + timedelta(seconds=2)
    assert known.failure_count == 1
    assert look(desk, 180).first_at == known.since


def test_what_a_sitemap_brings_counts_for_the_index_above_it(desk: Desk) -> None:
    below = f"{INDEX}-1"
    look(desk, 0, asked=INDEX)
    look(desk, 1, 1, 2, asked=below, root=INDEX)
    look(desk, 60, asked=INDEX)
    known = look(desk, 61, 3, asked=below, root=INDEX)
    assert known.is_below
    assert known.since == NOON + timedelta(seconds=2)  # the index's look before its last
    assert [arrival.is_new for arrival in known.arrivals] == [True, False, False]
    (own,) = desk.rows("SELECT due_at FROM listings WHERE url = ?", below)
    assert own == (None,)


def test_a_listing_that_never_answered_is_set_down_too(desk: Desk) -> None:
    look(desk, 0, problem="timeout")
    state = schedules.outlet_state(desk.archive.connection, "gazette", [FEED], NOON)
    (listing,) = state.listings
    assert listing.due_at == NOON + HOUR + timedelta(seconds=1)
    assert listing.failure_count == 1


def test_an_outlet_never_crawled_is_due_at_once(desk: Desk) -> None:
    state = schedules.outlet_state(desk.archive.connection, "other", [FEED], NOON)
    assert [listing.due_at for listing in state.listings] == [None]
    assert state.work == ()


def test_articles_and_candidates_that_wait_are_work(desk: Desk) -> None:
    desk.store(URL.format(1))
    desk.store(URL.format(2))
    desk.archive.connection.execute(
        "UPDATE articles SET next_check_at = ? WHERE id = 1", (time_text(NOON + HOUR),)
    )
    state = schedules.outlet_state(desk.archive.connection, "gazette", [], NOON + 2 * HOUR)
    assert state.work == (Work(NOON + HOUR, NOON),)
    near = schedules.outlet_state(desk.archive.connection, "gazette", [], NOON + 30 * MINUTE)
    assert near.work == ()
    desk.offer(URL.format(3), minute=5)
    state = schedules.outlet_state(desk.archive.connection, "gazette", [], NOON)
    assert state.work == (Work(NOON + 5 * MINUTE, NOON + 5 * MINUTE),)


@pytest.mark.parametrize("query", ["listings", "arrivals", "articles", "candidates"])
def test_questions_of_each_crawl_are_answered_by_an_index(desk: Desk, query: str) -> None:
    asked = {
        "listings": "SELECT due_at FROM listings WHERE url = 'x'",
        "arrivals": "SELECT found_at FROM candidates WHERE listing = 1 ORDER BY rowid DESC",
        "articles": "SELECT id FROM articles WHERE outlet = 'x' AND next_check_at <= 'y' "
        "ORDER BY next_check_at",
        "candidates": "SELECT found_at FROM candidates WHERE outlet = 'x' AND state = 'waiting' "
        "ORDER BY retry_at",
    }
    plan = " ".join(row[3] for row in desk.rows(f"EXPLAIN QUERY PLAN {asked[query]}"))
    assert "SEARCH" in plan
    assert "TEMP B-TREE" not in plan
