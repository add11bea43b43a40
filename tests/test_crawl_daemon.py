"""The scheduler over a small local site, by a clock that jumps: what is asked when, and no more."""

import contextlib
import json
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.crawling import QUICK, ROOT, command, dateline, environment, rows
from tests.scheduled import Scheduled
from tests.site import PARAGRAPHS, Answer, Site, article

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def story(number: int) -> str:
    return f"/world/story-number-{number}-of-the-day"


def publish(site: Site, numbers: range, *, changed: frozenset[int] = frozenset()) -> None:
    """Have the site list stories in a news sitemap, each with its time of change."""
    entries = ""
    for number in numbers:
        minute = NINE - HOUR + timedelta(minutes=number) + (number in changed) * 30 * HOUR
        entries += (
            f"<url><loc>{site.origin}{story(number)}</loc><lastmod>{minute.isoformat()}</lastmod>"
            f"<n:news><n:publication_date>{(NINE - HOUR).isoformat()}</n:publication_date>"
            f"<n:title>Story number {number}</n:title></n:news></url>"
        )
        text = [f"Story number {number}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
        text += ["It was said later that more will follow."] if number in changed else []
        site.pages[story(number)] = Answer(
            article(f"Story number {number}", text), headers={"ETag": f'"{number in changed}"'}
        )
    body = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )
    site.pages["/news.xml"] = Answer(
        body, kind="application/xml", headers={"ETag": f'"{len(numbers)}-{len(changed)}"'}
    )


def life(folder: Path, site: Site, start: datetime, end: datetime | None = None) -> Scheduled:
    """Return a scheduler's life over the site's sitemap."""
    db, listings = str(folder / "archive.db"), [("news_sitemaps", f"{site.origin}/news.xml")]
    return Scheduled(db, listings, [site.host], str(start), str(end) if end else "")


def asked(site: Site) -> Counter[str]:
    """Return what was asked since the last call, robots.txt aside."""
    found = Counter(path for path in site.paths() if path != "/robots.txt")
    site.asked.clear()
    return found


def test_an_unchanged_world_costs_one_conditional_request_and_a_changed_one_n_and_m(
    tmp_path: Path,
) -> None:
    with Site() as site:
        publish(site, range(6))
        (first,) = life(tmp_path, site, NINE).run()
        assert first["new"] == 6
        site.asked.clear()
        # All looks at the articles but the last are over, and the last is not due yet.
        (due,) = life(tmp_path, site, NINE + 30 * HOUR).run()
        assert due["not_modified"] == 6
        asked(site)

        (second,) = life(tmp_path, site, NINE + 60 * HOUR).run()
        conditions = [one.headers.get("if-none-match") for one in site.asked]
        assert asked(site) == {"/news.xml": 1}
        assert conditions[-1] == '"6-0"'
        assert second["outcome"] == "done"

        publish(site, range(9), changed=frozenset({1, 4}))
        (third,) = life(tmp_path, site, NINE + 90 * HOUR).run()
        new_and_changed = {story(number): 1 for number in (1, 4, 6, 7, 8)}
        assert asked(site) == {"/news.xml": 1} | new_and_changed
        assert (third["new"], third["revised"]) == (3, 2)


def test_nothing_is_due_again_at_once_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(6))
        life(tmp_path, site, NINE).run()
        site.asked.clear()
        assert life(tmp_path, site, NINE + timedelta(minutes=3)).run() == []
        assert not site.asked
        (listing,) = rows(tmp_path / "archive.db", "SELECT * FROM listings")
        assert listing["due_reason"] == "rhythm"
        hours = rows(tmp_path / "archive.db", "SELECT * FROM listing_hours")
        assert len(hours) == 168
        assert sum(row["fresh_count"] for row in hours) > 0


def test_a_week_brings_four_looks_at_each_article_and_one_a_day_at_a_quiet_listing(
    tmp_path: Path,
) -> None:
    with Site() as site:
        publish(site, range(4))
        runs = life(tmp_path, site, NINE, NINE + 8 * DAY).run()
        counts = asked(site)
    assert {run["outcome"] for run in runs} == {"done"}
    assert [counts[story(number)] for number in range(4)] == [4] * 4  # at 9, 14, next day, 7 d
    assert 20 <= counts["/news.xml"] <= 72  # at least each six hours, until a week was watched
    looks = rows(tmp_path / "archive.db", "SELECT checked_at FROM listing_checks ORDER BY id")
    moments = [datetime.fromisoformat(row["checked_at"]) for row in looks]
    assert moments[-1] - moments[-2] <= DAY + timedelta(minutes=1)


def test_a_last_look_that_meets_a_check_for_robots_is_over(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(4))
        life(tmp_path, site, NINE, NINE + 6 * DAY).run()
        asked(site)
        for number in range(4):
            said = "Checking your browser before accessing."
            site.pages[story(number)] = Answer(article("Just a moment", [said]))
        life(tmp_path, site, NINE + 6 * DAY, NINE + 10 * DAY).run()
        counts = asked(site)
    assert [counts[story(number)] for number in range(4)] == [1] * 4


def test_a_listing_that_fails_is_asked_ever_less_and_recovers(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(4))
        good = site.pages["/news.xml"]
        site.pages["/news.xml"] = Answer("down", status=500)
        runs = life(tmp_path, site, NINE, NINE + 2 * DAY).run()
        assert 7 <= len(runs) <= 11
        assert {run["outcome"] for run in runs} == {"failed"}
        (listing,) = rows(tmp_path / "archive.db", "SELECT * FROM listings")
        assert listing["failure_count"] == len(runs)
        assert listing["due_reason"] == "failing: HTTP 500"
        site.pages["/news.xml"] = good
        (run,) = life(tmp_path, site, NINE + 4 * DAY).run()
        assert run["new"] == 4
        (listing,) = rows(tmp_path / "archive.db", "SELECT * FROM listings")
        assert (listing["failure_count"], listing["due_reason"]) == (0, "rhythm")


def test_a_host_that_asks_for_a_day_has_it_after_a_restart_too(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(2))
        life(tmp_path, site, NINE).run()
        site.asked.clear()
        busy = Answer("later", status=503, headers={"Retry-After": str(2 * 86400)})
        site.pages["/news.xml"] = busy
        life(tmp_path, site, NINE + 12 * HOUR).run()
        site.asked.clear()
        assert life(tmp_path, site, NINE + 20 * HOUR, NINE + 30 * HOUR).run() is not None
        assert not asked(site)
        (listing,) = rows(tmp_path / "archive.db", "SELECT * FROM listings")
        assert listing["due_reason"] == "told to wait"
        assert listing["failure_count"] == 0


def test_robots_txt_that_forbids_puts_a_listing_off(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(2))
        site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n", kind="text/plain")
        life(tmp_path, site, NINE, NINE + 2 * DAY).run()
        assert set(site.paths()) == {"/robots.txt"}
    (listing,) = rows(tmp_path / "archive.db", "SELECT * FROM listings")
    assert listing["due_reason"] == "put off: robots.txt forbids it"


def held(site: Site) -> list[float]:
    """Have the sitemap keep whoever asks for it for a while; return when it was asked."""
    moments: list[float] = []

    def answer(_: Site) -> Answer:
        moments.append(time.monotonic())
        time.sleep(3)
        return Answer(status=404)

    site.pages["/news.xml"] = answer
    return moments


def wait_for(found: list[Any], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not found and time.monotonic() < until:
        time.sleep(0.05)
    assert found


def test_sigterm_ends_it_after_what_is_in_flight(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(2))
        moments = held(site)
        with life(tmp_path, site, NINE, NINE + 400 * DAY).begin() as process:
            wait_for(moments)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    (run,) = rows(tmp_path / "archive.db", "SELECT * FROM crawl_runs")
    assert run["outcome"] == "interrupted"
    assert rows(tmp_path / "archive.db", "SELECT * FROM listing_checks")


def test_what_does_not_end_within_the_bound_is_ended(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(2))
        moments = held(site)
        scheduled = life(tmp_path, site, NINE, NINE + 400 * DAY)
        scheduled.settings["DATELINE_STOP_SECONDS"] = 0.2
        with scheduled.begin() as process:
            wait_for(moments)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        assert process.returncode == -signal.SIGTERM
        site.pages["/news.xml"] = Answer(status=404)
        publish(site, range(2))
        (run,) = life(tmp_path, site, NINE + DAY).run()
        assert run["new"] == 2


def listen(ear: socket.socket, states: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            states.append(ear.recv(1000).decode())


def words(db: Path, *more: str) -> list[str]:
    changes = [word for change in QUICK for word in ("-s", change)]
    contact = ("-s", "DATELINE_CONTACT=https://gazette.example/contact")
    return command("schedule", "--db", str(db), *changes, *contact, *more)


def test_systemd_hears_of_it_and_a_second_one_is_told_who_is_at_work(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    name = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(name))
        states: list[str] = []
        threading.Thread(target=listen, args=(ear, states), daemon=True).start()
        heard = environment(NOTIFY_SOCKET=str(name), WATCHDOG_USEC="400000")
        one = words(db, "demo-lantern")  # it may not be asked: it fails and waits
        with subprocess.Popen(one, cwd=ROOT, env=heard, text=True, stderr=-1) as process:
            wait_for(states)
            assert states[0] == "READY=1"
            for late in ([], ["--once"]):
                second = subprocess.run(
                    words(db, "demo-lantern", *late),
                    cwd=ROOT,
                    env=environment(),
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert second.returncode == 1
                assert f"process {process.pid} (the scheduler, since" in second.stderr
                assert len(second.stderr.splitlines()) == 1
            plan = dateline("schedule", "--plan", "--json", "demo-lantern", "--db", str(db))
            assert plan.returncode == 0, plan.stderr
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert {state.partition("=")[0] for state in states} >= {"STATUS", "WATCHDOG", "STOPPING"}
    entries = json.loads(plan.stdout)
    assert {entry["outlet"] for entry in entries} == {"demo-lantern"}
    assert all(entry["reason"] for entry in entries)


def test_once_tells_what_it_did(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    first = subprocess.run(
        words(db, "--once", "demo-lantern"),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert first.returncode == 3, first.stderr
    assert "FAILED" in first.stdout
    second = subprocess.run(
        words(db, "--once", "demo-lantern"),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, second.stdout) == (0, "nothing is due\n")


def test_a_host_is_asked_no_faster_over_several_crawls_than_in_one(tmp_path: Path) -> None:
    with Site() as site:
        publish(site, range(2))
        site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 1\n", kind="text/plain")
        life(tmp_path, site, NINE, NINE + 12 * HOUR).run()
        moments = [one.at for one in site.asked]
    assert len(moments) > 6
    assert min(late - early for early, late in pairwise(moments)) > 0.95
