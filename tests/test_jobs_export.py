"""`dateline export` takes away everything a search finds, whole or not at all."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scraper.archive.database import open_reader
from scraper.archive.search import Search, register
from scraper.cli import main
from scraper.commands.exporting import ENDINGS
from scraper.errors import ExportRefused
from scraper.exports.formats import FORMATS
from scraper.jobs.export import Selection, count_articles, iter_articles, write_file
from tests.invented import ARTICLES, EDITED, HOSTILE, add_article, build_archive

NOW = datetime(2026, 11, 22, 18, 50, 33, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    build_archive(tmp_path / "archive.db")
    return tmp_path / "archive.db"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def rows_of(db: Path, search: Search) -> list[dict[str, Any]]:
    connection = open_reader(db)
    try:
        return [row for batch in iter_articles(connection, search, True) for row in batch]
    finally:
        connection.close()


def lengthen(db: Path, count: int, body: str) -> None:
    connection = sqlite3.connect(db)
    register(connection)
    for number in range(1_000, 1_000 + count):
        add_article(
            connection,
            {
                "id": number, "url": f"https://harbour.example/{number}", "outlet": "harbour",
                "title": f"Barge {number}", "body": body, "byline": "Anna Tide",
                "language": "en", "country": "GB",
                "published_at": f"2025-01-01T{number % 24:02}:00:00Z",
                "captured_at": "2025-01-02T00:00:00Z",
            },
        )  # fmt: skip
    connection.commit()
    connection.close()


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_chosen_by_the_files_ending(db: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"all.{ending}"
    result = run("--db", db, "-o", path)
    assert result.exit_code == 0, result.output
    assert f"{len(ARTICLES)} articles in {path}" in result.output
    assert path.stat().st_size > 0
    assert not path.with_name(f"{path.name}.part").exists()


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == ENDINGS


def test_a_search_and_its_filters_narrow_what_is_taken(db: Path) -> None:
    result = run(
        "harbour", "--db", db, "--outlet", "harbour", "-f", "json", "--site", "https://a.example/"
    )
    document = json.loads(result.stdout)
    assert [row["id"] for row in document["articles"]] == [EDITED]
    assert document["query"] == '(harbour) outlet:"harbour"'
    row = document["articles"][0]
    assert row["authors"] == ["Anna Tide", "Ben Quay"]  # not the photographer
    assert (row["revision"], row["text_captured_at"]) == (2, "2024-06-17T06:00:00Z")
    assert row["archive_url"] == f"https://a.example/-/article/{EDITED}"
    assert "body" not in row


def test_scripts_without_spaces_are_found(db: Path) -> None:
    read = list(csv.DictReader(io.StringIO(run("武器", "--db", db, "-f", "csv", "--body").stdout)))
    assert [row["title"] for row in read] == [ARTICLES[0][1]]
    assert read[0]["body"] == ARTICLES[0][2]


def test_newest_or_oldest_come_first(db: Path) -> None:
    times = [row["published_at"] for row in rows_of(db, Search(order="newest"))]
    assert times == sorted(times, reverse=True)
    assert [row["published_at"] for row in rows_of(db, Search(order="oldest"))] == times[::-1]
    result = run("--db", db, "-f", "jsonl", "--order", "oldest", "--limit", 3)
    assert [json.loads(line)["published_at"] for line in result.stdout.splitlines()] == times[
        :-4:-1
    ]


def test_more_than_a_page_and_more_than_a_pool_is_taken_once_each(db: Path, tmp_path: Path) -> None:
    lengthen(db, 5_300, "A barge passed.")
    path = tmp_path / "barges.jsonl"
    seen: list[tuple[int, int]] = []
    selection = Selection(Search(query="barge", order="newest"), FORMATS["jsonl"])
    count = write_file(db, selection, path, now=NOW, observer=lambda *told: seen.append(told))
    numbers = [json.loads(line)["id"] for line in path.read_text("utf8").splitlines()]
    assert count == len(numbers) == len(set(numbers)) == 5_300
    assert seen[-1] == (5_300, 5_300)


def test_the_archive_itself_is_never_replaced(db: Path) -> None:
    before = db.read_bytes()
    result = run("--db", db, "-o", db, "-f", "csv", "--force")
    assert result.exit_code == 1
    assert db.read_bytes() == before


def test_memory_does_not_grow_with_the_result(db: Path, tmp_path: Path) -> None:
    lengthen(db, 1_500, "A barge passed. " * 600)  # 14 MB of text
    selection = Selection(Search(query="barge", order="newest"), FORMATS["csv"], with_body=True)
    tracemalloc.start()
    try:
        write_file(db, selection, tmp_path / "second.csv", now=NOW)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "second.csv").stat().st_size > 14_000_000
    assert peak < 10_000_000


def test_a_file_is_not_replaced_unless_asked(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("mine", "utf8")
    result = run("--db", db, "-o", path)
    assert result.exit_code == 1
    assert path.read_text("utf8") == "mine"
    assert run("--db", db, "-o", path, "--force").exit_code == 0
    assert path.read_text("utf8") != "mine"


def test_what_cannot_be_written_whole_leaves_nothing(db: Path, tmp_path: Path) -> None:
    selection = Selection(Search(order="newest"), FORMATS["csv"])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ExportRefused):
        write_file(db, selection, tmp_path / "nowhere" / "x.csv", now=NOW)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(db, selection, tmp_path / "x.csv", now=NOW, observer=interrupt)
    assert [path for path in sorted(tmp_path.iterdir()) if "archive.db" not in path.name] == [
        path for path in before if "archive.db" not in path.name
    ]


def test_a_full_disk_is_said_in_a_line(db: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no such device here")
    with full.open("wb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "scraper", "export", "--db", str(db), "-f", "csv"],
            stdout=stream, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_ends_it_quietly(db: Path) -> None:
    lengthen(db, 2_000, "A barge passed. " * 50)
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m scraper export --db '{db}' -f csv | head -n 1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.lstrip("\ufeff").startswith("id,url,")
    assert "Traceback" not in done.stderr


def test_without_its_package_parquet_says_what_to_install(db: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from scraper.cli import main; main()"
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code, "export", "--db", str(db), "-o", str(tmp_path / "x.parquet")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert ".venv/bin/pip install -e '.[parquet]'" in done.stderr
    assert not list(tmp_path.glob("x.parquet*"))


def test_wrong_usage_is_told(db: Path, tmp_path: Path) -> None:
    for arguments in (
        (),
        ("-o", tmp_path / "x.doc"),
        ("-f", "doc"),
        ("-f", "csv", "--site", "x.example"),
    ):
        assert run("--db", db, *arguments).exit_code == 2
    assert run("--db", tmp_path / "none.db", "-f", "csv").exit_code == 1


def test_a_query_read_otherwise_is_noted_and_finds_what_search_finds(db: Path) -> None:
    result = run("title:(", "--db", db, "-f", "jsonl")
    assert result.exit_code == 0
    assert "note: " in result.stderr
    assert result.stdout == ""


def test_counts_are_what_is_taken(db: Path) -> None:
    connection = open_reader(db)
    for search in (
        Search(), Search("harbour"), Search(language="zh-Hant"), Search(outlet="harbour"),
        Search("talks", country="GB", after="2024-06", before="2024-07"),
    ):  # fmt: skip
        taken = sum(len(batch) for batch in iter_articles(connection, search))
        assert taken == count_articles(connection, search) > 0
    connection.close()


def test_the_hostile_article_passes_every_format(db: Path, tmp_path: Path) -> None:
    for ending in FORMATS:
        selection = Selection(Search(outlet="harbour"), FORMATS[ending], with_body=True)
        assert write_file(db, selection, tmp_path / f"x.{ending}", now=NOW) == 2
    assert HOSTILE in [row["id"] for row in rows_of(db, Search(outlet="harbour"))]
