"""Whole crawls over a small local site: what is asked, what is stored, what is left alone."""

import itertools
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.archive.lock import ArchiveLock
from scraper.crawl.addresses import PRIVATE
from tests.crawling import QUICK, ROOT, adds_up, command, crawl, dateline, environment, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

STORIES = {f"/world/story-number-{n}-of-the-day": f"Story number {n}" for n in range(1, 5)}


def world(site: Site) -> None:
    """Give the site a feed with four stories and a robots.txt."""
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /private/\n", kind="text/plain")
    site.pages["/feed.xml"] = Answer(
        feed(site.origin, list(STORIES.items())), kind="application/rss+xml"
    )
    for path, title in STORIES.items():
        text = [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
        site.pages[path] = Answer(article(title, text), headers={"ETag": f'"{path}"'})


def test_a_crawl_stores_what_the_feed_lists_and_a_second_changes_nothing(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        (first,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        before = rows(db, "SELECT * FROM articles"), rows(db, "SELECT * FROM captures")
        site.asked.clear()
        (second,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert first["new"] == 4
    assert adds_up(first)
    assert second["known"] == 4
    assert second["fetched"] == 0
    assert adds_up(second)
    assert site.paths() == ["/feed.xml"]
    assert before == (rows(db, "SELECT * FROM articles"), rows(db, "SELECT * FROM captures"))
    assert {row["title"] for row in before[0]} == set(STORIES.values())


def test_robots_txt_is_asked_first_and_obeyed(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        site.pages["/feed.xml"] = Answer(feed(site.origin, [("/private/secret-story", "Secret")]))
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert site.paths() == ["/robots.txt", "/feed.xml"]
    assert run["failures"] == {"robots.txt forbids it": 1}


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_that_cannot_be_had_forbids_everything(tmp_path: Path, status: int) -> None:
    with Site() as site:
        world(site)
        site.pages["/robots.txt"] = Answer(status=status)
        (run,) = crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert set(site.paths()) == {"/robots.txt"}
    assert run["outcome"] == "failed"


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    with Site() as site:
        world(site)
        site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")
        crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    times = [asked.at for asked in site.asked if asked.path in STORIES]
    assert len(times) == 4
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.45


def test_crawl_delay_like_our_own_is_not_halved_at_random(tmp_path: Path) -> None:
    # Scrapy waits half to one and a half times its own delay; not where robots.txt asks for as much.
    with Site() as site:
        world(site)
        site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")
        words = ("-s", "DOWNLOAD_DELAY=0.5", "--feed", f"{site.origin}/feed.xml")
        crawl(tmp_path / "a.db", *words, allow=site.host)
    times = [asked.at for asked in site.asked if asked.path != "/robots.txt"]
    assert len(times) == 5
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.49


def test_crawl_delay_counts_from_the_last_answer(tmp_path: Path) -> None:
    with Site() as site:
        world(site)
        site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")

        def slow(page: object) -> Callable[[object], Answer]:
            def answer(_: object) -> Answer:
                time.sleep(0.3)  # as a handshake may take, before the first request only
                assert isinstance(page, Answer)
                return page

            return answer

        site.pages |= {path: slow(site.pages[path]) for path in STORIES}
        crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    times = [asked.at for asked in site.asked if asked.path in STORIES]
    assert len(times) == 4
    assert min(b - a for a, b in itertools.pairwise(times)) > 0.75


def test_retry_after_silences_the_host_for_as_long_as_it_asks(tmp_path: Path) -> None:
    first = next(iter(STORIES))
    with Site() as site:
        world(site)
        good = site.pages[first]
        busy = iter([Answer(status=429, headers={"Retry-After": "2"})])
        assert isinstance(good, Answer)
        site.pages[first] = lambda _: next(busy, good)
        (run,) = crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    times = [asked.at for asked in site.asked]
    refused = next(n for n, asked in enumerate(site.asked) if asked.path == first)
    assert run["new"] == 4
    assert times[refused + 1] - times[refused] > 1.9


def test_a_host_that_asks_for_a_long_pause_is_left_alone_until_then(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        for path in STORIES:
            site.pages[path] = Answer(status=503, headers={"Retry-After": "7200"})
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        asked = len(site.asked)
        (again,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert run["failed"] == 4
    assert asked == 3
    assert again["deferred"] == 4
    assert len(site.asked) == asked + 1


def test_revisits_are_conditional_and_edits_become_revisions(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    edited, gone, *_ = STORIES
    with Site() as site:
        world(site)
        crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        text = [PARAGRAPHS[0].replace("eleven", "twelve"), *PARAGRAPHS[1:]]
        site.pages[edited] = Answer(article("Story number 1, corrected", text))
        site.pages[gone] = Answer(status=410)
        site.asked.clear()
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", "--revisit", allow=site.host)
    assert (run["revised"], run["gone"], run["not_modified"]) == (1, 1, 2)
    assert adds_up(run), str(run)
    conditions = {a.path: a.headers.get("if-none-match") for a in site.asked if a.path in STORIES}
    assert conditions == {path: f'"{path}"' for path in STORIES}
    changed = rows(db, "SELECT * FROM revisions WHERE number = 2")
    assert [row["title"] for row in changed] == ["Story number 1, corrected"]
    (kept,) = rows(db, "SELECT * FROM articles WHERE gone_at IS NOT NULL")
    assert kept["url"].endswith(gone)
    assert PARAGRAPHS[1] in kept["body"]


def test_redirects_to_private_addresses_are_not_followed(tmp_path: Path) -> None:
    first = next(iter(STORIES))
    with Site() as secret, Site() as site:
        world(site)
        for path, target in zip(
            STORIES, (secret.origin, secret.origin.replace("127.0.0.1", "localhost")), strict=False
        ):
            site.pages[path] = Answer(status=302, headers={"Location": f"{target}/inside"})
        (run,) = crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert secret.asked == []
    assert run["new"] == 2
    assert run["failures"] == {PRIVATE: 2}
    assert first in site.paths()


def moved(site: Site, old: str, target: str) -> None:
    site.pages[old] = Answer(status=301, headers={"Location": target})


def test_redirects_are_followed_and_every_address_is_kept(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        site.pages["/feed-now.xml"] = site.pages["/feed.xml"]
        moved(site, "/feed.xml", "/feed-now.xml")
        old = next(iter(STORIES))
        site.pages["/world/its-new-address-for-good"] = site.pages[old]
        moved(site, old, "/world/its-new-address-for-good")
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert run["new"] == 4
    found = rows(
        db,
        "SELECT kind, url FROM article_urls WHERE url LIKE '%new-address%' OR url = ?",
        site.origin + old,
    )
    assert {row["kind"] for row in found} == {"final", "offered"}


def test_a_redirect_to_another_site_is_no_article(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as other, Site() as site:
        world(site)
        old = next(iter(STORIES))
        other.pages["/consent"] = Answer(article("Accept our cookies", PARAGRAPHS))
        moved(site, old, f"{other.origin}/consent")
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=f"{site.host},{other.host}")
    assert (run["new"], run["no_article"]) == (3, 1)


def test_validators_do_not_travel_with_a_redirect(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    old = next(iter(STORIES))
    with Site() as site:
        world(site)
        crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        site.pages["/consent"] = Answer(
            article("Cookies", ["Please accept."]), headers={"ETag": f'"{old}"'}
        )
        moved(site, old, "/consent")
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", "--revisit", allow=site.host)
    assert [a.headers.get("if-none-match") for a in site.asked if a.path == "/consent"] == [None]
    assert run["not_modified"] == 3
    assert len(rows(db, "SELECT * FROM revisions")) == 4


def test_a_redirect_loop_ends(tmp_path: Path) -> None:
    with Site() as site:
        world(site)
        moved(site, next(iter(STORIES)), "/loop")
        moved(site, "/loop", "/loop")
        (run,) = crawl(tmp_path / "a.db", "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert (run["new"], run["failed"]) == (3, 1)
    assert site.paths().count("/loop") < 12


def sitemap(*addresses: str, index: bool = False) -> Answer:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    body = "".join(f"<{inner}><loc>{address}</loc></{inner}>" for address in addresses)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return Answer(
        f"<{outer} {space}>{body}</{outer}>",
        kind="application/xml",
        headers={"ETag": f'"{len(body)}"'},
    )


def test_an_unchanged_sitemap_index_does_not_hide_what_is_new_below_it(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    first, second, *_ = STORIES
    with Site() as site:
        world(site)
        site.pages["/index.xml"] = sitemap(f"{site.origin}/news.xml", index=True)
        site.pages["/news.xml"] = sitemap(f"{site.origin}{first}")
        words = ["--news-sitemap", f"{site.origin}/index.xml"]
        (one,) = crawl(db, *words, allow=site.host)
        site.pages["/news.xml"] = sitemap(f"{site.origin}{first}", f"{site.origin}{second}")
        (two,) = crawl(db, *words, allow=site.host)
    assert (one["new"], two["new"]) == (1, 1)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_passing_refusal_loses_no_article(tmp_path: Path, status: int) -> None:
    db = tmp_path / "a.db"
    old = next(iter(STORIES))
    with Site() as site:
        world(site)
        good = site.pages[old]
        site.pages[old] = Answer(status=status)
        (one,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        site.pages[old] = good
        make_due(db)
        (two,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert (one["new"], one["failed"], two["new"]) == (3, 1, 1)


def test_an_interstitial_is_looked_at_again(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    old = next(iter(STORIES))
    with Site() as site:
        world(site)
        good = site.pages[old]
        site.pages[old] = Answer(
            "<html><title>Just a moment</title><p>Checking your browser.</p></html>"
        )
        (one,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        site.pages[old] = good
        make_due(db)
        (two,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert (one["new"], one["no_article"], two["new"]) == (3, 1, 1)


def test_an_article_that_was_missing_for_a_while_comes_back(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    old = next(iter(STORIES))
    with Site() as site:
        world(site)
        good = site.pages[old]
        crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        site.pages[old] = Answer(status=404)
        crawl(db, "--feed", f"{site.origin}/feed.xml", "--revisit", allow=site.host)
        assert len(rows(db, "SELECT * FROM articles WHERE gone_at IS NOT NULL")) == 1
        site.pages[old] = good
        crawl(db, "--feed", f"{site.origin}/feed.xml", "--revisit", allow=site.host)
    assert rows(db, "SELECT * FROM articles WHERE gone_at IS NOT NULL") == []


def make_due(db: Path) -> None:
    """Let the pauses before other tries be over."""
    with sqlite3.connect(db) as connection:
        connection.execute(
            "UPDATE candidates SET retry_at = '2020-01-01T00:00:00Z' WHERE state = 'waiting'"
        )
    connection.close()


def test_one_archive_has_one_lock_whatever_it_is_called(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    with ArchiveLock(real / "a.db", "a test"):
        done = dateline(
            "crawl",
            "--page",
            "http://127.0.0.1:9/x",
            "--allow",
            "127.0.0.1:9",
            "--db",
            str(link / "a.db"),
        )
    assert done.returncode == 1
    assert "a test" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no-such-outlet"], 2, "no-such-outlet"),
        (["--page", "http://[::1"], 2, "no http(s) URL"),
        ([], 2, "name an outlet"),
        (["tagesschau", "-s", "DATELINE_LIMIT=abc"], 2, "is a number"),
        (["tagesschau", "-s", "nonsense"], 2, "NAME=VALUE"),
        (["tagesschau", "--replay", "missing.warc.gz"], 2, "missing.warc.gz"),
        (
            [
                "--page",
                "http://127.0.0.1:9/x",
                "--allow",
                "127.0.0.1:9",
                "--db",
                "no/such/folder/a.db",
            ],
            1,
            "folder",
        ),
    ],
)
def test_wrong_use_gets_a_clear_word(words: list[str], code: int, said: str) -> None:
    done = dateline("crawl", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_killed_crawl_left_is_finished_by_the_next(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    many = {f"/world/a-long-story-{n}": f"Long story {n}" for n in range(40)}

    def slow(path: str, title: str) -> Answer:
        time.sleep(0.15)
        return Answer(article(title, [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]))

    with Site() as site:
        site.pages["/feed.xml"] = Answer(feed(site.origin, list(many.items())))
        for path, title in many.items():
            site.pages[path] = lambda _, p=path, t=title: slow(p, t)  # type: ignore[misc]
        given = [w for change in QUICK for w in ("-s", change)]
        words = ["crawl", "--feed", f"{site.origin}/feed.xml", "--db", str(db)]
        process = subprocess.Popen(
            command(*words, "--allow", site.host, *given),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.DEVNULL,
        )
        wait_until(lambda: len(site.asked) > 12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored = rows(db, "SELECT url FROM articles")
        assert dateline("verify", "--db", str(db)).returncode == 0
        kept = stored[0]["url"].removeprefix(site.origin)
        site.pages["/feed.xml"] = Answer(feed(site.origin, [(kept, many[kept])]))  # it has moved on
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert 0 < len(stored) < 40
    assert run["resumed"] == 40 - len(stored)
    assert all(adds_up(r) for r in rows(db, "SELECT * FROM crawl_runs"))
    assert len(rows(db, "SELECT url FROM articles")) == 40
    assert [r["outcome"] for r in rows(db, "SELECT outcome FROM crawl_runs ORDER BY id")] == [
        "interrupted",
        "done",
    ]
    assert dateline("verify", "--db", str(db)).returncode == 0


def test_ctrl_c_ends_cleanly_and_says_what_was_kept(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    many = {f"/world/a-long-story-{n}": f"Long story {n}" for n in range(40)}
    with Site() as site:
        site.pages["/feed.xml"] = Answer(feed(site.origin, list(many.items())))
        for path, title in many.items():
            site.pages[path] = Answer(article(title, [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS]))
        words = ["crawl", "--feed", f"{site.origin}/feed.xml", "--db", str(db)]
        process = subprocess.Popen(
            command(*words, "--allow", site.host, "-s", "DOWNLOAD_DELAY=0.3"),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: len(site.asked) > 6)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert "interrupted" in output
    assert process.returncode == 1
    (run,) = rows(db, "SELECT * FROM crawl_runs")
    assert run["outcome"] == "interrupted"
    assert adds_up(run), str(run)
    assert run["new"] == len(rows(db, "SELECT * FROM articles")) > 0


def test_a_second_crawl_into_the_same_archive_says_who_holds_it(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        slow = site.pages["/feed.xml"]
        assert isinstance(slow, Answer)
        site.pages["/feed.xml"] = lambda _: time.sleep(4) or slow  # type: ignore[func-returns-value]
        words = [
            "crawl",
            "--feed",
            f"{site.origin}/feed.xml",
            "--db",
            str(db),
            "--allow",
            site.host,
        ]
        first = subprocess.Popen(
            command(*words), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL
        )
        wait_until(lambda: "/feed.xml" in site.paths())
        second = dateline(*words)
        assert first.wait(timeout=60) == 0
    assert second.returncode == 1
    assert str(first.pid) in second.stderr
    assert "Traceback" not in second.stderr


def test_a_run_that_found_no_candidate_is_a_failed_run(tmp_path: Path) -> None:
    with Site() as site:
        site.pages["/feed.xml"] = Answer(feed(site.origin, []))
        words = ["--feed", f"{site.origin}/feed.xml", "--allow", site.host]
        done = dateline("crawl", "--db", str(tmp_path / "a.db"), *words)
    assert done.returncode == 3
    assert "offered no article" in done.stdout


def test_the_real_web_is_not_crawled_without_a_contact(tmp_path: Path) -> None:
    done = dateline("crawl", "tagesschau", "--db", str(tmp_path / "a.db"))
    assert done.returncode == 1
    assert "DATELINE_CONTACT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_user_agent_names_the_contact(tmp_path: Path) -> None:
    with Site() as site:
        world(site)
        crawl(
            tmp_path / "a.db",
            "--feed",
            f"{site.origin}/feed.xml",
            allow=site.host,
            DATELINE_CONTACT="mailto:desk@example.org",
        )
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+mailto:desk@example.org)")


def test_a_limit_defers_the_rest_to_the_next_run(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        words = ["--feed", f"{site.origin}/feed.xml", "--limit", "3"]
        (first,) = crawl(db, *words, allow=site.host)
        (second,) = crawl(db, *words, allow=site.host)
    assert (first["new"], first["deferred"]) == (3, 1)
    assert (second["new"], second["known"]) == (1, 3)


def test_a_page_given_by_hand_is_archived_under_its_site(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        path, title = next(iter(STORIES.items()))
        crawl(db, "--page", f"{site.origin}{path}?utm_source=mail", allow=site.host)
    (stored,) = rows(db, "SELECT * FROM articles")
    assert (stored["title"], stored["outlet"]) == (title, site.host)
    assert stored["url"] == f"{site.origin}{path}"


def test_an_undeclared_outlet_has_no_clock_to_read_dates_by(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    with Site() as site:
        world(site)
        page = article("Rain over the harbour", ["2025.05.15 20:00", *PARAGRAPHS], lang="ja")
        site.pages["/rain"] = Answer(page)
        crawl(db, "--page", f"{site.origin}/rain", allow=site.host)
    (crawled,) = rows(db, "SELECT published_at FROM articles")
    assert dateline("reextract", "--db", str(db)).returncode == 0
    (again,) = rows(db, "SELECT published_at FROM articles")
    assert crawled["published_at"] == again["published_at"] == "2025-05-15T11:00:00Z"


def wait_until(met: object, seconds: float = 30) -> None:
    """Wait for a condition, given as a function without arguments."""
    assert callable(met)
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
