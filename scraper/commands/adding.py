"""The command that declares an outlet from its home page."""

import sys
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import click

from scraper.commands.crawl_options import asking_changes, replay_option, settings_option
from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    FolderPath,
    allow_option,
    fail,
    json_option,
    print_json,
    whole_option,
)

BODY_LINES = 3  # of an article's text that the trial shows


@click.command("add")
@click.argument("url")
@click.option("--country", default="", metavar="CC", help="Its newsroom's country, such as JP.")
@click.option("--language", default="", metavar="L", help="The language it is in, such as ja.")
@click.option("--name", default="", help="What readers call it, in its own script.")
@click.option("--slug", default="", help="What you will type after dateline crawl.")
@click.option("--timezone", default="", metavar="ZONE", help="Its clock, such as Asia/Tokyo.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option(
    "--into",
    type=FolderPath,
    metavar="DIR",
    help="Folder of declarations to write to.  [default: the package spiders]",
)
@replay_option
@allow_option
@settings_option
@whole_option
@json_option
def outlets_add(
    url: str,
    dry_run: bool,
    into: Path | None,
    as_json: bool,
    is_whole: bool,
    **given: Any,
) -> None:
    """Declare an outlet from its home page, and show a trial crawl of three articles.

    URL is the home page. Its name, language, country, time zone, feeds, news sitemaps and section
    of world news are looked for there, and a pattern of its articles' addresses is learnt from
    what its listings offer; at most 24 requests, asked as politely as in a crawl. The class is
    written into the country's file in spiders/, doubts in its docstring. What is found wrong can
    be given; nothing is written when no article of the trial could be read.
    """
    from scraper.crawl.drafting import Wishes, early_slug
    from scraper.crawl.spider_files import (
        check_slug,
        declarations_folder,
        drafted,
        file_for,
        read_folder,
        write_class,
    )

    wishes = _checked(Wishes(**{each.name: given.pop(each.name) for each in fields(Wishes)}))
    folder = into or declarations_folder()
    declared = read_folder(folder)
    check_slug(early_slug(url, wishes), declared)
    found = _scouted(url, wishes, asking_changes(given))
    draft, trial = _tried(found, wishes, declared)
    path = file_for(draft.outlet.country, folder, declared)
    text = drafted(draft, path, declared)
    read = sum(verdict.article is not None for _, verdict in trial)
    is_written = bool(read) and not dry_run
    if is_written:
        write_class(text, path, draft.outlet.country)
    if as_json:
        print_json(_told(draft, path, text, trial) | {"written": is_written})
    else:
        _show(found, draft, trial, is_whole)
        _show_class(path, text, draft.slug if is_written else "")
    if not read:
        fail("no article of the trial could be read, so nothing is written")
    sys.exit(DONE if read == len(trial) else DONE_WITH_FAILURES)


def _checked(wishes: Any) -> Any:
    from scraper.crawl.drafting import wish_problem

    wishes = replace(wishes, country=wishes.country.upper())
    if problem := wish_problem(wishes):
        raise click.UsageError(problem)
    return wishes


def _scouted(url: str, wishes: Any, settings: dict[str, Any]) -> Any:
    from scraper.crawl.scouting import Given, scout_site
    from scraper.errors import BadDeclaration, FactMissing

    try:
        return scout_site(Given(url, wishes.country, wishes.language), settings)
    except (BadDeclaration, FactMissing) as error:
        raise click.UsageError(str(error)) from error


def _tried(found: Any, wishes: Any, declared: Any) -> tuple[Any, list[tuple[Any, Any]]]:
    """Return the declaration, and what became of the pages of the trial; nothing is stored."""
    from scraper.crawl.drafting import corrected, draft_of, hints_of
    from scraper.crawl.spider_files import check_new
    from scraper.jobs.extract import Page, extract_arguments

    draft = draft_of(found, wishes)
    check_new(draft, declared)
    pages = {url: Page(url, a.capture, a.problem) for url, a in found.trial.items()}
    trial = list(extract_arguments(list(pages), pages, hints=hints_of(draft)))
    articles = [verdict.article for _, verdict in trial if verdict.article is not None]
    return corrected(draft, articles, wishes), trial


def _show(found: Any, draft: Any, trial: list[tuple[Any, Any]], is_whole: bool) -> None:
    from scraper.commands.record_lines import record_facts, record_line
    from scraper.terminal import Fact, complain, print_facts

    outlet = draft.outlet
    facts = [
        *(Fact("doubt", (doubt,)) for doubt in draft.doubts),
        Fact("name", (outlet.name,)),
        Fact("country", (outlet.country,), f"by {found.claims[0].source}"),
        Fact("language", outlet.languages),
        Fact("time zone", (outlet.timezone,)),
        *(Fact(attribute.replace("_", " "), (url,)) for attribute, url in draft.listings),
        Fact("world news", (draft.world_urls or ", ".join(draft.world_sections) or "all of it",)),
        Fact("articles", (draft.article_urls or "no pattern",), f"of {len(found.samples)} seen"),
        Fact("listing", (draft.says,)),
        Fact("requests", (str(found.asked),)),
        *(
            Fact(f"article {page.argument}", (record_line(verdict.article),))
            for page, verdict in trial
            if verdict.article is not None and not is_whole
        ),
    ]
    print_facts(found.home.url, facts)
    for page, verdict in trial:
        if verdict.article is None:
            complain(f"{page.argument}: {verdict.no_article or verdict.problem}")
        elif is_whole:
            _show_record(page.argument, record_facts(verdict.article))


def _show_record(url: str, told: list[Any]) -> None:
    from scraper.terminal import print_facts

    print_facts(url, [replace(fact, lines=_cut(fact.label, fact.lines)) for fact in told])


def _cut(label: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    is_long = label == "body" and len(lines) > BODY_LINES
    return (*lines[:BODY_LINES], "…") if is_long else lines


def _show_class(path: Path, text: str, written: str) -> None:
    """Print a class, and what to do with it where it was `written` under that slug."""
    from scraper.terminal import say

    say(f"{'written to' if written else 'not written; it would stand in'} {path}:")
    say("")
    for line in text.rstrip("\n").split("\n"):
        say(line)
    if written:
        _show_next(path, written)


def _show_next(path: Path, slug: str) -> None:
    from scraper.crawl.spider_files import declarations_folder
    from scraper.terminal import say

    say("")
    say("read the class and mend what is wrong; then:")
    looked_into = declarations_folder()
    if path.parent.resolve() != looked_into.resolve():
        say(f"  put it into {looked_into / path.name}, where commands look")
    say(f"  dateline outlets show {slug}")
    say(f"  dateline crawl {slug} --limit 3 --db trial.db")


def _told(draft: Any, path: Path, text: str, trial: list[tuple[Any, Any]]) -> dict[str, Any]:
    from scraper.commands.record_lines import record_json

    return {
        "slug": draft.slug,
        "outlet": asdict(draft.outlet),
        "listings": [{"attribute": name, "url": url} for name, url in draft.listings],
        "article_urls": draft.article_urls,
        "world_urls": draft.world_urls,
        "world_sections": list(draft.world_sections),
        "says": draft.says,
        "doubts": list(draft.doubts),
        "path": str(path),
        "class": text,
        "trial": [
            {"asked": page.argument, **record_json(verdict.article)}
            if verdict.article is not None
            else {"asked": page.argument, "error": verdict.no_article or verdict.problem}
            for page, verdict in trial
        ],
    }
