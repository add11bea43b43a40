"""Damages copies of a real archive at random, then asks verify and repair to deal with it.

python -m tests.hostile.damage --rounds 500 --seed 1

Each round must end without any error but our own, with an archive that verifies, and with every
article whose row or whose captures were whole.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from scraper.archive.articles import store_article, store_no_article
from scraper.archive.database import checkpoint, open_writer
from scraper.archive.runs import open_run
from scraper.archive.warc import WarcWriter
from scraper.archive.warc_files import Place
from scraper.archive.writer import Archive
from scraper.errors import NotAnArticle
from scraper.extraction.article import extract
from scraper.extraction.pool import WorkerPool
from scraper.jobs.repair import repair
from scraper.jobs.verify import verify
from tests.conftest import NOON, OUTLET, STORY, Desk
from tests.site import article

ARTICLES = 60
REVISED_EVERY, NO_ARTICLE_EVERY = 4, 15
SPAN_MAX = 9000  # bytes zeroed or overwritten at once: a page or two
FILES = ("archive.db", "archive.db-wal", "captures")


@dataclass
class Tally:
    """What came of all rounds."""

    rounds: int = 0
    told: int = 0
    rebuilt: int = 0
    articles: int = 0
    lost_with_captures: int = 0
    lost_without: int = 0
    revisions_lost: int = 0
    revisions_lost_with_captures: int = 0
    candidates_lost: int = 0
    failures: list[str] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the tally in words."""
        unseen = ", ".join(f"{count} {how}" for how, count in self.unseen.most_common())
        return [
            f"rounds {self.rounds}, told by verify {self.told}, rebuilt {self.rebuilt}",
            f"without effect, or not to be seen: {unseen or 'none'}",
            f"articles {self.articles}: lost with a whole capture {self.lost_with_captures}, "
            f"lost with neither row nor capture {self.lost_without}",
            f"revisions lost {self.revisions_lost}, of them with a whole capture "
            f"{self.revisions_lost_with_captures}; candidates lost {self.candidates_lost}",
            f"failures {len(self.failures)}",
            *self.failures[:20],
        ]


def build(folder: Path, articles: int = ARTICLES) -> None:
    """Fill an archive as a crawl does; the last part stands in the log, as after a kill."""
    connection = open_writer(folder / "work.db")
    archive = Archive(connection, WarcWriter(folder / "captures", max_bytes=40_000))
    run = open_run(archive, "gazette", OUTLET, is_declared=True, started_at=NOON, version="0.1.0")
    desk = Desk(archive, run)
    for number in range(articles):
        _store(desk, number, number)
        if number == articles * 3 // 4:
            checkpoint(connection)
    for number in range(0, articles, REVISED_EVERY):
        _store(desk, number, articles + number, "The council then met again.")
    archive.warc.close()
    for name in ("archive.db", "archive.db-wal"):
        shutil.copy2(folder / name.replace("archive", "work"), folder / name)
    connection.close()
    (folder / "work.db").unlink()


def _store(desk: Desk, number: int, minute: int, more: str = "") -> None:
    url = f"https://gazette.example/{number}"
    text = STORY.replace("third", f"{number}th").split("\n\n") * 2
    text = [f"{paragraph} It was meeting {number}.{n}." for n, paragraph in enumerate(text)]
    page = article(f"Council meeting {number} of the harbour", [*text, more] if more else text)
    if number % NO_ARTICLE_EVERY == 7:
        page = "<html><title>Sections</title><body><ul><li>News</ul></body></html>"
    headers = {"Content-Type": "text/html; charset=utf-8"}
    delivery = desk.deliver(url, page.encode(), minute=minute, headers=headers)
    try:
        found = extract(delivery.capture)
    except NotAnArticle as error:
        store_no_article(desk.archive, delivery, error.reason)
    else:
        store_article(desk.archive, delivery, found, NOON + timedelta(days=1))


def damage(folder: Path, random: Random) -> str:
    """Damage one or two files of an archive; say which and how."""
    warcs = sorted((folder / "captures").iterdir())
    told = []
    for _ in range(random.choice((1, 1, 1, 2))):
        database, log = folder / "archive.db", folder / "archive.db-wal"
        path = random.choice((database, database, database, log, log, random.choice(warcs)))
        if not path.exists():
            continue
        how = random.choice(WAYS)
        data = bytearray(path.read_bytes())
        if data:
            path.write_bytes(how(data, random))
        kind = "capture file" if path.parent.name == "captures" else path.name
        told.append(f"{how.__name__} in {kind}")
    return " and ".join(told)


def flip(data: bytearray, random: Random) -> bytearray:
    for _ in range(random.choice((1, 2, 8, 64))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def flip_head(data: bytearray, random: Random) -> bytearray:
    """Flip bits where the structure is: the file's header or that of a page or frame."""
    for _ in range(random.choice((1, 2, 8))):
        page = random.choice((0, random.randrange(0, len(data), 4096)))
        data[min(page + random.randrange(100), len(data) - 1)] ^= 1 << random.randrange(8)
    return data


def zero(data: bytearray, random: Random) -> bytearray:
    start, length = random.randrange(len(data)), random.randrange(1, SPAN_MAX)
    data[start : start + length] = bytes(len(data[start : start + length]))
    return data


def scramble(data: bytearray, random: Random) -> bytearray:
    start, length = random.randrange(len(data)), random.randrange(1, SPAN_MAX)
    data[start : start + length] = random.randbytes(len(data[start : start + length]))
    return data


def cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data))]


def swap_pages(data: bytearray, random: Random) -> bytearray:
    one, other = (random.randrange(0, len(data), 4096) for _ in range(2))
    first, second = bytes(data[one : one + 4096]), bytes(data[other : other + 4096])
    if len(first) == len(second):
        data[one : one + 4096], data[other : other + 4096] = second, first
    return data


Harm = Callable[[Path], None]
Way = Callable[[bytearray, Random], bytes | bytearray]
WAYS: tuple[Way, ...] = (flip, flip, flip_head, flip_head, zero, scramble, cut, swap_pages)


@dataclass(frozen=True)
class Content:
    """What an archive holds, by what identifies it."""

    articles: dict[str, tuple[str, str]]
    revisions: dict[tuple[str, str], Place]
    candidates: set[str]
    captures: dict[str, list[Place]]


def content(path: Path) -> Content:
    """Read back what is compared: articles with texts, revisions, candidates, places of captures."""
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT url, title, body FROM articles").fetchall()
        revisions = {
            (url, body): Place(*place)
            for url, body, *place in connection.execute(
                "SELECT a.url, r.body, warc_file, warc_offset, warc_bytes FROM revisions r "
                "JOIN articles a ON a.id = article LEFT JOIN captures c ON c.id = r.capture"
            )
        }
        candidates = {url for (url,) in connection.execute("SELECT url FROM candidates")}
        captures: dict[str, list[Place]] = {}
        for url, *place in connection.execute(
            "SELECT url, warc_file, warc_offset, warc_bytes FROM captures ORDER BY captured_at"
        ):
            captures.setdefault(url, []).append(Place(*place))
    connection.close()
    articles = {url: (title, body) for url, title, body in rows}
    return Content(articles, revisions, candidates, captures)


def trial(source: Path, work: Path, random: Random, pool: WorkerPool, tally: Tally) -> None:
    """Run one round on a copy of `source`, which is made at `work`."""
    shutil.copytree(source, work)
    whole = content(source / "archive.db")
    how = damage(work, random)
    is_whole = {
        Place(path.name, offset, length): path.read_bytes()[offset : offset + length]
        == (source / "captures" / path.name).read_bytes()[offset : offset + length]
        for places in whole.captures.values()
        for name, offset, length in places
        for path in [work / "captures" / name]
    }
    tally.rounds += 1
    tally.articles += len(whole.articles)
    try:
        before = verify(work / "archive.db", work / "captures")
        tally.told += not before.is_well
        if before.is_well:
            tally.unseen[how] += 1
        done = repair(work / "archive.db", work / "captures", pool=pool)
        done.line()
        tally.rebuilt += bool(done.kept)
        after = verify(work / "archive.db", work / "captures")
        if not after.is_well:
            tally.failures.append(f"{how}: {after.line()}")
        found = content(work / "archive.db")
    except Exception as error:  # an edge: any escaped exception is what is looked for
        tally.failures.append(f"{how}: {type(error).__name__}: {error}")
        return
    for url, text in whole.articles.items():
        if found.articles.get(url) != text:
            has_capture = is_whole[whole.captures[url][-1]]
            tally.lost_with_captures += has_capture
            tally.lost_without += not has_capture
            if has_capture:
                tally.failures.append(f"{how}: lost {url}")
    for revision in whole.revisions.keys() - found.revisions.keys():
        tally.revisions_lost += 1
        tally.revisions_lost_with_captures += is_whole[whole.revisions[revision]]
    tally.candidates_lost += len(whole.candidates - found.candidates)


def run(rounds: int, seed: int, *, articles: int = ARTICLES) -> Tally:
    """Run rounds of damage and repair; the same seed gives the same damage."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, WorkerPool(2) as pool:
        source = Path(folder, "source")
        source.mkdir()
        build(source, articles)
        for number in range(rounds):
            work = Path(folder, str(number))
            trial(source, work, Random(f"{seed}-{number}"), pool, tally)
            shutil.rmtree(work)
    return tally


def main() -> int:
    """Parse the command line, run, print the tally; exit code 1 on any failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tally = run(given.rounds, given.seed)
    print("\n".join(tally.lines()))
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
