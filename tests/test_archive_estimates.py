"""Where a search finds more than is counted at once: samples tell it, and no hit is lost."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlite_utils import Database

from scraper.archive.estimates import count_facets, take_sample
from scraper.archive.findings import search
from scraper.archive.hits import find_keys
from scraper.archive.plans import run
from scraper.archive.schema import migrations
from scraper.archive.search import POOL, Search, register

ARTICLES = 30_000
FLOOD = range(23_800, 29_900)  # articles about it, all of one day
FLOOD_DAY = "2024-05-05"


@pytest.fixture(scope="module")
def archive() -> Iterator[sqlite3.Connection]:
    """Two outlets in turn, and a day on which more was written than is looked at at once."""
    db = Database(memory=True)
    register(db.conn)
    migrations.apply(db)
    db.table("outlets").insert_all(
        {
            "slug": slug, "name": slug, "country": "GB", "languages": '["en"]', "timezone": "UTC",
            "homepage": f"https://{slug}.example/", "is_declared": 1, "added_at": "2024-01-01",
        }
        for slug in ("ebb", "tide")
    )  # fmt: skip
    db.conn.executemany(
        "INSERT INTO articles (id, url, outlet, title, body, language, published_at, captured_at, "
        "checked_at, content_hash) VALUES (?, 'https://a.example/' || ?1, ?, ?, '', 'en', ?, ?4, "
        "?4, '')",
        (
            (
                number,
                "ebb" if number % 2 else "tide",
                "flood" if number in FLOOD or number == 7 else "calm",
                FLOOD_DAY + "T00:00:00Z" if number in FLOOD else f"2024-04-{number % 28 + 1:02}",
            )
            for number in range(1, ARTICLES + 1)
        ),
    )
    yield db.conn
    db.conn.close()


def test_hits_that_lie_close_together_are_sampled_as_well(archive: sqlite3.Connection) -> None:
    sample = run(archive, take_sample(Search("flood")))
    assert not sample.is_exact
    assert sample.size > 1_000
    assert sample.total == pytest.approx(len(FLOOD), rel=0.05)


@pytest.mark.parametrize("query", ["flood", "floo*"])
def test_outlets_that_take_turns_are_counted_alike(archive: sqlite3.Connection, query: str) -> None:
    wanted = Search(query)
    facets = run(archive, count_facets(wanted, run(archive, take_sample(wanted))))
    counts = {each.value: each.count for each in facets if each.facet == "outlet"}
    assert set(counts) == {"ebb", "tide"}
    assert counts["ebb"] == pytest.approx(len(FLOOD) / 2, rel=0.15)


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_no_hit_of_a_day_with_very_many_is_lost(archive: sqlite3.Connection, order: str) -> None:
    assert len(FLOOD) > POOL
    wanted = Search("flood", order=order, limit=500)
    found: list[int] = []
    while True:
        keys, is_more = run(archive, find_keys(wanted))
        found += [number for _, number in keys]
        if not is_more:
            break
        wanted = Search("flood", order=order, limit=500, cursor=f">{keys[-1][0]}~{keys[-1][1]}")
    expected = [7, *FLOOD]
    assert found == (expected[::-1] if order == "newest" else expected)


def test_a_page_of_such_a_day_shows_hits(archive: sqlite3.Connection) -> None:
    assert len(search(archive, Search("flood", order="newest")).hits) == 20
