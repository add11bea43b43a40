"""The one entrance: saved listings give what stands beside them, filtered and each once."""

import json
import pickle
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.discovery.listings import LISTING_MAX_CANDIDATES, read_listing
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing

SAVED = Path(__file__).parent / "listings"
EXPECTED = ".expected.json"
URL = "https://courier.example/listing"


def cases() -> list[Path]:
    return [path for path in sorted(SAVED.glob("*/*")) if not path.name.endswith(EXPECTED)]


def said(candidate: Candidate) -> dict[str, Any]:
    """Return what a candidate says, as JSON has it, without what the test gave."""
    values = {field.name: getattr(candidate, field.name) for field in fields(candidate)}
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
        if value and name != "listing"
    }


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_saved_listings(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + EXPECTED).read_text("utf8"))
    listing = read_listing(path.parent.name, path.read_bytes(), URL)
    assert [said(candidate) for candidate in listing.candidates] == expected.get("candidates", [])
    assert list(listing.indexes) == expected.get("indexes", [])
    assert listing.title == expected.get("title", "")
    assert listing.skipped == expected.get("skipped", 0)
    assert (listing.url, listing.kind) == (URL, path.parent.name)
    assert {candidate.listing for candidate in listing.candidates} <= {URL}


def feed(*links: str) -> bytes:
    items = "".join(f"<item><title>{n}</title><link>{x}</link></item>" for n, x in enumerate(links))
    return f"<rss><channel>{items}</channel></rss>".encode()


def read(*links: str, article_urls: str = "", limit: int = LISTING_MAX_CANDIDATES) -> Listing:
    return read_listing("feed", feed(*links), URL, article_urls=article_urls, limit=limit)


def test_twins_come_once_and_the_first_wins() -> None:
    listing = read("/a?utm_source=x", "/a/", "/amp/a", "/b", "/a?id=1")
    assert [c.title for c in listing.candidates] == ["0", "3", "4"]
    assert listing.skipped == 2


def test_what_does_not_match_the_outlets_pattern_is_left_out() -> None:
    pattern = r"^https://courier\.example/doc/\d+$"
    listing = read("/doc/1?utm_source=rss", "/video/2", "/doc/3", article_urls=pattern)
    assert [c.url[-6:] for c in listing.candidates] == ["ce=rss", "/doc/3"]
    assert listing.skipped == 1


def test_patterns_may_want_a_slash_at_the_end_or_an_outlets_own_script() -> None:
    assert read("/a/?ref=rss", article_urls=r"/a/$").candidates
    assert read("/%E6%B8%AF/1", article_urls=r"/港/\d$").candidates
    assert read("/港/1", article_urls=r"/%E6%B8%AF/\d$").candidates


def test_the_limit_counts_what_is_kept() -> None:
    links = [f"/video/{number}" for number in range(50)]
    links += [f"/doc/{number}" for number in range(50)]
    listing = read(*links, article_urls=r"/doc/\d+$", limit=10)
    assert len(listing.candidates) == 10
    assert listing.skipped == 90


def test_a_listing_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of listing"):
        read_listing("page", b"", URL)


def test_results_and_errors_travel_between_processes() -> None:
    listing = read("/a")
    assert pickle.loads(pickle.dumps(listing)) == listing
    assert pickle.loads(pickle.dumps(read_listing)) is read_listing
    with pytest.raises(ListingUnreadable) as caught:
        read_listing("feed", b"nothing", URL)
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.url, error.reason) == (URL, caught.value.reason)


def test_a_sitemap_that_is_a_feed_keeps_the_kind_it_was_asked_as() -> None:
    assert read_listing("news_sitemap", feed("/a"), URL).kind == "news_sitemap"
