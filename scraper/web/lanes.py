"""Threads for SQL in two lanes, so that dear queries never hold those of the search page."""

import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import ContextVar
from traceback import clear_frames
from typing import Any, TypeVar

QUICK_THREADS = 3  # a search page runs three statements side by side
# SQL that calls Python functions keeps the interpreter from the event loop for this long each time;
# Python's 5 ms made a search page beside five such threads three times as slow.
SWITCH_SECONDS = 0.001

T = TypeVar("T")

# Whether what runs now answers a dear request; tasks inherit it, threads do not need it.
is_dear: ContextVar[bool] = ContextVar("is_dear", default=False)


class Lanes(Executor):
    """Takes the place of Datasette's executor: dear work goes there, the rest to own threads."""

    def __init__(self, dear: Executor) -> None:
        self._dear = dear
        self._quick = ThreadPoolExecutor(QUICK_THREADS, thread_name_prefix="dateline")

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Run a call in the lane of the request that asks for it."""
        pool = self._dear if is_dear.get() else self._quick
        return pool.submit(_leaving_nothing, fn, *args, **kwargs)


def _leaving_nothing(fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    """Run a call; if it fails, drop what its frames hold here and now, in this thread.

    An error keeps its frames, and they the cursor, until the garbage collector comes by. Run by the
    event loop, it would close the cursor then, and wait with the loop for whatever query this
    thread's connection is at by that time: up to the limit of a query, seen at every third.
    """
    try:
        return fn(*args, **kwargs)
    except BaseException as error:
        found: BaseException | None = error
        while found is not None:
            clear_frames(found.__traceback__)
            found = found.__context__
        raise


def open_lanes(datasette: Any) -> None:
    """Part this Datasette's SQL into two lanes; safe to call twice."""
    sys.setswitchinterval(SWITCH_SECONDS)
    if datasette.executor is not None and not isinstance(datasette.executor, Lanes):
        datasette.executor = Lanes(datasette.executor)
