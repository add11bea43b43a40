"""The lead image as the page shows it, and the caption that belongs to it."""

import json
import time
from typing import Any

import pytest

from scraper.extraction.metadata import find_metadata
from scraper.extraction.page import Page, read_page
from scraper.extraction.pictures import find_lead, widest
from scraper.records import Capture, Hints

IMG = "https://img.dale.example"


def page(head: str = "", body: str = "", **linked: Any) -> Page:
    if linked:
        data = json.dumps({"@type": "NewsArticle", "headline": "Rain", **linked})
        head += f'<script type="application/ld+json">{data}</script>'
    html = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return read_page(Capture("https://www.dale.example/world/a-story", html), Hints())


def og(path: str) -> str:
    return f'<meta property="og:image" content="{IMG}{path}">'


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("/crop/1200x630/pier-at-dawn.jpg", "/fit/1440/pier-at-dawn.jpg"),
        ("/4f1c09be77/social.jpg", "/4f1c09be77/wide.jpg"),
        ("/2026/03/pier-scaled.jpg?w=1200", "/2026/03/pier-1024x683.jpg?id=482172405"),
        ("/a/482172405og.jpg", "/b/482172405t.jpg"),
        ("/p/pier-at-dawn-1600x900.jpg", f"/resize/?url={IMG}%2Fp%2Fpier-at-dawn.jpg"),
    ],
)
def test_shown_rendition_of_the_stated_picture_comes_first(stated: str, shown: str) -> None:
    other = f"<img src={IMG}/fit/600/market-day-778812.jpg>"
    body = f"<article>{other}<figure><img src='{IMG}{shown}'></figure></article>"
    if "pier-scaled" in stated:
        stated = stated.replace("pier", "pier-482172405")
    assert find_lead(page(og(stated), body)).url == IMG + shown


def test_picture_in_the_article_comes_before_its_teaser_in_the_sidebar() -> None:
    body = (
        f"<aside><img src={IMG}/s/100/pier-at-dawn.jpg></aside>"
        f"<article><img src={IMG}/l/900/pier-at-dawn.jpg></article>"
    )
    assert find_lead(page(og("/og/pier-at-dawn.jpg"), body)).url == f"{IMG}/l/900/pier-at-dawn.jpg"


def test_stated_picture_stands_where_the_page_shows_only_others() -> None:
    body = f"<article><figure><img src={IMG}/market-day-778812.jpg></figure></article>"
    found = find_lead(page(og("/pier-at-dawn.jpg"), body))
    assert (found.url, found.source) == (f"{IMG}/pier-at-dawn.jpg", "meta og:image")
    assert find_lead(page("", body)).url == f"{IMG}/market-day-778812.jpg"


def test_day_and_site_in_every_path_do_not_make_pictures_the_same() -> None:
    others = "".join(f"<img src={IMG}/20260312/site98765/{name}.jpg>" for name in "abcdef")
    body = f"<article>{others}</article>"
    assert find_lead(page(og("/20260312/site98765/z.jpg"), body)).source == "meta og:image"


@pytest.mark.parametrize(
    "image",
    [
        "<img src={0}/s/pier-at-dawn.jpg srcset='{0}/s/pier-at-dawn.jpg 320w, {0}/l/pier-at-dawn.jpg 1200w'>",
        "<img src=data:image/gif;base64,xx data-src={0}/l/pier-at-dawn.jpg>",
        "<img src=/blank.gif data-srcset='{0}/l/pier-at-dawn.jpg 2x,{0}/s/pier-at-dawn.jpg 1x'>",
        "<picture><source srcset='{0}/s/pier-at-dawn.jpg 9w, {0}/l/pier-at-dawn.jpg 90w'><img src=/placeholder.png></picture>",
        "<img width=100% src={0}/l/pier-at-dawn.jpg>",
    ],
)
def test_widest_rendition_is_taken_whatever_holds_it(image: str) -> None:
    body = f"<article><figure>{image.format(IMG)}</figure></article>"
    assert find_lead(page(og("/c/pier-at-dawn.jpg"), body)).url == f"{IMG}/l/pier-at-dawn.jpg"
    assert find_lead(page("", body)).url == f"{IMG}/l/pier-at-dawn.jpg"


def test_srcset_is_read_with_and_without_spaces_and_with_commas_in_addresses() -> None:
    assert widest("/a,w_1.jpg 1w,/b.jpg 3w,\n /c.jpg 2w") == ["/b.jpg", "/c.jpg", "/a,w_1.jpg"]
    assert widest("/a.jpg, /b.jpg 2x") == ["/b.jpg", "/a.jpg"]
    assert widest("") == []


def test_caption_is_that_of_the_lead_images_own_figure() -> None:
    body = (
        f"<article><figure><img src={IMG}/ad-spring.jpg><figcaption>Subscribe.</figcaption></figure>"
        f"<figure><div class=image><img src={IMG}/l/pier-at-dawn.jpg></div>"
        "<figcaption>The pier.</figcaption></figure></article>"
    )
    found = find_metadata(page(og("/c/pier-at-dawn.jpg"), body))
    assert (found.image_caption, found.field_sources["image_caption"]) == (
        "The pier.",
        "figcaption",
    )


def test_links_around_a_picture_are_no_caption() -> None:
    body = f"<figure><img src={IMG}/a.jpg alt='A pier.'><a>Share</a> <a>Pin</a></figure>"
    assert find_metadata(page(body=body)).image_caption == "A pier."


@pytest.mark.parametrize(
    "name", ["site-logo.png", "icon.png", "avatar-3.png", "x/blank.gif", "a.svg"]
)
def test_logos_icons_and_placeholders_are_no_lead_image(name: str) -> None:
    assert find_lead(page(og(f"/{name}"))).url == ""


def test_name_that_only_holds_such_a_word_is_a_picture() -> None:
    assert find_lead(page(og("/lexicon-of-rain.jpg"))).url == f"{IMG}/lexicon-of-rain.jpg"


@pytest.mark.parametrize("srcset", [", " * 50_000, "a" * 100_000, "a 1w" * 20_000, " " * 100_000])
def test_hostile_sets_are_read_soon(srcset: str) -> None:
    begun = time.process_time()
    find_lead(page(og("/p.jpg"), f"<article><img srcset='{srcset}'></article>" * 20))
    assert time.process_time() - begun < 2
