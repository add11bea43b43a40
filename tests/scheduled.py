"""Runs the scheduler over made-up outlets by a clock that jumps, in a process of its own.

`python -m tests.scheduled '{"db": …, "listings": […], …}'`, as `Scheduled.run` calls it.
"""

import asyncio
import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from scraper.crawl.adhoc import adhoc_spiders
from scraper.crawl.daemon import Scheduler
from scraper.crawl.rounds import crawl_settings, run_in_reactor, stop_on_signals
from scraper.records import CrawlRun
from tests.clocks import JumpingClock
from tests.crawling import QUICK, ROOT, environment

PATIENCE_SECONDS = 200.0  # of a test, with its process


@dataclass
class Scheduled:
    """One life of a scheduler.

    Args:
        db: the archive.
        listings: (kind, URL) of listings; those of one host are an outlet.
        allow: hosts that may be asked.
        start: what the clock shows when it begins.
        end: when it is told to stop; "" to crawl what is due once.
        settings: Scrapy settings.
    """

    db: str
    listings: list[tuple[str, str]]
    allow: list[str]
    start: str
    end: str = ""
    settings: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> "subprocess.Popen[str]":
        """Start the process."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.scheduled", json.dumps(asdict(self))],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self) -> list[dict[str, Any]]:
        """Run it to its end; return its runs."""
        with self.begin() as process:
            out, told = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, told
        assert "Traceback" not in told, told
        runs: list[dict[str, Any]] = json.loads(out.splitlines()[-1])
        return runs


def live(life: Scheduled) -> list[CrawlRun]:
    """Be the process."""
    changes = dict(change.split("=") for change in QUICK) | life.settings
    where = {"DATELINE_DB": life.db, "DATELINE_ALLOW": life.allow}
    settings = crawl_settings({**changes, **where})
    runs: list[CrawlRun] = []
    spiders = adhoc_spiders(life.listings)

    async def work() -> None:
        def stop(done: Any) -> None:
            if not done.cancelled():
                scheduler.stop()

        end = datetime.fromisoformat(life.end) if life.end else None
        clock = JumpingClock(datetime.fromisoformat(life.start), end)
        scheduler = Scheduler(settings, spiders, note, clock)
        stop_on_signals(scheduler.stop)
        if end is None:
            await scheduler.run_once()
            return
        ending = asyncio.ensure_future(clock.ended.wait())
        ending.add_done_callback(stop)
        await scheduler.run()
        ending.cancel()

    def note(run: CrawlRun) -> None:
        if run.ended_at is not None:
            runs.append(run)

    run_in_reactor(work, settings)
    return runs


if __name__ == "__main__":
    found = live(Scheduled(**json.loads(sys.argv[1])))
    print(json.dumps([asdict(run) for run in found], default=str))
