"""How long pages take at several sizes of archive, over the wire on loopback, in one run.

    python benchmarks/pages.py 10k/archive.db 200k/archive.db 1m/archive.db [--only search]

Archives come from `benchmarks/archives.py`. Each is served by `dateline serve` of its own; requests
go to them in turn, one at a time, so that noise of the machine falls on all alike. Printed are the
median and the 95th percentile in ms, and the ratio of the latter to that of the first archive.
"""

import argparse
import html
import json
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

START_SECONDS, ANSWER_SECONDS = 120, 60


def search(query: str, **parts: str) -> str:
    """Return the address of a search."""
    return f"/-/search?{urlencode({'q': query, **parts})}"


# The commonest words and phrases of several scripts, middling and rare ones, filters, other pages.
PAGES = {
    "search newest: the": search("the", order="newest"),
    "search newest: の": search("の", order="newest"),
    "search newest: 日本": search("日本", order="newest"),
    "search newest: في": search("في", order="newest"),
    'search newest: "of the"': search('"of the"', order="newest"),
    "search newest: ということ": search("ということ", order="newest"),
    "search newest: parliament": search("parliament", order="newest"),
    "search newest: bucket77": search("bucket77", order="newest"),
    "search newest: the, Germany": search("the", order="newest", country="DE"),
    "search newest: the is:revised": search("the is:revised", order="newest"),
    "search newest: the after:2024": search("the after:2024", order="newest"),
    "search next page: the": "{next}",
    "search relevance: the": search("the"),
    "search relevance: の": search("の"),
    'search relevance: "of the"': search('"of the"'),
    "search relevance: ということ": search("ということ"),
    "search relevance: في": search("في"),
    "search relevance: parliament": search("parliament"),
    "search relevance: bucket77": search("bucket77"),
    "search prefix: the*": search("the*"),
    "search oldest: the": search("the", order="oldest"),
    "search everything": "/-/search",
    "search nothing found": search("zzz qqq the"),
    "attention: everything": "/-/attention",
    "attention: the": "/-/attention?q=the",
    "attention: の by outlet": f"/-/attention?{urlencode({'q': 'の', 'by': 'outlet'})}",
    "attention: two queries": "/-/attention?q=parliament&q2=bucket77",
    "attention: picture": "/-/attention.svg?q=the",
    "concordance: the": "/-/concordance?q=the",
    "concordance: 日本": f"/-/concordance?{urlencode({'q': '日本'})}",
    "concordance: bucket77": "/-/concordance?q=bucket77",
    "edits": "/-/edits",
    "edits: the": "/-/edits?q=the",
    "edits: quiet": "/-/edits?quiet=1",
    "edits: bucket77": "/-/edits?q=bucket77",
    "outlets": "/-/outlets",
    "outlet": "/-/outlet/{outlet}",
    "health": "/-/health",
    "article": "/-/article/{article}",
    "article revised": "/-/article/{revised}",
    "about": "/-/about",
    "front page": "/",
    "feed: the": "/-/search.atom?q=the",
    "stock table": "/archive/articles",
    "stock search": "/archive/articles?_search=the",
    "canned query": "/archive/coverage_by_month",
}


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve an archive; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scraper", "serve", "--db", str(archive), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                asked(f"{address}/-/versions.json")
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def asked(url: str) -> tuple[float, int, bytes]:
    """Return the seconds an answer took, its status and its body."""
    begin = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as answer:
            body = answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        body, status = error.read(), error.code
    return time.perf_counter() - begin, status, body


def filled(page: str, address: str) -> str:
    """Return a page's address with an outlet and articles of the archive in its places."""
    if "{" not in page:
        return page
    if page == "{next}":
        _, _, body = asked(address + search("the", order="newest"))
        return html.unescape(re.findall(r'rel="next" href="([^"]+)"', body.decode())[0])
    sql = (
        "select (select outlet from articles order by id desc limit 1) as outlet, "
        "(select max(id) / 2 from articles) as article, "
        "(select article from revisions where number = 2 order by id desc limit 1) as revised"
    )
    _, _, body = asked(f"{address}/archive.json?{urlencode({'sql': sql, '_shape': 'array'})}")
    return page.format(**json.loads(body)[0])


def percentile(times: list[float]) -> float:
    """Return the 95th percentile in ms."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] * 1000


def measure(addresses: list[str], page: str, repeat: int) -> list[tuple[float, float, str]]:
    """Return median, 95th percentile and what went wrong, for each archive."""
    urls = [address + filled(page, address) for address in addresses]
    times: list[list[float]] = [[] for _ in urls]
    problems = ["" for _ in urls]
    for turn in range(repeat + 1):
        for number, url in enumerate(urls):
            seconds, status, body = asked(url)
            if turn:  # the first finds nothing in memory
                times[number].append(seconds)
            if status != 200 or b"took too long" in body or b"No count in time" in body:
                problems[number] = f"!{status}"
    return [
        (statistics.median(found) * 1000, percentile(found), problem)
        for found, problem in zip(times, problems, strict=True)
    ]


def main() -> None:
    """Measure every page and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archives", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    options = parser.parse_args()
    print("page".ljust(34), *(str(path.parent.name).rjust(18) for path in options.archives))
    with _all(options.archives) as addresses:
        for name, page in PAGES.items():
            if options.only not in name:
                continue
            found = measure(addresses, page, options.repeat)
            base = found[0][1]
            cells = [f"{m:5.0f} {p:5.0f} {p / base:4.1f}x{w}" for m, p, w in found]
            print(name.ljust(34), *(cell.rjust(18) for cell in cells), flush=True)


@contextmanager
def _all(archives: list[Path]) -> Iterator[list[str]]:
    if not archives:
        yield []
        return
    with served(archives[0]) as first, _all(archives[1:]) as rest:
        yield [first, *rest]


if __name__ == "__main__":
    main()
