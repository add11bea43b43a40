"""Judges the outlets of an archive now: which need a person, worst first, and what to do."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scraper.archive.database import open_writer, pending_copy, reading, reading_as_migrated
from scraper.archive.incidents import open_incidents, update
from scraper.archive.lock import ArchiveLock
from scraper.archive.outages import NOBODY_ASKED, Reach, note_reach
from scraper.archive.storage import telling_trouble
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from scraper.errors import ArchiveBusy, ArchiveUnwritable, OutletNotArchived, near_names
from scraper.records import Judgment
from scraper.watch.alerts import compose, mark_told, send
from scraper.watch.history import History
from scraper.watch.incidents import judge_histories
from scraper.watch.judgments import days_wanting, is_watched
from scraper.watch.outage import find_reach
from scraper.watch.reading import read_histories


@dataclass(frozen=True, slots=True)
class Sample:
    """A capture that shows the trouble."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgment with what a person wants to know besides: the outlet's name, and a sample."""

    judgment: Judgment
    name: str
    opened_at: datetime | None = None
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Failing:
    """An outlet whose listings could not be read when last asked; `is_new` if they never could."""

    outlet: str
    problem: str
    since: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the outlets of an archive are.

    Args:
        judged_at: as of when.
        findings: what needs a person, worst first.
        well: outlets in which nothing is wrong, those in `learning` among them.
        learning: days of looks that an outlet still needs before its silence can be told.
        unwatched: outlets not looked at lately, of which nothing can be told.
        failing: outlets of which no listing could be read when last asked, and nothing else is
            found (yet): it takes a day.
        judgments: of all outlets, also where only some were asked for.
        reach: how many of all outlets do not answer for a fault of ours.
    """

    judged_at: datetime
    findings: tuple[Finding, ...]
    well: tuple[str, ...]
    learning: dict[str, int]
    unwatched: tuple[str, ...]
    judgments: tuple[Judgment, ...] = ()
    failing: tuple[Failing, ...] = ()
    reach: Reach = NOBODY_ASKED

    @property
    def needs_a_person(self) -> bool:
        """Whether something has to be done: also if no outlet answers, or nobody looks any more."""
        is_looking = bool(self.findings or self.failing or self.well)
        is_failing = self.reach.mute or any(each.is_new for each in self.failing)
        return bool(self.findings or is_failing or (self.unwatched and not is_looking))


def examine(db: Path, now: datetime, outlets: Collection[str] = ()) -> Health:
    """Judge an archive's outlets, or some of them; it reads only.

    Raises:
        OutletNotArchived: the archive has none of that name.
        ArchiveMissing, ArchiveUnreadable: see `scraper.archive.database`.
    """
    with reading_as_migrated(db) as connection:
        names = dict(map(tuple, connection.execute("SELECT slug, name FROM outlets")))
        for outlet in outlets:
            if outlet not in names:
                raise OutletNotArchived(str(db), outlet, near_names(outlet, names))
        histories = {each.outlet: each for each in read_histories(connection, now)}
        judgments = judge_histories(connection, histories.values(), now)
        wanted = sorted(outlets or names)
        findings = _findings(connection, judgments, names, set(wanted))
        found = _health(now, findings, tuple(judgments), wanted, histories)
        return replace(found, reach=find_reach(connection, histories.values(), now))


def _health(
    now: datetime,
    findings: tuple[Finding, ...],
    judgments: tuple[Judgment, ...],
    wanted: Sequence[str],
    histories: dict[str, History],
) -> Health:
    troubled = {each.judgment.outlet for each in findings}
    days = {outlet: histories[outlet].days if outlet in histories else () for outlet in wanted}
    watched = [outlet for outlet in wanted if is_watched(days[outlet], now)]
    failing = _failing(histories[each] for each in watched if each not in troubled)
    unwell = troubled | {each.outlet for each in failing}
    return Health(
        judged_at=now,
        findings=findings,
        well=tuple(outlet for outlet in watched if outlet not in unwell),
        learning={o: left for o in watched if (left := days_wanting(days[o])) > 0},
        unwatched=tuple(
            outlet for outlet in wanted if outlet not in watched and outlet not in troubled
        ),
        judgments=judgments,
        failing=failing,
    )


def _failing(histories: Iterable[History]) -> tuple[Failing, ...]:
    return tuple(
        Failing(
            outlet=history.outlet,
            problem=history.listings[0].problem,
            since=min(state.failing_since or state.checked_at for state in history.listings),
            is_new=history.looked_at is None,
        )
        for history in histories
        if history.listings and all(state.problem for state in history.listings)
    )


def _findings(
    connection: sqlite3.Connection,
    judgments: Sequence[Judgment],
    names: dict[str, str],
    wanted: set[str],
) -> tuple[Finding, ...]:
    opened = {(i.outlet, i.kind, i.field): i.opened_at for i in open_incidents(connection)}
    return tuple(
        Finding(
            judgment=each,
            name=names[each.outlet],
            opened_at=opened.get((each.outlet, each.kind, each.field)),
            sample=_sample(connection, each.capture),
        )
        for each in judgments
        if each.outlet in wanted
    )


def _sample(connection: sqlite3.Connection, capture: int | None) -> Sample | None:
    if capture is None:
        return None
    row = connection.execute("SELECT id, url FROM captures WHERE id = ?", (capture,)).fetchone()
    return None if row is None else Sample(row["id"], row["url"])


def keep(db: Path, health: Health, alert_urls: Sequence[str] = ()) -> str:
    """Bring the archive's incidents up to date, and send alerts; return why that was not done.

    Where another process writes, that is the one to do it. Neither that nor an archive that cannot
    be written, or has to be migrated first, is a failure: the judgments stand all the same.
    """
    with reading(db) as connection:
        if pending_copy(db, connection) is not None:
            return "the archive is of an older version, and is only read"
    try:
        with ArchiveLock(db, "health"):
            connection = open_writer(db)
            try:
                with telling_trouble(db):
                    _keep(Archive(connection, WarcWriter(db.parent)), health, alert_urls)
            finally:
                connection.close()
    except ArchiveBusy as error:
        return f"incidents are kept, and alerts sent, by {error.holder}"
    except ArchiveUnwritable as error:
        return f"incidents are not kept: {error.reason}"
    return ""


def _keep(archive: Archive, health: Health, alert_urls: Sequence[str]) -> None:
    _commit(archive, lambda: update(archive, health.judgments, health.judged_at))
    _commit(archive, lambda: note_reach(archive, health.reach, health.judged_at))
    message = compose(archive.connection) if alert_urls else None
    if message is not None and send(message, alert_urls):
        sent = message
        _commit(archive, lambda: mark_told(archive, sent, health.judged_at))


def _commit(archive: Archive, change: Callable[[], object]) -> None:
    archive.connection.execute("BEGIN IMMEDIATE")
    try:
        change()
        archive.connection.execute("COMMIT")
    except BaseException:
        archive.connection.execute("ROLLBACK")
        raise
