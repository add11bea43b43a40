"""An invented news landscape: 200 outlets in 60 countries, when they publish and are crawled.

Every outlet has a share of all articles by Zipf's law, a run a day, and spans of days in which
nothing was collected. Numbers only; the words are in `invented_texts`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LANGUAGES = ("en", "de", "fr", "es", "pt", "ru", "ar", "ja", "zh", "ko")
SHARES = (0.44, 0.10, 0.08, 0.08, 0.05, 0.06, 0.05, 0.07, 0.04, 0.03)  # of all articles
OUTLETS = (70, 20, 18, 22, 10, 12, 14, 16, 10, 8)  # of each language
SECOND_EVERY = 9  # each ninth outlet publishes in English besides
SECOND_SHARE = 0.1  # that much of what it publishes

# Countries of each language with the zone of their newsrooms.
COUNTRIES = {
    "en": "US America/New_York, GB Europe/London, IN Asia/Kolkata, CA America/Toronto, "
    "AU Australia/Sydney, NZ Pacific/Auckland, IE Europe/Dublin, ZA Africa/Johannesburg, "
    "NG Africa/Lagos, KE Africa/Nairobi, GH Africa/Accra, PK Asia/Karachi, LK Asia/Colombo, "
    "SG Asia/Singapore, PH Asia/Manila",
    "de": "DE Europe/Berlin, AT Europe/Vienna, CH Europe/Zurich, LU Europe/Luxembourg",
    "fr": "FR Europe/Paris, BE Europe/Brussels, SN Africa/Dakar, CI Africa/Abidjan, "
    "CM Africa/Douala, HT America/Port-au-Prince, ML Africa/Bamako",
    "es": "ES Europe/Madrid, MX America/Mexico_City, AR America/Argentina/Buenos_Aires, "
    "CO America/Bogota, CL America/Santiago, PE America/Lima, VE America/Caracas, "
    "UY America/Montevideo, EC America/Guayaquil, BO America/La_Paz, CR America/Costa_Rica, "
    "PY America/Asuncion",
    "pt": "BR America/Sao_Paulo, PT Europe/Lisbon, AO Africa/Luanda, MZ Africa/Maputo",
    "ru": "RU Europe/Moscow, BY Europe/Minsk, KZ Asia/Almaty, KG Asia/Bishkek",
    "ar": "EG Africa/Cairo, SA Asia/Riyadh, AE Asia/Dubai, QA Asia/Qatar, LB Asia/Beirut, "
    "JO Asia/Amman, IQ Asia/Baghdad, KW Asia/Kuwait, MA Africa/Casablanca",
    "ja": "JP Asia/Tokyo",
    "zh": "CN Asia/Shanghai, TW Asia/Taipei, HK Asia/Hong_Kong",
    "ko": "KR Asia/Seoul",
}

DAY = 86_400
START = datetime(2021, 11, 26, tzinfo=UTC)
DAYS = (datetime(2026, 11, 25, tzinfo=UTC) - START).days + 1
EPOCH = int(START.timestamp())
LAST = DAYS  # the morning after the last day of publication: one more run of every outlet

WEEKEND = 0.6  # articles of a Saturday or Sunday, of those of a weekday
NOON_SECONDS, SPREAD_SECONDS = 12 * 3600, 4.5 * 3600  # when articles come out, UTC
RUN_FIRST_SECONDS, RUN_LAST_SECONDS = 1800, 6 * 3600  # when a day's run may begin
RUN_SECONDS = 1500  # in which it captures what is new, before what is due again
LATE_SHARE, LATE_MAX_DAYS = 0.03, 120  # articles found only later
FAILED_SHARE = 0.03  # of runs
REVISED_SHARE = 0.03
GONE_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its number, slug, country, zone, language, and place among those of it."""

    number: int
    slug: str
    country: str
    timezone: str
    languages: tuple[str, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Runs:
    """What was collected when: by outlet and day, whether a run was made and whether it failed.

    `later` gives for each day the first from it on with a run that did not fail.
    """

    is_made: Flags
    is_failed: Flags
    later: Ints
    begins: Ints


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles in the order of their first capture, times in seconds since 1970.

    `captures` has a row for each revision in the order of capture: article, number, time, day.
    """

    outlet: Ints
    is_second: Flags
    published: Ints
    captured: Ints
    gone: Ints
    captures: Ints


def outlets() -> list[Outlet]:
    """Return all outlets, those of a language together."""
    found: list[Outlet] = []
    for language, count in zip(LANGUAGES, OUTLETS, strict=True):
        homes = [home.split() for home in COUNTRIES[language].split(", ")]
        for place in range(count):
            number = len(found)
            country, zone = homes[place % len(homes)]
            has_second = number % SECOND_EVERY == 0 and language != "en"
            spoken = (language, "en") if has_second else (language,)
            slug = f"{country.lower()}{language}{place + 1}"
            found.append(Outlet(number, slug, country, zone, spoken, place))
    return found


def plan_runs(chance: Generator, count: int) -> Runs:
    """Choose on which days each outlet was not crawled at all, and which runs failed."""
    is_made = np.ones((count, LAST + 1), bool)
    for outlet in range(count):
        for _ in range(int(chance.integers(2, 4))):
            begin = int(chance.integers(20, DAYS - 70))
            is_made[outlet, begin : begin + int(chance.integers(5, 61))] = False
    is_failed = is_made & (chance.random(is_made.shape) < FAILED_SHARE)
    is_failed[:, LAST] = False
    days = np.where(is_made & ~is_failed, np.arange(LAST + 1), LAST)
    later = np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1].astype(np.int64)
    begins = chance.integers(RUN_FIRST_SECONDS, RUN_LAST_SECONDS, count)
    return Runs(is_made, is_failed, later, begins)


def plan_articles(chance: Generator, all_outlets: list[Outlet], runs: Runs, count: int) -> Timeline:
    """Choose when each article was published, captured, captured again, and removed."""
    outlet = np.repeat(np.arange(len(all_outlets)), _counts(chance, count))
    day = np.concatenate(
        [_days(chance, runs.is_made[o, :DAYS], n) for o, n in enumerate(np.bincount(outlet))]
    )
    second = np.clip(chance.normal(NOON_SECONDS, SPREAD_SECONDS, count), 0, DAY - 1).astype(int)
    is_late = chance.random(count) < LATE_SHARE
    seen = day + (second > runs.begins[outlet])
    seen += np.where(is_late, chance.integers(1, LATE_MAX_DAYS, count), 0)
    seen = runs.later[outlet, np.minimum(seen, LAST)]
    captured = _moment(runs, outlet, seen) + chance.integers(0, RUN_SECONDS, count)
    captured = np.maximum(captured, EPOCH + day * DAY + second + 60)
    order = np.argsort(captured, kind="stable")
    outlet, seen, captured = outlet[order], seen[order], captured[order]
    gone_day = seen + chance.integers(5, 200, count)
    is_gone = (chance.random(count) < GONE_SHARE) & (gone_day <= LAST)
    gone_day = runs.later[outlet, np.minimum(gone_day, LAST)]
    is_bilingual = np.array([len(o.languages) > 1 for o in all_outlets])[outlet]
    return Timeline(
        outlet=outlet,
        is_second=is_bilingual & (chance.random(count) < SECOND_SHARE),
        published=(EPOCH + day * DAY + second)[order],
        captured=captured,
        gone=np.where(is_gone, _moment(runs, outlet, gone_day) + RUN_SECONDS, 0),
        captures=_captures(chance, runs, outlet, seen, captured),
    )


def text_of(moment: int) -> str:
    """Return a time as the archive writes it.

    >>> text_of(EPOCH)
    '2021-11-26T00:00:00Z'
    """
    return (START + timedelta(seconds=int(moment) - EPOCH)).strftime("%Y-%m-%dT%H:%M:%SZ")


def run_rows(all_outlets: list[Outlet], runs: Runs, timeline: Timeline) -> list[dict[str, Any]]:
    """Return the rows of crawl_runs, with counts that add up, in the order of their begin."""
    shape = runs.is_made.shape
    article, number, _, day = timeline.captures.T
    place = timeline.outlet[article] * shape[1] + day
    size = shape[0] * shape[1]
    new = np.bincount(place[number == 1], minlength=size).reshape(shape)
    revised = np.bincount(place[number > 1], minlength=size).reshape(shape)
    rows = []
    for outlet, at in zip(*np.nonzero(runs.is_made), strict=True):
        begin = EPOCH + int(at) * DAY + int(runs.begins[outlet])
        is_failed = bool(runs.is_failed[outlet, at])
        fresh, changed = int(new[outlet, at]), int(revised[outlet, at])
        known = 0 if is_failed else 20 + fresh % 7
        rows.append(
            {
                "outlet": all_outlets[outlet].slug,
                "started_at": text_of(begin),
                "ended_at": text_of(begin + (90 if is_failed else RUN_SECONDS + 600)),
                "outcome": "failed" if is_failed else "done",
                "reason": "no listing could be read" if is_failed else None,
                "pid": 1000 + int(at),
                "version": "0.1.0",
                "listings": 2,
                "candidates": fresh + known,
                "resumed": changed,
                "known": known,
                "fetched": fresh + changed,
                "new": fresh,
                "revised": changed,
                "failures": '{"listing: no answer": 2}' if is_failed else "{}",
                "place": int(outlet) * shape[1] + int(at),
            }
        )
    rows.sort(key=lambda row: (str(row["started_at"]), row["place"]))
    return rows


def _counts(chance: Generator, count: int) -> Ints:
    weights = np.concatenate(
        [
            share * (one := 1 / np.arange(1, n + 1)) / one.sum()
            for share, n in zip(SHARES, OUTLETS, strict=True)
        ]
    )
    return chance.multinomial(count, weights / weights.sum())


def _days(chance: Generator, is_made: Flags, count: int) -> Ints:
    weekday = (START.weekday() + np.arange(DAYS)) % 7
    weights = is_made * np.where(weekday >= 5, WEEKEND, 1.0)
    return chance.choice(DAYS, int(count), p=weights / weights.sum()).astype(np.int64)


def _moment(runs: Runs, outlet: Ints, day: Ints) -> Ints:
    return EPOCH + day * DAY + runs.begins[outlet]


def _captures(chance: Generator, runs: Runs, outlet: Ints, seen: Ints, captured: Ints) -> Ints:
    """Return article, number, time and day of every revision, in the order of time."""
    count = len(outlet)
    number = np.ones(count, np.int64)
    found = [np.stack([np.arange(count), number, captured, seen], axis=1)]
    article = np.flatnonzero(chance.random(count) < REVISED_SHARE)
    day = seen[article]
    for number_now in (2, 3, 4):
        day = day + chance.integers(1, 4, len(article))
        article, day = article[day <= LAST], day[day <= LAST]
        day = runs.later[outlet[article], day]
        at = _moment(runs, outlet[article], day) + RUN_SECONDS + 300
        found.append(np.stack([article, np.full(len(article), number_now), at, day], axis=1))
        goes_on = (chance.random(len(article)) < 1 / 3) & (day < LAST)
        article, day = article[goes_on], day[goes_on]
    rows = np.concatenate(found)
    return rows[np.argsort(rows[:, 2], kind="stable")]
