"""When an article is looked at again, and what a crawl does with each address."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.crawl.revisits import RHYTHM, conditional_headers, decide, next_check, next_look
from scraper.records import Capture, Standing

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


def looked(
    *,
    at: timedelta,
    last: timedelta | None = None,
    revisions: int = 1,
    changed: bool = False,
    headers: Mapping[str, str] | None = None,
) -> timedelta | None:
    """Return how long after publication the look that follows a look is due."""
    standing = replace(
        KNOWN, checked_at=None if last is None else NOON + last, revision_count=revisions
    )
    due = next_look(standing, Capture("u", b"", headers or {}, NOON + at), NOON, changed=changed)
    return None if due is None else due - NOON


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_an_article_that_never_changed_keeps_the_rhythm() -> None:
    assert looked(at=HOUR, last=MINUTE) == 6 * HOUR
    assert looked(at=6 * HOUR, last=HOUR) == 24 * HOUR


def test_one_that_keeps_changing_is_looked_at_in_half_the_time_each_time() -> None:
    first = looked(at=HOUR, last=MINUTE * 0, revisions=1, changed=True)
    assert first == 1.5 * HOUR
    second = looked(at=first, last=HOUR, revisions=2, changed=True)
    assert second == first + 15 * MINUTE
    third = looked(at=second, last=first, revisions=3, changed=True)
    assert third == second + 15 * MINUTE  # and no sooner


def test_one_that_has_calmed_down_is_let_go_step_by_step() -> None:
    assert looked(at=2 * HOUR, last=1.5 * HOUR, revisions=3) == 3 * HOUR
    assert looked(at=3 * HOUR, last=2 * HOUR, revisions=3) == 5 * HOUR
    assert looked(at=5 * HOUR, last=3 * HOUR, revisions=3) == 6 * HOUR  # the rhythm's own


def test_nothing_is_looked_at_after_a_week() -> None:
    assert looked(at=169 * HOUR, last=168 * HOUR, revisions=9, changed=True) is None


@pytest.mark.parametrize(
    ("headers", "due"),
    [
        ({}, 6 * HOUR),
        ({"Cache-Control": "max-age=300"}, 6 * HOUR),
        ({"Cache-Control": "max-age=3000, public"}, 6 * HOUR),
        ({"Cache-Control": "max-age=86400"}, 25 * HOUR),
        ({"cache-control": 'private, MAX-AGE="86400"', "Age": "7200"}, 23 * HOUR),
        ({"Cache-Control": "max-age=86400, no-cache"}, 6 * HOUR),
        ({"Cache-Control": "max-age=31536000"}, None),
        ({"Cache-Control": "max-age=60, immutable"}, None),
        ({"Cache-Control": "max-age=99999999999999999999"}, 6 * HOUR),
        ({"Cache-Control": "max-age=9999999999"}, None),
        ({"Cache-Control": "max-age=soon, immutability"}, 6 * HOUR),
        (
            {"Date": "Sun, 01 Mar 2026 13:00:00 GMT", "Expires": "Mon, 02 Mar 2026 13:00:00 GMT"},
            25 * HOUR,
        ),
        ({"Date": "Sun, 01 Mar 2026 13:00:00 GMT", "Expires": "0"}, 6 * HOUR),
        (
            {"Date": "Sun, 01 Mar 1970 13:00:00 GMT", "Expires": "Fri, 31 Dec 9999 23:59:59 GMT"},
            None,
        ),
        ({"Date": "Sun, 01 Mar 2026 13:00:00 GMT", "Expires": "Thu, 99 Foo"}, 6 * HOUR),
        ({"X-Robots-Tag": "unavailable_after: 25 Jun 2010 15:00:00 PST"}, None),
        ({"X-Robots-Tag": "googlebot: unavailable_after: 2010-06-25T15:00:00Z"}, None),
        ({"X-Robots-Tag": "unavailable_after: 25 Jun 2110 15:00:00 PST"}, 6 * HOUR),
        ({"X-Robots-Tag": "noarchive"}, 6 * HOUR),
    ],
)
def test_headers_put_a_look_off_or_end_them(headers: dict[str, str], due: timedelta | None) -> None:
    assert looked(at=HOUR, last=MINUTE, headers=headers) == due
