"""Declared outlets against the catalogue they were drawn from and the recorded answers beside it."""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.crawl.errands import read_answer
from scraper.crawl.spider import OutletSpider
from scraper.discovery.listings import read_listing
from scraper.records import Capture
from scraper.urls import matches_pattern
from tests.declared import ASKED, DOUBT, REAL, about, every_real_outlet, listings

SHARED = Path(__file__).parents[2] / "shared"
REPLAY, CATALOGUE = SHARED / "replay", SHARED / "outlets.json"
EXAMPLE = re.compile(r"matches (https?://\S+) \(")
# Outlets whose patterns say more than the catalogue's: what it notes, but does not put in them.
WIDENED = {"folha": "feed links pass through a redirecting host"}

with_catalogue = pytest.mark.skipif(not CATALOGUE.exists(), reason=f"no catalogue at {CATALOGUE}")
with_replay = pytest.mark.skipif(not REPLAY.exists(), reason=f"no replay at {REPLAY}")


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    return {facts["slug"]: facts for facts in json.loads(CATALOGUE.read_text("utf8"))}


@cache
def replayed() -> dict[str, bytes]:
    with (REPLAY / "world.warc.gz").open("rb") as stream:
        return {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        }


@with_catalogue
def test_every_outlet_of_the_catalogue_is_declared() -> None:
    assert set(REAL) == set(catalogue())


@with_catalogue
@every_real_outlet
def test_says_nothing_that_the_catalogue_does_not_know(spider: type[OutletSpider]) -> None:
    facts = catalogue()[spider.name]
    urls = {*facts["feeds"], *facts["news_sitemaps"], facts["section"]["url"]}
    assert {url for _, url in listings(spider)} <= urls
    assert spider.outlet.country == facts["country"]
    assert spider.outlet.timezone == facts["timezone"]
    assert spider.outlet.homepage == facts["homepage"]
    assert set(spider.outlet.languages) <= set(facts["languages"])
    if spider.name not in WIDENED:
        assert spider.article_urls == (facts["article_url"] or "")


@with_catalogue
@every_real_outlet
def test_its_pattern_matches_the_example_that_was_seen(spider: type[OutletSpider]) -> None:
    evidence = catalogue()[spider.name]["evidence"].get("article_url", "")
    example = EXAMPLE.match(evidence)
    if example is None or "cut off" in evidence:
        pytest.skip("no whole example was seen")
    assert matches_pattern(spider.article_urls, example[1])


@with_catalogue
@every_real_outlet
def test_a_pattern_from_general_knowledge_is_called_doubtful(spider: type[OutletSpider]) -> None:
    evidence = catalogue()[spider.name]["evidence"].get("article_url", "")
    if spider.article_urls and evidence.startswith("unverified"):
        assert DOUBT in about(spider)


@with_catalogue
@every_real_outlet
def test_listings_of_a_whole_site_are_filtered_or_said_to_be_whole(
    spider: type[OutletSpider],
) -> None:
    facts = catalogue()[spider.name]
    is_whole = re.search(r"[Ww]hole-(?:site|service)|[Ff]ront-page feed", facts["notes"])
    if is_whole and set(facts["feeds"][:1]) <= {url for _, url in listings(spider)}:
        told = ("whole-site", "front page")
        narrow = "second feed is whole" in facts["notes"].lower()
        assert narrow or any(words in about(spider).lower() for words in told)


@with_replay
def test_every_known_article_is_offered_by_every_listing_of_its_outlet() -> None:
    """By the pattern alone: what is no world news is left out later, by the rules for that."""
    answers = replayed()
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for article in json.loads((REPLAY / "world.truth.json").read_text("utf8")):
        wanted[article["outlet"]][article["url"]] = " ".join(article["title"].split())
    assert set(wanted) <= set(REAL)
    for name, articles in wanted.items():
        for kind, url in listings(REAL[name]):
            listing = read_listing(kind, answers[url], url, article_urls=REAL[name].article_urls)
            found = {c.url: " ".join(c.title.split()) for c in listing.candidates}
            assert found == articles, f"{name}: {url}"


@with_replay
@every_real_outlet
def test_its_recorded_listings_can_be_read(spider: type[OutletSpider]) -> None:
    if spider.name not in ASKED:
        pytest.skip("never asked")
    for kind, url in listings(spider):
        listing = read_answer(kind, Capture(url, replayed()[url]), spider.wanted(kind, url, 1000))
        assert listing.kind == kind


@with_replay
@pytest.mark.parametrize(
    ("name", "taken", "left_out"),
    [("seznam-zpravy", 0, 3), ("rzeczpospolita", 1, 1), ("washington-post", 0, 1)],
)
def test_rules_leave_out_what_a_recorded_listing_holds_of_the_rest(
    name: str, taken: int, left_out: int
) -> None:
    for kind, url in listings(REAL[name]):
        wanted = REAL[name].wanted(kind, url, 1000)
        listing = read_answer(kind, Capture(url, replayed()[url]), wanted)
        if not wanted.world_urls:  # the outlet's own world news: all of it
            assert (len(listing.candidates), listing.left_out) == (taken + left_out, 0), url
            continue
        assert (len(listing.candidates), listing.left_out) == (taken, left_out), url
        assert listing.skipped == 0
