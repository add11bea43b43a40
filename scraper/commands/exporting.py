"""The command that takes results away as a file."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.commands.options import FilePath, db_option, filter_options

ENDINGS = ("csv", "tsv", "json", "jsonl", "parquet", "atom", "bib", "ris", "csl")
STDOUT = Path("-")


def _checked_site(context: click.Context, parameter: click.Parameter, given: str) -> str:
    if given and not given.lower().startswith(("http://", "https://")):
        raise click.BadParameter(f"{given!r}: give it whole, such as https://news.example.org")
    return given


@click.command()
@click.argument("query", default="")
@filter_options
@click.option(
    "-f", "--format", "ending", type=click.Choice(ENDINGS), help="Format, if not by FILE's ending."
)
@click.option(
    "-o",
    "--output",
    type=FilePath,
    default=STDOUT,
    metavar="FILE",
    help='Where to; "-", the default, is standard output.',
)
@click.option("--body", is_flag=True, help="With the text of each article.")
@click.option(
    "--order", type=click.Choice(("newest", "oldest")), default="newest", show_default=True
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than so many articles.")
@click.option(
    "--site",
    default="",
    metavar="URL",
    callback=_checked_site,
    help="Where the archive is served, for links to its pages.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@db_option
def export(
    query: str,
    ending: str | None,
    output: Path,
    body: bool,
    limit: int | None,
    site: str,
    force: bool,
    db: Path,
    **filters: Any,
) -> None:
    """Take away every article that a search finds, not a page of them; all without a QUERY.

    As a table (csv, tsv, parquet), as data (json, jsonl), as a feed (atom) or as references (bib,
    ris, csl). FILE appears when it is whole.
    """
    from scraper.archive.search import Search, notes_for
    from scraper.exports.formats import FORMATS
    from scraper.jobs.export import Selection, write_file, write_stream
    from scraper.terminal import ProgressDisplay

    chosen = FORMATS[_ending(ending, output)]
    search = Search(query=query, **filters)
    selection = Selection(search, chosen, body, limit, site)
    for note in notes_for(search):
        click.echo(f"note: {note}", err=True)
    if output == STDOUT:
        if chosen.ending == "parquet" and sys.stdout.isatty():
            raise click.UsageError("a terminal cannot show Parquet: give --output")
        write_stream(db, selection, sys.stdout.buffer, now=datetime.now(UTC))
        return
    with ProgressDisplay("articles") as display:
        count = write_file(
            db,
            selection,
            output,
            is_forced=force,
            now=datetime.now(UTC),
            observer=lambda done, total: display.show(done, total, f"to {output.name}"),
        )
    articles = "1 article" if count == 1 else f"{count} articles"
    click.echo(f"{articles} in {output}")


def _ending(given: str | None, output: Path) -> str:
    ending = given or output.suffix.lower().lstrip(".")
    if ending not in ENDINGS:
        raise click.UsageError(
            f"in which format? Give --format, or a FILE that ends in .{', .'.join(ENDINGS)}"
        )
    return ending
