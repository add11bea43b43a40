"""Makes the world map of the outlets page from Natural Earth's borders.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/world_map.py package/countries-50m.json

Source: Natural Earth 4.1, Admin 0 countries at 1:50m, in the public domain, as TopoJSON by the npm
package world-atlas 2.0.2 (ISC). It shows who holds a territory, not who should; where a land has
no ISO 3166-1 code (Northern Cyprus, Somaliland) it is drawn with the country it is coded under.
Projection: Equal Earth (Savric, Patterson, Jenny 2018), in which areas compare truly.
Needs Babel, whose CLDR knows the alpha-2 code to each numeric one.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.core import get_global

TARGET = Path(__file__).parent.parent / "scraper" / "web" / "outlets" / "world.json"
Point = tuple[float, float]

WIDTH = 2000  # of the map, in its own units: some 20 km at the equator
# The meridian in the middle: the map's edge then runs through Bering Strait, and cuts no land.
MIDDLE = 11.0
NORTH, SOUTH = 83.7, -56.0  # Greenland to Tierra del Fuego; nobody publishes on Antarctica
TRIANGLE_MIN = 1.5  # square units: what a point must add to its line to stay (Visvalingam)
RING_MIN = 3.0  # square units: smaller islands fall away, but for a country's largest
DOT_BELOW = 40.0  # square units: a country smaller than that is a dot, too, to be seen and hit
LEFT_OUT = {"AQ"}
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}  # they have no numeric code
# Inhabited places with a code of their own that Natural Earth 1:50m lacks or counts to another
# country: longitude and latitude of their main town.
ADDED: dict[str, Point] = {
    "BQ": (-68.27, 12.15), "CC": (96.83, -12.16), "CX": (105.68, -10.42), "GF": (-52.33, 4.92),
    "GI": (-5.35, 36.14), "GP": (-61.53, 16.24), "MQ": (-61.07, 14.6), "RE": (55.45, -20.88),
    "SJ": (15.65, 78.22), "TK": (-172.5, -8.55), "TV": (179.2, -8.52), "YT": (45.23, -12.78),
}  # fmt: skip


def project(longitude: float, latitude: float) -> Point:
    """Return where a place lies in the Equal Earth projection, in radians of the globe."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta


SCALE = WIDTH / (2 * project(180, 0)[0])
TOP = project(0, NORTH)[1]
HEIGHT = round((TOP - project(0, SOUTH)[1]) * SCALE)


def place(longitude: float, latitude: float) -> Point:
    """Return where a place lies on the map, from its top left."""
    x, y = project((longitude - MIDDLE + 180) % 360 - 180, latitude)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return every border once, on the map and simplified, so that neighbours still meet."""
    (kx, ky), (tx, ty) = (topology["transform"][name] for name in ("scale", "translate"))
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append(place(x * kx + tx, y * ky + ty))
        arcs.append(simplify(line))
    return arcs


def simplify(line: list[Point]) -> list[Point]:
    """Drop the points that add least, ends excepted; a closed line keeps a triangle."""
    line = list(line)
    least = 4 if line[0] == line[-1] else 2
    sizes = [abs(area(line[at : at + 3])) for at in range(len(line) - 2)]
    while len(line) > least and (smallest := min(sizes)) < TRIANGLE_MIN:
        gone = sizes.index(smallest)
        del line[gone + 1], sizes[gone]
        for at in range(max(gone - 1, 0), min(gone + 1, len(sizes))):
            sizes[at] = abs(area(line[at : at + 3]))
    return line


def area(ring: Iterable[Point]) -> float:
    """Return the area within a ring, negative if it turns the other way."""
    points = list(ring)
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def ring_of(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to a ring; a number below zero is an arc taken backwards (TopoJSON)."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc if not ring else arc[1:]
    return ring[:-1]


def is_cut(ring: list[Point]) -> bool:
    """Tell whether a ring crosses the map's edge, as Saint Lawrence Island's does."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return any(abs(ax - bx) > WIDTH / 2 for (ax, _), (bx, _) in pairs)


def code_of(shape: dict[str, Any]) -> str:
    """Return the alpha-2 code of a shape; "" if it is under no country's code."""
    aliases = get_global("territory_aliases").get(shape.get("id", ""), [])
    return BY_NAME.get(shape["properties"]["name"]) or next(iter(aliases), "")


def path_of(rings: list[list[Point]]) -> str:
    """Write rings as an SVG path of whole numbers, each point from the one before."""
    parts = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        (px, py), steps = points[0], []
        for x, y in points[1:]:
            if (x, y) != (px, py):
                steps.append(f"{x - px} {y - py}")
                px, py = x, y
        if len(steps) > 1:
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(parts)


def middle(ring: list[Point]) -> list[int]:
    """Return the middle of a ring, where a dot stands for it."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return [round(sum(xs) / len(xs)), round(sum(ys) / len(ys))]


def draw(topology: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return path and dot of each country by its code; "" holds land under no code."""
    arcs = read_arcs(topology)
    rings: dict[str, list[list[Point]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found = [ring_of(numbers, arcs) for polygon in polygons for numbers in polygon]
        rings.setdefault(code_of(shape), []).extend(ring for ring in found if not is_cut(ring))
    drawn: dict[str, dict[str, Any]] = {}
    for code, all_of_it in rings.items():
        if code in LEFT_OUT or not all_of_it:
            continue
        largest = max(all_of_it, key=lambda ring: abs(area(ring)))
        kept = [ring for ring in all_of_it if ring is largest or abs(area(ring)) >= RING_MIN]
        drawn[code] = {"path": path_of(kept)}
        if abs(area(largest)) < DOT_BELOW and code:
            drawn[code]["dot"] = middle(largest)
    for code, (longitude, latitude) in ADDED.items():
        x, y = place(longitude, latitude)
        drawn.setdefault(code, {"path": ""})["dot"] = [round(x), round(y)]
    return dict(sorted(drawn.items()))


def main(source: Path) -> None:
    """Write the map."""
    countries = draw(json.loads(source.read_text("utf8")))
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(c)}" for code, c in countries.items())
    text = f'{{"width": {WIDTH}, "height": {HEIGHT}, "countries": {{\n{lines}\n}}}}\n'
    TARGET.write_text(text, "utf8")
    kinds = Counter("dot" if "dot" in country else "shape" for country in countries.values())
    print(f"{TARGET.name}: {len(text):,} bytes, {dict(kinds)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
