"""Lays the tables of an archive out as a diagram: what leads to a table stands to its right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scraper.web.about.tables import Column, Table

BOX_WIDTH, ROW_HEIGHT, HEAD_HEIGHT, FOOT = 172, 17, 24, 5
GAP_ACROSS, GAP_DOWN, MARGIN = 58, 20, 4
SWEEPS = 4  # of sorting each rank by where its neighbours stand


@dataclass(frozen=True, slots=True)
class Box:
    """A table's place; `rows` are its keys and the columns that lead elsewhere, each with its y."""

    table: Table
    x: int
    y: int
    height: int
    rows: tuple[tuple[Column, int], ...]
    rest: int  # columns not shown
    rest_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """The path from a column to the table it leads to; `is_far` if others stand between."""

    path: str
    is_far: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and lines, and the size of the whole."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def draw(tables: Sequence[Table]) -> Diagram:
    """Lay tables out in ranks from left to right; the same tables give the same diagram."""
    ranks = rank(tables)
    columns: list[list[Table]] = [[] for _ in range(max(ranks.values(), default=0) + 1)]
    for table in tables:
        columns[ranks[table.name]].append(table)
    columns = [column for column in _sorted(columns) if column]
    tallest = max((_column_height(column) for column in columns), default=0)
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        y = MARGIN + (tallest - _column_height(column)) // 2
        for table in column:
            box = _box(table, MARGIN + number * (BOX_WIDTH + GAP_ACROSS), y)
            boxes[table.name] = box
            y += box.height + GAP_DOWN
    width = 2 * MARGIN + len(columns) * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS
    return Diagram(tuple(boxes.values()), _lines(boxes), max(width, 0), tallest + 2 * MARGIN)


def rank(tables: Sequence[Table]) -> dict[str, int]:
    """Return how many steps each table stands from the left: right of all that it leads to.

    A table that leads nowhere stands just left of what leads to it.
    """
    parents = {table.name: table.parents for table in tables}
    ranks: dict[str, int] = {}

    def ranked(name: str, seen: frozenset[str]) -> int:
        if name not in ranks:
            above = [p for p in parents[name] if p in parents and p not in seen]
            ranks[name] = max((ranked(p, seen | {name}) + 1 for p in above), default=0)
        return ranks[name]

    for name in parents:
        ranked(name, frozenset())
    for name in parents:
        children = [ranks[child] for child, above in parents.items() if name in above]
        if not parents[name] and children:
            ranks[name] = max(min(children) - 1, 0)
    return ranks


def _sorted(columns: list[list[Table]]) -> list[list[Table]]:
    """Sort each rank by where the tables stand that it leads to and that lead to it."""
    links = {table.name: set(table.parents) for column in columns for table in column}
    for name, parents in [(name, set(parents)) for name, parents in links.items()]:
        for parent in parents & links.keys():
            links[parent].add(name)
    for _ in range(SWEEPS):
        place = _places(columns)
        columns = [
            sorted(column, key=lambda table: _middle(links[table.name], place, place[table.name]))
            for column in columns
        ]
    return columns


def _places(columns: list[list[Table]]) -> dict[str, float]:
    return {
        table.name: (number + 0.5) / len(column)
        for column in columns
        for number, table in enumerate(column)
    }


def _middle(neighbours: set[str], place: Mapping[str, float], own: float) -> float:
    found = [place[name] for name in neighbours if name in place]
    return sum(found) / len(found) if found else own


def _shown(table: Table) -> list[Column]:
    return [column for column in table.columns if column.is_key or column.leads_to]


def _height(table: Table) -> int:
    shown = len(_shown(table))
    return HEAD_HEIGHT + ROW_HEIGHT * (shown + (shown < len(table.columns))) + FOOT


def _column_height(column: Sequence[Table]) -> int:
    return sum(map(_height, column)) + GAP_DOWN * (len(column) - 1)


def _box(table: Table, x: int, y: int) -> Box:
    shown = _shown(table)
    first = y + HEAD_HEIGHT + ROW_HEIGHT // 2 + 1
    rows = tuple((column, first + number * ROW_HEIGHT) for number, column in enumerate(shown))
    rest = len(table.columns) - len(shown)
    return Box(table, x, y, _height(table), rows, rest, first + len(shown) * ROW_HEIGHT)


def _lines(boxes: Mapping[str, Box]) -> tuple[Line, ...]:
    found = []
    for box in boxes.values():
        for column, y in box.rows:
            target = boxes.get(column.leads_to)
            if target is None or target is box:
                continue
            begin, end = box.x, target.x + BOX_WIDTH
            goal = target.y + HEAD_HEIGHT // 2
            bend = max((begin - end) // 2, GAP_ACROSS // 2)
            path = f"M{begin} {y}C{begin - bend} {y} {end + bend} {goal} {end} {goal}"
            found.append(Line(path, begin - end > GAP_ACROSS))
    return tuple(found)
