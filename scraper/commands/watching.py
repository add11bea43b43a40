"""The command that says which outlets need a person."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.commands.options import (
    DONE,
    DONE_WITH_FAILURES,
    db_option,
    json_option,
    print_json,
)

if TYPE_CHECKING:
    from scraper.jobs.health import Finding, Health

NAMED_MAX = 12  # outlets named in one line


@click.command()
@click.argument("outlets", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Name the outlets that are well, too.")
@click.option("--alert", is_flag=True, help="Send what is new to the addresses of DATELINE_ALERTS.")
@json_option
@db_option
def health(
    outlets: tuple[str, ...], everything: bool, alert: bool, as_json: bool, db: Path
) -> None:
    """Say which outlets need a person, worst first, and what to do: of all, or of some by name.

    Ends with 0 if all is well, and with 3 if something needs a person: an outlet in trouble, one
    that never worked, our own network when no outlet answers, or that nobody looks any more.
    """
    from scraper.errors import AlertsUnavailable
    from scraper.jobs.health import examine, keep
    from scraper.watch.alerts import checked_alert_urls

    urls = checked_alert_urls() if alert else ()
    if alert and not urls:
        raise AlertsUnavailable("DATELINE_ALERTS names no address, such as ntfy://my-topic")
    found = examine(db, datetime.now(UTC), outlets)
    note = keep(db, found, urls)
    if as_json:
        print_json(_as_json(found, note))
    else:
        _show(found, everything, note)
    sys.exit(DONE_WITH_FAILURES if found.needs_a_person else DONE)


def _show(found: "Health", everything: bool, note: str) -> None:
    from scraper.terminal import Fact, print_facts, say
    from scraper.watch.sentences import sentence, since, suggestion

    for finding in found.findings:
        judgment = finding.judgment
        began_at = since(judgment)
        facts = [Fact("what", (sentence(judgment),))]
        if began_at is not None:
            facts.append(Fact("since", (f"{began_at:%Y-%m-%d %H:%M} UTC",)))
        if finding.sample is not None:
            facts.append(
                Fact("sample", (f"capture {finding.sample.number}, {finding.sample.url}",))
            )
        facts.append(Fact("next", (suggestion(judgment),)))
        print_facts(_heading(finding), facts)
    for line in _unanswered(found):
        say(line)
    for line in _summary(found, everything):
        say(line)
    if note:
        say(f"note: {note}")


def _heading(finding: "Finding") -> str:
    from scraper.watch.sentences import name_of

    judgment = finding.judgment
    carried = ", as last judged" if judgment.is_carried else ""
    return f"{judgment.outlet} ({finding.name}) is {name_of(judgment)}{carried}"


def _unanswered(found: "Health") -> list[str]:
    """Say that no outlet answers, or else which ones could not be read when last asked."""
    from scraper.archive.outages import Outage
    from scraper.archive.values import time_text_or_none
    from scraper.watch.sentences import outage_sentence

    reach = found.reach
    if reach.mute:
        return [outage_sentence(Outage(time_text_or_none(reach.since), reach.mute, reach.asked))]
    return [
        f"{each.outlet} is failing since {each.since:%Y-%m-%d %H:%M} UTC"
        f"{', and never worked' if each.is_new else ''}: {each.problem} "
        f"(dateline outlets check {each.outlet})"
        for each in found.failing
    ]


def _summary(found: "Health", everything: bool) -> list[str]:
    troubled = len({each.judgment.outlet for each in found.findings})
    if not (found.well or troubled or found.failing):
        return [
            "no outlet was looked at in the last days: nothing can be told "
            "(dateline schedule, or dateline crawl, looks)"
        ]
    failing = f"{len(found.failing)} failing, " if found.failing else ""
    lines = [
        f"{_outlets(troubled)} in trouble, {failing}{len(found.well)} well, "
        f"{len(found.unwatched)} not looked at lately"
    ]
    if everything and found.well:
        lines.append(f"well: {', '.join(found.well)}")
    if everything and found.unwatched:
        lines.append(f"not looked at lately: {', '.join(found.unwatched)}")
    if found.learning:
        days = sorted(set(found.learning.values()))
        more = f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
        named = sorted(found.learning)
        names = ", ".join(named[: None if everything else NAMED_MAX])
        if not everything and len(named) > NAMED_MAX:
            names += f" and {len(named) - NAMED_MAX} more"
        lines.append(
            f"of {_outlets(len(named))} the rhythm is not known yet, so silence cannot be told "
            f"before {more} more days of looks: {names}"
        )
    return lines


def _outlets(count: int) -> str:
    return "1 outlet" if count == 1 else f"{count} outlets"


def _as_json(found: "Health", note: str) -> dict[str, Any]:
    return {
        "judged_at": found.judged_at.isoformat(timespec="seconds"),
        "findings": [_finding_as_json(each) for each in found.findings],
        "outage": _outage_as_json(found),
        "failing": [asdict(each) for each in found.failing],
        "well": list(found.well),
        "days_wanting": found.learning,
        "not_looked_at": list(found.unwatched),
        "note": note,
    }


def _outage_as_json(found: "Health") -> dict[str, Any] | None:
    reach = found.reach
    return (
        {"since": reach.since, "outlets": reach.mute, "asked": reach.asked} if reach.mute else None
    )


def _finding_as_json(finding: "Finding") -> dict[str, Any]:
    from scraper.watch.sentences import sentence, since, suggestion

    judgment, sample = finding.judgment, finding.sample
    return {
        "outlet": judgment.outlet,
        "name": finding.name,
        "kind": judgment.kind,
        "field": judgment.field,
        "severity": judgment.severity,
        "since": since(judgment),
        "opened_at": finding.opened_at,
        "sentence": sentence(judgment),
        "evidence": dict(judgment.evidence),
        "capture": sample.number if sample else None,
        "capture_url": sample.url if sample else None,
        "suggestion": suggestion(judgment),
        "is_carried": judgment.is_carried,
    }
