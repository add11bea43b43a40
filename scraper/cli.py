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
from scraper.commands.keeping import backup, prune
from scraper.commands.options import JSON_LOGS, Commands, start_logging
from scraper.commands.outlets import outlets
from scraper.commands.reading import search, serve
from scraper.commands.scheduling import schedule
from scraper.commands.watching import health
from scraper.commands.watching_runs import runs

# They tell of each crawl how Scrapy is set up.
BABBLERS = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline-archive", prog_name="dateline")
@click.option("-v", "--verbose", is_flag=True, help="Show what Scrapy and the rooms log.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", JSON_LOGS]),
    default="text",
    envvar="DATELINE_LOG",
    show_default=True,
    help="How to write logs to standard error; json is an object a line, and tells all of it.",
)
def main(verbose: bool, form: str) -> None:
    """Crawl, archive and search the world's news."""
    start_logging(form, verbose)
    if not verbose:  # Scrapy reports through us; its own errors still show
        for name in BABBLERS:
            logging.getLogger(name).setLevel(logging.WARNING)
        if form != JSON_LOGS:
            logging.getLogger("scrapy").setLevel(logging.CRITICAL)


for command in (
    *(demo, crawl, schedule, outlets, search, export, serve, runs, health),
    *(extract, reextract, verify, reindex, repair),
    *(backup, prune),
):
    main.add_command(command)
