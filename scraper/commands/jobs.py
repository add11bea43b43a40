"""Commands that work over an existing archive."""

import sys
from pathlib import Path

import click

from scraper.commands.options import DONE, FAILED, captures_option, db_option


@click.command()
@db_option
@captures_option
def verify(db: Path, captures: Path | None) -> None:
    """Check all that can be checked: file, references, search rows, counts, raw captures."""
    from scraper.jobs.verify import verify as verify_archive

    report = verify_archive(db, captures or db.resolve().parent / "captures")
    click.echo(report.line())
    sys.exit(DONE if report.is_well else FAILED)


@click.command()
@db_option
def reindex(db: Path) -> None:
    """Rebuild the search index and the summaries from the articles."""
    from scraper.jobs.reindex import reindex as reindex_archive

    click.echo(f"{reindex_archive(db)} articles indexed again")


@click.command()
@db_option
@captures_option
def repair(db: Path, captures: Path | None) -> None:
    """Mend a damaged archive: copy what can be read, extract the rest again from raw captures.

    The damaged file is kept beside the new one.
    """
    from scraper.commands.guidance import declared_guidance
    from scraper.jobs.repair import repair as repair_archive

    captures_dir = captures or db.resolve().parent / "captures"
    click.echo(repair_archive(db, captures_dir, guidance=declared_guidance()).line())
