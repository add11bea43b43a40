"""Commands that keep an archive: copies of it, and room on its disk."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    FAILED,
    captures_option,
    db_option,
    json_option,
    print_json,
)

CHECKS_DAYS_MIN = 14  # two weeks of looks are what an outlet's rhythm is told from


@click.command()
@click.argument("target")
@click.option(
    "--with-captures", is_flag=True, help="Copy raw captures, too, to captures/ beside the copy."
)
@click.option(
    "--keep", type=click.IntRange(1), metavar="N", help="In a folder: keep the newest N copies."
)
@click.option(
    "--thorough", is_flag=True, help="Hold the copy's search index and counts against its texts."
)
@db_option
@captures_option
def backup(
    target: str, with_captures: bool, keep: int | None, thorough: bool, db: Path, captures: Path
) -> None:
    """Copy the archive, verified, while a crawl may go on.

    TARGET is a file, which is replaced when the copy is whole, or a folder (one that is there, or
    ends in /), which gets copies with the time in their names.
    """
    from scraper.jobs.backup import back_up
    from scraper.terminal import ProgressDisplay, say

    path = Path(target)
    if target.endswith(os.sep) and db.exists():
        path.mkdir(parents=True, exist_ok=True)
    if keep and not path.is_dir():
        raise click.UsageError("--keep is for copies with dated names: give a folder")
    folder = captures or db.resolve().parent / "captures"
    is_folder = path.is_dir()
    if (path if is_folder else path.parent).resolve() == folder.resolve():
        raise click.UsageError(f"{folder} is the folder of raw captures: name another")
    with ProgressDisplay("MB") as display:
        done = back_up(
            db,
            path,
            captures=folder if with_captures else None,
            keep=keep,
            is_thorough=thorough,
            observer=lambda d, total: display.show(d // 10**6, total // 10**6, "copied"),
        )
    for line in done.lines():
        say(line)
    if not (is_folder or path.suffix):
        say(f"{path} is a file, since there was no such folder: {target}{os.sep} would make one")
    sys.exit(DONE if done.is_whole else DONE_WITH_FAILURES)


@click.command()
@click.option(
    "--captures-older-than",
    "captures_days",
    type=click.IntRange(1),
    metavar="DAYS",
    help="Drop raw records of captures of before so many days.",
)
@click.option(
    "--keep-captures",
    "kept",
    type=click.Choice(("revisions", "first-last", "none")),
    default="revisions",
    show_default=True,
    help="Of those, keep the one each revision came from, or those of an article's first and last.",
)
@click.option(
    "--checks-older-than",
    "checks_days",
    type=click.IntRange(CHECKS_DAYS_MIN),
    metavar="DAYS",
    help="Drop notes of looks at listings, of requests, robots.txt and runs; sums by day stay.",
)
@click.option(
    "--quarantine-older-than",
    "quarantine_days",
    type=click.IntRange(1),
    metavar="DAYS",
    help="Take pages that could not be extracted out of the quarantine.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would be dropped.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@db_option
@captures_option
def prune(
    kept: Any,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    db: Path,
    captures: Path | None,
    **days: int | None,
) -> None:
    """Make room: drop old raw records, notes of looks, and pages in quarantine.

    Days count back from the newest capture, so that a clock gone wrong drops nothing more.
    Articles and their revisions are never touched. Rows of captures stay, too, and say when their
    raw record was dropped. First it shows what would go, and asks.
    """
    from scraper.commands.extraction import stop_on_signals
    from scraper.jobs.prune import age_from, preview
    from scraper.jobs.prune import prune as drop
    from scraper.terminal import ProgressDisplay

    now = datetime.now(UTC)
    rules = _rules(kept, days, lambda: age_from(db, now))
    if not yes or dry_run:
        _show(preview(db, rules), as_json)
        if dry_run:
            return
        if as_json or not sys.stdin.isatty():
            raise click.UsageError("give --yes to drop this, or --dry-run to look only")
        click.confirm("Drop this?", abort=True)
    folder = captures or db.resolve().parent / "captures"
    with stop_on_signals() as stop, ProgressDisplay("files", quiet=as_json) as display:
        done = drop(
            db,
            folder,
            rules,
            now=now,
            observer=lambda n, total: display.show(n, total, "written anew"),
            should_stop=stop.is_set,
        )
    _show(done, as_json)
    sys.exit(FAILED if done.is_interrupted else DONE_WITH_FAILURES if done.left_alone else DONE)


def _rules(kept: Any, days: dict[str, int | None], age_from: Callable[[], datetime]) -> Any:
    from scraper.archive.retention import Rules

    if not any(days.values()):
        raise click.UsageError("say what to drop: --captures-older-than, --checks-older-than, …")
    if kept != "revisions" and not days["captures_days"]:
        raise click.UsageError("--keep-captures says what stays of --captures-older-than")
    present = age_from()
    before = {name: present - timedelta(days=n) if n else None for name, n in days.items()}
    return Rules(before["captures_days"], kept, before["checks_days"], before["quarantine_days"])


def _show(done: Any, as_json: bool) -> None:
    from dataclasses import asdict

    from scraper.terminal import say

    if as_json:
        print_json(asdict(done))
        return
    for line in done.lines():
        say(line)
