"""What a chart of attention shows, ready to be drawn, and at what size."""

from dataclasses import dataclass, field

from scraper.web.attention.coverage import WHOLE, Coverage
from scraper.web.attention.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, and for each period its value with one standard error.

    None stands where nothing is to be drawn.
    """

    name: str
    values: tuple[float | None, ...]
    errors: tuple[float, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. All texts are in the reader's words.

    Args:
        title: what is counted.
        description: the same for those who cannot see it.
        value_name: what the value axis measures.
        source: where the numbers come from.
        periods: in order.
        period_names: each in words.
        lines: the largest first.
        coverage: of all outlets asked for.
        words: for legend and hatchings, by state of coverage.
    """

    title: str
    description: str
    value_name: str
    source: str
    periods: tuple[Period, ...]
    period_names: tuple[str, ...]
    lines: tuple[Line, ...]
    coverage: tuple[Coverage, ...]
    words: dict[str, str] = field(default_factory=dict)
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """How large, and for what.

    In a page it is read with a pointer. A file has a title, a legend, a source and a ground. A
    picture in a page, which is a file as well, has neither.
    """

    name: str
    width: float
    height: float
    font: float = 13.0
    is_alone: bool = False
    is_picture: bool = False


def has_ribbons(chart: Chart) -> bool:
    """Tell whether a line has gaps that the chart as a whole has not."""
    shown = [covered.state for covered in chart.coverage]
    return len(chart.lines) > 1 and any(
        state != WHOLE and state != shown[at]
        for line in chart.lines
        for at, state in enumerate(covered.state for covered in line.coverage)
    )
