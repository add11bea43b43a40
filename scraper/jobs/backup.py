"""Makes a verified copy of an archive, and of its raw captures, while a crawl may go on."""

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scraper.archive.backup import Copied, Observer, copy_captures, copying
from scraper.archive.database import reading
from scraper.archive.storage import sync_directory
from scraper.archive.values import size_text
from scraper.errors import ArchiveMissing, ArchiveUnreadable, BackupFailed
from scraper.jobs.verify import copy_problems, table_problems

TIME_FORMAT = "%Y%m%d-%H%M%S"
DATED = re.compile(r"-\d{8}-\d{6}\.db")
CAPTURES = "captures"  # the folder beside each copy where every command looks for raw captures


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made and verified.

    Args:
        path: the copy.
        bytes: its size.
        seconds: what copying and verifying took.
        articles: how many it holds.
        captures: what was copied of raw captures, None if that was not wanted.
        dropped: older copies that made room for it.
    """

    path: Path
    bytes: int
    seconds: float
    articles: int
    captures: Copied | None = None
    dropped: tuple[Path, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether every raw capture that was wanted is in it."""
        return self.captures is None or not self.captures.missing

    def lines(self) -> list[str]:
        """Return what was done, for a person."""
        size = size_text(self.bytes)
        told = [f"{self.path}: {self.articles} articles, {size}, in {self.seconds:.1f} s, verified"]
        if self.captures is not None:
            one = self.captures
            size = size_text(one.bytes)
            told.append(
                f"raw captures: {one.files} files copied ({size}), {one.present} there already"
            )
            told += [f"not copied, because it is missing or cut short: {f}" for f in one.missing]
        told += [f"older copy dropped: {path}" for path in self.dropped]
        return told


def back_up(
    db: Path,
    target: Path,
    *,
    captures: Path | None = None,
    keep: int | None = None,
    is_thorough: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    observer: Observer = lambda done, total: None,
) -> Backup:
    """Copy an archive to a file, or into a folder under a dated name; nothing has to wait for it.

    Args:
        db: the archive.
        target: a file, or a folder that is there.
        captures: the folder of raw captures, to be copied to `captures/` beside the copy; None to
            leave them.
        keep: in a folder, how many copies of this archive stay, the new one included; None for all.
        is_thorough: hold the search index and every row of the copy against its texts besides, as
            `dateline verify` does; minutes for a large archive.
        now: the clock for the dated name.
        observer: told of bytes done and bytes in all.

    Raises:
        ArchiveMissing, ArchiveUnreadable: see `reading`.
        ArchiveUnwritable: the target's disk is full or read-only.
        BackupFailed: the target is of something else or too small, or the copy is not sound.
    """
    began = time.monotonic()
    in_folder = target.is_dir()
    path = target / f"{db.stem}-{now():{TIME_FORMAT}}.db" if in_folder else target
    _check_target(db, path)
    with copying(db, path, observer) as unfinished:
        problems = (table_problems if is_thorough else copy_problems)(unfinished)
        if problems:
            words = f"the copy is not well, as the archive is ({problems[0]}): run dateline verify"
            raise BackupFailed(str(path), words)
        copied = None
        if captures is not None:
            copied = copy_captures(unfinished, captures, path.parent / CAPTURES)
    with reading(path) as connection:
        (articles,) = connection.execute("SELECT COUNT(*) FROM articles").fetchone()
    dropped = _drop_older(path, db.stem, keep) if in_folder and keep else ()
    seconds = time.monotonic() - began
    return Backup(path, path.stat().st_size, seconds, articles, copied, dropped)


def _check_target(db: Path, path: Path) -> None:
    """Refuse a target that is the archive itself, no copy of one, or on too small a disk."""
    if not db.exists():
        raise ArchiveMissing(str(db))
    if not path.parent.is_dir():
        raise BackupFailed(str(path), f"the folder {path.parent} does not exist")
    if path.exists():
        if path.samefile(db):
            raise BackupFailed(str(path), "it is the archive itself")
        if _size(path.with_name(path.name + "-wal")):  # it would be read into the new copy
            words = "somebody writes to it, or was killed doing so: name another file"
            raise BackupFailed(str(path), words)
        try:
            with reading(path):
                pass
        except ArchiveUnreadable as error:
            raise BackupFailed(str(path), "something else is there: name another file") from error
    wanted = db.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < wanted:
        words = f"{size_text(wanted)} are needed, and its disk has {size_text(free)}"
        raise BackupFailed(str(path), words)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _drop_older(made: Path, stem: str, keep: int) -> tuple[Path, ...]:
    """Drop the older copies beside the one just made, which stays whatever the clock says."""
    copies = sorted(
        path
        for path in made.parent.glob("*.db")
        if path.name.startswith(stem) and DATED.fullmatch(path.name[len(stem) :])
        if path.is_file() and path != made
    )
    dropped = tuple(copies[: max(0, len(copies) + 1 - keep)])
    for path in dropped:
        path.unlink()
        for beside in ("-wal", "-shm", ".lock"):  # of somebody who opened it
            path.with_name(path.name + beside).unlink(missing_ok=True)
    sync_directory(made.parent)
    return dropped
