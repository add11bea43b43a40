"""Canonical URLs: one article, one address; hostile addresses raise nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.urls import (
    URL_MAX_CHARS,
    believed_canonical,
    canonical_url,
    http_url,
    is_home_page,
    looks_endless,
    looks_like_article,
    matches_pattern,
    may_be_article,
    same_site,
    site_of,
)

PIECES = """
amp index.html a .. . %2e%2e %7Ea %e3 x.amp.html amp; utm_source=1 k=2 & ? # m. amp. www. /amp
example.org example.co.jp :80 :443 // / http:// https:// [::1] [ ] é 例え.jp \\ @ % %zz ; = +
;jsessionid=1 article sp. .example sid=1 source=rss
"""
PATHS = st.lists(st.sampled_from(PIECES.split()), max_size=12)
URLS = st.one_of(
    st.text(max_size=60),
    PATHS.map("".join),
    PATHS.map(lambda pieces: "https://amp.example.org/" + "".join(pieces)),
    PATHS.map(lambda pieces: "https://" + "/".join(pieces)),
)


@settings(max_examples=1000, deadline=None)
@given(URLS, URLS)
def test_no_string_raises_and_cleaning_twice_changes_nothing(url: str, base: str) -> None:
    canonical, asked = canonical_url(url, base), http_url(url, base)
    assert canonical_url(canonical) == canonical
    assert http_url(asked) == asked
    assert len(asked) <= URL_MAX_CHARS
    for tell in (site_of, is_home_page, looks_endless, may_be_article, looks_like_article):
        tell(url)
    same_site(url, base)
    believed_canonical(url, base)
    matches_pattern(r"/\d+$", url)


@pytest.mark.parametrize(
    "twin",
    [
        "/story",
        "/story/",
        "/story?",
        "/story#comments",
        "/story?utm_source=a&utm_source=b",
        "/story?fbclid=IwAR0&gclid=1",
        "/story?mc_cid=1&mc_eid=2",
        "/story?ref=rss",
        "/story?CMP=share_btn",
        "/story?at_medium=RSS&ocid=z&_ga=2",
        "/story?amp=1",
        "/story?outputType=amp",
        "/story/amp",
        "/story/amp/",
        "/amp/story",
        "/story/index.html",
        "/story;jsessionid=0A1B",
        "/x/../story",
        "/./story",
        "https://www.example.org//story",
        "/%73tory",
        "/story?source=rss",
        "/story?amp;utm_source=rss",
    ],
)
def test_twins_of_an_article_have_one_canonical_url(twin: str) -> None:
    assert canonical_url(twin, "https://www.example.org/") == "https://www.example.org/story"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://amp.example.org/a", "https://www.example.org/a"),
        ("https://m.example.co.uk/a", "https://www.example.co.uk/a"),
        ("https://m.sport.example.org/a", "https://sport.example.org/a"),
        ("https://sp.example.co.jp/a", "https://www.example.co.jp/a"),
        ("https://sp.example.org/a", "https://sp.example.org/a"),
        ("https://m.com.br/a", "https://m.com.br/a"),
        ("https://www.example.org./a", "https://www.example.org/a"),
        ("https://例え.jp/a", "https://xn--r8jz45g.jp/a"),
        ("http://127.0.0.1:8000/a/", "http://127.0.0.1:8000/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_host_of_a_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/news?id=1", "https://a.example/news?id=2"),
        ("https://a.example/jc/article?k=1&g=int", "https://a.example/jc/article?k=2&g=int"),
        ("https://a.example/modules.php?sid=1", "https://a.example/modules.php?sid=2"),
        ("https://a.example/list?source=12", "https://a.example/list?source=13"),
        # EUC-KR values, which are no UTF-8: decoding would make them alike.
        ("https://a.example/?q=%B1%E2", "https://a.example/?q=%BB%E7"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("http://a.example:8000/a", "http://a.example:8001/a"),
    ],
)
def test_distinct_articles_stay_distinct(first: str, second: str) -> None:
    assert canonical_url(first) != canonical_url(second)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "mailto:a@example.org",
        "http://[bad",
        "http://",
        "https:///a",
        "https://user:pass@example.org/",
        "https://good.example\\@bad.example/",
        "https://exa mple.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org/" + "a" * URL_MAX_CHARS,
        "",
        "\x00",
    ],
)
def test_what_is_never_asked_is_no_url(url: str) -> None:
    assert http_url(url) == ""
    assert canonical_url(url) == ""


def test_white_space_and_controls_around_a_link_are_forgiven() -> None:
    assert http_url(" \n\t/rel-3\x00 ", "https://a.example/x/") == "https://a.example/rel-3"


def test_sites_follow_the_public_suffix_list() -> None:
    assert same_site("https://feeds.example.co.uk/a", "https://www.example.co.uk/")
    assert not same_site("https://one.co.uk/", "https://two.co.uk/")
    assert not same_site("https://one.blogspot.com/", "https://two.blogspot.com/")
    assert same_site("https://ja.dispatch.example/", "https://dispatch.example/")
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")
    assert not same_site("nonsense", "nonsense:")


def test_another_hosts_canonical_is_not_believed() -> None:
    own = "https://www.example.org/story"
    assert believed_canonical(own, "https://victim.example/story") == own
    assert believed_canonical(own, "https://www.example.org/") == own
    assert believed_canonical(own, "javascript:x") == own
    assert believed_canonical(own, "/better") == "https://www.example.org/better"


@pytest.mark.parametrize(
    "path",
    [
        "/world/2026/05/04/talks",
        "/ferry-strike-ends-after-talks",
        "/weather/2026/05/04/storm-hits-coast",
        "/news/12345678",
        "/article?id=1234567",
        "/articles/AST1F4445T1FUTIL02SM.html",
        "/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7%E0%B8%94%E0%B9%88%E0%B8%A7%E0%B8%99",
    ],
)
def test_the_shape_of_articles(path: str) -> None:
    assert looks_like_article(f"https://www.example.org{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en",
        "/world",
        "/weather",
        "/international",
        "/gesellschaft",
        "/tag/ferry-strike-ends-after-talks",
        "/map-of-the-new-border.pdf",
        "/a/b/a/b/a/b/20260504",
        "/" + "x/" * 30 + "20260504",
    ],
)
def test_the_shape_of_other_pages(path: str) -> None:
    assert not looks_like_article(f"https://www.example.org{path}")


@pytest.mark.parametrize("unit", ["a", "a-", "%E3", "/amp", "/a/..", "0", "&a=", "-", "/."])
def test_long_addresses_cost_little(unit: str) -> None:
    url = "https://example.org/" + unit * (2000 // len(unit)) + "!"
    began = time.process_time()
    for _ in range(20):
        looks_like_article(canonical_url(url))
    assert time.process_time() - began < 2
