"""The repaired file takes the damaged one's place, whatever comes between."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.database import open_reader, open_writer
from scraper.errors import ArchiveBusy, ArchiveDamaged
from scraper.extraction.pool import WorkerPool
from scraper.jobs.repair import repair
from scraper.jobs.verify import verify
from tests.hostile.damage import Content, build, content

ARTICLES = 12


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as workers:
        yield workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path, ARTICLES)
    return tmp_path


@pytest.fixture
def whole(folder: Path) -> Content:
    return content(folder / "archive.db")


def change(folder: Path, script: str) -> None:
    connection = sqlite3.connect(folder / "archive.db")
    connection.executescript(script)
    connection.close()


def flipped(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("moment", ["_empty_log", "_keep", "the end"])
def test_repair_killed_in_its_swap_is_finished_by_the_next(
    folder: Path, pool: WorkerPool, whole: Content, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    file, log = folder / "archive.db", folder / "archive.db-wal"
    flipped(log, log.stat().st_size // 3)

    def killed(*_: object) -> None:
        if moment == "the end":
            log.unlink()
        raise KeyboardInterrupt

    place = "_Repairing._keep" if moment == "_keep" else "_empty_log"
    monkeypatch.setattr(f"scraper.jobs.repair.{place}", killed)
    with pytest.raises(KeyboardInterrupt):
        repair(file, folder / "captures", pool=pool)
    monkeypatch.undo()
    with pytest.raises(ArchiveDamaged, match="repair was cut short"):
        open_writer(file)
    time.sleep(1)  # what is kept is named by the second
    shutil.move(folder / "captures", folder / "elsewhere")
    done = repair(file, folder / "captures", pool=pool)
    assert content(file) == whole
    assert done.kept in done.line()
    assert not list(folder.glob("*.repair*"))


def test_repair_held_up_by_a_reader_is_done_once_and_heaps_up_nothing(
    folder: Path, pool: WorkerPool, whole: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.jobs.repair.READERS_SECONDS", 0.1)
    change(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    reader = open_reader(folder / "archive.db")
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM articles").fetchone()
    change(folder, "DELETE FROM monthly_counts")
    for _ in range(2):
        with pytest.raises(ArchiveBusy, match="does not let go"):
            repair(folder / "archive.db", folder / "captures", pool=pool)
        assert not list(folder.glob("*.damaged-*"))
    reader.close()
    repair(folder / "archive.db", folder / "captures", pool=pool)
    assert content(folder / "archive.db") == whole
    assert len(list(folder.glob("*.damaged-*Z"))) == 1


ALL_BUT_REVISIONS = "".join(
    f"DROP TRIGGER articles_{what}_{when};"
    for what in ("search", "count")
    for when in ("insert", "delete", "update")
) + "".join(
    f"DELETE FROM {table};"
    for table in ("article_urls", "candidates", "captures", "outlets", "articles")
)


@pytest.mark.parametrize("has_captures", [True, False])
def test_revisions_of_which_nothing_else_is_left_are_kept(
    folder: Path, pool: WorkerPool, whole: Content, has_captures: bool
) -> None:
    change(folder, ALL_BUT_REVISIONS)
    if not has_captures:
        shutil.rmtree(folder / "captures")
    repair(folder / "archive.db", folder / "captures", pool=pool)
    report = verify(folder / "archive.db", folder / "captures")
    assert report.is_well, report.line()
    found = content(folder / "archive.db")
    assert {body for _, body in found.revisions} >= {body for _, body in whole.revisions}
    assert set(found.articles.values()) == set(whole.articles.values())
    if has_captures:
        assert found.articles == whole.articles
    else:
        assert all(url.startswith("urn:dateline:lost-article:") for url in found.articles)
