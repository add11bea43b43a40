"""The files WARC records go into: each of one writer, whole to its end, new by day and size."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from scraper.archive.storage import sync_directory

WARC_FILE_MAX_BYTES = 2**30  # what ISO 28500 recommends; a larger file is followed by another


class Place(NamedTuple):
    """Where a record stands: file name below the captures directory, first byte, length."""

    file: str
    offset: int
    length: int


def now() -> datetime:
    """Return the present time, aware."""
    return datetime.now(UTC)


class WarcFiles:
    """A row of files that one writer appends to, the last of them open.

    A file belongs to the writer that began it: its name has the time, the process and a sequence
    number, so that what a killed process left half-written is never appended to.
    """

    def __init__(
        self,
        directory: Path,
        begin: Callable[[str], bytes],
        *,
        max_bytes: int = WARC_FILE_MAX_BYTES,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Prepare to write below `directory`; `begin` gives the first bytes of a file so named."""
        self.directory = directory
        self.begin = begin
        self.max_bytes = max_bytes
        self.clock = clock
        self.name = ""
        self._descriptor: int | None = None
        self._size = 0
        self._sequence = 0
        self._is_dirty = False
        self._is_torn = False

    def append(self, record: bytes) -> Place:
        """Write bytes to the end of the present file, or of a new one; return where they stand.

        Raises:
            OSError: the disk is full or fails; what was written of the record is taken back.
        """
        self._make_ready()
        return self._append(record)

    def flush(self) -> None:
        """Wait until all that was appended is on disk.

        Raises:
            OSError: it is not; the file is not used any more.
        """
        if self._descriptor is None or not self._is_dirty:
            return
        try:
            os.fsync(self._descriptor)
        except OSError:
            self._is_torn = True
            raise
        self._is_dirty = False

    def close(self) -> None:
        """Flush and close the file; what is appended next begins another."""
        if self._descriptor is None:
            return
        try:
            self.flush()
        finally:
            os.close(self._descriptor)
            self._descriptor = None
            self._is_torn = False

    def _make_ready(self) -> None:
        moment = self.clock().astimezone(UTC)
        is_full = self._size >= self.max_bytes
        is_other_day = not self.name.startswith(f"dateline-{moment:%Y%m%d}")
        if self._descriptor is None or self._is_torn or is_full or is_other_day:
            self.close()
            self._make_directory()
            self._open_next(f"dateline-{moment:%Y%m%d-%H%M%S}-{os.getpid()}")
        if self._size == 0:  # or the disk was full when it was begun
            self._append(self.begin(self.name))

    def _make_directory(self) -> None:
        if not self.directory.is_dir():
            self.directory.mkdir(parents=True, exist_ok=True)
            sync_directory(self.directory.parent)

    def _open_next(self, stem: str) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        while self._descriptor is None:
            self.name, self._size = f"{stem}-{self._sequence:05}.warc.gz", 0
            self._sequence += 1
            try:
                self._descriptor = os.open(self.directory / self.name, flags, 0o644)
            except FileExistsError:  # of another process with our number, in this very second
                continue
        self._is_torn = True  # unless its name is on disk as well
        sync_directory(self.directory)
        self._is_torn = False

    def _append(self, record: bytes) -> Place:
        assert self._descriptor is not None
        offset, left = self._size, memoryview(record)
        self._is_dirty = True
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            self._take_back(offset)
            raise
        self._size += len(record)
        return Place(self.name, offset, len(record))

    def _take_back(self, offset: int) -> None:
        assert self._descriptor is not None
        try:
            os.ftruncate(self._descriptor, offset)
        except OSError:
            self._is_torn = True
