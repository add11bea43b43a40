"""One writer process per archive, whatever becomes of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.archive.lock import ArchiveLock
from scraper.errors import ArchiveBusy

HOLDER = """
import os, sys, time
from scraper.archive.lock import ArchiveLock
ArchiveLock(sys.argv[1], "crawl of 30 outlets").acquire()
child = os.fork()
if child:
    print(child, flush=True)
time.sleep(20)
"""


def test_second_lock_says_who_holds_the_first(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path / "a.db", "crawl of 30 outlets"):
        with pytest.raises(ArchiveBusy) as refused:
            ArchiveLock(tmp_path / "a.db", "another").acquire()
        assert f"process {os.getpid()} (crawl of 30 outlets, since " in str(refused.value)
        assert refused.value.path == str(tmp_path / "a.db")
    with ArchiveLock(tmp_path / "a.db", "another"):
        pass


def test_locks_of_different_archives_do_not_meet(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path / "a.db", "one"), ArchiveLock(tmp_path / "b.db", "two"):
        pass


def test_holder_without_a_note_is_still_a_holder(tmp_path: Path) -> None:
    with ArchiveLock(tmp_path / "a.db", "one"):
        (tmp_path / "a.db.lock").write_bytes(b"\xff{")
        with pytest.raises(ArchiveBusy, match="another process"):
            ArchiveLock(tmp_path / "a.db", "two").acquire()


def acquired_within(lock: ArchiveLock, seconds: float) -> None:
    """Take a lock whose holder has just died: its fork may still be on the way to letting go."""
    end = time.monotonic() + seconds
    while True:
        try:
            lock.acquire()
        except ArchiveBusy:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            lock.release()
            return


def test_kill_9_lets_go_of_the_lock_although_a_forked_worker_lives_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "a.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        try:
            with pytest.raises(ArchiveBusy, match=f"process {holder.pid} "):
                ArchiveLock(tmp_path / "a.db", "second").acquire()
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            acquired_within(ArchiveLock(tmp_path / "a.db", "second"), seconds=10)
            os.kill(child, 0)
        finally:
            os.kill(child, signal.SIGKILL)
