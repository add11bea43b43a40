"""outlets list, show and check: what is declared, how it does, and what is wrong with it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.lock import ArchiveLock
from scraper.archive.warc import WarcWriter
from scraper.crawl.outlets import load_outlets
from scraper.records import Capture
from tests.conftest import NOON, Desk
from tests.crawling import dateline
from tests.site import PARAGRAPHS, article

BODY = ["Zwei Züge stießen am Montag zusammen. " * 12, "Der Rat der Stadt tagt am Abend. " * 12]
NEWS = datetime(2026, 3, 4, 8, tzinfo=UTC)
TAGESSCHAU = "https://www.tagesschau.de/ausland"
REGIONAL = "https://www.tagesschau.de/ausland/europa"
FAZ = "https://www.faz.net/rss/aktuell/politik"


def rss(urls: list[str], at: datetime = NEWS) -> str:
    """Return a feed of articles of one time."""
    entries = "".join(
        f"<item><title>Nachricht</title><link>{url}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for url in urls
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{entries}</channel></rss>'


def page(
    title: str, paragraphs: list[str], lang: str, canonical: str = "", author: str = "Mara Quill"
) -> str:
    """Return a page with everything that a check looks for."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-03-04T08:00:00+00:00",
    }
    credit = {"author": {"@type": "Person", "name": author}} if author else {}
    head = f'<script type="application/ld+json">{json.dumps(told | credit)}</script>'
    if canonical:
        head += f'<link rel="canonical" href="{canonical}">'
    return article(title, paragraphs, head=head, lang=lang)


Pages = dict[str, tuple[int, str, dict[str, str]]]


def web(folder: Path, pages: Pages) -> Path:
    """Write what the web answers to a WARC file, and return it."""
    writer = WarcWriter(folder / "web")
    for url, (status, text, headers) in pages.items():
        body = text.encode()
        kind = {"Content-Type": "text/html; charset=utf-8"} | headers
        capture = Capture(url, body, kind, NOON, status)
        writer.write_response(capture, hashlib.sha256(body).digest())
    writer.close()
    (file,) = (folder / "web").iterdir()
    return file


def check(folder: Path, pages: Pages, *names: str) -> tuple[int, dict[str, Any]]:
    """Check outlets against such a web; return the exit code and what was told of each."""
    done = dateline("outlets", "check", *names, "--json", "--replay", str(web(folder, pages)))
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout, done.stderr
    return done.returncode, {one["slug"]: one for one in json.loads(done.stdout)}


def words_of(found: dict[str, Any], slug: str) -> str:
    return "\n".join(f"{one['about']}: {one['words']}" for one in found[slug]["remarks"])


def test_an_outlet_that_is_well_is_well(tmp_path: Path) -> None:
    story = f"{REGIONAL}/zugunglueck-101.html"
    pages: Pages = {
        f"{TAGESSCHAU}/index~rss2.xml": (200, rss([story]), {}),
        TAGESSCHAU: (200, f'<html><body><a href="{story}">Zwei Züge</a></body></html>', {}),
        story: (200, page("Zwei Züge", BODY, "de"), {}),
    }
    code, found = check(tmp_path, pages, "tagesschau")
    assert code == 0, found
    feed, section = found["tagesschau"]["listings"]
    assert (feed["status"], feed["entries"], feed["matching"], feed["wanted"]) == (200, 1, 1, 1)
    assert feed["newest_at"] == "2026-03-04T08:00:00Z"
    assert section["wanted"] == 1
    (asked,) = found["tagesschau"]["articles"]
    assert asked["record"]["authors"] == ["Mara Quill"]
    assert asked["record"]["field_sources"]["title"]
    assert not found["tagesschau"]["needs_person"]


def test_what_is_wrong_is_told_with_what_to_do(tmp_path: Path) -> None:
    spiegel = load_outlets()["spiegel"].feeds
    elsewhere = "https://www.spiegel.de/ausland/ein-unfall-a-0a1b2c3d.html"
    dw = "https://www.dw.com/en/a-story/a-70000001"
    bbc = "https://www.bbc.com/news/articles/c0ffee"
    old = NEWS - timedelta(days=40)
    pages: Pages = {
        f"{TAGESSCHAU}/index~rss2.xml": (404, "", {}),
        TAGESSCHAU: (200, "<html><body><div id='app'></div></body></html>", {}),
        FAZ: (200, rss([f"https://www.faz.net/neu/{n}" for n in range(5)]), {}),
        spiegel[0]: (200, page("Willkommen", BODY, "de"), {}),
        spiegel[1]: (200, rss([elsewhere]), {}),
        elsewhere: (200, page("Ein Unfall", BODY, "de", "https://other.example/unfall"), {}),
        "https://rss.dw.com/rdf/rss-en-world": (200, rss([dw], old), {}),
        dw: (200, page("Zwei Züge", BODY, "de"), {}),
        "https://feeds.bbci.co.uk/robots.txt": (200, "User-agent: *\nDisallow: /\n", {}),
        bbc: (200, page("A story", PARAGRAPHS, "en"), {}),
    }
    code, found = check(tmp_path, pages, "tagesschau", "faz", "spiegel", "dw", "bbc")
    assert code == 3
    assert all(one["needs_person"] for one in found.values())
    told = words_of(found, "tagesschau")
    assert "HTTP 404: it is gone, look for its new address on https://www.tagesschau.de" in told
    assert "shows no links that look like articles" in told
    told = words_of(found, "faz")
    assert "article_urls matches none of 5 entries, such as https://www.faz.net/neu/0 " in told
    assert told.count("https://www.faz.net/neu/") == 3
    told = words_of(found, "spiegel")
    assert "an HTML page came in place of a feed" in told
    assert "names https://other.example/unfall on another site as its own address" in told
    told = words_of(found, "dw")
    assert "its newest entry is 40 days old (2026-01-23)" in told
    assert "its text is in de, declared is en" in told
    assert "robots.txt forbids it" in words_of(found, "bbc")


def test_times_are_told_in_utc_whatever_the_feed_s_clock(tmp_path: Path) -> None:
    feed = f"{TAGESSCHAU}/index~rss2.xml"
    text = rss([f"{REGIONAL}/zugunglueck-101.html"]).replace("08:00:00 +0000", "17:00:00 +0900")
    file = web(tmp_path, {feed: (200, text, {})})
    done = dateline("outlets", "check", "tagesschau", "--replay", str(file))
    assert "1 entries, the newest of 2026-03-04 08:00 UTC" in done.stdout


def test_a_weekly_is_not_abandoned_between_two_issues(tmp_path: Path) -> None:
    feed = f"{TAGESSCHAU}/index~rss2.xml"
    for pause, is_abandoned in ((7, False), (1, True)):
        issues = [NEWS - timedelta(days=9 + pause * number) for number in range(4)]
        items = [
            rss([f"{REGIONAL}/issue-{at:%j}.html"], at)
            .partition("<item>")[2]
            .partition("</chan")[0]
            for at in issues
        ]
        text = rss([]).replace("</channel>", "<item>" + "<item>".join(items) + "</channel>")
        folder = tmp_path / str(pause)
        _, found = check(folder, {feed: (200, text, {})}, "tagesschau")
        assert ("its newest entry is 9 days old" in words_of(found, "tagesschau")) is is_abandoned


def test_what_is_only_worth_knowing_needs_nobody(tmp_path: Path) -> None:
    feed, moved = f"{TAGESSCHAU}/index~rss2.xml", "https://www.tagesschau.de/new.xml"
    story = f"{REGIONAL}/zugunglueck-101.html"
    pages: Pages = {
        feed: (301, "", {"Location": moved}),
        moved: (200, rss([story, f"{REGIONAL}/a", f"{REGIONAL}/b"]), {}),
        TAGESSCHAU: (200, f'<html><body><a href="{story}">Zwei Züge</a></body></html>', {}),
        story: (200, page("Zwei Züge stoßen bei Nacht zusammen", BODY, "de", author=""), {}),
    }
    code, found = check(tmp_path, pages, "tagesschau")
    told = words_of(found, "tagesschau")
    assert code == 0, told
    assert f"it has moved to {moved}: declare that" in told
    assert "article_urls matches 1 of 3 entries" in told
    assert "nobody is named as its author" in told


def test_a_check_for_people_shows_fields_and_needs_no_archive(tmp_path: Path) -> None:
    story = f"{REGIONAL}/zugunglueck-101.html"
    pages: Pages = {
        f"{TAGESSCHAU}/index~rss2.xml": (200, rss([story]), {}),
        story: (200, page("Zwei Züge", BODY, "de"), {}),
    }
    file = web(tmp_path, pages)
    db = tmp_path / "archive.db"
    with ArchiveLock(db, "a scheduler"):
        done = dateline(
            "outlets", "check", "tagesschau", "--replay", str(file), DATELINE_DB=str(db)
        )
    assert done.returncode == 3  # its section is not there
    told = done.stdout
    assert told.index("verdict: needs a person") < told.index("to mend: ") < told.index("feed ")
    assert "1 entries, the newest of 2026-03-04 08:00 UTC" in told
    assert "Zwei Züge; Mara Quill; 2026-03-04 08:00 UTC; de; " in told
    assert "json-ld" not in told
    whole = dateline("outlets", "check", "tagesschau", "-v", "--replay", str(file)).stdout
    assert "title: Zwei Züge  [from json-ld headline]" in whole
    assert not db.exists()


def test_an_excluded_outlet_is_not_asked() -> None:
    name = next(name for name, spider in load_outlets().items() if spider.excluded)
    done = dateline("outlets", "check", name)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{name} is not asked: ")


@pytest.mark.parametrize("words", [(), ("no-such-outlet",), ("bbc", "-s", "nonsense")])
def test_wrong_usage_is_said(words: tuple[str, ...]) -> None:
    assert dateline("outlets", "check", *words).returncode == 2


def test_nobody_is_asked_without_a_contact() -> None:
    done = dateline("outlets", "check", "bbc")
    assert done.returncode == 1
    assert "DATELINE_CONTACT" in done.stderr


def test_list_of_declarations_needs_no_archive(tmp_path: Path) -> None:
    where = ("--db", str(tmp_path / "none.db"))
    done = dateline("outlets", "list", "--country", "de", "--language", "en", "--json", *where)
    rows = json.loads(done.stdout)
    assert {"dw", "spiegel"} <= {row["slug"] for row in rows}
    assert "tagesschau" not in {row["slug"] for row in rows}
    assert "articles_a_day" not in rows[0]
    excluded = json.loads(dateline("outlets", "list", "--excluded", "--json", *where).stdout)
    assert excluded
    assert all(row["excluded"] for row in excluded)
    assert not (tmp_path / "none.db").exists()


@pytest.fixture
def watched(desk: Desk, tmp_path: Path) -> Path:
    """An archive in which tagesschau does well and faz does not."""
    run = desk.archive.connection.execute
    for slug in ("tagesschau", "faz"):
        run(
            "INSERT INTO outlets (slug, name, languages, timezone, homepage, is_declared, added_at) "
            "VALUES (?, ?, '[]', 'UTC', '', 1, '2026-03-01T00:00:00Z')",
            (slug, slug),
        )
    run(
        "INSERT INTO crawl_runs (outlet, started_at, ended_at, outcome, pid, version, listings) VALUES "
        "('tagesschau', '2026-03-04T11:00:00Z', '2026-03-04T11:01:00Z', 'done', 1, '1', 1), "
        "('faz', '2026-03-04T11:00:00Z', '2026-03-04T11:01:00Z', 'failed', 1, '1', 1)"
    )
    run(
        "INSERT INTO listings (url, outlet, kind, checked_at, status, candidate_count, due_at, "
        "interval_seconds, due_reason) VALUES (?, 'tagesschau', 'feed', '2026-03-04T11:00:00Z', "
        "200, 30, '2026-03-04T11:30:00Z', 1800, 'rhythm')",
        (f"{TAGESSCHAU}/index~rss2.xml",),
    )
    for hour in range(168):
        run("INSERT INTO listing_hours VALUES (1, ?, 4, ?)", (hour, 8 if hour % 24 == 9 else 1))
    for back, articles in ((1, 40), (2, 20), (5, 900)):  # the last: found by the first look
        day = (datetime.now(UTC) - timedelta(days=back)).date().isoformat()
        run("INSERT INTO daily_counts VALUES (?, 'tagesschau', 'de', ?)", (day, articles))
        if back <= 2:
            run("INSERT INTO collected_days VALUES ('tagesschau', ?, 1)", (day,))
    run(
        "INSERT INTO incidents (outlet, kind, field, severity, opened_at, seen_at, evidence) "
        "VALUES ('faz', 'drifted', 'author', 2.0, '2026-03-04T10:00:00Z', "
        "'2026-03-04T11:00:00Z', '{}')"
    )
    run(
        "INSERT INTO robots_files (origin, checked_at, expires_at, status, body) VALUES "
        "('https://www.tagesschau.de', '2026-03-04T06:00:00Z', '2026-03-05T06:00:00Z', 200, '')"
    )
    return tmp_path / "archive.db"


def test_list_tells_how_each_outlet_does(watched: Path) -> None:
    where = ("--db", str(watched))
    rows = json.loads(dateline("outlets", "list", "--json", *where).stdout)
    by_slug = {row["slug"]: row for row in rows}
    assert by_slug["tagesschau"]["articles_a_day"] == 30
    assert by_slug["tagesschau"]["last_success_at"] == "2026-03-04T11:01:00Z"
    assert by_slug["tagesschau"]["due_at"] == "2026-03-04T11:30:00Z"
    assert by_slug["faz"]["incidents"] == ["drifted author"]
    failing = json.loads(dateline("outlets", "list", "--failing", "--json", *where).stdout)
    assert [row["slug"] for row in failing] == ["faz"]
    shown = dateline("outlets", "list", "--country", "DE", *where).stdout
    assert "2026-03-04 11:01\t30.0\t2026-03-04 11:30" in shown
    assert "drifted author" in shown


def test_what_fails_is_listed_though_nobody_declared_it(watched: Path, desk: Desk) -> None:
    run = desk.archive.connection.execute
    run(
        "INSERT INTO outlets (slug, name, languages, timezone, homepage, is_declared, added_at) "
        "VALUES ('weekly.example', 'weekly.example', '[]', 'UTC', '', 0, '2026-03-01T00:00:00Z')"
    )
    run(
        "INSERT INTO listings (url, outlet, kind) "
        "VALUES ('https://weekly.example/feed', 'weekly.example', 'feed')"
    )
    run(
        "INSERT INTO crawl_runs (outlet, started_at, ended_at, outcome, pid, version) VALUES "
        "('weekly.example', '2026-03-04T11:00:00Z', '2026-03-04T11:01:00Z', 'failed', 1, '1')"
    )
    where = ("--db", str(watched))
    failing = json.loads(dateline("outlets", "list", "--failing", "--json", *where).stdout)
    assert [(row["slug"], row["is_declared"]) for row in failing] == [
        ("faz", True),
        ("weekly.example", False),
    ]
    assert failing[1]["listings"] == ["https://weekly.example/feed"]
    shown = dateline("outlets", "list", "--failing", *where).stdout
    assert "last run failed (not declared)" in shown
    declared = json.loads(dateline("outlets", "list", "--json", *where).stdout)
    assert "weekly.example" not in {row["slug"] for row in declared}


def test_show_tells_the_week_and_each_listing(watched: Path) -> None:
    done = dateline("outlets", "show", "tagesschau", "--db", str(watched))
    assert done.returncode == 0, done.stderr
    assert "asked 2026-03-04 11:00: HTTP 200, 30 articles" in done.stdout
    assert "next look 2026-03-04 11:30 (rhythm), 30 min after the last" in done.stdout
    assert "Mon ▂▂▂▂▂▂▂▂▂█▂▂▂▂▂▂▂▂▂▂▂▂▂▂" in done.stdout
    assert (
        "robots.txt of https://www.tagesschau.de: HTTP 200, asked 2026-03-04 06:00" in done.stdout
    )
    told = json.loads(dateline("outlets", "show", "faz", "--json", "--db", str(watched)).stdout)
    assert told["archive"]["open_incidents"][0]["kind"] == "drifted"
    assert told["world_urls"] == "/politik/ausland/"


def test_show_tells_which_listings_need_no_rule(tmp_path: Path) -> None:
    where = ("--db", str(tmp_path / "none.db"))
    told = json.loads(dateline("outlets", "show", "prothom-alo", "--json", *where).stdout)
    assert told["world_listings"] == ["https://www.prothomalo.com/feed/world"]
    shown = dateline("outlets", "show", "prothom-alo", *where).stdout
    assert "world listings: https://www.prothomalo.com/feed/world" in shown
