"""Opens archive.db, for its one writer or for readers, and keeps its schema and index current."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from scraper.archive.pages import page_bytes
from scraper.archive.schema import migrations
from scraper.archive.search import register
from scraper.archive.segmentation import SEGMENTER_VERSION
from scraper.archive.storage import PRIMARY_CODE, storage_trouble, sync_directory
from scraper.archive.wal import is_orphaned, log_path, read_log
from scraper.errors import (
    ArchiveDamaged,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnreadable,
    IndexOutdated,
)

BUSY_TIMEOUT_SECONDS = 10
WAL_MAX_BYTES = 64 * 2**20  # what the log is cut back to once it has been copied into the archive
STATEMENTS_CACHED = 256  # prepared statements kept per connection
ANALYSIS_ROWS = 1000  # index rows that PRAGMA optimize looks at, per index

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NO_TEXT = "Could not decode to UTF-8"  # begins what Python says of such a value

SEGMENTER = str(SEGMENTER_VERSION)


def open_writer(path: Path | str, *, is_reindexing: bool = False) -> sqlite3.Connection:
    """Open an archive for writing, creating it if absent and its schema brought up to date.

    The connection is in autocommit mode: transactions are begun by hand (`scraper.archive.writer`
    does). A file that has to be migrated is copied beside itself first. WAL with synchronous=FULL:
    what is committed survives a power cut.

    Args:
        path: the archive's file; its folder must exist.
        is_reindexing: accept an index of another segmenter, because it is about to be rebuilt.

    Raises:
        ArchiveTooNew: the file has migrations that this version does not know.
        ArchiveUnreadable: the file is damaged, no database, or a database of something else.
        ArchiveUnwritable: its disk is full or read-only.
        IndexOutdated: the search index was made by another segmenter.
    """
    path = Path(path)
    with _telling(path, is_writing=True):
        _check_log(path)
        if path.exists():
            check_kind(path)
        connection = _connect(path)
        try:
            db = Database(connection, recursive_triggers=False, execute_plugins=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {WAL_MAX_BYTES}")
            connection.execute("PRAGMA foreign_keys = ON")
            if copy := pending_copy(path, connection):
                _back_up(connection, copy)
            _migrate(db)
            if not is_reindexing:
                _check_index(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def check_kind(path: Path) -> None:
    """Refuse what this version must not write to, without touching file, log or journal mode.

    Raises:
        ArchiveTooNew: the file has migrations that this version does not know.
        ArchiveUnreadable: the file is damaged, no database, or a database of something else.
    """
    _refuse_orphaned_log(path)
    with _telling(path), contextlib.closing(_connect(path, "mode=ro")) as connection:
        db = Database(connection, recursive_triggers=False, execute_plugins=False)
        applied = {migration.name for migration in migrations.applied(db)}
        if unknown := applied - migration_names():
            raise ArchiveTooNew(str(path), ", ".join(sorted(unknown)))
        if not applied and db.table_names():
            raise _strange(db, path)


def open_reader(path: Path | str) -> sqlite3.Connection:
    """Open an archive that nothing of this connection can change.

    Raises:
        ArchiveMissing: there is no file.
        ArchiveUnreadable: the file is damaged, no database, or a database of something else.
    """
    path = Path(path)
    with _telling(path):
        _refuse_orphaned_log(path)
        if not path.exists():
            raise ArchiveMissing(str(path))
        connection = _connect(path, "mode=ro")
        try:
            db = Database(connection, recursive_triggers=False, execute_plugins=False)
            if not migrations.applied(db):
                raise _strange(db, path)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def _check_log(path: Path) -> None:
    """Refuse to write where SQLite would drop commits behind damage in the log, for good.

    Raises:
        ArchiveDamaged: there are such commits, the log has lost its file, or a repair was cut
            short that has to be finished first.
    """
    _refuse_orphaned_log(path)
    if repaired_path(path).exists():
        raise ArchiveDamaged(str(path), "its repair was cut short")
    if not path.exists():
        return
    log = read_log(log_path(path), page_bytes(path))
    if log.hidden_commits and not log.is_torn:
        words = f"its log is, and {log.hidden_commits} changes are behind that"
        raise ArchiveDamaged(str(path), words)


def repaired_path(path: Path) -> Path:
    """Return where a finished repair stands until it has taken the place of the damaged file."""
    return path.with_name(f"{path.name}.repaired")


def _refuse_orphaned_log(path: Path) -> None:
    """Refuse to open an empty or missing file whose log is not: SQLite would delete the log."""
    if is_orphaned(path):
        raise ArchiveDamaged(str(path), "it is empty or missing, and its log is not")


@contextlib.contextmanager
def reading(path: Path | str) -> Iterator[sqlite3.Connection]:
    """Open an archive for reading, and close it; damage met meanwhile is told as such.

    Raises:
        ArchiveMissing: there is no file.
        ArchiveUnreadable: see `open_reader`, and what was read later.
    """
    with contextlib.closing(open_reader(path)) as connection, _telling(path):
        try:
            yield connection
        except (ValueError, TypeError) as error:  # a time, number or JSON that is none
            raise ArchiveDamaged(str(path), f"a row holds what none can ({error})") from error


@contextlib.contextmanager
def reading_as_migrated(path: Path | str) -> Iterator[sqlite3.Connection]:
    """Open an archive for reading as a writer would find it.

    One of an older version is copied to a temporary folder and brought up to date there; the file
    itself stays as it is.

    Raises:
        ArchiveMissing, ArchiveUnreadable: see `reading`.
        ArchiveUnwritable: the temporary folder has no room for the copy.
    """
    with reading(path) as connection:
        if pending_copy(path, connection) is None:
            yield connection
            return
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            target = Path(folder) / Path(path).name
            with _telling(target, is_writing=True):
                _back_up(connection, target)
                copy = _connect(target)
            with contextlib.closing(copy), _telling(target, is_writing=True):
                _migrate(Database(copy, recursive_triggers=False, execute_plugins=False))
                copy.execute("PRAGMA query_only = ON")
                yield copy


def pending_copy(path: Path | str, connection: sqlite3.Connection) -> Path | None:
    """Return where `open_writer` keeps an older archive as it was, None for one up to date."""
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    pending = migrations.pending(db)
    if not pending or not migrations.applied(db):
        return None
    return Path(path).with_name(f"{Path(path).name}.before-{pending[0].name}")


def bring_up_to_date(path: Path | str) -> Path | None:
    """Apply what migrations an archive lacks; return where it is kept as it was, None if none was.

    Raises:
        ArchiveMissing, ArchiveUnreadable: see `reading`.
        ScraperError: what `open_writer` raises, if there is anything to apply.
    """
    with reading(path) as connection:
        copy = pending_copy(path, connection)
    if copy is not None:
        open_writer(path).close()
    return copy


def checkpoint(connection: sqlite3.Connection, *, wait_seconds: float = 0.5) -> int:
    """Copy the write-ahead log into the archive and empty it; return pages left in the log.

    Waits for readers no longer than `wait_seconds`, and never fails because of them: what they
    still need stays in the log until the next time.
    """
    connection.execute(f"PRAGMA busy_timeout = {round(wait_seconds * 1000)}")
    try:
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY_CODE not in (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
        ):
            raise
        return -1
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    is_blocked, in_log, copied = row
    return int(in_log) - int(copied) if is_blocked else 0


def optimise(connection: sqlite3.Connection) -> None:
    """Refresh the statistics SQLite plans queries with, where they have aged."""
    connection.execute(f"PRAGMA analysis_limit = {ANALYSIS_ROWS}")
    connection.execute("PRAGMA optimize")


def index_segmenter(connection: sqlite3.Connection) -> str:
    """Return the version of the segmenter that made the search index, "" if it is not noted."""
    row = connection.execute(
        "SELECT value FROM archive_info WHERE key = 'segmenter_version'"
    ).fetchone()
    return row[0] if row else ""


def _strange(db: Database, path: Path) -> ArchiveUnreadable:
    """Return what to say of a file with no migration of ours in it."""
    if "articles" in db.table_names():
        return ArchiveDamaged(str(path), "its record of migrations is lost")
    return ArchiveUnreadable(str(path), "it is a database of something else")


def missing_objects(connection: sqlite3.Connection) -> list[str]:
    """Return the tables, indexes and triggers that an archive of its version lacks."""
    with _fresh(connection) as fresh:
        return sorted(_objects(fresh) - _objects(connection))


def altered_objects(connection: sqlite3.Connection) -> list[str]:
    """Return the triggers and search indexes that are there, and are not what they should be.

    A single changed letter in one of them makes every later write fail.
    """
    query = (
        "SELECT type || ' ' || name, sql FROM sqlite_master "
        "WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL TABLE %'"
    )
    with _fresh(connection) as fresh:
        wanted, found = (dict(map(tuple, one.execute(query))) for one in (fresh, connection))
        return sorted(name for name in wanted.keys() & found if wanted[name] != found[name])


@contextlib.contextmanager
def _fresh(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Open an empty archive of the same version as another."""
    present = Database(connection, recursive_triggers=False, execute_plugins=False)
    later = [migration.name for migration in migrations.pending(present)]
    with Database(memory=True) as fresh:
        register(fresh.conn)
        migrations.apply(fresh, stop_before=later[:1] or None)
        yield fresh.conn


def _objects(connection: sqlite3.Connection) -> set[str]:
    query = "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
    return {row[0] for row in connection.execute(query)}


def migration_names() -> set[str]:
    """Return the names of all migrations that this version knows."""
    with Database(memory=True) as empty:
        return {migration.name for migration in migrations.pending(empty)}


def _connect(path: Path, query: str = "") -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{query}",
        uri=True,
        timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS_CACHED,
    )
    connection.row_factory = sqlite3.Row
    register(connection)
    return connection


@contextlib.contextmanager
def _telling(path: Path | str, *, is_writing: bool = False) -> Iterator[None]:
    """Raise what SQLite and the file system say of a file as errors of ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        reason = str(error)
        code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
        if code in DAMAGED or reason.startswith(NO_TEXT):
            raise ArchiveDamaged(str(path), reason) from error
        if reason == "unable to open database file" and not Path(path).parent.is_dir():
            reason = f"the folder {Path(path).parent} does not exist"
        elif is_writing and (trouble := storage_trouble(path, error)):
            raise trouble from error
        raise ArchiveUnreadable(str(path), reason) from error
    except UnicodeDecodeError as error:  # SQLite quotes the damage it met
        raise ArchiveDamaged(str(path), str(error)) from error
    except PermissionError as error:
        raise ArchiveUnreadable(str(path), str(error.strerror)) from error


def _migrate(db: Database) -> None:
    if not migrations.pending(db):
        return
    db.conn.execute("BEGIN IMMEDIATE")  # all migrations together; sqlite-utils nests in it
    try:
        is_new = not migrations.applied(db)  # unless another process was first
        before = _objects(db.conn)
        migrations.apply(db)
        # Changing a table may drop what hangs on it: sqlite-utils' transform() drops triggers.
        if lost := before - _objects(db.conn):
            name = db.conn.execute("PRAGMA database_list").fetchone()["file"]
            raise ArchiveUnreadable(name, f"migrating it lost {', '.join(sorted(lost))}")
        if is_new:
            stamp(db.conn)
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
    except BaseException:  # a full disk: what there is of it helps nobody
        unfinished.unlink(missing_ok=True)
        raise
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(target)
    sync_directory(target.parent)


def stamp(connection: sqlite3.Connection) -> None:
    """Note the present segmenter as the one that made the search index."""
    connection.execute(
        "INSERT INTO archive_info (key, value) VALUES ('segmenter_version', ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (SEGMENTER,),
    )


def _check_index(connection: sqlite3.Connection, path: Path | str) -> None:
    found = index_segmenter(connection)
    if found != SEGMENTER:
        raise IndexOutdated(str(path), found, SEGMENTER)
