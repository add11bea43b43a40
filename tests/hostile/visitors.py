"""Many visitors ask for the dearest pages at once, while one person searches every second."""

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
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.hostile.busy_archive import Served, Tally, fill, served

PROBE_MAX_SECONDS = 2.0  # what docs/reliability.md promises of the search page
MEMORY_MAX_BYTES = 768 * 2**20  # of the server, whatever is asked; measured: 330 to 680 MB
ASK_SECONDS = 60.0
SLOW_PIECE_BYTES, SLOW_PIECE_SECONDS = 16_384, 0.5

BIG = "replace(hex(zeroblob(1000000)), '0', 'a')"
DEAR_SQL = (
    "SELECT count(*) FROM articles a, articles b, articles c WHERE a.body || b.body LIKE '%x%y%z%'",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n",
    "WITH RECURSIVE n(x) AS (SELECT randomblob(2000000) UNION ALL SELECT x FROM n) SELECT count(*) FROM n",
    "SELECT count(*) FROM articles WHERE body LIKE '%a%b%c%d%e%f%g%h%' OR body GLOB '*[a-m]*[n-z]*!*'",
    f"SELECT {BIG} FROM articles",
    f"SELECT {', '.join([BIG] * 60)}",
    "SELECT randomblob(900000000), zeroblob(900000000)",
    "SELECT zeroblob(1900000) FROM articles",
    "SELECT printf('%.*c', 2000000000, 'x')",
    f"SELECT json_set('[]', '$' || replace({BIG}, 'a', '[0'), 1), json_insert('[]', {BIG}, 1)",
    "SELECT length(json_set('{}', '$' || replace(hex(zeroblob(1000000)), '00', '.a'), 1))",
    "SELECT group_concat(body, '') FROM articles, (SELECT 1 UNION SELECT 2)",
    "SELECT json_group_array(body) FROM articles",
    f"SELECT instr({BIG}, substr({BIG}, 1, 990000) || 'b')",
    f"SELECT length(replace({BIG}, 'a', {BIG}))",
    f"SELECT length(ltrim({BIG}, substr({BIG}, 1, 990000) || 'b'))",
    f"WITH b AS MATERIALIZED (SELECT {BIG} AS x) SELECT max({', '.join(f'x||{n}' for n in range(120))}) FROM b",
    "SELECT a.*, b.* FROM articles a, articles b ORDER BY a.body || b.body DESC",
    "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'body : a* OR b* OR c* OR m* OR s*'",
    "SELECT search_highlight(group_concat(body), 'harbour OR mole') FROM articles",
    "SELECT * FROM articles, (SELECT 1 UNION SELECT 2)",
)
FACETS = "&".join(f"_facet={name}" for name in ("outlet", "language", "title", "body", "url"))
WORDS = " OR ".join(f"{a}{b}*" for a in "hamvtqs" for b in "aeioulr")
DEAR_PAGES = (
    f"/archive/articles?{FACETS}&_size=1000&_facet_size=1000",
    f"/archive/articles?{'&'.join(['_facet=body'] * 900)}",
    "/archive/articles?_size=max&_sort=title",
    "/archive/articles.json?_size=max&_shape=objects",
    "/archive/articles.json?_size=max&_sort_desc=title&_next=z,1",
    "/archive/articles.csv?_stream=on&_size=max",
    "/archive/revisions.csv?_stream=on&_size=max",
    "/archive/article_tags?_size=max&_facet=tag&_facet=article",
    "/archive/articles?body__contains=%25a%25b&title__glob=*a*b*c*",
    "/archive/articles?" + urlencode({"_where": "body LIKE '%' || title || '%'"}),
    "/archive/articles?" + urlencode({"_search": WORDS, "_size": "max"}),
    "/-/search?" + urlencode({"q": WORDS}),
    "/-/search?" + urlencode({"q": "NEAR(ha* mo* ve*, 200) OR NEAR(al* ry* tin*, 200)"}),
    "/-/search?" + urlencode({"q": "(" * 500 + WORDS}),
    "/-/search?" + urlencode({"q": "x" * 60_000}),
    *(f"/archive?{urlencode({'sql': sql})}" for sql in DEAR_SQL),
    *(f"/archive.json?{urlencode({'sql': sql, '_shape': 'array'})}" for sql in DEAR_SQL),
    *(f"/archive.csv?{urlencode({'sql': sql, '_stream': 'on'})}" for sql in DEAR_SQL),
)


@dataclass
class Figures:
    """What a trial measured."""

    tally: Tally
    probe: Tally
    memory_bytes: int
    unexplained: int = 0
    is_alive: bool = True
    log: list[str] = field(default_factory=list)

    def kept(self) -> bool:
        """Tell whether every promise was kept."""
        is_probe_answered = set(self.probe.counts()) == {"200"}
        is_in_time = self.probe.share(1.0) < PROBE_MAX_SECONDS
        is_bounded = self.memory_bytes < MEMORY_MAX_BYTES
        return self.is_alive and is_probe_answered and is_in_time and is_bounded

    def lines(self) -> list[str]:
        """Return the report."""
        p50, most = (1000 * self.probe.share(share) for share in (0.5, 1.0))
        return [
            f"visitors: {self.tally.counts()}, 503 without Retry-After: {self.unexplained}, "
            f"slowest answer {self.tally.share(1.0):.1f} s",
            f"search page: {self.probe.counts()}, p50 {p50:.0f} ms, slowest {most:.0f} ms",
            f"server's memory at its largest: {self.memory_bytes / 2**20:.0f} MB",
        ]


def ask(url: str, tally: Tally, slow_until: threading.Event | None = None) -> bool:
    """Ask for a page and note the answer; tell whether a 503 lacked its Retry-After.

    With `slow_until`, take the answer in small sips until the event is set.
    """
    size = SLOW_PIECE_BYTES if slow_until else 2**20
    began, unexplained = time.monotonic(), False
    try:
        with urllib.request.urlopen(url, timeout=ASK_SECONDS) as answer:
            status = str(answer.status)
            while answer.read(size) and time.monotonic() - began < ASK_SECONDS:
                if slow_until and slow_until.wait(SLOW_PIECE_SECONDS):
                    break
    except urllib.error.HTTPError as error:
        status = str(error.code)
        words = error.read()
        unexplained = status == "503" and b"took too long" not in words
        unexplained = unexplained and not error.headers.get("Retry-After")
    except (OSError, HTTPException) as error:
        status = type(error).__name__
    tally.note(status, time.monotonic() - began)
    return unexplained


def watch(server: Served, end: threading.Event) -> int:
    """Return the server's largest resident size until the end."""
    process, largest = psutil.Process(server.process.pid), 0
    while not end.wait(0.1) and server.process.poll() is None:
        largest = max(largest, process.memory_info().rss)
    return largest


def trial(folder: Path, *, seconds: float, clients: int, articles: int) -> Figures:
    """Let the visitors loose for so many seconds, and search once a second."""
    path, end = fill(folder, articles), threading.Event()
    tally, probe = Tally(), Tally()

    def visit(seed: int, address: str) -> int:
        rng, unexplained = random.Random(seed), 0
        while not end.is_set():
            page = rng.choice(DEAR_PAGES)
            unexplained += ask(address + page, tally, None if seed % 8 else end)
        return unexplained

    with served(path) as server, ThreadPoolExecutor(clients + 1) as pool:
        watching = pool.submit(watch, server, end)
        visiting = [pool.submit(visit, seed, server.address) for seed in range(clients)]
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            second = time.monotonic()
            ask(f"{server.address}/-/search?q=harbour", probe)
            time.sleep(max(0.0, 1.0 - (time.monotonic() - second)))
        end.set()
        is_alive, memory = server.process.poll() is None, watching.result()
        tally.is_closed = True
        server.process.kill()  # or the last visitors would wait for their pages
        unexplained = sum(visitor.result() for visitor in visiting)
        log = server.log.read_text("utf8", "replace").splitlines()
    return Figures(tally, probe, memory, unexplained, is_alive, log)


def main() -> int:
    """Run the trial and print what it measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--articles", type=int, default=4000)
    given = vars(parser.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        figures = trial(Path(folder), **given)
    print(*figures.lines(), f"load: {os.getloadavg()[0]:.1f}", sep="\n")
    return 0 if figures.kept() else 1


if __name__ == "__main__":
    sys.exit(main())
