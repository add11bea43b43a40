"""One writer and many readers for a while: nothing locked, nobody waits, the log stays small."""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

from scraper.archive.writer import Writer
from tests.hostile.busy_archive import LISTING, Press, Tally, fill, served

READER_P99_SECONDS = 1.0  # what docs/reliability.md promises
WAL_MAX_BYTES = 64 * 2**20
ASK_SECONDS = 60.0


@dataclass
class Figures:
    """What a trial measured."""

    tally: Tally
    written: int
    slowest_commit: float
    errors: list[str]
    wal_bytes: int

    def kept(self) -> bool:
        """Tell whether every promise was kept."""
        is_all_answered = set(self.tally.counts()) <= {"200"}
        return (
            is_all_answered
            and not (self.tally.locked or self.errors)
            and self.tally.share(0.99) < READER_P99_SECONDS
            and self.wal_bytes < WAL_MAX_BYTES
        )

    def lines(self) -> list[str]:
        """Return the report."""
        tally = self.tally
        p50, p99, most = (1000 * tally.share(share) for share in (0.5, 0.99, 1.0))
        return [
            f"answers: {tally.counts()}, locked: {tally.locked}, writer's errors: {self.errors[:3]}",
            f"reader: p50 {p50:.0f} ms, p99 {p99:.0f} ms, slowest {most:.0f} ms",
            f"writer: {self.written} articles, slowest batch committed in {self.slowest_commit:.2f} s",
            f"log at its largest: {self.wal_bytes / 2**20:.1f} MB",
        ]


def page(rng: random.Random, words: list[str], articles: int) -> str:
    """Return one of the pages people ask for."""
    word, number = rng.choice(words), rng.randrange(1, articles)
    sql = "SELECT outlet, count(*), max(published_at) FROM articles GROUP BY outlet"
    return rng.choice((
        "/-/search?" + urlencode({"q": word}),
        "/-/search?" + urlencode({"q": f"{word[:3]}*", "order": "newest"}),
        f"/-/article/{number}",
        f"/-/article/{number}?" + urlencode({"q": word}),
        "/archive/articles?_facet=language&_facet=section",
        "/archive/articles.json?" + urlencode({"_search": word, "_shape": "objects"}),
        "/archive/articles.json?_size=100",
        "/archive.json?" + urlencode({"sql": sql, "_shape": "array"}),
        "/archive/revisions",
    ))  # fmt: skip


def ask(url: str, tally: Tally) -> None:
    """Ask for a page and note how long its last byte took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=ASK_SECONDS) as answer:
            status, body = str(answer.status), answer.read()
    except urllib.error.HTTPError as error:
        status, body = str(error.code), error.read()
    except (OSError, HTTPException) as error:
        status, body = type(error).__name__, b""
    tally.note(status, time.monotonic() - began, body)


def trial(folder: Path, *, seconds: float, readers: int, articles: int, rate: float) -> Figures:
    """Write and read at once for so many seconds."""
    path = fill(folder, articles)
    wal, largest, tally = Path(f"{path}-wal"), 0, Tally()
    end = threading.Event()
    with served(path) as server, Writer(path, folder / "captures") as writer:
        press = Press(writer, count=articles)

        def read(seed: int) -> None:
            rng = random.Random(seed)
            while not end.is_set():
                ask(server.address + page(rng, press.words, articles), tally)

        with ThreadPoolExecutor(readers) as pool:
            working = [pool.submit(read, seed) for seed in range(readers)]
            begin = time.monotonic()
            while (passed := time.monotonic() - begin) < seconds:
                if press.count - articles <= passed * rate:
                    press.publish()
                largest = max(largest, wal.stat().st_size)
                time.sleep(0.02)
            end.set()
        for reader in working:
            reader.result()
        if "locked" in server.log.read_text("utf8", "replace"):
            press.errors.append("the server's log speaks of a lock")
    written = press.count - articles
    return Figures(tally, written, press.slowest_commit, press.errors, largest)


def main() -> int:
    """Run the trial and print what it measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--articles", type=int, default=4000, help="in the archive at the start")
    parser.add_argument("--rate", type=float, default=LISTING, help="articles written a second")
    given = vars(parser.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        figures = trial(Path(folder), **given)
    print(*figures.lines(), f"load: {os.getloadavg()[0]:.1f}", sep="\n")
    return 0 if figures.kept() else 1


if __name__ == "__main__":
    sys.exit(main())
