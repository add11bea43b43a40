"""Functions for workers to run in tests of the pool: well-behaved, slow, greedy and deadly."""

import ctypes
import os
import re
import signal
import time
from pathlib import Path
from typing import Any

from scraper.errors import NotAnArticle, PageUnreadable


def double(number: int) -> int:
    return number * 2


def pid() -> int:
    return os.getpid()


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def nap_stubbornly(seconds: float) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(seconds)


def crash() -> None:
    ctypes.string_at(0)


def kill_itself(number: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), number)


def leave(code: int) -> None:
    os._exit(code)


def eat(amount: int) -> int:
    return len(bytearray(amount))


def eat_slowly(amount: int) -> int:
    hoard: list[bytes] = []
    while len(hoard) * 10_000_000 < amount:
        hoard.append(b"x" * 10_000_000)
    return len(hoard)


def refuse(url: str) -> None:
    raise NotAnArticle(url, "a section")


def fail_to_read(url: str) -> None:
    raise PageUnreadable(url, "noise")


def stumble() -> None:
    raise KeyError("a bug of ours")


class Odd(Exception):
    """An error that pickles but cannot be unpickled."""

    def __init__(self, one: str, *, two: str) -> None:
        super().__init__(one)
        self.two = two


def raise_odd() -> None:
    raise Odd("strange", two="things")


def return_unpicklable() -> Any:
    return lambda: None


class OneWay:
    """A result that pickles but cannot be unpickled."""

    def __reduce__(self) -> Any:
        return int, ("no number",)


def return_one_way() -> OneWay:
    return OneWay()


def flood(amount: int) -> bytes:
    return bytes(amount)


def return_abyss() -> Any:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    return nested


def backtrack() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock for years


def write_when_done(path: str, seconds: float) -> None:
    time.sleep(seconds)
    Path(path).write_text(str(os.getpid()))


def size(data: bytes) -> int:
    return len(data)


def modules() -> list[str]:
    import sys

    return sorted(sys.modules)
