"""The command that shows the last runs: a line an outlet, its runs, or a day's budget."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.commands.options import db_option, fail, json_option, print_json, run_as_json

if TYPE_CHECKING:
    import sqlite3

    from scraper.archive.request_counts import Budget
    from scraper.archive.run_lines import OutletLine
    from scraper.records import CrawlRun

MEGABYTE = 1_000_000
RUNS_SHOWN = 20
NARROW = 100  # columns of a terminal; one with fewer has no room for what was asked today
TODAY = ("requests", "MB")
COLUMN_GAP = 2
DAYS_MIN, REASON_MIN = 7, 12  # columns that they have at least
PLAIN_ROOM = 500  # that a reason has where no terminal bounds it: more is not kept of one
DAYS_MAX = 366
NO_LIMIT = "no limit"
BUDGETS = (  # in the order of `scraper.archive.request_counts.Budget`
    "DATELINE_DAILY_REQUESTS",
    "DATELINE_DAILY_BYTES",
    "DATELINE_OUTLET_DAILY_REQUESTS",
    "DATELINE_OUTLET_DAILY_BYTES",
)


@click.command()
@click.argument("outlets", nargs=-1)
@click.option("--latest", is_flag=True, help="The latest runs of all outlets, one by one.")
@click.option("--budget", is_flag=True, help="What was asked today (UTC), and of what budget.")
@click.option(
    "--days",
    default=28,
    show_default=True,
    type=click.IntRange(1, DAYS_MAX),
    help="Days that a line has.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="Most outlets, or runs, shown.  [default: all outlets, 20 runs]",
)
@click.option(
    "-s",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="A budget that the crawl was given, such as DATELINE_DAILY_REQUESTS=9000.",
)
@click.option(
    "--metrics-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write metrics for Prometheus there instead, at one stroke; - for standard output.",
)
@json_option
@db_option
def runs(
    outlets: tuple[str, ...],
    days: int,
    limit: int | None,
    metrics_file: Path | None,
    as_json: bool,
    db: Path,
    **given: Any,
) -> None:
    """Show the last runs: of each outlet a line of its new articles day by day.

    The line's highest block is the outlet's best day, its lowest is none, a point a day that
    nobody looked at. With names, the runs of these outlets one by one.
    """
    from scraper.archive.database import reading_as_migrated

    today = datetime.now(UTC).date()
    if metrics_file is not None:
        _write_metrics(db, metrics_file)
        return
    with reading_as_migrated(db) as connection:
        if given["budget"]:
            _show_budget(connection, today, given["changes"], as_json)
        elif outlets or given["latest"]:
            _show_runs(connection, outlets, limit or RUNS_SHOWN, as_json)
        else:
            _show_lines(connection, today, days, limit, as_json)


def _write_metrics(db: Path, target: Path) -> None:
    from scraper.watch.metrics import write_metrics

    if str(target) == "-":
        write_metrics(db, None)
        return
    try:
        write_metrics(db, target)
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror}")


def _show_lines(
    connection: "sqlite3.Connection", today: date, days: int, limit: int | None, as_json: bool
) -> None:
    from scraper.archive.run_lines import outlet_lines
    from scraper.terminal import print_table, shortened, spark, table_width

    lines = outlet_lines(connection, today, days)[:limit]
    if as_json:
        print_json([_line_as_json(line, today) for line in lines])
        return
    width = table_width()
    is_narrow = width is not None and width < NARROW
    facts = [_facts(line, is_narrow=is_narrow) for line in lines]
    headings = ("outlet", "last run", "outcome", "took", *(() if is_narrow else TODAY))
    reasons = [line.latest.reason if line.latest else "" for line in lines]
    shown, room = days, PLAIN_ROOM
    if width is not None:
        widths = [max(map(len, map(str, cells))) for cells in zip(headings, *facts, strict=True)]
        taken = sum(widths) + len("new ") + COLUMN_GAP * (len(widths) + 2)
        shown, room = _shares(width - taken, days, max(map(len, reasons), default=0))
    # Its left end is cut where there is little room: the newest days are what one looks for.
    sparks = [(spark(line.days[-shown:]), _new(line.days[-shown:])) for line in lines]
    print_table(
        (headings[0], f"{shown} days", "new", *headings[1:], "reason"),
        [
            (fact[0], *drawn, *fact[1:], shortened(reason, room))
            for fact, drawn, reason in zip(facts, sparks, reasons, strict=True)
        ],
    )


def _facts(line: "OutletLine", *, is_narrow: bool) -> tuple[object, ...]:
    run = line.latest
    today = (line.requests, _megabytes(line.response_bytes))
    told = (_began(run), run.outcome) if run else ("never", "")
    return (line.outlet, *told, _duration(run), *(() if is_narrow else today))


def _new(counts: Iterable[int | None]) -> int:
    return sum(count or 0 for count in counts)


def _shares(rest: int, days: int, longest: int) -> tuple[int, int]:
    """Share what columns are left between a line of days and reasons: how many each has.

    >>> _shares(60, 28, 70), _shares(24, 28, 70), _shares(30, 28, 0)
    ((28, 32), (12, 12), (28, 12))
    """
    shown = min(days, max(rest - min(longest, REASON_MIN), DAYS_MIN))
    return shown, max(rest - shown, REASON_MIN)


def _line_as_json(line: "OutletLine", today: date) -> dict[str, Any]:
    return {
        "outlet": line.outlet,
        "last_day": today.isoformat(),
        "new_by_day": line.days,
        "latest": run_as_json(line.latest) if line.latest else None,
        "requests_today": line.requests,
        "bytes_today": line.response_bytes,
    }


def _duration(run: "CrawlRun | None") -> str:
    """Return how long a run took.

    >>> from scraper.records import CrawlRun
    >>> begin, end = datetime(2024, 6, 1, 1, tzinfo=UTC), datetime(2024, 6, 1, 1, 3, 20, tzinfo=UTC)
    >>> _duration(CrawlRun("bbc", begin, ended_at=end)), _duration(CrawlRun("bbc", begin))
    ('3:20', '')
    """
    if run is None or run.ended_at is None:
        return ""
    minutes, seconds = divmod(round((run.ended_at - run.started_at).total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def _show_runs(
    connection: "sqlite3.Connection", outlets: Sequence[str], limit: int, as_json: bool
) -> None:
    from scraper.archive.runs import recent_runs
    from scraper.terminal import print_table, summary

    found = [
        run
        for outlet in (dict.fromkeys(outlets) or ("",))
        for _, run in recent_runs(connection, outlet=outlet, limit=limit)
    ]
    if not found and outlets:
        fail(f"no run of {' or '.join(outlets)} is recorded here")
    if as_json:
        print_json([run_as_json(run) for run in found])
        return
    print_table(
        ("started", "outlet", "outcome", "took", "brought", "reason"),
        [
            (_began(run), run.outlet, run.outcome, _duration(run), summary(run), run.reason)
            for run in found
        ],
    )


def _began(run: "CrawlRun") -> str:
    return f"{run.started_at:%Y-%m-%d %H:%M}"


def _show_budget(
    connection: "sqlite3.Connection", today: date, changes: Iterable[str], as_json: bool
) -> None:
    from scraper.archive.request_counts import spending
    from scraper.terminal import print_table

    rows = spending(connection, today.isoformat(), _budget(changes))
    if as_json:
        print_json([
            {
                "outlet": row.outlet or None,
                "day": today.isoformat(),
                "requests": row.request_count,
                "request_limit": row.request_limit or None,
                "bytes": row.response_bytes,
                "byte_limit": row.byte_limit or None,
            }
            for row in rows
        ])  # fmt: skip
        return
    print_table(
        ("outlet", "requests", "of", "used", "MB", "of", "used"),
        [
            (
                row.outlet or "all together",
                row.request_count,
                row.request_limit or NO_LIMIT,
                _used(row.request_count, row.request_limit),
                _megabytes(row.response_bytes),
                _megabytes(row.byte_limit) if row.byte_limit else NO_LIMIT,
                _used(row.response_bytes, row.byte_limit),
            )
            for row in rows
        ],
    )


def _megabytes(count: int) -> str:
    """Return bytes in megabytes, with more digits where they are few.

    >>> _megabytes(12_345_678), _megabytes(18_400), _megabytes(0)
    ('12.3', '0.018', '0')
    """
    found = count / MEGABYTE
    return f"{found:.1f}" if found >= 1 else f"{found:.2g}"


def _used(spent: int, limit: int) -> str:
    """Return the part of a budget that was used.

    >>> _used(450, 500), _used(450, 0)
    ('90 %', '')
    """
    return f"{100 * spent // limit} %" if limit else ""


def _budget(changes: Iterable[str]) -> "Budget":
    """Return the budget in force, as far as it is known here."""
    from scraper import settings
    from scraper.archive.request_counts import Budget

    given: Mapping[str, str] = dict(_named(change) for change in changes)
    return Budget(*(int(given.get(name, getattr(settings, name))) for name in BUDGETS))


def _named(change: str) -> tuple[str, str]:
    name, _, value = change.partition("=")
    if name not in BUDGETS or not value.isdecimal():
        raise click.UsageError(
            f"-s {change}: give a budget as NAME=NUMBER; docs/settings.md has them"
        )
    return name, value
