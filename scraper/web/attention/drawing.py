"""Draws lines over periods as SVG: gaps hatched, estimates with their band, readable on its own.

One period as column or point, time to scale. What nobody collected is hatched behind the lines and,
line by line, in a ribbon below them; a line has no point where too little is known, and does not
go on from before collecting began to after.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from scraper.web.attention.axes import Tick, highest, time_ticks, value_ticks
from scraper.web.attention.chart import Chart, Line, Size, has_ribbons
from scraper.web.attention.coverage import BEFORE, NONE, PARTLY, WHOLE, Coverage
from scraper.web.attention.legend import legend_rows, write_legend
from scraper.web.attention.marks import (
    COLOURS,
    DARK,
    DASHES,
    FACES,
    INK,
    MUTED,
    PAPER,
    RULE,
    clean,
    faces,
    marker,
    path,
    patterns,
    shortened,
    tag,
)
from scraper.web.attention.periods import Period

ERRORS = 2.0  # standard errors on either side: 19 times of 20 the number is within
MARK_SPACE = 14.0  # between two points, for each to have its mark
BAR_SHARE = 0.82  # of a period's width
PALE = ".4"  # a column of a period that was collected in part
RIBBON, RIBBON_STEP = 5.0, 9.0
LINE_HEIGHT = 18.0


class _Plot:
    """Where days and values fall on the drawing."""

    def __init__(self, chart: Chart, size: Size) -> None:
        self.chart, self.size = chart, size
        peak = highest([v for line in chart.lines for v in _highs(line)])
        smallest = 0.01 if chart.is_share else 4.0
        top = min(peak, 1.0) if chart.is_share else peak
        self.ticks = value_ticks(top or smallest, is_share=chart.is_share)
        self.top = self.ticks[-1].value
        ribbons = RIBBON_STEP * len(chart.lines) if has_ribbons(chart) else 0.0
        self.head = self._head()
        widest = max(len(tick.label) for tick in self.ticks)
        self.left = 0.62 * size.font * widest + 10
        self.right = size.width - size.font
        self.upper = self.head + size.font * 0.7
        foot = LINE_HEIGHT + (26.0 if size.is_alone else 0.0)
        self.lower = size.height - foot - ribbons - 6.0
        self._first = chart.periods[0].start.toordinal()
        self._days = max(chart.periods[-1].end.toordinal() - self._first, 1)

    def _head(self) -> float:
        rows = legend_rows(self.chart, self.size.width, self.size.font)
        titles = 2 if self.size.is_alone else 1
        return LINE_HEIGHT * (titles + (len(rows) if self.size.is_alone else 0)) + titles * 4

    def x(self, ordinal: float) -> float:
        """Return where the beginning of a day falls."""
        return self.left + (self.right - self.left) * (ordinal - self._first) / self._days

    def y(self, value: float) -> float:
        """Return where a value falls; one beyond the axis at its end."""
        part = min(max(value / self.top, 0.0), 1.0)
        return self.lower - (self.lower - self.upper) * part

    def edges(self, period: Period) -> tuple[float, float]:
        """Return where a period begins and ends."""
        return self.x(period.start.toordinal()), self.x(period.end.toordinal())

    def middles(self) -> list[float]:
        """Return the middle of each period."""
        return [sum(self.edges(period)) / 2 for period in self.chart.periods]


def _highs(line: Line) -> list[float | None]:
    pairs = zip(line.values, line.errors, strict=True)
    return [None if value is None else value + ERRORS * error for value, error in pairs]


def draw(chart: Chart, size: Size) -> Markup:
    """Return a chart as an SVG element; `size.name` begins the names of what it refers to."""
    plot = _Plot(chart, size)
    name, is_file = size.name, size.is_alone or size.is_picture
    parts = [
        tag("title", clean(chart.title), id=f"{name}-title"),
        tag("desc", clean(chart.description), id=f"{name}-desc"),
        patterns(name),
        *([_ground(size)] if size.is_alone else []),
        *_hatchings(plot),
        *_axes(plot),
        *(_columns(plot) if len(chart.lines) == 1 else _lines(plot)),
        *(_ribbons(plot) if has_ribbons(chart) else []),
        *(_words_alone(plot) if size.is_alone else [] if size.is_picture else [_reach(plot)]),
    ]
    return tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg" if is_file else None,
        class_=f"attention-chart {name}",
        viewBox=f"0 0 {size.width:.0f} {size.height:.0f}",
        width=size.width if is_file else None,
        height=size.height if is_file else None,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FACES,
        font_size=size.font,
    )


def _ground(size: Size) -> Markup:
    return tag("rect", width=size.width, height=size.height, fill=PAPER)


def _stretches(states: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return runs of the same state: first place, place after the last, state."""
    found: list[tuple[int, int, str]] = []
    for place, state in enumerate(states):
        if found and found[-1][2] == state:
            found[-1] = (found[-1][0], place + 1, state)
        else:
            found.append((place, place + 1, state))
    return found


def _shaded(plot: _Plot, coverage: Sequence[Coverage], top: float, bottom: float) -> list[Markup]:
    parts = []
    periods, states = plot.chart.periods, [covered.state for covered in coverage]
    for begin, end, state in _stretches(states):
        if state not in (NONE, PARTLY, BEFORE):
            continue
        left, right = plot.edges(periods[begin])[0], plot.edges(periods[end - 1])[1]
        fill = f"url(#{plot.size.name}-{state})"
        parts.append(tag("rect", class_=f"gap {state}", x=left, y=top, width=right - left,
                         height=bottom - top, fill=fill))  # fmt: skip
    return parts


def _hatchings(plot: _Plot) -> list[Markup]:
    return _shaded(plot, plot.chart.coverage, plot.upper, plot.lower)


def _ribbons(plot: _Plot) -> list[Markup]:
    top = plot.lower + LINE_HEIGHT + 8.0
    parts = []
    for number, line in enumerate(plot.chart.lines):
        y = top + RIBBON_STEP * number
        begun = [c.state == BEFORE for c in line.coverage]
        since = begun.index(False) if False in begun else len(begun)
        parts.append(marker(number, plot.left - 9, y + RIBBON / 2, 2.6))
        if since < len(begun):
            left = plot.edges(plot.chart.periods[since])[0]
            parts.append(tag("rect", class_=f"ribbon s{number}", x=left, y=y, height=RIBBON,
                             width=plot.right - left, fill=COLOURS[number], fill_opacity=".28",
                             rx=1.5))  # fmt: skip
        for begin, end, state in _stretches([c.state for c in line.coverage]):
            if state in (NONE, PARTLY, BEFORE):
                left = plot.edges(plot.chart.periods[begin])[0]
                width = plot.edges(plot.chart.periods[end - 1])[1] - left
                hatching = f"url(#{plot.size.name}-{state})"
                for kind, fill in (("blank", PAPER), (f"gap {state}", hatching)):
                    parts.append(tag("rect", class_=kind, x=left, y=y, width=width,
                                     height=RIBBON, fill=fill))  # fmt: skip
    return parts


def _axes(plot: _Plot) -> list[Markup]:
    size, parts = plot.size, []
    for tick in plot.ticks:
        y = plot.y(tick.value)
        parts.append(tag("path", class_="base" if not tick.value else "grid", fill="none",
                         d=path([(plot.left, y), (plot.right, y)]),
                         stroke=RULE if tick.value else MUTED))  # fmt: skip
        parts.append(_label(tick, plot.left - 6, y + size.font * 0.35, "end"))
    first, end = plot.chart.periods[0].start, plot.chart.periods[-1].end
    for tick in _time_ticks(first, end, (plot.right - plot.left) / (size.font * 7)):
        x = plot.x(tick.value)
        parts.append(tag("path", class_="base", d=path([(x, plot.lower), (x, plot.lower + 5)]),
                         stroke=MUTED, fill="none"))  # fmt: skip
        anchor = "start" if x < plot.left + size.font * 2 else "middle"
        if x > plot.right - size.font * 2.5:
            anchor, x = "end", plot.right
        parts.append(_label(tick, x, plot.lower + LINE_HEIGHT - 1, anchor))
    y = plot.head - 5.0
    parts.append(tag("text", plot.chart.value_name, class_="axis", x=2.0, y=y, fill=MUTED,
                     font_family=_own_faces(plot.chart.value_name)))  # fmt: skip
    return parts


def _time_ticks(first: date, end: date, most: float) -> tuple[Tick, ...]:
    return time_ticks(first, end, max(int(most), 2))


def _label(tick: Tick, x: float, y: float, anchor: str) -> Markup:
    return tag("text", tick.label, class_="axis", x=x, y=y, text_anchor=anchor, fill=MUTED,
               font_family=_own_faces(tick.label))  # fmt: skip


def _own_faces(text: str) -> str | None:
    """Return font families where those of the whole drawing do not suit a text."""
    found = faces(text)
    return None if found == FACES else found


def _columns(plot: _Plot) -> list[Markup]:
    line, parts = plot.chart.lines[0], []
    known = zip(plot.chart.periods, line.values, line.errors, line.coverage, strict=True)
    for period, value, error, covered in known:
        if value is None or not (value or error):
            continue
        left, right = plot.edges(period)
        width = max((right - left) * BAR_SHARE, 0.8)
        x, y = (left + right - width) / 2, plot.y(value)
        height = max(plot.lower - y, 1.0) if value else 0.0
        if height:
            pale = PALE if covered.state == PARTLY else None
            parts.append(tag("rect", class_="column s0", x=x, y=plot.lower - height, width=width,
                             height=height, fill=COLOURS[0], fill_opacity=pale))  # fmt: skip
        if error:
            middle = (left + right) / 2
            ends = (plot.y(value - ERRORS * error), plot.y(value + ERRORS * error))
            parts.append(tag("path", class_="whisker", stroke=INK, stroke_opacity=".55",
                             d=path([(middle, ends[0]), (middle, ends[1])])))  # fmt: skip
    return [tag("g", *parts, class_="series", data_series=0)]


def _pieces(line: Line) -> list[tuple[int, int]]:
    """Return the stretches a line is drawn over without lifting the pen: place, place after."""
    known = [
        NONE if value is None else BEFORE if covered.state == BEFORE else WHOLE
        for value, covered in zip(line.values, line.coverage, strict=True)
    ]
    return [(begin, end) for begin, end, state in _stretches(known) if state != NONE]


def _lines(plot: _Plot) -> list[Markup]:
    middles = plot.middles()
    space = (plot.right - plot.left) / len(middles)
    groups = []
    # The largest is drawn last, above the others.
    for number, line in reversed(list(enumerate(plot.chart.lines))):
        points = [
            None if value is None else (x, plot.y(value))
            for x, value in zip(middles, line.values, strict=True)
        ]
        pieces = _pieces(line)
        alone = {begin for begin, end in pieces if end == begin + 1}
        way = "".join(path(points[begin:end]) for begin, end in pieces)
        parts = _band(plot, number, line, middles) if any(line.errors) else []
        parts.append(tag("path", class_=f"line s{number}", d=way, fill="none",
                         stroke=COLOURS[number], stroke_width=2, stroke_linejoin="round",
                         stroke_dasharray=DASHES[number] or None))  # fmt: skip
        every = max(round(MARK_SPACE / space), 1)
        for place, point in enumerate(points):
            if point and (place % every == number % every or place in alone):
                parts.append(marker(number, *point))
        groups.append(tag("g", *parts, class_="series", data_series=number))
    return groups


def _band(plot: _Plot, number: int, line: Line, middles: Sequence[float]) -> list[Markup]:
    pieces = ""
    for begin, end in _pieces(line):
        found = [(middles[at], line.values[at] or 0.0, line.errors[at]) for at in range(begin, end)]
        above = [(x, plot.y(value + ERRORS * error)) for x, value, error in found]
        below = [(x, plot.y(value - ERRORS * error)) for x, value, error in reversed(found)]
        pieces += path([*above, *below]) + "Z"
    return [tag("path", class_=f"band s{number}", d=pieces, stroke="none",
                fill=COLOURS[number], fill_opacity=".15")]  # fmt: skip


def _reach(plot: _Plot) -> Markup:
    """Return what the pointer meets: a column for each period, with its name and numbers."""
    parts = []
    for place, period in enumerate(plot.chart.periods):
        left, right = plot.edges(period)
        parts.append(tag("rect", tag("title", plot.chart.period_names[place]), class_="reach",
                         data_at=place, x=left, y=plot.upper, width=right - left,
                         height=plot.lower - plot.upper, fill="transparent"))  # fmt: skip
    return tag("g", *parts, class_="reaches")


def _words_alone(plot: _Plot) -> list[Markup]:
    chart, size = plot.chart, plot.size
    title = shortened(clean(chart.title), size.font * 1.2, size.width - 8)
    source = shortened(clean(chart.source), size.font * 0.85, size.width - 8)
    return [
        tag("text", title, x=4.0, y=LINE_HEIGHT, fill=INK, font_size=size.font * 1.2,
            font_family=faces(title), font_weight="600"),
        *write_legend(chart, size),
        tag("text", source, x=4.0, y=size.height - 8, fill=MUTED, font_size=size.font * 0.85,
            font_family=faces(source)),
    ]  # fmt: skip


def darkened(svg: str) -> str:
    """Return a drawing in the colours that can be told apart on black, the ground left out."""
    for light, dark in DARK.items():
        # Quotes in texts are escaped, so only attributes read like this.
        svg = svg.replace(f'="{light}"', f'="{dark}"')
    return svg


def words_only(words: str, size: Size) -> Markup:
    """Return a picture that says why there is none."""
    told = shortened(clean(words), size.font, size.width)
    text = tag("text", told, x=4.0, y=LINE_HEIGHT, fill=MUTED, font_family=faces(told))
    box = f"0 0 {size.width:.0f} {size.height:.0f}"
    return tag("svg", text, xmlns="http://www.w3.org/2000/svg", viewBox=box, width=size.width,
               height=size.height, font_size=size.font)  # fmt: skip
