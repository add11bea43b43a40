"""Credits as printed, split into bare names."""

import pytest
from lxml import html

from scraper.extraction.byline.bylines import is_house, joined
from scraper.extraction.byline.credits import read_byline
from scraper.extraction.byline.printed_bylines import marked_credits
from scraper.extraction.byline.text_credits import credit_line
from scraper.records import Byline

CREDITS = {
    # credit words go, in every language
    "By Jane Doe": ["Jane Doe"],
    "Von Max Mustermann": ["Max Mustermann"],
    "par Jean Dupont et Marie Curie": ["Jean Dupont", "Marie Curie"],
    "Por Ana García y Luis Sol": ["Ana García", "Luis Sol"],
    "di Viviana Mazzi": ["Viviana Mazzi"],
    "によって Jamie Olivos": ["Jamie Olivos"],
    "文/张三": ["张三"],
    "文・山田太郎": ["山田太郎"],
    "记者 张三 李四": ["张三", "李四"],
    "김철수 기자": ["김철수"],
    "山田太郎記者": ["山田太郎"],
    "Автор: Иван Петров": ["Иван Петров"],
    "بقلم أحمد علي": ["أحمد علي"],
    "מאת דנה כהן": ["דנה כהן"],
    "โดย สมชาย ใจดี": ["สมชาย ใจดี"],
    "von APA": ["APA"],
    # several names
    "Anna Ek, Bo Vik und Cem Ay": ["Anna Ek", "Bo Vik", "Cem Ay"],
    "山田太郎・佐藤花子": ["山田太郎", "佐藤花子"],
    "山田太郎、佐藤花子": ["山田太郎", "佐藤花子"],
    "김철수·이영희 기자": ["김철수", "이영희"],
    "Jan Jansen en Piet Pietersen": ["Jan Jansen", "Piet Pietersen"],
    # names that look like several
    "ジョン・スミス": ["ジョン・スミス"],
    "约翰·史密斯": ["约翰·史密斯"],
    "Olivos, Jamie": ["Jamie Olivos"],
    "Smith, John; Doe, Jane": ["John Smith", "Jane Doe"],
    "Da Silva, Maria": ["Maria Da Silva"],
    "Martin King, Jr.": ["Martin King Jr."],
    "Anna van der Berg": ["Anna van der Berg"],
    "De Vries": ["De Vries"],
    "Mateo de la Cruz": ["Mateo de la Cruz"],
    # roles and places go
    "Jane Doe, Washington correspondent": ["Jane Doe"],
    "Jane Doe in Berlin": ["Jane Doe"],
    "Von Anna Fink, Berlin": ["Anna Fink"],
    "Por Ana García en Washington": ["Ana García"],
    "田中太郎（ワシントン）": ["田中太郎"],
    "【ワシントン=田中太郎】": ["田中太郎"],
    "Иван Петров, корреспондент": ["Иван Петров"],
    "박준석 기자 외 1명": ["박준석"],
    # agencies go, unless they are all there is
    "Jane Doe and Reuters": ["Jane Doe"],
    "Max Muster/dpa": ["Max Muster"],
    "Jane Doe (AFP)": ["Jane Doe"],
    "Reuters": ["Reuters"],
    "(AFP)": ["AFP"],
    "中央社": ["中央社"],
    # what is nobody
    "admin": [],
    "wp-admin2": [],
    "jane@example.org": [],
    "https://social.example/jane": [],
    "Staff writer": [],
    "": [],
    # addresses, handles, dates and pictures go
    "Jane Doe @jdoe": ["Jane Doe"],
    "By JOHN DOE | 5 May 2024": ["JOHN DOE"],
    "Anna Ek, Foto: Bo Vik": ["Anna Ek"],
    "Redaktion hafen.example": ["Redaktion hafen.example"],
}


@pytest.mark.parametrize("credit", CREDITS)
def test_credit_is_split_into_bare_names(credit: str) -> None:
    assert list(read_byline(credit).authors) == CREDITS[credit]


def test_credit_is_kept_as_printed_beside_the_names() -> None:
    assert read_byline("  By  Jane Doe in Berlin ").text == "By Jane Doe in Berlin"
    assert read_byline("admin").text == ""


def test_site_is_an_author_only_where_nobody_else_is() -> None:
    assert read_byline("Jane Doe, The Gazette", "The Gazette").authors == ("Jane Doe",)
    assert read_byline("The Gazette", "The Gazette").authors == ("The Gazette",)


def test_credits_of_several_elements_are_joined_once_each() -> None:
    both = joined([Byline("By Ana", ("Ana Sol",)), Byline("ana", ("ANA SOL", "Bo Vik")), Byline()])
    assert both == Byline("By Ana, ana", ("Ana Sol", "Bo Vik"))


def test_outlet_and_agencies_are_told_from_people() -> None:
    url = "https://www.hafenbote.example/a"
    assert is_house("hafenbote.example", url)
    assert is_house("Hafenbote Online", url, "Hafenbote")
    assert is_house("Sportredaktion desk", url)
    assert not is_house("Ana Sol", url, "Hafenbote")


def test_author_links_within_comments_are_not_the_byline() -> None:
    tree = html.fromstring(
        "<body><div class=comments><a rel=author>Troll</a></div>"
        "<p class=byline>By Ana Sol</p></body>"
    )
    assert marked_credits(tree) == ["By Ana Sol"]


def test_line_that_begins_as_a_credit_is_one_only_if_it_names_people() -> None:
    assert credit_line("By the time it rained, all had left") == ""
    assert credit_line("By Ana Sol") == "By Ana Sol"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["By " + "Ana and " * 100_000, "(" * 100_000, "Ana, " * 100_000, "・" * 100_000, " " * 500_000],
)
def test_absurd_credit_is_bounded(text: str) -> None:
    byline = read_byline(text)
    assert len(byline.authors) <= 20
    assert len(byline.text) <= 400
