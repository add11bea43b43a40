"""An older archive is brought up to date whole or not at all; a newer one is not touched."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from scraper.archive import database
from scraper.archive.database import open_reader, open_writer
from scraper.archive.edits_schema import stray_edits
from scraper.archive.runs import recent_runs
from scraper.archive.salvage import archive_tables
from scraper.archive.schema import migrations
from scraper.archive.search import register
from scraper.errors import ArchiveUnreadable
from scraper.jobs.reextract import Selection, reextract
from scraper.jobs.repair import repair
from scraper.jobs.verify import verify
from tests.crawling import ROOT, dateline, environment, rows
from tests.hostile.damage import build, content

# What the first version kept in articles.evidence.
OLD_EVIDENCE = (
    """'{"title":{"from":"json-ld"},"published_at":{"from":"meta date","text":"4 March 2026"}}'"""
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the first version, with articles, revisions and captures."""
    folder = tmp_path_factory.mktemp("first")
    build(folder, 8)
    (folder / "archive.db").rename(folder / "now.db")
    (folder / "archive.db-wal").rename(folder / "now.db-wal")
    db = Database(folder / "archive.db")
    register(db.conn)
    migrations.apply(db, stop_before="m002_lost_captures")
    db.conn.row_factory = sqlite3.Row
    db.conn.execute("ATTACH ? AS now", (str(folder / "now.db"),))
    for table in archive_tables(db.conn):
        if table.name != "monthly_counts":
            names = [column.name for column in table.columns]
            values = [OLD_EVIDENCE if name == "evidence" else name for name in names]
            db.conn.execute(
                f"INSERT INTO {table.name} ({', '.join(names)}) "
                f"SELECT {', '.join(values)} FROM now.{table.name}"
            )
    db.conn.commit()
    db.close()
    for name in ("now.db", "now.db-wal", "now.db-shm"):
        (folder / name).unlink(missing_ok=True)
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first, tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """The migrations of some later version: ours, and what a test adds."""
    grown = Migrations(migrations.name)
    for migration in migrations._migrations:
        grown(name=migration.name)(migration.fn)
    monkeypatch.setattr(database, "migrations", grown)
    return grown


def test_archive_of_the_first_version_is_brought_up_to_date(folder: Path) -> None:
    path = folder / "archive.db"
    before = content(path)
    assert verify(path, folder / "captures").is_well
    with closing(open_writer(path)) as connection:
        columns = {row["name"] for row in connection.execute("PRAGMA table_info(captures)")}
        assert "lost_at" in columns
        connection.execute("UPDATE articles SET title = 'Quay' WHERE id = 1")
        found = connection.execute("SELECT rowid FROM articles_fts WHERE articles_fts = 'quay'")
        assert [tuple(row) for row in found] == [(1,)]
        connection.execute("UPDATE articles SET title = ? WHERE id = 1", (_title(before),))
    assert content(path) == before
    report = verify(path, folder / "captures")
    assert report.is_well, report.line()


def test_evidence_of_the_first_version_is_kept_in_the_present_form(folder: Path) -> None:
    path = folder / "archive.db"
    with closing(open_writer(path)) as connection:
        connection.execute("UPDATE articles SET published_at = NULL WHERE id = 2")
    found = rows(path, "SELECT * FROM articles")
    assert found
    for row in found:
        assert json.loads(row["field_sources"]) == {"title": "json-ld", "published_at": "meta date"}
        (claim,) = json.loads(row["date_evidence"])
        assert (claim["raw"], claim["source"], claim["chosen"]) == (
            "4 March 2026",
            "meta date",
            True,
        )
        assert row["kind"] is None, "nobody looked"
        assert row["extractor"] is None
    credits = rows(path, "SELECT DISTINCT role, is_author, kind FROM article_authors")
    assert credits in ([], [{"role": "author", "is_author": 1, "kind": None}])


@pytest.mark.parametrize("stop", ["m002_lost_captures", "m004_search_and_days", "m005_edits"])
def test_edits_are_made_of_the_revisions_that_an_older_archive_has(folder: Path, stop: str) -> None:
    path = folder / "archive.db"
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        migrations.apply(Database(connection), stop_before=stop)
        connection.commit()
    with closing(open_writer(path)) as connection:
        made = "SELECT id FROM revisions WHERE number > 1 AND changed <> '[]' ORDER BY id"
        revisions = [row[0] for row in connection.execute(made)]
        found = connection.execute("SELECT * FROM edits ORDER BY revision").fetchall()
        assert [row["revision"] for row in found] == revisions != []
        assert all(row["added"] or row["removed"] for row in found)
        assert list(stray_edits(connection)) == []
        query = "SELECT rowid FROM edits_fts WHERE edits_fts MATCH 'outlet : gazette'"
        assert [row[0] for row in connection.execute(query)] == revisions
    assert verify(path, folder / "captures").is_well


def test_days_of_an_older_archive_are_summed_up_and_its_runs_tell_no_reasons(folder: Path) -> None:
    path = folder / "archive.db"
    with closing(open_writer(path)):
        pass
    days = rows(path, "SELECT * FROM outlet_days")
    runs = rows(path, "SELECT DISTINCT outlet, substr(started_at, 1, 10) AS day FROM crawl_runs")
    assert [(row["outlet"], row["day"]) for row in days] == [tuple(r.values()) for r in runs] != []
    (count,) = rows(path, "SELECT COUNT(*) AS n FROM articles")
    assert sum(row["article_count"] for row in days) == count["n"]
    assert recent_runs(open_reader(path))[0][1].no_article_reasons == {}


def test_days_on_which_no_listing_was_asked_are_collected_no_more(folder: Path) -> None:
    path = folder / "archive.db"
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        migrations.apply(Database(connection), stop_before="m007_watch")
        for day, listings in ((1, 0), (2, 1)):
            connection.execute(
                "INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version, listings) "
                "SELECT slug, ?, 'done', 1, '0', ? FROM outlets LIMIT 1",
                (f"2020-01-0{day}T10:00:00Z", listings),
            )
        connection.execute(  # as versions before counted it
            "INSERT OR IGNORE INTO collected_days SELECT slug, '2020-01-01', 1 FROM outlets LIMIT 1"
        )
        connection.commit()
    with closing(open_writer(path)):
        pass
    days = rows(path, "SELECT day FROM collected_days WHERE day < '2021'")
    assert days == [{"day": "2020-01-02"}]
    assert verify(path, folder / "captures").is_well


def test_dry_run_compares_an_archive_of_the_first_version_as_it_is(folder: Path) -> None:
    path = folder / "archive.db"
    before = path.read_bytes()
    done = dateline("reextract", "--dry-run", "--json", "--db", str(path))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["articles"], found["made"]) == (7, 7)
    assert "title" not in found["fields"]
    assert path.read_bytes() == before
    assert not list(folder.glob("*.before-*"))
    done = dateline("reextract", "--db", str(path))
    assert done.returncode == 0, done.stderr
    assert {row["kind"] for row in rows(path, "SELECT kind FROM articles")} == {"article"}
    assert verify(path, folder / "captures").is_well


def test_damaged_archive_of_the_first_version_is_repaired_into_the_present_form(
    folder: Path,
) -> None:
    path = folder / "archive.db"
    before = content(path)
    data = bytearray(path.read_bytes())
    place = data.index(b"CREATE INDEX idx_tags") if b"CREATE INDEX idx_tags" in data else 100
    data[place : place + 4] = b"XXXX"
    path.write_bytes(data)
    assert not verify(path, folder / "captures").is_well
    repair(path, folder / "captures")
    report = verify(path, folder / "captures")
    assert report.is_well, report.line()
    assert content(path) == before
    sources = {row["field_sources"] for row in rows(path, "SELECT field_sources FROM articles")}
    assert sources == {'{"published_at":"meta date","title":"json-ld"}'}


def _title(found: object) -> str:
    return str(found.articles["https://gazette.example/0"][0])  # type: ignore[attr-defined]


def test_backup_is_the_archive_as_it_was(folder: Path) -> None:
    path = folder / "archive.db"
    before = content(path)
    open_writer(path).close()
    backup = folder / "archive.db.before-m002_lost_captures"
    assert content(backup) == before
    report = verify(backup, folder / "captures")
    assert report.is_well, report.line()
    assert not list(folder.glob("*.unfinished*"))


def fails_in_the_middle(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN mood TEXT")
    db.execute("DELETE FROM revisions")
    db.execute("CREATE nonsense")


def loses_triggers(db: Database) -> None:
    db.execute("ALTER TABLE tags RENAME TO topics")  # as sqlite-utils changes a table
    db.execute("DROP TRIGGER articles_search_update")


@pytest.mark.parametrize("broken", [fails_in_the_middle, loses_triggers])
def test_failed_migration_leaves_the_file_as_it_was_and_usable(
    folder: Path, later: Migrations, broken: Callable[[Database], None]
) -> None:
    path = folder / "archive.db"
    before = content(path)
    later(name="m998_broken")(broken)
    with pytest.raises(ArchiveUnreadable):
        open_writer(path)
    assert content(path) == before
    later._migrations.pop()
    open_writer(path).close()
    assert verify(path, folder / "captures").is_well


SLOWLY = """
import sys, time
from pathlib import Path
from scraper.archive import database
from scraper.archive.schema import migrations

@migrations(name="m998_slow")
def slow(db):
    for number in range(2000):
        db.execute("UPDATE articles SET description = ?", (f"changed {number}",))
        if number == 20:
            print("migrating", flush=True)

database.open_writer(Path(sys.argv[1])).close()
"""


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.5])
def test_killed_migration_leaves_the_old_or_the_new(folder: Path, seconds: float) -> None:
    path = folder / "archive.db"
    before = content(path)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, str(path)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    names = {row["name"] for row in rows(path, "SELECT name FROM _sqlite_migrations")}
    assert names == {"m001_first_tables"}
    assert content(path) == before
    backup = folder / "archive.db.before-m002_lost_captures"
    assert content(backup) == before
    open_writer(path).close()
    report = verify(path, folder / "captures")
    assert report.is_well, report.line()


@pytest.mark.parametrize("words", [("reindex",), ("repair",), ("crawl", "--page", "http://127.0.0.1:9/a", "--allow", "127.0.0.1:9")],
                         ids=lambda words: words[0])  # fmt: skip
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_newer_archive_is_refused_byte_for_byte_unchanged(
    folder: Path, words: tuple[str, ...], mode: str
) -> None:
    path = folder / "archive.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('dateline', 'm999_later', '')"
    )
    connection.commit()
    files = {name: (folder / name).read_bytes() for name in ("archive.db", "archive.db-wal")
             if (folder / name).exists()}  # fmt: skip
    connection.close()
    for name, data in files.items():  # as a killed process of the newer version leaves them
        (folder / name).write_bytes(data)
    done = dateline(*words, "--db", str(path))
    assert done.returncode == 1
    assert "written by a newer Dateline (it has m999_later)" in done.stderr
    assert "Traceback" not in done.stderr
    assert {name: (folder / name).read_bytes() for name in files} == files


def test_dry_run_tells_of_an_older_archive_what_the_run_then_does(folder: Path) -> None:
    path = folder / "archive.db"
    before = path.read_bytes()
    would = reextract(path, folder / "captures", Selection(), workers=1, is_dry_run=True)
    assert path.read_bytes() == before
    assert not list(folder.glob("*.before-*"))
    done = reextract(path, folder / "captures", Selection(), workers=1)
    assert would.changed == done.changed == 7
    assert would.as_json()["fields"] == done.as_json()["fields"]
    assert {"kind", "date_evidence"} <= set(done.fields)
    assert "key_points" not in done.fields, "nothing to tell: none before, none now"
    assert "field_sources" in done.fields
    copy = f"{path}.before-m002_lost_captures"
    assert any(copy in line for line in done.lines())
    assert Path(copy).exists()
    again = reextract(path, folder / "captures", Selection(), workers=1)
    assert (again.backup, again.changed) == ("", 0)
    assert not any("without an article" in line for line in again.lines())


LANDED = "f03e8147ef9cd743"  # of the triggers up to m006


def test_what_a_landed_migration_made_it_still_makes() -> None:
    """`verify` holds an archive against what its own migrations make: a sound one is none else."""
    with Database(memory=True) as db:
        register(db.conn)
        migrations.apply(db, stop_before=["m007_watch"])
        triggers = db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        text = "\n".join(sql for (sql,) in triggers)
    assert sha256(text.encode()).hexdigest()[:16] == LANDED
