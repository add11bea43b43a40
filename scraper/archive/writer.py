"""The one writer: a thread that owns the writing connection and commits in batches."""

import contextlib
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from scraper.archive.database import checkpoint, open_writer, optimise
from scraper.archive.storage import storage_trouble
from scraper.archive.warc import WarcWriter

BATCH_MAX = 200  # operations committed together
LINGER_SECONDS = 0.02  # how long a batch waits for more: a few fsyncs, unnoticed by a crawl
WAITING_MAX = 400  # operations in the queue; beyond this `submit` blocks
CHECKPOINT_SECONDS = 60.0
# A log this large is copied at once, but no oftener than after a pause: eight readers on a busy
# machine let it grow to 53 MB in a minute, and each try may wait half a second for them.
CHECKPOINT_BYTES = 24 * 2**20
CHECKPOINT_PAUSE_SECONDS = 5.0
WAL_ALARM_PAGES = 65_536  # left in the log by a checkpoint: 256 MB, a reader has stood still

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Archive:
    """What operations write to: the tables, the capture files, and the runs that are ours.

    `open_runs` are the crawl runs opened through this object; any other that the tables call
    running is dead, because only one process writes.
    """

    connection: sqlite3.Connection
    warc: WarcWriter
    open_runs: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Operation:
    call: Callable[[Archive], Any]
    future: Future[Any]


class Writer:
    """Takes operations from any thread, runs them in order in its own, and commits in batches.

    A future resolves after its batch is committed, and the batch is committed after its captures
    are on disk: what was acknowledged survives kill -9 and power cuts. An operation that raises
    undoes its own changes only; when a commit fails, nothing of the batch is stored and every
    future of it has the error: ArchiveUnwritable when the disk refuses.
    """

    def __init__(
        self,
        path: Path | str,
        captures_dir: Path | str,
        *,
        checkpoint_seconds: float = CHECKPOINT_SECONDS,
    ) -> None:
        """Open the archive and start the thread; hold an ArchiveLock on it before.

        Raises:
            ArchiveTooNew, ArchiveUnreadable, ArchiveUnwritable, IndexOutdated: see `open_writer`.
        """
        self.path = Path(path)
        self._log = Path(f"{path}-wal")
        self._archive = Archive(open_writer(path), WarcWriter(captures_dir))
        self._checkpoint_seconds = checkpoint_seconds
        self._queue: queue.Queue[_Operation | None] = queue.Queue(WAITING_MAX)
        self._gate = threading.Lock()  # nothing may enter the queue behind its end
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="archive-writer", daemon=True)
        self._thread.start()

    def submit(
        self, operation: Callable[Concatenate[Archive, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Queue `operation(archive, *args, **kwargs)`; the future has its result once committed.

        Blocks while WAITING_MAX operations wait, so it must not be called by the callback of a
        future, which runs in the thread that would end the wait.

        Raises:
            RuntimeError: the writer is closed.
        """
        future: Future[T] = Future()
        with self._gate:
            if self._is_closed:
                raise RuntimeError(f"the writer of {self.path} is closed")
            call: Callable[[Archive], T] = lambda archive: operation(archive, *args, **kwargs)  # noqa: E731
            self._queue.put(_Operation(call, future))
        return future

    @property
    def waiting(self) -> int:
        """How many operations wait, about."""
        return self._queue.qsize()

    def close(self) -> None:
        """Finish all that was submitted, then close the archive; safe to call twice."""
        with self._gate:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self) -> None:
        due = time.monotonic() + self._checkpoint_seconds
        earliest = 0.0
        is_open = True
        while is_open:
            batch, is_open = self._collect(due)
            if batch:
                self._store(batch)
            now = time.monotonic()
            if now >= due or (now >= earliest and self._log_bytes() > CHECKPOINT_BYTES):
                self._checkpoint()
                due = time.monotonic() + self._checkpoint_seconds
                earliest = time.monotonic() + CHECKPOINT_PAUSE_SECONDS
        self._shut()

    def _collect(self, due: float) -> tuple[list[_Operation], bool]:
        """Wait for operations until `due`; return a batch, and False once the end was reached."""
        batch: list[_Operation] = []
        until = due
        while len(batch) < BATCH_MAX:
            try:
                operation = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if operation is None:
                return batch, False
            if not batch:
                until = time.monotonic() + LINGER_SECONDS
            batch.append(operation)
        return batch, True

    def _store(self, batch: list[_Operation]) -> None:
        operations = [o for o in batch if o.future.set_running_or_notify_cancel()]
        connection = self._archive.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            results = [self._attempt(operation) for operation in operations]
            self._archive.warc.flush()
            connection.execute("COMMIT")
        except Exception as error:  # an edge: whatever it is, those who wait must hear of it
            if storage_trouble(self.path, error) is None:
                logger.exception("%s: a batch of %d was not stored", self.path, len(operations))
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            results = [error] * len(operations)
        for operation, result in zip(operations, results, strict=True):
            if isinstance(result, Exception):
                operation.future.set_exception(self._told(result))
            else:
                operation.future.set_result(result)

    def _told(self, error: Exception) -> Exception:
        """Return an error as those who wait should hear it."""
        trouble = storage_trouble(self.path, error)
        if trouble is None:
            return error
        trouble.__cause__ = error
        return trouble

    def _attempt(self, operation: _Operation) -> Any:
        """Run one operation in its savepoint; return its result, or the exception it raised.

        Raises:
            Exception: the error undid the whole transaction (disk full, damaged file).
        """
        connection = self._archive.connection
        connection.execute("SAVEPOINT operation")
        try:
            result = operation.call(self._archive)
        except Exception as error:  # an edge: kept with its traceback for whoever submitted it
            if not connection.in_transaction:
                raise
            connection.execute("ROLLBACK TO operation")
            connection.execute("RELEASE operation")
            return error
        connection.execute("RELEASE operation")
        return result

    def _log_bytes(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:  # gone, or not to be asked: the clock decides
            return 0

    def _checkpoint(self) -> None:
        try:
            left = checkpoint(self._archive.connection)
        except sqlite3.Error:
            logger.exception("%s: the log could not be copied into the archive", self.path)
            return
        if left > WAL_ALARM_PAGES:
            logger.warning("%s: %d pages stay in the log behind a slow reader", self.path, left)

    def _shut(self) -> None:
        try:
            optimise(self._archive.connection)
            self._checkpoint()
            self._archive.warc.close()
        except (sqlite3.Error, OSError) as error:
            is_told = storage_trouble(self.path, error) is not None  # to those who waited
            level = logging.INFO if is_told else logging.ERROR
            logger.log(level, "%s: not tidied at the end: %s", self.path, error)
        finally:
            self._archive.connection.close()
