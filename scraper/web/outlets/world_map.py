"""The world map: every country's shape, and in which of a few classes its number of articles is.

The shapes come from Natural Earth by `docs/world_map.py`, in an equal-area projection.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CLASSES = 5  # shades that can be told apart beside each other


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a country lies on the map.

    Attributes:
        path: an SVG path; "" for those too small to have one.
        dot: the middle of a country that is hard to see; None for the others.
    """

    path: str
    dot: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class World:
    """The map: its size in its own units, and its countries by ISO 3166-1 code, "" for none."""

    width: int
    height: int
    countries: Mapping[str, Shape]

    def land_without(self, codes: Iterable[str]) -> str:
        """Return one path of all countries but some."""
        left_out = set(codes)
        return "".join(c.path for code, c in self.countries.items() if code not in left_out)


@cache
def read_world() -> World:
    """Read the map; it is kept."""
    stored = json.loads((files("scraper.web.outlets") / "world.json").read_text("utf8"))
    countries = {
        code: Shape(country["path"], tuple(country["dot"]) if "dot" in country else None)
        for code, country in stored["countries"].items()
    }
    return World(stored["width"], stored["height"], countries)


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of about as many numbers each, none of them empty.

    Attributes:
        classes: the smallest and largest number in each class, rising.
    """

    classes: tuple[tuple[int, int], ...]

    def shade_of(self, count: int) -> int:
        """Return how dark a number is, up to `CLASSES`; 0 for none. Few classes are dark ones."""
        if not count:
            return 0
        above = sum(1 for least, _ in self.classes if least > count)
        return CLASSES - above


def scale_of(counts: Iterable[int]) -> Scale:
    """Part numbers into quantiles; equal numbers count once, zeros not at all.

    >>> scale_of([1, 2, 3, 40, 50, 600, 700, 8000, 9000, 10000]).classes
    ((1, 2), (3, 40), (50, 600), (700, 8000), (9000, 10000))
    >>> scale_of([7, 7, 7, 900, 0]).classes
    ((7, 7), (900, 900))
    """
    ranked = sorted({count for count in counts if count > 0})
    begins = sorted({len(ranked) * at // CLASSES for at in range(CLASSES)} if ranked else ())
    ends = [*begins, len(ranked)][1:]
    return Scale(tuple((ranked[at], ranked[end - 1]) for at, end in zip(begins, ends, strict=True)))
