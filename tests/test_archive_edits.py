"""Edits: what came and what went between two revisions, kept by triggers, found in any script."""

import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.differences import changed_paragraphs, compared
from scraper.archive.edit_search import (
    KINDS,
    POOL,
    EditSearch,
    count_statement,
    cursor_of,
    edits_statement,
    facets_statement,
    iter_edits,
    match_for,
    notes_for,
)
from scraper.archive.edits import EDIT_TEXT_MAX_CHARS, TEXT_MAX_CHARS, Text, edit_between
from scraper.archive.edits_schema import rebuild_edits, stray_edits
from scraper.archive.search import register
from scraper.jobs.reindex import reindex
from scraper.jobs.verify import verify
from tests.conftest import STORY, Desk

URL = "https://gazette.example/harbour"
EXTRACTOR = "dateline/1 rules/1"
JAPANESE = "潮見市の港で死者は10人、市長は会談を否定した。\n\n調べは続いている。"
ARABIC = "قال الوزير إن الهدنة مستمرة في الميناء وإن السفن تنتظر.\n\nوأضاف أن المحادثات تبدأ غدا."
THAI = "ผู้นำหารือกันเมื่อวานนี้ที่ท่าเรือ"


def edits(desk: Desk) -> list[dict[str, Any]]:
    return list(map(dict, desk.archive.connection.execute("SELECT * FROM edits ORDER BY revision")))


def revise(desk: Desk, old: str, new: str, *, url: str = URL, **fields: Any) -> dict[str, Any]:
    """Store a text and then another; return the edit between them."""
    told = {"language": "en", "extractor": EXTRACTOR} | fields
    desk.store(url, old, **told)
    desk.store(url, new, minute=1, **told)
    return edits(desk)[-1]


def search(desk: Desk, **wanted: Any) -> list[int]:
    rows = desk.archive.connection.execute(*edits_statement(EditSearch(**wanted)))
    return [row["revision"] for row in rows]


def test_an_edit_is_the_words_that_came_and_went(desk: Desk) -> None:
    edit = revise(desk, STORY, STORY.replace("third", "eleventh") + "\n\nIt will rain.")
    assert (edit["added"], edit["removed"]) == ("eleventh … It will rain.", "third")
    assert (edit["words_added"], edit["words_removed"]) == (4, 1)
    assert (edit["paragraphs_added"], edit["paragraphs_removed"]) == (1, 0)
    assert (edit["outlet"], edit["language"], edit["country"]) == ("gazette", "en", "IE")
    assert (edit["number"], edit["seen_at"], edit["previous_at"]) == (
        2, "2026-03-04T12:01:00Z", "2026-03-04T12:00:00Z",
    )  # fmt: skip
    assert (edit["headline_changed"], edit["text_changed"], edit["byline_changed"]) == (0, 1, 0)


def test_a_first_text_and_the_same_text_again_are_no_edits(desk: Desk) -> None:
    desk.store(URL, STORY)
    desk.store(URL, STORY.replace("harbour council", "harbour  council"), minute=1)
    assert not edits(desk)


@pytest.mark.parametrize(
    ("language", "old", "new", "added", "removed", "is_number"),
    [
        ("ja", JAPANESE, JAPANESE.replace("10人", "12人"), "12", "10", 1),
        ("ja", JAPANESE, JAPANESE.replace("否定", "確認"), "確認", "否定", 0),
        ("ar", ARABIC, ARABIC.replace("مستمرة", "انتهت"), "انتهت", "مستمرة", 0),
        ("ar", "قتل ١٠ أشخاص في الميناء.", "قتل ١٢ أشخاص في الميناء.", "١٢", "١٠", 1),
        ("th", THAI, THAI.replace("เมื่อวานนี้", "วันนี้"), "", "เมื่อ", 0),
        ("hi", "बंदरगाह में बैठक जारी है।", "बंदरगाह में बैठक रद्द है।", "रद्द", "जारी", 0),
    ],
)
def test_changed_words_are_told_in_every_script(
    desk: Desk, language: str, old: str, new: str, added: str, removed: str, is_number: int
) -> None:
    edit = revise(desk, old, new, language=language)
    assert removed in edit["removed"]
    assert added in edit["added"]
    assert edit["number_changed"] == is_number
    for word, column in ((added, "added"), (removed, "removed")):
        if word:
            assert search(desk, query=f"{column}:{word}") == [edit["revision"]]
            assert search(desk, query=f'"{word}"') == [edit["revision"]]
            assert search(desk, query=f"{word} lang:{language}") == [edit["revision"]]


def test_a_new_first_paragraph_does_not_make_the_others_rewritten() -> None:
    old = [f"Paragraph {n} tells of the {n} ships that wait outside the port." for n in range(5)]
    new = [
        "Nobody was there when the lights went out.",
        *(p.replace("ships", "boats") for p in old),
    ]
    edit = edit_between(Text("", "", "\n\n".join(old)), Text("", "", "\n\n".join(new)))
    assert (edit.paragraphs_added, edit.paragraphs_removed) == (1, 0)
    assert edit.removed == " … ".join(["ships"] * 5)


def test_unchanged_paragraphs_are_counted_between_changed_ones() -> None:
    told = list(compared("a one\n\nb\n\nc\n\nd two", "a three\n\nb\n\nc\n\nd four"))
    assert [part if isinstance(part, int) else "changed" for part in told] == [
        "changed", 2, "changed",
    ]  # fmt: skip


def test_a_quiet_edit_has_no_new_time_of_change(desk: Desk) -> None:
    from tests.conftest import NOON

    told: dict[str, Any] = {"language": "en", "extractor": EXTRACTOR}
    desk.store(URL, STORY, modified_at=NOON, **told)
    desk.store(URL, STORY + "\n\nOne.", minute=1, modified_at=NOON, **told)
    desk.store(URL, STORY + "\n\nTwo.", minute=2, modified_at=NOON.replace(hour=13), **told)
    desk.store(URL, STORY + "\n\nThree.", minute=3, modified_at=None, **told)
    desk.store(URL, STORY + "\n\nThree.", minute=4, byline="Mara Quill", **told)
    assert [edit["is_quiet"] for edit in edits(desk)] == [1, 0, 1, 0], "a byline alone is not"
    assert [edit["byline_changed"] for edit in edits(desk)] == [0, 0, 0, 1]


def test_what_two_extractors_read_is_kept_and_called_uncertain_and_never_quiet(desk: Desk) -> None:
    desk.store(URL, STORY, extractor="dateline/1 rules/1")
    desk.store(URL, STORY + "\n\nMore.", minute=1, extractor="dateline/1 rules/2")
    (edit,) = edits(desk)
    assert (edit["is_read_alike"], edit["is_quiet"]) == (0, 0)
    assert search(desk, query="is:uncertain") == [edit["revision"]]
    assert search(desk, query="more -is:uncertain") == []


def test_edits_follow_their_revisions_through_every_change(desk: Desk) -> None:
    connection = desk.archive.connection
    for minute, end in enumerate(("", "\n\nOne.", "\n\nTwo.", "\n\nThree.")):
        desk.store(URL, STORY + end, minute=minute, language="en")
    assert [edit["added"] for edit in edits(desk)] == ["One.", "Two", "Three"]
    connection.execute("UPDATE revisions SET body = replace(body, 'Two', 'Four') WHERE number = 3")
    assert [edit["added"] for edit in edits(desk)] == ["One.", "Four", "Three"]
    assert [edit["removed"] for edit in edits(desk)] == ["", "One", "Four"]
    connection.execute("UPDATE revisions SET changed = '[]' WHERE number = 2")
    assert [edit["number"] for edit in edits(desk)] == [3, 4]
    connection.execute("DELETE FROM revisions WHERE number = 2")
    assert [edit["number"] for edit in edits(desk)] == [4], "what stood between is not known"
    connection.execute("UPDATE revisions SET number = -2 WHERE number = 3")
    connection.execute("UPDATE revisions SET number = 2 WHERE number = -2")
    connection.execute("UPDATE revisions SET number = 3 WHERE number = 4")
    assert [(edit["number"], edit["added"]) for edit in edits(desk)] == [(2, "Four."), (3, "Three")]
    connection.execute("UPDATE articles SET language = 'ga', country = 'DE'")
    assert search(desk, query="lang:ga country:DE three") == [edits(desk)[-1]["revision"]]
    assert not search(desk, query="lang:en")
    assert list(stray_edits(connection)) == []
    counts = "SELECT (SELECT count(*) FROM edits), (SELECT count(*) FROM edits_fts_docsize)"
    assert desk.rows(counts) == [(2, 2)]


def test_an_article_that_comes_after_its_revisions_brings_their_edits(desk: Desk) -> None:
    connection = desk.archive.connection
    revise(desk, STORY, STORY + "\n\nMore.")
    row = dict(connection.execute("SELECT * FROM articles").fetchone())
    del row["month"]
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM edits")
    connection.execute("DELETE FROM articles")
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", row)
    assert [edit["added"] for edit in edits(desk)] == ["More."]


def test_verify_tells_of_stray_edits_and_reindex_mends_them(desk: Desk, tmp_path: Path) -> None:
    connection = desk.archive.connection
    revise(desk, STORY, STORY + "\n\nMore.")
    desk.archive.warc.flush()
    path, captures = tmp_path / "archive.db", tmp_path / "captures"
    assert verify(path, captures).is_well
    for damage, words in (
        ("UPDATE edits SET added = 'Less'", "the edit of revision 2 is not what its texts say"),
        ("DELETE FROM edits", "the edit of revision 2 is not what its texts say"),
        ("INSERT INTO edits_fts (edits_fts) VALUES ('delete-all')", "the search row of edit 2"),
    ):
        connection.execute(damage)
        report = verify(path, captures)
        assert any(words in problem for problem in report.problems), report.problems
        assert "run dateline reindex" in report.line()
        assert reindex(path) == 1
        assert verify(path, captures).is_well
        assert search(desk, query="added:more") == [2]


def test_rebuilding_twice_changes_nothing(desk: Desk) -> None:
    revise(desk, STORY, STORY + "\n\nMore.")
    before = edits(desk)
    for _ in range(2):
        rebuild_edits(desk.archive.connection)
        assert edits(desk) == before
        assert search(desk, query="more") == [2]


def test_a_writer_without_our_functions_fails_and_leaves_nothing_stale(
    desk: Desk, tmp_path: Path
) -> None:
    revise(desk, STORY, STORY + "\n\nMore.")
    other = sqlite3.connect(tmp_path / "archive.db")
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        other.execute("UPDATE revisions SET body = 'x' WHERE number = 2")
    other.close()


@pytest.fixture
def newsroom(desk: Desk) -> Desk:
    """Edits of every kind, in three languages, a minute apart."""
    told: dict[str, Any] = {"extractor": EXTRACTOR, "language": "en"}
    for number, (old, new, fields) in enumerate(
        (
            (STORY, STORY + "\n\nA ceasefire holds.", told),
            (STORY + "\n\nA ceasefire holds.", STORY, told),
            ("Ships: 10 wait outside the port.", "Ships: 12 wait outside the port.", told),
            (JAPANESE, JAPANESE.replace("10人", "12人"), told | {"language": "ja"}),
            (ARABIC, ARABIC.replace("مستمرة", "انتهت"), told | {"language": "ar"}),
        )
    ):
        url = f"https://gazette.example/{number}"
        desk.store(url, old, minute=number, **fields)
        desk.store(url, new, minute=10 + number, **fields)
    desk.store("https://gazette.example/5", STORY, minute=5, **told)
    desk.store("https://gazette.example/5", STORY, title="Mole", minute=15, **told)
    return desk


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("ceasefire", [2, 1]),
        ("added:ceasefire", [1]),
        ("removed:ceasefire", [2]),
        ("is:removed", [2]),
        ("is:added", [1]),
        ("is:headline", [6]),
        ("is:number", [4, 3]),
        ("is:number lang:ja", [4]),
        ("is:quiet -is:number ceasefire", [2, 1]),
        ("removed:10 added:12", [4, 3]),
        ("outlet:gazette lang:ar", [5]),
        ("الهدنة OR انتهت", [5]),
        ("nothing", []),
        ('"" ', []),
        ("added:", []),
    ],
)
def test_queries_find_edits_newest_first(newsroom: Desk, query: str, articles: list[int]) -> None:
    numbers = dict(newsroom.rows("SELECT revision, article FROM edits"))
    assert [numbers[n] for n in search(newsroom, query=query)] == articles
    assert [numbers[n] for n in search(newsroom, query=query, order="oldest")] == articles[::-1]
    (count,) = newsroom.archive.connection.execute(
        *count_statement(EditSearch(query=query))
    ).fetchone()
    assert count == len(articles)


@pytest.mark.parametrize("query", ["", "is:quiet"])
def test_filters_narrow_with_and_without_a_query(newsroom: Desk, query: str) -> None:
    numbers = dict(newsroom.rows("SELECT revision, article FROM edits"))

    def found(**wanted: str) -> list[int]:
        return [numbers[n] for n in search(newsroom, query=query, **wanted)]

    assert found() == [6, 5, 4, 3, 2, 1]
    assert found(kind="headline") == [6]
    assert found(kind="removed", outlet="gazette", country="IE") == [2]
    assert found(kind="number", language="en") == [3]
    assert found(language="j") == [], "filters are exact"
    assert found(after="2026-03-04", before="2026-03-05") == [6, 5, 4, 3, 2, 1]
    assert found(after="2026-03-05") == found(before="2026-03") == []
    assert found(after="soon") == [6, 5, 4, 3, 2, 1], "what is no date narrows nothing"
    assert found(quiet="1") == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("query", ["", "is:quiet"])
def test_pages_follow_each_other_without_gap_or_repeat(
    newsroom: Desk, query: str, order: str
) -> None:
    newsroom.archive.connection.execute("UPDATE edits SET seen_at = '2026-03-04T12:00:00Z'")
    whole = search(newsroom, query=query, order=order)
    paged: list[int] = []
    cursor = ""
    while True:
        wanted = EditSearch(query=query, order=order, cursor=cursor, limit=2)
        rows = newsroom.archive.connection.execute(*edits_statement(wanted)).fetchall()
        if not rows:
            break
        paged += [row["revision"] for row in rows]
        cursor = cursor_of(rows[-1]["seen_at"], rows[-1]["revision"])
    assert paged == whole
    assert search(newsroom, query=query, order=order, cursor="nonsense") == whole


def test_exports_give_every_edit_in_the_names_of_the_columns(newsroom: Desk) -> None:
    connection = newsroom.archive.connection
    records = list(iter_edits(connection, EditSearch()))
    assert [record["article"] for record in records] == [6, 5, 4, 3, 2, 1]
    assert list(records[0]) == [
        "revision", "article", "url", "outlet", "language", "seen_at", "title", "kinds",
        "is_quiet", "added", "removed",
    ]  # fmt: skip
    assert records[0] | {"url": "", "seen_at": "", "added": "", "removed": ""} == {
        "revision": 2, "article": 6, "url": "", "outlet": "gazette", "language": "en",
        "seen_at": "", "title": "Mole", "kinds": ["headline"], "is_quiet": True,
        "added": "", "removed": "",
    }  # fmt: skip
    assert [record["kinds"] for record in records[1:]] == [
        ["text"], ["number"], ["number"], ["removed"], ["added"],
    ]  # fmt: skip
    found = list(iter_edits(connection, EditSearch(query="ceasefire", order="oldest"), limit=1))
    assert [record["article"] for record in found] == [1]


def test_facets_count_values_and_kinds(newsroom: Desk) -> None:
    rows = newsroom.archive.connection.execute(*facets_statement(EditSearch())).fetchall()
    counts = {(row["facet"], row["value"]): row["count"] for row in rows}
    assert counts[("outlet", "gazette")] == 6
    assert [counts[("language", language)] for language in ("en", "ja", "ar")] == [4, 1, 1]
    assert {kind: counts.get(("kind", kind), 0) for kind in KINDS} == {
        "headline": 1, "number": 2, "removed": 1, "added": 1, "byline": 0,
    }  # fmt: skip
    assert counts[("quiet", "1")] == 6


def test_sql_asks_the_index_of_edits_in_the_language_of_the_page(newsroom: Desk) -> None:
    sql = "SELECT rowid FROM edits_fts WHERE edits_fts MATCH edits_query(?) ORDER BY rowid"
    assert newsroom.rows(sql, "added:ceasefire") == [
        (n,) for n in search(newsroom, query="added:ceasefire")
    ]
    assert newsroom.rows(sql, "title:nothing (") == []


def test_notes_tell_how_a_search_was_read() -> None:
    assert notes_for(EditSearch(query="(ceasefire"))[0] == "A ( was not closed."
    assert "is no date" in notes_for(EditSearch(after="soon"))[0]
    wanted = EditSearch(query="ceasefire")
    assert not notes_for(wanted, POOL)
    assert notes_for(wanted, POOL + 1)[0] == f"Only the latest {POOL} edits that match are shown."
    assert not match_for(EditSearch(outlet="gazette")), "filters alone walk an index"


def test_a_fuzz_of_queries_raises_nothing(newsroom: Desk) -> None:
    rnd = random.Random(5)
    parts = ["added:", "removed:", "is:", "quiet", '"', "(", ")", "-", "OR", "ceasefire", "死者",
             "*", "after:", "2026", "NEAR/3", " ", "'", ":", "flags:", "title:"]  # fmt: skip
    for _ in range(500):
        query = "".join(rnd.choice(parts) for _ in range(rnd.randrange(1, 12)))
        search(newsroom, query=query)


def test_hostile_texts_are_compared_in_bounded_time_and_kept_bounded() -> None:
    rnd = random.Random(7)
    for words in (["a", "b"], ["の", "人", "死"]):
        one, other = (
            "\n\n".join(" ".join(rnd.choice(words) for _ in range(199)) for _ in range(600))
            for _ in range(2)
        )
        begin = time.process_time()
        edit = edit_between(Text(one, one, one), Text(other, other, other))
        assert time.process_time() - begin < 10
        assert max(len(edit.added), len(edit.removed)) <= EDIT_TEXT_MAX_CHARS
    beyond = "x" * TEXT_MAX_CHARS
    assert edit_between(Text("", "", beyond), Text("", "", beyond + " y")).added == ""
    assert changed_paragraphs("", "") == ()


def test_a_damaged_value_is_compared_as_text(desk: Desk) -> None:
    revise(desk, STORY, STORY + "\n\nMore.")
    register(desk.archive.connection)
    desk.archive.connection.execute("UPDATE revisions SET body = X'ff41' WHERE number = 2")
    assert "A" in edits(desk)[0]["added"]
