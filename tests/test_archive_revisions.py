"""What counts as an edit, and what does not."""

from dataclasses import replace

import pytest

from scraper.archive.revisions import Text, agree, content_hash, decide
from tests.conftest import STORY

KNOWN = Text("Harbour council meets again", "Ann Lee", STORY)


def test_text_not_seen_before_is_new() -> None:
    assert decide(None, KNOWN).kind == "new"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“It’s – fine”", '"It\'s - fine"'),
        ("one two\n\nthree", "one  two three\n"),
        ("Tide\u00adtable\u200b at 5\u00a0pm", "Tidetable at 5 pm"),
        ("ＮＨＫ　ニュース", "NHKニュース"),
        ("北朝鮮は\n\n発表した", "北朝鮮は発表した"),
        ("Updated 3 hours ago. Ships sail.", "Updated 14 minutes ago. Ships sail."),
        ("Stand: vor 2 Stunden. Schiffe", "Stand: vor einer Stunde. Schiffe"),
        ("3時間前 船が出た", "5分前 船が出た"),
        ("3시간 전 배가", "2일 전 배가"),
        ("5 минут назад. Суда", "2 часа назад. Суда"),
        ("منذ 3 ساعات السفن", "منذ 5 دقائق السفن"),
        ("Ships sail.\n\nAdvertisement", "Ships sail."),
        ("12 Comments\n\nShips sail.", "Share\n\nShips sail.\n\n5 min read"),
        ("Werbung\n\nSchiffe", "Schiffe"),
        ("Ships… sail", "Ships... sail"),
    ],
)
def test_variants_of_one_text_are_unchanged(before: str, after: str) -> None:
    one, other = replace(KNOWN, body=before), replace(KNOWN, body=after)
    assert decide(one, other).kind == "unchanged"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Harbor council meets again"),
        ("byline", "Ann Lee and Bo Ray"),
        ("body", STORY.replace("third", "second")),
        ("body", STORY + "\n\nCorrection: it was the second time."),
        ("body", STORY.replace("harbour master", "Harbour Master")),
    ],
)
def test_real_edits_are_revisions_that_name_the_field(field: str, text: str) -> None:
    after = replace(KNOWN, **{field: text})
    decision = decide(KNOWN, after)
    assert (decision.kind, decision.changed) == ("revised", (field,))
    assert content_hash(KNOWN) != content_hash(after)


def test_words_joined_or_parted_are_an_edit_where_spaces_part_words() -> None:
    before = replace(KNOWN, body="He is now here to be seen.")
    assert decide(before, replace(KNOWN, body="He is nowhere to be seen.")).kind == "revised"


def test_teaser_of_the_known_text_is_cut() -> None:
    assert decide(KNOWN, replace(KNOWN, body=STORY[:150])).kind == "cut"
    assert decide(KNOWN, replace(KNOWN, body="")).kind == "cut"


def test_paywall_over_part_of_the_text_is_cut_however_much_it_shows() -> None:
    after = replace(KNOWN, body=STORY[: len(STORY) * 4 // 5])
    assert decide(KNOWN, after, is_paywalled=True).kind == "cut"
    assert decide(KNOWN, after).kind == "revised"


def test_error_text_or_wall_in_place_of_the_article_is_no_revision() -> None:
    wall = Text("We value your privacy", "", "Please accept our cookies to go on. " * 12)
    assert decide(KNOWN, wall).kind == "replaced"
    missing = Text("Page not found", "", "We looked everywhere. Try the search.")
    assert decide(KNOWN, missing).kind == "replaced"


def test_short_notice_under_the_old_headline_is_a_revision() -> None:
    notice = "This article was withdrawn on 5 March because a quotation was false."
    assert decide(KNOWN, replace(KNOWN, body=notice)).kind == "revised"


def test_long_new_text_under_a_new_headline_is_a_revision() -> None:
    other = "".join(
        f"Sentence {n} of the morning bulletin says something else. " for n in range(60)
    )
    assert decide(KNOWN, Text("Morning bulletin", "", other)).kind == "revised"


def test_twins_agree_and_strangers_do_not() -> None:
    assert agree(STORY, "Print version\n\n" + STORY.replace("’", "'"))
    assert agree(STORY, STORY[:200])
    assert not agree(STORY, "The ferry company has ordered two ships from a yard in the north.")
    assert not agree(STORY, "")
    assert agree("船が港を出た。", "船が港を出た。")


def test_enormous_texts_are_compared_in_bounded_time() -> None:
    huge = "a" * 5_000_000
    assert decide(replace(KNOWN, body=huge), replace(KNOWN, body=huge + "b")).kind == "revised"
