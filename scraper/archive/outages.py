"""An outage of our own: that outlets do not answer at all, since when, and who was told.

It belongs to no outlet, so it is no incident but a fact about the archive: a JSON map in
`archive_info` under "outage", with since (null where none of them ever answered), outlets, asked,
told and over_at (null while it goes on). It goes once its end was told. An outage cuts alerts off,
too, as often as not: one that could not be told meanwhile is told when it is over.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from scraper.archive.values import json_text, time_text
from scraper.archive.writer import Archive

OUTAGE = "outage"  # key of archive_info


@dataclass(frozen=True, slots=True)
class Reach:
    """How many outlets were asked lately, and how many of them do not answer for our own fault.

    `since` is when one of those last answered, None if none ever did.
    """

    asked: int = 0
    mute: int = 0
    since: datetime | None = None


NOBODY_ASKED = Reach()


@dataclass(frozen=True, slots=True)
class Outage:
    """What is noted of an outage; times are RFC 3339 text."""

    since: str | None
    outlets: int
    asked: int
    told: bool = False
    over_at: str | None = None


def noted_outage(connection: sqlite3.Connection) -> Outage | None:
    """Return the outage that goes on, or whose end is to be told."""
    row = connection.execute("SELECT value FROM archive_info WHERE key = ?", (OUTAGE,)).fetchone()
    return Outage(**json.loads(row[0])) if row else None


def note_reach(archive: Archive, reach: Reach, now: datetime) -> None:
    """Bring the outage up to date with what was found now; where nobody was asked it stays."""
    known = noted_outage(archive.connection)
    if reach.mute:
        since = None if reach.since is None else time_text(reach.since)
        is_same = known is not None and known.over_at is None
        since = known.since if known is not None and is_same else since
        told = known is not None and known.told and is_same
        _note(archive, Outage(since, reach.mute, reach.asked, told))
    elif reach.asked and known is not None and known.over_at is None:
        _note(archive, replace(known, over_at=time_text(now)))


def untold_outage(connection: sqlite3.Connection) -> Outage | None:
    """Return the outage if there is something to tell: that it is, or that it is over."""
    known = noted_outage(connection)
    return known if known is not None and (known.over_at or not known.told) else None


def mark_outage_told(archive: Archive) -> None:
    """Note that an alert of the outage, as it is now, was sent."""
    known = noted_outage(archive.connection)
    if known is None:
        return
    if known.over_at:
        archive.connection.execute("DELETE FROM archive_info WHERE key = ?", (OUTAGE,))
    else:
        _note(archive, replace(known, told=True))


def _note(archive: Archive, outage: Outage) -> None:
    archive.connection.execute(
        "INSERT INTO archive_info (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (OUTAGE, json_text(asdict(outage))),
    )
