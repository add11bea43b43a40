"""What the docs say is what there is."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from scraper import settings
from scraper.archive.edits_schema import EDITS
from scraper.archive.schema import ADDED, RECORD, SUMMARIES, TABLES
from scraper.cli import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])


def test_generated_references_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_told_of_outside_its_reference(name: str) -> None:
    guides = [page for page in PAGES if page.name not in ("cli.md", "design.md")]
    text = "\n".join(page.read_text("utf8") for page in guides)
    assert f"dateline {name}" in text or f"make {name}" in text


def test_every_command_shown_exists() -> None:
    for page in PAGES:
        for name in re.findall(r"\.venv/bin/dateline (\w+)", page.read_text("utf8")):
            assert name in main.commands, f"{page.name} shows dateline {name}"


def test_every_option_of_every_command_is_helpful() -> None:
    for command in main.commands.values():
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help or option.default is not None, f"{command.name} {option.name}"


def test_every_setting_of_ours_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf8")
    for name in dir(settings):
        if name.startswith("DATELINE_"):
            assert f"`{name}`" in text


def test_every_table_and_column_is_documented() -> None:
    text = (ROOT / "docs" / "schema.md").read_text("utf8")
    for table in re.findall(r"CREATE TABLE (\w+)", TABLES + SUMMARIES + EDITS):
        assert f"## {table}\n" in text
    columns = re.findall(
        r"^    ([a-z_0-9]+) (?:TEXT|INTEGER)", TABLES + SUMMARIES + EDITS, re.MULTILINE
    )
    columns += re.findall(r"ADD COLUMN (\w+)|RENAME COLUMN \w+ TO (\w+)", ADDED + RECORD)
    renamed = re.findall(r"RENAME COLUMN (\w+)", RECORD)
    for column in columns:
        column = column if isinstance(column, str) else "".join(column)
        assert f"`{column}`" in text or column in renamed


def test_the_readme_diagram_names_every_table() -> None:
    text = (ROOT / "README.md").read_text("utf8")
    for table in re.findall(r"CREATE TABLE (\w+)", TABLES + SUMMARIES):
        if table != "archive_info":
            assert table in text, table


def test_modules_with_doctests_keep_them_true() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "pytest",
            "-q",
            "--doctest-modules",
            "scraper",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_columns_added_later_stand_under_their_own_table() -> None:
    text = (ROOT / "docs" / "schema.md").read_text("utf8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", ADDED + RECORD):
        assert f"| `{column}` |" in sections[table]
    assert "`role`" not in sections["authors"]


def test_settings_show_default_and_meaning() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf8")
    for line in text.splitlines():
        if line.startswith("| `DATELINE_"):
            _, _, default, meaning, *_ = line.split("|")
            assert default.strip().endswith("`")
            assert meaning.strip(), line
