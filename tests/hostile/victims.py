"""The processes that are struck: a crawl with its workers, and a clerk at the writer."""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tests.crawling import ROOT, command, environment

END_SECONDS = 60.0  # for what should end by itself
ORPHAN_SECONDS = 30.0  # for workers whose parent was killed
TICK_SECONDS = 0.02
QUICK = {
    "DOWNLOAD_DELAY": "0",
    "DATELINE_DISK_RESERVE": "0",  # disks are to be full here
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_TIMEOUT": "10",
    "DATELINE_WORKERS": "2",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
    "SCRAPER_SLOT_MAX_ACTIVE_SIZE": "16384",  # the pages are light: few may wait for the pool
}
CLEAR_WORD = "nothing more can be stored in"


class Victim:
    """A process in a session of its own, with all that it starts."""

    def __init__(self, words: Sequence[str], errors: Path, **changes: str) -> None:
        self.errors = errors
        with errors.open("wb") as file:
            self.process = subprocess.Popen(
                ["nice", *words],
                cwd=ROOT,
                env=environment(**changes),
                stdout=subprocess.PIPE,
                stderr=file,
                start_new_session=True,
            )
        atexit.register(self.signal, signal.SIGKILL)  # none outlives the trial
        self.said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.said += (line.decode() for line in lines if line.endswith(b"\n"))

    @property
    def is_alive(self) -> bool:
        """Tell whether the main process is there."""
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        """Signal the main process and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """SIGKILL everything."""
        self.signal(signal.SIGKILL)
        self.reap(0)

    def kill_main(self) -> None:
        """SIGKILL the main process alone."""
        os.kill(self.process.pid, signal.SIGKILL)

    def reap(self, seconds: float = ORPHAN_SECONDS) -> int:
        """Wait for all of them to end by themselves, kill the rest, and return how many that were."""
        end = time.monotonic() + seconds
        while self._members() and time.monotonic() < end:
            self.process.poll()
            time.sleep(TICK_SECONDS)
        left = len(self._members()) if seconds else 0
        self.signal(signal.SIGKILL)
        atexit.unregister(self.signal)
        self.process.wait(END_SECONDS)
        while self._members():
            time.sleep(TICK_SECONDS)
        self._listener.join(END_SECONDS)
        return left

    def told(self) -> str:
        """Return what it said of errors."""
        return self.errors.read_text("utf8", "replace")

    def _members(self) -> list[int]:
        """Return the living processes of its session, by /proc/PID/stat (proc(5))."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                state, _, _, session, *_ = path.read_text().rpartition(")")[2].split()
                if int(session) == self.process.pid and state != "Z":
                    found.append(int(path.parent.name))
        return found


def crawl(db: Path, listings: list[str], errors: Path, *, revisit: bool, **changes: str) -> Victim:
    """Start a crawl of loopback listings."""
    hosts = [word.split("/")[2] for word in listings if word.startswith("http")]
    words = ["crawl", "--db", str(db), "--limit", "5000", *listings]
    words += [word for host in hosts for word in ("--allow", host)]
    words += [word for name, value in QUICK.items() for word in ("-s", f"{name}={value}")]
    return Victim(command(*words, *(["--revisit"] if revisit else [])), errors, **changes)


def clerk(db: Path, errors: Path, first: int, count: int, editions: int = 2) -> Victim:
    """Start a process that stores `count` articles through the archive's writer."""
    words = [sys.executable, "-m", "tests.hostile.clerk", str(db), str(db.parent / "captures")]
    return Victim([*words, str(first), str(count), str(editions)], errors)


def unclear(victim: Victim) -> str:
    """Return what is wrong with the way a crawl ended whose disk takes nothing more."""
    code, told = victim.process.returncode, victim.told()
    if "Traceback" in told:
        return f"a traceback: {told[told.index('Traceback') :][:1500]}"
    if code != 1 or CLEAR_WORD not in told:
        return f"exit code {code} without a clear word: {told[-500:]}"
    return ""
