"""Incidents from rows: what is read, how they open and close, and how fast two hundred are judged."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from scraper.archive.incidents import CLOSE_AFTER, open_incidents, recent_incidents, untold, update
from scraper.archive.runs import write_outlet
from scraper.archive.values import json_text, time_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import Incident, Judgment, Outlet
from scraper.watch.history import Day, History, ListingState
from scraper.watch.incidents import judge, judge_histories
from scraper.watch.reading import read_histories
from tests.made_histories import FIRST, HOUR, RHYTHMS, Break, MadeOutlet

MADE = Outlet("Made", country="IE", languages=("en",))
NOW = FIRST + timedelta(days=60, hours=9)
DAILY = RHYTHMS[1]


def broken(kind: str, what: str, drifting: str = "", days: float = 4) -> MadeOutlet:
    """Return an outlet in which something has been wrong for some days."""
    began_at = NOW - timedelta(days=days)
    wrong = Break(kind, what, began_at, NOW + timedelta(days=9), drifting)
    return MadeOutlet(f"{kind}-{what or drifting}".replace(" ", "-"), DAILY, (wrong,), "rows", 61)


def store(archive: Archive, made: MadeOutlet, now: datetime) -> None:
    """Write what is known of an outlet into the tables that it is read from."""
    history = made.history(now)
    write_outlet(archive, made.slug, MADE, is_declared=True, added_at=FIRST)
    for day in history.days:
        row: dict[str, Any] = {name: getattr(day, name) for name in day.__slots__}
        row |= {
            "outlet": made.slug,
            "day": str(day.day),
            "newest_at": time_text_or_none(day.newest_at),
            "other_hosts": json_text(dict(day.other_hosts)),
            "statuses": "{}",
        }
        for name in (
            *("run_count", "failed_run_count", "unchanged_check_count", "response_bytes"),
            *("revised_count", "unchanged_count", "robots_change_count"),
        ):
            row[name] = 0
        insert(archive, "outlet_days", row)
    for asked in history.asked:
        for status, count in asked.statuses.items():
            insert(
                archive,
                "request_counts",
                {
                    "day": str(asked.day),
                    "outlet": made.slug,
                    "host": "made.example",
                    "kind": asked.kind,
                    "status": int(status),
                    "request_count": count,
                    "response_bytes": 0,
                    "latency_ms": 0,
                },
            )
    store_looks(archive, made, now)


def store_looks(archive: Archive, made: MadeOutlet, now: datetime) -> None:
    """Write the looks at an outlet's only listing, and how it stands."""
    url = f"https://made.example/{made.slug}"
    cursor = archive.connection.execute(
        "INSERT INTO listings (url, outlet, kind) VALUES (?, ?, 'feed')", (url, made.slug)
    )
    for number, hour in enumerate(made.hours[: int((now - FIRST) / HOUR)]):
        if not hour.checks:
            continue
        row = {
            "listing": cursor.lastrowid,
            "outlet": made.slug,
            "checked_at": time_text(FIRST + number * HOUR),
            "status": hour.status,
            "problem": hour.problem or None,
            "candidate_count": hour.held,
            "fresh_count": hour.fresh,
            "redirected_to": hour.redirected_to or None,
        }
        insert(archive, "listing_checks", row)
        archive.connection.execute(
            "UPDATE listings SET checked_at = :checked_at, status = :status, problem = :problem, "
            "candidate_count = COALESCE(:candidate_count, candidate_count) WHERE id = :listing",
            row,
        )


def insert(archive: Archive, table: str, row: dict[str, Any]) -> None:
    values = ", ".join(f":{name}" for name in row)
    archive.connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", row)


@pytest.mark.parametrize(
    ("kind", "what", "drifting"),
    [
        ("silent", "nothing", ""),
        ("emptied", "pages", ""),
        ("emptied", "listing", ""),
        ("emptied", "unreadable", ""),
        ("drifted", "share", "author"),
        ("drifted", "words", "body"),
        ("blocked", "refused", ""),
        ("blocked", "articles refused", ""),
        ("blocked", "consent", ""),
        ("blocked", "robots", ""),
        ("moved", "listing", ""),
        ("slow", "latency", ""),
    ],
)
def test_what_is_wrong_is_read_from_the_tables(
    archive: Archive, kind: str, what: str, drifting: str
) -> None:
    store(archive, broken(kind, what, drifting), NOW)
    found = judge(archive.connection, NOW)
    assert [(each.kind, each.field) for each in found] == [(kind, drifting)]
    assert found[0].began_at is not None
    assert abs(found[0].began_at - (NOW - timedelta(days=4))) < timedelta(days=2)


def test_the_history_that_is_read_is_the_one_that_was_made(archive: Archive) -> None:
    made = broken("silent", "frozen")
    store(archive, made, NOW)
    (read,) = read_histories(archive.connection, NOW)
    wanted = made.history(NOW)
    assert read.days == wanted.days
    assert (read.looked_at, read.fresh_at) == (wanted.looked_at, wanted.fresh_at)
    assert [(a.day, a.kind, a.requests, a.refused) for a in read.asked] == [
        (a.day, a.kind, a.requests, a.refused)
        for a in sorted(wanted.asked, key=lambda a: (a.day, a.kind))
    ]


def test_an_outlet_that_is_well_is_not_judged(archive: Archive) -> None:
    store(archive, MadeOutlet("well", DAILY, (), "rows", 61), NOW)
    assert judge(archive.connection, NOW) == []


@pytest.mark.parametrize("why", ["robots.txt forbids it", "asked to come back later"])
def test_pages_that_nobody_was_asked_for_are_no_failed_ones(archive: Archive, why: str) -> None:
    """Listings hold what robots.txt forbids, as many do; each is thought of again for ten days."""
    small = MadeOutlet("small", RHYTHMS[3], (), "forbidden", 61)
    store(archive, small, NOW)
    for day in (59, 60):
        moment = FIRST + timedelta(days=day)
        leave_out(archive, small.slug, moment, {why: 12, "listing: HTTP 503": 1})
    assert judge(archive.connection, NOW) == []


def test_pages_that_were_asked_for_and_failed_are_told(archive: Archive) -> None:
    small = MadeOutlet("small", RHYTHMS[3], (), "forbidden", 61)
    store(archive, small, NOW)
    for day in (59, 60):
        leave_out(archive, small.slug, FIRST + timedelta(days=day), {"timeout": 12})
    (found,) = judge(archive.connection, NOW)
    assert (found.kind, found.evidence["what"]) == ("emptied", "pages")
    assert found.evidence["failed"] in (12, 24)


def leave_out(archive: Archive, outlet: str, moment: datetime, failures: dict[str, int]) -> None:
    """Note a run that brought no usable answer for some pages, and why."""
    count = sum(number for why, number in failures.items() if not why.startswith("listing: "))
    insert(
        archive,
        "crawl_runs",
        {
            "outlet": outlet,
            "started_at": time_text(moment),
            "outcome": "done",
            "pid": 1,
            "version": "1",
            "fetched": count,
            "failed": count,
            "failures": json_text(failures),
        },
    )
    archive.connection.execute(
        "UPDATE outlet_days SET failed_count = failed_count + ?, fetched_count = fetched_count + ? "
        "WHERE outlet = ? AND day = ?",
        (count, count, outlet, str(moment.date())),
    )


def test_a_listing_that_seldom_changes_is_told_to_be_empty(archive: Archive) -> None:
    """Asked once a day, and answered 304 on most of them: it held then what it held before."""
    made = MadeOutlet("seldom", DAILY, (), "rows", 61)
    store(archive, made, NOW)
    archive.connection.execute("DELETE FROM listing_checks")
    for back in range(20, -1, -1):
        count = {20: 20, 12: 22, 2: 0}.get(back)
        row = {
            "listing": 1,
            "outlet": made.slug,
            "checked_at": time_text(NOW - timedelta(days=back)),
            "status": 304 if count is None else 200,
            "candidate_count": count,
            "fresh_count": 0,
        }
        insert(archive, "listing_checks", row)
    archive.connection.execute("UPDATE listings SET candidate_count = 0, status = 304")
    (found,) = judge(archive.connection, NOW)
    assert (found.kind, found.evidence["what"]) == ("emptied", "listing")
    assert (found.evidence["expected"], found.began_at) == (22, NOW - timedelta(days=2))


def test_no_outlet_is_blamed_while_none_answers(archive: Archive) -> None:
    for number in range(8):
        made = MadeOutlet(f"made-{number}", DAILY, (), f"mute-{number}", 61)
        store(archive, made, NOW)
        listing = archive.connection.execute(
            "SELECT id FROM listings WHERE outlet = ?", (made.slug,)
        ).fetchone()[0]
        for look in range(30):
            row = {
                "listing": listing,
                "outlet": made.slug,
                "checked_at": time_text(NOW + look * HOUR),
                "status": None,
                "problem": "name not found",
            }
            insert(archive, "listing_checks", row)
        archive.connection.execute(
            "UPDATE listings SET status = NULL, problem = 'name not found', checked_at = ?",
            (time_text(NOW + 29 * HOUR),),
        )
        if number == 0:
            assert judge(archive.connection, NOW + 30 * HOUR)[0].kind == "emptied"
    assert judge(archive.connection, NOW + 30 * HOUR) == []


def judgment(severity: float = 1.5, **more: Any) -> Judgment:
    evidence = {"what": "refused", "expected": 0, "came": 1}
    return Judgment("made", "blocked", severity, NOW, evidence, **more)


@pytest.fixture(autouse=True)
def unhurried(archive: Archive) -> None:
    """Store thousands of rows without waiting for the disk after each."""
    archive.connection.execute("BEGIN")


@pytest.fixture
def watched(archive: Archive) -> Archive:
    write_outlet(archive, "made", MADE, is_declared=True, added_at=FIRST)
    return archive


def test_an_incident_opens_once_and_is_refreshed(watched: Archive) -> None:
    assert update(watched, [judgment()], NOW).opened == 1
    assert update(watched, [judgment(2.5)], NOW + HOUR).opened == 0
    (incident,) = open_incidents(watched.connection)
    assert (incident.severity, incident.opened_at, incident.seen_at) == (2.5, NOW, NOW + HOUR)


def test_what_comes_back_within_hours_is_the_same_incident(watched: Archive) -> None:
    update(watched, [judgment()], NOW)
    for hour in range(1, 30):
        update(watched, [judgment()] if hour % 10 == 0 else [], NOW + hour * HOUR)
    (incident,) = recent_incidents(watched.connection, FIRST)
    assert incident.closed_at is None


def test_an_incident_is_over_as_of_when_it_was_first_found_well(watched: Archive) -> None:
    update(watched, [judgment()], NOW)
    update(watched, [], NOW + HOUR)
    assert update(watched, [], NOW + CLOSE_AFTER).closed == 0
    assert update(watched, [], NOW + HOUR + CLOSE_AFTER).closed == 1
    (incident,) = recent_incidents(watched.connection, FIRST)
    assert incident.closed_at == NOW + HOUR
    update(watched, [judgment()], NOW + timedelta(days=3))
    assert len(recent_incidents(watched.connection, FIRST)) == 2


def test_a_carried_incident_is_neither_seen_nor_over(watched: Archive) -> None:
    update(watched, [judgment()], NOW)
    for day in range(1, 20):
        update(watched, [judgment(is_carried=True)], NOW + timedelta(days=day))
    (incident,) = open_incidents(watched.connection)
    assert incident.seen_at == NOW


def test_one_that_was_over_before_it_was_told_is_not_told(watched: Archive) -> None:
    update(watched, [judgment()], NOW)
    update(watched, [], NOW + HOUR)
    update(watched, [], NOW + timedelta(days=1))
    assert untold(watched.connection) == ([], [])


def test_an_incident_outlives_the_history_it_was_judged_by(archive: Archive) -> None:
    made = MadeOutlet(
        "gone-quiet",
        DAILY,
        (Break("silent", "nothing", FIRST + timedelta(days=40), FIRST + timedelta(days=150)),),
        "long",
        160,
    )
    write_outlet(archive, made.slug, MADE, is_declared=True, added_at=FIRST)
    from scraper.watch.judgments import judge_outlet

    for day in range(30, 159):
        now = FIRST + timedelta(days=day)
        known = tuple(recent_incidents(archive.connection, FIRST))
        update(archive, judge_outlet(made.history(now, known), now), now)
    (incident,) = recent_incidents(archive.connection, FIRST)
    assert incident.closed_at is not None
    assert timedelta(0) <= incident.closed_at - (FIRST + timedelta(days=150)) < timedelta(days=2)


def test_two_hundred_outlets_are_judged_within_a_second(archive: Archive) -> None:
    """Eight weeks of 223 outlets: 12,500 days, 500,000 looks, 150,000 requests counted."""
    chance = random.Random(1)
    made = MadeOutlet("model", DAILY, (), "model", 61)
    store(archive, made, NOW)
    connection = archive.connection
    for number in range(222):
        slug = f"copy-{number}"
        write_outlet(archive, slug, MADE, is_declared=True, added_at=FIRST)
        for table, columns in (("outlet_days", "outlet"), ("request_counts", "outlet")):
            names = [r["name"] for r in connection.execute(f"PRAGMA table_info({table})")]
            chosen = ", ".join("?" if name == columns else name for name in names)
            connection.execute(
                f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE outlet = 'model'", (slug,)
            )
        for each in range(2):
            connection.execute(
                "INSERT INTO listings (url, outlet, kind, checked_at, status, candidate_count) "
                "VALUES (?, ?, 'feed', ?, 200, 20)",
                (f"https://made.example/{slug}/{each}", slug, time_text(NOW)),
            )
    connection.execute(
        "INSERT INTO listing_checks (listing, outlet, checked_at, status, candidate_count, "
        "fresh_count) SELECT l.id, l.outlet, c.checked_at, 304, NULL, 0 FROM listings l, "
        "listing_checks c WHERE l.outlet <> 'model' AND c.outlet = 'model'"
    )
    connection.execute(
        "INSERT INTO listing_hours SELECT listings.id, value, ?, 1 FROM listings, json_each(?)",
        (chance.random(), json_text(list(range(168)))),
    )
    started = time.process_time()
    found = judge(connection, NOW)
    spent = time.process_time() - started
    print(f"{spent:.2f} s of CPU for 223 outlets, {len(found)} judged")
    assert spent < 2  # measured: see docs/watching.md; a busy machine gets twice the time


def test_listings_of_an_outlet_whose_site_moved_within_itself_are_well(archive: Archive) -> None:
    from scraper.watch.history import History
    from scraper.watch.refusals import judge_moves

    state = ListingState(
        url="https://made.example/feed",
        checked_at=datetime.now(UTC),
        redirected_to="https://feeds.made.example/feed",
    )
    assert judge_moves(History(outlet="made", listings=(state,)), NOW) is None


def test_incidents_of_an_outlet_given_up_end_while_others_are_watched(archive: Archive) -> None:
    incident = Incident(1, "old", "silent", "", 2.0, NOW, NOW, NOW, None, {})
    old = History(outlet="old", days=(Day(day=FIRST.date(), check_count=9),), incidents=(incident,))
    other = History(outlet="other", days=(Day(day=NOW.date(), check_count=9),))
    judged = partial(judge_histories, archive.connection)
    soon = replace(other, days=(Day(day=FIRST.date() + timedelta(days=30), check_count=1),))
    assert [each.is_carried for each in judged([old, soon], FIRST + timedelta(days=30))] == [True]
    assert judged([old, other], NOW) == []
    assert judged([old], NOW)  # nobody was asked: the operator paused
