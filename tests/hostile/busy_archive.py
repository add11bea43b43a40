"""An archive that is written to as a crawl does, and served as an operator does."""

import contextlib
import random
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.archive.articles import Stored, store_article
from scraper.archive.candidates import offer
from scraper.archive.runs import open_run
from scraper.archive.writer import Writer
from scraper.records import Article, Candidate, Capture, Delivery, Outlet, Standing
from tests.crawling import ROOT, command, environment

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
OUTLET = Outlet("The Aldry Gazette", country="IE", languages=("en",))
LISTING = 40  # articles a listing offers
START_SECONDS = 60.0
SYLLABLES = ("har", "bour", "ald", "ry", "mo", "le", "ves", "tin", "qua", "ru", "sol", "ken")
SECTIONS = ("World", "Economy", "Culture", "Sport")
LANGUAGES = ("en", "de", "fr", "ja")


@dataclass
class Press:
    """One outlet's articles, written in the order a crawl writes them."""

    writer: Writer
    count: int = 0
    slowest_commit: float = 0.0
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.count)
        self.words = vocabulary()
        opened = self.writer.submit(
            open_run, "gazette", OUTLET, is_declared=True, started_at=BEGIN, version="0.1.0"
        )
        self.run = opened.result()

    def publish(self, revised: int = 2) -> None:
        """Write one listing's articles, and revise some of those before; wait for the commits."""
        numbers = range(self.count, self.count + LISTING)
        old = {self.rng.randrange(self.count) for _ in range(revised)} if self.count else set()
        self.count += LISTING
        began = time.monotonic()
        pages = self._offered("https://gazette.example/feed.xml", numbers)
        pages += self._offered(None, sorted(old))
        self._note(began)
        for batch in (pages[:20], pages[20:]):  # as many as a crawl has under way at once
            began = time.monotonic()
            for future in [self._store(standing) for standing in batch]:
                if error := future.exception():
                    self.errors.append(repr(error))
            self._note(began)

    def _note(self, began: float) -> None:
        self.slowest_commit = max(self.slowest_commit, time.monotonic() - began)

    def _offered(self, listing: str | None, numbers: Any) -> list[Standing]:
        urls = [f"https://gazette.example/news/{number}" for number in numbers]
        offers = [(url, Candidate(url)) for url in urls]
        return self.writer.submit(offer, "gazette", listing, offers, BEGIN).result().standings

    def _store(self, standing: Standing) -> Future[Stored]:
        url = standing.link
        body = "\n\n".join(" ".join(self._pick(80)) + "." for _ in range(8))
        title = " ".join(self._pick(7)).capitalize()
        page = f"<title>{title}</title><p>{body}".encode()
        article = Article(
            url=url,
            title=title,
            body=body,
            language=self.rng.choice(LANGUAGES),
            section=self.rng.choice(SECTIONS),
            published_at=BEGIN + timedelta(minutes=self.rng.randrange(200_000)),
            byline=self.words[self.rng.randrange(200)].title(),
            tags=tuple(set(self._pick(3))),
        )
        capture = Capture(url, page, {}, datetime.now(UTC), 200, requested_url=url)
        delivery = Delivery("gazette", self.run, standing, capture)
        return self.writer.submit(store_article, delivery, article, None)

    def _pick(self, count: int) -> list[str]:
        """Choose words as texts do: the first tenth makes up most of it."""
        return [self.words[int(len(self.words) * self.rng.random() ** 4)] for _ in range(count)]


def vocabulary() -> list[str]:
    """Return two thousand invented words, the commonest first."""
    rng = random.Random(3)
    return ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 4)))) for _ in range(2_000)]


def fill(folder: Path, articles: int) -> Path:
    """Write an archive of so many articles and return its path."""
    path = folder / "archive.db"
    with Writer(path, folder / "captures") as writer:
        press = Press(writer)
        while press.count < articles:
            press.publish()
    assert not press.errors, press.errors[:3]
    return path


@dataclass
class Served:
    """A server started for a trial."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


@contextlib.contextmanager
def served(path: Path) -> Iterator[Served]:
    """Serve an archive with `dateline serve` in a process of its own, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = path.with_name("serve.log")
    words = command("serve", "--db", str(path), "--port", str(port))
    with log.open("wb") as out:
        process = subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=out, stderr=out)
        try:
            _wait_for(f"http://127.0.0.1:{port}/-/versions.json", process)
            yield Served(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):
                return
        except OSError:
            if time.monotonic() > end or process.poll() is not None:
                raise
            time.sleep(0.1)


@dataclass
class Tally:
    """What clients were answered: seconds by status, noted by many threads."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    locked: int = 0
    is_closed: bool = False  # what comes later does not count
    guard: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: str, seconds: float, body: bytes = b"") -> None:
        """Count one answer."""
        with self.guard:
            if self.is_closed:
                return
            self.seconds.setdefault(status, []).append(seconds)
            self.locked += b"database is locked" in body

    def counts(self) -> dict[str, int]:
        """Return answers by status."""
        return {status: len(found) for status, found in sorted(self.seconds.items())}

    def share(self, share: float) -> float:
        """Return the seconds within which so large a share of all answers came."""
        ordered = sorted(second for found in self.seconds.values() for second in found)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
