"""Writes the references that follow from the code: commands, settings, schema, outlets, coverage.

python docs/generate.py            write them
python docs/generate.py --check    fail when one is not what the code says
"""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from outlet_pages import coverage, outlets

from scraper.archive.edits_schema import EDITS
from scraper.archive.schema import ADDED, RECORD, SEARCH, SUMMARIES, TABLES, statements
from scraper.archive.watch_schema import WATCH
from scraper.cli import main as dateline

DOCS = Path(__file__).parent
ROOT = DOCS.parent
NOTE = "<!-- written by docs/generate.py; edit the code instead -->\n\n"


def commands() -> str:
    """Return the reference of the command line, from click's own help."""
    parts = ["# The command line\n", f"```text\n{_help(dateline, 'dateline')}\n```\n"]
    for path, command in _walk(dateline, "dateline"):
        parts.append(f"## `{path}`\n\n```text\n{_help(command, path)}\n```\n")
    parts.append("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with some failing.\n")
    return "\n".join(parts)


def _walk(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _walk(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _help(command: click.Command, path: str) -> str:
    with click.Context(command, info_name=path, max_content_width=100, terminal_width=100) as ctx:
        return command.get_help(ctx)


def settings() -> str:
    """Return the settings of ours, with the comment beside each."""
    rows = ["# Settings\n", "Change one for a crawl with `-s NAME=VALUE`.\n"]
    rows += ["| setting | default | meaning |", "|---|---|---|"]
    source = (ROOT / "scraper" / "settings.py").read_text("utf8")
    found = re.findall(r"^(DATELINE_\w+)(?:: [^=]+)? = (.+?)(?:  # (.+))?$", source, re.MULTILINE)
    for name, value, meaning in found:
        rows.append(f"| `{name}` | `{value}` | {meaning} |")
    rows.append("\nScrapy's own settings that we change:\n")
    rows += ["| setting | ours |", "|---|---|"]
    for name, value in re.findall(
        r"^((?!DATELINE_)[A-Z][A-Z0-9_]+) = ([^{\[\n#]+?)(?:  #.*)?$", source, re.MULTILINE
    ):
        rows.append(f"| `{name}` | `{value.strip()}` |")
    return "\n".join(rows) + "\n"


def schema() -> str:
    """Return every table and column with its comment."""
    parts = ["# The tables of archive.db\n"]
    parts.append("Times are RFC 3339 text in UTC. Lists and maps are JSON text.\n")
    for statement in statements(TABLES + SUMMARIES + EDITS + WATCH):
        if not statement.startswith("CREATE TABLE"):
            continue
        first, *lines = statement.splitlines()
        name, about = re.match(r"CREATE TABLE (\w+) \(\s*-- (.+)", first).groups()  # type: ignore[union-attr]
        parts += [f"## {name}\n", f"{about}.\n", "| column | type | meaning |", "|---|---|---|"]
        renamed = {
            found[1]: (found[2], found[3])
            for found in re.finditer(rf"TABLE {name} RENAME COLUMN (\w+) TO (\w+); -- (.+)", RECORD)
        }
        for line in lines:
            column = re.match(r"\s+([a-z_0-9]+) (TEXT|INTEGER|REAL)(.*?),?\s+-- (.+)", line)
            if column:
                now, meaning = renamed.get(column[1], (column[1], column[4]))
                parts.append(f"| `{now}` | {column[2]}{_target(column[3])} | {meaning} |")
        for later in re.finditer(
            rf"TABLE {name} ADD COLUMN (\w+) (\w+).*; -- (.+)", ADDED + RECORD + WATCH
        ):
            parts.append(f"| `{later[1]}` | {later[2]} | {later[3]} |")
        parts.append("")
    parts.append("## articles_fts\n")
    parts.append("The search index (FTS5) over `articles`; see [search](search.md).\n")
    parts.append("## edits_fts\n")
    parts.append("The search index (FTS5) over `edits`; see [search](search.md).\n")
    return "\n".join(parts)


def _target(rest: str) -> str:
    target = re.search(r"REFERENCES (\w+)", rest)
    return f" → {target[1]}" if target else ""


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands,
    "settings.md": settings,
    "schema.md": schema,
    "outlets.md": outlets,
    "coverage.md": coverage,
}


def main(check: bool) -> int:
    """Write the pages, or tell which of them are out of date."""
    sqlite3.connect(":memory:").executescript(TABLES)  # the source of the schema page is valid SQL
    assert SEARCH
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, NOTE + page()
        if check and (not path.exists() or path.read_text("utf8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, "utf8")
    for name in stale:
        print(f"docs/{name} is out of date: run python docs/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
