"""Worker processes for pages: limits on time and memory, and a crash costs one page."""

import contextlib
import logging
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from scraper.errors import NotTakenUp, PageTooCostly
from scraper.extraction.worker import (
    OUT_OF_MEMORY,
    RESULT_MAX_BYTES,
    TOO_MUCH_RESULT,
    Outcome,
    interrupts_held_back,
    prepare,
    run,
    worker_context,
)

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20.0
MEMORY_BYTES = 1024**3
PRELOADED = ("scraper.extraction.article",)  # modules loaded before the first task's time starts
TAKE_UP_SECONDS = 60.0  # for a worker to start and take a task up, beyond the task's own time
TRIES_MAX = 2  # of a task that no worker took up; more would hide a broken installation
STOP_SECONDS = 15.0  # to wait for a worker to end
NOT_TAKEN_UP = "no worker of ours took it up"


@dataclass(slots=True)
class _Task:
    url: str
    payload: bytes
    future: Future[Any]
    tries: int = 0


class _Slot:
    """One worker: a Pebble pool of its own.

    Pebble's pool of several workers sends tasks ahead into one pipe that all share: a worker that
    dies while idle, or reading, breaks the pool and everything sent ahead with it. Alone, a worker
    can take no more than its one task along, and a broken pool is replaced.
    """

    def __init__(self, memory_bytes: int, preloaded: tuple[str, ...]) -> None:
        self.arguments = (memory_bytes, preloaded)
        self.pool: ProcessPool | None = None
        self.task: _Task | None = None
        self.deadline = 0.0

    def send(self, task: _Task, timeout: float) -> Future[bytes]:
        """Run a task; the future holds its pickled outcome."""
        self.task = task
        self.deadline = time.monotonic() + timeout + TAKE_UP_SECONDS
        with interrupts_held_back():
            if self.pool is None:
                self.pool = ProcessPool(
                    max_workers=1,
                    initializer=prepare,
                    initargs=self.arguments,
                    context=worker_context(),
                )
            sent: Future[bytes] = self.pool.schedule(
                run, args=(task.payload, timeout), timeout=timeout
            )
        return sent

    def detach(self) -> ProcessPool | None:
        """Give the worker up; the next task gets a new one."""
        pool, self.pool = self.pool, None
        return pool

    def release(self) -> _Task:
        """Give the task up, or over: whatever becomes of it now is not this slot's."""
        task, self.task = self.task, None
        assert task is not None
        return task


def _end(pool: ProcessPool | None, *, now: bool = True) -> None:
    """End a Pebble pool and its worker, at once or after its task."""
    if pool is None:
        return
    with contextlib.suppress(RuntimeError, OSError, TimeoutError):
        if now:
            pool.stop()  # type: ignore[no-untyped-call]
        else:
            pool.close()  # type: ignore[no-untyped-call]
        pool.join(STOP_SECONDS)


class WorkerPool:
    """Runs functions on pages in worker processes; a page that is too costly costs only itself.

    Functions must be importable (no lambdas, nothing from `__main__`), arguments and results
    picklable. Workers start with the first task and end with this process, however that ends.

    Args:
        workers: processes, one task each at a time; further tasks wait here, their time unstarted.
        timeout_seconds: of wall time, per task.
        memory_bytes: of address space that a task may take beyond an idle worker's.
        preloaded: modules that workers import when they start.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        preloaded: tuple[str, ...] = PRELOADED,
    ) -> None:
        self.timeout_seconds = timeout_seconds
        self.memory_bytes = memory_bytes
        self._slots = [_Slot(memory_bytes, preloaded) for _ in range(max(workers, 1))]
        self._waiting: deque[_Task] = deque()
        self._changed = threading.Condition(threading.RLock())
        self._closed = False
        self._guard: threading.Thread | None = None

    def submit(self, url: str, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Run `function(*args)` in a worker, on behalf of the page at `url`.

        The future gives the result, or raises what the function raised (a ScraperError as it is,
        any other with the worker's traceback as its cause), PageTooCostly when the task ran out of
        time or memory or killed its worker, or NotTakenUp when no worker could begin it.

        Raises:
            RuntimeError: the pool is closed.
        """
        future: Future[Any] = Future()
        payload = pickle.dumps((function, args), protocol=pickle.HIGHEST_PROTOCOL)
        with self._changed:
            if self._closed:
                raise RuntimeError("the worker pool is closed")
            self._waiting.append(_Task(url, payload, future))
            if self._guard is None:
                self._guard = threading.Thread(target=self._watch, name="pool-guard", daemon=True)
                self._guard.start()
        self._dispatch()
        return future

    @property
    def pages(self) -> int:
        """How many tasks are in work or wait, about."""
        return len(self._waiting) + sum(slot.task is not None for slot in self._slots)

    def _dispatch(self) -> None:
        """Give waiting tasks to idle workers."""
        with self._changed:
            for slot in self._slots:
                while slot.task is None and self._waiting:
                    task = self._waiting.popleft()
                    if task.tries == 0 and not task.future.set_running_or_notify_cancel():
                        continue
                    self._send(slot, task)
            self._changed.notify_all()

    def _send(self, slot: _Slot, task: _Task) -> None:
        task.tries += 1
        try:
            sent = slot.send(task, self.timeout_seconds)
        except (RuntimeError, OSError, MemoryError) as error:  # broke when idle, or cannot start
            logger.debug("%s: a worker is replaced: %s", task.url, error)
            slot.release()
            threading.Thread(target=_end, args=(slot.detach(),), daemon=True).start()
            if task.tries < TRIES_MAX:
                self._send(slot, task)
            else:
                given_up = NotTakenUp(task.url, NOT_TAKEN_UP)
                given_up.__cause__ = error
                task.future.set_exception(given_up)
            return
        sent.add_done_callback(lambda done: self._settle(slot, task, done))

    def _settle(self, slot: _Slot, task: _Task, done: Future[bytes]) -> None:
        """Hand over one task's outcome, and give its worker the next."""
        error = done.exception() if not done.cancelled() else RuntimeError("stopped")
        with self._changed:
            if slot.task is not task:
                return  # given up already
            slot.release()
            broken = error is not None and not isinstance(error, ProcessExpired | TimeoutError)
            again = broken and task.tries < TRIES_MAX
            if again:
                self._waiting.appendleft(task)
            if broken:
                # On a thread of its own: this one belongs to the very pool that is to be joined.
                threading.Thread(target=_end, args=(slot.detach(),), daemon=True).start()
        if not again:
            self._hand_over(task, done, error)
        self._dispatch()

    def _hand_over(self, task: _Task, done: Future[bytes], error: BaseException | None) -> None:
        if error is not None:
            reason = self._reason(error)
            given_up = NotTakenUp if reason == NOT_TAKEN_UP else PageTooCostly
            task.future.set_exception(given_up(task.url, reason))
            return
        try:
            outcome: Outcome = pickle.loads(done.result())  # noqa: S301 - written by our worker
        except Exception as problem:  # an edge: unpickling runs the class's own code, which may
            # pickle one way only; its traceback goes along
            task.future.set_exception(problem)
            return
        if outcome.error is None:
            task.future.set_result(outcome.result)
        else:
            outcome.error.__cause__ = outcome.cause()
            task.future.set_exception(outcome.error)

    def _reason(self, error: BaseException) -> str:
        if isinstance(error, TimeoutError):
            return f"ran longer than {self.timeout_seconds:g} s"
        if not isinstance(error, ProcessExpired):
            return NOT_TAKEN_UP
        if error.exitcode == OUT_OF_MEMORY:
            return f"needed more than {_size(self.memory_bytes)}"
        if error.exitcode == TOO_MUCH_RESULT:
            return f"gave back more than {_size(RESULT_MAX_BYTES)}"
        if error.exitcode is not None and error.exitcode < 0:
            return f"its worker died (signal {-error.exitcode})"
        return f"its worker died (exit code {error.exitcode})"

    def _watch(self) -> None:
        """Give up workers that never take up their task: Pebble's own limit starts after that."""
        while True:
            with self._changed:
                self._changed.wait(1.0)
                if self._closed and not any(slot.task for slot in self._slots):
                    return
                late = [s for s in self._slots if s.task and time.monotonic() > s.deadline]
                given_up = [(slot.detach(), slot.release()) for slot in late]
            for pool, task in given_up:
                logger.warning("%s: a worker is replaced: it did not take this page up", task.url)
                _end(pool)
                task.future.set_exception(NotTakenUp(task.url, NOT_TAKEN_UP))
            if given_up:
                self._dispatch()

    def close(self) -> None:
        """Wait until every submitted task is done, then end the workers."""
        with self._changed:
            self._closed = True
            while self._waiting or any(slot.task for slot in self._slots):
                self._changed.wait(1.0)
        for slot in self._slots:
            _end(slot.detach(), now=False)

    def stop(self) -> None:
        """End the workers now; tasks that were not done are cancelled, or raise PageTooCostly."""
        with self._changed:
            self._closed = True
            unfinished = [*(slot.release() for slot in self._slots if slot.task), *self._waiting]
            self._waiting.clear()
            pools = [slot.detach() for slot in self._slots]
        for pool in pools:
            _end(pool)
        for task in unfinished:
            if task.future.cancel():
                task.future.set_running_or_notify_cancel()
            else:
                task.future.set_exception(NotTakenUp(task.url, "the pool was stopped"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close() if kind is None else self.stop()


def _size(amount: int) -> str:
    """Write an amount of memory.

    >>> _size(1024**3), _size(300 * 1024**2)
    ('1 GB', '300 MB')
    """
    if amount >= 1024**3 and amount % 1024**3 == 0:
        return f"{amount // 1024**3} GB"
    return f"{amount / 1024**2:.0f} MB"
