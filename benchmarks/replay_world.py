"""Every declared outlet through the scheduler over a web archive, killed again and again.

    python benchmarks/replay_world.py [--kills 20] [--json]

`../shared/replay/world.warc.gz` answers, offline, the robots.txt and listings of the catalogue's
outlets under their real addresses, and the pages that `world.truth.json` tells of. The scheduler
makes one pass after another over what is due, as `dateline schedule --once --replay` does, by a
clock that leaps between them; each process is killed with SIGKILL at a random moment, until
enough were, and then some may end. Shown are what was asked against what robots.txt allows, what
the archive holds against the truth, and against an archive made by as many passes without a kill.
Without ../shared there is nothing to run.
"""

import argparse
import contextlib
import json
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(HERE)]

from scrapy import Request, signals  # noqa: E402
from scrapy.crawler import Crawler  # noqa: E402

from scraper.archive.warc import WarcIndex  # noqa: E402
from scraper.crawl.clock import Clock  # noqa: E402
from scraper.crawl.daemon import Scheduler  # noqa: E402
from scraper.crawl.outlets import select_outlets  # noqa: E402
from scraper.crawl.rounds import crawl_settings, run_in_reactor  # noqa: E402
from scraper.urls import canonical_url  # noqa: E402

REPLAY = ROOT.parent / "shared" / "replay"
START = datetime(2026, 6, 1, tzinfo=UTC)
LEAPS = tuple(timedelta(hours=hours) for hours in (1, 2, 6, 13, 26))  # between passes
LAST_LEAPS = tuple(timedelta(hours=hours) for hours in (1, 6, 30, 24 * 8))
LIVES_MAX = 80
KILL_SECONDS = (0.5, 12.0)  # real ones, after the process began
PASS_SECONDS = 600.0  # real ones, that a pass may take
ASKED = "ASKED_LOG"  # setting: file that every request sent is written to


class ShiftedClock(Clock):
    """A clock that was set to a moment when the process began."""

    def __init__(self, start: datetime) -> None:
        self.start, self.began = start, time.monotonic()

    def now(self) -> datetime:
        """Return the moment."""
        return self.start + timedelta(seconds=time.monotonic() - self.began)


class Witness:
    """A Scrapy extension that writes down what is asked, once all middlewares let it pass."""

    def __init__(self, crawler: Crawler) -> None:
        self.path = Path(str(crawler.settings[ASKED]))
        crawler.signals.connect(self.reached, signal=signals.request_reached_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Witness":
        """Make it, as Scrapy asks."""
        return cls(crawler)

    def reached(self, request: Request) -> None:
        """Write a request down."""
        with self.path.open("a", encoding="utf-8") as log:
            log.write(request.url + "\n")


def make_pass(db: Path, moment: datetime) -> None:
    """Crawl what is due at a moment, once each."""
    settings = crawl_settings(
        {
            "DATELINE_DB": str(db),
            "DATELINE_REPLAY": [str(REPLAY / "world.warc.gz")],
            "LOG_LEVEL": "ERROR",
            ASKED: str(db.with_name("asked.log")),
        }
    )
    settings["EXTENSIONS"]["replay_world.Witness"] = 500
    logging.disable(logging.WARNING)
    spiders = [spider for spider in select_outlets(everything=True) if not spider.excluded]

    async def work() -> int:
        scheduler = Scheduler(settings, spiders, lambda run: None, ShiftedClock(moment))
        return len(await scheduler.run_once())

    print(run_in_reactor(work, settings), flush=True)


class Passes:
    """Passes over one archive, one process each."""

    def __init__(self, folder: Path) -> None:
        self.db = folder / "archive.db"
        self.moment = START
        self.runs = 0
        self.vanished = 0  # articles that a kill took back

    def make(self, kill_after: float | None = None) -> bool:
        """Make one; tell whether it was killed."""
        command = [sys.executable, str(HERE / "replay_world.py"), "--db", str(self.db)]
        command += ["--at", self.moment.isoformat()]
        before = articles(self.db)
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
        )
        try:
            output, _ = process.communicate(timeout=kill_after or PASS_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.vanished += len(before.keys() - articles(self.db).keys())
            return True
        if process.returncode:
            raise SystemExit(f"a pass ended with {process.returncode}")
        self.runs += int(output)
        return False


def articles(db: Path) -> dict[str, tuple[str, str, int]]:
    """Return title, digest and number of revisions of each article by its URL."""
    if not db.exists():
        return {}
    sql = "SELECT url, title, content_hash, revision_count FROM articles"
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        try:
            return {url: (a, b, c) for url, a, b, c in connection.execute(sql)}
        except sqlite3.OperationalError:  # killed before its tables were made
            return {}


def strike(folder: Path, kills: int) -> tuple[Passes, int]:
    """Make passes, kill so many, then let some end; return them and the number killed."""
    passes, rng, killed = Passes(folder), random.Random("replay"), 0  # noqa: S311
    for _ in range(LIVES_MAX):
        if killed == kills:
            break
        if passes.make(rng.uniform(*KILL_SECONDS)):
            killed += 1
        else:
            passes.moment += rng.choice(LEAPS)
    for leap in LAST_LEAPS:
        passes.make()
        passes.moment += leap
    return passes, killed


def asked_beyond_robots(asked: list[str]) -> list[str]:
    """Return what was asked though the robots.txt in the web archive forbids it."""
    index = WarcIndex([REPLAY / "world.warc.gz"])
    rules: dict[str, Protego | None] = {}
    beyond = []
    for url in dict.fromkeys(asked):
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.path == "/robots.txt":
            continue
        if origin not in rules:
            found = index.find(f"{origin}/robots.txt")
            known = found is not None and found.status == 200
            text = found.body.decode("utf-8", "replace") if found is not None and known else ""
            rules[origin] = Protego.parse(text) if known else None
        allowed = rules[origin]
        if allowed is not None and not allowed.can_fetch(url, "Dateline"):
            beyond.append(url)
    return beyond


def compare_with_truth(db: Path) -> dict[str, Any]:
    """Return how many of the pages that are known are held once, with their titles."""
    truth = json.loads((REPLAY / "world.truth.json").read_text(encoding="utf-8"))
    sql = (
        "SELECT DISTINCT articles.id, articles.title FROM articles LEFT JOIN article_urls "
        "ON article_urls.article = articles.id WHERE articles.url = ?1 OR article_urls.url = ?1"
    )
    problems = []
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        for page in truth:
            found = connection.execute(sql, [canonical_url(page["url"])]).fetchall()
            titles = [" ".join(title.split()) for _, title in found]
            if titles != [" ".join(page["title"].split())]:
                problems.append([page["outlet"], page["url"], page["title"], titles])
    return {
        "known pages held once with the right title": f"{len(truth) - len(problems)}/{len(truth)}",
        "held otherwise than known": problems,
    }


def prove(folder: Path, kills: int) -> dict[str, Any]:
    """Run; return what it shows."""
    for name in ("struck", "calm"):
        (folder / name).mkdir()
    struck, killed = strike(folder / "struck", kills)
    calm, _ = strike(folder / "calm", 0)
    asked = struck.db.with_name("asked.log").read_text(encoding="utf-8").splitlines()
    calmly = calm.db.with_name("asked.log").read_text(encoding="utf-8").splitlines()
    one, other = articles(struck.db), articles(calm.db)
    verify = [sys.executable, "-m", "scraper", "verify", "--db", str(struck.db)]
    verified = subprocess.run(verify, cwd=ROOT, capture_output=True, text=True, check=False)
    differing = [url for url in one.keys() & other.keys() if one[url] != other[url]]
    titles = Counter((urlsplit(url).netloc, title) for url, (title, _, _) in one.items())
    return {
        "outlets": len([s for s in select_outlets(everything=True) if not s.excluded]),
        "kill -9": killed,
        "requests, different ones, by the calm one": [
            len(asked),
            len(set(asked)),
            len(calmly),
        ],
        "asked though robots.txt forbids it": asked_beyond_robots(asked),
        "articles held, and by the calm one": [len(one), len(other)],
        "lost to a kill": struck.vanished,
        "lost, against the calm one": sorted(other.keys() - one.keys()),
        "held besides": sorted(one.keys() - other.keys()),
        "held otherwise": sorted(differing),
        "doubled": [place for place, count in titles.items() if count > 1],
        **compare_with_truth(struck.db),
        "dateline verify": "sound" if verified.returncode == 0 else verified.stdout[-1000:],
    }


def main() -> None:
    """Prove and print; or be one of the processes that make a pass."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--db", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--at", type=datetime.fromisoformat, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not REPLAY.exists():
        print("skipped: it needs ../shared/replay, which is not here")
    elif options.db:
        make_pass(options.db, options.at)
    else:
        with tempfile.TemporaryDirectory() as folder:
            shown = prove(Path(folder), options.kills)
        if options.json:
            print(json.dumps(shown, indent=1, ensure_ascii=False))
        else:
            for name, value in shown.items():
                print(f"{name:<50} {value}")


if __name__ == "__main__":
    main()
