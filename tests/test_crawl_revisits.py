"""When an article is looked at again, and what a crawl does with each address."""

from datetime import UTC, datetime, timedelta

import pytest

from scraper.crawl.revisits import RHYTHM, conditional_headers, decide, next_check
from scraper.records import Standing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KNOWN = Standing("u", "u", "o", state="settled", article=7, since=NOON)


def test_looks_decay_after_publication() -> None:
    seen, looks = NOON + timedelta(minutes=1), []
    while (due := next_check(NOON, seen)) is not None:
        looks.append(due - NOON)
        seen = due
    assert looks == list(RHYTHM)


def test_an_old_article_is_never_due() -> None:
    assert next_check(NOON, NOON + timedelta(days=8)) is None


def test_an_article_from_the_future_is_taken_as_published_when_captured() -> None:
    assert next_check(NOON + timedelta(days=400), NOON) == NOON + RHYTHM[0]


def test_an_article_without_a_time_counts_from_its_capture() -> None:
    assert next_check(None, NOON) == NOON + RHYTHM[0]


@pytest.mark.parametrize(
    ("standing", "verdict"),
    [
        (Standing("u", "u", "o"), "fetch"),
        (Standing("u", "u", "o", retry_at=NOON - timedelta(hours=1)), "fetch"),
        (Standing("u", "u", "o", retry_at=NOON + timedelta(hours=1)), "later"),
        (KNOWN, "known"),
        (Standing("u", "u", "o", state="settled", article=7, next_check_at=NOON), "revisit"),
        (Standing("u", "u", "o", state="settled"), "known"),
        (Standing("u", "u", "o", state="failed"), "known"),
    ],
)
def test_what_to_do_with_an_address(standing: Standing, verdict: str) -> None:
    assert decide(standing, NOON) == verdict


def test_revisit_makes_every_known_article_due() -> None:
    assert decide(KNOWN, NOON, revisit=True) == "revisit"


def test_validators_become_conditions() -> None:
    headers = conditional_headers('"x"', "Sun, 01 Mar 2026 12:00:00 GMT")
    assert headers == {
        "If-None-Match": '"x"',
        "If-Modified-Since": "Sun, 01 Mar 2026 12:00:00 GMT",
    }
    assert conditional_headers("", "") == {}
