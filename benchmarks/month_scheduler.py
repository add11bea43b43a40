"""The real scheduler over the outlets of a simulated month, by the month's clock.

`benchmarks/month.py` starts it, kills it, and starts it again.
"""

import argparse
import asyncio
import logging
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from month_clock import LeapingClock  # noqa: E402
from month_outlets import allowed_hosts, declare  # noqa: E402
from month_plan import PORT  # noqa: E402
from month_server import plan_arguments, planned  # noqa: E402

from scraper.crawl.daemon import Scheduler  # noqa: E402
from scraper.crawl.rounds import crawl_settings, run_in_reactor, stop_on_signals  # noqa: E402

DELAY_SECONDS = 0.05  # real ones: DOWNLOAD_DELAY, where robots.txt asks for none
QUICK = {
    "DOWNLOAD_DELAY": DELAY_SECONDS,
    "AUTOTHROTTLE_START_DELAY": DELAY_SECONDS,
    "AUTOTHROTTLE_MAX_DELAY": 1.0,
    "DOWNLOAD_TIMEOUT": 3,  # real seconds: the clock does not leap meanwhile
    "RETRY_TIMES": 1,
    "DATELINE_WORKERS": 1,
    "DATELINE_OUTLETS_AT_ONCE": 16,  # so that Crawl-delays of some keep none of the others waiting
    "LOG_LEVEL": "WARNING",
}


def clock_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how the clock leaps."""
    parser.add_argument("--grain", type=float, default=60.0, help="seconds that it leaps by")
    parser.add_argument(
        "--longest-crawl", type=float, default=900.0, help="seconds it lets pass during a crawl"
    )


def main() -> None:
    """Run the scheduler until SIGTERM."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--db", type=Path, required=True)
    clock_arguments(parser)
    plan_arguments(parser)
    options = parser.parse_args()
    plan = planned(options)
    clock = LeapingClock(("127.0.0.1", PORT), timedelta(seconds=options.grain), plan.end)
    changes = QUICK | {"DATELINE_DB": str(options.db), "DATELINE_ALLOW": allowed_hosts(plan)}
    settings = crawl_settings(changes)
    spiders = declare(plan)
    logging.disable(logging.INFO)

    async def work() -> None:
        scheduler = Scheduler(settings, spiders, lambda run: None, clock)
        clock.in_flight = lambda: scheduler.running
        clock.most_in_flight = settings.getint("DATELINE_OUTLETS_AT_ONCE")
        clock.longest_crawl = timedelta(seconds=options.longest_crawl)
        ahead = asyncio.create_task(clock.run_ahead())
        stop_on_signals(scheduler.stop)
        await scheduler.run()
        ahead.cancel()

    run_in_reactor(work, settings)


if __name__ == "__main__":
    main()
