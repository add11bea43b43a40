"""Commands that crawl: the demo world, and outlets of the real one."""

import sys
from collections.abc import Callable, Iterable
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
    fail,
    json_option,
    print_json,
    run_as_json,
)
from scraper.commands.reading import serve_from
from scraper.errors import BadDeclaration, OutletExcluded, UnknownOutlet


@click.command()
@click.option("--serve/--no-serve", default=True, help="Serve the archive afterwards.")
@click.option("--port", default=8001, show_default=True, help="Port to serve on.")
@db_option
@captures_option
def demo(serve: bool, port: int, db: Path, captures: Path | None) -> None:
    """Crawl the bundled invented news world twice and show what landed."""
    from scraper.tour import tour

    try:
        tour(db, captures)
    except OSError as error:  # a port of the demo world is taken
        fail(str(error))
    if serve:
        serve_from(db, "127.0.0.1", port)


@click.command()
@click.argument("outlets", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Crawl every declared outlet.")
@click.option("--country", metavar="CC", help="Crawl the outlets of a country, such as JP.")
@click.option("--language", metavar="L", help="Crawl the outlets of a language, such as ja.")
@click.option("--page", "pages", multiple=True, metavar="URL", help="Archive one article page.")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="Archive what a feed lists.")
@click.option(
    "--news-sitemap", "news_sitemaps", multiple=True, metavar="URL", help="The same for a sitemap."
)
@click.option(
    "--section", "sections", multiple=True, metavar="URL", help="The same for a section page."
)
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help="Most articles fetched from each outlet."
)
@click.option("--revisit", is_flag=True, help="Look at known articles again whatever their rhythm.")
@replay_option
@allow_option
@settings_option
@json_option
@db_option
@captures_option
def crawl(
    outlets: tuple[str, ...],
    everything: bool,
    country: str | None,
    language: str | None,
    as_json: bool,
    db: Path,
    captures: Path | None,
    **given: Any,
) -> None:
    """Crawl outlets by name, or all, or by country or language; or addresses of no declared outlet.

    One crawl asks each outlet's listings, fetches what is new or due for another look, and stores
    it. Ctrl-C ends it cleanly: what is stored stays, and the next crawl goes on.
    """
    from scraper.crawl.adhoc import adhoc_spiders
    from scraper.crawl.outlets import select_outlets
    from scraper.crawl.rounds import crawl_settings, run_round
    from scraper.terminal import print_totals

    outlets, given["replay"] = replayed(outlets, given["replay"])
    settings = crawl_settings(crawl_changes(db, captures, given))
    kinds = ("pages", "feeds", "news_sitemaps", "sections")
    addresses = [(kind, url) for kind in kinds for url in given[kind]]
    try:
        spiders = select_outlets(outlets, everything=everything, country=country, language=language)
        spiders += adhoc_spiders(addresses)
        _refuse_excluded(spiders, () if given["replay"] else (url for _, url in addresses))
    except (UnknownOutlet, BadDeclaration, OutletExcluded) as error:
        raise click.UsageError(str(error)) from error
    if not spiders and (country or language):
        raise click.UsageError("no declared outlet is of that country and language")
    if not spiders:
        raise click.UsageError("name an outlet, or give --all, --country, --language or an address")
    demand_contact(spiders, settings)

    runs = _shown(len(spiders), as_json, lambda observer: run_round(spiders, settings, observer))
    failing = [run for run in runs if run.outcome != "done"]
    if as_json:
        print_json([run_as_json(run) for run in runs])
    else:
        print_totals(runs, str(db))
    if any(run.outcome == "interrupted" for run in runs) or not runs:
        sys.exit(FAILED)
    sys.exit(DONE_WITH_FAILURES if failing else DONE)


def _refuse_excluded(spiders: list[Any], addresses: Iterable[str]) -> None:
    from scraper.crawl.exclusions import exclusion_of

    for spider in spiders:
        if spider.excluded:
            raise OutletExcluded(spider.name, spider.excluded)
    for url in addresses:
        if (found := exclusion_of(url)) is not None:
            raise OutletExcluded(*found)


def _shown(outlets: int, quiet: bool, work: Callable[[Callable[[Any], None]], Any]) -> Any:
    from scraper.terminal import CrawlDisplay

    if quiet:
        return work(lambda run: None)
    with CrawlDisplay(outlets) as display:
        return work(display)
