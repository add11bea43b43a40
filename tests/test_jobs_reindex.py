"""reindex makes the derived rows anew, whole or not at all."""

from pathlib import Path

import pytest

from scraper.archive.lock import ArchiveLock
from scraper.errors import ArchiveBusy, ArchiveMissing
from scraper.jobs.reindex import reindex
from scraper.jobs.verify import verify
from tests.conftest import STORY, Desk


def test_stale_index_and_counts_are_made_anew(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        desk.store(f"https://gazette.example/{number}", STORY.replace("third", f"{number}th"))
    desk.archive.warc.flush()
    connection = desk.archive.connection
    connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    connection.execute("INSERT INTO articles_fts (rowid, title) VALUES (9, 'ghost')")
    connection.execute("DELETE FROM monthly_counts")
    connection.execute("UPDATE archive_info SET value = 'old'")
    assert not verify(tmp_path / "archive.db", tmp_path / "captures").is_well
    assert reindex(tmp_path / "archive.db") == 3
    report = verify(tmp_path / "archive.db", tmp_path / "captures")
    assert report.is_well, report.problems


def test_ranking_weights_outlive_a_reindex(desk: Desk, tmp_path: Path) -> None:
    desk.store("https://gazette.example/body", STORY, title="Meeting")
    desk.store("https://gazette.example/title", "Ships sail. " * 20, title="The breakwater")
    reindex(tmp_path / "archive.db")
    query = "SELECT rowid FROM articles_fts WHERE articles_fts = 'breakwater' ORDER BY rank"
    assert desk.rows(query) == [(2,), (1,)]


def test_reindex_waits_for_no_crawl(desk: Desk, tmp_path: Path) -> None:
    with (
        ArchiveLock(tmp_path / "archive.db", "a crawl"),
        pytest.raises(ArchiveBusy, match="a crawl"),
    ):
        reindex(tmp_path / "archive.db")


def test_reindex_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        reindex(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
