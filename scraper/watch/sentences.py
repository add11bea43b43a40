"""Incidents in words, for the terminal and for alerts: what is wrong, and what to type next."""

from collections.abc import Mapping
from datetime import datetime

from scraper.archive.outages import Outage
from scraper.archive.values import read_time
from scraper.records import Incident, Judgment

SENTENCES = {
    "silent nothing": "nothing new for {silent}, in which {expected} articles were to be expected; "
    "it was asked {looks} times",
    "silent frozen": "its listings are frozen: nothing newer for {silent}, in which {expected} "
    "articles were to be expected; old ones come under other addresses",
    "emptied pages": "{articles} of {pages} pages were articles in {days} days, where {expected%} "
    "of them used to be",
    "emptied listing": "{listings} of {of_listings} listings hold nothing, where {expected} "
    "articles used to be: {listing}",
    "emptied unreadable": "{listings} of {of_listings} listings cannot be read ({problem}, "
    "{failures} times): {listing}",
    "drifted author": "{counted} of {articles} new articles have an author, where {expected%} used "
    "to",
    "drifted date": "{counted} of {articles} new articles have a time of publication, where "
    "{expected%} used to",
    "drifted body": "{articles} new articles have {came} words in the middle, where they used to "
    "have {expected}",
    "blocked refused": "{refused} of {requests} requests for {asked} pages were refused in {days} "
    "days",
    "blocked challenge": "{refused} of {requests} pages are a check for robots",
    "blocked consent": "{refused} of {requests} pages are a consent wall",
    "blocked robots": "robots.txt forbids {came} of {of_listings} listings, and {refused} of "
    "{requests} pages",
    "moved listing": "{came%} of its listings lead to {host}: {listing}",
    "moved articles": "{came%} of its pages lead to {host}",
    "slow latency": "an answer takes {came_ms}, where it took {expected_ms}",
    "slow delay": "articles come {came_s} after publication, where it was {expected_s}",
}
SUGGESTIONS = {
    "check": "dateline outlets check {outlet}",
    "check_listing": "dateline outlets check {outlet}, and open the listing in a browser",
    "redeclare": "dateline outlets check {outlet}, then declare the new address in spiders/",
    "ask_permission": "ask the outlet, and leave it alone meanwhile; then dateline outlets check "
    "{outlet}",
    "slow_down": "ask {outlet} less: fewer articles in a run (--limit), more time between two "
    "requests (-s DOWNLOAD_DELAY=…)",
    "exclude": "read its robots.txt; if it means us, declare {outlet} as excluded",
    "wait": "wait; if it stays so, dateline outlets check {outlet}",
}
UNKNOWN = "?"


def sentence(found: Incident | Judgment) -> str:
    """Return what is wrong, with the numbers that say so."""
    facts = _Facts(found.evidence)
    what = found.field or str(found.evidence.get("what", ""))
    template = SENTENCES.get(f"{found.kind} {what}", f"{found.kind} {what}".strip())
    return template.format_map(facts)


def suggestion(found: Incident | Judgment) -> str:
    """Return what to do next."""
    key = str(found.evidence.get("suggestion", ""))
    return SUGGESTIONS.get(key, SUGGESTIONS["check"]).format(outlet=found.outlet)


def name_of(found: Incident | Judgment) -> str:
    """Return the kind, with what drifted."""
    return f"{found.kind} ({found.field})" if found.field else found.kind


def outage_title(outage: Outage) -> str:
    """Return what is to be told of an outage, or of its end, in a few words."""
    is_all = outage.outlets == outage.asked
    if outage.over_at:
        return "outlets answer again"
    if outage.since is None:
        return "no outlet has ever answered" if is_all else "most outlets have never answered"
    who = "no outlet has" if is_all else f"{outage.outlets} of {outage.asked} outlets have not"
    return f"{who} answered since {_minute(outage.since)}"


def outage_sentence(outage: Outage) -> str:
    """Return the same at length."""
    if outage.over_at:
        begun = "until then" if outage.since is None else f"after {_minute(outage.since)}"
        return (
            f"outlets answer again, since {_minute(outage.over_at)}; {begun}, "
            f"{outage.outlets} of {outage.asked} gave no answer at all"
        )
    return (
        f"{outage_title(outage)}: {outage.outlets} of {outage.asked} gave no answer at all when "
        "last asked, so it is our network, or this machine. Next: see whether it reaches the "
        "network; what is due is asked again by itself"
    )


def _minute(moment: str) -> str:
    """Return a time of the archive as a reader wants it.

    >>> _minute("2026-03-02T07:05:09Z")
    '2026-03-02 07:05 UTC'
    """
    return f"{moment[:16].replace('T', ' ')} UTC"


class _Facts(dict[str, str]):
    """The numbers of some evidence as a reader wants them; what is missing is a question mark."""

    def __init__(self, evidence: Mapping[str, object]) -> None:
        super().__init__()
        self.evidence = evidence
        self["counted"] = _counted(evidence)

    def __missing__(self, key: str) -> str:
        name, unit = key, ""
        for ending in ("%", "_ms", "_s"):
            if key.endswith(ending):
                name, unit = key.removesuffix(ending), ending
        value = self.evidence.get("silent_seconds" if key == "silent" else name)
        if value is None:
            return UNKNOWN
        if not isinstance(value, int | float):
            return str(value)
        if unit == "%":
            return f"{round(100 * value)} %"
        if unit == "_ms":
            return f"{value / 1000:.1f} s"
        if unit == "_s" or key == "silent":
            return duration(value)
        return f"{value:.0f}"


def _counted(evidence: Mapping[str, object]) -> str:
    """Return a share of the articles looked at as how many of them.

    >>> _counted({"came": 0.038, "articles": 26})
    '1'
    """
    came, articles = evidence.get("came"), evidence.get("articles")
    if not isinstance(came, int | float) or not isinstance(articles, int | float):
        return UNKNOWN
    return f"{came * articles:.0f}"


def duration(seconds: float) -> str:
    """Return a time in days or hours, whichever reads better.

    >>> duration(7200), duration(400_000)
    ('2 hours', '4.6 days')
    """
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def since(found: Incident | Judgment) -> datetime | None:
    """Return since when it is so, as well as that is known."""
    last = found.evidence.get("last_at")
    return found.began_at or read_time(last if isinstance(last, str) else None)
