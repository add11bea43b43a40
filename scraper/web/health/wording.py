"""A table of the sentences that incidents are told in, from the numbers of their evidence.

A sentence is said where all that it names is known; which keys there are, and in what unit, says
`scraper.archive.incidents`.
"""

import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from scraper.web.health.facts import read_map
from scraper.web.words import N_, _, moment, number, share, span

TEXT_MAX_CHARS = 300  # of an address or a reason in a sentence
STATUSES_MAX = 6
MOMENTS = ("_at", "_since")  # how keys of times end
MEGABYTE = 1_000_000
NUMBER_MAX = 1e15  # what is beyond is no count, share or time of ours
PLACES = re.compile(r"%\((\w+)\)s")
KINDS = {
    "silent": N_("Silent"),
    "emptied": N_("Emptied"),
    "drifted": N_("Drifted"),
    "blocked": N_("Blocked"),
    "moved": N_("Moved"),
    "slow": N_("Slow"),
}
MEANINGS = {
    "silent": N_("no new article for far longer than its rhythm lets expect"),
    "emptied": N_("pages come, but no articles of them"),
    "drifted": N_("author, time or length of its articles are suddenly missing or halved"),
    "blocked": N_("most requests are refused"),
    "moved": N_("its addresses lead to another site"),
    "slow": N_("answers or articles come much later than they used to"),
}
FIELDS = {
    "author": N_("Drifted: authors"),
    "date": N_("Drifted: times of publication"),
    "body": N_("Drifted: texts"),
}
PAUSES = N_(
    "It has been quiet for %(silent_seconds)s; its longest pause before was %(usual_seconds)s."
)
LOOKS = N_("Its usual days of publication that passed: %(missed_days)s; looks answered: %(looks)s.")
PARTS = N_(
    "Of %(pages)s pages, %(no_article)s were no article, %(quarantined)s could not be read, "
    "%(gone)s were gone and %(failed)s gave no answer."
)
LISTINGS = N_("Listings of which it is so: %(listings)s of %(of_listings)s.")
ARTICLES = N_("Looked at %(articles)s new articles; what is usual rests on %(known_articles)s.")
REFUSED = N_("Refused were %(refused)s of %(requests)s requests.")
STATUSES = N_("Requests by answer: %(statuses)s.")
HOST = N_("Most of them at %(host)s.")
# By kind, and by which form of it: the sentences, in order.
SENTENCES: dict[tuple[str, str], tuple[str, ...]] = {
    ("silent", "nothing"): (
        N_("Its newest article is of %(last_at)s; %(expected)s more were to be expected since."),
        PAUSES,
        LOOKS,
    ),
    ("silent", "frozen"): (
        N_(
            "Its listings offer other addresses, and none of an article newer than %(last_at)s; "
            "%(expected)s were to be expected since."
        ),
        PAUSES,
        LOOKS,
    ),
    ("emptied", "pages"): (
        N_("Of the pages fetched, %(came)s are articles; usually %(expected)s are."),
        PARTS,
    ),
    ("emptied", "listing"): (
        N_("The listing %(listing)s holds %(came)s articles; usually %(expected)s."),
        LISTINGS,
    ),
    ("emptied", "unreadable"): (
        N_("The listing %(listing)s cannot be read: %(problem)s."),
        N_("Looks in a row without a readable answer: %(failures)s."),
        LISTINGS,
    ),
    ("drifted", "share author"): (
        N_("Of its new articles, %(came)s name an author; usually %(expected)s do."),
        ARTICLES,
    ),
    ("drifted", "share date"): (
        N_("Of its new articles, %(came)s give a time of publication; usually %(expected)s do."),
        ARTICLES,
    ),
    ("drifted", "share body"): (
        N_("Of its new articles, %(came)s have a text; usually %(expected)s do."),
        ARTICLES,
    ),
    ("drifted", "words"): (
        N_("Its new articles have %(came)s words, as a median; usually %(expected)s."),
        ARTICLES,
    ),
    ("blocked", "refused"): (
        N_("Of the requests, %(came)s were refused; usually %(expected)s are."),
        REFUSED,
        STATUSES,
        HOST,
    ),
    ("blocked", "challenge"): (
        N_("Of the pages, %(came)s were a check for robots; usually %(expected)s are."),
        STATUSES,
    ),
    ("blocked", "consent"): (
        N_("Of the pages, %(came)s were a consent wall; usually %(expected)s are."),
        STATUSES,
    ),
    ("blocked", "robots"): (
        N_("Listings that robots.txt forbids now: %(came)s."),
        N_("One of them is %(listing)s."),
        N_("Of the pages wanted, it forbids %(refused)s of %(requests)s."),
        N_("The file last changed on %(changed_at)s."),
    ),
    ("moved", "listing"): (
        N_("Of the answers to its listings, %(came)s came from another site: %(host)s."),
        N_("Usually %(expected)s do."),
        N_("One of them is %(listing)s."),
    ),
    ("moved", "articles"): (
        N_("Of the answers to its articles, %(came)s came from another site: %(host)s."),
        N_("Usually %(expected)s do."),
    ),
    ("slow", "latency"): (N_("An answer takes %(came)s; usually %(expected)s."),),
    ("slow", "delay"): (
        N_("From publication to this archive it takes %(came)s; usually %(expected)s."),
        N_("Looks at its listings a day: %(checks)s; usually %(expected_checks)s."),
    ),
}
RESTS = N_("Judged by %(days)s days looked at; what is usual rests on %(known_days)s.")
WELL = N_("It has looked well since %(well_since)s; if that lasts, it is over soon.")
UNTOLD = N_("Its evidence is told in the table of incidents alone.")


def _span_of_ms(value: float) -> str:
    return _("%(n)s ms", n=number(round(value))) if value < 10_000 else span(value / 1_000)


SHARES: Callable[[float], str] = share
# How `expected` and `came` are written, where they are no plain numbers.
UNITS: dict[tuple[str, str], Callable[[float], str]] = {
    ("emptied", "pages"): SHARES,
    ("drifted", "share"): SHARES,
    ("blocked", "refused"): SHARES,
    ("blocked", "challenge"): SHARES,
    ("blocked", "consent"): SHARES,
    ("moved", "listing"): SHARES,
    ("moved", "articles"): SHARES,
    ("slow", "latency"): _span_of_ms,
    ("slow", "delay"): span,
}
SUGGESTIONS: dict[str, tuple[str, str]] = {
    "check": (
        N_("See what its listings and an article of it give now."),
        "dateline outlets check {slug}",
    ),
    "check_listing": (
        N_("See whether the listing can be reached; if it has another address now, declare that."),
        "dateline outlets check {slug}",
    ),
    "redeclare": (
        N_("Its declaration names what is no longer there: see what is, and declare it."),
        "dateline outlets check {slug}",
    ),
    "reextract": (
        N_("See what is read of a page of it; where the rules are mended, read it again."),
        "dateline reextract --outlet {slug}",
    ),
    "ask_permission": (
        N_("It does not want to be asked: ask for permission, or declare it excluded."),
        "dateline outlets show {slug}",
    ),
    "slow_down": (
        N_("Ask it less: fewer articles in a run, more time between two requests."),
        "dateline runs {slug}",
    ),
    "exclude": (
        N_("It forbids what is asked: declare it excluded."),
        "dateline outlets show {slug}",
    ),
    "wait": (N_("Wait: it may pass by itself. See how its runs went."), "dateline runs {slug}"),
}


def kind_words(kind: str, field: str) -> str:
    """Say what is wrong in a word or two; a kind unknown here as it is stored."""
    if kind == "drifted" and field in FIELDS:
        return _(FIELDS[field])
    return _(KINDS[kind]) if kind in KINDS else kind


def evidence_words(kind: str, field: str, stored: object, zone: str = "UTC") -> list[str]:
    """Tell the evidence of an incident in sentences; what is missing or odd is left out.

    >>> evidence_words("slow", "", '{"what": "latency", "expected": 400, "came": 9500.0}')
    ['An answer takes 9,500 ms; usually 400 ms.']
    >>> evidence_words("slow", "", "[")
    ['Its evidence is told in the table of incidents alone.']
    """
    found = read_map(stored)
    what = str(found.get("what", ""))
    form = f"{what} {field}" if (kind, what) == ("drifted", "share") else what
    values = _values(found, UNITS.get((kind, what), _number), zone)
    told = [
        _(sentence, **values)
        for sentence in (*SENTENCES.get((kind, form), ()), RESTS, WELL)
        if set(PLACES.findall(sentence)) <= values.keys()
    ]
    return told or [_(UNTOLD)]


def _values(found: Mapping[str, Any], unit: Callable[[float], str], zone: str) -> dict[str, str]:
    """Write each value as a reader does."""
    values = {}
    for key, value in found.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            if not abs(value) <= NUMBER_MAX:  # NaN among others
                continue
            write = unit if key in ("expected", "came") else _number
            values[key] = (span if key.endswith("_seconds") else write)(value)
        elif isinstance(value, str) and value:
            text = moment(value, zone) if key.endswith(MOMENTS) else value
            values[key] = f"\u2068{text[:TEXT_MAX_CHARS]}\u2069"  # in its own direction
        elif key == "statuses" and isinstance(value, dict):
            values[key] = _statuses(value)
    return values


def _number(value: float) -> str:
    return number(round(value, 1) if abs(value) < 100 else round(value))


def _statuses(found: Mapping[Any, Any]) -> str:
    counts = [(str(k), n) for k, n in found.items() if isinstance(n, int)]
    counts.sort(key=lambda one: -one[1])
    return ", ".join(f"{_status(status)} × {number(n)}" for status, n in counts[:STATUSES_MAX])


def _status(status: str) -> str:
    return _("no answer") if status == "0" else status[:3]


def statuses_words(counts: tuple[tuple[str, int], ...]) -> str:
    """Tell answers by status in a line.

    >>> statuses_words((("304", 9), ("0", 1)))
    '304 × 9, no answer × 1'
    """
    return _statuses(dict(counts))


def megabytes(count: int) -> str:
    """Write bytes as megabytes, with more digits where there is less than one.

    >>> megabytes(18_000), megabytes(12_345_678)
    ('0.02', '12.3')
    """
    found = count / MEGABYTE
    return number(round(found, 1 if found >= 1 else 2))


def suggestion_of(stored: object, slug: str) -> tuple[str, str]:
    """Return what to do, in a sentence, and the command to type.

    >>> suggestion_of('{"suggestion": "wait"}', "bbc")[1]
    'dateline runs bbc'
    """
    key = str(read_map(stored).get("suggestion", ""))
    words, command = SUGGESTIONS.get(key, SUGGESTIONS["check"])
    return _(words), command.format(slug=shlex.quote(slug))
