"""Two at once over one archive: one refuses with a word that names the other, nothing is lost."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from scraper.archive.lock import ArchiveLock
from scraper.cli import main
from tests.crawling import QUICK, ROOT, command, dateline, environment, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

STORIES = {f"/world/story-number-{n}-of-the-day": f"Story number {n}" for n in range(1, 9)}
HELD = "/world/story-number-5-of-the-day"  # is answered when the tests are through
HOLD_SECONDS = 300.0
NEEDS = {
    "crawl": ["--page", "http://127.0.0.1:9/x", "--allow", "127.0.0.1:9"],
    "schedule": ["demo-lantern", "-s", "DATELINE_CONTACT=https://example.org/about"],
    "prune": ["--captures-older-than", "30", "--yes"],
}
READS = {
    "search": ["harbour"],
    "export": ["harbour", "-f", "json"],
    "runs": [],
    "health": [],
    "verify": [],
    "backup": ["{folder}/", "--with-captures"],
}  # and `serve`, which has its own tests
READS_ON = ("serve",)
CRAWLS = ("crawl", "demo", "schedule")


def archive_commands() -> list[str]:
    """Return every command that takes an archive: those of later days as well."""
    return sorted(
        name
        for name, found in main.commands.items()
        if any(isinstance(p, click.Option) and "--db" in p.opts for p in found.params)
    )


WRITING = [name for name in archive_commands() if name not in {*READS, *READS_ON}]


def world(site: Site) -> None:
    """Give the site a feed of eight stories."""
    site.pages["/feed.xml"] = Answer(feed(site.origin, list(STORIES.items())))
    for path, title in STORIES.items():
        text = [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
        site.pages[path] = Answer(article(title, text))


def crawl_words(db: Path, site: Site) -> list[str]:
    """Return the command line of a quick crawl of the site."""
    changes = [word for change in QUICK[:4] for word in ("-s", change)]
    where = ["--feed", f"{site.origin}/feed.xml", "--allow", site.host, "--db", str(db)]
    return command("crawl", *changes, *where)


def start(words: list[str]) -> subprocess.Popen[str]:
    """Start a command."""
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=pipe, stderr=pipe, text=True)


def assert_whole(db: Path) -> None:
    """Every story is there once, and the archive is sound."""
    titles = sorted(row["title"] for row in rows(db, "SELECT title FROM articles"))
    assert titles == sorted(STORIES.values())
    verified = dateline("verify", "--db", str(db))
    assert verified.returncode == 0, verified.stdout


@dataclass
class UnderWay:
    """A crawl in the midst of its work."""

    db: Path
    pid: int


@pytest.fixture(scope="module")
def under_way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnderWay]:
    """A crawl that waits for one of its pages as long as the tests take, and then ends well."""
    db = tmp_path_factory.mktemp("crawl") / "archive.db"
    is_asked, is_over = threading.Event(), threading.Event()
    with Site() as site:
        world(site)
        answer = site.pages[HELD]
        assert isinstance(answer, Answer)

        def hold(_: Site) -> Answer:
            is_asked.set()
            is_over.wait(HOLD_SECONDS)
            return answer

        site.pages[HELD] = hold
        words = [*crawl_words(db, site), "-s", f"DOWNLOAD_TIMEOUT={HOLD_SECONDS}"]
        with start(words) as crawling:
            assert is_asked.wait(60)
            yield UnderWay(db, crawling.pid)
            is_over.set()
            _, told = crawling.communicate(timeout=60)
        assert crawling.returncode == 0, told
        assert "Traceback" not in told
        assert_whole(db)


def assert_refused(done: subprocess.CompletedProcess[str], holder: str) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"is being written by {holder}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", WRITING)
def test_what_writes_is_refused_during_a_crawl_and_told_by_whom(
    under_way: UnderWay, name: str
) -> None:
    done = dateline(name, *NEEDS.get(name, []), "--db", str(under_way.db))
    assert_refused(done, f"process {under_way.pid} (a crawl, since ")


@pytest.mark.parametrize("name", READS)
def test_what_reads_works_during_a_crawl(under_way: UnderWay, name: str, tmp_path: Path) -> None:
    words = [word.format(folder=tmp_path) for word in READS[name]]
    done = dateline(name, *words, "--db", str(under_way.db))
    # The crawl may be older than what health takes for a look of these days, which it tells by 3.
    assert done.returncode in ((0, 3) if name == "health" else (0,)), done.stdout + done.stderr
    assert not done.stderr


@pytest.mark.parametrize("name", WRITING)
def test_what_writes_is_refused_during_any_job(tmp_path: Path, name: str) -> None:
    db = tmp_path / "archive.db"
    db.touch()
    with ArchiveLock(db, "reindex"):
        done = dateline(name, *NEEDS.get(name, []), "--db", str(db))
    assert_refused(done, "process ")
    assert "(reindex, since " in done.stderr
    assert db.read_bytes() == b""


def test_of_crawls_begun_together_one_works_and_the_others_name_it(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    with Site() as site:
        world(site)
        crawls = [start(crawl_words(db, site)) for _ in range(3)]
        told = [crawl.communicate(timeout=100)[1] for crawl in crawls]
    codes = [crawl.returncode for crawl in crawls]
    assert 0 in codes
    for code, words in zip(codes, told, strict=True):
        assert "Traceback" not in words
        assert code == 0 or "is being written by process " in words
    assert_whole(db)


@pytest.mark.parametrize("name", [name for name in WRITING if name not in CRAWLS])
def test_crawl_and_job_in_turns_lose_nothing(tmp_path: Path, name: str) -> None:
    db = tmp_path / "archive.db"
    with Site() as site:
        world(site)
        with start(crawl_words(db, site)) as crawling:
            while crawling.poll() is None:
                done = dateline(name, *NEEDS.get(name, []), "--db", str(db))
                assert "Traceback" not in done.stderr
                assert done.returncode in (0, 1)
            _, told = crawling.communicate(timeout=100)
        if crawling.returncode == 1:  # the job was first
            assert "is being written by process " in told
            assert subprocess.run(crawl_words(db, site), cwd=ROOT, check=False).returncode == 0
    assert_whole(db)
