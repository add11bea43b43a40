"""Serves the world of a simulated month, keeps its clock, and writes down every request.

    python benchmarks/month_server.py LOG [--seed S] [--outlets N] [--days D] [--per-day A]

`benchmarks/month.py` starts it; SIGTERM ends it. Every line of the log has the moment of the
month, real seconds, outlet, path, status, whether the request was conditional, and the name of
its connection, by tabs.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from month_clock import CONTROL, KeptClock  # noqa: E402
from month_plan import Plan, make_plan  # noqa: E402
from month_world import CLOCK, MonthWorld  # noqa: E402

from scraper.demo.server import Request, WorldServer  # noqa: E402

SOONER = -5  # where we may, so that arrivals are noted when they happen
NOTHING = b""  # written in place of an answer that does not come


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the log tells it; `status` is 0 where no answer came."""

    at: datetime
    real_seconds: float
    outlet: str
    path: str
    status: int
    is_conditional: bool
    connection: str


class MonthServer(WorldServer[MonthWorld]):
    """The demo world's server, on an address for each outlet, by the month's clock."""

    def __init__(self, world: MonthWorld, clock: KeptClock, log: TextIO) -> None:
        super().__init__(world)
        self.month = world
        self.clock = clock
        self.log = log
        self._listening: dict[str, asyncio.Server] = {}
        self._tasks: set[asyncio.Task[asyncio.Server]] = set()

    def address(self, slug: str) -> str:
        """Return the address an outlet listens on."""
        return self.month.address(slug)

    def now(self) -> datetime:
        """Return the time the outlets go by."""
        return self.clock.now()

    def note(self, request: Request) -> None:
        """Write a request down."""
        self._write(request.outlet, request.path, request.status, request.headers)

    def _write(self, slug: str, path: str, status: int, headers: Mapping[str, str]) -> None:
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        task = asyncio.current_task()
        connection = task.get_name() if task is not None else ""
        now, real = self.now().isoformat(), f"{monotonic():.6f}"
        fields = (now, real, slug, path, str(status), str(conditional), connection)
        self.log.write("\t".join(fields) + "\n")

    async def _listen(self, slug: str, port: int) -> asyncio.Server:
        self._listening[slug] = await super()._listen(slug, port)
        return self._listening[slug]

    def _respond(self, slug: str, method: str, target: str, headers: Mapping[str, str]) -> bytes:
        if slug == CLOCK:
            return self._tell_time(target)
        silence = self.month.silence(slug)
        if silence:
            self._write(slug, target, 0, headers)
        if silence == "refused":  # over a connection from before
            raise ConnectionAbortedError
        return NOTHING if silence else super()._respond(slug, method, target, headers)

    def _tell_time(self, target: str) -> bytes:
        path, _, moment = target.partition("?")
        if moment:
            self.clock.leap(datetime.fromisoformat(moment).replace(tzinfo=UTC))
            self._open_and_close()
        status, body = (200, self.clock.told()) if path == CONTROL else (404, "")
        head = f"HTTP/1.1 {status} .\r\nContent-Length: {len(body)}\r\n\r\n"
        return (head + body).encode()

    def _open_and_close(self) -> None:
        """Stop listening for outlets that refuse connections now, and start again for others."""
        for slug, server in self._listening.items():
            refuses = self.month.silence(slug) == "refused"
            if refuses and server.is_serving():
                server.close()
            elif not refuses and not server.is_serving():
                task = asyncio.ensure_future(self._listen(slug, self.month.ports[slug]))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)


def plan_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a plan is made from."""
    parser.add_argument("--seed", default="month")
    parser.add_argument("--outlets", type=int, default=200)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--per-day", type=float, default=1.5, help="articles an outlet, on average")


def planned(options: argparse.Namespace) -> Plan:
    """Return the plan that options ask for."""
    return make_plan(options.seed, options.outlets, options.days, options.per_day)


def read_log(path: Path) -> list[Asked]:
    """Return every request of a log, in order."""
    asked = []
    for line in path.read_text(encoding="utf-8").splitlines():
        at, real, outlet, target, status, conditional, connection = line.split("\t")
        moment, was = datetime.fromisoformat(at), conditional == "True"
        asked.append(Asked(moment, float(real), outlet, target, int(status), was, connection))
    return asked


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("log", type=Path)
    plan_arguments(parser)
    options = parser.parse_args()
    plan = planned(options)
    clock = KeptClock(plan.start)
    with contextlib.suppress(PermissionError):
        os.nice(SOONER)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    log = options.log.open("w", encoding="utf-8")
    with log, MonthServer(MonthWorld(plan, clock.now), clock, log):
        print("ready", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            ended.wait()


if __name__ == "__main__":
    main()
