"""The text of an article, and whether it is one."""

import json
from typing import Any

import pytest

from scraper.extraction.kind.signs import read_signs
from scraper.extraction.kind.verdict import Findings, shape_problem, text_problem
from scraper.extraction.page import read_page
from scraper.extraction.text.body import BODY_MAX_BYTES, BODY_MAX_CHARS, Body, find_body
from scraper.extraction.text.body_lines import clean_lines
from scraper.extraction.text.framework_state import state_lines
from scraper.extraction.words import word_count
from scraper.records import Capture, Hints

FIRST = "The ministers met on Monday and agreed to meet again next week, officials said."
SECOND = "It was the third round of talks since the winter, and the first without guards."


def body(html: str, **hints: Any) -> list[str]:
    text = f"<html><body><article><h1>Talks</h1>{html}</article></body></html>"
    page = read_page(Capture("https://a.example/b", text.encode()), Hints(**hints))
    return find_body(page, ("Talks",)).text.split("\n\n")


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='share-bar'><a href=#>Post this</a></div>",
        "<p>Advertisement</p>",
        "<p>3 min read</p>",
        "<p>読了時間: 3 分</p>",
        "<p>Lesen Sie auch: Wie der Winter war</p>",
        "<p>Читайте также: Зима на севере</p>",
        "<div class='newsletter-signup'><p>Sign up for our morning letter and get it at six.</p></div>",
        "<div><h3>Related stories</h3><ul><li><a href=/1>Winter was long, say the shepherds</a></ul></div>",
        "<div><h4>관련기사</h4><ul><li><a href=/1>겨울은 길었다고 목동들이 말했다</a></ul></div>",
        "<section id=comments><h3>Comments</h3><form><textarea></textarea></form></section>",
        "<h3>You may also like</h3><ul><li><a href=/1>Winter was long, say the shepherds</a></ul>",
        "<script>var x = 'text';</script><style>p {}</style>",
        "<p>© 2026 Dale Post. All rights reserved.</p>",
        "<nav><a href=/>Home</a> <a href=/w>World</a></nav>",
        "<p>2026-03-10 09:26</p>",
        "<p class=photo><img src=a.jpg><br><small>The hall, before the talks.</small></p>",
        "<div class=wall><p>This article is for subscribers. Sign in or subscribe to keep reading.</p></div>",
    ],
)
def test_furniture_is_left_out(furniture: str) -> None:
    assert body(f"<p>{FIRST}</p><p>{SECOND}</p>{furniture}") == [FIRST, SECOND]


def test_lists_and_subheadings_are_kept_as_paragraphs() -> None:
    html = f"<p>{FIRST}</p><h2>What was agreed</h2><ul><li>A truce</li><li>A road</li></ul><p>{SECOND}</p>"
    assert body(html) == [FIRST, "What was agreed", "- A truce", "- A road", SECOND]


def test_words_that_only_look_like_furniture_stay() -> None:
    kept = [
        "Share prices fell by a tenth, and shareholders asked for the board to go.",
        "Related companies must say so, the court found.",
        "It happened on 2026-03-10.",
    ]
    assert clean_lines(kept) == kept


def test_outlets_selectors_choose_and_drop() -> None:
    html = (
        f"<div class=t>{FIRST}<br><br>{SECOND}<p class=x>Buy honey</p></div><p>Weather: rain.</p>"
    )
    assert body(html, body=".t", drop=(".x",)) == [FIRST, SECOND]


def test_selector_that_finds_nothing_falls_back() -> None:
    assert body(f"<p>{FIRST}</p><p>{SECOND}</p>", body=".gone") == [FIRST, SECOND]


def test_table_that_lays_out_the_page_is_text() -> None:
    assert body(f"<table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>") == [
        FIRST,
        SECOND,
    ]


def problem(
    url: str = "https://a.example/b", *, text: str = "", title: str = "Talks", html: str = "<p>x"
) -> str:
    page = read_page(Capture(url, html.encode()), Hints())
    signs = read_signs(page, dated=False)
    found = shape_problem(page) or text_problem(page, signs, Findings(title, text))
    return found.reason if found else ""


def test_two_sentences_are_an_article_in_any_script() -> None:
    assert problem(text=f"{FIRST} {SECOND}") == ""
    assert problem(text="南島外海今天凌晨發生規模五點二地震，震源深度約二十公里。") == ""


def test_home_page_missing_headline_and_missing_text_are_named() -> None:
    assert problem("https://a.example/", text=FIRST * 9) == "home page"
    assert problem(text=FIRST * 9, title="") == "no headline"
    assert problem() == "no text"
    assert problem(text="Short.") == "too little text (1 words)"


@pytest.mark.parametrize(
    "text",
    [
        "Page not found. Try the search.",
        "お探しのページは見つかりませんでした。",
        "페이지를 찾을 수 없습니다. 주소를 확인해 주세요.",
        "Страница не найдена. Вернитесь на главную.",
        "Die Seite wurde nicht gefunden oder ist nicht mehr verfügbar.",
        "الصفحة غير موجودة",
    ],
)
def test_page_that_says_it_is_missing_is_none(text: str) -> None:
    assert problem(text=text * 2) == "says that the page does not exist"


def test_long_story_about_missing_pages_is_an_article() -> None:
    story = " ".join(f"{FIRST} The page was not found in folder {n}." for n in range(10))
    assert problem(text=story) == ""


def test_links_without_sentences_are_a_section() -> None:
    lines = [f"Ferries return to the outer islands part {n}" for n in range(20)]
    html = "".join(f"<li><a href=/{n}>{line}</a></li>" for n, line in enumerate(lines))
    assert problem(text="\n\n".join(lines), html=html) == "mostly links"


def test_words_are_counted_and_characters_where_there_are_no_spaces() -> None:
    assert word_count("One two-part don't") == 3
    assert word_count("戦争と平和") == 5
    assert word_count("전쟁과 평화") == 2


@pytest.mark.parametrize("letter", ["a", "港", "😀"])
def test_an_endless_text_is_cut_between_two_paragraphs(letter: str) -> None:
    paragraphs = [f"{number} {letter * 999}" for number in range(300)]
    found = body("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    assert found == paragraphs[: len(found)]
    whole = "\n\n".join(found)
    assert len(whole) <= BODY_MAX_CHARS
    assert len(whole.encode()) <= BODY_MAX_BYTES
    longer = "\n\n".join([whole, paragraphs[len(found)]])
    assert len(longer) > BODY_MAX_CHARS or len(longer.encode()) > BODY_MAX_BYTES


def test_an_endless_paragraph_is_cut_where_it_must_be() -> None:
    found = body(f"<p>{FIRST}</p><p>{'港' * 300_000}</p>")
    assert found[0] == FIRST
    assert BODY_MAX_BYTES - 4 < len("\n\n".join(found).encode()) <= BODY_MAX_BYTES


def whole(html: str, head: str = "") -> Body:
    text = f"<html><head>{head}</head><body>{html}</body></html>"
    page = read_page(Capture("https://a.example/b", text.encode()), Hints())
    return find_body(page, ("Ministers meet again in the north",))


HEADLINE = "<h1>Ministers meet again in the north</h1>"
TEXT = f"<div class=article-body><p>{FIRST}</p><p>{SECOND}</p></div>"
STANDFIRST = "Guards stayed away for the first time, and nobody missed them at all."


def test_unnamed_standfirst_is_known_by_the_pages_description() -> None:
    html = f"<article>{HEADLINE}<div>12</div><div class=x1>{STANDFIRST}</div>{TEXT}</article>"
    described = whole(html, f'<meta name="description" content="{STANDFIRST}">')
    assert described.text.split("\n\n") == [STANDFIRST, FIRST, SECOND]
    assert STANDFIRST not in whole(html).text  # nothing says what it is


def test_description_that_opens_the_text_is_not_said_twice() -> None:
    head = f'<meta name="description" content="{FIRST}">'
    assert whole(f"<article>{HEADLINE}{TEXT}</article>", head).text.split("\n\n") == [FIRST, SECOND]


def test_fact_box_goes_unless_it_is_a_good_part_of_the_article() -> None:
    box = "<div class='fact-box'><p>The hall was built in 1962.</p></div>"
    text = TEXT.replace("</div>", f"{box}</div>")
    assert whole(f"<article>{HEADLINE}{text}</article>").text.split("\n\n") == [FIRST, SECOND]
    long_box = (
        f"<div class='fact-box'><p>{FIRST[:-1]} in May.</p><p>{SECOND[:-1]} in June.</p></div>"
    )
    text = TEXT.replace("</div>", f"{long_box}</div>")
    assert "in June." in whole(f"<article>{HEADLINE}{text}</article>").text


def test_credit_takes_the_caption_above_it_with_it() -> None:
    lines = [
        FIRST,
        "The hall in the evening",
        "Foto: Bo Vik",
        SECOND,
        "It was late.",
        "Фото: Б. В.",
    ]
    assert clean_lines(lines) == [FIRST, SECOND, "It was late."]


@pytest.mark.parametrize(
    "last",
    [
        "(bvk)",
        "（小野寺 恵）",
        "윤서하 기자 yoon@haneul.example",
        "Reporting by Bo Vik in Geneva; Editing by Ana Sala",
        "Ana Sala contributed to this report.",
        "(Quelle: dpa)",
    ],
)
def test_who_else_wrote_is_no_text(last: str) -> None:
    assert clean_lines([FIRST, SECOND, last]) == [FIRST, SECOND]


def test_dateline_stays() -> None:
    lines = ["PARIS, May 3 (AFP) - Ministers met.", "(서울=연합뉴스) 장관들이 만났다.", SECOND]
    assert clean_lines(lines) == lines


def test_wall_goes_with_all_it_says_and_its_words_in_the_text_stay() -> None:
    wall = "<div><h3>Enjoyed it?</h3><p>Already a subscriber?</p><a href='/login'>Log in</a></div>"
    said = "“I am already a subscriber,” the minister joked when asked about the paper."
    text = TEXT.replace("</div>", f"<p>{said}</p>{wall}</div>")
    assert whole(f"<article>{HEADLINE}{text}</article>").text.split("\n\n") == [FIRST, SECOND, said]


def test_persian_keeps_its_joiners() -> None:
    text = "دیوارهای آجری سالم مانده‌اند و کاوش‌ها تا پایان تابستان ادامه می‌یابد."
    assert text in whole(f"<article>{HEADLINE}<p>{text}</p><p>{text[:-1]} باز.</p></article>").text


def test_frameworks_own_messages_are_no_article() -> None:
    messages = [
        f"The subscription number {n} could not be found. Please try again." for n in range(30)
    ]
    script = f"<script>var messages = {json.dumps(messages)};</script>"
    assert whole(f"{HEADLINE}<p>Loading</p>{script}").source != "framework state"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ['"\\"', '":"', '{"a":"', "<p>", '"' + "a" * 50, "\\"])
def test_hostile_state_is_read_in_time(piece: str) -> None:
    assert state_lines([piece * (1_000_000 // len(piece))], "Ministers meet") == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["a ", "photo: ", "(", "read more: ", "newsletter ", "摄 ", "▲", "#a "]
)
def test_hostile_lines_are_cleaned_in_time(piece: str) -> None:
    line = piece * (300 // len(piece))
    assert len(clean_lines([line] * 2_000 + [FIRST])) <= 2_001
