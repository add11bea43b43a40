"""A month in the life of the scheduler: 200 outlets, a clock that leaps, everything that breaks.

    python benchmarks/month.py [--outlets 200] [--days 30] [--per-day 1.5] [--kills 20] [--json]

A real server answers for outlets of the demo world's kind, each on a loopback address of its own
(Linux answers all of 127.0.0.0/8): round the clock, in office hours, on weekdays, weekly, in
bursts; edited and removed later; with outages, redesigns, bans and moves planted at known times.
The real scheduler crawls them, killed with SIGKILL at random moments and started again. Shown is
what the archive and the server's log say, against what is known of the world.

The clock is real time plus leaps over the time in which nothing is due, to the next whole --grain;
while crawls go on it runs ahead, up to --longest-crawl seconds for each. So a delay is told too
long by up to that. On two quiet cores the whole month takes about half an hour; fewer outlets, days
or articles a day take less.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from month_clock import CONTROL  # noqa: E402
from month_plan import PORT, Plan  # noqa: E402
from month_report import gather, report  # noqa: E402
from month_scheduler import DELAY_SECONDS, clock_arguments  # noqa: E402
from month_server import plan_arguments, planned, read_log  # noqa: E402

HERE = Path(__file__).resolve().parent
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  # a disk's fsync is not what is measured here
LOOK_SECONDS = 0.2
END_SECONDS = 90.0  # real ones, for the scheduler to finish what is in flight


@dataclass(slots=True)
class Life:
    """What the scheduler's processes took."""

    kills: int = 0
    peak_bytes: int = 0  # of the scheduler's own process
    peak_tree_bytes: int = 0  # with its workers
    cpu_seconds: float = 0.0
    real_seconds: float = 0.0
    exit_codes: list[int] = field(default_factory=list)


@contextlib.contextmanager
def served(folder: Path, words: list[str]) -> Iterator[HTTPConnection]:
    """Serve the world; yield a connection that tells the time."""
    command = [sys.executable, str(HERE / "month_server.py"), str(folder / "requests.log"), *words]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        if server.stdout.readline().strip() != "ready":
            raise SystemExit("the world's server did not start")
        yield HTTPConnection("127.0.0.1", PORT, timeout=END_SECONDS)
    finally:
        server.terminate()
        server.wait()


class Strikes:
    """Runs the scheduler to the month's end, killing it at given moments of the month."""

    def __init__(self, folder: Path, words: list[str], clock: HTTPConnection) -> None:
        self.folder, self.words, self.clock = folder, words, clock
        self.life = Life()
        self.rng = random.Random(f"strikes {words}")  # noqa: S311

    def run(self, plan: Plan, kills: int) -> Life:
        """Return what it took."""
        span = plan.end - plan.start
        moments = sorted(plan.start + span * self.rng.uniform(0.02, 0.98) for _ in range(kills))
        begun = time.monotonic()
        for moment in [*moments, None]:
            with (self.folder / "scheduler.log").open("a") as log:
                scheduler = self._start(log)
                if self._until(scheduler, moment or plan.end) and moment is not None:
                    time.sleep(self.rng.uniform(0, 0.5))  # nothing on the clock, anything in work
                    os.killpg(scheduler.pid, signal.SIGKILL)
                    self.life.kills += 1
                elif moment is None:
                    scheduler.terminate()
                self.life.exit_codes.append(scheduler.wait(END_SECONDS))
        self.life.real_seconds = time.monotonic() - begun
        return self.life

    def _start(self, log: Any) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(HERE / "month_scheduler.py"), *self.words]
        command += ["--db", str(self.folder / "archive.db")]
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, start_new_session=True)

    def _until(self, scheduler: "subprocess.Popen[bytes]", moment: datetime) -> bool:
        """Wait for a moment of the month; False when the scheduler ended before."""
        process, cpu = psutil.Process(scheduler.pid), 0.0
        while scheduler.poll() is None and self._now() < moment:
            with contextlib.suppress(psutil.Error):
                tree = [process, *process.children(recursive=True)]
                sizes = [each.memory_info().rss for each in tree]
                cpu = sum(sum(each.cpu_times()[:2]) for each in tree)
                self.life.peak_bytes = max(self.life.peak_bytes, sizes[0])
                self.life.peak_tree_bytes = max(self.life.peak_tree_bytes, sum(sizes))
            time.sleep(LOOK_SECONDS)
        self.life.cpu_seconds += cpu
        return scheduler.poll() is None

    def _now(self) -> datetime:
        self.clock.request("GET", CONTROL)
        start, began, leapt = json.loads(self.clock.getresponse().read())
        passed = timedelta(seconds=time.monotonic() - began + leapt)
        return datetime.fromisoformat(start) + passed


def simulate(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Run a month; return what it shows."""
    plan = planned(options)
    names = ("seed", "outlets", "days", "per_day")
    words = [f"--{name.replace('_', '-')}={getattr(options, name)}" for name in names]
    with served(folder, words) as clock:
        leaps = [f"--grain={options.grain}", f"--longest-crawl={options.longest_crawl}"]
        strikes = Strikes(folder, [*words, *leaps], clock)
        life = strikes.run(plan, options.kills)
    db = folder / "archive.db"
    verify = [sys.executable, "-m", "scraper", "verify", "--db", str(db)]
    verified = subprocess.run(verify, cwd=ROOT, capture_output=True, text=True, check=False)
    log = (folder / "scheduler.log").read_text(errors="replace")
    captures = sum(p.stat().st_size for p in (folder / "captures").rglob("*") if p.is_file())
    shown = report(gather(plan, db, read_log(folder / "requests.log"), plan.end), DELAY_SECONDS)
    return {
        "world": {name: getattr(options, name) for name in (*names, "grain", "longest_crawl")},
        **shown,
        "scheduler": {
            "kill -9": life.kills,
            "exit codes": life.exit_codes,
            "tracebacks": log.count("Traceback"),
            "real seconds": round(life.real_seconds),
            "CPU seconds": round(life.cpu_seconds),
            "peak MB": round(life.peak_bytes / 1e6),
            "peak MB with workers": round(life.peak_tree_bytes / 1e6),
            "archive MB": round(db.stat().st_size / 1e6, 1),
            "captures MB": round(captures / 1e6, 1),
            "dateline verify": "sound" if verified.returncode == 0 else verified.stdout[-2000:],
        },
    }


def print_report(shown: dict[str, Any]) -> None:
    """Print a table: one line for each thing shown."""
    for part, lines in shown.items():
        print(f"\n{part}")
        for name, value in lines.items():
            if isinstance(value, dict):
                value = ", ".join(f"{key} {number}" for key, number in value.items())
            print(f"    {name:<40} {value}")


def main() -> int:
    """Simulate and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    plan_arguments(parser)
    parser.add_argument("--kills", type=int, default=20)
    clock_arguments(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the archive stays (default: nowhere)")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.folder
        if folder is None:
            place = MEMORY_DISK if MEMORY_DISK.is_dir() else None
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=place)))
        folder.mkdir(parents=True, exist_ok=True)
        shown = simulate(options, folder)
    print(json.dumps(shown, indent=1)) if options.json else print_report(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
