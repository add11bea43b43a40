"""An article's topics, told from codes, site names and what every page of a site says."""

import json
from typing import Any

import pytest

from scraper.extraction.metadata import find_metadata
from scraper.extraction.page import read_page
from scraper.records import Capture, Hints

HEAD = '<meta property="og:site_name" content="Dale Post"><meta property="og:title" content="Rain returns to Dale">'


def topics(
    head: str = "", body: str = "", url: str = "https://www.dale.example/a", **linked: Any
) -> list[str]:
    data = json.dumps({"@type": "NewsArticle", "headline": "Rain returns to Dale", **linked})
    script = f'<script type="application/ld+json">{data}</script>' if linked else ""
    html = (
        f"<html><head>{HEAD}{head}{script}</head><body><h1>Rain returns to Dale</h1>{body}</body>"
    )
    return list(find_metadata(read_page(Capture(url, html.encode()), Hints())).tags)


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def test_structured_keywords_come_before_tags_and_those_before_meta_keywords() -> None:
    head = meta("article:tag", "Floods") + meta("keywords", "Rain")
    assert topics(head, keywords=["Weather"]) == ["Weather"]
    assert topics(head) == ["Floods"]


@pytest.mark.parametrize(
    "junk",
    [
        "Dale Post",
        "98be933f-38cf-4fba-b6c6-ad438e82010a",
        "100312362",
        "Category: Travel",
        "dalepost.com",
        "Breaking News",
        "Dale latest news",
        "ニュース",
        "_commerce",
        "Rain returns to Dale",
    ],
)
def test_codes_site_names_and_words_for_all_news_are_no_topics(junk: str) -> None:
    assert topics(keywords=["Weather", junk, "Farming"]) == ["Weather", "Farming"]


def test_words_that_only_look_like_codes_stay() -> None:
    told = ["G20", "COVID-19", "News", "NATO", "Star Wars: Andor", "2026"]
    assert topics(keywords=told) == told


def test_words_of_the_address_and_agency_codes_are_no_topics() -> None:
    url = "https://www.dale.example/rain-returns-farmers-angry-12"
    shown = "<p class=tags><a href=/tag/floods>Floods</a></p>"
    assert topics(meta("news_keywords", "rain, returns, farmers, angry"), shown, url) == ["Floods"]
    assert topics(meta("article:tag", "AERO, INDG08, DIP, CWP, Rain"), shown) == ["Floods"]


def test_keywords_of_every_page_are_passed_over_and_those_of_this_one_are_not() -> None:
    assert topics(meta("keywords", "politics, sport, culture, people, games")) == []
    assert topics(meta("keywords", "politics, sport, rain, floods")) == [
        "politics",
        "sport",
        "rain",
        "floods",
    ]


def test_section_alone_is_a_topic_only_where_nothing_else_is() -> None:
    shown = (
        "<ul class=tag-list><li><a href=/t/1>Floods</a></li><li><a href=/t/2>Farming</a></li></ul>"
    )
    assert topics("", shown, keywords=["World"], articleSection="World") == ["Floods", "Farming"]
    assert topics("", keywords=["World"], articleSection="World") == ["World"]


@pytest.mark.parametrize(
    "box",
    [
        "<ul class=article-tags><li><a href=/t/1>Floods</a><li><a href=/t/2>Farming</a></ul>",
        "<div><a href=/thema/floods>Floods</a> <a href=/thema/farming>Farming</a></div>",
        "<div><span><a rel=tag href=/a>Floods</a></span><span><a rel=tag href=/b>Farming</a></span></div>",
        "<section data-testid=topics><a href=/news/x1>Floods</a><a href=/news/x2>Farming</a></section>",
        "<div class=tags><a href=/t/1>#Floods</a><a href=/t/2>#Farming</a><a href=/t>See all</a></div>",
        "<div class=tags><a href=/t/1>Floods</a><a href=/t/2>Farming</a>"
        "<a href=https://www.facebook.com/sharer>Share on Facebook</a></div>",
    ],
)
def test_topics_are_read_from_the_links_that_show_them(box: str) -> None:
    menu = "<nav><ul><li><a href=/topic/a>Home</a><li><a href=/topic/b>Sport</a></ul></nav>"
    trend = "<div class=trending><a href=/tag/x>Oscars</a><a href=/tag/y>Cup</a><a href=/tag/z>Z</a></div>"
    assert topics("", menu + trend + box) == ["Floods", "Farming"]


def test_teasers_below_a_topics_path_are_no_topics() -> None:
    long = "The farmers of Dale say that rain came too late"
    assert (
        topics("", f"<div><a href=/topics/1>{long}</a><a href=/topics/2>{long} now</a></div>") == []
    )
