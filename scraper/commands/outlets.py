"""Commands about what is declared."""

from typing import Any

import click

from scraper.commands.options import Commands, json_option, print_json


@click.group(cls=Commands)
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
