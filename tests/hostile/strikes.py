"""The ways to strike a crawl: signals, a full disk, a read-only one, a false clock, no power."""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.hostile.clock import Clock
from tests.hostile.ground import Ground
from tests.hostile.victims import END_SECONDS, TICK_SECONDS, Victim, unclear

FREE_BYTES_MAX = 300_000  # left on a full disk: a commit or two
STOPPED_SECONDS_MAX = 1.0
CLOCK_HOURS_MAX = 12
TRIES_MAX = 50  # before a crawl that is still alive is given up; one or two do
PAGES_AFTER_TROUBLE_MAX = 60  # asked of two outlets: what is in flight, or waits for the pool


class Scene(Protocol):
    """What a strike acts upon: an archive under way to be crawled."""

    folder: Path
    ground: Ground
    chance: random.Random

    def start(self, **changes: str) -> Victim:
        """Start a crawl."""

    def await_moment(self, victim: Victim) -> bool:
        """Wait for the moment to strike; tell whether the victim lived to see it."""

    def look(self) -> None:
        """Take down what is stored."""

    def asked(self) -> int:
        """Return how many pages have been asked for."""

    def note(self, oddity: str) -> None:
        """Note what should not have been."""

    def verify(self) -> None:
        """Have the archive verified as it stands."""


def caught(scene: Scene, **changes: str) -> Victim:
    """Start crawls until one lives to see its moment."""
    for _ in range(TRIES_MAX):
        victim = scene.start(**changes)
        if scene.await_moment(victim):
            return victim
        victim.reap()
    raise RuntimeError(f"no crawl lived to see its moment: {victim.told()[-2000:]}")


def kill_group(scene: Scene) -> None:
    """SIGKILL the crawl and its workers at once."""
    caught(scene).kill()


def kill_main(scene: Scene) -> None:
    """SIGKILL the main process; its workers must end by themselves."""
    victim = caught(scene)
    victim.kill_main()
    left = victim.reap()
    if left:
        scene.note(f"{left} workers outlived their parent")


def stop_then_kill(scene: Scene) -> None:
    """SIGSTOP, a wait, SIGKILL."""
    victim = caught(scene)
    victim.signal(signal.SIGSTOP)
    time.sleep(scene.chance.uniform(0, STOPPED_SECONDS_MAX))
    scene.look()
    victim.kill()


def fill_disk(scene: Scene) -> None:
    """Leave next to no room; the crawl ends with a word, or is killed while it finds out."""
    victim = caught(scene)
    scene.ground.fill(scene.chance.randint(0, FREE_BYTES_MAX))
    if scene.chance.random() < 0.5:
        time.sleep(scene.chance.uniform(0, STOPPED_SECONDS_MAX))
        scene.look()
        victim.kill()
        return
    if not await_word(scene, victim):
        fill_disk(scene)  # it had enough
    elif scene.chance.random() < 0.5:
        await_word(scene, scene.start())


def turn_read_only(scene: Scene) -> None:
    """Let the kernel take no more writes, as ext4 does on errors; then try once more."""
    victim = caught(scene)
    scene.ground.make_read_only()
    asked = scene.asked()
    if not await_word(scene, victim):
        scene.note("a crawl ended well on a read-only disk")
    if scene.asked() - asked > PAGES_AFTER_TROUBLE_MAX:
        scene.note(f"{scene.asked() - asked} pages asked for that could not be stored")
    scene.verify()
    await_word(scene, scene.start())


def await_word(scene: Scene, victim: Victim) -> bool:
    """Wait for a crawl to say that nothing can be stored; False if it found all it needed."""
    end = time.monotonic() + END_SECONDS
    while victim.is_alive and time.monotonic() < end:
        scene.look()
        time.sleep(TICK_SECONDS)
    if victim.reap(END_SECONDS):
        scene.note("a crawl goes on although nothing can be stored")
    if victim.process.returncode == 0:
        return False
    problem = unclear(victim)
    if problem:
        scene.note(problem)
    return True


def set_clock_back(scene: Scene) -> None:
    """Crawl with a clock hours behind, or set it back during the crawl; then SIGKILL."""
    clock, hours = Clock(scene.folder), scene.chance.randint(1, CLOCK_HOURS_MAX)
    is_during = scene.chance.random() < 0.5
    clock.set_back(0 if is_during else hours)
    victim = caught(scene, **clock.environment)
    if is_during:
        clock.set_back(hours)
        scene.await_moment(victim)
    victim.kill()


def cut_power(scene: Scene) -> None:
    """Lose all that was not synced, and the processes."""
    victim = caught(scene)
    scene.ground.cut_power()
    victim.kill()


CRAWL_WAYS: dict[str, Callable[[Scene], None]] = {
    "group": kill_group,
    "main": kill_main,
    "stopped": stop_then_kill,
    "full": fill_disk,
    "read-only": turn_read_only,
    "clock": set_clock_back,
    "power": cut_power,
}
WRITER_WAYS = ("writer", "writer-power")
NEEDS_GROUND = ("full", "read-only", "power", "writer-power")
