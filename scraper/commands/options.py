"""What commands share: exit codes, the archive's options, JSON, and errors told in a line."""

import contextlib
import json
import logging
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from scraper.errors import ScraperError
from scraper.records import CrawlRun

DONE, FAILED, USAGE, DONE_WITH_FAILURES = 0, 1, 2, 3

HOST_AND_PORT = re.compile(r"(?:[^\s:/]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):\d{1,5}")

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LATER_CONTROLS = re.compile(r"[\x7f-\x9f]")
JSON_LOGS = "json"  # a form of logs

logger = logging.getLogger(__name__)

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


def allow_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --allow; what is no host:port is wrong usage."""
    return click.option(
        "--allow",
        multiple=True,
        metavar="HOST:PORT",
        callback=_checked_allow,
        help="A loopback or private address that may be asked.",
    )(command)


def _checked_allow(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    for each in given:
        if not HOST_AND_PORT.fullmatch(each):
            raise click.BadParameter(f"{each!r}: give host and port, such as 127.0.0.1:8000")
    return given


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, or the first one of a month or a year, as search takes them."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return midnight, in no zone."""
        for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
            with contextlib.suppress(ValueError, TypeError):
                return datetime.strptime(value, form)
        self.fail(f"{value!r} is no date: give it as 2026-03-01, 2026-03 or 2026", param, ctx)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters of a search: outlet, language, country, after and before."""
    options = (
        click.option("--outlet", default="", metavar="SLUG", help="Only this outlet."),
        click.option("--language", default="", metavar="L", help="Only this language, such as ja."),
        click.option("--country", default="", metavar="CC", help="Only outlets of this country."),
        click.option("--after", default="", metavar="DATE", help="Published on this day or later."),
        click.option("--before", default="", metavar="DATE", help="Published before this day."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json, for scripts."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def whole_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add -v, for every field of the articles that came."""
    return click.option(
        "-v", "is_whole", is_flag=True, help="Show each field of an article, and its source."
    )(command)


def print_json(value: object) -> None:
    """Print a value as JSON in its own script, not in escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    # JSON lets these stand, and a terminal would obey them.
    click.echo(LATER_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


class Commands(click.Group):
    """A group whose commands end on our own errors with a line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn a ScraperError into its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except ScraperError as error:
            fail(str(error))


def start_logging(form: str, verbose: bool) -> None:
    """Send what is logged to standard error, as lines of text or of JSON."""
    if form == JSON_LOGS:
        from scraper.watch.logs import log_as_json

        log_as_json(logging.INFO)
        return
    handler = logging.StreamHandler()
    handler.setFormatter(_LineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, handlers=[handler])


class _LineFormatter(logging.Formatter):
    """Keeps what a record says on its line: some of it was written by strangers."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return CONTROLS.sub(" ", super().formatMessage(record))


def fail(message: str) -> NoReturn:
    """Say what went wrong and end with exit code 1."""
    from scraper.terminal import complain

    context = click.get_current_context(silent=True)
    if context is not None and context.find_root().params.get("form") == JSON_LOGS:
        logger.error("%s", message)
    else:
        complain(message)
    sys.exit(FAILED)


def run_as_json(run: CrawlRun) -> dict[str, Any]:
    """Return a run as JSON has it."""
    return asdict(run) | {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
    }
