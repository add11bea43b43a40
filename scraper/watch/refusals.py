"""Blocked and moved: most requests are refused, or lead to another site. Pure."""

import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from scraper.archive.values import time_text
from scraper.records import Incident, Judgment
from scraper.urls import same_site
from scraper.watch.baselines import wilson
from scraper.watch.history import (
    ONE_DAY,
    Asked,
    Day,
    History,
    carried,
    midnight,
    since_when,
    window,
)

REFUSALS = (401, 403, 429, 451)  # RFC 9110, 6585 and 7725: who asks, not what is asked
ROBOTS_FORBID = "robots.txt forbids"  # begins what the crawl notes of such an address
ASKED_DAYS = 14  # of requests by kind and status that are read
WINDOWS = (1, 2, 3, 4, 5, 7, ASKED_DAYS)  # days, the shortest that holds enough requests
REQUESTS_MIN = 4  # a listing that refuses is asked about once a day
PAGES_MIN = 6  # some pages are for subscribers: four in a row may be chance
MOST = 0.5
Z = 1.64  # one-sided 5 % of a normal: four of four are most, four of five are not
USUAL_MAX = 0.25  # share that is usual of an outlet with some pages for subscribers
STILL = 0.35  # share from which an open incident goes on
ANSWERED_MIN = 2  # answers on days without any refusal, after which it does not


def is_refusal(status: int | None) -> bool:
    """Tell whether an answer refuses whoever asks."""
    return status in REFUSALS


def judge_refusals(history: History, now: datetime) -> Judgment | None:
    """Judge whether an outlet refuses most of what is asked, in any way; the worst of them."""
    incident = history.open_incident("blocked")
    found = [
        each
        for each in (
            _robots(history, now),
            *(_statuses(history, kind, now) for kind in ("listing", "article")),
            _walls(history, "consent", now),
            _walls(history, "challenge", now),
        )
        if each is not None
    ]
    if not found:
        return carried(incident) if incident and not _can_tell(history, incident, now) else None
    worst = max(found, key=lambda each: each.severity)
    if incident is None:
        return worst
    return Judgment(worst.outlet, worst.kind, worst.severity, incident.began_at, worst.evidence)


def _began(incident: Incident | None) -> date:
    """Return the first day that tells of an open incident; days before it would call it well."""
    return incident.began_at.date() if incident and incident.began_at else date.min


def _can_tell(history: History, incident: Incident, now: datetime) -> bool:
    """Tell whether enough of what was refused, or moved, was asked again to call it well."""
    first = max(now.date() - (WINDOWS[-1] - 1) * ONE_DAY, _began(incident))
    recent = [day for day in history.days if day.day >= first]
    what, asked = incident.evidence.get("what"), incident.evidence.get("asked")
    if what == "refused":
        answered = [each for each in history.asked if each.kind == asked and each.day >= first]
        least = PAGES_MIN if asked == "article" else REQUESTS_MIN
        return sum(each.requests for each in answered) >= least
    if what in ("consent", "challenge"):
        return sum(day.pages for day in recent) >= PAGES_MIN
    if what == "articles":
        return sum(day.fetched_count for day in recent) >= PAGES_MIN
    return history.looked_at is not None and history.looked_at > incident.seen_at


def _statuses(history: History, kind: str, now: datetime) -> Judgment | None:
    incident = history.open_incident("blocked")
    asked = [each for each in history.asked if each.kind == kind]
    least = PAGES_MIN if kind == "article" else REQUESTS_MIN
    recent: list[Asked] = []
    length = 0
    for length in WINDOWS:
        first = max(now.date() - (length - 1) * ONE_DAY, _began(incident))
        recent = [each for each in asked if each.day >= first]
        if sum(each.requests for each in recent) >= least:
            break
    requests = sum(each.requests for each in recent)
    refused = sum(each.refused for each in recent)
    if requests < least or _is_over([(each.requests, each.refused) for each in recent]):
        return None
    known = [
        day for day in history.sound_days("blocked") if day.day < min(each.day for each in recent)
    ]
    usual = _share((day.refused_count for day in known), (day.request_count for day in known))
    severity = _severity(refused, requests, incident)
    if severity < 1 or refused / requests <= 2 * usual:
        return None
    evidence = {
        "what": "refused",
        "expected": round(usual, 3),
        "came": round(refused / requests, 3),
        "requests": requests,
        "refused": refused,
        "asked": kind,
        "days": length,
        "known_days": len(known),
    } | _refusing(recent, refused)
    began_at = midnight(_refused_since(asked, recent))
    return Judgment(history.outlet, "blocked", severity, began_at, evidence)


def _is_over(days: list[tuple[int, int]]) -> bool:
    """Tell whether the last days, of so many answers and refusals, are without any refusal."""
    last = itertools.takewhile(lambda day: not day[1], reversed(days))
    return sum(answers for answers, _ in last) >= ANSWERED_MIN


def _refusing(recent: list[Asked], refused: int) -> dict[str, object]:
    """Return with which statuses, by which host, and what to do about it."""
    statuses: Counter[str] = Counter()
    for each in recent:
        statuses.update(each.statuses)
    return {
        "statuses": {status: n for status, n in statuses.items() if is_refusal(int(status))},
        "host": max(recent, key=lambda each: each.refused).host,
        "suggestion": "slow_down" if statuses["429"] * 2 > refused else "ask_permission",
    }


def _refused_since(asked: list[Asked], recent: list[Asked]) -> date:
    began = min(each.day for each in recent if each.refused)
    for each in reversed(asked):
        if each.day < began and each.refused <= STILL * each.requests:
            break
        began = min(began, each.day)
    return began


def _walls(history: History, what: str, now: datetime) -> Judgment | None:
    """Judge pages that are a consent wall or a check for robots in place of their article."""
    checks = challenges(history)

    def walls(day: Day) -> int:
        return day.consent_count if what == "consent" else checks.get(day.day, 0)

    incident = history.open_incident("blocked")
    days = [day for day in history.days if day.day >= _began(incident)]
    length, recent = window(days, now.date(), WINDOWS, lambda day: day.pages, PAGES_MIN)
    pages, walled = sum(day.pages for day in recent), sum(map(walls, recent))
    if pages < PAGES_MIN or _is_over([(day.pages, walls(day)) for day in recent]):
        return None
    first = min(day.day for day in recent)
    known = [day for day in history.sound_days("blocked") if day.day < first]
    usual = _share(map(walls, known), (day.pages for day in known))
    severity = _severity(walled, pages, incident)
    if severity < 1 or usual > USUAL_MAX:
        return None
    evidence = {
        "what": what,
        "expected": round(usual, 3),
        "came": round(walled / pages, 3),
        "requests": pages,
        "refused": walled,
        "asked": "article",
        "days": length,
        "known_days": len(known),
        "suggestion": "ask_permission",
    }
    began_at = since_when(
        history.days, first, lambda day: walls(day) > STILL * day.pages if day.pages else None
    )
    return Judgment(history.outlet, "blocked", severity, began_at, evidence)


def challenges(history: History) -> dict[date, int]:
    """Return each day's pages that were a check for robots: refused, but not by their status.

    Requests are known by their status for the last ASKED_DAYS only.
    """
    by_status: Counter[date] = Counter()
    for each in history.asked:
        by_status[each.day] += each.refused
    return {
        day.day: min(day.no_article_count, max(0, day.refused_count - by_status[day.day]))
        for day in history.days
        if day.day in by_status
    }


def _robots(history: History, now: datetime) -> Judgment | None:
    forbidden = [state for state in history.listings if ROBOTS_FORBID in state.problem]
    _, recent = window(history.days, now.date(), (3,), lambda day: 0, 0)
    fetched = sum(day.fetched_count for day in recent)
    severity = _severity(history.forbidden, fetched, None) if fetched >= PAGES_MIN else 0.0
    if not forbidden and severity < 1:
        return None
    of_listings = len(history.listings)
    evidence: dict[str, object] = {
        "what": "robots",
        "expected": 0,
        "came": len(forbidden),
        "of_listings": of_listings,
        "requests": fetched,
        "refused": history.forbidden,
        "suggestion": "exclude",
    }
    if forbidden:
        evidence["listing"] = forbidden[0].url
        severity = 1 + len(forbidden) / max(of_listings, 1)
    if history.robots_changed_at:
        evidence["changed_at"] = time_text(history.robots_changed_at)
    seen = (state.failing_since or state.checked_at for state in forbidden)
    began_at = history.robots_changed_at or min(seen, default=now)
    return Judgment(history.outlet, "blocked", round(severity, 2), began_at, evidence)


def judge_moves(history: History, now: datetime) -> Judgment | None:
    """Judge whether an outlet's listings or articles have come to be on another site."""
    incident = history.open_incident("moved")
    found = _moved_listing(history) or _moved_articles(history, now)
    if found is None:
        return carried(incident) if incident and not _can_tell(history, incident, now) else None
    if incident is None:
        return found
    return Judgment(found.outlet, "moved", found.severity, incident.began_at, found.evidence)


def _moved_listing(history: History) -> Judgment | None:
    usual = _usual_hosts(history)
    moved = [
        state
        for state in history.listings
        if state.redirected_to
        and not state.problem
        and not same_site(state.redirected_to, state.url)
        and _host(state.redirected_to) not in usual
    ]
    if not moved:
        return None
    evidence = {
        "what": "listing",
        "expected": 0,
        "came": round(len(moved) / len(history.listings), 3),
        "host": _host(moved[0].redirected_to),
        "listing": moved[0].url,
        "answers": len(moved),
        "suggestion": "redeclare",
    }
    severity = round(1 + len(moved) / len(history.listings), 2)
    began_at = _first_seen(history, moved[0].redirected_to) or moved[0].checked_at
    return Judgment(history.outlet, "moved", severity, began_at, evidence)


def _moved_articles(history: History, now: datetime) -> Judgment | None:
    incident = history.open_incident("moved")
    days = [day for day in history.days if day.day >= _began(incident)]
    length, recent = window(days, now.date(), WINDOWS, lambda day: day.fetched_count, PAGES_MIN)
    fetched = sum(day.fetched_count for day in recent)
    hosts: Counter[str] = Counter()
    for day in recent:  # listings that lead elsewhere are counted there as well
        for name, count in day.other_hosts.items():
            hosts[name] += min(count, day.no_article_count)
    if fetched < PAGES_MIN or not any(hosts.values()):
        return None
    host, answers = hosts.most_common(1)[0]
    severity = _severity(answers, fetched, incident)
    if severity < 1 or host in _usual_hosts(history):
        return None
    evidence = {
        "what": "articles",
        "expected": 0,
        "came": round(min(1.0, answers / fetched), 3),
        "host": host,
        "answers": answers,
        "days": length,
        "suggestion": "redeclare",
    }
    return Judgment(history.outlet, "moved", severity, _first_seen(history, host) or now, evidence)


def _usual_hosts(history: History) -> set[str]:
    """Return other sites' hosts that the outlet led to on many days before, as a feed service."""
    days = history.sound_days("moved")
    counts: Counter[str] = Counter()
    for day in days:
        counts.update(day.other_hosts.keys())
    return {host for host, count in counts.items() if count > USUAL_MAX * len(days)}


def _first_seen(history: History, host: str) -> datetime | None:
    for day in history.days:
        if _host(host) in day.other_hosts:
            return midnight(day.day)
    return None


def _host(address: str) -> str:
    """Return the host of an address, or of what is one already."""
    return address.split("://")[-1].split("/")[0].split(":")[0].lower()


def _share(parts: Iterable[int], wholes: Iterable[int]) -> float:
    part, whole = sum(parts), sum(wholes)
    return part / whole if whole else 0.0


def _severity(part: int, whole: int, incident: Incident | None) -> float:
    """Return how surely a share is most of all; an open incident ends at less than it began."""
    lower = wilson(part, whole, Z)[0]
    if incident is not None and part / whole >= STILL:
        return round(max(1.0, lower / MOST), 2)
    return round(lower / MOST, 2)
