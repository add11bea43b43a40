"""The demo: crawls the invented news world, lets it move on, crawls it again, shows what landed."""

import time
from pathlib import Path

from scraper.archive import tally
from scraper.archive.database import open_reader
from scraper.archive.findings import search
from scraper.archive.search import Search
from scraper.archive.segmentation import MARK_CLOSE, MARK_OPEN
from scraper.crawl.outlets import load_outlets
from scraper.crawl.rounds import Round, crawl_settings, run_in_reactor, stop_on_signals
from scraper.demo.server import DemoServer
from scraper.demo.world import NewsWorld
from scraper.terminal import CrawlDisplay, print_hits, print_table, say

DEMO_PREFIX = "demo-"
EXAMPLES = ("津波警報", "title:canal AND (commission OR mediat*)")
EXAMPLE_HITS = 3
QUICK = {  # the demo world runs here, for us alone
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "DATELINE_OUTLETS_AT_ONCE": 20,
}


def tour(db: Path, captures: Path | None) -> None:
    """Run the whole demo but the serving.

    Raises:
        ArchiveBusy: another process writes to the archive.
        PortTaken: something else listens where the demo world would.
    """
    started = time.monotonic()
    world = NewsWorld()
    spiders = [s for name, s in sorted(load_outlets().items()) if name.startswith(DEMO_PREFIX)]
    where = {
        "DATELINE_DB": str(db),
        "DATELINE_CAPTURES": str(captures or ""),
        "DATELINE_ALLOW": world.allowed_hosts,
    }
    first = crawl_settings({**QUICK, **where})
    second = crawl_settings({**QUICK, **where, "DATELINE_REVISIT": True})

    async def crawl_twice() -> None:
        for settings, heading in (
            (first, f"The demo world: {len(spiders)} invented outlets. First crawl:"),
            (second, "The world moves on: edits, new articles, one taken down. Second crawl:"),
        ):
            say(heading)
            with CrawlDisplay(len(spiders)) as display:
                crawl_round = Round(settings, display)
                stop_on_signals(crawl_round.stop)
                await crawl_round.crawl(spiders)
            world.tick()

    with DemoServer(world):
        run_in_reactor(crawl_twice, first)
    _show(db, time.monotonic() - started)


def _show(db: Path, seconds: float) -> None:
    connection = open_reader(db)
    found = tally.tally(connection)
    say("\nWhat landed:")
    print_table(
        ("what", "number"),
        [
            ("outlets", found.outlets),
            ("articles", found.articles),
            ("languages", found.languages),
            ("edits kept as revisions", found.edits),
            ("gone from the web, kept here", found.gone),
            ("pages in quarantine", found.quarantined),
        ],
    )
    for reason, count in found.quarantine_reasons:
        say(f"  quarantined: {count} × {reason}")
    say(f"in {seconds:.0f} s, kept in {db}")
    for query in EXAMPLES:
        say(f"\nSearch for {query}")
        answer = search(connection, Search(query=query, limit=EXAMPLE_HITS))
        print_hits(answer, (MARK_OPEN, MARK_CLOSE))
    connection.close()
