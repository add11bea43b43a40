"""Emptied: pages offered are no articles, or a listing that held many holds none. Pure."""

import statistics
from collections.abc import Callable
from datetime import date, datetime, timedelta

from scraper.records import Incident, Judgment
from scraper.watch.baselines import wilson
from scraper.watch.history import Day, History, ListingState, carried, since_when, window
from scraper.watch.refusals import ROBOTS_FORBID, challenges, is_refusal

WINDOWS = (1, 2, 3, 5, 7, 14, 21, 28)  # days, the shortest that holds enough pages
PAGES_MIN = 6
KNOWN_PAGES_MIN = 12
Z = 2.33  # one-sided 1 % of a normal: halving must be certain besides being large
FALL = 0.5  # of its usual share of articles
MARGIN = 0.15  # that the bound of a small sample may lie above half of what is usual
USUAL_SHARE = 0.8  # of pages that are articles, of an outlet that has never brought any
MANY = 5  # articles that a listing usually holds, for its emptiness to mean something
READINGS_MIN = 10  # readings before, of which hardly any was empty
EMPTY_SHARE_MAX = 0.02
EMPTY_FOR = timedelta(hours=6)  # a section page that is being rebuilt is back by then
FAILING_FOR = timedelta(days=1)  # as is a server
LOOKS_MIN = 3
EXPLAINED = ("blocked", "moved")  # pages of such days are another matter

Empty = tuple[float, str, ListingState, datetime]


def judge_emptiness(history: History, now: datetime) -> Judgment | None:
    """Judge whether an outlet's pages or listings have become empty; the worse of both."""
    found = [each for each in (_pages(history, now), _listings(history)) if each is not None]
    return max(found, key=lambda each: (not each.is_carried, each.severity), default=None)


def _pages(history: History, now: datetime) -> Judgment | None:
    incident = history.open_incident("emptied")
    if incident is not None and incident.evidence.get("what") != "pages":
        incident = None
    count = _tried_of(history)
    sound = {day.day for day in history.sound_days(*EXPLAINED)}
    days = [day for day in history.days_of(incident) if day.day in sound]
    length, recent = window(days, now.date(), WINDOWS, count, PAGES_MIN)
    tried, articles = sum(map(count, recent)), sum(day.article_count for day in recent)
    if tried < PAGES_MIN:
        return carried(incident)
    first = min(day.day for day in recent if count(day))
    known = [day for day in history.sound_days("emptied", *EXPLAINED) if day.day < first]
    usual = _usual_share(known, count, tried)
    if tried - articles < PAGES_MIN or usual == 0:
        return carried(incident) if incident and articles / tried < FALL * usual else None
    upper = wilson(articles, tried, Z)[1]
    lowest = _lowest_share(known, length, count)
    severity = min(
        (1 - articles / tried) / (1 - FALL * usual),
        (1 - upper) / (1 - FALL * usual - MARGIN),
    )
    if severity < 1 or (lowest is not None and articles / tried >= FALL * lowest):
        return None
    evidence = {
        "what": "pages",
        "expected": round(usual, 3),
        "came": round(articles / tried, 3),
        "pages": tried,
        "articles": articles,
        **_outcomes(recent),
        "days": length,
        "known_days": len(known),
        "suggestion": "check",
    }
    began_at = incident.began_at if incident else None
    began_at = began_at or _empty_since(history, first, FALL * usual, count)
    return Judgment(history.outlet, "emptied", round(severity, 2), began_at, evidence)


def _usual_share(known: list[Day], count: Callable[[Day], int], tried: int) -> float:
    """Return the share of pages that are usually articles, 0 where that cannot be told yet."""
    known_tried = sum(map(count, known))
    articles = sum(day.article_count for day in known)
    if not articles and known_tried + tried >= KNOWN_PAGES_MIN:
        return USUAL_SHARE
    return articles / known_tried if known_tried >= KNOWN_PAGES_MIN else 0.0


def _empty_since(
    history: History, first: date, limit: float, count: Callable[[Day], int]
) -> datetime:
    def is_empty(day: Day) -> bool | None:
        return day.article_count < limit * count(day) if count(day) else None

    return since_when(history.days, first, is_empty)


def _outcomes(days: list[Day]) -> dict[str, int]:
    return {
        "no_article": sum(day.no_article_count for day in days),
        "quarantined": sum(day.quarantined_count for day in days),
        "gone": sum(day.gone_count for day in days),
        "failed": sum(day.failed_count for day in days),
    }


def _tried_of(history: History) -> Callable[[Day], int]:
    """Return what counts a day's pages that ought to be articles: walls are another matter."""
    checks = challenges(history)

    def tried(day: Day) -> int:
        failed = max(0, day.failed_count - day.refused_count)
        return max(0, day.pages + failed - day.consent_count - checks.get(day.day, 0))

    return tried


def _lowest_share(known: list[Day], length: int, count: Callable[[Day], int]) -> float | None:
    """Return the lowest share of articles that as many days brought before, the worst left out."""
    shares = sorted(
        sum(day.article_count for day in part) / tried
        for part in (known[start : start + length] for start in range(0, len(known), length))
        if (tried := sum(map(count, part))) >= PAGES_MIN
    )
    return shares[min(1, len(shares) - 1)] if shares else None


def _listings(history: History) -> Judgment | None:
    incident = history.open_incident("emptied")
    if incident is not None and incident.evidence.get("what") == "pages":
        incident = None
    found = [each for state in history.listings if (each := _listing(state)) is not None]
    if not found:
        return carried(incident) if incident and _is_still(history, incident) else None
    usual, what, state, began_at = max(found, key=lambda each: each[0])
    share = len(found) / len(history.listings)
    evidence: dict[str, object] = {
        "what": what,
        "expected": usual,
        "came": 0,
        "listing": state.url,
        "listings": len(found),
        "of_listings": len(history.listings),
        "suggestion": "check_listing",
    }
    if what == "unreadable":
        evidence |= {"problem": state.problem, "failures": state.failures}
    if incident and incident.began_at:
        began_at = min(incident.began_at, began_at)
    return Judgment(history.outlet, "emptied", round(1 + share, 2), began_at, evidence)


def _is_still(history: History, incident: Incident) -> bool:
    """Tell whether the listing of an incident is as it was, though what it held is long past."""
    return any(
        state.url == incident.evidence.get("listing")
        and (state.problem != "" or (bool(state.readings) and not state.readings[0][1]))
        for state in history.listings
    )


def _listing(state: ListingState) -> Empty | None:
    """Return what a listing usually held, how it is empty, itself, and since when; or None."""
    held = [count for _, count in state.readings if count > 0]
    usual = statistics.median(held) if held else 0.0
    if state.problem:
        if is_refusal(state.status) or ROBOTS_FORBID in state.problem:
            return None
        since = state.failing_since
        is_long = since is not None and state.checked_at - since >= FAILING_FOR
        if since is None or not is_long or state.failures < LOOKS_MIN:
            return None
        return usual, "unreadable", state, since
    empty = 0
    for _, count in state.readings:
        if count:
            break
        empty += 1
    before = state.readings[empty:]
    if not empty or len(before) < READINGS_MIN or usual < MANY:
        return None
    since = state.readings[empty - 1][0]
    is_usual = sum(not count for _, count in before) > EMPTY_SHARE_MAX * len(before)
    if is_usual or state.checked_at - since < EMPTY_FOR:
        return None
    return usual, "listing", state, since
