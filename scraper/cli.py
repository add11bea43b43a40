"""The command `dateline`: gathers the commands, which stand in `scraper/commands/`.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with some failing. Commands import what they
need when they run, so that the worker processes, which load this module, stay small.
"""

import logging

import click

from scraper.commands.crawling import crawl, demo
from scraper.commands.exporting import export
from scraper.commands.extraction import extract, reextract
from scraper.commands.jobs import reindex, repair, verify
from scraper.commands.options import Commands
from scraper.commands.outlets import outlets
from scraper.commands.reading import runs, search, serve


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


for command in (
    *(demo, crawl, outlets, search, export, serve, runs),
    *(extract, reextract, verify, reindex, repair),
):
    main.add_command(command)
