"""Candidates: offered, waiting, due, failed, settled."""

from datetime import timedelta
from typing import Any

from scraper.archive.articles import store_gone, store_no_article
from scraper.archive.candidates import due, fail, offer, waiting
from scraper.archive.values import time_text
from scraper.crawl.revisits import decide
from scraper.records import Candidate, Standing
from tests.conftest import NOON, Desk

URL = "https://gazette.example/harbour"
LISTING = "https://gazette.example/feed"


def evidence(desk: Desk, **fields: Any) -> Standing:
    offers = [(URL, Candidate(URL, **fields))]
    return offer(desk.archive, "gazette", LISTING, offers, NOON).standings[0]


def waiting_urls(desk: Desk, minute: int = 0) -> list[str]:
    now = NOON + timedelta(minutes=minute)
    return [s.url for s in waiting(desk.archive.connection, "gazette", now, 10)]


def due_urls(desk: Desk, minute: int = 0, *, everything: bool = False) -> list[str]:
    now = NOON + timedelta(minutes=minute)
    connection = desk.archive.connection
    return [s.url for s in due(connection, "gazette", now, 10, everything=everything)]


def test_offer_waits_until_it_is_settled(desk: Desk) -> None:
    (standing,) = desk.offer(URL)
    assert standing == Standing(URL, URL, "gazette", since=NOON, candidate=Candidate(URL))
    assert waiting_urls(desk) == [URL]
    desk.store(URL, standing=standing)
    assert waiting_urls(desk) == []


def test_standings_come_in_the_order_of_the_offers(desk: Desk) -> None:
    urls = [f"https://gazette.example/{name}" for name in "cab"]
    assert [s.url for s in desk.offer(*urls)] == urls


def test_first_listing_wins_and_later_ones_fill_the_gaps(desk: Desk) -> None:
    evidence(desk, title="Harbour", section="")
    again = evidence(desk, title="Other title", section="World", byline="Ann Lee")
    assert again.candidate == Candidate(
        URL, listing=LISTING, title="Harbour", section="World", byline="Ann Lee"
    )


def test_times_and_listing_of_an_offer_come_back(desk: Desk) -> None:
    offered = Candidate(
        URL, LISTING, published_at=NOON, modified_at=NOON, language="en", tags=("sea", "trade")
    )
    (standing,), _ = offer(desk.archive, "gazette", LISTING, [(URL, offered)], NOON)
    assert standing.candidate == offered


def test_text_that_utf8_cannot_hold_does_not_lose_the_listing(desk: Desk) -> None:
    standing = evidence(desk, title="Fire \ud83d in the \x00 harbour")
    assert standing.candidate is not None
    assert standing.candidate.title == "Fire \ufffd in the \ufffd harbour"


def test_enormous_evidence_is_cut(desk: Desk) -> None:
    standing = evidence(desk, description="x" * 1_000_000)
    assert standing.candidate is not None
    assert len(standing.candidate.description) == 2000


def test_known_article_stands_with_what_a_conditional_request_needs(desk: Desk) -> None:
    asked = desk.offer(URL)[0]
    delivery = desk.deliver(URL, headers={"ETag": '"7"', "Last-Modified": "yesterday"})
    desk.store(URL, standing=asked)
    again = desk.offer(URL)[0]
    assert (again.state, again.article, again.since) == ("settled", 1, NOON)
    assert (again.etag, again.last_modified) == ("", "")
    assert delivery.standing.url == URL


def test_validators_are_those_of_the_capture_the_text_came_from(desk: Desk) -> None:
    desk.store(URL)
    desk.archive.connection.execute("UPDATE captures SET etag = '\"7\"', last_modified = 'then'")
    (again,) = desk.offer(URL)
    assert (again.etag, again.last_modified) == ('"7"', "then")


def test_known_article_is_asked_where_its_text_came_from(desk: Desk) -> None:
    (asked,) = desk.offer("https://gazette.example/short")
    desk.store("https://gazette.example/harbour?id=1", standing=asked)
    (again,) = desk.offer("https://gazette.example/short")
    assert again.link == "https://gazette.example/harbour?id=1"
    assert again.url == "https://gazette.example/short"


def test_address_that_led_to_an_article_is_settled_when_offered(desk: Desk) -> None:
    (asked,) = desk.offer("https://gazette.example/short")
    desk.store(URL, standing=asked)
    (standing,) = desk.offer(URL)
    assert (standing.state, standing.article) == ("settled", 1)


def test_address_that_was_only_claimed_has_to_be_fetched(desk: Desk) -> None:
    desk.store("https://gazette.example/thief", claims=URL)
    (standing,) = desk.offer(URL)
    assert (standing.state, standing.article) == ("waiting", None)


def test_failure_waits_for_its_time_then_is_given_up(desk: Desk) -> None:
    (standing,) = desk.offer(URL)
    later = NOON + timedelta(minutes=15)
    fail(desk.archive, standing, "timeout", retry_at=later, give_up=False, now=NOON)
    assert waiting_urls(desk, 14) == []
    assert waiting_urls(desk, 15) == [URL]
    (standing,) = desk.offer(URL)
    assert (standing.tries, standing.retry_at) == (1, later)
    fail(desk.archive, standing, "timeout", retry_at=None, give_up=True, now=later)
    assert waiting_urls(desk, 60) == []
    (standing,) = desk.offer(URL)
    assert (standing.tries, standing.state) == (2, "failed")


def test_failed_look_at_a_known_article_leaves_it_known(desk: Desk) -> None:
    desk.store(URL)
    (standing,) = desk.offer(URL)
    later = NOON + timedelta(minutes=15)
    fail(desk.archive, standing, "HTTP 503", retry_at=later, give_up=False, now=NOON)
    (standing,) = desk.offer(URL)
    assert (standing.state, standing.next_check_at) == ("settled", later)
    fail(desk.archive, standing, "HTTP 503", retry_at=None, give_up=True, now=NOON)
    assert desk.offer(URL)[0].next_check_at is None
    assert desk.rows("SELECT COUNT(*) FROM articles") == [(1,)]


def test_due_articles_come_the_longest_due_first(desk: Desk) -> None:
    for name, minute in (("a", 30), ("b", 10), ("c", 90)):
        desk.store(f"https://gazette.example/{name}")
        desk.archive.connection.execute(
            "UPDATE articles SET next_check_at = ? WHERE url LIKE ?",
            (f"2026-03-04T{12 + minute // 60}:{minute % 60:02}:00Z", f"%/{name}"),
        )
    assert due_urls(desk, 60) == ["https://gazette.example/b", "https://gazette.example/a"]
    assert len(due_urls(desk, 60, everything=True)) == 3


def test_gone_article_is_not_due_but_by_name(desk: Desk) -> None:
    desk.store(URL)
    store_gone(desk.archive, desk.deliver(URL, status=410, minute=5))
    assert due_urls(desk, 10_000) == []
    assert due_urls(desk, everything=True) == [URL]


def test_article_without_a_candidate_is_due_under_its_own_url(desk: Desk) -> None:
    desk.store(URL)
    desk.archive.connection.execute("DELETE FROM candidates")
    assert due_urls(desk, everything=True) == [URL]


def test_older_captures_outcome_does_not_replace_a_later_one(desk: Desk) -> None:
    desk.store(URL, minute=10)
    store_no_article(desk.archive, desk.deliver(URL, minute=5), "a section")
    assert desk.rows("SELECT outcome, article FROM candidates") == [("new", 1)]


def test_what_was_planned_when_the_clock_was_wrong_is_taken_up(desk: Desk) -> None:
    desk.offer("https://gazette.example/lost")
    desk.store("https://gazette.example/known")
    in_years = time_text(NOON + timedelta(days=900))
    desk.archive.connection.execute("UPDATE candidates SET retry_at = ?", (in_years,))
    desk.archive.connection.execute("UPDATE articles SET next_check_at = ?", (in_years,))
    connection = desk.archive.connection
    (lost,) = waiting(connection, "gazette", NOON, 10)
    assert decide(lost, NOON) == "fetch"
    (known,) = due(connection, "gazette", NOON, 10)
    assert decide(known, NOON) == "revisit"
