"""Attention in the reader's words: the chart, the table beside it, and what both rest on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from scraper.web.attention.asked import Asked
from scraper.web.attention.axes import period_words
from scraper.web.attention.chart import Chart, Line
from scraper.web.attention.coverage import BEFORE, NONE, PARTLY, Coverage
from scraper.web.attention.reading import Attention
from scraper.web.attention.series import OTHERS, Point, Series
from scraper.web.words import (
    N_,
    _,
    country_name,
    day_words,
    language_name,
    listed,
    month_words,
    ngettext,
    number,
    share,
)

STATES = {
    NONE: N_("not collected"),
    PARTLY: N_("less than half collected"),
    BEFORE: N_("before collecting began"),
}
VALUE_NAMES = {
    ("articles", "day"): N_("articles per day"),
    ("articles", "week"): N_("articles per week"),
    ("articles", "month"): N_("articles per month"),
    ("articles", "year"): N_("articles per year"),
    ("share", "day"): N_("share of all articles of the day"),
    ("share", "week"): N_("share of all articles of the week"),
    ("share", "month"): N_("share of all articles of the month"),
    ("share", "year"): N_("share of all articles of the year"),
}
TITLES = {
    "": N_("Articles collected"),
    "outlet": N_("Articles collected, by outlet"),
    "language": N_("Articles collected, by language"),
    "country": N_("Articles collected, by country of the outlet"),
}
FOUND_TITLES = {
    "": N_("Articles with “%(query)s”"),
    "outlet": N_("Articles with “%(query)s”, by outlet"),
    "language": N_("Articles with “%(query)s”, by language"),
    "country": N_("Articles with “%(query)s”, by country of the outlet"),
}
ESTIMATE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One period in the table: its name, addresses to narrow to it, and a cell a line."""

    name: str
    start: str
    end: str
    zoom: str
    search: str
    total: str
    collected: str
    state: str
    cells: tuple[tuple[str, str], ...]  # articles and share, in words


def line_name(attention: Attention, line: Series) -> str:
    """Return the name of a line."""
    grouping = attention.asked.grouping
    if not grouping:
        return line.query
    if line.group == OTHERS:
        return _("Others")
    if not line.group:
        return _("Not known")
    if grouping == "language":
        return language_name(line.group)
    if grouping == "country":
        return country_name(line.group)
    return attention.outlets.names.get(line.group, line.group) if attention.outlets else line.group


def title(asked: Asked) -> str:
    """Return what is counted, in one line."""
    if not asked.queries:
        return _(TITLES[asked.grouping])
    if len(asked.queries) > 1:
        return _(
            "Articles with each of: %(queries)s",
            queries=listed(f"“{query}”" for query in asked.queries),
        )
    return _(FOUND_TITLES[asked.grouping], query=asked.queries[0])


def _day(value: str) -> str:
    return day_words(month_words(value))


def filter_words(attention: Attention) -> dict[str, str]:
    """Return the filters in force, each in words."""
    asked, outlet = attention.asked, attention.asked["outlet"]
    told = {
        "outlet": attention.outlets.names.get(outlet, outlet) if attention.outlets else outlet,
        "language": language_name(asked["language"]),
        "country": country_name(asked["country"]),
        "section": asked["section"],
        "author": asked["author"],
        "after": _("from %(day)s", day=_day(asked["after"])),
        "before": _("before %(day)s", day=_day(asked["before"])),
    }
    return {name: words for name, words in told.items() if asked[name]}


def chart_of(attention: Attention, archive: str, today: date) -> Chart:
    """Return what is to be drawn; there must be periods and lines."""
    asked, is_share = attention.asked, attention.asked.measured == "share"
    told = filter_words(attention)
    only = [
        told[name]
        for name in ("outlet", "language", "country", "section", "author")
        if name in told
    ]
    source = _(
        "Source: %(archive)s, an archive of Dateline, %(day)s.",
        archive=archive,
        day=day_words(today.isoformat()),
    )
    if any(not line.is_exact for line in attention.series):
        source = _("Estimated; the marks show two standard errors.") + " " + source
    if only:
        source = _("Only %(filters)s.", filters=listed(only)) + " " + source
    names = tuple(period_words(p.start, p.end, attention.unit) for p in attention.periods)
    return Chart(
        title=title(asked),
        description=_description(attention),
        value_name=_(VALUE_NAMES[asked.measured, attention.unit]),
        source=source,
        periods=attention.periods,
        period_names=names,
        lines=tuple(_line(attention, line, is_share=is_share) for line in attention.series),
        coverage=attention.coverage,
        words={state: _(words) for state, words in STATES.items()},
        is_share=is_share,
    )


def _line(attention: Attention, line: Series, *, is_share: bool) -> Line:
    # A line through a period of which little is known would fall as if news had vanished; a column
    # stands for itself, and is drawn pale.
    drawn = [
        not point.is_gap and (len(attention.series) == 1 or point.coverage.state != PARTLY)
        for point in line.points
    ]
    values = [
        None if not is_drawn else point.share if is_share else point.articles
        for point, is_drawn in zip(line.points, drawn, strict=True)
    ]
    errors = [
        0.0 if not is_drawn else point.share_error if is_share else point.error
        for point, is_drawn in zip(line.points, drawn, strict=True)
    ]
    return Line(
        line_name(attention, line),
        tuple(values),
        tuple(errors),
        tuple(point.coverage for point in line.points),
    )


def _description(attention: Attention) -> str:
    """Return what a picture shows, in sentences."""
    first, last = attention.periods[0].start, attention.periods[-1].end
    sentences = [
        ngettext(
            "One period, from %(first)s until before %(last)s.",
            "%(n)s periods, from %(first)s until before %(last)s.",
            len(attention.periods),
            first=day_words(first.isoformat()),
            last=day_words(last.isoformat()),
        )
    ]
    for line in attention.series:
        known = [point for point in line.points if not point.is_gap]
        if not known:
            continue
        peak = max(range(len(line.points)), key=lambda at: line.points[at].articles)
        period = attention.periods[peak]
        sentences.append(
            _(
                "%(name)s: %(articles)s articles, most of them in %(period)s: %(peak)s.",
                name=line_name(attention, line) or _("All"),
                articles=_count(line.articles, is_exact=line.is_exact),
                period=period_words(period.start, period.end, attention.unit),
                peak=_count(line.points[peak].articles, is_exact=line.is_exact),
            )
        )
    return " ".join([*sentences, *_missing(attention)])


def _missing(attention: Attention) -> list[str]:
    """Return the sentences that say in how many periods too little was collected."""
    sentences = []
    missing = sum(covered.state == NONE for covered in attention.coverage)
    if missing:
        sentences.append(
            ngettext(
                "In one of the periods nothing was collected.",
                "In %(n)s of the periods nothing was collected.",
                missing,
            )
        )
    partly = sum(covered.state == PARTLY for covered in attention.coverage)
    if partly:
        sentences.append(
            ngettext(
                "In one of the periods less than half was collected.",
                "In %(n)s of the periods less than half was collected.",
                partly,
            )
        )
    return sentences


def rounded(value: float) -> float:
    """Round an estimate to ESTIMATE_DIGITS digits.

    >>> rounded(4389), rounded(0.034567)
    (4400.0, 0.035)
    """
    return float(f"{value:.{ESTIMATE_DIGITS}g}")


def _count(value: float, *, is_exact: bool) -> str:
    if is_exact:
        return number(round(value))
    return _("about %(n)s", n=number(rounded(value)))


def _share(value: float, *, is_exact: bool) -> str:
    return share(value) if is_exact else _("about %(n)s", n=share(rounded(value)))


def cell(point: Point, *, is_exact: bool) -> tuple[str, str]:
    """Return what a table says of a point: articles, and their share."""
    if point.is_gap:
        return _(STATES[point.coverage.state]), "\N{EN DASH}"
    return (
        _count(point.articles, is_exact=is_exact),
        _share(point.share, is_exact=is_exact),
    )


def table_of(attention: Attention, names: tuple[str, ...]) -> list[Row]:
    """Return the rows of the table; `names` are those of the periods."""
    asked = attention.asked
    seen: dict[Any, tuple[str, str]] = {}

    def told(point: Point, *, is_exact: bool) -> tuple[str, str]:
        # Of all outlets together, a column of the table says it.
        partly = _partly(point) if asked.grouping else None
        key = (point.articles, point.total, point.is_gap and point.coverage.state, is_exact, partly)
        if key not in seen:
            articles, part = cell(point, is_exact=is_exact)
            if partly is not None:
                articles = _("%(articles)s, %(share)s collected", articles=articles,
                             share=share(partly))  # fmt: skip
            seen[key] = articles, part
        return seen[key]

    rows = []
    for at, period in enumerate(attention.periods):
        between = {"after": period.start.isoformat(), "before": period.end.isoformat()}
        covered = attention.coverage[at]
        rows.append(
            Row(
                name=names[at],
                start=between["after"],
                end=between["before"],
                zoom=asked.address(between | {"unit": ""}),
                search=asked.articles_address(between),
                total=number(attention.totals[at]),
                collected=_collected(covered),
                state=covered.state,
                cells=tuple(
                    told(line.points[at], is_exact=line.is_exact) for line in attention.series
                ),
            )
        )
    return rows


def _partly(point: Point) -> float | None:
    """Return what share was collected, if less than half of it."""
    covered = point.coverage
    return rounded(covered.share or 0.0) if covered.state == PARTLY else None


def _collected(covered: Coverage) -> str:
    if covered.share is None:
        return _(STATES[BEFORE])
    return _(
        "%(collected)s of %(expected)s outlet days",
        collected=number(covered.collected),
        expected=number(covered.expected),
    )


def readings(attention: Attention, rows: list[Row]) -> tuple[str, ...]:
    """Return for each period what a pointer on the chart is told, line by line."""
    names = [line_name(attention, line) for line in attention.series]
    texts = []
    for row in rows:
        parts = [row.name]
        for name, (articles, part) in zip(names, row.cells, strict=True):
            words = {"name": name, "articles": articles, "share": part}
            parts.append(
                _("%(name)s: %(articles)s (%(share)s)", **words)
                if name
                else _("Articles: %(articles)s", articles=articles)
            )
        if row.state in STATES:
            parts.append(_(STATES[row.state]))
        texts.append("\n".join(parts))
    return tuple(texts)


def export_rows(attention: Attention) -> list[dict[str, Any]]:
    """Return every line in every period by the names of ATTENTION in `scraper.exports.columns`."""
    rows = []
    for line in attention.series:
        for period, point in zip(attention.periods, line.points, strict=True):
            rows.append({
                "query": line.query,
                "period": _period_code(period.start, attention.unit),
                "start": f"{period.start.isoformat()}T00:00:00Z",
                "end": f"{period.end.isoformat()}T00:00:00Z",
                "group": line_name(attention, line) if attention.asked.grouping else "",
                "articles": None if point.is_gap else round(point.articles),
                "share": None if point.is_gap else float(f"{point.share:.6g}"),
                "collected_share": _rounded_share(point.coverage.share),
                "is_estimate": not line.is_exact,
            })  # fmt: skip
    return rows


def _rounded_share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _period_code(start: date, unit: str) -> str:
    """Name a period as ISO 8601 does.

    >>> [_period_code(date(2024, 6, 10), unit) for unit in ("day", "week", "month", "year")]
    ['2024-06-10', '2024-W24', '2024-06', '2024']
    """
    if unit == "week":
        year, week, _day = start.isocalendar()
        return f"{year}-W{week:02}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]
