"""Schema.org statements as outlets really write them."""

import json
import time
from typing import Any

import pytest
from lxml import html

from scraper.extraction.linked_data import (
    article_node,
    json_ld,
    parsed_json,
    texts,
    unescaped,
)
from scraper.extraction.microdata import microdata


def script(text: str) -> Any:
    return html.document_fromstring(f'<script type="application/ld+json">{text}</script><p>x')


NEWS = {"@type": "NewsArticle", "headline": "Rain"}


@pytest.mark.parametrize(
    "data",
    [
        NEWS,
        [NEWS],
        [[NEWS]],
        {"@graph": [{"@type": "WebPage"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        {**NEWS, "@type": ["NewsArticle", "Thing"]},
        {**NEWS, "@type": "https://schema.org/ReportageNewsArticle"},
    ],
)
def test_article_is_found_wherever_it_stands(data: Any) -> None:
    nodes = json_ld(script(json.dumps(data)))
    assert article_node(nodes, "https://a.example/b")["headline"] == "Rain"


def test_article_that_names_this_page_is_chosen() -> None:
    other = {
        **NEWS,
        "headline": "Snow",
        "author": "A",
        "description": "B",
        "url": "https://a.example/c",
    }
    mine = {**NEWS, "mainEntityOfPage": {"@id": "https://a.example/b#main"}}
    assert article_node([other, mine], "https://a.example/b?x=1") == mine


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "one\ntwo",}',
        '<!-- {"a": "one\ntwo"} -->',
        '//<![CDATA[\n{"a": "one\ntwo"}\n//]]>',
        '/* <![CDATA[ */ {"a": "one\ntwo"}; /* ]]> */',
        '{"a": "one\ntwo"\n"b": 1}',
        '{"a": "one\ntwo",, "b": 1}',
        '{"a": "one\ntwo"} {"b": 2}',
        "{&quot;a&quot;: &quot;one\ntwo&quot;}",
        '\ufeff{"a": "one\ntwo"}',
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert parsed_json(text)["a"] == "one\ntwo"


def test_wrong_escapes_lose_their_backslash_and_right_ones_do_not() -> None:
    assert parsed_json(r'{"a": "It\'s \x41 \\x \u00e9 \"q\""}')["a"] == 'It\'s x41 \\x é "q"'


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 100_000, "{'a': 1}", "<p>", "\0"])
def test_what_cannot_be_mended_is_nothing(text: str) -> None:
    assert not parsed_json(text)
    json_ld(script(text))


def test_doubly_escaped_text_is_unescaped() -> None:
    assert unescaped("K&amp;uuml;ste &#8216;x") == "Küste ‘x"


def test_names_come_from_strings_objects_and_parts() -> None:
    people = [
        "Ana",
        {"name": "Bo"},
        {"givenName": "Cem", "familyName": "Ay"},
        {"url": "x"},
        None,
        3,
    ]
    assert texts(people) == ["Ana", "Bo", "Cem Ay"]
    assert texts({"name": ["Ana", "Bo"]}) == ["Ana", "Bo"]
    assert texts({"name": {"x": 1}}) == []


def test_numbers_of_scripts_and_objects_are_bounded() -> None:
    many = "".join('<script type="application/ld+json">[{},{}]</script>' for _ in range(500))
    assert len(json_ld(html.document_fromstring(many + "<p>x"))) <= 60
    assert len(json_ld(script(json.dumps([{}] * 50_000)))) <= 2_000
    assert json_ld(script('{"a": "' + "x" * 2_000_000 + '"}')) == []


def test_microdata_read_as_json_ld() -> None:
    tree = html.document_fromstring(
        '<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Rain</h1>'
        '<span itemprop="author" itemscope itemtype="http://schema.org/Person">'
        '<b itemprop="name">Ana Sol</b></span><time itemprop="datePublished" datetime="2026-03-01">'
        '<div itemscope itemtype="http://schema.org/Product"><i itemprop="headline">No</i></div></div>'
    )
    found = microdata(tree)
    assert found["headline"] == ["Rain"]
    assert texts(found["author"]) == ["Ana Sol"]
    assert found["datePublished"] == ["2026-03-01"]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", /* made by hand */ "headline": "Rain"}',
        '{"@type": "NewsArticle", // one\n"headline": "Rain",\n// two\n}',
        '{"@type": "NewsArticle", "headline": "Rain", "description": "see http://a.example/ \x07"}',
        '{"@type":"NewsArticle","headline":"Rain","description":"she said "no" twice"}',
        '{\n"@type": "NewsArticle",\n"description": "a "b" c",\n"headline": "Rain"\n}',
    ],
)
def test_headline_is_read_past_comments_controls_and_stray_quotation_marks(text: str) -> None:
    nodes = json_ld(script(text))
    assert article_node(nodes, "https://a.example/b")["headline"] == "Rain"


def test_broken_json_of_no_article_is_not_guessed_at() -> None:
    assert parsed_json('{"@type":"Organization","headline":"a "b" c"}') is None


def test_references_by_id_are_resolved_and_unknown_ones_stay() -> None:
    graph = [
        {
            **NEWS,
            "author": [{"@id": "#ana"}, {"@id": "#gone"}, {"@type": "Person", "name": "Bo"}],
            "publisher": {"@id": "#post"},
        },
        {"@type": "Person", "@id": "#ana", "name": "Ana"},
        {"@type": "Organization", "@id": "#post", "name": "The Post"},
    ]
    article = article_node(json_ld(script(json.dumps({"@graph": graph}))), "https://a.example/b")
    assert texts(article["author"]) == ["Ana", "Bo"]
    assert article["publisher"]["name"] == "The Post"


def test_comment_marks_within_a_long_string_are_text() -> None:
    text = '{"a": "' + "x" * 6_000 + ' http://a.example/b", // a comment\n"b": 1}'
    assert parsed_json(text)["a"].endswith(" http://a.example/b")


def test_object_that_refers_to_itself_is_read_once() -> None:
    graph = [{**NEWS, "@id": "#a", "author": {"@id": "#a"}}]
    assert article_node(graph, "https://a.example/b")["author"]["headline"] == "Rain"


def test_article_whose_headline_is_the_pages_title_is_chosen() -> None:
    other = {**NEWS, "headline": "Snow", "author": "A", "description": "B"}
    assert article_node([other, NEWS], "https://a.example/b", "Rain | The Post") == NEWS


def test_article_without_a_headline_is_not_taken_for_the_pages_own() -> None:
    other = {"@type": "NewsArticle", "datePublished": "2020-01-01", "author": "A", "image": "x"}
    assert article_node([other, NEWS], "https://a.example/b", "Rain | The Post") == NEWS


def test_what_the_chosen_article_leaves_out_is_taken_from_its_double() -> None:
    double = {**NEWS, "keywords": "Dale", "author": "A"}
    mine = {**NEWS, "url": "https://a.example/b", "author": "Ana"}
    article = article_node([double, mine], "https://a.example/b")
    assert (article["keywords"], article["author"]) == ("Dale", "Ana")


def test_page_object_with_a_headline_and_a_time_serves_where_no_article_is_typed() -> None:
    node = {"@type": "WebPage", "headline": "Rain", "datePublished": "2026-03-01"}
    assert article_node([{"@type": "Organization", "name": "x"}, node], "u") == node


@pytest.mark.parametrize(
    "text",
    [
        '{"headline":"' * 50_000,
        "/*" * 100_000,
        '"' * 200_000,
        '{"a": //' * 60_000,
        '{"a": "' + '\\"' * 50_000,
        '{"a": ' + "\u00a0" * 100_000,
    ],
)
def test_hostile_scripts_are_given_up_soon(text: str) -> None:
    begun = time.process_time()
    parsed_json(text)
    assert time.process_time() - begun < 2
