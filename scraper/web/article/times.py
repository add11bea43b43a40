"""When an article was published, changed and captured, in words, each with its claims."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scraper.web.article.evidence import Claim, read_claims
from scraper.web.article.record import Record
from scraper.web.typography import safe_link
from scraper.web.words import N_, _, day, moment

TIMES = {
    "published_at": N_("Published"),
    "modified_at": N_("Changed by the outlet"),
    "captured_at": N_("First captured"),
    "checked_at": N_("Last looked at"),
    "gone_at": N_("Removed by the outlet"),
}
OF_THE_OUTLET = ("published_at", "modified_at")  # told on its clock too; the rest is our own doing
WAYBACK = "https://web.archive.org/web/{stamp}/{url}"


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One time of an article.

    Args:
        name: the column.
        label: what happened then.
        iso: for machines; "" where it is not known.
        words: on the outlet's clock for what the outlet did, else in UTC.
        utc: in UTC, where `words` is not.
        zone: the outlet's IANA zone, where `words` is on its clock.
        claims: what each place says of it.
    """

    name: str
    label: str
    iso: str
    words: str
    utc: str
    zone: str
    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class CaptureLine:
    """One capture that shows the text, and where it, or a copy of the same time, may be seen.

    `wayback` leads to the Internet Archive's copy nearest in time, which there may or may not be.
    """

    label: str
    iso: str
    words: str
    row: str
    wayback: str
    file: str
    offset: int | None
    sha256: str
    is_lost: bool
    pruned: str = ""  # when its raw page was dropped on purpose, in words


def time_lines(record: Record) -> list[TimeLine]:
    """Return an article's times that are known, or of which there are claims at least."""
    article = record.article
    claims = read_claims(article["date_evidence"])
    lines = []
    for name, label in TIMES.items():
        of_field = [claim for claim in claims if claim.field == name]
        if name == "modified_at" and not record.is_latest:
            of_field = []  # they are about the latest text
        if article[name] or of_field:
            lines.append(_line(article, name, _(label), of_field))
    return lines


def _line(article: dict[str, Any], name: str, label: str, claims: list[Claim]) -> TimeLine:
    at, timezone = article[name], article["timezone"]
    if not at:
        return TimeLine(name, label, "", _("not known"), "", "", claims)
    if name == "published_at" and article["published_precision"] == "day":
        words, iso = day(at, timezone)
        return TimeLine(name, label, iso, words, "", "", claims)
    utc = moment(at)
    words = moment(at, timezone) if name in OF_THE_OUTLET else utc
    is_elsewhere = words != utc
    return TimeLine(
        name,
        label,
        at,
        words,
        utc if is_elsewhere else "",
        timezone if is_elsewhere else "",
        claims,
    )


def capture_lines(record: Record, row: Callable[[str, object], str]) -> list[CaptureLine]:
    """Return the first and the last capture that show the text; of lost rows at least the time."""
    article, found = record.article, record.captures
    first, again = _("This text captured"), _("Seen unchanged")
    lost: list[CaptureLine] = []
    at = article["text_captured_at"]
    if not any(row["id"] == article["first_capture"] or row["captured_at"] == at for row in found):
        wayback = _wayback(at, safe_link(article["address"]))
        lost.append(CaptureLine(first, at, moment(at), "", wayback, "", None, "", False))
    labels = (again,) if lost else (first, again)
    return lost + [
        CaptureLine(
            label=label,
            iso=capture["captured_at"],
            words=moment(capture["captured_at"]),
            row=row("captures", capture["id"]),
            wayback=_wayback(capture["captured_at"], safe_link(capture["url"])),
            file=capture["warc_file"],
            offset=capture["warc_offset"],
            sha256=capture["sha256"],
            is_lost=capture["lost_at"] is not None,
            pruned=moment(capture["pruned_at"]) if capture["pruned_at"] else "",
        )
        for label, capture in zip(labels, found, strict=False)
    ]


def _wayback(at: str, url: str) -> str:
    """Return where the Wayback Machine shows its copy nearest in time; "" for no web address.

    >>> _wayback("2024-06-17T06:00:00Z", "https://example.org/a")
    'https://web.archive.org/web/20240617060000/https://example.org/a'
    """
    stamp = "".join(letter for letter in at[:19] if letter in "0123456789")
    return WAYBACK.format(stamp=stamp, url=url) if url and stamp else ""
