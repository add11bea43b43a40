"""Which article a page is: claims are believed where texts agree, nobody is robbed."""

import pytest

from scraper.records import Standing
from tests.conftest import STORY, Desk

VICTIM = "https://gazette.example/harbour"
THIEF = "https://gazette.example/casino"
OTHER = "\n\n".join(
    f"The new casino on {street} street opens its doors this week and promises {what} to everyone."
    for street, what in (("Mill", "luck"), ("Rope", "fortune"), ("Tar", "a free drink"))
)


def standings(desk: Desk) -> dict[str, str]:
    return {
        url: body.split()[1]
        for url, body in desk.rows("SELECT url, body FROM articles ORDER BY id")
    }


def test_declared_canonical_is_the_key_when_nobody_stands_there(desk: Desk) -> None:
    desk.store("https://gazette.example/harbour?page=print", claims=VICTIM)
    assert standings(desk) == {VICTIM: "harbour"}
    assert desk.rows("SELECT url, kind FROM article_urls ORDER BY url") == [
        (VICTIM, "canonical"),
        ("https://gazette.example/harbour?page=print", "final"),
    ]


@pytest.mark.parametrize(
    "claim", ["https://other.example/harbour", "https://gazette.example/", "javascript:1", ""]
)
def test_claim_of_another_site_or_the_home_page_is_not_believed(desk: Desk, claim: str) -> None:
    desk.store(THIEF, OTHER, claims=claim)
    assert standings(desk) == {THIEF: "new"}


def test_page_that_claims_a_known_article_with_another_text_stands_alone(desk: Desk) -> None:
    assert desk.store(VICTIM).outcome == "new"
    assert desk.store(THIEF, OTHER, claims=VICTIM, minute=1).outcome == "new"
    assert standings(desk) == {VICTIM: "harbour", THIEF: "new"}
    assert desk.store(THIEF, OTHER, claims=VICTIM, minute=2).outcome == "unchanged"


def test_true_owner_who_comes_later_gets_its_address_back(desk: Desk) -> None:
    desk.store(THIEF, OTHER, claims=VICTIM)
    assert standings(desk) == {VICTIM: "new"}
    assert desk.store(VICTIM, minute=1).outcome == "new"
    assert standings(desk) == {THIEF: "new", VICTIM: "harbour"}
    assert desk.rows("SELECT article FROM article_urls WHERE url = ?", VICTIM) == [(2,)]
    assert desk.store(THIEF, OTHER, claims=VICTIM, minute=2).outcome == "unchanged"
    assert desk.store(VICTIM, minute=3).outcome == "unchanged"


def test_owner_is_given_room_even_when_it_claims_yet_another_address(desk: Desk) -> None:
    desk.store(THIEF, OTHER, claims=VICTIM)
    desk.store(VICTIM, claims="https://gazette.example/port", minute=1)
    assert standings(desk) == {THIEF: "new", "https://gazette.example/port": "harbour"}


def test_three_pages_with_one_canonical_and_three_texts_are_three_articles(desk: Desk) -> None:
    texts = {
        "a": STORY,
        "b": OTHER,
        "c": "The lighthouse keeper retires after forty years on the rock off Port Aldry. " * 4,
    }
    for name, text in texts.items():
        desk.store(f"https://gazette.example/{name}", text, claims="https://gazette.example/all")
    assert len(standings(desk)) == 3


def test_twin_with_the_same_text_is_the_same_article(desk: Desk) -> None:
    desk.store(VICTIM)
    stored = desk.store(VICTIM + "/print", STORY, claims=VICTIM, minute=1)
    assert (stored.outcome, stored.article) == ("unchanged", 1)
    assert desk.rows("SELECT kind FROM article_urls WHERE article = 1") == [("final",)] * 2


def test_twin_that_prints_the_text_a_little_differently_makes_no_revision(desk: Desk) -> None:
    desk.store(VICTIM)
    text = STORY + "\n\nPrinted at home."
    for minute, article in ((1, None), (2, 1)):
        asked = Standing(VICTIM + "/print", VICTIM + "/print", "gazette", article=article)
        stored = desk.store(asked.url, text, claims=VICTIM, minute=minute, standing=asked)
        assert stored.outcome == "unchanged"
    assert desk.store(VICTIM, minute=3).outcome == "unchanged"
    assert desk.rows("SELECT COUNT(*) FROM revisions") == [(1,)]


def test_address_with_and_without_its_last_slash_is_one_article(desk: Desk) -> None:
    desk.store(VICTIM)
    assert desk.store(VICTIM + "/", minute=1).article == 1
    assert desk.store(THIEF + "/", OTHER).article == 2
    assert desk.store(THIEF, OTHER, minute=1).article == 2


def test_articles_that_differ_only_in_a_parameter_stay_apart(desk: Desk) -> None:
    for number in range(3):
        desk.store(f"https://gazette.example/news?id={number}", STORY)
    assert desk.rows("SELECT COUNT(*) FROM articles") == [(3,)]


def test_every_address_that_led_to_an_article_is_written_down(desk: Desk) -> None:
    (asked,) = desk.offer("https://gazette.example/short?utm_source=rss")
    desk.store("https://gazette.example/long", claims=VICTIM, standing=asked)
    assert desk.rows("SELECT url, kind FROM article_urls ORDER BY kind") == [
        (VICTIM, "canonical"),
        ("https://gazette.example/long", "final"),
        ("https://gazette.example/short", "offered"),
        ("https://gazette.example/short?utm_source=rss", "written"),
    ]


def test_article_that_moved_is_followed_and_revised(desk: Desk) -> None:
    desk.store(VICTIM)
    (known,) = desk.offer(VICTIM)
    moved = "https://gazette.example/2026/harbour"
    stored = desk.store(moved, STORY + "\n\nCorrected.", standing=known, minute=1)
    assert (stored.outcome, stored.article) == ("revised", 1)


def test_address_that_now_leads_to_another_article_leaves_the_first_alone(desk: Desk) -> None:
    desk.store(VICTIM)
    (known,) = desk.offer(VICTIM)
    stored = desk.store(THIEF, OTHER, standing=known, minute=5)
    assert (stored.outcome, stored.article) == ("new", 2)
    assert desk.rows("SELECT body, checked_at FROM articles WHERE id = 1") == [
        (STORY, "2026-03-04T12:05:00Z")
    ]


def test_candidate_waiting_at_the_address_a_redirect_led_to_is_settled_too(desk: Desk) -> None:
    desk.offer(VICTIM)
    (asked,) = desk.offer("https://gazette.example/short")
    desk.store(VICTIM, standing=asked)
    assert desk.rows("SELECT DISTINCT state, article FROM candidates") == [("settled", 1)]


def test_page_of_an_article_imported_without_a_candidate_is_recognised(desk: Desk) -> None:
    desk.store(VICTIM)
    desk.archive.connection.execute("DELETE FROM candidates")
    stored = desk.store(VICTIM, minute=1, standing=Standing(VICTIM, VICTIM, "gazette"))
    assert stored.outcome == "unchanged"
