"""Schema.org statements as outlets really write them."""

import json
from typing import Any

import pytest
from lxml import html

from scraper.extraction.linked_data import (
    article_node,
    json_ld,
    microdata,
    parsed_json,
    texts,
    unescaped,
)


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
