"""A day's row says what came, counted from the tables it follows from, however often."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from scraper.archive import request_counts
from scraper.archive.checks import Offering
from scraper.archive.day_summaries import fill_outlet_days
from scraper.archive.listings import record_check
from scraper.archive.outlet_days import summarise
from scraper.archive.request_counts import Purpose, Traffic
from scraper.archive.robots_files import STALE_MAX, RobotsFile, keep
from scraper.archive.runs import open_run, save_run
from scraper.records import CrawlRun
from tests.conftest import NOON, OUTLET, STORY, Desk
from tests.crawling import crawl, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

DAY = "2026-03-04"
FEED = "https://gazette.example/feed"
RUN = CrawlRun("gazette", NOON, NOON + timedelta(minutes=5), "done")


def row(desk: Desk, day: str = DAY) -> dict[str, Any]:
    """Sum the day up twice and return its row."""
    summarise(desk.archive, "gazette", day)
    query = "SELECT * FROM outlet_days WHERE day = ?"
    first = dict(desk.archive.connection.execute(query, (day,)).fetchone())
    summarise(desk.archive, "gazette", day)
    assert dict(desk.archive.connection.execute(query, (day,)).fetchone()) == first
    return first


def test_articles_and_revisions_of_the_day_are_told(desk: Desk) -> None:
    published = NOON - timedelta(minutes=30)
    exact: dict[str, Any] = {"published_at": published, "published_precision": "minute"}
    desk.store("https://gazette.example/a", authors=("Ada Reed",), word_count=100, **exact)
    desk.store("https://gazette.example/b", f"{STORY} Two.", title="Two", word_count=300)
    day_only: dict[str, Any] = {
        "published_at": NOON - timedelta(hours=9),
        "published_precision": "day",
    }
    desk.store("https://gazette.example/c", f"{STORY} 3.", title="3", word_count=220, **day_only)
    standing = desk.offer("https://gazette.example/a", minute=60)[0]
    desk.store(
        "https://gazette.example/a", STORY.replace("third", "ninth"), minute=60, standing=standing
    )
    told = row(desk)
    assert (told["article_count"], told["revised_count"]) == (3, 1)
    assert (told["author_count"], told["dated_count"], told["median_words"]) == (1, 2, 220)
    assert told["median_delay_seconds"] == 30 * 60


def test_a_quiet_day_has_no_medians(desk: Desk) -> None:
    told = row(desk)
    assert (told["run_count"], told["article_count"], told["request_count"]) == (1, 0, 0)
    for name in ("median_words", "median_delay_seconds", "latency_ms", "candidate_count"):
        assert told[name] is None
    assert (told["statuses"], told["other_hosts"]) == ("{}", "{}")


def test_counts_of_runs_and_what_their_pages_were_are_told(desk: Desk) -> None:
    reasons = {
        "consent wall": 3,
        "challenge page": 2,
        "redirected to another site: consent.tidings.example": 4,
        "redirected to another site: sold.example": 1,
    }
    run = replace(
        RUN, fetched=30, not_modified=5, unchanged=2, no_article=10, quarantined=1, gone=2, failed=3
    )
    save_run(desk.archive, desk.run, replace(run, no_article_reasons=reasons))
    later = open_run(
        desk.archive,
        "gazette",
        OUTLET,
        is_declared=True,
        started_at=NOON + timedelta(hours=2),
        version="1",
    )
    save_run(desk.archive, later, replace(run, outcome="failed", no_article_reasons={}))
    told = row(desk)
    assert (told["run_count"], told["failed_run_count"], told["fetched_count"]) == (2, 1, 60)
    assert (told["unchanged_count"], told["no_article_count"]) == (14, 20)
    assert (told["quarantined_count"], told["gone_count"], told["failed_count"]) == (2, 4, 6)
    assert (told["consent_count"], told["refused_count"]) == (7, 2)
    assert json.loads(told["other_hosts"]) == {"consent.tidings.example": 4, "sold.example": 1}


def test_requests_and_robots_changes_of_the_day_are_told(desk: Desk) -> None:
    def asked(kind: str, status: int, traffic: Traffic, day: str = DAY) -> None:
        purpose = Purpose(day, "gazette", "gazette.example", kind, status)
        request_counts.add(desk.archive, {purpose: traffic})

    asked("article", 200, Traffic(3, 900, 330))
    asked("article", 403, Traffic(1, 100, 70))
    asked("listing", 429, Traffic(1, 10, 0))
    asked("robots", 0, Traffic(2, 0, 0))
    asked("replay", 404, Traffic(50, 0, 0))
    asked("article", 200, Traffic(9, 9, 9), "2026-03-05")
    for minute, body in enumerate(("User-agent: *\nDisallow:", "User-agent: *\nDisallow: /")):
        at = NOON + timedelta(minutes=minute)
        keep(desk.archive, RobotsFile("https://gazette.example", at, at + STALE_MAX, 200, body))
    told = row(desk)
    assert (told["request_count"], told["response_bytes"], told["latency_ms"]) == (7, 1010, 80)
    assert told["refused_count"] == 2
    assert json.loads(told["statuses"]) == {"0": 2, "200": 3, "403": 1, "429": 1}
    assert told["robots_change_count"] == 1
    assert row(desk, "2026-03-05")["request_count"] == 9


def test_looks_at_listings_are_told(desk: Desk) -> None:
    def look(minute: int, url: str = FEED, **answer: Any) -> None:
        fresh, to = answer.pop("fresh", 0), answer.pop("to", "")
        at = NOON + timedelta(minutes=minute)
        seen = Offering(
            desk.run, fresh_count=fresh, newest_at=at if fresh else None, redirected_to=to
        )
        record_check(desk.archive, "gazette", url, "feed", checked_at=at, offering=seen, **answer)

    look(0, status=200, candidate_count=20, fresh=20)
    look(5, status=304)
    look(10, status=200, candidate_count=25, fresh=5, to="https://other.example/feed")
    look(11, f"{FEED}/two", status=200, candidate_count=7, fresh=1)
    look(12, f"{FEED}/three", status=500, problem="HTTP 500")
    look(24 * 60, status=304)
    told = row(desk)
    assert (told["check_count"], told["unchanged_check_count"]) == (5, 1)
    assert (told["failed_check_count"], told["candidate_count"], told["fresh_count"]) == (1, 32, 26)
    assert told["newest_at"] == "2026-03-04T12:11:00Z"
    assert json.loads(told["other_hosts"]) == {"other.example": 1}


def test_days_of_an_older_archive_are_filled_from_what_it_holds(desk: Desk) -> None:
    desk.store("https://gazette.example/a", word_count=90)
    desk.offer("https://gazette.example/b", listing=FEED, minute=3)
    save_run(desk.archive, desk.run, replace(RUN, listings=2, fetched=1, new=1))
    connection = desk.archive.connection
    connection.execute("DELETE FROM outlet_days")
    connection.row_factory = None
    fill_outlet_days(connection)
    (filled,) = connection.execute(
        "SELECT day, run_count, check_count, fresh_count, article_count, fetched_count, "
        "candidate_count FROM outlet_days"
    ).fetchall()
    assert filled == (DAY, 1, 2, 1, 1, 1, None)


def test_the_day_of_a_run_whose_process_died_is_summed_up_by_the_next(desk: Desk) -> None:
    desk.store("https://gazette.example/a")
    desk.archive.open_runs.clear()
    at = NOON + timedelta(days=1)
    open_run(desk.archive, "gazette", OUTLET, is_declared=True, started_at=at, version="1")
    found = desk.rows("SELECT day, article_count, run_count FROM outlet_days")
    assert found == [(DAY, 1, 1)]


def test_a_crawl_ends_with_its_day_summed_up(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        consent = "<title>We value your privacy</title><p>We value your privacy</p>"
        wall = f"<html><body>{consent}<p>We and our partners use cookies to store data.</p></body>"
        stories = [("/world/a-story-of-today", "A"), ("/world/a-wall-of-today", "B")]
        site.pages["/feed.xml"] = Answer(feed(site.origin, stories))
        site.pages[stories[0][0]] = Answer(article("A story", PARAGRAPHS))
        site.pages[stories[1][0]] = Answer(wall)
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert run["no_article_reasons"] == {"consent wall": 1}
    (told,) = rows(db, "SELECT * FROM outlet_days")
    assert (told["article_count"], told["fetched_count"], told["consent_count"]) == (1, 2, 1)
    assert (told["request_count"], told["run_count"], told["check_count"]) == (4, 1, 1)
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert told["day"] == f"{NOON.now(UTC):%Y-%m-%d}"
