"""Articles: new, revised, unchanged, cut, gone and back; nothing good is overwritten."""

import json
from datetime import timedelta
from typing import Any

import pytest

from scraper.archive.articles import (
    REPLACED,
    store_article,
    store_gone,
    store_no_article,
    store_not_modified,
    store_quarantine,
)
from scraper.records import Article, DateClaim
from tests.conftest import NOON, STORY, Desk

URL = "https://gazette.example/harbour"
EDITED = STORY.replace("third time", "second time")


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    tables = desk.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    )
    return {table: desk.rows(f"SELECT * FROM {table}") for (table,) in tables}


def found(desk: Desk, query: str) -> list[int]:
    return [
        number
        for (number,) in desk.rows("SELECT rowid FROM articles_fts WHERE articles_fts = ?", query)
    ]


def column(desk: Desk, name: str) -> Any:
    return desk.rows(f"SELECT {name} FROM articles")[0][0]


def test_new_article_has_all_its_rows(desk: Desk) -> None:
    article = Article(
        url=URL,
        title="Harbour council meets",
        byline="By Ann Lee",
        authors=("Ann Lee", "Bo Ray", "Ann Lee"),
        published_at=NOON,
        section="World",
        language="en",
        body=STORY,
        tags=("sea", "councils"),
        is_paywalled=False,
        word_count=90,
        field_sources={"title": "json-ld", "published_at": "meta"},
        date_evidence=(DateClaim("published_at", "2026-03-04T12:00Z", "meta", is_chosen=True),),
    )
    stored = store_article(desk.archive, desk.deliver(URL), article, NOON + timedelta(hours=1))
    assert (stored.outcome, stored.changed) == ("new", ())
    (row,) = desk.archive.connection.execute("SELECT * FROM articles").fetchall()
    assert (row["country"], row["month"], row["next_check_at"]) == (
        "IE",
        "2026-03",
        "2026-03-04T13:00:00Z",
    )
    assert (row["is_paywalled"], row["revision_count"], row["capture"]) == (0, 1, stored.capture)
    assert json.loads(row["field_sources"]) == {"title": "json-ld", "published_at": "meta"}
    (claim,) = json.loads(row["date_evidence"])
    assert (claim["raw"], claim["source"], claim["chosen"]) == ("2026-03-04T12:00Z", "meta", True)
    assert desk.rows(
        "SELECT name, position FROM article_authors JOIN authors ON id = author ORDER BY position"
    ) == [("Ann Lee", 1), ("Bo Ray", 2)]
    assert desk.rows("SELECT name FROM article_tags JOIN tags ON id = tag ORDER BY name") == [
        ("councils",),
        ("sea",),
    ]
    assert desk.rows("SELECT number, changed, capture FROM revisions") == [(1, "[]", 1)]
    assert desk.rows("SELECT state, outcome, article FROM candidates") == [("settled", "new", 1)]
    assert desk.rows("SELECT * FROM monthly_counts") == [("2026-03", "gazette", "en", 1)]
    assert found(desk, "breakwater") == [1]


def test_same_page_again_changes_nothing(desk: Desk) -> None:
    desk.store(URL)
    before = dump(desk)
    assert desk.store(URL).outcome == "unchanged"
    assert dump(desk) == before


def test_real_edit_is_a_revision_and_the_first_text_stays(desk: Desk) -> None:
    desk.store(URL, byline="Ann Lee", authors=("Ann Lee",))
    stored = desk.store(URL, EDITED, byline="Bo Ray", authors=("Bo Ray",), minute=5)
    assert (stored.outcome, stored.changed) == ("revised", ("byline", "body"))
    assert desk.rows("SELECT number, body, changed, capture FROM revisions ORDER BY number") == [
        (1, STORY, "[]", 1),
        (2, EDITED, '["byline","body"]', 2),
    ]
    assert (column(desk, "body"), column(desk, "revision_count")) == (EDITED, 2)
    assert desk.rows("SELECT name FROM article_authors JOIN authors ON id = author") == [
        ("Bo Ray",)
    ]
    assert found(desk, "second") == [1]
    assert found(desk, "Lee") == []


def test_going_back_to_an_earlier_text_is_a_revision_too(desk: Desk) -> None:
    for minute, text in enumerate((STORY, EDITED, STORY)):
        desk.store(URL, text, minute=minute)
    assert column(desk, "revision_count") == 3


def test_change_around_the_text_is_no_revision_but_is_noted(desk: Desk) -> None:
    desk.store(URL, section="World", description="Old", published_at=NOON)
    stored = desk.store(URL, minute=5, description="New", modified_at=NOON, language="en")
    assert stored.outcome == "unchanged"
    assert column(desk, "description") == "New"
    assert column(desk, "section") == "World"
    assert column(desk, "published_at") == "2026-03-04T12:00:00Z"
    assert column(desk, "checked_at") == "2026-03-04T12:05:00Z"
    assert column(desk, "capture") == 2
    assert desk.rows("SELECT language, article_count FROM monthly_counts ORDER BY 1") == [
        ("", 0),
        ("en", 1),
    ]


def test_paywall_that_came_down_is_flagged_and_the_text_stays(desk: Desk) -> None:
    desk.store(URL)
    stored = desk.store(URL, STORY[:200], is_paywalled=True, minute=5)
    assert stored.outcome == "unchanged"
    assert (column(desk, "body"), column(desk, "is_paywalled")) == (STORY, 1)


def test_page_that_turned_into_something_else_is_quarantined(desk: Desk) -> None:
    desk.store(URL)
    stored = desk.store(URL, "Please accept our cookies.", title="Your privacy", minute=5)
    assert stored.outcome == "quarantined"
    assert (column(desk, "body"), column(desk, "title")) == (STORY, "Harbour council meets")
    assert desk.rows("SELECT reason, capture FROM quarantine") == [(REPLACED, 2)]
    assert desk.rows("SELECT outcome FROM candidates") == [("quarantined",)]


def test_page_that_is_no_article_any_more_leaves_the_good_text(desk: Desk) -> None:
    desk.store(URL)
    (known,) = desk.offer(URL)
    later = NOON + timedelta(days=1)
    delivery = desk.deliver(URL, b"wall", minute=5, standing=known)
    store_no_article(desk.archive, delivery, "a consent wall", later)
    assert (column(desk, "body"), column(desk, "next_check_at")) == (STORY, "2026-03-05T12:00:00Z")
    assert desk.rows("SELECT outcome, article FROM candidates") == [("no_article", 1)]
    assert desk.rows("SELECT COUNT(*) FROM captures") == [(2,)]


def test_last_look_that_finds_no_article_is_not_asked_for_again_and_again(desk: Desk) -> None:
    desk.store(URL)
    (known,) = desk.offer(URL)
    delivery = desk.deliver(URL, b"wall", minute=5, standing=known)
    store_no_article(desk.archive, delivery, "a challenge", NOON + timedelta(minutes=7))
    again = desk.deliver(URL, b"wall", minute=8, standing=known)
    store_no_article(desk.archive, again, "a challenge", None)
    assert column(desk, "next_check_at") is None


def test_older_capture_never_overwrites_a_newer_text(desk: Desk) -> None:
    desk.store(URL, EDITED, minute=10)
    assert desk.store(URL, STORY, minute=5, description="Old").outcome == "unchanged"
    assert (column(desk, "body"), column(desk, "description")) == (EDITED, "")
    assert column(desk, "captured_at") == "2026-03-04T12:05:00Z"
    assert column(desk, "checked_at") == "2026-03-04T12:10:00Z"
    assert desk.rows("SELECT COUNT(*) FROM revisions") == [(1,)]


def test_replaying_two_versions_twice_changes_nothing(desk: Desk) -> None:
    for _ in range(2):
        desk.store(URL, STORY, minute=1)
        desk.store(URL, EDITED, minute=2)
        state = dump(desk)
    desk.store(URL, STORY, minute=1)
    desk.store(URL, EDITED, minute=2)
    assert dump(desk) == state
    assert column(desk, "revision_count") == 2


@pytest.mark.parametrize("status", [404, 410])
def test_article_that_is_gone_is_kept_and_may_come_back(desk: Desk, status: int) -> None:
    desk.store(URL)
    (known,) = desk.offer(URL)
    gone = desk.deliver(URL, b"gone", minute=5, standing=known, status=status)
    assert store_gone(desk.archive, gone) == 2
    assert (column(desk, "gone_at"), column(desk, "body")) == ("2026-03-04T12:05:00Z", STORY)
    store_gone(desk.archive, desk.deliver(URL, minute=9, standing=known, status=status))
    assert column(desk, "gone_at") == "2026-03-04T12:05:00Z"
    assert found(desk, "breakwater") == [1]
    assert desk.store(URL, minute=20).outcome == "unchanged"
    assert column(desk, "gone_at") is None


def test_old_answer_does_not_make_a_present_article_gone_nor_bring_it_back(desk: Desk) -> None:
    desk.store(URL, minute=10)
    store_gone(desk.archive, desk.deliver(URL, b"", minute=5, status=404))
    assert column(desk, "gone_at") is None
    store_gone(desk.archive, desk.deliver(URL, b"", minute=20, status=404))
    desk.store(URL, minute=15)
    assert column(desk, "gone_at") == "2026-03-04T12:20:00Z"


def test_candidate_that_is_gone_is_settled_and_nothing_else(desk: Desk) -> None:
    assert store_gone(desk.archive, desk.deliver(URL, status=410)) is None
    assert desk.rows("SELECT state, outcome, article FROM candidates") == [
        ("settled", "gone", None)
    ]
    assert desk.rows("SELECT COUNT(*) FROM captures") == [(0,)]


def test_gone_page_of_a_claimer_does_not_touch_who_it_claimed_to_be(desk: Desk) -> None:
    desk.store("https://gazette.example/other", claims=URL)
    store_gone(desk.archive, desk.deliver(URL, minute=5, status=404))
    assert column(desk, "gone_at") is None


def test_not_modified_moves_the_next_look_only(desk: Desk) -> None:
    desk.store(URL)
    (known,) = desk.offer(URL)
    looked, again = NOON + timedelta(hours=1), NOON + timedelta(hours=6)
    store_not_modified(desk.archive, known, looked, again)
    assert column(desk, "checked_at") == "2026-03-04T13:00:00Z"
    assert desk.offer(URL)[0].next_check_at == again
    assert desk.rows("SELECT COUNT(*) FROM captures") == [(1,)]


def test_quarantined_page_leaves_quarantine_when_it_is_understood(desk: Desk) -> None:
    delivery = desk.deliver(URL, b"odd")
    store_quarantine(desk.archive, delivery, "time limit", "Traceback …" * 10_000)
    store_quarantine(desk.archive, delivery, "memory limit", "x")
    assert desk.rows("SELECT url, reason, detail FROM quarantine") == [(URL, "memory limit", "x")]
    stored = store_article(desk.archive, delivery, Article(URL, "Title", body=STORY), None)
    assert stored.outcome == "new"
    assert desk.rows("SELECT COUNT(*) FROM quarantine") == [(0,)]
    assert desk.rows("SELECT outcome, article FROM candidates") == [("new", 1)]


def test_text_that_utf8_cannot_hold_is_stored_with_marks_in_its_place(desk: Desk) -> None:
    stored = desk.store(URL, title="Fire \ud83d\x00", authors=("Ann\ud800",))
    assert stored.outcome == "new"
    assert column(desk, "title") == "Fire \ufffd\ufffd"


def test_metacharacters_are_only_text(desk: Desk) -> None:
    title = "Robert'); DROP TABLE articles;-- \" OR NEAR(a b) *"
    desk.store(URL, title=title, authors=(title,), tags=(title,))
    assert column(desk, "title") == title
