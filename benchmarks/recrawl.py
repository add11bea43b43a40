"""Requests that a crawl of an unchanged world costs, and of one that changed a little.

    python benchmarks/recrawl.py [--articles 1000] [--hosts 10] [--new 20] [--changed 10]

Prints the table of ../shared/perf/incremental_bench.py (what five policies ask in the same
world), and below it what Dateline asks, counted by the world's own server: outlets made up on the
fly from each host's news sitemap, crawled once, then again with nothing new, then after a tick.
Pages come from ../shared/pages. Without ../shared there is nothing to run.
"""

import argparse
import contextlib
import json
import logging
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scraper.crawl.rounds import Round, crawl_settings, run_in_reactor  # noqa: E402
from scraper.crawl.spider import OutletSpider  # noqa: E402
from scraper.records import Outlet  # noqa: E402

PERF = ROOT.parent / "shared" / "perf"
PAGES = ROOT.parent / "shared" / "pages"
PORT = 8832
REVISIONS = "SELECT url, revision_count, body FROM articles"
NUMBER = re.compile(r"-(\d+)\.html$")


@contextlib.contextmanager
def newsworld(options: argparse.Namespace) -> Iterator[str]:
    """Serve the shared world; yield the origin that controls it."""
    command = [sys.executable, str(PERF / "newsworld.py"), "--port", str(PORT)]
    command += ["--pages", str(PAGES)]
    for name in ("articles", "hosts", "new", "changed"):
        command += [f"--{name}", str(getattr(options, name))]
    world = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert world.stdout is not None
        yield world.stdout.readline().split()[-1].rsplit("/", 1)[0]
    finally:
        world.terminate()
        world.wait()


def declare(origins: list[str]) -> list[type[OutletSpider]]:
    """Return an outlet for each host, known by its news sitemap."""
    spiders = []
    for number, origin in enumerate(origins):
        attributes = {
            "__module__": __name__,
            "name": f"newsworld-{number}",
            "outlet": Outlet(f"Newsworld {number}", "GB", ("en",), "UTC", f"{origin}/"),
            "news_sitemaps": (f"{origin}/sitemap-news.xml",),
        }
        spiders.append(type(f"Newsworld{number}", (OutletSpider,), attributes))
    return spiders


def ask(origin: str, path: str) -> dict[str, Any]:
    """Ask the world's control."""
    with urlopen(f"{origin}{path}") as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def cost(origin: str) -> dict[str, Any]:
    """Return what was asked since the last time, and begin to count anew."""
    told = ask(origin, "/__stats__?reset=1")
    counts = {kind: n for kind, n in told.items() if kind[-4:] in (" 200", " 304", " 404")}
    return {
        "requests": told.get("requests", 0),
        "full": sum(n for kind, n in counts.items() if kind.endswith(" 200")),
        "MB": round(told.get("body_bytes", 0) / 1e6, 3),
        "by kind": counts,
    }


def texts(db: Path) -> dict[int, tuple[int, bool]]:
    """Return for each article, by the world's number: revisions, and whether its text tells all.

    A tick changes a paragraph that the world put into a real page: after its longest, which in some
    is in a box beside the article.
    """
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        rows = connection.execute(REVISIONS).fetchall()
    found = [(NUMBER.search(url), count, "Newsworld" in body) for url, count, body in rows]
    return {int(match[1]): (count, tells) for match, count, tells in found if match}


def measure(origin: str, db: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Crawl three times; return a row as the shared table has them."""
    origins = sorted({"/".join(u.split("/")[:3]) for u in _urls(origin)})
    spiders = declare(origins)
    changes: dict[str, Any] = {
        "DATELINE_DB": str(db),
        "DATELINE_ALLOW": [o.removeprefix("http://") for o in origins],
        "DATELINE_LIMIT": options.articles,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }
    settings = crawl_settings(changes)
    row: dict[str, Any] = {"policy": "Dateline, news sitemap"}

    async def work() -> None:
        ask(origin, "/__stats__?reset=1")
        await Round(settings, lambda run: None).crawl(spiders)
        row.update(articles=len(texts(db)), hosts=len(origins), first=cost(origin))
        await Round(settings, lambda run: None).crawl(spiders)
        row["unchanged world"] = cost(origin)
        ask(origin, "/__tick__")
        ask(origin, "/__stats__?reset=1")
        before = texts(db)
        await Round(settings, lambda run: None).crawl(spiders)
        after, asked = texts(db), cost(origin)
        new = len(after) - len(before)
        revised = [number for number in before if after[number][0] > before[number][0]]
        changed = asked["by kind"].get("article 200", 0) - new
        row["after a tick"] = asked | {
            "new found": f"{new}/{options.new}",
            "changed found": f"{changed}/{options.changed}",
            "of them with another text": len(revised),
            "share of texts that show such a change": round(
                sum(tells for _, tells in before.values()) / len(before), 2
            ),
        }

    run_in_reactor(work, settings)
    return row


def _urls(origin: str) -> list[str]:
    with urlopen(f"{origin}/__urls__") as answer:
        return str(answer.read().decode()).split()


def main() -> None:
    """Print the shared table, and our row."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=10)
    parser.add_argument("--new", type=int, default=20)
    parser.add_argument("--changed", type=int, default=10)
    parser.add_argument("--only-ours", action="store_true", help="leave the shared table out")
    options = parser.parse_args()
    if not PERF.exists():
        print("skipped: it needs ../shared/perf and ../shared/pages, which are not here")
        return
    logging.disable(logging.WARNING)
    if not options.only_ours:
        command = [sys.executable, str(PERF / "incremental_bench.py"), "--pages", str(PAGES)]
        for name in ("articles", "hosts", "new", "changed"):
            command += [f"--{name}", str(getattr(options, name))]
        subprocess.run(command, check=True)
    with newsworld(options) as origin, tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(origin, Path(folder) / "archive.db", options)), flush=True)


if __name__ == "__main__":
    main()
