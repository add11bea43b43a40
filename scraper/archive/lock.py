"""One writer process per archive: a lock that says who holds it and dies with its holder."""

import contextlib
import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scraper.archive.storage import storage_trouble
from scraper.archive.values import time_text
from scraper.errors import ArchiveBusy, ArchiveUnreadable

NOTE_MAX_BYTES = 4096  # of the holder's note that a refused process reads
NOTE_TRIES, NOTE_PAUSE_SECONDS = 10, 0.02  # it is written right after the lock was taken
PURPOSE_MAX_CHARS = 200


class ArchiveLock:
    """The right to write to one archive, held by at most one process.

    flock(2) on `<archive>.lock`, so the kernel releases it however the holder ends, kill -9
    included. The file stays behind: removing it would let two processes lock two files of one
    name. Forked children let go of it, so that workers who outlive their parent hold nothing.
    """

    def __init__(self, path: Path | str, purpose: str) -> None:
        """Prepare a lock on the archive at `path`; `purpose` is told to whoever is refused."""
        self.path = Path(path).resolve()  # a link to an archive is that archive
        self.purpose = purpose
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock at once.

        Raises:
            ArchiveBusy: another process, or another lock of this one, holds it.
            ArchiveUnreadable: its folder is missing.
            ArchiveUnwritable: its folder cannot be written to.
        """
        if self._descriptor is not None:
            raise ArchiveBusy(str(self.path), f"process {os.getpid()} ({self.purpose})")
        name = self.path.with_name(self.path.name + ".lock")
        try:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            # The archive is what its user knows of, not the file beside it.
            trouble = storage_trouble(self.path, OSError(error.errno, error.strerror))
            raise trouble or ArchiveUnreadable(
                str(self.path), f"{name}: {error.strerror}"
            ) from error
        holder = _taken(descriptor)
        if holder:
            os.close(descriptor)
            raise ArchiveBusy(str(self.path), holder)
        self._descriptor = descriptor
        _held.add(self)
        self._write_note()

    def release(self) -> None:
        """Let the lock go; does nothing when it is not held."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)  # closing would not do beside a fresh fork
        os.close(self._descriptor)
        self._descriptor = None
        _held.discard(self)

    def _write_note(self) -> None:
        assert self._descriptor is not None
        note = {
            "pid": os.getpid(),
            "purpose": self.purpose[:PURPOSE_MAX_CHARS],
            "since": time_text(datetime.now(UTC)),
        }
        # On a full disk the lock holds without its note.
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps(note).encode(), 0)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


_held: set[ArchiveLock] = set()


def _let_go_in_child() -> None:
    for lock in list(_held):
        if lock._descriptor is not None:
            os.close(lock._descriptor)
            lock._descriptor = None
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


def _taken(descriptor: int) -> str:
    """Take the lock; return who holds it if that cannot be, waiting for a note still unwritten."""
    for _ in range(NOTE_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note = os.pread(descriptor, NOTE_MAX_BYTES, 0)
            if note:
                return _holder(note)
            time.sleep(NOTE_PAUSE_SECONDS)
        else:
            return ""
    return _holder(b"")


def _holder(note: bytes) -> str:
    try:
        found: Any = json.loads(note)
        since = datetime.fromisoformat(found["since"])
        day = "" if since.date() == datetime.now(UTC).date() else f"{since:%Y-%m-%d} "
        return f"process {found['pid']} ({found['purpose']}, since {day}{since:%H:%M} UTC)"
    except (ValueError, TypeError, KeyError):
        return "another process"
