"""Crawl runs: opened, saved, and closed for the dead."""

from dataclasses import replace
from datetime import timedelta

from scraper.archive.runs import COUNTS, open_run, recent_runs, save_run
from scraper.archive.writer import Archive
from scraper.records import CrawlRun, Outlet
from tests.conftest import NOON, OUTLET, Desk


def opened(archive: Archive, slug: str = "gazette", outlet: Outlet = OUTLET, hour: int = 0) -> int:
    started_at = NOON + timedelta(hours=hour)
    return open_run(archive, slug, outlet, is_declared=True, started_at=started_at, version="0.1.0")


def test_run_comes_back_as_it_was_saved(archive: Archive) -> None:
    run_id = opened(archive)
    run = CrawlRun(
        outlet="gazette",
        started_at=NOON,
        ended_at=NOON + timedelta(minutes=3),
        outcome="done",
        failures={"timeout": 2, "HTTP 503": 1},
        **{name: number for number, name in enumerate(COUNTS)},  # type: ignore[arg-type]
    )
    save_run(archive, run_id, run)
    assert recent_runs(archive.connection) == [(run_id, run)]


def test_runs_come_newest_first_and_by_outlet(archive: Archive) -> None:
    first, second = opened(archive), opened(archive, "courier", hour=1)
    assert [number for number, _ in recent_runs(archive.connection)] == [second, first]
    assert [number for number, _ in recent_runs(archive.connection, outlet="gazette")] == [first]
    assert len(recent_runs(archive.connection, limit=1)) == 1


def test_runs_of_this_process_stay_open_side_by_side(archive: Archive) -> None:
    opened(archive)
    opened(archive, "courier")
    assert [run.outcome for _, run in recent_runs(archive.connection)] == ["running"] * 2


def test_dead_run_is_closed_at_its_last_capture(desk: Desk) -> None:
    desk.store("https://gazette.example/a", minute=7)
    successor = replace(desk.archive, open_runs=set())
    opened(successor, hour=5)
    (_, dead) = recent_runs(desk.archive.connection)[1]
    assert (dead.outcome, dead.ended_at) == ("interrupted", NOON + timedelta(minutes=7))
    assert "without closing it" in dead.reason


def test_changed_declaration_changes_the_outlets_row(archive: Archive) -> None:
    opened(archive)
    opened(archive, outlet=replace(OUTLET, name="Gazette of Aldry", country=""), hour=1)
    rows = archive.connection.execute("SELECT name, country, languages, added_at FROM outlets")
    assert [tuple(row) for row in rows] == [
        ("Gazette of Aldry", None, '["en"]', "2026-03-04T12:00:00Z")
    ]


def test_a_crawl_for_articles_alone_collects_nothing_of_its_day(archive: Archive) -> None:
    started_at = NOON
    for slug, listings in (("gazette", 0), ("courier", 1)):
        run = CrawlRun(outlet=slug, started_at=started_at, outcome="done", listings=listings)
        save_run(archive, opened(archive, slug), run)
    collected = archive.connection.execute("SELECT outlet FROM collected_days").fetchall()
    assert [row["outlet"] for row in collected] == ["courier"]
