"""Commands that extract: one page to look at, or all captures of an archive again."""

import contextlib
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    FAILED,
    Day,
    allow_option,
    captures_option,
    db_option,
    json_option,
    print_json,
)
from scraper.records import Hints
from scraper.urls import http_url

SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
WORKERS_MAX = 8  # unless asked for: each takes some 150 MB


@click.command()
@click.option(
    "--outlet",
    "outlets",
    multiple=True,
    metavar="NAME",
    help="Only this outlet's records; may be repeated.",
)
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help="Only what was last captured on this day (or in this month or year), or later.",
)
@click.option(
    "--outdated",
    is_flag=True,
    help="Only records of another extractor than today's; pages without a record are tried too.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help=f"Processes that extract.  [default: one a processor, at most {WORKERS_MAX}]",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would change.")
@json_option
@db_option
@captures_option
def reextract(
    outlets: tuple[str, ...],
    since: datetime | None,
    outdated: bool,
    workers: int | None,
    dry_run: bool,
    as_json: bool,
    db: Path,
    captures: Path | None,
) -> None:
    """Make records again from stored captures, with the extractor of today.

    Nothing is fetched. A record made again from the same capture is no revision of the article: its
    texts are replaced where they stand, and what was no edit of the outlet no longer counts as one.
    What cannot be made again stays as it is. Ctrl-C ends it cleanly; what is done stays done.

    Captures that led to no record (in quarantine, or no article when they were fetched) are tried
    again each time: what is an article now is stored, and what is none leaves the quarantine.
    """
    from scraper.commands.guidance import declared_guidance
    from scraper.errors import UnknownOutlet
    from scraper.jobs.reextract import Selection
    from scraper.jobs.reextract import reextract as make_again
    from scraper.terminal import ProgressDisplay

    selection = Selection(outlets, since and since.replace(tzinfo=UTC), outdated)
    try:
        with stop_on_signals() as stop, ProgressDisplay("records", quiet=as_json) as display:
            found = make_again(
                db,
                captures or db.resolve().parent / "captures",
                selection,
                guidance=declared_guidance(),
                workers=workers or min(os.cpu_count() or 1, WORKERS_MAX),
                is_dry_run=dry_run,
                observer=lambda p: display.show(p.done, p.total, f"{p.changed} changed"),
                should_stop=stop.is_set,
            )
    except UnknownOutlet as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        print_json(found.as_json())
    else:
        _show(found)
    if found.is_interrupted or (found.failed.count and not found.made):
        sys.exit(FAILED)
    sys.exit(DONE_WITH_FAILURES if found.failed.count else DONE)


def _show(found: Any) -> None:
    from scraper.terminal import print_table, say

    if found.fields:
        print_table(
            ("field", "changed", "was empty", "is emptied"),
            [(name, c.changed, c.filled, c.emptied) for name, c in found.ordered()],
        )
        for name, changes in found.ordered():
            for sample in changes.samples:
                say(f"{name} of {sample.article} {sample.url}")
                say(f"  - {sample.before or '(nothing)'}")
                say(f"  + {sample.after or '(nothing)'}")
    for line in found.lines():
        say(line)


@contextlib.contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Set an event on the first SIGINT or SIGTERM; the second has its usual effect."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def once(number: int, frame: object) -> None:
        stop.set()
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in before:
        signal.signal(number, once)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="FILE_OR_URL...")
@click.option("--url", default="", help="Where the file's page was found; else as it says itself.")
@click.option("--outlet", default="", metavar="NAME", help="Read it as a page of this outlet.")
@allow_option
@json_option
def extract(
    pages: tuple[str, ...], url: str, outlet: str, allow: tuple[str, ...], as_json: bool
) -> None:
    """Print the record of a page, with the evidence for each field. Nothing is stored.

    FILE_OR_URL is an HTML file, a WARC file, of which every HTML page is shown, - for standard
    input, or an address, which is fetched as politely as in a crawl. What is gzipped is unpacked.
    With --json it is one object for one page, and a list for several. Report a wrong field with
    what this prints.
    """
    from scraper.commands.record_lines import record_facts
    from scraper.jobs.extract import extract_arguments
    from scraper.terminal import complain, print_facts

    _check_usage(pages, url)
    hints = _hints_of(outlet)
    records: list[dict[str, Any]] = []
    done = failed = 0
    for page, verdict in extract_arguments(pages, _fetched(pages, allow), url=url, hints=hints):
        if page.note:
            complain(f"{page.argument}: left out {page.note}")
            continue
        done += verdict.article is not None
        failed += verdict.article is None
        if as_json:  # a list has to be whole; what is printed for people is not kept
            records.append({"argument": page.argument, **_told(page, verdict)})
        elif verdict.article is not None:
            print_facts(page.argument, record_facts(verdict.article))
        else:
            trouble = _told(page, verdict)
            where = f" ({trouble['url']})" if trouble["url"] not in (None, page.argument) else ""
            complain(f"{page.argument}{where}: {trouble['error']}: {trouble['reason']}")
    if as_json:
        print_json(records[0] if len(records) == 1 else records)
    if failed:
        sys.exit(DONE_WITH_FAILURES if done else FAILED)


def _check_usage(pages: tuple[str, ...], url: str) -> None:
    from scraper.jobs.extract import is_warc_file

    if url and (len(pages) != 1 or _is_address(pages[0])):
        raise click.UsageError("--url says where one file's page was found: give one file with it")
    if url and not http_url(url):
        raise click.UsageError(f"--url {url}: it is no http(s) address")
    if url and is_warc_file(pages[0]):
        raise click.UsageError(f"--url is for a single page, and {pages[0]} is a WARC file")
    for page in pages:
        if SCHEME.match(page) and not _is_address(page):
            raise click.UsageError(f"{page}: only http(s) addresses can be asked")


def _told(page: Any, verdict: Any) -> dict[str, Any]:
    """Return what came of a page as JSON has it."""
    from scraper.commands.record_lines import record_json

    if verdict.article is not None:
        return record_json(verdict.article)
    kind = f" ({verdict.kind})" if verdict.kind else ""
    return {
        "url": page.capture.url if page.capture else None,
        "error": f"no article{kind}" if verdict.no_article else "no record",
        "kind": verdict.kind,
        "reason": verdict.no_article or verdict.problem,
    }


def _is_address(argument: str) -> bool:
    return argument.lower().startswith(("http://", "https://"))


def _fetched(arguments: tuple[str, ...], allow: tuple[str, ...]) -> dict[str, Any]:
    """Ask for the addresses among the arguments; return what they brought by argument."""
    from scraper.errors import BadDeclaration
    from scraper.jobs.extract import Page

    addresses = [argument for argument in arguments if _is_address(argument)]
    if not addresses:
        return {}
    from scraper.crawl.single_pages import fetch_pages

    try:
        found = fetch_pages(addresses, allow)
    except BadDeclaration as error:
        raise click.UsageError(str(error)) from error
    return {url: Page(url, answer.capture, answer.problem) for url, answer in found.items()}


def _hints_of(outlet: str) -> Hints:
    if not outlet:
        return Hints()
    from dataclasses import replace

    from scraper.crawl.outlets import select_outlets
    from scraper.errors import UnknownOutlet

    try:
        (spider,) = select_outlets((outlet,))
    except UnknownOutlet as error:
        raise click.UsageError(str(error)) from error
    about = spider.outlet
    return replace(
        spider.hints, timezone=about.timezone, languages=about.languages, site_name=about.name
    )
