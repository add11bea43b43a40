"""What happens inside a worker process: its start, its limits, one task and its outcome."""

import contextlib
import importlib
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from scraper.errors import ScraperError
from scraper.extraction.memory import release, settle, trim

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 77  # exit code of a worker whose task met the memory limit
TOO_MUCH_RESULT = 78  # exit code of a worker whose task gave more than may be handed back
RESULT_MAX_BYTES = 32 * 1024**2  # pickled; at their bounds an article takes 4 MB, a listing 13
ORPHAN_SECONDS = 10  # after a task's time limit, before a worker that nobody stopped ends itself
TASKS_BETWEEN_RELEASES = 100
BIG_PAYLOAD_BYTES = 1_000_000  # tasks that leave large holes in the heap

_limit = 0  # bytes of address space while a task runs; 0 for none
_done = 0  # tasks since the worker started
_naming = threading.Lock()


class WorkerTraceback(Exception):
    """Carries the traceback of an error raised in a worker, as text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"\n{self.text}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its result, or the error it raised and where."""

    result: Any = None
    error: Exception | None = None
    trace: str = ""

    def cause(self) -> WorkerTraceback | None:
        """Return the worker's traceback as an exception, None for errors raised on purpose."""
        return WorkerTraceback(self.trace) if self.trace else None


def prepare(memory_bytes: int, preloaded: tuple[str, ...]) -> None:
    """Ready a new worker: load what tasks need, then fix its memory limit above that."""
    global _limit
    # One page at a time needs no threads for arithmetic; each would reserve address space.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    for module in preloaded:
        try:
            importlib.import_module(module)
        except Exception:  # the first task will say it, with its traceback
            traceback.print_exc()
    settle()
    _limit = _address_space() + memory_bytes if memory_bytes else 0


def _address_space() -> int:
    """Return the bytes of address space this process has, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def run(payload: bytes, timeout: float) -> bytes:
    """Run a pickled task under the memory limit; return its pickled outcome.

    A task that runs out of memory ends the worker: what it holds could not be freed with certainty.
    """
    global _done
    with _alarm(timeout + ORPHAN_SECONDS):
        try:
            with _limited():
                outcome = _outcome(payload)
                packed = pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception as error:  # a result that cannot be pickled
            text = "".join(traceback.format_exception(error))
            packed = pickle.dumps(Outcome(error=TypeError(str(error)), trace=text))
        if len(packed) > RESULT_MAX_BYTES:
            os._exit(TOO_MUCH_RESULT)  # the parent would hold it twice, beside all the others
    _done += 1
    if _done % TASKS_BETWEEN_RELEASES == 0:
        release()
    elif len(payload) > BIG_PAYLOAD_BYTES:
        trim()
    return packed


def _outcome(payload: bytes) -> Outcome:
    try:
        function, args = pickle.loads(payload)  # noqa: S301 - written by the pool
        return Outcome(result=function(*args))
    except MemoryError:
        raise
    except ScraperError as error:
        return Outcome(error=error)
    except Exception as error:  # the edge: whatever a page provokes becomes its outcome
        trace = traceback.format_exc()
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        except Exception:
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return Outcome(error=error, trace=trace)


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """Hold this process to its memory limit, where the platform has one.

    Only while a task runs: a worker that could not read its next task would break its pool.
    """
    if resource is None or not _limit:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = _limit if hard == resource.RLIM_INFINITY else min(_limit, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Let the system end this process after a while, even if its parent died and cannot."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Process(SpawnProcess):
    """A spawned process that does not import the program that started it.

    multiprocessing has each worker run the main script again, under another name, for functions
    defined there; ours never are, and the whole command line would cost every worker its memory.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        with _naming:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class _Context(SpawnContext):
    Process = _Process


def worker_context() -> SpawnContext:
    """Return how workers are started.

    Measured with two workers on 260 real pages, RSS summed over all but the parent, at its peak:
    "spawn" 279 MB, "forkserver" with the room preloaded 333 MB (one process more, and what it
    shares counts in each). A spawned worker costs 0.4 s of CPU to start, a forked one 0.01 s.
    """
    return _Context()


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Start processes and threads that never see Ctrl-C: the pool's owner decides about it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started first, since its start lets interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
