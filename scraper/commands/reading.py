"""Commands that read an archive: search, serve, and the run log."""

from pathlib import Path
from typing import Any

import click

from scraper.commands.options import db_option, json_option, print_json, run_as_json


@click.command()
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

    from scraper.archive.database import reading
    from scraper.archive.search import MARK_CLOSE, MARK_OPEN, Search
    from scraper.archive.search import search as find
    from scraper.terminal import print_hits

    order = "newest" if newest else "relevance"
    with reading(db) as connection:
        found = find(connection, Search(query=query, order=order, **filters))
    if as_json:
        print_json(asdict(found))
    else:
        print_hits(found.hits, found.total, found.notes, (MARK_OPEN, MARK_CLOSE))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@db_option
def serve(db: Path, host: str, port: int) -> None:
    """Serve the archive with Datasette, also while a crawl writes to it."""
    serve_from(db, host, port)


def serve_from(db: Path, host: str, port: int) -> None:
    """Serve an archive until it is interrupted, at a port that is free."""
    from scraper.archive.database import open_reader
    from scraper.serving import free_port, serve_archive

    open_reader(db).close()  # says in a line what is wrong with the file, if anything is
    port = free_port(host, port)
    click.echo(f"\nSearch the archive at http://{host}:{port}/-/search (Ctrl-C ends)")
    serve_archive(db, host, port)


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@json_option
@db_option
def runs(db: Path, limit: int, as_json: bool) -> None:
    """Show the latest crawl runs and what came of them."""
    from scraper.archive.database import reading
    from scraper.archive.runs import recent_runs
    from scraper.terminal import print_table, summary

    with reading(db) as connection:
        latest = [run for _, run in recent_runs(connection, limit=limit)]
    if as_json:
        print_json([run_as_json(run) for run in latest])
        return
    print_table(
        ("started", "outlet", "outcome", "brought", "reason"),
        [
            (f"{r.started_at:%Y-%m-%d %H:%M}", r.outlet, r.outcome, summary(r), r.reason)
            for r in latest
        ],
    )
