"""One archive after another, struck some ten times each, then finished and compared."""

import contextlib
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tests.crawling import ROOT, command, environment
from tests.hostile import victims
from tests.hostile.ground import Ground
from tests.hostile.newsroom import Newsroom
from tests.hostile.portrait import Portrait, differences, portrait, read
from tests.hostile.strikes import CRAWL_WAYS
from tests.hostile.undisturbed import finish
from tests.hostile.victims import END_SECONDS, TICK_SECONDS, Victim
from tests.hostile.witness import Truth, Witness

FIRST_EDITION_STRIKES = 6  # further ones fall on the corrected edition
EARLY = 0.2  # of the strikes fall on the start
EARLY_SECONDS_MAX = 2.5
CLERK_SECONDS = (0.02, 0.8)


@dataclass
class Tally:
    """What the strikes of one way cost."""

    COUNTS: ClassVar = ("lost", "doubled", "half_written", "candidates_lost")

    kills: int = 0
    acknowledged: int = 0  # articles first seen stored before a strike of this way
    lost: int = 0
    doubled: int = 0
    half_written: int = 0
    candidates_lost: int = 0
    verify_failures: int = 0
    torn_tails: int = 0  # capture files left with records that nobody acknowledged; no fault
    oddities: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """Return how many things went wrong."""
        counted: int = sum(getattr(self, name) for name in self.COUNTS)
        return counted + self.verify_failures + len(self.oddities)


class Ordeal:
    """One archive: what is seen stored in it, and what the strikes on it cost."""

    def __init__(self, folder: Path, truth: Truth, tallies: dict[str, Tally]) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.ground = Ground(folder)
        self.db = self.ground.path / "archive.db"
        self.truth = truth
        self.tallies = tallies
        self.witness = Witness(self.db)
        self.way = ""
        self._number = 0

    def errors(self) -> Path:
        """Return a fresh file for what a process says of errors."""
        self._number += 1
        return self.folder / f"{self._number:02}-{self.way or 'end'}.txt"

    def look(self) -> None:
        """Take down what is stored."""
        self.witness.look()

    def note(self, oddity: str) -> None:
        """Note what should not have been."""
        told = f"{self.folder.name}/{self._number:02}: {oddity}"
        self.tallies[self.way].oddities.append(told)
        print(f"{self.way}: {told}", file=sys.stderr, flush=True)

    @contextmanager
    def struck(self, way: str) -> Iterator[None]:
        """Count a strike, and judge the archive after it."""
        self.way, tally = way, self.tallies[way]
        before, tails = len(self.witness.articles), torn_tails(self.db)
        yield
        self.witness.close()
        tally.kills += 1
        tally.acknowledged += len(self.witness.articles) - before
        self.ground.mend()
        self.verify()
        tally.torn_tails += max(0, torn_tails(self.db) - tails)  # a power cut takes some away
        loss = self.witness.judge(self.truth)
        for name in tally.COUNTS:
            found = getattr(loss, name)
            setattr(tally, name, getattr(tally, name) + len(found))
            if found:
                self.note(f"{name}: {found[:5]}")

    def verify(self) -> None:
        """Have `dateline verify` look at the archive; before anything is stored it may complain."""
        words = command("verify", "--db", str(self.db))
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=END_SECONDS,
            check=False,
        )
        is_sound = done.returncode == 0 or (done.returncode == 1 and not self.witness.candidates)
        if not is_sound or "Traceback" in done.stderr:
            self.tallies[self.way].verify_failures += 1
            self.note(f"verify: {done.stdout[-500:]} {done.stderr[-500:]}")

    def compare(self, expected: Portrait) -> None:
        """Note in what the finished archive differs from one that nothing disturbed."""
        for difference in differences(expected, portrait(self.db)):
            self.note(f"not as undisturbed: {difference}")
        self.verify()


class CrawlOrdeal(Ordeal):
    """An archive that crawls of a newsroom fill."""

    def __init__(
        self,
        folder: Path,
        truth: Truth,
        tallies: dict[str, Tally],
        *,
        newsroom: Newsroom,
        pages: int,
        chance: random.Random,
    ) -> None:
        super().__init__(folder, truth, tallies)
        self.newsroom = newsroom
        self.pages = pages
        self.chance = chance
        self._stride = pages  # asked, on average, between two strikes
        self._is_last = False
        self._is_missed = False

    def run(self, ways: list[str], portraits: list[Portrait]) -> None:
        """Strike crawls of each edition, then let it be finished."""
        first = FIRST_EDITION_STRIKES
        for edition, strikes in enumerate((ways[:first], ways[first:]), start=1):
            if not strikes:
                break
            self.newsroom.edition = edition
            self._stride = self.pages // (len(strikes) + 1)
            for number, way in enumerate(strikes, start=1):
                self._is_last = number == len(strikes)
                with self.struck(way):
                    CRAWL_WAYS[way](self)
            self.finish(portraits[edition - 1])
        self.ground.remove()

    def finish(self, expected: Portrait) -> None:
        """Let one further crawl do what is left."""
        finish(self.start())
        self.compare(expected)

    def start(self, **changes: str) -> Victim:
        """Start a crawl, which looks at known articles again from the second edition on."""
        revisit = self.newsroom.edition > 1
        return victims.crawl(
            self.db, self.newsroom.listings, self.errors(), revisit=revisit, **changes
        )

    def asked(self) -> int:
        """Return how many pages have been asked for."""
        return self.newsroom.asked

    def await_moment(self, victim: Victim) -> bool:
        """Wait for a random moment: at the start, midway, or for the last strike near the end."""
        until, pages = time.monotonic() + END_SECONDS, self.chance.randint(1, 2 * self._stride)
        if self._is_missed or self.chance.random() < EARLY:
            until = time.monotonic() + self.chance.uniform(0, EARLY_SECONDS_MAX)
        elif self._is_last:
            pages = self._left() - self.chance.randint(0, 3)
        pages += self.asked()
        while victim.is_alive and time.monotonic() < until and self.asked() < pages:
            self.look()
            time.sleep(TICK_SECONDS)
        time.sleep(self.chance.uniform(0, 2 * TICK_SECONDS))
        self.look()
        self._is_missed = not victim.is_alive  # it found all done: the next is struck at its start
        return victim.is_alive

    def _left(self) -> int:
        """Return how many pages there are still to be asked for, roughly."""
        left = "SELECT COUNT(*) FROM candidates WHERE state = 'waiting' AND retry_at IS NULL"
        if self.newsroom.edition > 1:
            left = "SELECT COUNT(*) FROM articles"
        try:
            with contextlib.closing(read(self.db)) as connection:
                return int(connection.execute(left).fetchone()[0])
        except sqlite3.Error:  # there is no archive yet
            return self.pages


class ClerkOrdeal(Ordeal):
    """An archive that a process fills through the writer, acknowledging text by text."""

    def __init__(
        self,
        folder: Path,
        truth: Truth,
        tallies: dict[str, Tally],
        *,
        count: int,
        chance: random.Random,
    ) -> None:
        super().__init__(folder, truth, tallies)
        self.count = count
        self.chance = chance

    def run(self, ways: list[str], expected: Portrait) -> None:
        """Strike the process, then let it do all its work."""
        first = 0
        for way in ways:
            with self.struck(way):
                victim = self._caught(first)
                if way == "writer-power":
                    self.ground.cut_power()
                victim.kill()
                self.witness.texts |= told_by(victim)
            numbers = [int(url.rpartition("/")[2]) for url in self.witness.articles]
            first = max(numbers, default=-1) + 1
        finish(victims.clerk(self.db, self.errors(), 0, self.count))
        self.compare(expected)
        self.ground.remove()

    def _caught(self, first: int) -> Victim:
        """Start clerks until one is still at work at the moment of the strike."""
        while True:
            first = first if first < self.count else 0
            victim = victims.clerk(self.db, self.errors(), first, self.count - first)
            end = time.monotonic() + END_SECONDS
            while victim.is_alive and not victim.said and time.monotonic() < end:
                time.sleep(TICK_SECONDS)
            time.sleep(self.chance.uniform(*CLERK_SECONDS))
            self.look()
            if victim.is_alive:
                return victim
            victim.reap()
            self.witness.texts |= told_by(victim)
            first = 0


def torn_tails(db: Path) -> int:
    """Return how many capture files go on behind the last record that the archive names."""
    if not db.exists():
        return 0
    ends = "SELECT warc_file, MAX(warc_offset + warc_bytes) FROM captures GROUP BY 1"
    try:
        with contextlib.closing(read(db)) as connection:
            named = connection.execute(ends).fetchall()
    except sqlite3.Error:  # there are no tables yet
        return 0
    return sum((db.parent / "captures" / file).stat().st_size > end for file, end in named)


def told_by(victim: Victim) -> set[tuple[str, str]]:
    """Return the texts a clerk acknowledged."""
    return {(url, text) for url, text in map(str.split, victim.said)}
