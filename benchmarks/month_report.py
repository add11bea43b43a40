"""What a simulated month shows: archive and server's log, compared with the world's truth."""

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from month_plan import OUTAGES, REDESIGNS, RHYTHMS, Piece, Plan, PlannedOutlet
from month_server import Asked
from month_world import MonthWorld, in_print, text_of

from scraper.demo.listings import DISALLOWED
from scraper.extraction.kind.verdict import BODY_MIN_WORDS
from scraper.extraction.words import word_count
from scraper.urls import canonical_url

LONGEST_LOOK = timedelta(hours=30)  # in which any listing is asked once: a day, and some
WATCHED = timedelta(days=8)  # after publication, by when its last look has been
WITH_TIMES = ("atom", "json feed", "sitemap", "sitemap index")  # listings that tell of changes
AGES = (("first hour", 1), ("1 to 6 h", 6), ("6 to 24 h", 24), ("1 to 3 d", 72), ("later", 24 * 99))
RATES = (
    ("less than one in 2 days", 0.5), ("one in 1 to 2 days", 1), ("1 to 2 a day", 2),
    ("2 to 5 a day", 5), ("5 to 20 a day", 20), ("more a day", 1e9),
)  # fmt: skip
STAMPED = timedelta(seconds=1)  # moments of the archive are whole seconds
ARRIVAL_SECONDS = 0.1  # by which two arrivals may be noted closer than they were sent
JITTER = 0.5  # Scrapy waits half to one and a half times DOWNLOAD_DELAY
AFTERWARDS = timedelta(days=2)  # an alarm may come so long after what it tells of is over
# Which incidents tell of which break. Outages are told or not, as their length deserves.
TELLING: dict[str, tuple[str, ...]] = {
    "frozen": ("silent",),
    "emptied": ("emptied", "silent"),
    "no author": ("drifted author",),
    "no date": ("drifted date",),
    "short body": ("drifted body",),
    "forbidden": ("blocked", "silent", "emptied"),
    "too many": ("blocked", "silent", "emptied"),
    "challenge": ("blocked", "silent", "emptied"),
    "moved": ("moved", "silent", "emptied"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One article of the archive, and the moments its revisions were captured."""

    url: str
    outlet: str
    captured_at: datetime
    revised_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is compared: `held`, and what came of each offer, by outlet and article's number."""

    plan: Plan
    end: datetime
    asked: Sequence[Asked]
    held: dict[tuple[str, int], Held]
    doubled: list[str]
    strange: list[str]
    incidents: list[dict[str, Any]]
    outcomes: dict[tuple[str, int], str]

    def outlets(self) -> Iterable[PlannedOutlet]:
        """Return every outlet."""
        return self.plan.outlets.values()


def gather(plan: Plan, db: Path, asked: Sequence[Asked], end: datetime) -> Evidence:
    """Read an archive."""
    world = MonthWorld(plan, lambda: end)
    places = {
        canonical_url(world.url(slug, piece)): (slug, piece.number)
        for slug, outlet in plan.outlets.items()
        for piece in outlet.pieces
    }
    held: dict[tuple[str, int], Held] = {}
    doubled, strange = [], []
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        revised = defaultdict(list)
        for row in connection.execute("SELECT article, captured_at FROM revisions ORDER BY number"):
            revised[row["article"]].append(datetime.fromisoformat(row["captured_at"]))
        for row in connection.execute("SELECT id, url, outlet, captured_at FROM articles"):
            place = places.get(row["url"])
            if place is None:
                strange.append(row["url"])
            elif place in held:
                doubled.append(row["url"])
            else:
                first = datetime.fromisoformat(row["captured_at"])
                moments = tuple(revised[row["id"]])
                held[place] = Held(row["url"], row["outlet"], first, moments)
        incidents = [dict(row) for row in connection.execute("SELECT * FROM incidents")]
        outcomes = {
            places[row["url"]]: f"{row['state']} {row['outcome'] or ''}".strip()
            for row in connection.execute("SELECT url, state, outcome FROM candidates")
            if row["url"] in places
        }
    connection.close()
    return Evidence(plan, end, asked, held, doubled, strange, incidents, outcomes)


def report(evidence: Evidence, delay_seconds: float) -> dict[str, Any]:
    """Return everything that a month shows."""
    return {
        "requests per day and outlet": requests(evidence),
        "delay from publication to archive, minutes": delays(evidence),
        "changes caught": changes(evidence),
        "alarms": alarms(evidence),
        "courtesy": courtesy(evidence, delay_seconds),
        "articles": losses(evidence),
    }


def spread(values: Iterable[float]) -> dict[str, float]:
    """Return how many, median, 95th percentile and largest."""
    found = sorted(values)
    if not found:
        return {"count": 0}
    p95 = quantiles(found, n=20, method="inclusive")[-1] if len(found) > 1 else found[0]
    told = {"median": median(found), "p95": p95, "max": found[-1]}
    return {"count": len(found)} | {name: round(value, 1) for name, value in told.items()}


def requests(evidence: Evidence) -> dict[str, Any]:
    """Return the requests of each outlet on each day, by what they were for."""
    world = MonthWorld(evidence.plan, lambda: evidence.end)
    days: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    seen = set()
    for asked in evidence.asked:
        slug = asked.outlet.removesuffix("@new")
        piece = world.piece(slug, asked.path)
        kind = "robots" if asked.path == "/robots.txt" else "listings"
        if piece is not None:
            kind = "revisits" if (slug, piece.number) in seen else "articles"
            seen.add((slug, piece.number))
        for name in (kind, "all"):
            days[name][slug, asked.at.date().isoformat()] += 1
    whole = [
        slug_day
        for slug_day in days["all"]
        if slug_day[1] != evidence.plan.start.date().isoformat()
    ]
    table: dict[str, Any] = {
        name: spread(days[name][place] for place in whole)
        for name in ("listings", "articles", "revisits", "robots", "all")
    }
    statuses = Counter(asked.status for asked in evidence.asked)
    return table | {
        "in all": len(evidence.asked),
        "conditional": sum(asked.is_conditional for asked in evidence.asked),
        "statuses": dict(sorted(statuses.items())),
    }


def undisturbed(outlet: PlannedOutlet, begin: datetime, end: datetime) -> bool:
    """Tell whether nothing kept a crawler from an outlet between two moments."""
    breaks = [b for b in outlet.breaks if b.kind not in REDESIGNS]
    return not any(b.begins < end and begin < b.ends for b in breaks)


def delays(evidence: Evidence) -> dict[str, Any]:
    """Return the minutes from publication to the first capture, by rhythm and by week."""
    found: dict[str, list[float]] = defaultdict(list)
    for outlet, piece, held in _archived(evidence):
        if not undisturbed(outlet, piece.published_at, held.captured_at):
            continue
        minutes = (held.captured_at - piece.published_at) / timedelta(minutes=1)
        week = (piece.published_at - evidence.plan.start) // timedelta(days=7) + 1
        for name in ("all", outlet.rhythm, f"week {week}", _rate(outlet, evidence)):
            found[name].append(minutes)
    weeks = sorted(name for name in found if name.startswith("week "))
    rates = [name for name, _ in RATES if name in found]
    return {name: spread(found[name]) for name in ("all", *RHYTHMS, *weeks, *rates)}


def _rate(outlet: PlannedOutlet, evidence: Evidence) -> str:
    """Return how much an outlet publishes, in words."""
    start, end = evidence.plan.start, evidence.end
    days = max((end - start) / timedelta(days=1), 1.0)
    rate = sum(start <= piece.published_at < end for piece in outlet.pieces) / days
    return RATES[bisect_right([limit for _, limit in RATES], rate)][0]


def _archived(evidence: Evidence) -> Iterable[tuple[PlannedOutlet, Piece, Held]]:
    for outlet in evidence.outlets():
        for piece in outlet.pieces:
            held = evidence.held.get((outlet.slug, piece.number))
            if held is not None and piece.published_at >= evidence.plan.start:
                yield outlet, piece, held


def changes(evidence: Evidence) -> dict[str, Any]:
    """Return which edits were seen, by their age and by whether listings tell of them."""
    found: dict[str, list[float | None]] = defaultdict(list)
    last_held, false, seen_and_missed = [], 0, []
    answers = _answers(evidence)
    for outlet, piece, held in _archived(evidence):
        sent = answers[outlet.slug, piece.number]
        versions = [_sent_version(piece, sent, moment) for moment in held.revised_at]
        false += sum(a == b for a, b in pairwise(versions))
        until = piece.published_at + WATCHED
        if until > evidence.end or not undisturbed(outlet, piece.published_at, until):
            continue
        for number, edited_at in enumerate(piece.edited_at, 1):
            if number <= versions[0]:
                continue
            seen = [at for at, v in zip(held.revised_at, versions, strict=True) if v == number]
            hours = (seen[0] - edited_at) / timedelta(hours=1) if seen else None
            for name in ("all", _age(piece, edited_at), _told(outlet)):
                found[name].append(hours)
            # The others came and went between two looks.
            if not seen and number in {piece.version(at) for at in sent}:
                seen_and_missed.append(f"{outlet.slug} {piece.number} {edited_at.isoformat()}")
        if len(piece.edited_at) > versions[0]:
            last_held.append(versions[-1] == len(piece.edited_at))
    order = ("all", *(name for name, _ in AGES), "listing tells", "listing does not tell")
    table: dict[str, Any] = {name: _caught(found[name]) for name in order}
    table["latest text held"] = _share(sum(last_held), len(last_held))
    table["revisions without a change"] = false
    table["sent to us and not kept"] = len(seen_and_missed)
    return table | {"examples": seen_and_missed[:10]}


def _answers(evidence: Evidence) -> dict[tuple[str, int], list[datetime]]:
    """Return when each article was sent, or said to be as it was, in order."""
    world = MonthWorld(evidence.plan, lambda: evidence.end)
    found: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for asked in evidence.asked:
        slug = asked.outlet.removesuffix("@new")
        piece = world.piece(slug, asked.path)
        challenged = evidence.plan.outlets[slug].broken(asked.at) == "challenge"
        if piece is not None and asked.status in (200, 304) and not challenged:
            found[slug, piece.number].append(asked.at)
    return found


def _sent_version(piece: Piece, sent: Sequence[datetime], captured_at: datetime) -> int:
    # A page was sent before the moment its capture bears, and the clock runs ahead meanwhile.
    before = bisect_right(sent, captured_at + STAMPED)
    return piece.version(sent[before - 1] if before else captured_at)


def _age(piece: Piece, edited_at: datetime) -> str:
    hours = (edited_at - piece.published_at) / timedelta(hours=1)
    return AGES[bisect_right([limit for _, limit in AGES], hours)][0]


def _told(outlet: PlannedOutlet) -> str:
    tells = any(kind in WITH_TIMES for kind, _ in outlet.demo.listings)
    return "listing tells" if tells else "listing does not tell"


def _caught(hours: list[float | None]) -> dict[str, Any]:
    seen = [value for value in hours if value is not None]
    told = {name: value for name, value in spread(seen).items() if name != "count"}
    return {"share": _share(len(seen), len(hours))} | {f"hours, {n}": v for n, v in told.items()}


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "0/0"


def alarms(evidence: Evidence) -> dict[str, Any]:
    """Return which breaks were told of, how soon, and which alarms told of none."""
    hits: dict[str, list[float]] = defaultdict(list)
    misses: Counter[str] = Counter()
    right, false, tolerated = 0, [], 0
    by_outlet: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for incident in evidence.incidents:
        by_outlet[incident["outlet"]].append(incident)
    for outlet in evidence.outlets():
        for incident in by_outlet[outlet.slug]:
            broken = _break_of(outlet, incident)
            right += broken == "told"
            tolerated += broken == "outage"
            if not broken:
                false.append(f"{outlet.slug} {_name(incident)} {incident['opened_at']}")
        for planned in outlet.breaks:
            if planned.kind not in TELLING or planned.begins > evidence.end - timedelta(days=2):
                continue
            telling = [i for i in by_outlet[outlet.slug] if _break_of(outlet, i) == "told"]
            if telling:
                opened = min(datetime.fromisoformat(i["opened_at"]) for i in telling)
                hits[planned.kind].append((opened - planned.begins) / timedelta(hours=1))
            else:
                misses[planned.kind] += 1
    told = sum(map(len, hits.values()))
    table: dict[str, Any] = {
        "incidents": len(evidence.incidents),
        "recall": _share(told, told + misses.total()),
        "precision": _share(right, right + len(false)),
        "about outages, counted neither way": tolerated,
        "hours to the alarm": spread(h for hours in hits.values() for h in hours),
    }
    for kind in TELLING:
        if hits[kind] or misses[kind]:
            share = _share(len(hits[kind]), len(hits[kind]) + misses[kind])
            table[f"told: {kind}"] = {"share": share, **spread(hits[kind])}
    return table | {"false": false[:20]}


def _break_of(outlet: PlannedOutlet, incident: dict[str, Any]) -> str:
    """Return "told" for an incident about a break, "outage" for one about an outage, else ""."""
    opened = datetime.fromisoformat(incident["opened_at"])
    for planned in outlet.breaks:
        if planned.begins <= opened < planned.ends + AFTERWARDS:
            if planned.kind in OUTAGES:
                return "outage"
            return "told" if _name(incident) in TELLING[planned.kind] else ""
    return ""


def _name(incident: dict[str, Any]) -> str:
    return f"{incident['kind']} {incident['field']}".strip()


def courtesy(evidence: Evidence, delay_seconds: float) -> dict[str, Any]:
    """Return whether anything forbidden was asked, and how close requests came to one another."""
    forbidden = [a.path for a in evidence.asked if a.path.startswith(DISALLOWED)]
    by_host: dict[str, list[Asked]] = defaultdict(list)
    for asked in evidence.asked:
        by_host[asked.outlet].append(asked)
    closest = {"with Crawl-delay": 1e9, "without": 1e9}
    hasty = []
    for slug, requests_of in by_host.items():
        asks = evidence.plan.outlets[slug.removesuffix("@new")].demo.crawl_delay_seconds
        allowed = asks or delay_seconds * JITTER
        kind = "with Crawl-delay" if asks else "without"
        for first, second in pairwise(requests_of):
            gap = _gap(first, second)
            closest[kind] = min(closest[kind], gap / allowed)
            if gap < allowed - ARRIVAL_SECONDS:
                hasty.append(f"{slug} {first.path} {second.path} {gap:.3f} {second.at.isoformat()}")
    return {
        "asked though robots.txt forbids it": len(forbidden),
        "asked faster than allowed": len(hasty),
        "smallest gap, of what is allowed": {k: round(v, 2) for k, v in closest.items() if v < 1e9},
        "examples": (forbidden + hasty)[:10],
    }


def _gap(first: Asked, second: Asked) -> float:
    # Within a crawl the clock may run ahead of what really passes; between two, it is what counts.
    if first.connection == second.connection:
        return second.real_seconds - first.real_seconds
    return (second.at - first.at).total_seconds()


def losses(evidence: Evidence) -> dict[str, Any]:
    """Return what could be had and is not held, and what is held twice."""
    could, lost = 0, []
    for outlet in evidence.outlets():
        for piece in outlet.pieces:
            if piece.published_at >= evidence.plan.start and _could_be_had(outlet, piece, evidence):
                could += 1
                if (outlet.slug, piece.number) not in evidence.held:
                    what = evidence.outcomes.get((outlet.slug, piece.number), "never offered")
                    moment = piece.published_at.isoformat()
                    lost.append(f"{outlet.slug} {piece.number} {moment}: {what}")
    return {
        "held": len(evidence.held),
        "published and to be had": could,
        "lost": len(lost),
        "doubled": len(evidence.doubled),
        "no articles of this world": len(evidence.strange),
        "examples": (lost + evidence.doubled + evidence.strange)[:10],
    }


def _could_be_had(outlet: PlannedOutlet, piece: Piece, evidence: Evidence) -> bool:
    """Tell whether an article was listed and answered long enough to be found at any rhythm."""
    if piece.is_forbidden or _is_too_short(outlet, piece):
        return False
    hours, moment = timedelta(), piece.published_at
    while moment < min(evidence.end, piece.published_at + WATCHED) and piece.is_up(moment):
        if outlet.broken(moment) in ("", *REDESIGNS):
            if piece not in in_print(outlet, moment)[: outlet.feed_size]:
                return False
            hours += timedelta(hours=2)
            if hours > LONGEST_LOOK:
                return True
        moment += timedelta(hours=2)
    return False


def _is_too_short(outlet: PlannedOutlet, piece: Piece) -> bool:
    # A redesign may leave a line that is less than what is taken for an article anywhere.
    first = text_of(outlet, piece)[0].blocks[0]
    return piece.redesign == "short body" and word_count(first) < BODY_MIN_WORDS
