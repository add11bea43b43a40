"""Tells trouble with the disk from other errors, in words that an operator can act on."""

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from scraper.errors import ArchiveUnwritable

FULL = "make room on its disk, then run the same again"
READ_ONLY = "let this user write to its folder, then run the same again"
DAMAGED = "run dateline verify, then dateline repair"
LOCKED = "wait for the program that holds it locked, then run the same again"
FAILING = "look at the disk, then run dateline verify"

# What the operating system answers to a write that cannot be.
OF_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: FAILING,
}
# The same as SQLite tells it (sqlite.org/rescode.html, primary codes).
OF_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: LOCKED,  # by a program that knows nothing of our lock
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_IOERR: FAILING,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
PRIMARY_CODE = 0xFF


def storage_trouble(path: Path | str, error: BaseException) -> ArchiveUnwritable | None:
    """Return what to tell of an error that says the disk takes nothing more; None for others.

    >>> print(storage_trouble("a.db", OSError(errno.ENOSPC, "No space left on device")))
    nothing more can be stored in a.db: No space left on device; what was stored is kept: \
make room on its disk, then run the same again
    >>> storage_trouble("a.db", ValueError("no number"))
    """
    if isinstance(error, sqlite3.Error):
        remedy = OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE)
        return ArchiveUnwritable(str(path), str(error), remedy) if remedy else None
    if isinstance(error, OSError) and error.errno is not None:
        remedy = OF_SYSTEM.get(error.errno)
        where = str(error.filename or path)  # captures may stand elsewhere
        return ArchiveUnwritable(where, os.strerror(error.errno), remedy) if remedy else None
    return None


@contextlib.contextmanager
def undone_alone(connection: sqlite3.Connection) -> Iterator[None]:
    """Undo what the block changed when it raises, and nothing else of the transaction.

    Raises:
        Exception: what the block raised.
    """
    connection.execute("SAVEPOINT alone")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite undoes all by itself when the disk is full
            connection.execute("ROLLBACK TO alone")
            connection.execute("RELEASE alone")
        raise
    connection.execute("RELEASE alone")


@contextlib.contextmanager
def telling_trouble(path: Path | str) -> Iterator[None]:
    """Raise what the disk refuses as ArchiveUnwritable, and everything else as it is."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        trouble = storage_trouble(path, error)
        if trouble is None:
            raise
        raise trouble from error


def sync_directory(directory: Path) -> None:
    """Wait until the names in a directory are on disk.

    Raises:
        OSError: they are not.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
