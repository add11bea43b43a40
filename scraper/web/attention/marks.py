"""The signs of a chart: elements of SVG, and how lines are told apart by colour, dash and mark.

Colours stand twice: as attributes, for a file on its own, on white; and as classes, by which the
page's style sheet sets them for light and dark.
"""

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

# Okabe and Ito's colours for readers of every kind of sight, darkened where white needs it; the
# style sheet has lighter ones on black.
COLOURS = ("#0068a8", "#c05000", "#007a5a", "#a8498a", "#8a6d00", "#3c4bb0", "#6b6560")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 4")
INK, MUTED, RULE, PAPER, TINT = "#1e1c19", "#69635a", "#d8d3c8", "#ffffff", "#f1eee7"
# For pictures on a dark page, which have no style sheet; the same as there.
DARK = dict(zip(
    (*COLOURS, INK, MUTED, RULE, PAPER, TINT, "#8f887c"),
    ("#62b6ee", "#f09a55", "#4cc9a0", "#e08fc4", "#d9bd4a", "#a3aefc", "#b5ada2",
     "#e9e5dc", "#a29b8f", "#34312c", "#171614", "#211f1c", "#7d766b"),
    strict=True,
))  # fmt: skip
# A name comes from anywhere: the first face is for its script, since a renderer of pictures may
# choose any face for letters that the first one lacks, a bold one as well.
FACES = "Noto Sans, Segoe UI, Helvetica Neue, Arial, DejaVu Sans, sans-serif"
SCRIPT_FACES = (
    (("CJK", "HIRAGANA", "KATAKANA", "HANGUL"), "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, "),
    (("ARABIC", "HEBREW"), "DejaVu Sans, Segoe UI, Geeza Pro, "),
    (("THAI",), "Noto Sans Thai, Thonburi, "),
    (("DEVANAGARI",), "Noto Sans Devanagari, Kohinoor Devanagari, "),
)
FORBIDDEN = ("Cc", "Cs", "Cn")
NAMED_CHARS = 200  # looked at to tell a text's script
NARROW_EM, WIDE_EM = 0.56, 1.0  # widths of letters, about


def tag(name: str, *inside: object, **attributes: object) -> Markup:
    """Return an element; everything in it is escaped that is not markup already.

    Underscores in names of attributes become hyphens; `class_` is class; None is left out.

    >>> str(tag("text", "a < b", class_="s0", font_size=9))
    '<text class="s0" font-size="9">a &lt; b</text>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_short(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    parts = "".join(escape(part) for part in inside)
    # All of it is escaped by now; Markup's own format and join cost ten times as much.
    return Markup(f"<{name}{told}>{parts}</{name}>" if inside else f"<{name}{told}/>")  # noqa: S704


def _short(value: object) -> str:
    """Write a coordinate with one digit after the point, which no eye can tell from more."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value) if isinstance(value, int) else str(escape(value))


def faces(text: str) -> str:
    """Return font families for a text, those for its script first.

    >>> faces("星の新聞").split(",")[0], faces("Harbour Post").split(",")[0]
    ('Noto Sans CJK JP', 'Noto Sans')
    """
    names = {
        unicodedata.name(char, "").split(" ")[0] for char in text[:NAMED_CHARS] if ord(char) > 0x2FF
    }
    own = "".join(families for scripts, families in SCRIPT_FACES if names & set(scripts))
    return own + FACES


def clean(text: str) -> str:
    r"""Return a text without characters that XML 1.0 cannot hold.

    >>> clean("a\0b\ud800c")
    'abc'
    """
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) not in FORBIDDEN)


def width_of(text: str, size: float) -> float:
    """Estimate the width of a text set at a size."""
    return size * sum(
        WIDE_EM if unicodedata.east_asian_width(char) in "WF" else NARROW_EM for char in text
    )


def shortened(text: str, size: float, width: float) -> str:
    """Cut a text to a width, with an ellipsis where something is missing.

    >>> shortened("Harbour Post of Port Aldry", 10, 80)
    'Harbour Post…'
    """
    if width_of(text, size) <= width:
        return text
    while text and width_of(text, size) + size > width:
        text = text[:-1]
    return text.rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def marker(number: int, x: float, y: float, size: float = 3.0) -> Markup:
    """Return the mark of a line's point, in the shape of its number."""
    colour, kind = COLOURS[number % len(COLOURS)], f"mark s{number % len(COLOURS)}"
    if number % len(COLOURS) == 0:
        return tag("circle", class_=kind, cx=x, cy=y, r=size, fill=colour)
    corners = {
        1: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        2: ((0, -1.3), (1.2, 1), (-1.2, 1)),
        3: ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        4: ((0, 1.3), (1.2, -1), (-1.2, -1)),
        5: ((-1.5, -0.5), (1.5, -0.5), (1.5, 0.5), (-1.5, 0.5)),
        6: ((-0.5, -1.5), (0.5, -1.5), (0.5, 1.5), (-0.5, 1.5)),
    }[number % len(COLOURS)]
    points = " ".join(f"{x + size * dx:.1f},{y + size * dy:.1f}" for dx, dy in corners)
    return tag("polygon", class_=kind, points=points, fill=colour)


def path(points: Iterable[tuple[float, float] | None]) -> str:
    """Return the data of a line through points; None lifts the pen.

    >>> path([(0, 1), (2, 3.25), None, (5, 5)])
    'M0 1L2 3.2M5 5'
    """
    parts, is_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if is_down else 'M'}{_short(point[0])} {_short(point[1])}")
        is_down = point is not None
    return "".join(parts)


def patterns(prefix: str) -> Markup:
    """Return the hatchings by state of coverage.

    Dense for what was not collected, sparse for what was in part; leaning the other way, on a tint,
    for what was before.
    """
    return tag(
        "defs",
        _pattern(f"{prefix}-none", 6, "1"),
        _pattern(f"{prefix}-partly", 11, ".6"),
        _pattern(f"{prefix}-before", 8, ".45", is_before=True),
    )


def _pattern(name: str, size: int, opacity: str, *, is_before: bool = False) -> Markup:
    lines = f"M0 {size}L{size} 0M-1 1L1 -1M{size - 1} {size + 1}l2 -2"
    if is_before:
        lines = f"M0 0L{size} {size}M-1 {size - 1}l2 2M{size - 1} -1l2 2"
    ground = [tag("rect", class_="tint", width=size, height=size, fill=TINT)] if is_before else []
    stripes = tag("path", class_="stripe", d=lines, fill="none", stroke="#8f887c",
                  stroke_width=1.2, stroke_opacity=opacity)  # fmt: skip
    return tag("pattern", *ground, stripes, id=name, width=size, height=size,
               patternUnits="userSpaceOnUse")  # fmt: skip
