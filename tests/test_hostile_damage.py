"""Whatever befalls the files, commands end in words, and repair brings back what is whole."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from scraper.archive.pages import Damage, PageFile, Row
from scraper.archive.salvage import DERIVED, archive_tables
from scraper.archive.warc import iter_captures
from scraper.archive.warc_members import iter_spans
from scraper.cli import main
from tests.crawling import ROOT, dateline
from tests.hostile import damage

ROUNDS, ARTICLES = 60, 8
PAGE = "http://127.0.0.1:9/nothing-listens-here"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    damage.build(folder, ARTICLES)
    return folder


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    shutil.copytree(source, tmp_path / "work")
    return tmp_path / "work"


# Datasette has sqlite3 tell of each exception in a function of ours, as of text that is none.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_rounds_of_damage_lose_nothing_that_a_capture_holds() -> None:
    tally = damage.run(ROUNDS, seed=7, articles=ARTICLES)
    assert not tally.failures, "\n".join(tally.lines())
    assert tally.told > ROUNDS // 2


def test_the_long_trial_runs_from_the_command_line() -> None:
    words = [sys.executable, "-m", "tests.hostile.damage", "--help"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "--rounds" in done.stdout


def garbage(path: Path) -> None:
    path.write_bytes(Random(3).randbytes(30_000))


def schema_lost(path: Path) -> None:
    checkpointed(path)
    path.write_bytes(path.read_bytes()[:100] + Random(3).randbytes(3996) + path.read_bytes()[4096:])


def pages_lost(path: Path) -> None:
    checkpointed(path)
    data = path.read_bytes()
    path.write_bytes(data[:8192] + Random(3).randbytes(len(data) - 8192))


def cut_short(path: Path) -> None:
    checkpointed(path)
    path.write_bytes(path.read_bytes()[:20_000])


def texts_garbled(path: Path) -> None:
    checkpointed(path)
    path.write_bytes(path.read_bytes().replace(b"2026-03-04T", b"2O26-\xff\xff-\xffT"))


def checkpointed(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


QUICK = (("search", "harbour"), ("runs",), ("reindex",), ("verify",))
CRAWL = ("crawl", "--page", PAGE, "--allow", "127.0.0.1:9")
COMMANDS = (*QUICK, ("serve", "--port", "0"), CRAWL)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("harm", [garbage, schema_lost], ids=lambda harm: harm.__name__)
def test_every_command_says_in_a_line_that_a_file_is_damaged(
    folder: Path, words: tuple[str, ...], harm: damage.Harm
) -> None:
    (folder / "archive.db-wal").unlink()
    harm(folder / "archive.db")
    done = dateline(*words, "--db", str(folder / "archive.db"))
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "archive.db" in done.stdout + done.stderr


@pytest.mark.parametrize("harm", [pages_lost, cut_short, texts_garbled], ids=lambda h: h.__name__)
def test_damage_met_on_the_way_is_told_without_a_traceback(folder: Path, harm: damage.Harm) -> None:
    harm(folder / "archive.db")
    db = ("--db", str(folder / "archive.db"))
    for words in QUICK:
        done = CliRunner().invoke(main, [*words, *db])
        assert isinstance(done.exception, SystemExit | None), done.exc_info
        assert done.exit_code in (0, 1)
    crawled = dateline(*CRAWL, *db)
    assert "Traceback" not in crawled.stdout + crawled.stderr, crawled.stderr
    assert CliRunner().invoke(main, ["repair", *db]).exit_code == 0
    assert CliRunner().invoke(main, ["verify", *db]).exit_code == 0


def test_page_reader_reads_what_sqlite_reads(folder: Path) -> None:
    with sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        with PageFile(folder / "archive.db") as source:
            roots = source.tables()
            kept = [table for table in archive_tables(connection) if table.name not in DERIVED]
            for table in kept:
                names = ", ".join(column.name for column in table.columns)
                wanted = {tuple(r) for r in connection.execute(f"SELECT {names} FROM {table.name}")}
                found = set()
                for part in source.walk(roots[table.name]):
                    assert isinstance(part, Row)
                    columns = zip(table.columns, part.values, strict=True)
                    found.add(tuple(part.number if c.is_number else v for c, v in columns))
                assert found == wanted, table.name
            for root in set(roots) - {table.name for table in kept}:
                list(source.walk(roots[root]))
            assert list(source.lost_leaves()) == []
    connection.close()


def test_page_reader_reads_long_rows_and_every_kind_of_value(tmp_path: Path) -> None:
    values = [None, 0, 1, -1, 127, 128, -40_000, 2**23, -(2**31), 2**40, -(2**63), 2**63 - 1,
              1.5, "", "ü" * 5000, "x" * 300_000, b"", bytes(4092), bytes(4061), bytes(4062)]  # fmt: skip
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE t (v)")
        connection.executemany("INSERT INTO t (v) VALUES (?)", [(value,) for value in values])
        connection.execute(
            "INSERT INTO t (rowid, v) VALUES (-5, 'before all'), (1 << 60, 'behind')"
        )
    connection.close()
    with PageFile(tmp_path / "a.db") as source:
        rows = [part for part in source.walk(source.tables()["t"]) if isinstance(part, Row)]
    assert [row.values[0] for row in rows] == ["before all", *values, "behind"]
    assert (rows[0].number, rows[-1].number) == (-5, 1 << 60)


def test_page_reader_ends_on_any_bytes(tmp_path: Path, folder: Path) -> None:
    checkpointed(folder / "archive.db")
    whole = (folder / "archive.db").read_bytes()
    for seed in range(40):
        random = Random(seed)
        data = bytearray(whole)
        for _ in range(random.choice((1, 30, 3000))):
            data[random.randrange(len(data))] = random.randrange(256)
        (tmp_path / "a.db").write_bytes(data[: random.choice((len(data), 9000, 4096, 99))])
        with PageFile(tmp_path / "a.db") as source:
            for name, root in source.tables().items():
                parts = list(source.walk(root))
                assert all(isinstance(part, Row | Damage) for part in parts), name
            for number in list(source.lost_leaves()):
                list(source.leaf(number))


def test_capture_files_are_read_on_behind_damage(folder: Path) -> None:
    file = sorted((folder / "captures").iterdir())[0]
    before = file.read_bytes()
    spans = list(iter_spans(file))
    assert {span.kind for span in spans} == {"whole"}
    urls = [found.capture.url for found in iter_captures([file])]
    hit = spans[len(spans) // 2]
    data = bytearray(before)
    data[hit.offset : hit.offset + hit.length] = Random(1).randbytes(hit.length)
    file.write_bytes(data)
    assert [s for s in iter_spans(file) if s.kind == "whole"] == [s for s in spans if s != hit]
    left = [found.capture.url for found in iter_captures([file])]
    assert len(left) == len(urls) - 1
    assert left[-1] == urls[-1]
