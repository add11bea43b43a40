"""The legend of a chart that stands alone: lines by name beside their marks, then the hatchings."""

from markupsafe import Markup

from scraper.web.attention.chart import Chart, Size
from scraper.web.attention.coverage import BEFORE, NONE, PARTLY
from scraper.web.attention.marks import (
    COLOURS,
    DASHES,
    INK,
    clean,
    faces,
    marker,
    path,
    shortened,
    tag,
    width_of,
)

ROW = 18.0
SAMPLE, SPACE = 26.0, 22.0  # width of a sample of a line, and between two entries
NAME_SHARE = 0.45  # of the drawing's width, for one name

Entry = tuple[str, str]  # number of a line or state of coverage, and its name


def legend_rows(chart: Chart, width: float, size: float) -> list[list[Entry]]:
    """Lay out lines and hatchings that occur in rows of at most a width."""
    named = chart.lines if len(chart.lines) > 1 or chart.lines[0].name else ()
    entries = [(str(number), clean(line.name)) for number, line in enumerate(named)]
    states = {covered.state for covered in chart.coverage}
    states |= {covered.state for line in chart.lines for covered in line.coverage}
    entries += [(s, chart.words[s]) for s in (NONE, PARTLY, BEFORE) if s in states & {*chart.words}]
    rows: list[list[Entry]] = [[]]
    taken = 0.0
    for key, name in entries:
        text = shortened(name, size, width * NAME_SHARE)
        needed = SAMPLE + width_of(text, size) + SPACE
        if rows[-1] and taken + needed > width:
            rows.append([])
            taken = 0.0
        rows[-1].append((key, text))
        taken += needed
    return rows if entries else []


def write_legend(chart: Chart, size: Size) -> list[Markup]:
    """Draw the legend below the title."""
    parts = []
    for number, row in enumerate(legend_rows(chart, size.width, size.font)):
        x, y = 4.0, ROW * (number + 2) + 2
        for key, name in row:
            parts.append(sample(key, x, y - size.font * 0.35, size.name))
            parts.append(tag("text", name, x=x + SAMPLE, y=y, fill=INK, font_family=faces(name)))
            x += SAMPLE + width_of(name, size.font) + SPACE
    return parts


def sample(key: str, x: float, y: float, prefix: str) -> Markup:
    """Draw a short piece of a line with its mark, or of a hatching."""
    if not key.isdigit():
        return tag("rect", class_=f"gap {key}", x=x, y=y - 5, width=20, height=10,
                   fill=f"url(#{prefix}-{key})", stroke="#8f887c", stroke_width=".5")  # fmt: skip
    number = int(key)
    line = tag("path", class_=f"line s{number}", d=path([(x, y), (x + 20, y)]), stroke_width=2,
               stroke=COLOURS[number], stroke_dasharray=DASHES[number] or None)  # fmt: skip
    return line + marker(number, x + 10, y)
