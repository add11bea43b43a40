"""Section pages give the links to articles, with their headlines, and nothing of the furniture."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery.fields import TITLE_MAX_CHARS
from scraper.discovery.sections import PLAIN_LIST_MAX_LINKS, SECTION_MAX_CANDIDATES, read_section
from scraper.errors import ListingUnreadable
from scraper.records import Listing

URL = "https://www.courier.example/world/"
STORY = "/world/2026/05/04/ferry-strike-ends"


def page(*parts: str) -> bytes:
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>".encode()


def names(listing: Listing) -> list[str]:
    return [c.url.removeprefix("https://www.courier.example") for c in listing.candidates]


def test_a_pattern_decides_alone() -> None:
    body = page(
        '<nav><a href="/doc/1?utm_source=front">A</a></nav>',
        '<a href="https://digital.courier.example/doc/2">B</a>',
        f'<a href="{STORY}">C</a>',
    )
    listing = read_section(body, URL, article_urls=r"\.example/doc/\d+$")
    assert names(listing) == ["/doc/1?utm_source=front", "https://digital.courier.example/doc/2"]


def test_without_a_pattern_a_long_front_is_told_by_shape() -> None:
    links = [f'<a href="/topic-{number}">t</a>' for number in range(PLAIN_LIST_MAX_LINKS)]
    assert names(read_section(page(f'<a href="{STORY}">x</a>', *links), URL)) == [STORY]


def test_without_a_pattern_a_short_list_is_taken_whole_but_for_its_furniture() -> None:
    body = page(
        '<header><a href="/weather-map">Map</a></header><nav><a href="/sports">Sports</a></nav>',
        '<ul><li><a href="/talks">Talks</a><li><a href="/harvest">Harvest</a></ul>',
        '<a href="/">Home</a> <a href="/login">Log in</a> <a href="/map.pdf">Map</a>',
        f'<a href="{URL}">World</a> <a href="{URL}?utm_source=self">World</a>',
        f'<footer><a href="/imprint">Imprint</a> <a href="{STORY}">Story</a></footer>',
    )
    assert names(read_section(body, URL)) == ["/talks", "/harvest", STORY]


def test_other_sites_are_left_out_without_a_pattern() -> None:
    body = page(
        f'<a href="https://other.example{STORY}">x</a>',
        f'<a href="https://sport.courier.example{STORY}">x</a>',
    )
    assert names(read_section(body, URL)) == [f"https://sport.courier.example{STORY}"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:x",
        "mailto:a@b.example",
        "tel:1",
        "#top",
        "",
        "http://[bad",
        "//",
        "data:,x",
        "https://u:p@www.courier.example" + STORY,
        STORY + "x" * 5000,
    ],
)
def test_bad_links_are_skipped(href: str) -> None:
    body = page(f'<a href="{href}">bad</a><a href="{STORY}">good</a><a>none</a>')
    assert names(read_section(body, URL)) == [STORY]


@pytest.mark.parametrize(
    ("links", "title"),
    [
        ("<a href='{0}'>Ferry <em>strike</em>\n ends</a>", "Ferry strike ends"),
        ("<a href='{0}'><img alt='Ferry in port'></a>", "Ferry in port"),
        ("<a href='{0}' title='Ferry strike'><i></i></a>", "Ferry strike"),
        ("<a href='{0}'>More</a><a href='{0}?ref=x'>Ferry strike ends</a>", "Ferry strike ends"),
        (
            "<h2><a href='{0}'>Strike ends</a></h2><a href='{0}'>Crews return today</a>",
            "Strike ends",
        ),
        ("<a href='{0}'>Crews are back</a><a href='{0}'><h3>Ends</h3>at nine</a>", "Ends"),
        ("<a href='{0}'><h3>港の<b>再開</b></h3></a>", "港の 再開"),
        ("<a href='{0}'>5 &lt; 6 &amp; 7<script>x()</script></a>", "5 < 6 & 7"),
        ("<a href='{0}'></a>", ""),
    ],
)
def test_the_headline_of_a_link(links: str, title: str) -> None:
    (candidate,) = read_section(page(links.format(STORY)), URL).candidates
    assert candidate.title == title


def test_a_headline_is_bounded() -> None:
    (found,) = read_section(page(f'<a href="{STORY}">{"x" * 10**6}</a>'), URL).candidates
    assert len(found.title) == TITLE_MAX_CHARS


@pytest.mark.parametrize(
    ("card", "is_dated"),
    [
        ("<li><a href='{0}'>a</a><time datetime='2026-05-04T10:00:00Z'>x</time></li>", True),
        ("<li><a href='{0}'>a</a><time datetime='2026-05-04'>x</time></li>", False),
        ("<li><a href='{0}'>a</a><time>2026-05-04T10:00:00Z</time></li>", False),
        ("<div><a href='{0}'>a</a><time datetime='2026-05-04T10:00:00Z'>x</time></div>", False),
        (
            "<li><a href='{0}'>a</a><a href='{0}-2'>b</a>"
            "<time datetime='2026-05-04T10:00:00Z'>x</time></li>",
            False,
        ),
        (
            "<li><a href='{0}'>a</a><time datetime='2026-05-04T10:00:00Z'>x</time>"
            "<time datetime='2026-05-04T11:00:00Z'>x</time></li>",
            False,
        ),
    ],
)
def test_a_time_counts_when_it_can_only_mean_one_article(card: str, is_dated: bool) -> None:
    found = read_section(page(card.format(STORY)), URL).candidates[0]
    assert (found.published_at is not None) is is_dated


def test_links_start_at_the_base() -> None:
    body = b'<base href="/en/"><a href="2026/05/04/strike-ends">x</a>'
    assert names(read_section(body, URL)) == ["/en/2026/05/04/strike-ends"]
    body = b'<base href="javascript:x"><a href="2026/05/04/strike-ends">x</a>'
    assert names(read_section(body, URL)) == ["/world/2026/05/04/strike-ends"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis", "euc_jp"])
def test_encodings(encoding: str) -> None:
    body = f'<meta charset="{encoding}"><a href="{STORY}">港の再開で合意</a>'.encode(encoding)
    assert read_section(body, URL).candidates[0].title == "港の再開で合意"


@pytest.mark.parametrize("body", [b"", b"Not found", b"\x00\x01\x02", b"{}"])
def test_what_is_no_html_is_unreadable(body: bytes) -> None:
    with pytest.raises(ListingUnreadable):
        read_section(body, URL)


def test_half_a_link_is_no_link() -> None:
    body = page(f'<a href="{STORY}">x</a>', f'<a href="{STORY}-and-more">y</a>')
    assert names(read_section(body[: body.index(b"-and-more")], URL)) == [STORY]


def test_100_000_links_are_bounded() -> None:
    body = page(*(f'<li><a href="{STORY}-{number}">x</a></li>' for number in range(100_000)))
    began = time.process_time()
    listing = read_section(body, URL)
    assert time.process_time() - began < 15  # 2.4 s measured
    assert len(listing.candidates) == SECTION_MAX_CANDIDATES
    assert listing.skipped > 0


@pytest.mark.parametrize("unit", ["<div>", "<a>", "<li>", "<article>", "<h1>", "<a href='/x'>"])
def test_nesting_is_survived(unit: str) -> None:
    began = time.process_time()
    read_section(page(f'<a href="{STORY}">x</a>', unit * 50_000), URL)
    assert time.process_time() - began < 5


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    try:
        read_section(b"<html>" + body, URL)
    except ListingUnreadable:
        return
