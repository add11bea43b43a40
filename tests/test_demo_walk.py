"""The demo world crawled, left to move on, crawled again, and read back."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from scraper.demo.server import DemoServer
from scraper.demo.world import Expected, NewsWorld
from scraper.urls import canonical_url
from tests.crawling import adds_up, crawl, dateline, rows

DELAYED = "demo-lantern"  # the outlet whose robots.txt asks for a delay


@dataclass
class Walk:
    """Two crawls of the demo world and what the server saw of each."""

    db: Path
    world: NewsWorld
    first: list[dict[str, Any]]
    second: list[dict[str, Any]]
    asked_first: list[Any]
    asked_second: list[Any]
    truth_first: dict[str, Expected]
    truth_second: dict[str, Expected]


def truth(world: NewsWorld) -> dict[str, Expected]:
    return {canonical_url(article.url): article for article in world.expected()}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    db = tmp_path_factory.mktemp("demo") / "archive.db"
    world = NewsWorld()
    allow = ",".join(world.allowed_hosts)
    with DemoServer(world) as server:
        outlets = sorted(world.ports)
        first, before = crawl(db, *outlets, allow=allow), truth(world)
        asked = list(server.requests)
        server.requests.clear()
        world.tick()
        second, after = crawl(db, *outlets, "--revisit", allow=allow), truth(world)
        yield Walk(db, world, first, second, asked, list(server.requests), before, after)


def test_every_run_is_done_and_adds_up(walk: Walk) -> None:
    for run in walk.first + walk.second:
        assert run["outcome"] == "done", run
        assert adds_up(run), run


def test_every_article_of_the_world_landed_and_nothing_else(walk: Walk) -> None:
    stored = {canonical_url(row["url"]) for row in rows(walk.db, "SELECT url FROM articles")}
    assert stored == set(walk.truth_first) | set(walk.truth_second)


def test_fields_are_what_the_outlets_published(walk: Walk) -> None:
    wrong = Counter[str]()
    for row in rows(walk.db, "SELECT * FROM articles"):
        expected = walk.truth_second.get(canonical_url(row["url"]))
        if expected is None or expected.is_paywalled:
            continue
        authors = rows(
            walk.db,
            "SELECT name FROM authors JOIN article_authors ON author = authors.id "
            "WHERE article = ? ORDER BY position",
            row["id"],
        )
        found = {
            "title": row["title"] == expected.title,
            "published_at": row["published_at"] == f"{expected.published_at:%Y-%m-%dT%H:%M:%SZ}"
            or row["published_at"][:16] == utc(expected.published_at)[:16],
            "language": row["language"] == expected.language,
            "authors": tuple(a["name"] for a in authors) == expected.authors,
            "paragraphs": all(p in row["body"] for p in expected.paragraphs),
        }
        wrong.update(
            f"{name} of {expected.outlet}" for name, is_right in found.items() if not is_right
        )
    assert not wrong


def test_edits_become_revisions_and_changed_ads_do_not(walk: Walk) -> None:
    edits = {canonical_url(c.url) for c in walk.world.changes() if c.is_edit}
    revised = rows(walk.db, "SELECT url FROM articles WHERE revision_count > 1 ORDER BY url")
    assert {row["url"] for row in revised} == edits


def test_what_was_taken_down_is_kept_and_marked(walk: Walk) -> None:
    (gone,) = [c for c in walk.world.changes() if c.kind == "gone"]
    (row,) = rows(walk.db, "SELECT * FROM articles WHERE gone_at IS NOT NULL")
    assert row["url"] == canonical_url(gone.url)
    assert row["body"]


def test_a_paywall_never_takes_the_text_away(walk: Walk) -> None:
    (walled,) = [c for c in walk.world.changes() if c.kind == "paywall"]
    url = canonical_url(walled.url)
    (row,) = rows(walk.db, "SELECT * FROM articles WHERE url = ?", url)
    assert row["is_paywalled"] == 1
    assert all(p in row["body"] for p in walk.truth_first[url].paragraphs)


def test_pages_that_are_no_articles_are_told_apart(walk: Walk) -> None:
    oddities = {kind: canonical_url(url) for kind, url in walk.world.oddities().items()}
    (odd,) = rows(walk.db, "SELECT outcome FROM candidates WHERE url = ?", oddities["no article"])
    assert odd["outcome"] == "no_article"
    (sick,) = rows(walk.db, "SELECT url, reason FROM quarantine")
    assert sick["url"] == oddities["unreadable"]


def test_what_robots_txt_forbids_is_never_asked(walk: Walk) -> None:
    forbidden = walk.world.oddities()["forbidden"]
    asked = {r.path for r in walk.asked_first + walk.asked_second if r.outlet == DELAYED}
    assert asked
    assert not any(forbidden.endswith(path) for path in asked if path != "/")


def test_the_crawl_delay_is_kept(walk: Walk) -> None:
    times = sorted(r.at for r in walk.asked_first if r.outlet == DELAYED)[1:]
    assert min(b - a for a, b in pairwise(times)) > timedelta(seconds=0.15)


def test_each_host_is_asked_for_robots_txt_first(walk: Walk) -> None:
    first: dict[str, str] = {}
    for request in walk.asked_first:
        first.setdefault(request.outlet, request.path)
    assert set(first.values()) == {"/robots.txt"}


def test_unchanged_articles_cost_a_304(walk: Walk) -> None:
    statuses = Counter(r.status for r in walk.asked_second)
    assert statuses[304] > 60


def test_a_third_crawl_asks_only_the_listings(walk: Walk) -> None:
    allow = ",".join(walk.world.allowed_hosts)
    quiet = NewsWorld(now=walk.world.now)
    quiet.tick()
    before = rows(walk.db, "SELECT * FROM articles"), rows(walk.db, "SELECT * FROM revisions")
    outlets = sorted(walk.world.ports)
    runs = crawl(walk.db, *outlets, allow=allow)
    assert sum(run["new"] + run["revised"] for run in runs) == 0
    assert before == (
        rows(walk.db, "SELECT * FROM articles"),
        rows(walk.db, "SELECT * FROM revisions"),
    )


def test_verify_is_content(walk: Walk) -> None:
    done = dateline("verify", "--db", str(walk.db))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("津波警報", {"ja"}),
        ("지진해일", {"ko"}),
        ("قناة", {"ar"}),
        ("תעלה", {"he"}),
        ("канал*", {"ru"}),
    ],
)
async def test_datasette_finds_articles_in_every_script(
    walk: Walk, query: str, languages: set[str]
) -> None:
    datasette = Datasette([str(walk.db)])
    answer = await datasette.client.get(
        "/archive/articles.json", params={"_search": query, "_shape": "objects", "_size": "max"}
    )
    found = answer.json()["rows"]
    assert found
    assert {row["language"] for row in found} == languages


def test_the_terminal_finds_what_datasette_finds(walk: Walk) -> None:
    done = dateline("search", "津波警報", "--db", str(walk.db), "--json")
    assert done.returncode == 0, done.stderr
    assert "⟦津波警報⟧" in done.stdout


def test_the_archive_is_plain_sqlite(walk: Walk) -> None:
    with sqlite3.connect(walk.db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def utc(moment: Any) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
