"""Drifted and slow: articles without author or date, shorter, or later than they used to be. Pure.

A new design of an outlet's pages shows here first: pages still give articles, and less of each.
"""

import itertools
import math
import statistics
from collections.abc import Callable
from datetime import date, datetime, timedelta

from scraper.records import Incident, Judgment
from scraper.watch.baselines import MAD_SCALE, deviation, quantile, weighted_median, wilson
from scraper.watch.history import (
    ONE_DAY,
    Day,
    History,
    carried,
    midnight,
    number_in,
    since_when,
    window,
)

WINDOWS = (1, 2, 3, 5, 7, 14, 21, 28)  # days, the shortest that holds enough articles
ARTICLES_MIN = 10
# Where these take more than a week, fewer will do: they are of different days, and of other hands.
FEW_ARTICLES_MIN, FEW_WINDOWS = 7, (5, 7, 14, 21, 28)
A_WEEK = 7
KNOWN_ARTICLES_MIN = 12
KNOWN_WORDS_DAYS = 10  # days with articles, before the spread of lengths can be told
KNOWN_WEEKEND_MIN = 20  # articles, before weekends are told from other days
KNOWN_DAYS_MIN = 5
USUAL_SHARE_MIN = 0.3  # below, too few have the field for its absence to be told
FALL = 0.5  # of what is usual: the brief of an alarm is "missing or halved"
BACK = 0.6  # of what is usual, from which an open incident is over
# A share is low for certain if even the upper bound of its sample (one-sided 0.1 % of a normal,
# since each outlet is judged many times) lies below what is usual.
Z = 3.1
CERTAIN = 0.8  # of what is usual
WEEKEND = 5  # Saturday's number
LOWEST_QUANTILE = 0.1  # of earlier stretches of that length; a stretch of bad luck may be below
WORDS_DEVIATIONS = 4.0  # of what the median of so many articles usually varies by
ACCEPTED_AFTER = timedelta(weeks=8)  # what nobody minded for so long is the outlet's new way

SLOW_DAYS = 2  # the last ones with enough requests, all of them slow
KNOWN_SLOW_DAYS = 6
LATENCY_FACTOR, LATENCY_MIN_MS = 4.0, 5000  # a reader leaves after 3 s; a third of the time limit
LATENCY_REQUESTS_MIN = 3
DELAY_FACTOR, DELAY_MIN_SECONDS = 3.0, 6 * 3600
DELAY_ARTICLES_MIN = 3
SLOW_DEVIATIONS = 5.0
SCHEDULE_KEPT = 0.75  # of the usual looks a day; with fewer, the delay is ours


def judge_drift(history: History, now: datetime) -> list[Judgment]:
    """Judge whether authors, dates or texts of new articles have become fewer or shorter."""
    found = [
        _share(history, "author", lambda day: day.author_count, now),
        _share(history, "date", lambda day: day.dated_count, now),
        _words(history, now),
    ]
    return [each for each in found if each is not None]


def _articles(day: Day) -> int:
    return day.article_count


def _latest(days: list[Day], today: date) -> tuple[int, list[Day]]:
    """Return the last days that hold enough articles to be judged by, and how many days."""
    length, recent = window(days, today, WINDOWS, _articles, ARTICLES_MIN)
    if length <= A_WEEK:
        return length, recent
    return window(days, today, FEW_WINDOWS, _articles, FEW_ARTICLES_MIN)


def _share(
    history: History, field: str, having: Callable[[Day], int], now: datetime
) -> Judgment | None:
    incident = _open(history, "drifted", field, now)
    days = history.days_of(incident)
    length, recent = _latest(days, now.date())
    articles = sum(map(_articles, recent))
    if articles < FEW_ARTICLES_MIN:
        return carried(incident)
    share = sum(map(having, recent)) / articles
    first = min(day.day for day in recent if day.article_count)
    known = [day for day in history.sound_days("drifted") if day.day < first and day.article_count]
    known_articles = sum(map(_articles, known))
    if known_articles < KNOWN_ARTICLES_MIN or len(known) < KNOWN_DAYS_MIN:
        return carried(incident) if _is_below(incident, share) else None
    usual = _usual_share(known, recent, having)
    lowest = _lowest_share(known, length, having)
    upper = wilson(sum(map(having, recent)), articles, Z)[1]
    limit = (BACK if incident else FALL) * usual
    severity = min((1 - share) / (1 - limit), (1 - upper) / (1 - CERTAIN * usual))
    if usual < USUAL_SHARE_MIN or severity < 1 or share > lowest:
        return carried(incident) if _is_below(incident, share) else None
    evidence = {
        "what": "share",
        "expected": round(usual, 3),
        "came": round(share, 3),
        "articles": articles,
        "known_articles": known_articles,
        "days": length,
        "known_days": len(known),
        "suggestion": "check",
    }
    began_at = incident.began_at if incident else None
    began_at = began_at or _lacking_since(history, first, limit, having)
    return Judgment(history.outlet, "drifted", round(severity, 2), began_at, evidence, field)


def _lacking_since(
    history: History, first: date, limit: float, having: Callable[[Day], int]
) -> datetime:
    def is_lacking(day: Day) -> bool | None:
        return having(day) <= limit * day.article_count if day.article_count else None

    return since_when(history.days, first, is_lacking)


def _usual_share(known: list[Day], recent: list[Day], having: Callable[[Day], int]) -> float:
    """Return the share to be expected of recent days: weekends bring agency copy, without authors.

    Each recent day counts by its articles, at the share of weekends or of other days. While
    weekends are hardly known, they are taken to be as low as would be an alarm otherwise.
    """
    overall = sum(map(having, known)) / sum(map(_articles, known))
    shares = {False: overall, True: FALL * overall}
    for is_weekend in shares:
        days = [day for day in known if (day.day.weekday() >= WEEKEND) is is_weekend]
        articles = sum(map(_articles, days))
        if articles >= KNOWN_WEEKEND_MIN:
            shares[is_weekend] = sum(map(having, days)) / articles
    total = sum(map(_articles, recent))
    return sum(shares[day.day.weekday() >= WEEKEND] * _articles(day) for day in recent) / total


def _lowest_share(known: list[Day], length: int, having: Callable[[Day], int]) -> float:
    """Return half of a low share of earlier stretches: agency copy at weekends has no authors."""
    shares = [
        sum(map(having, part)) / articles
        for part in (known[start : start + length] for start in range(len(known)))
        if (articles := sum(map(_articles, part))) >= ARTICLES_MIN
    ]
    return FALL * quantile(shares, LOWEST_QUANTILE) if shares else 1.0


def _words(history: History, now: datetime) -> Judgment | None:
    incident = _open(history, "drifted", "body", now)
    days = history.days_of(incident)
    length, recent = _latest(days, now.date())
    articles = sum(map(_articles, recent))
    if articles < FEW_ARTICLES_MIN:
        return carried(incident)
    # Of two days a median would be one of them, and half the articles.
    words = sum((day.median_words or 0) * day.article_count for day in recent) / articles
    first = min(day.day for day in recent if day.article_count)
    known = [
        day
        for day in history.sound_days("drifted")
        if day.day < first and day.article_count and day.median_words is not None
    ]
    known_articles = sum(map(_articles, known))
    if known_articles < KNOWN_ARTICLES_MIN or len(known) < KNOWN_WORDS_DAYS:
        return carried(incident) if _is_below(incident, words) else None
    usual = weighted_median((day.median_words or 0, day.article_count) for day in known)
    spread = _words_spread(known, usual) / math.sqrt(articles)
    limit = (BACK if incident else FALL) * usual
    if words > limit or words > usual - WORDS_DEVIATIONS * spread:
        return carried(incident) if _is_below(incident, words) else None
    evidence = {
        "what": "words",
        "expected": round(usual),
        "came": round(words),
        "articles": articles,
        "known_articles": known_articles,
        "days": length,
        "known_days": len(known),
        "suggestion": "check",
    }
    severity = round(min((usual - words) / (usual - limit), 9.0), 2)
    began_at = incident.began_at if incident else None
    began_at = began_at or _short_since(history, first, limit)
    return Judgment(history.outlet, "drifted", max(severity, 1.0), began_at, evidence, "body")


def _short_since(history: History, first: date, limit: float) -> datetime:
    def is_short(day: Day) -> bool | None:
        return day.median_words <= limit if day.median_words is not None else None

    return since_when(history.days, first, is_short)


def _words_spread(known: list[Day], usual: float) -> float:
    """Return the spread of the length of single articles, from medians of days.

    A day's median varies the less the more articles it has, by the root of their number.
    """
    return MAD_SCALE * statistics.median(
        abs((day.median_words or 0) - usual) * math.sqrt(day.article_count) for day in known
    )


def judge_slowness(history: History, now: datetime) -> Judgment | None:
    """Judge whether answers take far longer than usual, or articles come far later."""
    incident = _open(history, "slow", "", now)
    found = [each for each in (_latency(history, now), _delay(history, now)) if each is not None]
    if found:
        worst = max(found, key=lambda each: each.severity)
        if incident is None:
            return worst
        return Judgment(worst.outlet, "slow", worst.severity, incident.began_at, worst.evidence)
    is_looked_at = history.looked_at is not None and incident is not None
    if is_looked_at and incident and history.looked_at and history.looked_at > incident.seen_at:
        return None
    return carried(incident)


def _latency(history: History, now: datetime) -> Judgment | None:
    days = [day for day in history.days if day.request_count >= LATENCY_REQUESTS_MIN]
    found = _risen(
        history,
        [day for day in days if day.latency_ms is not None],
        lambda day: day.latency_ms or 0,
        LATENCY_FACTOR,
        LATENCY_MIN_MS,
    )
    return found and _slow(history, "latency", found, {"suggestion": "wait"})


def _delay(history: History, now: datetime) -> Judgment | None:
    days = [
        day
        for day in history.days
        if day.article_count >= DELAY_ARTICLES_MIN and day.median_delay_seconds is not None
    ]
    found = _risen(
        history,
        days,
        lambda day: day.median_delay_seconds or 0,
        DELAY_FACTOR,
        DELAY_MIN_SECONDS,
    )
    if found is None:
        return None
    _, came, first = found
    since = first.day - timedelta(seconds=came) - ONE_DAY
    known = [day.looks for day in days if day.day < since]
    lately = [day for day in history.days if since <= day.day < now.date()]
    looks = sum(day.looks for day in lately) / max(1, (now.date() - since).days)
    usual = statistics.median(known) if known else 0
    if looks < SCHEDULE_KEPT * usual:
        return None
    more: dict[str, object] = {
        "checks": round(looks, 1),
        "expected_checks": usual,
        "suggestion": "check_listing",
    }
    return _slow(history, "delay", found, more)


def _risen(
    history: History,
    days: list[Day],
    value: Callable[[Day], int],
    factor: float,
    least: float,
) -> tuple[float, float, Day] | None:
    """Return what is usual, what there is now and since which day, if the last days all rose."""
    sound = {day.day for day in history.sound_days("slow")}
    recent = days[-SLOW_DAYS:]
    known = [value(day) for day in days[:-SLOW_DAYS] if day.day in sound]
    if len(known) < KNOWN_SLOW_DAYS:
        return None
    usual = statistics.median(known)
    limit = max(factor * usual, least, usual + SLOW_DEVIATIONS * deviation(known))
    came = min(map(value, recent))
    if came <= limit:
        return None
    return usual, came, list(itertools.takewhile(lambda day: value(day) > limit, days[::-1]))[-1]


def _slow(
    history: History, what: str, found: tuple[float, float, Day], more: dict[str, object]
) -> Judgment:
    usual, came, first = found
    least = LATENCY_MIN_MS if what == "latency" else DELAY_MIN_SECONDS
    factor = LATENCY_FACTOR if what == "latency" else DELAY_FACTOR
    evidence = {
        "what": what,
        "expected": round(usual),
        "came": round(came),
        "days": SLOW_DAYS,
        "known_days": len(history.sound_days("slow")),
        **more,
    }
    severity = round(max(1.0, came / max(factor * usual, least)), 2)
    return Judgment(history.outlet, "slow", severity, midnight(first.day), evidence)


def _open(history: History, kind: str, field: str, now: datetime) -> Incident | None:
    """Return the open incident, None for one so old that it is the outlet's new way."""
    incident = history.open_incident(kind, field)
    if incident is not None and now - incident.opened_at > ACCEPTED_AFTER:
        return None
    return incident


def _is_below(incident: Incident | None, value: float) -> bool:
    """Tell whether an open incident's value is still as low as when that was judged."""
    if incident is None:
        return False
    expected = number_in(incident.evidence, "expected")
    return expected is not None and value < BACK * expected
