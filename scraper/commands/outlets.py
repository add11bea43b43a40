"""Commands about what is declared: list, show, check."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.commands.adding import outlets_add
from scraper.commands.crawl_options import asking_changes, replay_option, settings_option
from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    Commands,
    allow_option,
    db_option,
    json_option,
    print_json,
    whole_option,
)


@click.group(cls=Commands)
def outlets() -> None:
    """Show, check and add what is declared."""


@outlets.command("list")
@click.option("--country", default="", metavar="CC", help="Only outlets of this country.")
@click.option("--language", default="", metavar="L", help="Only this language, such as ja.")
@click.option("--failing", is_flag=True, help="Only those with an incident or a failed last run.")
@click.option("--excluded", is_flag=True, help="Only those that are never asked, with the reason.")
@json_option
@db_option
def outlets_list(
    country: str, language: str, failing: bool, excluded: bool, as_json: bool, db: Path
) -> None:
    """List the declared outlets, and how they do where there is an archive.

    Articles a day are those published on days with a successful crawl run, over such days of the
    last 90. With --failing, outlets of the archive that are not declared are listed, too. Times are
    in UTC.
    """
    from scraper.commands.outlet_lines import list_columns, list_json
    from scraper.crawl.outlets import load_outlets, speaks
    from scraper.terminal import print_table

    states, others = _states(db)
    spiders = [*load_outlets().values(), *(others if failing else ())]
    rows = [
        (spider, states.get(spider.name) if states is not None else None)
        for spider in spiders
        if speaks(spider, country, language)
    ]
    if failing:
        rows = [(spider, state) for spider, state in rows if state and state.is_failing]
    if excluded:
        rows = [(spider, state) for spider, state in rows if spider.excluded]
    if as_json:
        print_json([list_json(spider, state) for spider, state in rows])
        return
    print_table(*list_columns(rows, with_states=states is not None))


def _states(db: Path) -> tuple[dict[str, Any] | None, list[Any]]:
    """Return how each outlet does, None without an archive, and those that nobody declared."""
    from scraper.archive.database import reading_as_migrated
    from scraper.archive.outlet_states import outlet_states
    from scraper.commands.outlet_lines import undeclared

    if not db.exists():
        return None, []
    with reading_as_migrated(db) as connection:
        return outlet_states(connection, datetime.now(UTC)), undeclared(connection)


@outlets.command("show")
@click.argument("name")
@json_option
@db_option
def outlets_show(name: str, as_json: bool, db: Path) -> None:
    """Show one outlet: its declaration, and what the archive knows of its listings."""
    from scraper.archive.database import reading_as_migrated
    from scraper.commands.outlet_lines import declaration, known_facts, known_of, show_facts
    from scraper.terminal import print_facts

    (spider,) = _selected((name,))
    facts = declaration(spider)
    known = None
    if db.exists():
        with reading_as_migrated(db) as connection:
            known = known_of(connection, spider, datetime.now(UTC))
    if as_json:
        print_json(facts | ({} if known is None else {"archive": known}))
        return
    print_facts(spider.name, show_facts(facts))
    if known is not None:
        print_facts(f"in {db}", known_facts(known))


def _selected(names: tuple[str, ...], **choice: Any) -> list[Any]:
    from scraper.crawl.outlets import select_outlets
    from scraper.errors import UnknownOutlet

    try:
        return select_outlets(names, **choice)
    except UnknownOutlet as error:
        raise click.UsageError(str(error)) from error


@outlets.command("check")
@click.argument("names", nargs=-1, metavar="[OUTLET]...")
@click.option("--all", "everything", is_flag=True, help="Check every declared outlet.")
@click.option("--country", metavar="CC", help="Check the outlets of a country.")
@click.option("--language", metavar="L", help="Check the outlets of a language.")
@replay_option
@allow_option
@settings_option
@whole_option
@json_option
def outlets_check(
    names: tuple[str, ...],
    everything: bool,
    country: str | None,
    language: str | None,
    as_json: bool,
    is_whole: bool,
    **given: Any,
) -> None:
    """Ask outlets' listings and an article of each, and say what is wrong; nothing is stored.

    It asks as politely as a crawl, needs no archive, and may run beside a crawl. First it says
    what needs a person, then for each listing what came and how much of it a crawl would take, then
    the article in a line; times are in UTC. Ends with 3 when something needs a person.
    """
    from scraper.commands.check_lines import check_json
    from scraper.crawl.checking import check_outlets
    from scraper.crawl.remarks import remarks

    spiders = _selected(names, everything=everything, country=country, language=language)
    if not spiders:
        raise click.UsageError("name an outlet, or give --all, --country or --language")
    asked = [spider for spider in spiders if not spider.excluded]
    told = [(check, remarks(check)) for check in check_outlets(asked, asking_changes(given))]
    if as_json:
        print_json([check_json(check, found) for check, found in told])
    else:
        _show_checks(told, [spider for spider in spiders if spider.excluded], is_whole)
    needs_person = any(remark.needs_person for _, found in told for remark in found)
    sys.exit(DONE_WITH_FAILURES if needs_person else DONE)


def _show_checks(told: list[tuple[Any, Any]], excluded: list[Any], is_whole: bool) -> None:
    from scraper.commands.check_lines import check_sections
    from scraper.terminal import print_facts, say

    for check, found in told:
        for heading, facts in check_sections(check, found, is_whole=is_whole):
            print_facts(heading, facts)
    for spider in excluded:
        say(f"{spider.name} is not asked: {spider.excluded}")
    if len(told) > 1:
        slugs = [
            check.spider.name for check, found in told if any(one.needs_person for one in found)
        ]
        verb = "needs" if len(slugs) == 1 else "need"
        names = f": {' '.join(slugs)}" if slugs else ""
        say(f"{len(told)} outlets checked, {len(slugs)} {verb} a person{names}")


outlets.add_command(outlets_add)
