"""Kills crawls and writers at random moments and tells whether anything acknowledged was lost.

`python -m tests.hostile.kills --kills 100 --seed 1`. The disk ways need root (mounts in a
namespace of their own) and loop devices, the clock way a C compiler; else they are left out.
"""

import argparse
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.hostile.clock import compiler
from tests.hostile.ground import Ground, begin_with_own_mounts
from tests.hostile.newsroom import Newsroom
from tests.hostile.ordeals import FIRST_EDITION_STRIKES, ClerkOrdeal, CrawlOrdeal, Tally
from tests.hostile.strikes import CRAWL_WAYS, NEEDS_GROUND, WRITER_WAYS
from tests.hostile.undisturbed import undisturbed_clerk, undisturbed_crawl
from tests.hostile.witness import Truth

WAYS = (*CRAWL_WAYS, *WRITER_WAYS)
PER_ARCHIVE = 10  # strikes
COLUMNS = ("kills", "acknowledged", *Tally.COUNTS, "verify_failures", "torn_tails")


def left_out(folder: Path) -> dict[str, str]:
    """Return the ways that this machine does not allow, and why."""
    ground = Ground(folder)
    ground.remove()
    missing = dict.fromkeys(NEEDS_GROUND, ground.why_plain) if ground.why_plain else {}
    return missing | ({} if compiler() else {"clock": "there is no C compiler"})


def strike_all(
    ways: list[str], folder: Path, pages: int, chance: random.Random
) -> dict[str, Tally]:
    """Carry out the strikes, ten an archive; return what each way cost."""
    tallies = {way: Tally() for way in ways}
    crawled = [way for way in ways if way in CRAWL_WAYS]
    if crawled:
        with Newsroom(pages) as newsroom:
            truth = Truth()
            editions = 2 if len(crawled) > FIRST_EDITION_STRIKES else 1
            portraits = undisturbed_crawl(folder / "undisturbed", newsroom, truth, editions)
            for number, some in enumerate(in_tens(crawled)):
                place = folder / f"crawl-{number:02}"
                CrawlOrdeal(
                    place, truth, tallies, newsroom=newsroom, pages=pages, chance=chance
                ).run(some, portraits)
                progress(tallies)
    written = [way for way in ways if way in WRITER_WAYS]
    if written:
        truth, count = Truth(), 3 * pages
        expected = undisturbed_clerk(folder / "undisturbed-clerk", count, truth)
        for number, some in enumerate(in_tens(written)):
            place = folder / f"clerk-{number:02}"
            ClerkOrdeal(place, truth, tallies, count=count, chance=chance).run(some, expected)
            progress(tallies)
    return tallies


def in_tens(ways: list[str]) -> list[list[str]]:
    """Return the strikes archive by archive."""
    return [ways[start : start + PER_ARCHIVE] for start in range(0, len(ways), PER_ARCHIVE)]


def progress(tallies: dict[str, Tally]) -> None:
    """Say how far it has come."""
    kills = sum(tally.kills for tally in tallies.values())
    faults = sum(tally.faults for tally in tallies.values())
    print(f"{kills} kills, {faults} faults", file=sys.stderr, flush=True)


def table(tallies: dict[str, Tally]) -> str:
    """Return the tallies for reading."""
    total = {name: sum(getattr(tally, name) for tally in tallies.values()) for name in COLUMNS}
    rows = [("way", *COLUMNS, "odd")]
    rows += [
        (way, *(getattr(tally, name) for name in COLUMNS), len(tally.oddities))
        for way, tally in tallies.items()
    ]
    rows.append(("all", *total.values(), sum(len(t.oddities) for t in tallies.values())))
    return "\n".join("  ".join(f"{cell!s:>15}" for cell in row) for row in rows)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=500, help="articles of the newsroom")
    parser.add_argument("--ways", default=",".join(WAYS), help=f"of {', '.join(WAYS)}")
    parser.add_argument("--out", type=Path, help="JSON of the tallies")
    parser.add_argument("--keep", action="store_true", help="keep what the processes said")
    return parser.parse_args()


def main() -> None:
    """Strike, tell, and exit with 1 if anything at all went wrong."""
    given = options()
    begin_with_own_mounts([sys.executable, "-m", "tests.hostile.kills", *sys.argv[1:]])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))
    folder = Path(tempfile.mkdtemp(prefix="dateline-kills-"))
    began = time.monotonic()
    skipped = left_out(folder / "probe")
    ways = [way for way in given.ways.split(",") if way not in skipped]
    strikes = [ways[number % len(ways)] for number in range(given.kills if ways else 0)]
    tallies = strike_all(strikes, folder, given.pages, random.Random(given.seed))
    print(table(tallies))
    for way, why in skipped.items():
        print(f"{way}: left out, {why}")
    print(f"{time.monotonic() - began:.0f} s")
    if given.out:
        result = {way: asdict(tally) for way, tally in tallies.items()}
        given.out.write_text(json.dumps({"ways": result, "skipped": skipped}, indent=1))
    if given.keep:
        print(f"kept: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(any(tally.faults for tally in tallies.values()))


if __name__ == "__main__":
    main()
