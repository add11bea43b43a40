"""The command that crawls as listings fall due, by day and night or once for what is due now."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from scraper.commands.crawl_options import (
    crawl_changes,
    demand_contact,
    replay_option,
    replayed,
    settings_option,
)
from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    FAILED,
    allow_option,
    captures_option,
    db_option,
    json_option,
    print_json,
    run_as_json,
)


def _checked_address(context: click.Context, parameter: click.Parameter, given: str) -> str:
    from scraper.watch.metrics import read_address

    try:
        if given:
            read_address(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return given


@click.command()
@click.argument("outlets", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every declared outlet, as without names.")
@click.option("--country", metavar="CC", help="The outlets of a country, such as JP.")
@click.option("--language", metavar="L", help="The outlets of a language, such as ja.")
@click.option("--once", is_flag=True, help="Crawl what is due now, then end.")
@click.option("--plan", is_flag=True, help="Show what is due when and why; crawl nothing.")
@click.option(
    "--metrics",
    default="",
    metavar="HOST:PORT",
    callback=_checked_address,
    help="Serve metrics for Prometheus there; a port alone is on this machine only.",
)
@replay_option
@allow_option
@settings_option
@json_option
@db_option
@captures_option
def schedule(
    outlets: tuple[str, ...],
    once: bool,
    plan: bool,
    as_json: bool,
    db: Path,
    captures: Path | None,
    **given: Any,
) -> None:
    """Crawl outlets as they fall due, until told to stop; all declared ones unless some are named.

    Each listing is asked in its own rhythm, between every 5 minutes and once a day, learnt from
    what it brought at each hour of the week. All that decides it is in the archive, so a restart
    forgets nothing. SIGTERM or Ctrl-C ends it after what is in flight.
    """
    from scraper.crawl.rounds import crawl_settings
    from scraper.crawl.service import run_due, run_schedule

    if once and plan:
        raise click.UsageError("--plan crawls nothing, --once crawls: give one of them")
    if given["metrics"] and (once or plan):
        raise click.UsageError(
            "--metrics is for a scheduler that stays; dateline runs --metrics-file writes them once"
        )
    outlets, given["replay"] = replayed(outlets, given["replay"])
    spiders = _chosen(outlets, given)
    settings = crawl_settings(crawl_changes(db, captures, given))
    if plan:
        _show_plan(spiders, settings, as_json)
        return
    demand_contact(spiders, settings)
    tell = _told(as_json)
    if not once:
        run_schedule(spiders, settings, tell, _announced(as_json), given["metrics"])
        return
    runs = run_due(spiders, settings, tell)
    if as_json:
        print_json([run_as_json(run) for run in runs])
    elif not runs:
        click.echo("nothing is due")
    if any(run.outcome == "interrupted" for run in runs):
        sys.exit(FAILED)
    sys.exit(DONE_WITH_FAILURES if any(run.outcome != "done" for run in runs) else DONE)


def _chosen(outlets: tuple[str, ...], given: dict[str, Any]) -> list[Any]:
    from scraper.crawl.outlets import select_outlets
    from scraper.errors import BadDeclaration, OutletExcluded, UnknownOutlet

    country, language = given["country"], given["language"]
    everything = given["everything"] or not (outlets or country or language)
    try:
        spiders = select_outlets(outlets, everything=everything, country=country, language=language)
        for spider in spiders:
            if spider.excluded:
                raise OutletExcluded(spider.name, spider.excluded)
    except (UnknownOutlet, BadDeclaration, OutletExcluded) as error:
        raise click.UsageError(str(error)) from error
    if not spiders:
        raise click.UsageError("no declared outlet is of that country and language")
    return spiders


def _announced(quiet: bool) -> Callable[[str], None]:
    """Return what prints a line of the scheduler's own, with the time."""
    from scraper.terminal import say

    return lambda line: None if quiet else say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}")


def _told(quiet: bool) -> Callable[[Any], None]:
    """Return an observer that prints a line for each run that ended with something to tell."""
    from scraper.terminal import say, summary, verdict

    def tell(run: Any) -> None:
        if quiet or run.ended_at is None:
            return
        facts = [told] if (told := verdict(run)) and (run.outcome != "done" or run.deferred) else []
        facts += [summary(run)] if run.fetched else []
        if facts:
            say(f"{run.ended_at:%Y-%m-%d %H:%M:%S} {run.outlet}: {'; '.join(facts)}")

    return tell


def _show_plan(spiders: list[Any], settings: Any, as_json: bool) -> None:
    from scraper.archive.database import reading_as_migrated
    from scraper.crawl.agenda import agenda
    from scraper.crawl.options import CrawlOptions
    from scraper.terminal import print_table, span_text

    now, options = datetime.now(UTC), CrawlOptions.of(settings)
    if options.db.exists():
        with reading_as_migrated(options.db) as connection:
            entries = agenda(connection, spiders, now, options.budget)
    else:
        entries = agenda(None, spiders, now)
    if as_json:
        print_json([_as_json(entry) for entry in entries])
        return
    print_table(
        ("due (UTC)", "in", "outlet", "what", "every", "why"),
        [
            (
                "now" if entry.due_at is None else f"{entry.due_at:%Y-%m-%d %H:%M}",
                span_text(max(entry.due_at - now, timedelta()) if entry.due_at else timedelta()),
                entry.outlet,
                entry.what or entry.kind,
                span_text(entry.interval) if entry.interval is not None else "",
                entry.reason,
            )
            for entry in entries
        ],
    )


def _as_json(entry: Any) -> dict[str, Any]:
    return {
        "outlet": entry.outlet,
        "kind": entry.kind,
        "listing": entry.what or None,
        "due_at": entry.due_at.isoformat() if entry.due_at else None,
        "interval_seconds": round(entry.interval.total_seconds()) if entry.interval else None,
        "reason": entry.reason,
        "checked_at": entry.checked_at.isoformat() if entry.checked_at else None,
    }
