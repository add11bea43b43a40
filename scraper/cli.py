"""The command `dateline`: one command per job; it parses options, hands over, and prints.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with outlets failing. Commands import what they
need when they run, so that the worker processes, which load this module, stay small.
"""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from scraper.errors import ContactMissing, ScraperError

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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline-archive", prog_name="dateline")
@click.option("-v", "--verbose", is_flag=True, help="Show what Scrapy and the rooms log.")
def main(verbose: bool) -> None:
    """Crawl, archive and search the world's news."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    if not verbose:  # Scrapy reports through us; its own errors still show
        logging.getLogger("scrapy").setLevel(logging.CRITICAL)


@main.command()
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
        _serve(db, "127.0.0.1", port)


@main.command()
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
@click.option(
    "--allow",
    multiple=True,
    metavar="HOST:PORT",
    help="A loopback or private address that may be asked.",
)
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
        print_json([_run_as_json(run) for run in runs])
    else:
        print_totals(runs, str(db))
    if len(runs) == len(failing):
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


def _run_as_json(run: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(run) | {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
    }


@main.group(cls=Commands)
def outlets() -> None:
    """Show what is declared."""


@outlets.command("list")
@json_option
def outlets_list(as_json: bool) -> None:
    """List the declared outlets with their country, languages and listings."""
    from scraper.crawl.outlets import load_outlets
    from scraper.terminal import print_table

    rows = [
        {
            "slug": name,
            "name": spider.outlet.name,
            "country": spider.outlet.country,
            "languages": list(spider.outlet.languages),
            "listings": [url for _, url in spider.listing_urls()],
        }
        for name, spider in sorted(load_outlets().items())
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("slug", "name", "country", "languages", "listings"),
        [
            (r["slug"], r["name"], r["country"], " ".join(r["languages"]), len(r["listings"]))
            for r in rows
        ],
    )


@outlets.command("show")
@click.argument("name")
@json_option
def outlets_show(name: str, as_json: bool) -> None:
    """Show one outlet's declaration."""
    from dataclasses import asdict

    from scraper.crawl.outlets import select_outlets
    from scraper.errors import UnknownOutlet
    from scraper.terminal import print_table

    try:
        (spider,) = select_outlets((name,))
    except UnknownOutlet as error:
        raise click.UsageError(str(error)) from error
    facts: dict[str, Any] = {"slug": spider.name, **asdict(spider.outlet)}
    facts["listings"] = [{"kind": kind, "url": url} for kind, url in spider.listing_urls()]
    facts["article_urls"] = spider.article_urls
    facts["about"] = (spider.__doc__ or "").strip()
    if as_json:
        print_json(facts)
        return
    rows = [(key, value) for key, value in facts.items() if key != "listings"]
    rows += [(listing["kind"], listing["url"]) for listing in facts["listings"]]
    print_table(("what", "value"), rows)


@main.command()
@click.argument("query")
@click.option("--outlet", default="", metavar="SLUG", help="Only this outlet.")
@click.option("--language", default="", metavar="L", help="Only this language, such as ja.")
@click.option("--country", default="", metavar="CC", help="Only outlets of this country.")
@click.option("--after", default="", metavar="DATE", help="Published on this day or later.")
@click.option("--before", default="", metavar="DATE", help="Published before this day.")
@click.option("--newest", is_flag=True, help="Newest first instead of most relevant first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@json_option
@db_option
def search(query: str, as_json: bool, db: Path, newest: bool, **filters: Any) -> None:
    """Search the archive as the search page does: AND OR NOT, "phrases", prefix* and title:."""
    from dataclasses import asdict

    from scraper.archive.database import open_reader
    from scraper.archive.search import MARK_CLOSE, MARK_OPEN, Search
    from scraper.archive.search import search as find
    from scraper.terminal import print_hits

    order = "newest" if newest else "relevance"
    found = find(open_reader(db), Search(query=query, order=order, **filters))
    if as_json:
        print_json(asdict(found))
    else:
        print_hits(found.hits, found.total, found.notes, (MARK_OPEN, MARK_CLOSE))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@db_option
def serve(db: Path, host: str, port: int) -> None:
    """Serve the archive with Datasette, also while a crawl writes to it."""
    _serve(db, host, port)


def _serve(db: Path, host: str, port: int) -> None:
    from scraper.archive.database import open_reader
    from scraper.serving import free_port, serve_archive

    open_reader(db).close()  # says in a line what is wrong with the file, if anything is
    port = free_port(host, port)
    click.echo(f"\nSearch the archive at http://{host}:{port}/-/search (Ctrl-C ends)")
    serve_archive(db, host, port)


@main.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@json_option
@db_option
def runs(db: Path, limit: int, as_json: bool) -> None:
    """Show the latest crawl runs and what came of them."""
    from scraper.archive.database import open_reader
    from scraper.archive.runs import recent_runs
    from scraper.terminal import print_table, summary

    latest = [run for _, run in recent_runs(open_reader(db), limit=limit)]
    if as_json:
        print_json([_run_as_json(run) for run in latest])
        return
    print_table(
        ("started", "outlet", "outcome", "brought", "reason"),
        [
            (f"{r.started_at:%Y-%m-%d %H:%M}", r.outlet, r.outcome, summary(r), r.reason)
            for r in latest
        ],
    )


@main.command()
@db_option
@captures_option
def verify(db: Path, captures: Path | None) -> None:
    """Check all that can be checked: file, references, search rows, counts, raw captures."""
    from scraper.jobs.verify import verify as verify_archive

    report = verify_archive(db, captures or db.resolve().parent / "captures")
    click.echo(report.line())
    sys.exit(DONE if report.is_well else FAILED)


@main.command()
@db_option
def reindex(db: Path) -> None:
    """Rebuild the search index and the monthly counts from the articles."""
    from scraper.jobs.reindex import reindex as reindex_archive

    click.echo(f"{reindex_archive(db)} articles indexed again")
