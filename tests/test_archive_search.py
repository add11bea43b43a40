"""Search finds in every script what a reader means, and nonsense never breaks it."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive.estimates import count_facets, take_sample
from scraper.archive.findings import search
from scraper.archive.hits import find_hits as page_of_hits
from scraper.archive.plans import run
from scraper.archive.queries import (
    DATES_MAX,
    NOTHING,
    QUERY_MAX_CHARS,
    WORDS_MAX,
    parse,
)
from scraper.archive.query_dates import date_cover
from scraper.archive.schema import SEARCH
from scraper.archive.search import ORDERS, Search, register
from scraper.archive.segmentation import (
    MARK_CLOSE,
    MARK_OPEN,
    Term,
    country_token,
    date_tokens,
    excerpt,
    find_hits,
    fold,
    language_token,
    marked,
    segment,
    tokens,
)
from tests.invented import ARTICLES, add_article, build_archive

NASTY = next(number for number, article in enumerate(ARTICLES, 1) if "<script>" in article[1])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("search") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """An index alone, with one row, to try MATCH expressions on."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY)")
    for statement in SEARCH.strip().split(";\n"):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO articles_fts (rowid, title, body, author, description, outlet, section, lang, country, date)"
        " VALUES (1, 'a', 'b', 'c', 'd', 'e', 's', 'langja', 'countryjp', 'y2024 m202406 d20240616')"
    )
    yield connection
    connection.close()


def found(connection: sqlite3.Connection, query: str) -> set[int]:
    return {hit.id for hit in search(connection, Search(query, limit=100)).hits}


def matches(connection: sqlite3.Connection, query: str) -> bool:
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    return bool(connection.execute(sql, (parse(query).match,)).fetchone()[0])


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("武器", {1}),
        ("北朝鮮", {1}),
        ("朝鮮", {1}),
        ('"金正恩 プーチン"', {1}),
        ("金正恩 プーチン", {1}),
        ("NHK", {1}),
        ("ＮＨＫ", {1}),
        ("nhk", {1}),
        ("サーバ", {1}),
        ("ｻｰﾊﾞｰ", {1}),
        ("メーカー", {2}),
        ("震度5弱", {2}),
        ("戰爭", {3}),
        ("전쟁", {4}),
        ("정상회담", {4}),
        ("สงคราม", {5}),
        ("الحرب", {6, 7}),
        ("حرب", {6, 7}),
        ("والحرب", {6, 7}),
        ("مسوول", {6}),
        ("مدينه", {6, 7}),
        ('"الحرب"', {6}),
        ("המלחמה", {8}),
        ("מלחמה", {8}),
        ("ЕЩЕ", {9}),
        ("Ещё", {9}),
        ("Straße", {10}),
        ("strasse", {10}),
        ("STRASSE", {10}),
        ("cafe", {10}),
        ("conversacion", {11}),
        ("MAÑANA", {11}),
        ("harbour", {12}),
        ("harb*", {12}),
        ("rowers dawn", {13}),
    ],
)
def test_finds_what_is_meant_in_every_script(
    archive: sqlite3.Connection, query: str, articles: set[int]
) -> None:
    assert found(archive, query) == articles


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("harbour OR 武器", {1, 12}),
        ("harbour | rowers", {12, 13}),
        ("talks -harbour", {13}),
        ("talks NOT harbour", {13}),
        ("talks AND dawn", {13}),
        ("(harbour OR rowers) talks", {12, 13}),
        ("talks -(harbour OR dawn)", set()),
        ('"cold war"', {12}),
        ("“cold war”", {12}),
        ('"war cold"', set()),
        ("「武器の輸出」", {1}),
        ("『武器の輸出』", {1}),
        ("cold NEAR/2 war", {12}),
        ("cold NEAR/2 customs", set()),
        ("NEAR(negotiators customs, 8)", {12}),
        ("title:talks", {12}),
        ("title:(talks harbour)", {12}),
        ("body:dawn title:dawn", {13}),
        ("author:quay", {12, 13}),
        ('author:"Ben Quay"', {12, 13}),
        ("outlet:harbour_sport", {13}),
        ("lang:ja", {1, 2}),
        ("lang:zh", {3}),
        ("lang:zh-Hant", {3}),
        ("country:jp", {1, 2}),
        ("lang:(ja OR ko)", {1, 2, 4}),
        ("date:2024-03", {7}),
        ("date:2024-03..2024-05-20", {2, 5, 7}),
        ("before:2024-04-02", {7}),
        ("after:2024-06-16", {1, 12}),
        ("after:2024-06-15 before:2024-06-16", {10, 11}),
        ("talks after:2024-06-02", {12}),
        ("2024", set()),
        ("langja", set()),
        ("outlet", set()),
    ],
)
def test_query_language(archive: sqlite3.Connection, query: str, articles: set[int]) -> None:
    assert found(archive, query) == articles


def test_a_japanese_search_by_long_vowel_finds_the_longer_word_and_inside_compounds() -> None:
    assert parse("サーバー").terms[0].forms == (tuple("サーバー"), tuple("サーバ"))
    assert parse("スキー").terms[0].forms == (tuple("スキー"),)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("(talks", "A ( was not closed."),
        ("talks)", "A ) had no ( before it."),
        ('"talks', "A quotation mark was not closed."),
        ("title:", "title: has nothing after it."),
        ("talks NOT", "NOT has nothing after it."),
        ("-talks", "An exclusion needs something beside it to take from."),
        ("talks !!!", "!!! has nothing to look for and was left out."),
        ("t* talks", "t* is too short: 3 letters at least before the *."),
        ("talks after:soon", "after:soon is no date such as 2024, 2024-06 or 2024-06-16."),
        ("date:2024-13", "date:2024-13 is no date such as 2024, 2024-06 or 2024-06-16."),
        ("(" * 30 + "talks", "Parentheses nested deeper than 20 were ignored."),
        ("x" * 3000, f"Only the first {QUERY_MAX_CHARS} characters were read."),
        ("a b " * 200, f"Only the first {WORDS_MAX} words were read."),
        ("after:2024 " * 20 + "x", f"Only the first {DATES_MAX} date conditions were read."),
        ("...", "There was nothing to look for."),
    ],
)
def test_an_oddity_becomes_a_note(query: str, note: str) -> None:
    assert note in parse(query).notes


def test_a_plain_query_has_no_notes() -> None:
    for query in (
        "",
        "talks",
        "title:talks -cold lang:en",
        "10:30",
        "https://example.org/a",
        "it's",
    ):
        assert parse(query).notes == ()


@pytest.mark.parametrize("query", ["", "   ", "((", '"', "AND", "-x", "!!!", "title:", "\0", "🙂"])
def test_a_query_without_anything_to_look_for_matches_nothing(
    index: sqlite3.Connection, query: str
) -> None:
    assert parse(query).match == NOTHING
    assert not matches(index, query)


def test_a_search_without_query_or_filters_is_everything_newest_first(
    archive: sqlite3.Connection,
) -> None:
    everything = search(archive, Search(limit=100))
    assert everything.total == len(everything.hits) == len(ARTICLES)
    dates = [hit.published_at or "" for hit in everything.hits]
    assert dates == sorted(dates, reverse=True)
    assert search(archive, Search("((")).total == 0


ATOMS = (
    "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR(", "(", ")", '"', "“", "」", "『", "-", "--", "*",
    "a", "b*", "北朝鮮", "プーチン", "title:", "body:", "lang:ja", "country:", "after:2024-01-01",
    "before:", "before:1999", "date:2024-01..2025", "^", "{", "}", ":", "+", ",", "|", "\x00", "'",
    ";", "الحرب", "סוף", "サーバー", "🙂", "\ud800", "é", "ﷺ", "\u0301", "_", "5)", "/", "x" * 50,
    "\\", "%", "#", "[", "]", "--", "\n", "\u200b", "ก", "K", "½",
)  # fmt: skip


def test_thousands_of_operators_quotes_and_brackets_give_no_error(
    index: sqlite3.Connection,
) -> None:
    dice = random.Random(20240616)
    for _ in range(3000):
        count = dice.choice((3, 8, 20, 60))
        query = dice.choice(("", " ", "  ")).join(dice.choices(ATOMS, k=count))
        matches(index, query)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_a_query(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5 (title, body, author, description, outlet, lang, country, date)"
    )
    connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (parse(query).match,)).fetchall()
    connection.close()


@pytest.mark.parametrize(
    "query",
    [
        "(a OR " * 400,
        "NOT " * 600 + "a",
        " ".join(f"(x{n} OR (y{n} -z{n}))" for n in range(150)),
        " OR ".join("كتاب" + chr(0x628 + n % 20) + chr(0x628 + n // 20) for n in range(250)),
        "(after:2001-06-16 OR before:2004-03-05) " * 40,
        "a -(" * 60 + "b",
        "title:" * 400,
        '"' * 1999,
        "ﷺ" * 2000,
    ],
)
def test_the_largest_queries_stay_within_what_fts5_takes(
    index: sqlite3.Connection, query: str
) -> None:
    matches(index, query)
    assert len(parse(query).match) < 50_000


def test_date_cover_holds_every_day_of_its_range_and_no_other() -> None:
    cover = list(date_cover("20231215", "20250310"))
    assert len(cover) < 80

    def covers(year: int, month: int, day: int) -> bool:
        terms = date_tokens(f"{year}-{month:02}-{day:02}").split()
        return any(f'"{term}"' in cover for term in terms)

    assert not covers(2023, 12, 14)
    assert covers(2023, 12, 15)
    assert covers(2024, 2, 29)
    assert covers(2025, 3, 9)
    assert not covers(2025, 3, 10)


def test_open_ranges_reach_far_with_few_terms(index: sqlite3.Connection) -> None:
    assert len(list(date_cover("20240616", "3"))) < 80
    assert matches(index, "after:1850")
    assert matches(index, "before:2999")
    assert not matches(index, "after:2024-06-17")


def test_index_functions_bear_null_and_any_type(index: sqlite3.Connection) -> None:
    register(index)
    row = index.execute(
        "SELECT fts_segment(NULL), fts_language(NULL), fts_country(NULL), fts_date(NULL),"
        " fts_segment(5), escape_fts(NULL), search_snippet(NULL, 'x'), search_highlight(NULL, NULL),"
        " search_snippet()"
    ).fetchone()
    assert row == ("", "", "", "", "5", NOTHING, "", "", "")


def test_tokens_of_filters_cannot_be_words_of_a_text() -> None:
    assert language_token("zh-Hant") == "langzh langzhhant"
    assert country_token("JP") == "countryjp"
    assert date_tokens("2024-06-16T12:05:00Z") == "y2024 m202406 d20240616"
    assert date_tokens("16 June") == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = tokens(text)
    assert tokens(" ".join(once)) == once


def test_segmenting_is_stable_over_releases() -> None:
    """These are in every archive's index: a change here means a new SEGMENTER_VERSION."""
    text = "北朝鮮のＮＨＫ、ｻｰﾊﾞｰ! Straße Ещё й أُمّة الـحرب สงคราม 전쟁 café_x Łódź ٢٠٢٤ می‌خواهم"
    assert " ".join(segment(text).split()) == (
        "北 朝 鮮 の nhk、 サ ー バ ー ! strasse еще й امه الحرب ส ง ค ร า ม 전 쟁 cafe x lodz 2024 ميخواهم".replace(
            "、", "、"
        )
    )
    assert fold("ЙОД ё") == "йод е"


def test_marks_stand_on_the_original_text_whatever_was_folded() -> None:
    cases = {
        "Die STRASSE und die Straße": ("strasse", "Die ⟦STRASSE⟧ und die ⟦Straße⟧"),
        "ＮＨＫと武 器": ("nhk 武器", "⟦ＮＨＫ⟧と⟦武 器⟧"),
        "ﾌﾟｰﾁﾝ氏": ("プーチン", "⟦ﾌﾟｰﾁﾝ⟧氏"),
        "قال: الحَرْبُ طويلة": ("حرب", "قال: ⟦الحَرْبُ⟧ طويلة"),
        "cafe\u0301 noir": ("café", "⟦cafe\u0301⟧ noir"),
        "Kriegsende, Krieg": ("krieg", "Kriegsende, ⟦Krieg⟧"),
        "Kriegsende!": ("krieg*", "⟦Kriegsende⟧!"),
        "東京都と京都": ("京都", "東⟦京都⟧と⟦京都⟧"),
        "cold  war, cold\nwar": ('"cold war"', "⟦cold  war⟧, ⟦cold\nwar⟧"),
        "ﷺ ﬁne": ("fine", "ﷺ ⟦ﬁne⟧"),
        "one ⟦two⟧ two": ("two", "one [⟦two⟧] ⟦two⟧"),
        "दुनिया में हिन्दी": ("हिन्दी", "दुनिया में ⟦हिन्दी⟧"),
    }
    for text, (query, expected) in cases.items():
        assert marked(text, parse(query).terms) == expected


def test_what_is_excluded_or_filtered_is_not_marked() -> None:
    assert marked("cold war ja", parse("war -cold lang:ja").terms) == "cold ⟦war⟧ ja"


def test_the_snippet_shows_most_different_words_and_fits() -> None:
    filler = "Nothing here tells of it. " * 60
    text = f"{filler}The war. {filler}The war and the peace talks. {filler}"
    shown = excerpt([text], parse("war peace").terms, 120)
    assert "⟦war⟧ and the ⟦peace⟧" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 160


def test_the_snippet_comes_from_the_first_text_with_a_hit() -> None:
    terms = parse("peace").terms
    assert excerpt(["only war", "some peace"], terms, 50) == "some ⟦peace⟧"
    assert excerpt(["", "a beginning"], terms, 50) == "a beginning"
    assert excerpt([], terms, 50) == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=20), st.integers(min_value=0, max_value=200))
def test_marks_balance_and_removing_them_gives_the_text_back(
    text: str, query: str, width: int
) -> None:
    terms = parse(query).terms
    whole = marked(text, terms)
    assert whole.count(MARK_OPEN) == whole.count(MARK_CLOSE)
    plain = text.replace(MARK_OPEN, "[").replace(MARK_CLOSE, "]")
    assert whole.replace(MARK_OPEN, "").replace(MARK_CLOSE, "") == plain
    passage = excerpt([text], terms, width)
    assert passage.count(MARK_OPEN) == passage.count(MARK_CLOSE)


def test_marking_a_huge_text_is_bounded() -> None:
    terms = (Term((("a",),)),)
    assert len(find_hits("a " * 1_000_000, terms)) <= 1000


@pytest.mark.parametrize(
    ("section", "author"),
    [
        ("「特集」政治", "Ann “Annie” Lee"),
        ("“Arts” & Life", "«Bo» Ek"),
        (chr(0xFF02) + "Art", "O’Dea"),
    ],
)
def test_quotes_in_a_filter_stay_in_its_field(tmp_path: Path, section: str, author: str) -> None:
    build_archive(tmp_path / "archive.db")
    connection = sqlite3.connect(tmp_path / "archive.db")
    register(connection)
    connection.execute(
        "UPDATE articles SET section = ?, byline = ? WHERE id = 5", (section, author)
    )
    for wanted in (Search(section=section), Search(author=author)):
        assert [hit.id for hit in search(connection, wanted).hits] == [5]
    connection.close()


def test_filters_are_exact_and_join_with_the_query(archive: sqlite3.Connection) -> None:
    assert {h.id for h in search(archive, Search(outlet="harbour")).hits} == {12, NASTY}
    assert {h.id for h in search(archive, Search("talks", outlet="harbour")).hits} == {12}
    assert {h.id for h in search(archive, Search(language="zh")).hits} == set()
    assert {h.id for h in search(archive, Search(language="zh-Hant")).hits} == {3}
    assert {h.id for h in search(archive, Search(country="JP", month="2024-04")).hits} == {2}
    assert {h.id for h in search(archive, Search(after="2024-06-16")).hits} == {1, 12}
    assert {h.id for h in search(archive, Search(before="2024-04")).hits} == {7}


@pytest.mark.parametrize("value", ['"', '") OR x:(', "a b", "\0", "*", "'", "x" * 5000])
def test_a_hostile_filter_finds_nothing_and_breaks_nothing(
    archive: sqlite3.Connection, value: str
) -> None:
    for name in ("outlet", "language", "country", "section", "author", "cursor"):
        wanted = Search("talks", **{name: value})  # type: ignore[arg-type]
        assert search(archive, wanted).total in (0, 2)
        run(archive, count_facets(wanted, run(archive, take_sample(wanted))))


def test_orders_and_pages(archive: sqlite3.Connection) -> None:
    for order in ORDERS:
        wanted = Search("talks OR 武器 OR حرب", order=order)
        whole = [hit.id for hit in search(archive, wanted).hits]
        first = [hit.id for hit in search(archive, Search(wanted.query, order=order, limit=3)).hits]
        page = run(archive, page_of_hits(Search(wanted.query, order=order, limit=3)))
        rest = Search(wanted.query, order=order, limit=3, cursor=page.next)
        assert first + [hit.id for hit in search(archive, rest).hits] == whole[:6]
        second = run(archive, page_of_hits(rest))
        back = Search(wanted.query, order=order, limit=3, cursor=second.previous)
        assert [hit.id for hit in search(archive, back).hits] == first
        assert not page.previous
    oldest = search(archive, Search("talks OR 武器", order="oldest")).hits
    assert [hit.published_at for hit in oldest] == sorted(hit.published_at or "" for hit in oldest)
    assert len(search(archive, Search(limit=-5)).hits) == 1


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_go_on_behind_a_time_that_is_written_otherwise(tmp_path: Path, order: str) -> None:
    build_archive(tmp_path / "archive.db")
    connection = sqlite3.connect(tmp_path / "archive.db")
    register(connection)
    connection.execute("UPDATE articles SET published_at = replace(published_at, 'T', ' ')")
    seen: list[int] = []
    cursor = ""
    for _ in ARTICLES:
        page = run(connection, page_of_hits(Search(order=order, limit=1, cursor=cursor)))
        seen += [hit.id for hit in page.hits]
        cursor = page.next
    assert len(set(seen)) == len(seen) == len(ARTICLES)
    assert cursor == ""
    connection.close()


def test_a_hit_in_the_headline_ranks_before_one_in_the_text(archive: sqlite3.Connection) -> None:
    assert [hit.id for hit in search(archive, Search("talks")).hits] == [12, 13]


def test_hits_carry_what_a_result_list_shows(archive: sqlite3.Connection) -> None:
    (hit,) = search(archive, Search("customs")).hits
    assert (hit.id, hit.outlet, hit.outlet_name) == (12, "harbour", "Harbour Post")
    assert (hit.revision_count, hit.byline) == (2, "Anna Tide, Ben Quay")
    assert "old ⟦customs⟧ house" in hit.snippet


def facets(archive: sqlite3.Connection, wanted: Search) -> set[tuple[str, str, str, int]]:
    found = run(archive, count_facets(wanted, run(archive, take_sample(wanted))))
    return {(facet.facet, facet.value, facet.label, facet.count) for facet in found}


def test_facets_count_the_hits(archive: sqlite3.Connection) -> None:
    found = facets(archive, Search("talks"))
    assert ("language", "en", "en", 2) in found
    assert ("outlet", "harbour", "Harbour Post", 1) in found
    assert ("month", "2024-06", "2024-06", 2) in found
    assert ("author", "Ben Quay", "Ben Quay", 2) in found
    assert ("country", "JP", "JP", 2) in facets(archive, Search())


def test_counts_agree_with_hits(archive: sqlite3.Connection) -> None:
    for wanted in (Search("talks"), Search("talks", outlet="harbour"), Search(), Search("((")):
        found = search(archive, wanted)
        assert found.total == len(found.hits)
        assert found.is_total_exact


def test_search_rows_follow_changes_and_deletions(tmp_path: Path) -> None:
    build_archive(tmp_path / "archive.db")
    connection = sqlite3.connect(tmp_path / "archive.db")
    register(connection)
    row = {"id": 99, "url": "https://x.example/", "outlet": "hoshi", "title": "花火", "body": "夏",
           "byline": "", "captured_at": "2024-07-01T00:00:00Z"}  # fmt: skip
    add_article(connection, row)
    assert found(connection, "花火") == {99}
    connection.execute("UPDATE articles SET title = '雪' WHERE id = 99")
    assert found(connection, "花火") == set()
    assert found(connection, "雪 date:2024-07-01") == {99}
    connection.execute("DELETE FROM article_urls WHERE article = 99")
    connection.execute("DELETE FROM revisions WHERE article = 99")
    connection.execute("DELETE FROM articles WHERE id = 99")
    assert found(connection, "雪") == set()
    connection.close()


def test_a_writer_without_our_functions_is_refused(tmp_path: Path) -> None:
    build_archive(tmp_path / "archive.db")
    stranger = sqlite3.connect(tmp_path / "archive.db")
    with pytest.raises(sqlite3.OperationalError, match="fts_segment"):
        stranger.execute("UPDATE articles SET title = 'x'")
    stranger.close()


def test_the_search_never_scans_the_articles(archive: sqlite3.Connection) -> None:
    for wanted in (Search("talks"), Search("talks", outlet="harbour", order="newest"), Search()):
        plan = page_of_hits(wanted)
        statement = next(plan)
        try:
            while True:
                sql, params = statement
                steps = [row[3] for row in archive.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
                assert not [step for step in steps if step in ("SCAN a", "SCAN o")], steps
                statement = plan.send([tuple(row) for row in archive.execute(sql, params)])
        except StopIteration:
            continue
