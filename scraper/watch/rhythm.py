"""When a listing brings articles, by hour of the week: learnt from looks, told for the next; pure.

A listing is taken as a Poisson process whose rate differs by hour of the week (UTC, Monday
midnight is hour 0). What was watched and what came are counted with exponential forgetting; a
rate is the count over the hours watched, drawn (as the mean of a Gamma posterior is), as long as
little was watched, towards what the hour of the day and the day of the week let expect, which in
turn are drawn towards the listing's mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOURS = 168  # of a week
HOUR = timedelta(hours=1)
WEEK = timedelta(hours=HOURS)
HALF_LIFE = timedelta(weeks=4)  # after which what was seen counts half: two seasons' difference
NEIGHBOURS = ((-1, 0.25), (0, 0.5), (1, 0.25))  # an hour's news may as well come in the next
DRAW_HOURS = 1.0  # watched, that the wider mean counts for: one week of watching outweighs it
PRIOR_ARTICLES, PRIOR_HOURS = 1.0, 2.0  # of a listing never watched: one article in two hours

# New ones a look is worth. Measured on made rhythms, from 1.0 to 0.4: one look an article became
# two and a half, of small outlets (5 articles a day) the median delay 53 minutes in place of 127.
EXPECTED_ARTICLES = 0.4
SOONEST, LATEST = timedelta(minutes=5), timedelta(days=1)
LATEST_AT_FIRST = timedelta(hours=6)  # until a WEEK was watched: it may be a weekend

RECENT = timedelta(hours=3)  # in which a burst, or a holiday, shows itself and is taken to go on
RECENT_PRIOR = 2.0  # articles of each that came and that were expected: two make no burst
SLOWEST, FASTEST = 0.5, 12.0  # how far what came lately may change the rate


@dataclass(frozen=True, slots=True)
class Rhythm:
    """For each hour of the week: hours watched and articles that came, older ones counting less."""

    observed: tuple[float, ...] = (0.0,) * HOURS
    fresh: tuple[float, ...] = (0.0,) * HOURS


def hour_of_week(moment: datetime) -> int:
    """Return the hour of the week in UTC.

    >>> hour_of_week(datetime(2026, 3, 3, 1, 30, tzinfo=UTC))  # a Tuesday
    25
    """
    utc = moment.astimezone(UTC)
    return utc.weekday() * 24 + utc.hour


def learn(
    rhythm: Rhythm,
    since: datetime,
    until: datetime,
    arrivals: Iterable[datetime | None] = (),
    *,
    is_watched: bool = True,
) -> Rhythm:
    """Return a rhythm that knows what came between two looks.

    Args:
        rhythm: what was known before.
        since: the look before.
        until: the look now.
        arrivals: of each new article the time of publication its listing gave. What has none, or
            one outside the two looks, may have come at any time between them.
        is_watched: False to add arrivals to a time that was counted as watched already.

    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> known = learn(Rhythm(), monday, monday + 2 * HOUR, [monday + 0.5 * HOUR, None])
    >>> known.observed[:3], known.fresh[:3]
    ((1.0, 1.0, 0.0), (1.5, 0.5, 0.0))
    """
    slices = list(_slices(since, until))
    kept = 0.5 ** (max(until - since, timedelta()) / HALF_LIFE) if is_watched else 1.0
    observed = [value * kept for value in rhythm.observed]
    fresh = [value * kept for value in rhythm.fresh]
    spread = 0
    for moment in arrivals:
        if moment is not None and since < moment <= until:
            fresh[hour_of_week(moment)] += 1
        else:
            spread += 1
    watched = sum(share for _, share in slices)
    for hour, share in slices:
        observed[hour] += share if is_watched else 0.0
        fresh[hour] += spread * share / watched
    return Rhythm(tuple(observed), tuple(fresh))


def first_window(arrivals: Iterable[datetime | None], now: datetime) -> datetime | None:
    """Return since when the newer half of what a first look found has come, None if it is not told.

    The older half is left out: what stands at a listing's end may have been pinned there for years.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> first_window([noon - n * HOUR for n in (1, 2, 3, 9000)], noon) == noon - 3 * HOUR
    True
    """
    told = sorted(moment for moment in arrivals if moment is not None and moment <= now)
    return told[(len(told) - 1) // 2] if told else None


def rates(rhythm: Rhythm) -> list[float]:
    """Return the articles expected in each hour of the week.

    >>> rates(Rhythm())[:2]
    [0.5, 0.5]
    """
    mean = (sum(rhythm.fresh) + PRIOR_ARTICLES) / (sum(rhythm.observed) + PRIOR_HOURS)
    fresh, observed = _smoothed(rhythm.fresh), _smoothed(rhythm.observed)

    def drawn(hours: slice) -> float:
        return (sum(fresh[hours]) + DRAW_HOURS * mean) / (sum(observed[hours]) + DRAW_HOURS)

    of_hours = [drawn(slice(hour, None, 24)) for hour in range(24)]
    of_days = [drawn(slice(day * 24, day * 24 + 24)) for day in range(7)]
    return [
        (fresh[hour] + DRAW_HOURS * of_hours[hour % 24] * of_days[hour // 24] / mean)
        / (observed[hour] + DRAW_HOURS)
        for hour in range(HOURS)
    ]


def expected(by_hour: Sequence[float], since: datetime, until: datetime) -> float:
    """Return how many articles are expected between two moments.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> expected([2.0] * HOURS, noon, noon + 1.5 * HOUR)
    3.0
    """
    return sum(by_hour[hour] * share for hour, share in _slices(since, until))


def liveliness(by_hour: Sequence[float], recent_count: float, now: datetime) -> float:
    """Return how much more, or less, came in the RECENT time than was to be expected.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> liveliness([1.0] * HOURS, 3, noon), liveliness([1.0] * HOURS, 33, noon)
    (1.0, 7.0)
    """
    usual = expected(by_hour, now - RECENT, now)
    return min(max((recent_count + RECENT_PRIOR) / (usual + RECENT_PRIOR), SLOWEST), FASTEST)


def next_look(
    by_hour: Sequence[float],
    now: datetime,
    *,
    pace: float = 1.0,
    latest: timedelta = LATEST,
) -> datetime:
    """Return when about EXPECTED_ARTICLES new ones will have come, between SOONEST and `latest`.

    Args:
        by_hour: articles expected in each hour of the week.
        now: the look that was.
        pace: `liveliness`, taken to last for RECENT.
        latest: `longest_wait`.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> next_look([2.0] * HOURS, noon) - noon == timedelta(minutes=12)
    True
    """
    wanted = EXPECTED_ARTICLES
    moment = now
    while moment < now + latest:
        ahead = min(_next_hour(moment), now + latest)
        rate = by_hour[hour_of_week(moment)] * (pace if moment < now + RECENT else 1.0)
        comes = rate * ((ahead - moment) / HOUR)
        if comes >= wanted:
            moment += (wanted / rate) * HOUR
            break
        wanted -= comes
        moment = ahead
    return min(max(moment, now + SOONEST), now + latest)


def longest_wait(watched: timedelta) -> timedelta:
    """Return how long the next look may wait at most, by how long ago the first was.

    What a first look tells of the weeks before it was not watched: old articles may have gone.

    >>> longest_wait(WEEK - HOUR) == LATEST_AT_FIRST, longest_wait(WEEK) == LATEST
    (True, True)
    """
    return LATEST if watched >= WEEK else LATEST_AT_FIRST


def _smoothed(values: Sequence[float]) -> list[float]:
    return [
        sum(weight * values[(hour + step) % HOURS] for step, weight in NEIGHBOURS)
        for hour in range(HOURS)
    ]


def _next_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def _slices(since: datetime, until: datetime) -> Iterable[tuple[int, float]]:
    """Cut the time between two moments at full hours: each part's hour of the week and length."""
    moment = since.astimezone(UTC)
    while moment < until:
        ahead = min(_next_hour(moment), until)
        yield hour_of_week(moment), (ahead - moment) / HOUR
        moment = ahead
