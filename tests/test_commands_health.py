"""`dateline health` as an operator sees it: what is wrong, since when, and what to type next."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive.database import open_writer
from scraper.archive.lock import ArchiveLock
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from tests.crawling import crawl, dateline, rows
from tests.made_histories import FIRST, RHYTHMS, Break, MadeOutlet
from tests.site import Answer, Site, feed
from tests.test_watch_alerts import Inbox, inbox, pytestmark
from tests.test_watch_incidents import store

__all__ = ["inbox", "pytestmark"]

DAYS = 40
NOW = FIRST + timedelta(days=DAYS, hours=20)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive of three outlets as of this hour: one fine, one refusing us, one new."""
    path = tmp_path / "archive.db"
    connection = open_writer(path)
    archive = Archive(connection, WarcWriter(tmp_path / "captures"))
    refusing = Break("blocked", "refused", NOW - timedelta(days=3), NOW + timedelta(days=3))
    connection.execute("BEGIN")
    store(archive, MadeOutlet("sound", RHYTHMS[1], (), "a", DAYS + 1), NOW)
    store(archive, MadeOutlet("shut", RHYTHMS[1], (refusing,), "b", DAYS + 1), NOW)
    store(archive, MadeOutlet("newcomer", RHYTHMS[1], (), "c", DAYS + 1), NOW)
    connection.execute("DELETE FROM outlet_days WHERE outlet = 'newcomer' AND day < '2026-02-10'")
    _bring_forward(connection)
    connection.execute("COMMIT")
    connection.close()
    return path


def _bring_forward(connection: sqlite3.Connection) -> None:
    """Move all times so that the history ends now: the command asks the clock."""
    days = (datetime.now(UTC) - NOW).days
    for table, columns in {
        "outlet_days": ("day", "newest_at"),
        "request_counts": ("day",),
        "listing_checks": ("checked_at",),
        "listings": ("checked_at",),
    }.items():
        for column in columns:
            form = "'%Y-%m-%d'" if column == "day" else "'%Y-%m-%dT%H:%M:%SZ'"
            order = "DESC" if table in ("outlet_days", "request_counts") else ""
            moved = f"strftime({form}, {column}, '{days} days')"
            if not order:
                connection.execute(f"UPDATE {table} SET {column} = {moved}")
                continue
            # A day is part of the key: no two may meet on the way.
            connection.execute(f"UPDATE {table} SET {column} = '+' || {moved}")
            connection.execute(f"UPDATE {table} SET {column} = substr({column}, 2)")


def test_what_needs_a_person_is_named_with_what_to_do(db: Path) -> None:
    done = dateline("health", "--db", str(db))
    assert done.returncode == 3, done.stderr
    assert "shut (Made) is blocked" in done.stdout
    assert "requests for listing pages were refused" in done.stdout
    assert "dateline outlets check shut" in done.stdout
    assert "1 outlet in trouble, 2 well, 0 not looked at lately" in done.stdout
    assert "newcomer" in done.stdout  # whose rhythm is not known yet
    assert not done.stderr


def test_incidents_are_kept_by_whoever_may_write(db: Path) -> None:
    dateline("health", "--db", str(db))
    (kept,) = rows(db, "SELECT outlet, kind, told_at FROM incidents")
    assert kept == {"outlet": "shut", "kind": "blocked", "told_at": None}


def test_while_another_process_writes_it_only_reads(db: Path) -> None:
    with ArchiveLock(db, "the scheduler"):
        done = dateline("health", "--db", str(db))
    assert done.returncode == 3
    assert "(the scheduler, since " in done.stdout
    assert rows(db, "SELECT id FROM incidents") == []


def test_some_outlets_can_be_asked_for(db: Path) -> None:
    assert dateline("health", "sound", "--db", str(db)).returncode == 0
    done = dateline("health", "nobody", "--db", str(db))
    assert done.returncode == 1
    assert "has no outlet 'nobody'" in done.stderr


def test_json_has_the_evidence(db: Path) -> None:
    told = json.loads(dateline("health", "--json", "--db", str(db)).stdout)
    (finding,) = told["findings"]
    assert (finding["outlet"], finding["kind"]) == ("shut", "blocked")
    assert finding["evidence"]["what"] == "refused"
    assert finding["severity"] > 1
    assert told["well"] == ["newcomer", "sound"]
    assert 0 < told["days_wanting"]["newcomer"] < 14


def test_alerts_are_sent_once(db: Path, inbox: Inbox) -> None:
    for _ in range(2):
        done = dateline("health", "--alert", "--db", str(db), DATELINE_ALERTS=inbox.url)
        assert done.returncode == 3, done.stderr
    assert [each["title"] for each in inbox.received] == ["Dateline: shut is blocked"]


def test_alerts_without_an_address_are_an_error(db: Path) -> None:
    done = dateline("health", "--alert", "--db", str(db))
    assert done.returncode == 1
    assert "DATELINE_ALERTS names no address" in done.stderr


def test_an_archive_nobody_looks_into_says_so(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_writer(path).close()
    done = dateline("health", "--db", str(path))
    assert done.returncode == 0
    assert "no outlet was looked at in the last days" in done.stdout


def test_outlets_that_nobody_looks_at_any_more_are_not_well(db: Path) -> None:
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE outlet_days SET day = date(day, '-20 days')")
        connection.execute("UPDATE listings SET checked_at = '2020-01-01T00:00:00Z'")
    done = dateline("health", "--db", str(db))
    assert done.returncode == 3
    assert "no outlet was looked at in the last days" in done.stdout


def test_no_archive_is_an_error(tmp_path: Path) -> None:
    done = dateline("health", "--db", str(tmp_path / "none.db"))
    assert done.returncode == 1
    assert "there is no archive" in done.stderr


@pytest.mark.parametrize("lost", [3, 2])
def test_our_own_outage_is_no_health(db: Path, lost: int) -> None:
    with sqlite3.connect(db) as connection:
        for (listing,) in connection.execute("SELECT id FROM listings LIMIT ?", (lost,)).fetchall():
            for table, key in (("listings", "id"), ("listing_checks", "listing")):
                connection.execute(
                    f"UPDATE {table} SET status = NULL, problem = 'no answer' "
                    f"WHERE {key} = ? AND checked_at > strftime('%Y-%m-%d', 'now', '-1 days')",
                    (listing,),
                )
        connection.execute("DELETE FROM request_counts")
    done = dateline("health", "--db", str(db))
    assert done.returncode == 3
    told = json.loads(dateline("health", "--json", "--db", str(db)).stdout)
    if lost == 3:
        assert "no outlet has answered since 20" in done.stdout
        assert "0 well" in done.stdout
        assert told["outage"]["outlets"] == 3
    else:
        assert told["outage"] is None
        assert "is emptied" in done.stdout


def test_an_outlet_that_never_worked_is_not_well(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    with Site() as site:
        site.pages["/feed.xml"] = Answer(feed(site.origin, []))
        crawl(db, "--feed", f"{site.origin}/nofeed.xml", allow=site.host)
        done = dateline("health", "--db", str(db))
    assert "is failing since 20" in done.stdout
    assert "and never worked: HTTP 404" in done.stdout
    assert "0 outlets in trouble, 1 failing, 0 well" in done.stdout
    assert done.returncode == 3
    (found,) = json.loads(dateline("health", "--json", "--db", str(db)).stdout)["failing"]
    assert found["problem"] == "HTTP 404"
