"""Section, tags, image, paywall, canonical and the headline."""

import json
from typing import Any

import pytest

from scraper.extraction.metadata import find_metadata
from scraper.extraction.page import Page, one_line, read_page
from scraper.extraction.title.titles import find_title
from scraper.extraction.topics import split_tags
from scraper.records import Candidate, Capture, Hints


def page(head: str = "", body: str = "", hints: Hints | None = None, **linked: Any) -> Page:
    if linked:
        data = json.dumps({"@type": "NewsArticle", **linked})
        head += f'<script type="application/ld+json">{data}</script>'
    html = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return read_page(Capture("https://www.dale.example/world/a-story", html), hints or Hints())


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_structured_data_are_trusted_before_meta_and_the_winner_is_named() -> None:
    found = find_metadata(page(meta("article:section", "Meta"), articleSection=["World"]))
    assert found.section == "World"
    assert found.field_sources["section"] == "json-ld articleSection"
    assert find_metadata(page(meta("article:section", "Meta"))).section == "Meta"


def test_section_from_breadcrumbs_is_the_last_that_is_not_the_story() -> None:
    crumbs = '<nav class="breadcrumb"><a>Home</a><a>World</a><a>Asia</a><a>Rain in Dale</a></nav>'
    assert find_metadata(page(meta("og:title", "Rain in Dale"), crumbs)).section == "Asia"


def test_section_beside_the_headline_serves_where_nothing_else_tells_it() -> None:
    menu = "<header><nav><a class=category>Sport</a></nav></header>"
    body = (
        f"{menu}<p class=category><a>World</a></p><h1>Rain in Dale</h1><p class=category>Asia</p>"
    )
    assert find_metadata(page(body=body)).section == "World"
    after = "<h1>Rain in Dale</h1><span class='article-category'>Asia</span>"
    assert find_metadata(page(body=menu + after)).section == "Asia"
    teaser = "<h1>Rain in Dale</h1><div class=teaser><span class=category>Sport</span></div>"
    assert find_metadata(page(body=teaser)).section == ""


@pytest.mark.parametrize(
    "box",
    [
        "<figure><img src=/a.jpg><figcaption>The pier.</figcaption></figure>",
        "<figure><img src=/a.jpg><div class=img-caption>The pier.</div></figure>",
        "<p class=photo><img src=/a.jpg><br><small>The pier.</small></p>",
        "<img src=/a.jpg alt='The pier.' width=900>",
    ],
)
def test_caption_is_found_wherever_pictures_keep_it(box: str) -> None:
    assert find_metadata(page(body=f"<article>{box}</article>")).image_caption == "The pier."


def test_listing_fills_what_the_page_does_not_say() -> None:
    listed = Candidate("https://a.example/", section="Region", description="It rains.")
    found = find_metadata(page(hints=Hints(candidate=listed)))
    assert (found.section, found.description) == ("Region", "It rains.")
    assert found.field_sources == {"section": "listing", "description": "listing"}


def test_tags_are_split_and_each_kept_once() -> None:
    assert split_tags(["Rain, Dale; rain", "#Floods", "x", "a" * 200]) == ("rain", "Dale", "Floods")


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/a.jpg", "https://www.dale.example/a.jpg"),
        ({"url": "//img.example/b.jpg", "width": 10}, "https://img.example/b.jpg"),
        (
            [{"url": "/s.jpg", "width": 10}, {"url": "/l.jpg", "width": {"value": "900 px"}}],
            "https://www.dale.example/l.jpg",
        ),
        (
            ["javascript:alert(1)", "data:image/png;base64,xx", "/c.jpg"],
            "https://www.dale.example/c.jpg",
        ),
        ("/logo.png", ""),
        (7, ""),
        ([None, [], {}], ""),
    ],
)
def test_lead_image_is_the_largest_and_absolute(image: Any, url: str) -> None:
    assert find_metadata(page(headline="Rain", image=image)).image_url == url


@pytest.mark.parametrize(
    ("linked", "head", "flag"),
    [
        ({"isAccessibleForFree": False}, "", True),
        ({"isAccessibleForFree": "http://schema.org/True"}, "", False),
        ({"isAccessibleForFree": True, "hasPart": {"isAccessibleForFree": "False"}}, "", False),
        ({"hasPart": [{"isAccessibleForFree": "false"}]}, "", True),
        ({}, meta("article:content_tier", "metered"), True),
        ({}, meta("article:content_tier", "free"), False),
        ({}, meta("article:content_tier", "gold"), None),
        ({"isAccessibleForFree": "perhaps"}, "", None),
        ({}, "", None),
    ],
)
def test_paywall_is_what_the_page_says(
    linked: dict[str, Any], head: str, flag: bool | None
) -> None:
    assert find_metadata(page(head, headline="Rain", **linked)).is_paywalled is flag


def test_canonical_is_the_link_then_og_url() -> None:
    both = '<link rel="canonical" href="/one">' + meta("og:url", "https://www.dale.example/two")
    assert find_metadata(page(both)).canonical == "https://www.dale.example/one"
    assert find_metadata(page(meta("og:url", "/two"))).canonical == "https://www.dale.example/two"
    assert find_metadata(page('<link rel="canonical" href="javascript:x">')).canonical == ""


def title(head: str = "", body: str = "", **linked: Any) -> str:
    return find_title(page(head, body, **linked))[0]


def test_headline_that_two_sources_agree_on_wins() -> None:
    og = meta("og:title", "You will not believe this rain")
    assert title(og, "<h1>Rain in Dale</h1>", headline="Rain in Dale") == "Rain in Dale"


def test_og_title_wins_where_no_two_agree() -> None:
    og = meta("og:title", "Rain returns to Dale")
    assert title(og, "<h1>Log in here</h1>", headline="A wet week") == "Rain returns to Dale"


def test_sharing_title_that_repeats_og_title_is_no_second_voice() -> None:
    og = meta("og:title", "Clickbait") + meta("twitter:title", "Clickbait")
    assert title(og, "<h1>Rain in Dale</h1>", headline="Rain in Dale") == "Rain in Dale"


def test_kicker_that_only_one_source_has_is_cut() -> None:
    og = meta("og:title", "Rain returns to the dale at last")
    assert title(og, "<h1>Weather - Rain returns to the dale at last</h1>") == (
        "Rain returns to the dale at last"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rain returns to Dale | The Dale Post",
        "Rain returns to Dale - The Dale Post",
        "Rain returns to Dale — The Dale Post",
        "Rain returns to Dale_The Dale Post",
        "Rain returns to Dale（The Dale Post）",
        "The Dale Post: Rain returns to Dale".replace(": ", " | "),
    ],
)
def test_name_of_the_site_is_cut(text: str) -> None:
    assert title(meta("og:site_name", "The Dale Post") + f"<title>{text}</title>") == (
        "Rain returns to Dale"
    )


def test_dash_within_a_headline_stays() -> None:
    text = "Rain returns – “Too late for us”"
    assert title(f"<title>{text}</title>" + meta("og:title", text)) == text


def test_title_of_the_site_alone_is_no_headline() -> None:
    assert title(meta("og:site_name", "Dale Post") + "<title>Dale Post</title>") == ""


def test_ideographic_space_is_kept_and_invisible_marks_are_not() -> None:
    assert one_line(" 雨\u3000青浜\u00a0で\u200b \n") == "雨\u3000青浜 で"
