"""Commands that read an archive: search and serve."""

from pathlib import Path
from typing import Any

import click

from scraper.commands.options import db_option, filter_options, json_option, print_json

SQL_OPEN = "Visitors may run SQL of their own: SELECTs, within limits. --no-sql closes it."
SQL_CLOSED = "Visitors may not run SQL of their own. --sql opens it."


@click.command()
@click.argument("query")
@filter_options
@click.option("--newest", is_flag=True, help="Newest first instead of most relevant first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@json_option
@db_option
def search(query: str, as_json: bool, db: Path, newest: bool, **filters: Any) -> None:
    """Search the archive as the search page does: AND OR NOT, "phrases", prefix* and title:."""
    from dataclasses import asdict

    from scraper.archive.database import reading_as_migrated
    from scraper.archive.findings import search as find
    from scraper.archive.search import Search
    from scraper.archive.segmentation import MARK_CLOSE, MARK_OPEN
    from scraper.terminal import print_hits

    order = "newest" if newest else "relevance"
    with reading_as_migrated(db) as connection:
        found = find(connection, Search(query=query, order=order, **filters))
    if as_json:
        print_json(asdict(found))
    else:
        print_hits(found, (MARK_OPEN, MARK_CLOSE))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option(
    "--sql/--no-sql",
    "allows_sql",
    default=None,
    help="Let visitors run SQL of their own; by default only where --host is this machine alone.",
)
@click.option(
    "--base-url", default="/", metavar="PATH", help="Path that a proxy serves it below, as /news/."
)
@db_option
def serve(db: Path, host: str, port: int, allows_sql: bool | None, base_url: str) -> None:
    """Serve the archive with Datasette, also while a crawl writes to it."""
    serve_from(db, host, port, allows_sql, base_url)


def serve_from(
    db: Path, host: str, port: int, allows_sql: bool | None = None, base_url: str = "/"
) -> None:
    """Serve an archive until it is interrupted, at a port that is free.

    Where `allows_sql` is None, visitors may run SQL of their own if `host` is a loopback address.
    """
    from scraper.archive.database import bring_up_to_date
    from scraper.serving import free_port, is_loopback, serve_archive

    if copy := bring_up_to_date(db):  # and says in a line what is wrong with the file, if anything
        click.echo(f"Brought the archive up to date; as it was, it is in {copy}")
    port = free_port(host, port)
    if allows_sql is None:
        allows_sql = is_loopback(host)
    name = f"[{host}]" if ":" in host else host
    base_url = f"/{base_url.strip('/')}/".replace("//", "/")
    click.echo(f"\nThe archive is at http://{name}:{port}{base_url} (Ctrl-C ends)")
    click.echo(SQL_OPEN if allows_sql else SQL_CLOSED)
    serve_archive(db, host, port, allows_sql=allows_sql, base_url=base_url)
