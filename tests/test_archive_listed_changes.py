"""Times of change that listings give, and what becomes due by them."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from scraper.archive.candidates import offer
from scraper.archive.values import time_text
from scraper.records import Candidate
from scraper.urls import canonical_url
from tests.conftest import NOON, Desk

URL = "https://gazette.example/world/story-number-{}"
LATER = NOON + timedelta(days=3)


def tell(desk: Desk, minutes: Mapping[int, int | None], hour: int) -> list[int]:
    """Offer articles with times of change; return which are due."""
    offers = []
    for number, minute in minutes.items():
        at = None if minute is None else NOON - timedelta(days=365) + timedelta(minutes=minute)
        url = URL.format(number)
        offers.append((canonical_url(url), Candidate(url, modified_at=at)))
    now = NOON + timedelta(hours=hour)
    offered = offer(desk.archive, "gazette", "https://gazette.example/news.xml", offers, now)
    return [
        number
        for number, standing in zip(minutes, offered.standings, strict=True)
        if standing.next_check_at is not None and standing.next_check_at <= now
    ]


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Twelve articles, none of them due for days."""
    for number in range(12):
        desk.store(URL.format(number), minute=number)
    desk.archive.connection.execute("UPDATE articles SET next_check_at = ?", (time_text(LATER),))
    return desk


def test_the_first_time_is_remembered_and_a_newer_one_makes_due(known: Desk) -> None:
    assert tell(known, {0: 10, 1: 10, 2: None}, hour=1) == []
    assert tell(known, {0: 10, 1: 11, 2: 5}, hour=2) == [1]


def test_an_older_time_than_before_says_nothing(known: Desk) -> None:
    tell(known, {0: 10}, hour=1)
    assert tell(known, {0: 9}, hour=2) == []
    assert tell(known, {0: 10}, hour=3) == []


def test_the_clock_of_the_outlet_may_be_wrong_by_a_year(known: Desk) -> None:
    tell(known, {0: 0}, hour=1)
    assert tell(known, {0: 1}, hour=2) == [0]


def test_a_time_of_another_century_is_none(known: Desk) -> None:
    century = 100 * 365 * 24 * 60
    tell(known, {0: century}, hour=1)
    tell(known, {0: 1}, hour=2)
    assert tell(known, {0: 2}, hour=3) == [0]


def test_a_listing_that_stamps_all_with_its_own_time_makes_nothing_due(known: Desk) -> None:
    tell(known, dict.fromkeys(range(12), 1), hour=1)
    assert tell(known, dict.fromkeys(range(12), 2), hour=2) == []
    assert tell(known, dict.fromkeys(range(12), 2) | {3: 4}, hour=3) == [3]


def test_one_that_is_never_to_be_looked_at_again_is_when_it_changed(known: Desk) -> None:
    known.archive.connection.execute("UPDATE articles SET next_check_at = NULL")
    tell(known, {0: 1}, hour=1)
    assert tell(known, {0: 2}, hour=2) == [0]


def test_a_short_listing_that_stamps_all_makes_none_due_twice_in_a_quarter_hour(
    known: Desk,
) -> None:
    tell(known, {0: 1, 1: 1}, hour=1)
    at = time_text(NOON + timedelta(hours=2, minutes=-5))
    known.archive.connection.execute("UPDATE articles SET checked_at = ? WHERE id = 1", (at,))
    assert tell(known, {0: 2, 1: 2}, hour=2) == [1]
    assert tell(known, {0: 3, 1: 3}, hour=3) == [0, 1]
