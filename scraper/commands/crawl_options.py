"""What commands that crawl share: the options --replay and -s, and the settings they make."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from scraper.errors import ContactMissing

OURS = "DATELINE_"  # settings that Scrapy does not know


def replay_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --replay."""
    return click.option(
        "--replay",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A WARC file that answers every request instead of the network; may be repeated.",
    )(command)


def settings_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add -s, as Scrapy has it."""
    return click.option(
        "-s", "changes", multiple=True, metavar="NAME=VALUE", help="Set a Scrapy setting."
    )(command)


def replayed(
    outlets: tuple[str, ...], replay: tuple[Path, ...]
) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Tell outlets from further WARC files, which `--replay *.warc.gz` gives as arguments."""
    files = [name for name in outlets if replay and name.endswith((".warc", ".warc.gz"))]
    return tuple(name for name in outlets if name not in files), replay + tuple(map(Path, files))


def crawl_changes(db: Path, captures: Path | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that a command's options make.

    Raises:
        click.UsageError: one is no setting, or not of its kind.
    """
    changes: dict[str, Any] = {
        "DATELINE_DB": str(db),
        "DATELINE_CAPTURES": str(captures or ""),
        "DATELINE_REVISIT": given.get("revisit", False),
    }
    if given.get("limit") is not None:
        changes["DATELINE_LIMIT"] = given["limit"]
    return changes | asking_changes(given)


def asking_changes(given: dict[str, Any]) -> dict[str, Any]:
    """Return the settings made by the options of whatever asks: --allow, --replay and -s.

    Raises:
        click.UsageError: as `crawl_changes`.
    """
    changes: dict[str, Any] = {
        "DATELINE_ALLOW": list(given["allow"]),
        "DATELINE_REPLAY": [str(path) for path in given["replay"]],
    }
    for change in given["changes"]:
        name, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"-s {change}: give it as NAME=VALUE")
        changes[name.strip()] = _checked_setting(name.strip(), value)
    return changes


def _checked_setting(name: str, value: str) -> str:
    from scraper import settings

    if name.startswith(OURS) and not hasattr(settings, name):
        near = get_close_matches(name, [own for own in dir(settings) if own.startswith(OURS)], 1)
        hint = f"did you mean {near[0]}?" if near else "docs/settings.md has them"
        raise click.UsageError(f"-s {name}={value}: there is no setting {name}: {hint}")
    default = getattr(settings, name, None)
    if isinstance(default, int | float) and not isinstance(default, bool):
        try:
            float(value)
        except ValueError:
            raise click.UsageError(f"-s {name}={value}: {name} is a number") from None
    return value


def demand_contact(spiders: list[Any], settings: Any) -> None:
    """See to it that publishers can tell who asks them.

    Raises:
        ContactMissing: the real web would be asked by nobody in particular.
    """
    from scraper.crawl.options import CrawlOptions

    asked = [url for spider in spiders for _, url in spider.listing_urls()]
    asked += [url for spider in spiders for url in spider.pages]
    if CrawlOptions.of(settings).lacks_contact(asked):
        raise ContactMissing
