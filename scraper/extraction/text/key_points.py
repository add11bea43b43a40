"""The outlet's summary in points, "Das Wichtigste in Kürze", found by its names or heading."""

from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text
from scraper.extraction.link_share import linked_share
from scraper.extraction.page import NAMES_KEPT, name_of, text_of
from scraper.extraction.text.body_lines import block_lines
from scraper.extraction.text.key_point_words import KEY_POINTS_HEADINGS, KEY_POINTS_NAMES

LINKED_MAX_SHARE = 0.5  # of a summary; more are other articles
POINTS_MIN, POINTS_MAX = 2, 12
POINT_MAX_CHARS = 500
BOX_MAX_CHARS = 4_000  # a box with more is no summary
NAME_MAX_CHARS = 300
LOOKED_AT = 40  # boxes with the name or heading that are looked at
HEADING_MAX_CHARS = 60
ANCESTORS_MAX = 3  # from a heading up to what holds its list


def heads_key_points(line: str) -> bool:
    """Tell whether a line is the heading of a summary in points.

    >>> heads_key_points("Das Wichtigste in Kürze"), heads_key_points("The highlights of a year")
    (True, False)
    """
    return (
        len(line) <= HEADING_MAX_CHARS and KEY_POINTS_HEADINGS.fullmatch(line.strip()) is not None
    )


def is_key_points(element: HtmlElement) -> bool:
    """Tell whether a box is, or holds first, a summary in points."""
    if _is_named(element):
        return True
    heading = next(element.iter("h2", "h3", "h4", "h5", "strong", "b"), None)
    return heading is not None and heads_key_points(text_of(heading, HEADING_MAX_CHARS + 1))


class KeyPoints(NamedTuple):
    """A summary in points, and the heading it stands under, "" if none."""

    points: tuple[str, ...] = ()
    heading: str = ""

    def lines(self) -> list[str]:
        """Return the summary as it stands in a body."""
        return [line for line in (self.heading, *(f"- {point}" for point in self.points)) if line]


def _is_named(element: HtmlElement) -> bool:
    name = name_of(element)
    return name != "" and _names_key_points(name[:NAME_MAX_CHARS])


@lru_cache(maxsize=NAMES_KEPT)
def _names_key_points(name: str) -> bool:
    return KEY_POINTS_NAMES.search(name) is not None


def find_key_points(tree: HtmlElement) -> KeyPoints:
    """Return the first summary in points on the page, an empty one if it has none."""
    seen = 0
    for element in tree.iter("ul", "ol", "div", "section", "aside", "h2", "h3", "h4", "strong"):
        if element.tag in ("h2", "h3", "h4", "strong"):
            text = all_text(element).strip()
            if not heads_key_points(" ".join(text.split()) if len(text) < BOX_MAX_CHARS else ""):
                continue
            points, said = _points_after(element), text
        else:
            if not _is_named(element):
                continue
            points, said = _points_in(element), _heading_of(element)
        if points:
            return KeyPoints(points, " ".join(said.split()))
        seen += 1
        if seen >= LOOKED_AT:
            break
    return KeyPoints()


def _heading_of(box: HtmlElement) -> str:
    heading = next(box.iter("h2", "h3", "h4", "h5", "strong", "b"), None)
    text = text_of(heading, HEADING_MAX_CHARS + 1) if heading is not None else ""
    return text if heads_key_points(text) else ""


def _points_after(heading: HtmlElement) -> tuple[str, ...]:
    """Return the items of the list that follows a heading, in its box or beside it."""
    node = heading
    for _ in range(ANCESTORS_MAX):
        following = node.getnext()
        if following is not None:
            return _points_in(following)
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "article", "main"):
            break
        node = parent
    return ()


def _points_in(box: HtmlElement) -> tuple[str, ...]:
    if len(all_text(box)) > BOX_MAX_CHARS or linked_share(box) > LINKED_MAX_SHARE:
        return ()
    items = [box] if box.tag == "li" else list(box.iter("li"))
    if not items:
        items = list(box.iter("p"))
    points = [" ".join(block_lines(item)) for item in items[: POINTS_MAX + 1]]
    points = [point for point in points if point and not heads_key_points(point)]
    fits = POINTS_MIN <= len(points) <= POINTS_MAX
    return tuple(points) if fits and max(map(len, points)) <= POINT_MAX_CHARS else ()
