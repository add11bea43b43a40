"""Commands that crawl: the demo world, and outlets of the real one."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

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
from scraper.errors import ContactMissing


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
@click.option(
    "--replay",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Answer every request from WARC files instead of the network; further ones may follow.",
)
@allow_option
@click.option("-s", "changes", multiple=True, metavar="NAME=VALUE", help="Set a Scrapy setting.")
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
    from scraper.errors import BadDeclaration, UnknownOutlet
    from scraper.terminal import print_totals

    outlets, given["replay"] = _replayed(outlets, given["replay"])
    settings = crawl_settings(_crawl_changes(db, captures, given))
    kinds = ("pages", "feeds", "news_sitemaps", "sections")
    addresses = [(kind, url) for kind in kinds for url in given[kind]]
    try:
        spiders = select_outlets(outlets, everything=everything, country=country, language=language)
        spiders += adhoc_spiders(addresses)
    except (UnknownOutlet, BadDeclaration) as error:
        raise click.UsageError(str(error)) from error
    if not spiders and (country or language):
        raise click.UsageError("no declared outlet is of that country and language")
    if not spiders:
        raise click.UsageError("name an outlet, or give --all, --country, --language or an address")
    _demand_contact(spiders, settings)

    runs = _shown(len(spiders), as_json, lambda observer: run_round(spiders, settings, observer))
    failing = [run for run in runs if run.outcome != "done"]
    if as_json:
        print_json([run_as_json(run) for run in runs])
    else:
        print_totals(runs, str(db))
    if any(run.outcome == "interrupted" for run in runs) or not runs:
        sys.exit(FAILED)
    sys.exit(DONE_WITH_FAILURES if failing else DONE)


def _replayed(
    outlets: tuple[str, ...], replay: tuple[Path, ...]
) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Tell outlets from further WARC files, which `--replay *.warc.gz` gives as arguments."""
    files = [name for name in outlets if replay and name.endswith((".warc", ".warc.gz"))]
    return tuple(name for name in outlets if name not in files), replay + tuple(map(Path, files))


def _crawl_changes(db: Path, captures: Path | None, given: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "DATELINE_DB": str(db),
        "DATELINE_CAPTURES": str(captures or ""),
        "DATELINE_ALLOW": list(given["allow"]),
        "DATELINE_REPLAY": [str(path) for path in given["replay"]],
        "DATELINE_REVISIT": given["revisit"],
    }
    if given["limit"] is not None:
        changes["DATELINE_LIMIT"] = given["limit"]
    for change in given["changes"]:
        name, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"-s {change}: give it as NAME=VALUE")
        changes[name.strip()] = _checked_setting(name.strip(), value)
    return changes


def _checked_setting(name: str, value: str) -> str:
    from scraper import settings

    default = getattr(settings, name, None)
    if isinstance(default, int | float) and not isinstance(default, bool):
        try:
            float(value)
        except ValueError:
            raise click.UsageError(f"-s {name}={value}: {name} is a number") from None
    return value


def _demand_contact(spiders: list[Any], settings: Any) -> None:
    from scraper.crawl.options import CrawlOptions

    asked = [url for spider in spiders for _, url in spider.listing_urls()]
    asked += [url for spider in spiders for url in spider.pages]
    if CrawlOptions.of(settings).lacks_contact(asked):
        raise ContactMissing


def _shown(outlets: int, quiet: bool, work: Callable[[Callable[[Any], None]], Any]) -> Any:
    from scraper.terminal import CrawlDisplay

    if quiet:
        return work(lambda run: None)
    with CrawlDisplay(outlets) as display:
        return work(display)
