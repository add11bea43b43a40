"""Lets other requests have their turn while a long page is made, cell by cell and part by part.

Datasette makes pages in its one event loop and never pauses in between: a thousand rows hold it for
seconds, in which nobody gets an answer.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

STRETCH_SECONDS = 0.01  # of work between two pauses

T = TypeVar("T")

_last_pause = 0.0


def is_pause_due() -> bool:
    """Tell whether the loop has been held for longer than a stretch."""
    return time.monotonic() - _last_pause > STRETCH_SECONDS


async def pause() -> None:
    """Let everything else that waits for the loop go first."""
    global _last_pause
    await asyncio.sleep(0)
    _last_pause = time.monotonic()


def paced(value: T) -> T | Callable[[], Awaitable[T]]:
    """Return a value for a hook that Datasette may await, with a pause before it if one is due."""
    if not is_pause_due():
        return value

    async def after_a_pause() -> T:
        await pause()
        return value

    return after_a_pause


def pace_templates(datasette: Any) -> None:
    """Make this Datasette's templates pause as they are rendered; safe to call twice."""
    environment = datasette.jinja_env
    if not hasattr(environment.template_class, "is_paced"):
        paced_class = {"render_async": _render, "is_paced": True}
        environment.template_class = type("Paced", (environment.template_class,), paced_class)


async def _render(template: Any, *args: Any, **kwargs: Any) -> str:
    """Do as Jinja's `Template.render_async`, in stretches."""
    parts = []
    async for part in template.root_render_func(template.new_context(dict(*args, **kwargs))):
        parts.append(part)
        if is_pause_due():
            await pause()
    return "".join(parts)
