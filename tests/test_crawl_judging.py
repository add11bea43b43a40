"""The scheduler judges what it crawls: an outlet that refuses is told once, and once when over."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.crawling import dateline, rows
from tests.scheduled import Scheduled
from tests.site import PARAGRAPHS, Answer, Site, article, feed
from tests.test_watch_alerts import Inbox, inbox, pytestmark

__all__ = ["inbox", "pytestmark"]

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_an_outlet_that_refuses_is_told_once_and_once_when_that_is_over(
    tmp_path: Path, inbox: Inbox
) -> None:
    db = tmp_path / "archive.db"

    def live(site: Site, start: datetime, days: float) -> None:
        where = [("feeds", f"{site.origin}/feed.xml")]
        end = str(start + timedelta(days=days))
        settings = {"DATELINE_ALERTS": inbox.url}
        Scheduled(str(db), where, [site.host], str(start), end, settings).run()

    with Site() as site:
        site.pages["/feed.xml"] = Answer("no", status=403)
        live(site, NINE, 3)
        (found,) = rows(db, "SELECT kind, closed_at, told_at, evidence FROM incidents")
        assert (found["kind"], found["closed_at"]) == ("blocked", None)
        assert found["told_at"]
        assert '"403"' in found["evidence"]

        path = "/world/story-number-1-of-the-day"
        site.pages["/feed.xml"] = Answer(feed(site.origin, [(path, "Story number 1")]))
        site.pages[path] = Answer(article("Story number 1", PARAGRAPHS))
        live(site, NINE + timedelta(days=3), 3)
    (over,) = rows(db, "SELECT closed_at, told_over_at FROM incidents WHERE kind = 'blocked'")
    assert over["closed_at"]
    assert over["told_over_at"]
    titles = [each["title"] for each in inbox.received]
    assert len(titles) == 2
    assert titles[0].endswith("is blocked")
    assert titles[1].endswith("is no longer blocked")


def test_addresses_of_alerts_that_are_none_are_refused_before_a_pass(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    addresses = {
        "DATELINE_ALERTS": "nonsense bar://hush",
        "DATELINE_CONTACT": "https://press.example",
    }
    for how in (("--once",), ()):
        done = dateline("schedule", *how, "bbc", "--db", str(db), **addresses)
        assert done.returncode == 1
        assert "address 1 of DATELINE_ALERTS is none" in done.stderr
        assert "Traceback" not in done.stderr
    assert not db.exists()


def test_while_no_outlet_answers_that_is_told_and_nobody_is_blamed(
    tmp_path: Path, inbox: Inbox
) -> None:
    db = tmp_path / "archive.db"
    where: list[tuple[str, str]] = []
    hosts: list[str] = []

    def live(start: datetime) -> None:
        settings = {"DATELINE_ALERTS": inbox.url}
        Scheduled(str(db), where, hosts, str(start), "", settings).run()

    with Site() as one, Site() as other:
        for site in (one, other):
            site.pages["/feed.xml"] = Answer(feed(site.origin, []))
            hosts.append(site.host)
            where.append(("feeds", f"{site.origin}/feed.xml"))
        live(NINE)
        assert len(rows(db, "SELECT slug FROM outlets")) == 2
    for hours in (25, 49, 73):  # both are gone
        live(NINE + timedelta(hours=hours))
    assert not rows(db, "SELECT kind FROM incidents")
    (message,) = inbox.received
    assert message["title"] == "Dateline: no outlet has answered since 2026-11-02 09:00 UTC"
