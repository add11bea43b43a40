"""Listings: what the next request needs to know of the last."""

from datetime import timedelta
from typing import Any

from scraper.archive.listings import record_check, validators
from tests.conftest import NOON, Desk

URL = "https://gazette.example/feed"


def check(desk: Desk, status: int | None, minute: int = 0, **fields: Any) -> None:
    record_check(
        desk.archive,
        "gazette",
        URL,
        "feed",
        status=status,
        checked_at=NOON + timedelta(minutes=minute),
        **fields,
    )


def known(desk: Desk) -> tuple[str, str] | None:
    return validators(desk.archive.connection, [URL, "https://other.example/"]).get(URL)


def test_validators_of_the_last_answer_are_kept_through_304_and_silence(desk: Desk) -> None:
    check(desk, 200, etag='"1"', last_modified="then", candidate_count=7)
    check(desk, 304, minute=1)
    check(desk, None, minute=2, problem="timeout")
    assert known(desk) == ('"1"', "then")
    assert desk.rows(
        "SELECT kind, status, candidate_count, problem, checked_at, changed_at FROM listings"
    ) == [("feed", None, 7, "timeout", "2026-03-04T12:02:00Z", "2026-03-04T12:00:00Z")]


def test_listing_that_could_not_be_read_is_asked_without_conditions(desk: Desk) -> None:
    check(desk, 200, etag='"1"')
    check(desk, 200, minute=1, etag='"2"', problem="no feed")
    assert known(desk) is None


def test_new_answer_without_validators_forgets_the_old(desk: Desk) -> None:
    check(desk, 200, etag='"1"')
    check(desk, 200, minute=1)
    assert known(desk) is None


def test_listing_named_by_an_offer_gets_its_kind_when_checked(desk: Desk) -> None:
    desk.offer("https://gazette.example/a", listing=URL)
    assert desk.rows("SELECT kind FROM listings") == [("",)]
    check(desk, 200)
    assert desk.rows("SELECT kind FROM listings") == [("feed",)]
