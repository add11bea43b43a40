"""How much of a crawl's CPU goes into extraction, and how much memory the whole crawl takes.

Serves a news world on loopback, crawls it with `dateline crawl` into a fresh archive, and extracts
the same pages alone, in as many processes as the crawl has workers, after it. Prints

    ratio   articles per CPU second of the whole crawl / articles per CPU second of extraction alone
    memory  peak of the process tree: resident sizes summed, and proportional sizes (shared pages
            counted once)

The world is ../shared/perf/newsworld.py over the pages in ../shared/pages/news where they are
present, else the bundled demo world (few and small pages, so that start-up weighs more).

    .venv/bin/python benchmarks/pipeline.py [--articles 1000] [--rounds 3] [--workers 2]

Times of one run on one machine can be compared with each other, not with those of another.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PORT = 8830
SAMPLE_SECONDS = 0.1


@contextlib.contextmanager
def newsworld(articles: int, hosts: int) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Serve the shared world; yield (options for dateline crawl, allowed hosts, article URLs)."""
    command = [sys.executable, str(SHARED / "perf" / "newsworld.py"), "--port", str(PORT)]
    command += ["--pages", str(SHARED / "pages" / "news")]
    command += ["--articles", str(articles), "--hosts", str(hosts)]
    world = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert world.stdout is not None
        origin = world.stdout.readline().split()[-1].rsplit("/", 1)[0]
        urls = urlopen(f"{origin}/__urls__").read().decode().split()
        origins = sorted({"/".join(url.split("/")[:3]) for url in urls})
        options = [word for o in origins for word in ("--news-sitemap", f"{o}/sitemap.xml")]
        yield options, [o.removeprefix("http://") for o in origins], urls
    finally:
        world.terminate()
        world.wait()


@contextlib.contextmanager
def demo_world() -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Serve the bundled demo world; yield the same."""
    from scraper.demo.server import DemoServer
    from scraper.demo.world import NewsWorld

    world = NewsWorld()
    with DemoServer(world):
        from scraper.crawl.outlets import load_outlets

        names = [name for name in load_outlets() if name.startswith("demo-")]
        yield names, list(world.allowed_hosts), [truth.url for truth in world.expected()]


def crawl(options: list[str], allowed: list[str], folder: Path, workers: int) -> dict[str, float]:
    """Crawl once into a fresh archive; return articles, CPU seconds, seconds and peak bytes."""
    db = folder / "archive.db"
    command = [sys.executable, "-m", "scraper", "crawl", *options, "--db", str(db), "--json"]
    command += [word for host in allowed for word in ("--allow", host)]
    for change in (
        "DOWNLOAD_DELAY=0",
        "AUTOTHROTTLE_ENABLED=False",
        "CONCURRENT_REQUESTS=2",
        "CONCURRENT_REQUESTS_PER_DOMAIN=2",
        "DATELINE_LIMIT=100000",
        f"DATELINE_WORKERS={workers}",
    ):
        command += ["-s", change]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    peaks = {"rss": 0, "pss": 0}
    sampler = threading.Thread(target=_watch, args=(psutil.Process(process.pid), peaks))
    sampler.start()
    output, _ = process.communicate()
    sampler.join()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    runs = json.loads(output)
    return {"articles": sum(r["new"] for r in runs), "cpu": cpu, "seconds": seconds, **peaks}


def _watch(root: psutil.Process, peaks: dict[str, int]) -> None:
    turn = 0
    while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
        turn += 1
        with contextlib.suppress(psutil.Error):
            tree = [root, *root.children(recursive=True)]
            peaks["rss"] = max(peaks["rss"], sum(p.memory_info().rss for p in tree))
            if turn % 10 == 0:  # reading proportional sizes is dear
                sizes = (getattr(p.memory_full_info(), "pss", 0) for p in tree)
                peaks["pss"] = max(peaks["pss"], sum(sizes))
        time.sleep(SAMPLE_SECONDS)


def extract_alone(urls: list[str], workers: int) -> dict[str, float]:
    """Fetch the pages, then extract them, on as many processes at once; return articles and CPU.

    As many as the crawl has workers, because a core whose sibling is busy does less in a second.
    """
    code = (
        "import sys, time, urllib.request\n"
        "from scraper.errors import ScraperError\n"
        "from scraper.extraction.article import extract\n"
        "from scraper.records import Capture\n"
        "captures = []\n"
        "for url in sys.stdin.readline().split():\n"
        "    with urllib.request.urlopen(url) as r:\n"
        "        captures.append(Capture(r.url, r.read(), dict(r.headers)))\n"
        "for warm in captures[:3]:\n"
        "    extract(warm)\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "done, start = 0, time.process_time()\n"
        "for capture in captures:\n"
        "    try:\n"
        "        done += bool(extract(capture))\n"
        "    except ScraperError:\n"
        "        pass\n"
        "print(done, time.process_time() - start, flush=True)\n"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code]
    running = []
    for number in range(workers):
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
        assert process.stdin is not None
        process.stdin.write(" ".join(urls[number::workers]) + "\n")
        process.stdin.flush()
        running.append(process)
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    answers = []
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in running:
        answers.append(process.communicate()[0].split())
    return {"articles": sum(float(a) for a, _ in answers), "cpu": sum(float(c) for _, c in answers)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    shared = (SHARED / "perf" / "newsworld.py").exists()
    ratios, peaks = [], []
    with newsworld(args.articles, args.hosts) if shared else demo_world() as (opts, allowed, urls):
        for _ in range(args.rounds):
            with tempfile.TemporaryDirectory() as folder:
                whole = crawl(opts, allowed, Path(folder), args.workers)
            alone = extract_alone(urls, args.workers)
            per_cpu = whole["articles"] / whole["cpu"], alone["articles"] / alone["cpu"]
            ratios.append(per_cpu[0] / per_cpu[1])
            peaks.append(whole["rss"])
            print(
                f"crawl {whole['articles']:.0f} articles, {per_cpu[0]:.1f} per CPU second, "
                f"{whole['seconds']:.1f} s; extraction alone {per_cpu[1]:.1f} per CPU second; "
                f"ratio {ratios[-1]:.2f}; peak {whole['rss'] / 1e6:.0f} MB resident summed, "
                f"{whole['pss'] / 1e6:.0f} MB proportional",
                flush=True,
            )
    print(f"ratio {statistics.median(ratios):.2f}, peak {statistics.median(peaks) / 1e6:.0f} MB")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
