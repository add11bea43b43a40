"""Opening an archive: created, refused, backed up, never changed by readers."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from scraper.archive import database
from scraper.archive.database import checkpoint, open_reader, open_writer
from scraper.archive.edits_schema import edits_script
from scraper.archive.schema import SPAN_TRIGGERS, TOKENIZER, TRIGGERS, TRIGGERS_V1, migrations
from scraper.errors import (
    ArchiveDamaged,
    ArchiveMissing,
    ArchiveTooNew,
    ArchiveUnreadable,
    IndexOutdated,
)


def test_new_archive_has_the_tables_and_the_segmenters_version(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    assert connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0] == 0
    facts = dict(connection.execute("SELECT key, value FROM archive_info").fetchall())
    assert facts == {"segmenter_version": database.SEGMENTER}
    connection.close()


def test_writer_is_set_up_to_survive_power_cuts_and_readers(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    pragmas = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "journal_size_limit")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "journal_size_limit": database.WAL_MAX_BYTES,
    }
    connection.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    open_writer(tmp_path / "a.db").close()
    before = (tmp_path / "a.db").read_bytes()
    open_writer(tmp_path / "a.db").close()
    assert (tmp_path / "a.db").read_bytes() == before


def test_archive_of_a_later_version_is_refused_by_name(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, '')",
        (migrations.name, "m999_later"),
    )
    connection.close()
    with pytest.raises(ArchiveTooNew, match="m999_later"):
        open_writer(tmp_path / "a.db")


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    before = (tmp_path / "a.db").read_bytes()
    for opening in (open_writer, open_reader):
        with pytest.raises(ArchiveUnreadable):
            opening(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == before


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"Dear diary, " * 1000)
    for opening in (open_writer, open_reader):
        with pytest.raises(ArchiveUnreadable, match="not a database"):
            opening(tmp_path / "a.db")
    with pytest.raises(ArchiveUnreadable, match="does not exist"):
        open_writer(tmp_path / "no" / "a.db")
    with pytest.raises(ArchiveMissing):
        open_reader(tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_index_of_another_segmenter_asks_for_reindex(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    connection.execute("UPDATE archive_info SET value = 'other'")
    connection.close()
    with pytest.raises(IndexOutdated, match="dateline reindex"):
        open_writer(tmp_path / "a.db")
    open_writer(tmp_path / "a.db", is_reindexing=True).close()


def test_failed_migration_leaves_an_empty_file(tmp_path: Path) -> None:
    broken = type(migrations)(migrations.name)
    for migration in migrations._migrations:
        broken(name=migration.name)(migration.fn)
    broken(name="m998_broken")(lambda db: db.execute("CREATE nonsense") and None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "migrations", broken)
        with pytest.raises(ArchiveUnreadable):
            open_writer(tmp_path / "a.db")
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    open_writer(tmp_path / "a.db").close()


def test_older_archive_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    open_writer(tmp_path / "a.db").close()
    later = type(migrations)(migrations.name)
    for migration in migrations._migrations:
        later(name=migration.name)(migration.fn)
    later(name="m998_more")(lambda db: db.execute("CREATE TABLE more (x)") and None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "migrations", later)
        connection = open_writer(tmp_path / "a.db")
    assert connection.execute("SELECT COUNT(*) FROM more").fetchone()[0] == 0
    connection.close()
    copy = open_reader(tmp_path / "a.db.before-m998_more")
    assert copy.execute("SELECT COUNT(*) FROM articles").fetchone()[0] == 0
    copy.close()


def test_reader_cannot_write(tmp_path: Path) -> None:
    open_writer(tmp_path / "a.db").close()
    reader = open_reader(tmp_path / "a.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM articles")
    reader.close()


def test_checkpoint_empties_the_log_and_waits_for_no_reader(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "a.db")
    log = tmp_path / "a.db-wal"
    writer.execute("INSERT INTO tags (name) VALUES ('one')")
    reader = open_reader(tmp_path / "a.db")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM tags").fetchall()
    writer.execute("INSERT INTO tags (name) VALUES ('two')")
    assert checkpoint(writer, wait_seconds=0.05) != 0
    assert log.stat().st_size > 0
    reader.execute("COMMIT")
    assert checkpoint(writer) == 0
    assert log.stat().st_size == 0
    reader.close()
    writer.close()


def test_every_trigger_is_in_place(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "a.db")
    (count,) = connection.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'"
    ).fetchone()
    # Those for the months are of the first schema; those for the search were made anew.
    now = TRIGGERS + SPAN_TRIGGERS + edits_script(TOKENIZER)
    assert count == now.count("CREATE TRIGGER") + TRIGGERS_V1.count("articles_count_")
    connection.close()


def left_by_a_kill(folder: Path) -> tuple[Path, list[int]]:
    """Return an archive whose log holds three commits, and where each of them ends in it."""
    connection = open_writer(folder / "made.db")
    checkpoint(connection)
    log, ends = folder / "made.db-wal", []
    for name in ("one", "two", "three"):
        connection.execute(
            "INSERT INTO outlets (slug, name, languages, timezone, homepage, is_declared, added_at) "
            "VALUES (?, ?, '[]', 'UTC', '', 0, '')",
            (name, name * 3000),
        )
        ends.append(log.stat().st_size)
    for end in ("", "-wal"):
        shutil.copy(folder / f"made.db{end}", folder / f"a.db{end}")
    connection.close()
    return folder / "a.db", ends


def flipped(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("place", [2000, -2000], ids=["first frame", "commit frame"])
def test_log_with_whole_commits_behind_damage_is_not_written_to(tmp_path: Path, place: int) -> None:
    path, ends = left_by_a_kill(tmp_path)
    flipped(tmp_path / "a.db-wal", (ends[0] if place > 0 else ends[1]) + place)
    before = (tmp_path / "a.db-wal").read_bytes()
    with pytest.raises(ArchiveDamaged, match="behind"):
        open_writer(path)
    open_reader(path).close()
    assert (tmp_path / "a.db-wal").read_bytes() == before


def test_last_commit_torn_by_a_power_cut_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path, ends = left_by_a_kill(tmp_path)
    flipped(tmp_path / "a.db-wal", ends[1] + 2000)
    connection = open_writer(path)
    slugs = [slug for (slug,) in connection.execute("SELECT slug FROM outlets ORDER BY rowid")]
    connection.close()
    assert slugs == ["one", "two"]


def test_checkpoint_hides_nothing_but_readers(tmp_path: Path) -> None:
    path, _ = left_by_a_kill(tmp_path)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="I/O"):
        checkpoint(connection)
    connection.close()


def test_copy_that_could_not_be_finished_is_removed(tmp_path: Path) -> None:
    source = sqlite3.connect(tmp_path / "a.db")
    source.execute("CREATE TABLE a (b)")
    source.close()
    with pytest.raises(sqlite3.ProgrammingError):
        database._back_up(source, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))
