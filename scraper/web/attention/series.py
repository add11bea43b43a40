"""Counts by day made into lines over periods: how many, what share, how sure; pure.

Numbers from a sample are estimates: a sampled article stands for `weight` of them, and what it says
of a period has the standard error of a count drawn at that rate.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from scraper.web.attention.coverage import BEFORE, NONE, Coverage
from scraper.web.attention.periods import Period, place_of

GROUPS_MAX = 6  # lines told apart by name; the rest is one line more
OTHERS = "\N{HORIZONTAL ELLIPSIS}"  # no outlet, language or country is called this


@dataclass(frozen=True, slots=True)
class Tally:
    """Articles of one query, or all: (day, group, articles) as counted, and what one stands for."""

    query: str
    rows: Sequence[tuple[str, str, int]]
    weight: float = 1.0
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """One line in one period; `error` is one standard error of `articles`, 0.0 if exact."""

    articles: float
    error: float
    total: int
    coverage: Coverage

    @property
    def is_gap(self) -> bool:
        """Tell that nothing is known: no article, and nobody there to collect one."""
        return not self.articles and self.coverage.state in (NONE, BEFORE)

    @property
    def share(self) -> float:
        """Return the share of all articles of the period; 0.0 if there are none."""
        return min(self.articles / self.total, 1.0) if self.total else 0.0

    @property
    def share_error(self) -> float:
        """Return one standard error of the share."""
        return self.error / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a query's articles of one group; "" if not grouped, OTHERS for lesser ones."""

    query: str
    group: str
    points: tuple[Point, ...]
    is_exact: bool

    @property
    def articles(self) -> float:
        """Return the sum over all periods."""
        return sum(point.articles for point in self.points)


def totals_by_period(rows: Iterable[tuple[str, int]], periods: Sequence[Period]) -> tuple[int, ...]:
    """Sum articles by day into periods."""
    sums = [0] * len(periods)
    starts, end = _bounds(periods)
    for day, articles in rows:
        place = place_of(day, starts, end)
        if place is not None:
            sums[place] += articles
    return tuple(sums)


def series(
    tally: Tally,
    totals: Sequence[int],
    covered: Callable[[str, Collection[str]], Sequence[Coverage]],
    periods: Sequence[Period],
) -> tuple[Series, ...]:
    """Return a line for each group of a tally, the largest first, lesser ones together as OTHERS.

    Args:
        tally: counts by day; days outside all periods are left out.
        totals: all articles collected in each period, of which the share is taken.
        covered: tells what was collected of a group in each period, given all groups that have
            a line of their own.
        periods: in order.
    """
    starts, end = _bounds(periods)
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(periods))
    for day, group, articles in tally.rows:
        place = place_of(day, starts, end)
        if place is not None:
            counts[group][place] += articles
    merged = _largest(counts)
    if not merged:
        merged[""] = [0] * len(periods)
    return tuple(
        Series(
            tally.query,
            group,
            tuple(
                Point(n * tally.weight, _error(n, tally), total, known)
                for n, total, known in zip(found, totals, covered(group, merged), strict=True)
            ),
            tally.is_exact,
        )
        for group, found in merged.items()
    )


def _bounds(periods: Sequence[Period]) -> tuple[list[str], str]:
    starts = [period.start.isoformat() for period in periods]
    return starts, periods[-1].end.isoformat() if periods else ""


def _largest(counts: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Keep GROUPS_MAX groups, by size and then by name; add up the rest."""
    sizes: dict[str, int] = {group: sum(found) for group, found in counts.items()}
    ranked = sorted(counts, key=lambda group: (group == OTHERS, -sizes[group], group))
    ranked = [group for group in ranked if sizes[group]]
    kept = ranked if len(ranked) <= GROUPS_MAX + 1 else ranked[:GROUPS_MAX]
    merged = {group: counts[group] for group in kept}
    rest = [counts[group] for group in ranked[len(kept) :]]
    if rest:
        merged[OTHERS] = [sum(found[at] for found in rest) for at in range(len(rest[0]))]
    return merged


def _error(count: int, tally: Tally) -> float:
    """Return one standard error of an estimate: what falls into the sample does so by chance.

    Where the sample has none, as many could be missed as make one expected there.
    """
    if tally.is_exact or tally.weight <= 1:
        return 0.0
    return tally.weight * sqrt(max(count, 1) * (1 - 1 / tally.weight))
