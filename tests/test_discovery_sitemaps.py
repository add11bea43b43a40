"""Sitemaps become Candidates or further sitemaps, whatever their size and state."""

import gzip
import time

import pytest

from scraper.discovery.fields import CANDIDATES_MAX
from scraper.discovery.sitemaps import INDEX_MAX_SITEMAPS, SITEMAP_MAX_BYTES, read_sitemap
from scraper.errors import ListingUnreadable
from scraper.records import Listing

URL = "https://courier.example/sitemap.xml"
HOME = "https://courier.example"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def urlset(*entries: str, namespaces: str = NAMESPACES) -> bytes:
    return f'<?xml version="1.0"?><urlset {namespaces}>{"".join(entries)}</urlset>'.encode()


def entry(name: object, extra: str = "") -> str:
    return f"<url><loc>{HOME}/{name}</loc>{extra}</url>"


def index(*entries: str) -> bytes:
    return f"<sitemapindex {NAMESPACES}>{''.join(entries)}</sitemapindex>".encode()


def names(listing: Listing) -> list[str]:
    return [candidate.url.rpartition("/")[2] for candidate in listing.candidates]


@pytest.mark.parametrize("layers", [0, 1, 2])
def test_gzip_layers_are_undone(layers: int) -> None:
    body = urlset(entry("a"))
    for _ in range(layers):
        body = gzip.compress(body)
    assert names(read_sitemap(body, URL)) == ["a"]


def test_a_gzip_bomb_is_cut() -> None:
    bomb = urlset(entry("a")).replace(b"</urlset>", b" " * 3 * SITEMAP_MAX_BYTES)
    began = time.process_time()
    assert names(read_sitemap(gzip.compress(bomb), URL)) == ["a"]
    assert time.process_time() - began < 5


def test_a_sitemap_without_namespaces_is_read() -> None:
    assert names(read_sitemap(urlset(entry("a"), namespaces=""), URL)) == ["a"]


def test_a_prefixed_sitemap_is_read() -> None:
    body = b'<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">'
    body += b"<s:url><s:loc>https://courier.example/a</s:loc></s:url></s:urlset>"
    assert names(read_sitemap(body, URL)) == ["a"]


@pytest.mark.parametrize("cut", [b"/c</loc>", b"c</loc>", b"</loc></url></urlset>", b"</urlset>"])
def test_a_cut_sitemap_gives_the_entries_before_and_no_half_link(cut: bytes) -> None:
    whole = urlset(entry("a"), entry("b"), entry("c"))
    found = names(read_sitemap(whole[: whole.rindex(cut)], URL))
    assert found[:2] == ["a", "b"]
    assert set(found) <= {"a", "b", "c"}


def test_unescaped_ampersands_stay_in_the_link() -> None:
    assert names(read_sitemap(urlset(entry("?a=1&b=2&copy=3")), URL)) == ["?a=1&b=2&copy=3"]


def test_an_image_is_no_article() -> None:
    image = "<image:image xmlns:image='i'><image:loc>https://courier.example/1.jpg</image:loc>"
    body = urlset(f"<url>{image}</image:image><loc>{HOME}/a</loc></url>")
    assert names(read_sitemap(body, URL)) == ["a"]


@pytest.mark.parametrize("loc", ["", "javascript:x", "file:///etc/passwd", "http://[bad"])
def test_entries_that_cannot_be_asked_are_skipped_and_counted(loc: str) -> None:
    listing = read_sitemap(urlset(f"<url><loc>{loc}</loc></url>", "<url/>", entry("a")), URL)
    assert names(listing) == ["a"]
    assert listing.skipped >= 1


def test_the_newest_sitemaps_of_an_index_come_first_and_are_few() -> None:
    entries = [
        f"<sitemap><loc>{HOME}/{day}.xml</loc><lastmod>2026-05-{day:02}</lastmod></sitemap>"
        for day in range(1, 31)
    ]
    listing = read_sitemap(index(*entries), URL)
    assert listing.indexes[0] == f"{HOME}/30.xml"
    assert len(listing.indexes) == INDEX_MAX_SITEMAPS
    assert listing.skipped == 30 - INDEX_MAX_SITEMAPS


def test_an_index_that_names_itself_is_not_followed() -> None:
    listing = read_sitemap(index(f"<sitemap><loc>{URL}</loc></sitemap>"), URL)
    assert listing.indexes == ()


@pytest.mark.parametrize("lastmod", ["", "never", "2026-05", "2026-99-99", "9" * 500])
def test_an_odd_lastmod_costs_only_the_order(lastmod: str) -> None:
    body = index(f"<sitemap><loc>{HOME}/a.xml</loc><lastmod>{lastmod}</lastmod></sitemap>")
    assert read_sitemap(body, URL).indexes == (f"{HOME}/a.xml",)


def test_a_feed_given_as_a_sitemap_is_read() -> None:
    body = b"<rss><channel><item><link>https://courier.example/a</link></item></channel></rss>"
    assert names(read_sitemap(body, URL)) == ["a"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!doctype html><html></html>", "HTML page"),
        (b"<svg/>", "<svg>"),
        (b"Not found", "neither XML nor"),
        (b"\x1f\x8b broken", "empty"),
        (b"<urlset", "neither XML nor"),
        (b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url/></urlset>', "entities"),
    ],
)
def test_what_is_no_sitemap_is_unreadable(body: bytes, reason: str) -> None:
    with pytest.raises(ListingUnreadable, match=reason):
        read_sitemap(body, URL)


def test_an_empty_sitemap_is_a_sitemap() -> None:
    assert read_sitemap(urlset(), URL) == Listing(URL, "news_sitemap")


def test_a_sitemap_of_100_000_urls_is_bounded() -> None:
    body = urlset(*map(entry, range(100_000)))
    began = time.process_time()
    listing = read_sitemap(body, URL, limit=100)
    assert time.process_time() - began < 10  # 0.9 s measured
    assert len(listing.candidates) == 100
    assert listing.skipped == 99_900
    assert len(read_sitemap(body, URL).candidates) == CANDIDATES_MAX


def test_a_text_sitemap_of_100_000_urls_is_bounded() -> None:
    body = "\n".join(f"{HOME}/{number}" for number in range(100_000)).encode()
    assert len(read_sitemap(body, URL, limit=100).candidates) == 100


@pytest.mark.parametrize("unit", ["<url>", "<url><loc>a</loc>", "<x>", "<loc>a</loc>"])
def test_nesting_and_width_take_little_time(unit: str) -> None:
    began = time.process_time()
    read_sitemap(urlset(unit * 100_000), URL)
    assert time.process_time() - began < 5
