"""Reads from an archive what a chart of attention needs, and puts it together."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scraper.archive.search import Search
from scraper.web.archives import follow, read
from scraper.web.attention.asked import Asked
from scraper.web.attention.counts import (
    bounds_statement,
    grouped_statement,
    groups_statement,
    totals_statement,
)
from scraper.web.attention.coverage import COLLECTED_WITHIN_DAYS, Coverage, Span, coverage
from scraper.web.attention.found import (
    Found,
    count_periods,
    estimate_groups,
    is_told_by_index,
    read_few,
)
from scraper.web.attention.outlets import Outlets, read_outlets
from scraper.web.attention.periods import Period, periods_between, read_day, start_of, unit_for
from scraper.web.attention.remembered import remembered
from scraper.web.attention.series import OTHERS, Series, Tally, series, totals_by_period

REACHED_BACK_DAYS = (
    30  # before collecting began, of what listings reached back for, is shown unasked
)
ONE_DAY = timedelta(days=1)
Rows = list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of a query: how many articles in all, and how many each one read stands for."""

    query: str
    total: int
    weight: float


@dataclass(frozen=True, slots=True)
class Attention:
    """Everything there is to draw and to tell.

    Args:
        asked: the question.
        periods: in order; none if the span asked for holds no day.
        unit: of the periods, which may be longer than the one asked for.
        totals: all articles under the filters in each period.
        coverage: of all outlets asked for.
        series: lines in the order of queries, then by size.
        estimates: for each query.
        outlets: all of the archive, None if they could not be read.
        begun: first day of collecting, if what was published before is left out; None otherwise.
        is_slow: True if something took too long, and lines are missing.
    """

    asked: Asked
    periods: tuple[Period, ...] = ()
    unit: str = "day"
    totals: tuple[int, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    series: tuple[Series, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    outlets: Outlets | None = None
    begun: date | None = None
    is_slow: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell that there is no article to draw, nor a span asked for of which that is known."""
        has_articles = any(self.totals) and (
            bool(self.asked.queries) or any(line.articles for line in self.series)
        )
        is_known = any(covered.expected for covered in self.coverage)
        # What was published long before collecting began may be all there is, and is left out.
        has_span = bool(self.asked.first or self.asked.end or self.begun)
        return not (has_articles or (has_span and is_known))

    @property
    def is_cut(self) -> bool:
        """Tell whether the first or the last period lacks some of its days."""
        return any(
            period.start != start_of(period.start, self.unit)
            or period.end != start_of(period.end, self.unit)
            for period in (self.periods[:1] + self.periods[-1:])
        )


async def read_attention(db: Any, asked: Asked, today: date) -> Attention:
    """Read what was asked for."""
    outlets, bounds = await asyncio.gather(
        read_outlets(db), read(db, bounds_statement(asked["outlet"]))
    )
    if outlets is None or bounds is None:
        return Attention(asked, is_slow=True)
    wanted = outlets.wanted(asked)
    spans = tuple(span for span in outlets.spans if span.outlet in wanted)
    first, end, begun = _days_shown(asked, bounds[0], spans, today)
    unit = unit_for(first, end, asked.unit) if first < end else "day"
    periods = periods_between(first, end, unit)
    if not periods:
        return Attention(asked, outlets=outlets)
    frame = Attention(asked, periods, unit, outlets=outlets, begun=begun)
    counted = await (_searched(db, frame) if asked.searched else _summed(db, frame))
    if counted is None:
        return Attention(asked, periods, unit, outlets=outlets, is_slow=True)
    tallies, rows, estimates = counted
    totals = totals_by_period(rows, periods)
    # After the last run of all, nothing can have been collected yet: that is no gap.
    latest = max((span.last for span in outlets.spans), default=end)
    horizon = min(latest + (COLLECTED_WITHIN_DAYS + 1) * ONE_DAY, today + ONE_DAY)

    def covered(group: str, kept: Collection[str]) -> Sequence[Coverage]:
        if not asked.grouping:
            return whole
        return coverage(spans, outlets.of_line(asked, group, kept), periods, horizon)

    whole = coverage(spans, None, periods, horizon)
    lines = [line for tally in tallies for line in series(tally, totals, covered, periods)]
    return Attention(asked, periods, unit, totals, whole, tuple(lines), estimates, outlets, begun)


def _days_shown(
    asked: Asked, bounds: Sequence[str | None], spans: Sequence[Span], today: date
) -> tuple[date, date, date | None]:
    """Return the first day to show, the day after the last, and where the first was cut."""
    earliest, latest = (read_day(day or "") for day in bounds)
    last = max([span.last for span in spans] + ([latest] if latest else []), default=today)
    end = min(asked.end or last + ONE_DAY, today + ONE_DAY)
    begun = min((span.first for span in spans), default=None)
    if asked.first:
        return asked.first, end, None
    if begun is None:
        return earliest or end - ONE_DAY, end, None
    reached = begun - REACHED_BACK_DAYS * ONE_DAY
    if earliest and earliest < reached < end:
        return reached, end, begun
    return min(earliest or begun, begun), end, None


Counted = tuple[list[Tally], list[tuple[str, int]], tuple[Estimate, ...]]


async def _summed(db: Any, frame: Attention) -> Counted | None:
    """Count all articles, from summaries."""
    asked, (first, end) = frame.asked, (frame.periods[0].start, frame.periods[-1].end)
    totals = await read(db, totals_statement(asked, first, end, frame.unit))
    if totals is None:
        return None
    rows = [(day, articles) for day, articles in totals]
    if not asked.grouping:
        return [Tally("", [(day, "", articles) for day, articles in rows])], rows, ()
    ranked = await read(db, groups_statement(asked, first, end))
    groups = tuple(row[0] for row in ranked or ())
    found = await read(db, grouped_statement(asked, first, end, frame.unit, groups))
    if ranked is None or found is None:
        return None
    named = [(day, group, articles) for day, group, articles in found]
    rest = [(day, OTHERS, articles) for day, articles in rows]
    rest += [(day, OTHERS, -articles) for day, _, articles in named]
    return [Tally("", named + rest)], rows, ()


async def _searched(db: Any, frame: Attention) -> Counted | None:
    """Count what queries find, and all articles beside it."""
    asked, (first, end) = frame.asked, (frame.periods[0].start, frame.periods[-1].end)
    totals, *found = await asyncio.gather(
        read(db, totals_statement(asked, first, end, frame.unit)),
        *(_count(db, frame, query) for query in asked.searched),
    )
    tallies, estimates = [], []
    for query, counted in zip(asked.searched, found, strict=True):
        if counted is None or totals is None:
            return None
        tallies.append(Tally(query, counted.rows, counted.weight, counted.is_exact))
        estimates.append(Estimate(query, counted.total, counted.weight))
    return tallies, [(day, articles) for day, articles in totals or ()], tuple(estimates)


async def _count(db: Any, frame: Attention, query: str) -> Found | None:
    wanted = frame.asked.search(query)
    span = (frame.periods[0].start, frame.periods[-1].end, frame.unit)
    question = (wanted, frame.asked.grouping, span)
    return await remembered(db, question, lambda: _count_anew(db, frame, wanted))


async def _count_anew(db: Any, frame: Attention, wanted: Search) -> Found | None:
    grouping, outlets = frame.asked.grouping, frame.outlets
    found = await follow(db, read_few(wanted, grouping))
    if found is None or found.weight:
        return found
    is_told = outlets is not None and is_told_by_index(wanted, outlets.names, outlets.languages)
    if grouping or not is_told:
        return await follow(db, estimate_groups(wanted, grouping, found.total))
    middle = len(frame.periods) // 2  # two threads count, each one half
    halves = (frame.periods[:middle], frame.periods[middle:])
    counted = await asyncio.gather(*(follow(db, count_periods(wanted, half)) for half in halves))
    rows = [half.rows for half in counted if half is not None]
    if len(rows) < len(halves):
        return None
    return Found(rows[0] + rows[1], 1.0, sum(half.total for half in counted if half is not None))
