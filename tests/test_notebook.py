"""docs/notebook.ipynb runs, and counts what the site counts."""

import ast
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from scraper.archive.search import register
from tests.invented_history import build_archive_with_history

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
CELLS: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text("utf8"))["cells"]
CODE = {cell["id"]: "".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"}
PACKAGES = ("pandas", "duckdb", "matplotlib", "pyarrow")
MISSING = [name for name in PACKAGES if find_spec(name) is None]
needs_packages = pytest.mark.skipif(
    bool(MISSING),
    reason=f"{', '.join(MISSING)} not installed: 300 MB that only the notebook needs; make notebook installs them",
)
SECONDS = 120  # for one run; it takes 5 on an idle machine
# Runs cells as a kernel would, in one namespace, and then tells what they know.
RUN = """
import json, sys
cells, told = json.load(sys.stdin)
known = {"__name__": "__main__"}
for name, source in cells.items():
    exec(compile(source, name, "exec"), known)
print("\\n" + json.dumps(eval(told, known)))
"""
NUMBERS = """[
    [f"{row.start:%Y-%m-%dT00:00:00Z}"]
    + [None if pd.isna(value) else float(value)
       for value in (row.articles, row.share, row.collected_share)]
    for row in attention.itertuples()
]"""
HATCHED = """sorted({
    spot.get_hatch() for spot in shares.patches if spot.get_hatch()
})"""
GAP = ("2024-04-10", "2024-05-06")  # in which no outlet was collected, with nothing published


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "archive.db"
    build_archive_with_history(path)
    return path


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive, had no outlet been collected in GAP, and one never before June."""
    path = tmp_path_factory.mktemp("interrupted") / "archive.db"
    build_archive_with_history(path)
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        connection.execute("CREATE TEMP TABLE kept AS SELECT * FROM crawl_runs")
        for table in ("crawl_runs", "collected_days", "collected_spans"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute(
            "INSERT INTO crawl_runs SELECT * FROM kept "
            "WHERE NOT (started_at >= ? AND started_at < ?) "
            "AND NOT (outlet = 'lucero' AND started_at < '2024-06')",
            GAP,
        )
        connection.commit()
    return path


def run(archive: Path, cells: dict[str, str], told: str, **settings: str) -> tuple[str, Any]:
    """Run cells in a process of their own; return what they printed, and a value they know."""
    chosen = {f"DATELINE_{name.upper()}": value for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN],
        input=json.dumps([cells, told]),
        capture_output=True,
        encoding="utf8",
        timeout=SECONDS,
        check=False,
        cwd=archive.parent,
        env=os.environ
        | {"MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf8"}
        | {"DATELINE_DB": str(archive)}
        | chosen,
    )
    assert done.returncode == 0, done.stderr
    printed, _, value = done.stdout.rstrip("\n").rpartition("\n")
    return printed, json.loads(value)


async def numbers_of_the_site(archive: Path, address: str) -> list[list[Any]]:
    datasette = Datasette([str(archive)], settings={"sql_time_limit_ms": 3000})
    await datasette.invoke_startup()
    response = await datasette.client.get(address)
    assert response.status_code == 200, response.text
    return [
        [row["start"]]
        + [
            float(row[name]) if row[name] else None
            for name in ("articles", "share", "collected_share")
        ]
        for row in csv.DictReader(io.StringIO(response.text.lstrip("\ufeff")))
    ]


def test_it_is_kept_without_results_and_runs_as_plain_python() -> None:
    notebook = json.loads(NOTEBOOK.read_text("utf8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in CELLS}) == len(CELLS)
    for cell in CELLS:
        assert not cell.get("outputs"), f"{cell['id']}: results are not kept, they may be anyone's"
        assert cell.get("execution_count") is None
    for name, source in CODE.items():
        ast.parse(source, name)


def test_its_links_lead_somewhere() -> None:
    text = "\n".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert targets
    for target in targets:
        assert (NOTEBOOK.parent / target).exists(), target


def test_it_opens_and_searches_an_archive_with_what_is_installed_anyway(archive: Path) -> None:
    cells = {name: CODE[name] for name in ("parameters", "search")}
    printed, tables = run(archive, cells, "db.table_names()", query="武器 OR الحرب")
    assert "⟦武器⟧" in printed
    assert "najm" in printed
    assert "articles" in tables


def test_it_says_what_to_do_where_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="run dateline demo --no-serve"):
        run(tmp_path / "none.db", CODE, "0")
    assert not list(tmp_path.iterdir())


@needs_packages
@pytest.mark.parametrize("unit", ["", "day", "week", "month", "year"])
async def test_its_numbers_are_those_of_the_site(archive: Path, unit: str) -> None:
    settings = {"query": "talks OR 武器 OR الحرب", "unit": unit}
    if unit == "day":
        settings |= {"after": "2024-04-20", "before": "2024-06-18"}
    printed, numbers = run(archive, CODE, NUMBERS, **settings)
    (address,) = re.findall(r"^/-/attention\.csv\S+", printed, re.MULTILINE)
    expected = await numbers_of_the_site(archive, address)
    assert sum(row[1] or 0 for row in expected) >= 4
    assert_alike(numbers, expected)


@needs_packages
@pytest.mark.parametrize("query", ["talks", "no such word", "lang:ja OR title:talks"])
async def test_gaps_are_those_of_the_site(interrupted: Path, query: str) -> None:
    _, numbers = run(interrupted, CODE, NUMBERS, query=query, unit="week", after="2023-12-01")
    address = f"/-/attention.csv?q={query}&unit=week&after=2023-12-01"
    expected = await numbers_of_the_site(interrupted, address)
    assert_alike(numbers, expected)
    states = {(articles is None, collected) for _, articles, _, collected in expected}
    assert {(True, None), (True, 0.0), (False, 1.0)} <= states  # before, not collected, zero


def assert_alike(numbers: list[list[Any]], expected: list[list[Any]]) -> None:
    assert [row[0] for row in numbers] == [row[0] for row in expected]
    for ours, theirs in zip(numbers, expected, strict=True):
        assert ours[1:] == [
            value if value is None else pytest.approx(value, rel=1e-5, abs=5.1e-5)
            for value in theirs[1:]
        ], ours[0]  # the site rounds shares


@needs_packages
def test_periods_without_a_crawl_are_hatched(archive: Path, interrupted: Path) -> None:
    settings = {"query": "talks", "unit": "week", "after": "2023-12-01"}
    _, hatched = run(interrupted, CODE, HATCHED, **settings)
    assert {"..", "////"} <= set(hatched)
    _, hatched = run(archive, CODE, HATCHED, **settings | {"after": "2024-01-01"})
    assert hatched == []
