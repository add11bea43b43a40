"""Crawls end before a disk is full: none begins, and one under way stops cleanly."""

import os
import shutil
import time
from pathlib import Path

from scraper.archive.room import disk_trouble
from scraper.crawl.session import ROOM_SECONDS
from tests.crawling import QUICK, crawl, dateline, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

HUGE = 2**60
BALLAST_BYTES = 3 * 2**30  # others write to this disk, too, while a test runs
HOLD_SECONDS = 30
STORIES = [(f"/world/story-number-{n}-of-the-day", f"Story number {n}") for n in range(1, 30)]


def test_each_disk_is_asked_and_told_by_its_folder(tmp_path: Path) -> None:
    db, captures = tmp_path / "archive.db", tmp_path / "not" / "there"
    assert disk_trouble(db, captures, 1) == ""
    words = disk_trouble(db, captures, HUGE)
    assert words.startswith(f"the disk of {tmp_path} has ")
    assert "1152921504.61 GB are to stay free" in words
    assert disk_trouble(db, captures, 0) == ""


def site_with_stories(site: Site) -> None:
    site.pages["/feed.xml"] = Answer(feed(site.origin, STORIES))
    for path, title in STORIES:
        text = [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
        site.pages[path] = Answer(article(title, text))


def test_no_crawl_begins_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    with Site() as site:
        site_with_stories(site)
        where = ["--feed", f"{site.origin}/feed.xml", "--allow", site.host, "--db", str(db)]
        done = dateline("crawl", *where, "-s", f"DATELINE_DISK_RESERVE={HUGE}")
        assert done.returncode == 1
        assert "GB are to stay free" in done.stderr
        assert "dateline prune" in done.stderr
        assert "Traceback" not in done.stderr
        assert not site.asked
    assert not db.exists()


def test_a_crawl_under_way_stops_and_the_next_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    reserve = shutil.disk_usage(tmp_path).free - BALLAST_BYTES // 2
    ballast = tmp_path / "ballast"
    with Site() as site:
        site_with_stories(site)
        path, _ = STORIES[4]
        whole = site.pages[path]
        assert isinstance(whole, Answer)

        def fill(_: Site) -> Answer:
            with ballast.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, BALLAST_BYTES)
            time.sleep(ROOM_SECONDS)  # until the crawl looks again
            return whole

        site.pages[path] = fill
        words = [w for change in QUICK for w in ("-s", change)]
        words += [
            "-s",
            f"DATELINE_DISK_RESERVE={reserve}",
            "-s",
            f"DOWNLOAD_TIMEOUT={HOLD_SECONDS}",
        ]
        where = ["--feed", f"{site.origin}/feed.xml", "--allow", site.host, "--db", str(db)]
        done = dateline("crawl", *words, *where)
        ballast.unlink()
        site.pages[path] = whole
        assert done.returncode == 1, done.stdout + done.stderr
        assert "GB are to stay free" in done.stderr
        (run,) = rows(db, "SELECT outcome, reason, new FROM crawl_runs")
        assert run["outcome"] == "interrupted"
        assert "GB are to stay free" in run["reason"]
        assert 0 < run["new"] < len(STORIES)
        assert len(site.asked) < len(STORIES)
        crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
    assert len(rows(db, "SELECT id FROM articles")) == len(STORIES)
