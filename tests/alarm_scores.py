"""Judges made histories as the scheduler does, and scores the alarms against the planted breaks.

An alarm is right if it is of the break's kind and comes while that goes on, or within two days. All
others are false: those of other kinds during a break, and a second one of the same break.
"""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scraper.archive.database import open_writer
from scraper.archive.incidents import recent_incidents, update
from scraper.archive.runs import write_outlet
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from scraper.records import Incident, Outlet
from scraper.watch.history import KNOWN_WEEKS
from scraper.watch.judgments import judge_outlet
from tests.made_histories import FIRST, HOUR, Break, MadeOutlet

GRACE = timedelta(days=2)
SETTLED = timedelta(days=28)  # before, nothing is planted and little can be told
MADE = Outlet("Made", country="IE", languages=("en",))


@dataclass
class Score:
    """What came of the breaks of one kind."""

    planted: int = 0
    told: int = 0
    false: int = 0
    hours: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of alarms that were right."""
        return self.told / (self.told + self.false) if self.told + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of breaks that were told."""
        return self.told / self.planted if self.planted else 1.0


@dataclass
class Outcome:
    """Scores by kind, and what was wrong of them."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    missed: list[tuple[MadeOutlet, Break]] = field(default_factory=list)
    false: list[tuple[MadeOutlet, Incident]] = field(default_factory=list)

    def total(self) -> Score:
        """All kinds together."""
        every = list(self.scores.values())
        return Score(
            sum(each.planted for each in every),
            sum(each.told for each in every),
            sum(each.false for each in every),
            [hours for each in every for hours in each.hours],
        )


def run(outlets: list[MadeOutlet], days: int, every: int) -> Outcome:
    """Judge outlets through all their days, and score the alarms."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        connection = open_writer(Path(folder) / "archive.db")
        connection.execute("PRAGMA synchronous = OFF")
        archive = Archive(connection, WarcWriter(Path(folder) / "captures"))
        for outlet in outlets:
            write_outlet(archive, outlet.slug, MADE, is_declared=True, added_at=FIRST)
        for number in range(every, days * 24, every):
            _judge(archive, outlets, FIRST + number * HOUR)
        told: dict[str, list[Incident]] = defaultdict(list)
        for incident in recent_incidents(connection, FIRST):
            told[incident.outlet].append(incident)
        for outlet in outlets:
            _score(outcome, outlet, told[outlet.slug])
        connection.close()
    return outcome


def _judge(archive: Archive, outlets: list[MadeOutlet], now: datetime) -> None:
    known: dict[str, list[Incident]] = defaultdict(list)
    for incident in recent_incidents(archive.connection, now - timedelta(weeks=KNOWN_WEEKS)):
        known[incident.outlet].append(incident)
    judgments = [
        judgment
        for outlet in outlets
        for judgment in judge_outlet(outlet.history(now, tuple(known[outlet.slug])), now)
    ]
    archive.connection.execute("BEGIN")
    update(archive, judgments, now)
    archive.connection.execute("COMMIT")


def _score(outcome: Outcome, outlet: MadeOutlet, alarms: list[Incident]) -> None:
    alarms = [each for each in alarms if each.opened_at >= FIRST + SETTLED]
    for each in outlet.breaks:
        score = outcome.scores[each.kind]
        score.planted += 1
        right = [
            alarm
            for alarm in alarms
            if (alarm.kind, alarm.field) == (each.kind, each.field)
            and each.began_at <= alarm.opened_at <= each.over_at + GRACE
        ]
        if right:
            alarms.remove(right[0])
            score.told += 1
            score.hours.append((right[0].opened_at - each.began_at).total_seconds() / 3600)
        else:
            outcome.missed.append((outlet, each))
    for alarm in alarms:
        outcome.scores[alarm.kind].false += 1
        outcome.false.append((outlet, alarm))
