"""Silent: no new article in far longer than the outlet's rhythm, though we did look. Pure."""

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scraper.archive.values import time_text
from scraper.records import Judgment
from scraper.watch.baselines import burst_size, silence_chance, trimmed_mean
from scraper.watch.history import HOURS_A_WEEK, ONE_DAY, Day, History, carried, midnight

KNOWN_DAYS_MIN = 14  # days looked at: each weekday twice
# Of 200 outlets, each on trial some hundred times a year, two fall silent so by chance: if counts
# were what the model takes them for. Holidays are not, hence the rests.
CHANCE_MAX = 1e-4
# Days of publication that may pass unexcused: Easter takes two, the feasts of a small outlet four.
# No more than a week's of them, but of a weekly two issues: a holiday beside a vacation.
REST_DAYS, REST_ISSUES = 6.0, 2.9
REST_WEEKS = 0.75  # of a day beyond a week's days of publication
# The same of outlets that never missed a day of publication: a holiday and a late start where many
# articles come each day; a few days where few do.
STEADY_REST_DAYS, FAITHFUL_REST_DAYS = 1.25, 3.0
STEADY_PER_DAY = 8.0
FAITHFUL_DAYS_MIN = 28  # days looked at
PAUSE_FACTOR = 1.5  # times its longest pause so far
STALE_SECONDS = 5 * 86_400  # from publication to capture: what is older was dug out, not published
PUBLISHES_SHARE = 0.25  # of its busiest weekday's articles from which a weekday counts as one
LOOKED_DAYS_MIN = 2  # since the last news, where so many passed
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What an outlet usually brings: articles by hour of the week, and how regularly.

    `busiest` is what its busiest weekday brings, `longest` the most days of publication
    that passed without an article so far, `rest` how many may pass, `size` how bursty counts are.
    """

    hours: tuple[float, ...]
    busiest: float
    longest: float
    longest_days: int
    size: float
    rest: float

    def expected(self, since: datetime, until: datetime) -> dict[date, float]:
        """Return the articles to be expected between two times, by day."""
        per_day: dict[date, float] = {}
        moment = since
        while moment < until:
            later = min(until, moment.replace(minute=0, second=0, microsecond=0) + HOUR)
            rate = self.hours[moment.weekday() * 24 + moment.hour]
            share = (later - moment) / HOUR
            per_day[moment.date()] = per_day.get(moment.date(), 0.0) + rate * share
            moment = later
        return per_day

    def missed(self, expected: Mapping[date, float]) -> float:
        """Return how many days of publication passed, parts of days counting as parts."""
        rates = {day: sum(self.hours[day.weekday() * 24 :][:24]) for day in expected}
        return sum(
            part / rates[day]
            for day, part in expected.items()
            if rates[day] >= PUBLISHES_SHARE * self.busiest
        )


def judge_silence(history: History, now: datetime) -> Judgment | None:
    """Judge whether an outlet has fallen silent."""
    incident = history.open_incident("silent")
    news = news_days(history.days)
    last_at = _last_news(history, news)
    if last_at is None or history.looked_at is None:
        return carried(incident)
    if incident and incident.began_at and last_at.date() > incident.began_at.date():
        return None
    rhythm = learn(history, news, now.date())
    if rhythm is None or not _was_watched(history, last_at):
        return carried(incident)
    expected = rhythm.expected(last_at, history.looked_at)
    missed = rhythm.missed(expected)
    chance = silence_chance(expected.values(), rhythm.size)
    severity = min(
        missed / rhythm.rest,
        missed / (PAUSE_FACTOR * rhythm.longest) if rhythm.longest else missed,
        _decades(chance) / _decades(CHANCE_MAX),
    )
    if severity < 1:
        return carried(incident)
    since = [day for day in history.days if day.day > last_at.date()]
    evidence = {
        "what": "frozen" if sum(day.fresh_count for day in since) else "nothing",
        "expected": round(sum(expected.values()), 1),
        "came": 0,
        "last_at": time_text(last_at),
        "looked_at": time_text(history.looked_at),
        "silent_seconds": round((history.looked_at - last_at).total_seconds()),
        "usual_seconds": (rhythm.longest_days + 1) * round(ONE_DAY.total_seconds()),
        "per_week": round(sum(rhythm.hours), 1),
        "missed_days": round(missed, 1),
        "looks": sum(day.looks for day in since),
        "known_days": len(history.sound_days("silent")),
        "suggestion": "check",
    }
    return Judgment(history.outlet, "silent", round(severity, 2), last_at, evidence)


def _was_watched(history: History, last_at: datetime) -> bool:
    """Tell whether we looked since, and not for the first time after a pause of our own.

    That first look may be at one of several listings, or be all that a day's budget allowed.
    """
    looked_at = history.looked_at
    if looked_at is None or looked_at <= last_at:
        return False
    looked = sum(day.looks > 0 for day in history.days if day.day > last_at.date())
    return looked >= min(LOOKED_DAYS_MIN, (looked_at.date() - last_at.date()).days)


def news_days(days: Sequence[Day]) -> set[date]:
    """Return the days on which something newer than ever before came.

    Addresses never offered before are no news by themselves: a feed that is frozen may give old
    articles new ones. Where nobody gives a time, there is only the address to go by.
    """
    newest: datetime | None = None
    found = set()
    for day in days:
        # Of the first day it is not known what was new then, but for what was published on it.
        before = newest or midnight(day.day)
        if day.newest_at is not None and day.newest_at > before:
            found.add(day.day)
        newest = max(filter(None, (newest, day.newest_at)), default=None)
        is_undated = day.newest_at is None and (
            not _is_stale(day) if day.article_count else day.fresh_count > 0
        )
        if is_undated or day.article_count > day.dated_count:
            found.add(day.day)
    return found


def _is_stale(day: Day) -> bool:
    return (day.median_delay_seconds or 0) >= STALE_SECONDS


def learn(history: History, news: set[date], today: date) -> Rhythm | None:
    """Learn an outlet's rhythm from its sound days, None where there are too few."""
    days = history.sound_days("silent")
    looked = {day.day for day in history.days if day.looks > 0}
    last = max(news, default=None)
    # Today is not over, and the pause is on trial. After a day without looks, and on the first, a
    # listing brings what it held before.
    days = [
        day
        for day in days
        if last is not None and day.day <= last and day.day < today and day.day - ONE_DAY in looked
    ]
    if len(days) < KNOWN_DAYS_MIN - 1:
        return None
    came = {day.day: float(day.fresh_count) if day.day in news else 0.0 for day in days}
    weekdays = [
        trimmed_mean([count for day, count in came.items() if day.weekday() == weekday])
        for weekday in range(7)
    ]
    if max(weekdays) <= 0:
        return None
    publishing = [rate >= PUBLISHES_SHARE * max(weekdays) for rate in weekdays]
    per_day = statistics.mean(itertools.compress(weekdays, publishing))
    longest, longest_days = _longest_pause(came, publishing)
    rest = max(REST_ISSUES, min(REST_DAYS, sum(publishing) + REST_WEEKS))
    if min(came.values()) > 0 and per_day >= STEADY_PER_DAY:
        rest = STEADY_REST_DAYS
    elif not longest and len(came) >= FAITHFUL_DAYS_MIN:
        rest = min(rest, FAITHFUL_REST_DAYS)
    pairs = [(count, weekdays[day.weekday()]) for day, count in came.items()]
    hours = _by_hour(weekdays, history.hours)
    return Rhythm(hours, max(weekdays), longest, longest_days, burst_size(pairs), rest)


def _last_news(history: History, news: set[date]) -> datetime | None:
    """Return when something new last came, as well as that can be told."""
    last = max(news, default=None)
    moments = [] if history.newest_at is None else [history.newest_at]
    if last is not None:
        fresh_at = history.fresh_at
        is_exact = fresh_at is not None and fresh_at.date() == last
        moments.append(fresh_at if is_exact and fresh_at else midnight(last + ONE_DAY))
    return max(moments, default=None)


def _longest_pause(came: dict[date, float], publishing: Sequence[bool]) -> tuple[int, int]:
    """Return the longest run of days without news: its days of publication, and all its days."""
    longest, longest_days, missed, length = 0, 0, 0, 0
    for day, count in came.items():
        if count:
            missed, length = 0, 0
            continue
        missed += publishing[day.weekday()]
        length += 1
        longest, longest_days = max(longest, missed), max(longest_days, length)
    return longest, longest_days


def _by_hour(weekdays: Sequence[float], learnt: Sequence[float]) -> tuple[float, ...]:
    """Return articles by hour of the week: each weekday's, spread as its hours were learnt."""
    hours: list[float] = []
    for weekday, rate in enumerate(weekdays):
        shape = learnt[weekday * 24 : weekday * 24 + 24] if len(learnt) == HOURS_A_WEEK else ()
        total = sum(shape)
        hours += [rate * part / total for part in shape] if total > 0 else [rate / 24] * 24
    return tuple(hours)


def _decades(chance: float) -> float:
    """Return how many tenfold steps a chance lies below 1, bounded where floats end."""
    return -math.log10(max(chance, 1e-300))
