"""What commands share: exit codes, the archive's options, JSON, and errors told in a line."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from scraper.errors import ScraperError
from scraper.records import CrawlRun

DONE, FAILED, USAGE, DONE_WITH_FAILURES = 0, 1, 2, 3

FilePath = click.Path(path_type=Path, dir_okay=False)
FolderPath = click.Path(path_type=Path, file_okay=False)


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --db, which the environment variable DATELINE_DB stands in for."""
    return click.option(
        "--db",
        type=FilePath,
        default=Path("archive.db"),
        envvar="DATELINE_DB",
        show_default=True,
        help="The archive.",
    )(command)


def captures_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --captures, which the environment variable DATELINE_CAPTURES stands in for."""
    return click.option(
        "--captures",
        type=FolderPath,
        envvar="DATELINE_CAPTURES",
        help="Directory of raw captures.  [default: captures/ beside the archive]",
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json, for scripts."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: object) -> None:
    """Print a value as JSON in its own script, not in escapes."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class Commands(click.Group):
    """A group whose commands end on our own errors with a line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn a ScraperError into its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except ScraperError as error:
            fail(str(error))


def fail(message: str) -> NoReturn:
    """Say what went wrong and end with exit code 1."""
    from scraper.terminal import complain

    complain(message)
    sys.exit(FAILED)


def run_as_json(run: CrawlRun) -> dict[str, Any]:
    """Return a run as JSON has it."""
    return asdict(run) | {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
    }
