"""What has been seen stored before a strike, and whether it is still there after it."""

import contextlib
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.portrait import read, records

TEXTS = (
    "SELECT r.id, a.url, r.content_hash FROM revisions r JOIN articles a ON a.id = r.article "
    "WHERE r.id > ?"
)
CANDIDATES = "SELECT rowid, url FROM candidates WHERE rowid > ?"
DOUBLED = (
    "SELECT title FROM articles GROUP BY title HAVING COUNT(*) > 1",
    "SELECT article FROM revisions GROUP BY article, content_hash HAVING COUNT(*) > 1",
    "SELECT url FROM quarantine GROUP BY url, reason HAVING COUNT(*) > 1",
)


@dataclass
class Truth:
    """Each form in which an undisturbed archive ever held an article, by URL."""

    forms: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, db: Path) -> None:
        """Take the articles of an archive, as they stand now, for right."""
        for url, record in records(db).items():
            self.forms.setdefault(url, set()).add(record)


@dataclass
class Loss:
    """What a strike cost, which should be nothing."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half_written: list[str] = field(default_factory=list)
    candidates_lost: list[str] = field(default_factory=list)


class Witness:
    """Reads an archive while others write to it; all it ever saw was committed."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.texts: set[tuple[str, str]] = set()  # URL, digest
        self.candidates: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        self._last = {TEXTS: 0, CANDIDATES: 0}

    @property
    def articles(self) -> set[str]:
        """Return the URLs of the articles seen."""
        return {url for url, _ in self.texts}

    def look(self) -> None:
        """Take down what has come since the last look; nothing where there is nothing yet."""
        # There is no file yet, or no table, or the disk is gone: then nothing more is seen.
        with contextlib.suppress(sqlite3.Error):
            if self._connection is None:
                self._connection = read(self.db)
            for number, url, text in self._connection.execute(TEXTS, (self._last[TEXTS],)):
                self.texts.add((url, text))
                self._last[TEXTS] = max(number, self._last[TEXTS])
            for number, url in self._connection.execute(CANDIDATES, (self._last[CANDIDATES],)):
                self.candidates.add(url)
                self._last[CANDIDATES] = max(number, self._last[CANDIDATES])

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def judge(self, truth: Truth) -> Loss:
        """Compare the archive with what was seen, and with what it may hold at all."""
        if not self.texts and not self.candidates:
            return Loss()
        try:
            return self._compared(truth)
        except sqlite3.Error:  # what cannot be read is lost
            return Loss(lost=sorted(self.articles), candidates_lost=sorted(self.candidates))

    def _compared(self, truth: Truth) -> Loss:
        present = records(self.db)
        with contextlib.closing(read(self.db)) as connection:
            texts = {(url, text) for _, url, text in connection.execute(TEXTS, (0,))}
            candidates = {url for _, url in connection.execute(CANDIDATES, (0,))}
            doubled = [str(row[0]) for query in DOUBLED for row in connection.execute(query)]
        return Loss(
            lost=sorted({url for url, _ in self.texts - texts} | (self.articles - present.keys())),
            doubled=doubled,
            half_written=[
                u for u, record in present.items() if record not in truth.forms.get(u, ())
            ],
            candidates_lost=sorted(self.candidates - candidates),
        )
