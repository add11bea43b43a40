"""Tells systemd how the scheduler is: the protocol of sd_notify(3), without its library."""

import asyncio
import logging
import os
import socket
import time

LONGEST_TURN_SECONDS = 900.0  # of who works; alerts to hosts that are down take minutes of it

logger = logging.getLogger(__name__)


def notify(state: str) -> bool:
    """Send a state ("READY=1", "STATUS=…", "WATCHDOG=1", "STOPPING=1"); tell whether it was sent.

    Does nothing where nobody wants to know; never raises, since the work matters more.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    name = "\0" + address[1:] if address.startswith("@") else address  # "@": an abstract one
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as door:
            door.setblocking(False)
            door.sendto(state.encode(), name)
    except OSError:
        return False
    return True


def watchdog_seconds() -> float | None:
    """Return how often the watchdog wants to hear of us, at twice the pace it asks; None for never.

    >>> os.environ.pop("WATCHDOG_USEC", None) and None
    >>> watchdog_seconds()
    """
    wanted = os.environ.get("WATCHDOG_USEC", "")
    is_ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    if not (is_ours and wanted.isascii() and wanted.isdigit() and int(wanted) > 0):
        return None
    return int(wanted) / 1_000_000 / 2


class Pulse:
    """Tells the watchdog that we live, as long as whoever works says so again and again."""

    def __init__(self) -> None:
        self._beaten_at = time.monotonic()

    def beat(self) -> None:
        """Say that the work goes on."""
        self._beaten_at = time.monotonic()

    async def go_on(self) -> None:
        """Tell the watchdog for as long as it goes on, if there is one."""
        seconds = watchdog_seconds()
        while seconds is not None:
            if time.monotonic() - self._beaten_at > LONGEST_TURN_SECONDS:
                logger.error("nothing goes on any more: the watchdog is left to end it")
                return
            notify("WATCHDOG=1")
            await asyncio.sleep(seconds)
