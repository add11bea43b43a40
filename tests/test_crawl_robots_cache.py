"""robots.txt is asked again when its headers say so, and never goes unheeded in between."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from scraper.archive import robots_files
from scraper.archive.robots_files import RobotsFile
from scraper.archive.writer import Archive
from scraper.crawl.freshness import fresh_seconds
from scraper.crawl.robots_cache import FRESH_MAX, FRESH_MIN, file_of
from tests.crawling import ROOT, crawl, environment, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ORIGIN = "https://gazette.example"
RULES = "User-agent: *\nDisallow: /private/\n"


def said(status: int = 200, body: str = RULES, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"{ORIGIN}/robots.txt", status=status, headers=named, body=body.encode())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=3600"}, 3600),
        ({"cache-control": 'Public, MAX-AGE="60"'}, 60),
        ({"cache-control": "max-age=3600", "age": "600"}, 3000),
        ({"cache-control": "max-age=10", "age": "99999999999999"}, 10),
        ({"cache-control": "max-age=60, no-cache"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=soon"}, 0),
        ({"cache-control": "max-age=-1", "expires": "Wed, 04 Mar 2026 13:00:00 GMT"}, 0),
        ({"cache-control": "private", "expires": "Wed, 04 Mar 2026 13:00:00 GMT"}, 3600),
        (
            {"expires": "Tue, 01 Jan 2030 01:00:00 GMT", "date": "Tue, 01 Jan 2030 00:00:00 GMT"},
            3600,
        ),
        ({"expires": "0"}, 0),
        ({"expires": "Wed, 04 Mar 2026 11:00:00 GMT"}, 0),
        ({"cache-control": ",,=,;max-age"}, None),
    ],
)
def test_headers_say_for_how_long(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_seconds(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("headers", "lifetime"),
    [
        ({}, FRESH_MAX),
        ({"Cache_Control": "max-age=3600"}, timedelta(hours=1)),
        ({"Cache_Control": "no-store"}, FRESH_MIN),
        ({"Cache_Control": "max-age=9999999999"}, FRESH_MAX),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, FRESH_MAX),
    ],
)
def test_a_file_is_kept_within_bounds(headers: dict[str, Any], lifetime: timedelta) -> None:
    file = file_of(ORIGIN, said(**headers), None, NOON)
    assert file.expires_at == NOON + lifetime
    assert file.is_fresh(file.expires_at - timedelta(seconds=1))
    assert not file.is_fresh(file.expires_at)
    assert not file.is_fresh(NOON - timedelta(hours=1)), "the clock was set back"


def test_not_modified_renews_what_was_kept_for_as_long_as_it_was_said_before() -> None:
    kept = file_of(ORIGIN, said(Cache_Control="max-age=1800", ETag='"a"'), None, NOON)
    later = NOON + timedelta(hours=1)
    renewed = file_of(ORIGIN, said(304, ""), kept, later)
    assert (renewed.body, renewed.status, renewed.etag) == (RULES, 200, '"a"')
    assert renewed.expires_at == later + timedelta(minutes=30)
    again = file_of(ORIGIN, said(304, "", ETag='"b"', Cache_Control="max-age=600"), kept, later)
    assert (again.etag, again.expires_at) == ('"b"', later + timedelta(minutes=10))


def test_a_missing_file_is_no_rules_and_validators_of_another_address_are_not_kept() -> None:
    missing = file_of(ORIGIN, said(404, "<h1>Disallow: /</h1>", ETag='"e"'), None, NOON)
    assert (missing.status, missing.body, missing.etag) == (404, "", "")
    moved = said(ETag='"e"').replace(url="https://other.example/robots.txt")
    assert file_of(ORIGIN, moved, None, NOON).etag == ""


def test_what_utf8_cannot_read_takes_no_rule_away() -> None:
    answer = said().replace(body=b"\xef\xbb\xbfUser-agent: *\n# caf\xe9\nDisallow: /a\n")
    assert robots_files.rules(file_of(ORIGIN, answer, None, NOON).body) == [
        "user-agent:*",
        "disallow:/a",
    ]


def test_only_other_rules_are_a_change(archive: Archive) -> None:
    def keep(body: str, minute: int, status: int = 200) -> tuple[object, ...]:
        at = NOON + timedelta(minutes=minute)
        file = RobotsFile(ORIGIN, at, at + FRESH_MAX, status, body)
        robots_files.keep(archive, file)
        found = robots_files.find(archive.connection, ORIGIN)
        assert found == file
        return tuple(
            archive.connection.execute(
                "SELECT changed_at, previous_body FROM robots_files"
            ).fetchone()
        )

    assert keep(RULES, 0) == (None, None)
    assert keep(f"# welcome\n\n{RULES.replace(': ', ' :  ')}Sitemap: /new.xml", 1) == (None, None)
    told = keep(f"{RULES}Disallow: /world/\n", 2)
    assert told == (
        "2026-03-04T12:02:00Z",
        f"# welcome\n\n{RULES.replace(': ', ' :  ')}Sitemap: /new.xml",
    )
    assert keep(f"{RULES}Disallow: /world/\n", 3) == told
    assert keep("", 4, status=404) == ("2026-03-04T12:04:00Z", f"{RULES}Disallow: /world/\n")
    assert keep("\ufffd", 5)[0] == "2026-03-04T12:04:00Z"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        found.pages["/robots.txt"] = Answer(RULES, headers={"ETag": '"r1"'}, kind="text/plain")
        items = [("/world/a-story-of-today", "A story"), ("/private/a-story-of-today", "Secret")]
        found.pages["/feed.xml"] = Answer(feed(found.origin, items))
        found.pages["/world/a-story-of-today"] = Answer(article("A story", PARAGRAPHS))
        yield found


def again(db: Path, site: Site, *words: str, age: timedelta | None = None) -> list[str]:
    """Crawl the site's feed, its robots.txt being older by `age`; return what was asked."""
    if age is not None:
        with closing(sqlite3.connect(db)) as connection:
            at = datetime.now(UTC) - age
            stale = f"{at:%Y-%m-%dT%H:%M:%SZ}"
            connection.execute("UPDATE robots_files SET checked_at = ?1, expires_at = ?1", (stale,))
            connection.commit()
    site.asked.clear()
    crawl(db, "--feed", f"{site.origin}/feed.xml", *words, allow=site.host)
    return site.paths()


def test_a_file_is_asked_once_then_kept_across_runs_and_still_obeyed(
    tmp_path: Path, site: Site
) -> None:
    db = tmp_path / "a.db"
    assert again(db, site) == ["/robots.txt", "/feed.xml", "/world/a-story-of-today"]
    assert again(db, site) == ["/feed.xml"]
    site.pages["/world/another-story"] = Answer(article("Another", PARAGRAPHS[::-1]))
    items = [("/world/another-story", "Another"), ("/private/another-story", "Secret")]
    site.pages["/feed.xml"] = Answer(feed(site.origin, items))
    assert again(db, site) == ["/feed.xml", "/world/another-story"]
    (kept,) = rows(db, "SELECT * FROM robots_files")
    assert (kept["origin"], kept["body"], kept["etag"]) == (site.origin, RULES, '"r1"')


def test_a_stale_file_is_asked_for_conditionally(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    again(db, site)
    assert again(db, site, age=timedelta(hours=2)) == ["/robots.txt", "/feed.xml"]
    assert site.asked[0].headers["if-none-match"] == '"r1"'
    assert again(db, site) == ["/feed.xml"]
    assert {row["status"] for row in rows(db, "SELECT status FROM request_counts")} == {200, 304}


def test_a_file_that_cannot_be_had_is_gone_by_for_a_day_and_then_forbids(
    tmp_path: Path, site: Site
) -> None:
    db = tmp_path / "a.db"
    again(db, site)
    site.pages["/robots.txt"] = Answer(status=500)
    assert set(again(db, site, age=timedelta(hours=2))) == {"/robots.txt", "/feed.xml"}
    assert set(again(db, site)) == {"/robots.txt", "/feed.xml"}, "it is asked again soon"
    assert set(again(db, site, age=timedelta(hours=25))) == {"/robots.txt"}
    (check,) = rows(db, "SELECT problem FROM listing_checks ORDER BY id DESC LIMIT 1")
    assert check["problem"] == "robots.txt could not be had: HTTP 500"


def test_rules_that_changed_are_obeyed_and_told(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    again(db, site)
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n", kind="text/plain")
    assert again(db, site, age=timedelta(hours=2)) == ["/robots.txt"]
    (kept,) = rows(db, "SELECT previous_body, changed_at FROM robots_files")
    assert kept["previous_body"] == RULES
    (day,) = rows(db, "SELECT robots_change_count AS changes FROM outlet_days")
    assert day["changes"] == 1


def test_a_delay_that_is_kept_is_kept_to(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.6\n", kind="text/plain")
    again(db, site)
    stories = [(f"/world/story-number-{n}", f"Story {n}") for n in range(3)]
    site.pages["/feed.xml"] = Answer(feed(site.origin, stories))
    assert len(again(db, site)) == 4
    assert site.asked[-1].at - site.asked[1].at > 1.1


def test_a_replay_neither_uses_nor_keeps_the_file(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    again(db, site)
    files = [w for path in (tmp_path / "captures").glob("*.warc.gz") for w in ("--replay", path)]
    copy = tmp_path / "b.db"
    crawl(copy, "--feed", f"{site.origin}/feed.xml", *map(str, files))
    assert rows(copy, "SELECT * FROM robots_files") == []
    kinds = rows(copy, "SELECT DISTINCT kind FROM request_counts")
    assert kinds == [{"kind": "replay"}]


def test_a_delay_is_kept_to_from_one_crawl_to_the_next(tmp_path: Path, site: Site) -> None:
    """Outlets of one host are crawled one after the other, and the host is asked as by one."""
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 4\n", kind="text/plain")
    declared = '''
from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class {name}(OutletSpider):
    """One of two at a host."""

    name = "{slug}"
    outlet = Outlet("{name}", "IE", ("en",), homepage="{origin}/")
    feeds = ("{origin}/{slug}.xml",)
'''
    made = [
        declared.format(name=slug.title(), slug=slug, origin=site.origin) for slug in ("ada", "bea")
    ]
    (tmp_path / "of_one_host.py").write_text("".join(made))
    for slug in ("ada", "bea"):
        site.pages[f"/{slug}.xml"] = Answer(feed(site.origin, []))
    done = subprocess.run(
        [sys.executable, "-c", ROUND, str(tmp_path / "a.db"), site.host],
        env=environment(PYTHONPATH=f"{ROOT}:{tmp_path}"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert site.paths() == ["/robots.txt", "/ada.xml", "/bea.xml"]
    assert site.asked[2].at - site.asked[1].at >= 3.9


ROUND = """
import sys
from of_one_host import Ada, Bea
from scraper.crawl.rounds import crawl_settings, run_round

given = {"DATELINE_DB": sys.argv[1], "DATELINE_ALLOW": [sys.argv[2]], "DATELINE_WORKERS": 1}
settings = crawl_settings(given | {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False})
run_round([Ada, Bea], settings, lambda run: None)
"""
