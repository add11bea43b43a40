"""Whatever is done to a page, extraction answers with a sound record or refuses, within its limits."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from lxml.html import HtmlElement

from scraper.errors import NonArticle, NotAnArticle, PageUnreadable
from scraper.extraction.article import extract
from scraper.records import Article, Capture
from tests.hostile.promises import breaches

NOW = datetime(2026, 3, 20, tzinfo=UTC)
PAGES = sorted((Path(__file__).parent / "pages").rglob("*.html"))
SECONDS_MAX = 5.0  # of CPU for one page, on a slow machine; the median is 0.02
KINDS = get_args(NonArticle)
tried = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
pages = st.sampled_from(PAGES)


@cache
def raw(path: Path) -> bytes:
    return path.read_bytes()


@cache
def url_of(path: Path) -> str:
    return str(json.loads(path.with_suffix(".json").read_text("utf-8"))["url"])


def judge(capture: Capture) -> None:
    """Extract, and hold the record or the refusal to what was promised."""
    started = time.process_time()
    try:
        found: Article | NotAnArticle | PageUnreadable = extract(capture)
    except (NotAnArticle, PageUnreadable) as refusal:
        found = refusal
    assert time.process_time() - started < SECONDS_MAX
    if isinstance(found, Article):
        assert breaches(found, NOW) == []
        return
    assert found.reason
    assert isinstance(found, PageUnreadable) or found.kind in KINDS


def page(body: bytes, url: str = "https://news.example/world/talks-resume") -> Capture:
    return Capture(url, body, {"Content-Type": "text/html"}, NOW)


@tried
@given(pages, st.floats(0, 1))
def test_page_cut_off_anywhere(path: Path, share: float) -> None:
    body = raw(path)
    judge(page(body[: int(len(body) * share)], url_of(path)))


@tried
@given(pages, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=40))
def test_page_with_bytes_that_were_overwritten(path: Path, spots: list[tuple[float, int]]) -> None:
    body = bytearray(raw(path))
    for share, byte in spots:
        body[int((len(body) - 1) * share)] = byte
    judge(page(bytes(body), url_of(path)))


def move_subtree(tree: HtmlElement, pick: Callable[[list[Any]], Any]) -> None:
    """Hang one element below another that is not within it."""
    element, target = (pick(list(tree.iter(etree.Element))) for _ in range(2))
    if element.getparent() is not None and element not in (target, *target.iterancestors()):
        target.append(element)


def swap_attributes(tree: HtmlElement, pick: Callable[[list[Any]], Any]) -> None:
    """Give two elements each other's attributes."""
    one, other = (pick(list(tree.iter(etree.Element))) for _ in range(2))
    mine, theirs = dict(one.attrib), dict(other.attrib)
    for element, attributes in ((one, theirs), (other, mine)):
        element.attrib.clear()
        element.attrib.update(attributes)


def rename_element(tree: HtmlElement, pick: Callable[[list[Any]], Any]) -> None:
    """Make an element another."""
    pick(list(tree.iter(etree.Element))).tag = pick(TAGS)


def copy_text(tree: HtmlElement, pick: Callable[[list[Any]], Any]) -> None:
    """Write the text of one element into another, or into an attribute of it."""
    one, other = (pick(list(tree.iter(etree.Element))) for _ in range(2))
    text = (one.text_content() if isinstance(one, HtmlElement) else "")[:5_000]
    name = pick(["", "class", "content", "datetime", "property", "itemprop", "href", "lang"])
    if name:
        other.set(name, "".join(c for c in text if c.isprintable()))
    else:
        other.text = text


TAGS = [
    "p", "div", "span", "a", "h1", "h2", "li", "ul", "article", "main", "time", "meta", "title",
    "script", "table", "tr", "td", "br", "figure", "img", "blockquote", "section", "aside", "b",
]  # fmt: skip
DEEDS = (move_subtree, swap_attributes, rename_element, copy_text)


@tried
@given(pages, st.lists(st.sampled_from(DEEDS), min_size=1, max_size=30), st.randoms())
def test_page_with_subtrees_and_attributes_shuffled(
    path: Path, deeds: list[Callable[..., None]], random: Any
) -> None:
    tree = html.document_fromstring(raw(path))
    for deed in deeds:
        deed(tree, random.choice)
    judge(page(html.tostring(tree, encoding="utf-8"), url_of(path)))


@settings(parent=tried, max_examples=50)
@given(pages, st.sampled_from(TAGS), st.integers(1, 1_000), st.booleans())
def test_page_nested_deeply(path: Path, tag: str, depth: int, closes: bool) -> None:
    start, found, end = raw(path).partition(b"<p>")
    opened, closed = (f"<{tag} class=x>" * depth).encode(), (f"</{tag}>" * depth).encode()
    judge(page(start + opened + found + end + (closed if closes else b""), url_of(path)))


PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from([
        "<meta property=og:title content='Talks resume'>", "<time datetime=2026-03-01>", "<h1>Talks",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":", "\"Talks\"}</script>",
        "[{\"@graph\":[", "<!--", "-->", "<![CDATA[", "]]>", "&#150;", "&#xFFFF;", "&lt;p&gt;", "Ã©Ã©Ã©", "\ufffd",
        "???? ??", "残り1234文字", "会員限定", "By Ana Sala", "12:30 Uhr", "<html lang=", "'>", "\"", "\x00", "\u202e",
    ]),
    st.text(max_size=60),
    st.text(st.characters(codec="utf-8", categories=["Lo", "Ll", "Zs", "Po", "Mn"]), max_size=200),
)  # fmt: skip


@tried
@given(st.lists(PIECES, max_size=120), st.sampled_from(["utf-8", "utf-16", "cp932", "latin-1"]))
def test_random_html(pieces: list[str], encoding: str) -> None:
    judge(page(b"<html><body>" + "".join(pieces).encode(encoding, "replace")))


@settings(parent=tried, max_examples=40)
@given(
    st.sampled_from(
        ["a ", "ab", "1:", "戦", "« ", "<p>x", "é", "Ã©", "?", "残り1", "<b>", "{[", '"a":']
    ),
    st.integers(1, 60_000),
)
def test_one_thing_over_and_over(piece: str, times: int) -> None:
    text = piece * times
    judge(page(f"<html><title>{text}</title><h1>{piece}</h1><p>{text}".encode()))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_record_of_a_whole_page_keeps_its_promises(path: Path) -> None:
    headers = json.loads(path.with_suffix(".json").read_text("utf-8")).get("headers", {})
    judge(Capture(url_of(path), raw(path), headers or {"Content-Type": "text/html"}, NOW))
