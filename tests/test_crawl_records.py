"""What a crawl notes of itself: looks at listings, requests, the day's budget."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from scraper.archive import request_counts
from scraper.archive.checks import Offering
from scraper.archive.request_counts import Budget, Purpose, Traffic
from scraper.archive.writer import Archive
from scraper.crawl.adhoc import adhoc_spiders
from scraper.crawl.agenda import agenda
from scraper.crawl.budgets import Budgets, next_midnight
from scraper.crawl.offerings import offering_of
from scraper.demo.server import DemoServer
from scraper.demo.world import NewsWorld
from scraper.records import Candidate, Listing
from tests.conftest import Desk
from tests.crawling import adds_up, crawl, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
STORIES = {f"/world/story-number-{n}-of-the-day": f"Story number {n}" for n in range(1, 5)}


def world(site: Site) -> None:
    """Give the site a feed with four stories and no robots.txt."""
    site.pages["/feed.xml"] = Answer(
        feed(site.origin, list(STORIES.items())), headers={"ETag": '"f1"'}
    )
    for path, title in STORIES.items():
        text = [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
        site.pages[path] = Answer(article(title, text))


def look_again(db: Path, site: Site, *words: str) -> dict[str, Any]:
    """Crawl the site's feed; return the run."""
    site.asked.clear()
    (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", *words, allow=site.host)
    assert adds_up(run), run
    return run


def test_each_look_at_a_listing_is_noted_with_what_it_offered(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        look_again(db, site)
        look_again(db, site)
        more = [*STORIES.items(), ("/world/one-more-story", "More"), ("/world/and-more", "More")]
        coming = feed(site.origin, more).replace("02 Nov 2026", "02 Nov 2126", 1)
        site.pages["/feed.xml"] = Answer(coming)
        look_again(db, site)
        site.pages["/feed.xml"] = Answer("<nothing", status=200)
        look_again(db, site)
        site.pages["/feed.xml"] = Answer(status=403)
        look_again(db, site)
    looks = rows(db, "SELECT * FROM listing_checks ORDER BY id")
    told = ("status", "candidate_count", "fresh_count", "newest_at")
    newest = "2026-11-02T08:00:00Z"
    assert [tuple(look[name] for name in told) for look in looks] == [
        (200, 4, 4, newest),
        (304, None, 0, None),
        (200, 6, 2, newest),
        (200, None, 0, None),
        (403, None, 0, None),
    ]
    assert [bool(look["problem"]) for look in looks] == [False, False, False, True, True]
    assert looks[0]["left_out_count"] == 0
    assert looks[0]["body_bytes"] == len(feed(site.origin, list(STORIES.items())).encode())
    assert all(look["latency_ms"] is not None and look["crawl_run"] for look in looks)
    (day,) = rows(db, "SELECT * FROM outlet_days")
    assert (day["check_count"], day["unchanged_check_count"], day["failed_check_count"]) == (
        5,
        1,
        2,
    )
    assert (day["candidate_count"], day["fresh_count"], day["newest_at"]) == (6, 6, newest)


def test_a_listing_that_gave_no_answer_is_noted_too(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        host = site.host
    crawl(db, "--feed", f"http://{host}/feed.xml", allow=host)
    (look,) = rows(db, "SELECT status, problem, body_bytes, latency_ms FROM listing_checks")
    assert look == {
        "status": None,
        "problem": "robots.txt could not be had: connection refused",
        "body_bytes": None,
        "latency_ms": None,
    }
    tries = rows(db, "SELECT kind, status, request_count AS sent FROM request_counts")
    assert tries == [{"kind": "robots", "status": 0, "sent": 2}]


def test_what_a_listing_offered_is_told_of_its_answer() -> None:
    asked = "https://www.gazette.example/feed"
    times = [NOON - timedelta(hours=2), None, NOON + timedelta(seconds=1), NOON - timedelta(days=9)]
    offers = tuple(Candidate(f"{asked}/{n}", published_at=at) for n, at in enumerate(times))
    found = Listing(asked, "feed", offers, skipped=3, left_out=4)
    request = Request(asked, meta={"download_latency": 0.25})
    own = Response("https://news.gazette.example/feed", body=b"12345", request=request)
    told = offering_of(asked, own, found, NOON)
    assert (told.newest_at, told.left_out_count) == (times[0], 7)
    assert (told.body_bytes, told.latency_ms, told.redirected_to) == (5, 250, "")
    other = own.replace(url="https://sold.example/")
    assert offering_of(asked, other, None, NOON).redirected_to == "https://sold.example/"
    assert offering_of(asked, None, None, NOON) == Offering()


def test_every_request_is_counted_with_its_hops_and_tries(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    first, second, third, _ = STORIES
    with Site() as site:
        world(site)
        site.pages[first] = Answer(status=301, headers={"Location": "/world/moved-there"})
        site.pages["/world/moved-there"] = Answer(article("Moved", PARAGRAPHS))
        site.pages[second] = Answer(status=503)
        site.pages[third] = Answer(status=404)
        look_again(db, site)
        asked = len(site.asked)
    counts = {
        (row["kind"], row["status"]): row["request_count"]
        for row in rows(db, "SELECT * FROM request_counts")
    }
    assert counts == {
        ("robots", 404): 1,
        ("listing", 200): 1,
        ("article", 301): 1,
        ("article", 200): 2,
        ("article", 503): 2,
        ("article", 404): 1,
    }
    assert sum(counts.values()) == asked
    everything = rows(db, "SELECT * FROM request_counts")
    assert {(row["outlet"], row["host"]) for row in everything} == {(site.host, site.host)}
    (listing,) = rows(db, "SELECT * FROM request_counts WHERE kind = 'listing'")
    assert listing["response_bytes"] == len(feed(site.origin, list(STORIES.items())).encode())
    (day,) = rows(db, "SELECT request_count, statuses FROM outlet_days")
    assert day == {"request_count": asked, "statuses": '{"200":3,"301":1,"404":2,"503":2}'}


def test_nothing_new_costs_one_request_a_listing_and_nothing_else(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    new = NewsWorld()
    outlets = ["demo-lantern", "demo-manara", "demo-narae", "demo-hafenblatt"]
    with DemoServer(new) as server:
        crawl(db, *outlets, allow=",".join(new.allowed_hosts))
        before = len(server.requests)
        server.requests.clear()
        crawl(db, *outlets, allow=",".join(new.allowed_hosts))
        asked = {new.origin(r.outlet) + r.path: r.status for r in server.requests}
        assert len(asked) == len(server.requests)
    assert sum(
        r["request_count"] for r in rows(db, "SELECT * FROM request_counts")
    ) == before + len(asked)
    assert asked.keys() == {row["url"] for row in rows(db, "SELECT url FROM listings")}
    # One outlet has no validators; and an index says nothing of the sitemaps below it.
    in_full = (f"{new.origin('demo-hafenblatt')}/", f"{new.origin('demo-narae')}/sitemap.xml")
    for url, status in asked.items():
        assert status == (200 if url.startswith(in_full) else 304), url


def spend(db: Path, outlet: str, requests: int, size: int = 0) -> None:
    with closing(sqlite3.connect(db)) as connection:
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        values = (day, outlet, "h.example", "article", 200, requests, size, 0)
        connection.execute("INSERT INTO request_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        connection.commit()


def test_what_the_budget_does_not_hold_waits_and_nothing_is_lost(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    bound = ("-s", "DATELINE_OUTLET_DAILY_REQUESTS=4")
    with Site() as site:
        world(site)
        run = look_again(db, site, *bound)
        assert len(site.asked) == 4, "robots.txt, the feed and two articles"
        assert (run["outcome"], run["new"], run["deferred"], run["failed"]) == ("done", 2, 2, 0)
        reason = "the outlet's budget of 4 requests is used: 2 articles wait for tomorrow"
        assert run["reason"] == reason
        assert rows(db, "SELECT MAX(tries) AS tries FROM candidates") == [{"tries": 0}]
        run = look_again(db, site, *bound)
        assert site.asked == []
        assert (run["outcome"], run["failed"]) == ("interrupted", 0)
        assert run["reason"] == "the outlet's budget of 4 requests is used"
        assert len(rows(db, "SELECT * FROM listing_checks")) == 1, "nobody was asked"
        run = look_again(db, site)
        assert run["new"] == 2


def test_the_budget_is_the_reason_when_all_it_held_was_forbidden(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        rules = f"User-agent: *\nDisallow: {next(iter(STORIES))}\n"
        site.pages["/robots.txt"] = Answer(rules, kind="text/plain")
        run = look_again(db, site, "-s", "DATELINE_OUTLET_DAILY_REQUESTS=2")
        assert (run["outcome"], run["failed"], run["deferred"]) == ("done", 1, 3)
        reason = "the outlet's budget of 2 requests is used: 3 articles wait for tomorrow"
        assert run["reason"] == reason
        spiders = adhoc_spiders([("feeds", f"{site.origin}/feed.xml")])
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        now = datetime.now(UTC)
        (entry,) = [
            one
            for one in agenda(connection, spiders, now, Budget(outlet_request_count=2))
            if one.kind == "articles"
        ]
        assert entry.reason == "put off: the outlet's budget of 2 requests is used"
        assert entry.due_at == next_midnight(now)
        (entry,) = [one for one in agenda(connection, spiders, now) if one.kind == "articles"]
        assert entry.reason == "articles due"


def test_a_robots_txt_beyond_the_budget_is_no_rule(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        look_again(db, site, "--limit", "1")
        with closing(sqlite3.connect(db)) as connection:
            connection.execute("DELETE FROM robots_files")
            connection.commit()
        run = look_again(db, site, "-s", "DATELINE_DAILY_BYTES=1")
        assert site.asked == []
        assert (run["outcome"], run["reason"]) == (
            "interrupted",
            "the day's budget of 1 bytes is used",
        )
        assert rows(db, "SELECT * FROM robots_files") == []
        assert look_again(db, site)["new"] == 3


@pytest.mark.parametrize(
    ("budget", "whose"),
    [
        (Budget(request_count=10), "the day's budget of 10 requests is used"),
        (Budget(response_bytes=900), "the day's budget of 900 bytes is used"),
        (Budget(outlet_request_count=7), "the outlet's budget of 7 requests is used"),
        (Budget(outlet_response_bytes=500), "the outlet's budget of 500 bytes is used"),
    ],
)
def test_budgets_count_what_earlier_processes_spent(budget: Budget, whose: str) -> None:
    budgets = Budgets(budget, lambda day: {"a": (6, 400), "b": (3, 400)})
    assert budgets.refusal("a", NOON) is None

    class Sent:
        pass

    sent = Sent()
    budgets.take(sent, "a")
    budgets.charge(sent, "a", 100, NOON)
    refusal = budgets.refusal("a", NOON)
    assert refusal is not None
    assert str(refusal) == whose
    assert refusal.until == datetime(2026, 3, 5, tzinfo=UTC)
    fresh = Budgets(budget, lambda day: {})
    assert fresh.refusal("a", NOON + timedelta(days=1)) is None


def test_requests_under_way_count_and_those_never_sent_do_not() -> None:
    class Sent:
        pass

    budgets = Budgets(Budget(request_count=2), lambda day: {})
    first, second = Sent(), Sent()
    budgets.take(first, "a")
    budgets.take(second, "b")
    assert budgets.refusal("c", NOON) is not None
    budgets.give_back(second)
    assert budgets.refusal("c", NOON) is None
    budgets.charge(first, "a", 0, NOON)
    assert budgets.refusal("c", NOON) is None
    budgets.take(second, "b")
    assert budgets.refusal("c", NOON) is not None


def test_counts_add_up_and_tell_what_was_spent(desk: Desk, archive: Archive) -> None:
    def purpose(kind: str, status: int = 200) -> Purpose:
        return Purpose("2026-03-04", "gazette", "gazette.example", kind, status)

    for _ in range(2):
        counts = {purpose("article"): Traffic(2, 300, 40), purpose("replay"): Traffic(9, 9, 9)}
        request_counts.add(archive, counts)
    request_counts.add(archive, {purpose("robots", 404): Traffic(1, 10, 2)})
    assert request_counts.spent(archive.connection, "2026-03-04") == {"gazette": (5, 610)}
    assert request_counts.spent(archive.connection, "2026-03-05") == {}
    told = request_counts.spending(archive.connection, "2026-03-04", Budget(10, 0, 5, 1000))
    assert told == [("", 5, 610, 10, 0), ("gazette", 5, 610, 5, 1000)]
