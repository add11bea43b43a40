"""Tidying goes step by step, can be dropped at any time, and changes nothing a reader sees."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.archive import quiet
from scraper.archive.database import open_reader
from scraper.archive.findings import search
from scraper.archive.search import Search
from scraper.archive.writer import Archive, Writer
from scraper.jobs.verify import verify
from tests.conftest import NOON, STORY, Desk

ARTICLES = 60


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Path:
    for number in range(ARTICLES):
        desk.store(f"https://gazette.example/{number}", STORY.replace("third", f"{number}th"))
    desk.archive.warc.flush()
    return tmp_path / "archive.db"


def segments(archive: Archive) -> int:
    query = "SELECT COUNT(DISTINCT segid) FROM articles_fts_idx"
    return int(archive.connection.execute(query).fetchone()[0])


def test_a_round_merges_the_indexes_and_is_due_again_after_a_week(
    desk: Desk, filled: Path, tmp_path: Path
) -> None:
    archive, connection = desk.archive, desk.archive.connection
    assert quiet.is_due(connection, NOON)
    assert segments(archive) > 1
    while quiet.tidy(archive, NOON):
        pass
    assert segments(archive) == 1
    assert not quiet.is_due(connection, NOON + timedelta(days=6))
    assert quiet.is_due(connection, NOON + timedelta(days=7))
    assert quiet.is_due(connection, NOON - timedelta(days=30))  # the clock was wrong
    assert verify(filled, tmp_path / "captures").is_well
    assert search(connection, Search(query="harbour")).total == ARTICLES


def test_a_round_that_was_dropped_goes_on_where_it_was(
    desk: Desk, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, connection = desk.archive, desk.archive.connection
    monkeypatch.setattr(quiet, "MERGE_PAGES", 1)
    monkeypatch.setattr(quiet, "STEP_SECONDS", 0.0001)
    assert quiet.tidy(archive, NOON)
    assert quiet.is_due(connection, NOON)
    steps = 1
    while quiet.tidy(archive, NOON):
        steps += 1
        desk.store(f"https://gazette.example/later/{steps}", f"Meanwhile {steps}. {STORY}")
        assert steps < 1000
    assert steps > 2
    assert not quiet.is_due(connection, NOON)
    connection.execute(
        "INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 0)"
    )


def test_the_writer_is_held_for_one_step_only(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive.db", tmp_path / "captures") as writer:
        began = time.monotonic()
        while writer.submit(quiet.tidy, NOON).result():
            pass
        assert time.monotonic() - began < 5
    reader = open_reader(tmp_path / "archive.db")
    assert not quiet.is_due(reader, NOON)
    reader.close()
