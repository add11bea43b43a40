"""Paragraphs that the extractor left out though their siblings are the article.

Evidence is agreement: a container that holds paragraphs found, or one marked up like it, holds
the rest of the text too.
"""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text
from scraper.extraction.link_share import linked_share
from scraper.extraction.page import names_elsewhere
from scraper.extraction.text.body_lines import block_lines, folded, is_furniture
from scraper.extraction.text.furniture import BOX_HEADINGS
from scraper.extraction.words import ends_as_prose

KEY_CHARS = 60  # of a paragraph's letters by which it is known again
KEY_MIN_CHARS = 15  # less is said by too many lines to tell anything
PARAGRAPHS_MAX = 4_000  # of a page that are looked at
PARAGRAPH_MIN_CHARS = 60  # of one added; a line of Han says as much in half of them
PARAGRAPH_MAX_CHARS = 20_000
LINKED_MAX_SHARE = 0.3
LINE_LINKED_MAX_SHARE = 0.95  # of a short line amid paragraphs; names in it may be links
HEADING_MAX_CHARS = 160
CLASSES_MAX_CHARS = 200
ALIKE_SHARE = 0.5  # of the classes of two containers, for them to be of one make
WAITING_MAX = 3  # short lines between two paragraphs found; more are a box
ABOVE_MAX = 4  # boxes around the first paragraph found, where the opening may stand
OPENING_MAX = 6  # blocks before it
OPENING_DEPTH = 2  # of boxes of their own that those may stand in
HEADINGS = ("h2", "h3", "h4")
LISTS = ("ul", "ol")
ITEMS_MIN, ITEMS_MAX = 2, 30  # of a list put back
ITEM_MIN_CHARS = 22  # of its items, on the average, the mark included
ITEM_MIN_CHARS_DENSE = 12
ALONE_MAX = 2  # children of a box that is its list, with a heading
TWINS_DEPTH = 6  # boxes around a paragraph, one in the other
OWN_SHARE = 0.3  # of the text found that a container must hold, to add what is its own


Home = tuple[str, frozenset[str]]  # tag and classes of what holds a paragraph


class Block(NamedTuple):
    """One block of a page.

    Attributes:
        element: where it stands.
        text: what it says; of a list, item by item on lines.
        line: the line of the body that says it, None if none does.
    """

    element: HtmlElement
    text: str
    line: int | None


class Found(NamedTuple):
    """What was found of a text.

    Attributes:
        homes: the markups of the boxes that hold a good share of it.
        shared: every box that holds a part of it; their names say nothing against the rest.
        said: its letters.
    """

    homes: set[Home]
    shared: set[HtmlElement]
    said: str


def with_lost_paragraphs(tree: HtmlElement, lines: Sequence[str]) -> list[str]:
    """Return a body's lines with the paragraphs put back that belong among them.

    Args:
        tree: the page without its furniture.
        lines: the body found, in order.
    """
    keys: dict[str, int] = {}
    for number, line in enumerate(lines):
        key = _key(line)
        if len(key) >= KEY_MIN_CHARS:
            keys.setdefault(key, number)
    blocks = _blocks(tree, keys)
    homes = _homes(blocks, lines)
    if not homes:
        return list(lines)
    first = next(place for place, block in enumerate(blocks) if block.line is not None)
    shared = {box for b in blocks if b.line is not None for box in b.element.iterancestors()}
    found = Found(homes, shared, folded("".join(lines)))
    added = _between(blocks[first:], found)
    added[-1] = _before(blocks[:first], blocks[first], found)
    numbered = enumerate(["", *lines], -1)
    whole = (one for number, line in numbered for one in (line, *added.get(number, ())))
    return [line for one in whole for line in one.split("\n") if line]


def _before(blocks: Sequence[Block], first: Block, found: Found) -> list[str]:
    """Return the opening paragraphs that stand outside the box of the rest, as before a wall."""
    around = set(islice(first.element.iterancestors(), ABOVE_MAX))
    lost = [
        block
        for block in blocks[-OPENING_MAX:]
        if (
            around.intersection(islice(block.element.iterancestors(), OPENING_DEPTH))
            or _are_twins(block.element, first.element)
        )
        and (_is_lost_list(block, found) or (block.element.tag == "p" and _is_lost(block, found)))
    ]
    if lost and blocks[-1] is not lost[-1] and _is_heading(blocks[-1]):
        lost.append(blocks[-1])  # between two paragraphs
    return [block.text for block in lost]


def _between(blocks: Sequence[Block], found: Found) -> dict[int, list[str]]:
    """Return what was lost behind each line: prose, its headings, and short lines amid others."""
    added: dict[int, list[str]] = {}
    at = blocks[0].line or 0
    last = blocks[0]
    waiting: list[Block] = []  # headings and short lines, kept if text of the same home follows
    for block in blocks:
        is_at_home = _is_like(_home(block.element), found.homes)
        is_at_home = is_at_home or _stands_alone(block, found.homes)
        if block.line is not None:
            if at < block.line <= at + 1 and len(waiting) <= WAITING_MAX:
                near = (last, block) if is_at_home else (last,)
                added.setdefault(at, []).extend(_short_lines(waiting, near))
            at, last, waiting = block.line, block, []
        elif _is_lost_list(block, found) or _is_lead_in(last, block, found):
            added.setdefault(at, []).append(block.text)
        elif is_at_home and block.element.tag == "p" and _is_lost(block, found):
            headings = [one.text for one in waiting[-1:] if _is_heading(one)]
            added.setdefault(at, []).extend([*headings, block.text])
            waiting = []
        elif is_at_home:
            waiting.append(block)
    return added


def _short_lines(waiting: Sequence[Block], near: Sequence[Block]) -> list[str]:
    """Return the blocks beside neighbours found that are text too, if short."""
    return [
        block.text
        for block in waiting
        if (_is_heading(block) or (block.element.tag == "p" and _is_short_line(block)))
        and any(_stands_by(block.element, one.element) for one in near)
    ]


def _stands_by(one: HtmlElement, other: HtmlElement) -> bool:
    """Tell whether a block stands beside another, a heading perhaps in a box of its own."""
    depth = 1 if one.tag == "p" else 2
    return other.getparent() in islice(one.iterancestors(), depth) or _are_twins(one, other)


def _are_twins(one: HtmlElement, other: HtmlElement) -> bool:
    """Tell whether two blocks stand in boxes of one make up to the box that holds both."""
    for _ in range(TWINS_DEPTH):
        parents = one.getparent(), other.getparent()
        if parents[0] is None or parents[1] is None:
            return False
        if parents[0] is parents[1]:
            return True
        one, other = parents
        if one.tag != other.tag or _classes(one) != _classes(other) or len(one) > ALONE_MAX:
            return False
    return False


def _stands_alone(block: Block, homes: set[Home]) -> bool:
    """Tell whether a heading stands beside, or in a box of its own within, what holds the text."""
    if block.element.tag == "p" or not _is_heading(block):
        return False
    following, parent = block.element.getnext(), block.element.getparent()
    if following is not None and _is_like((following.tag, _classes(following)), homes):
        return True
    if parent is None or len(parent) > 1:
        return False
    return _is_like(_home(parent), homes)


def _is_short_line(block: Block) -> bool:
    return linked_share(block.element) < LINE_LINKED_MAX_SHARE and not is_furniture(block.text)


def _key(text: str) -> str:
    return folded(text[: KEY_CHARS * 3])[:KEY_CHARS]


def _blocks(tree: HtmlElement, keys: dict[str, int]) -> list[Block]:
    found = []
    for element in islice(tree.iter("p", *HEADINGS, *LISTS, "blockquote"), PARAGRAPHS_MAX):
        pieces = list(block_lines(element))  # more than one where <br> breaks it
        if element.tag in LISTS:
            text = "\n".join(f"- {piece}" for piece in pieces)[:PARAGRAPH_MAX_CHARS]
            pieces = pieces[-1:]
        else:
            text = " ".join(pieces)[:PARAGRAPH_MAX_CHARS]
        if text:
            said = (keys.get(_key(piece)) for piece in (text, *reversed(pieces)))
            found.append(Block(element, text, next((n for n in said if n is not None), None)))
    return found


def _is_beside(element: HtmlElement, shared: set[HtmlElement]) -> bool:
    boxes = [element]
    for box in element.iterancestors():
        if box in shared:
            break
        boxes.append(box)
    return any(map(names_elsewhere, boxes))


def _home(element: HtmlElement) -> Home:
    parent = element.getparent()
    if parent is None:
        return "", frozenset()
    return parent.tag, _classes(parent)


def _classes(element: HtmlElement) -> frozenset[str]:
    return frozenset((element.get("class") or "")[:CLASSES_MAX_CHARS].split())


def _is_like(home: Home, homes: set[Home]) -> bool:
    """Tell whether a container is marked up as one of those that hold the text found."""
    if home in homes:
        return True
    tag, classes = home
    return any(
        tag == other_tag and len(classes & others) > ALIKE_SHARE * len(classes | others)
        for other_tag, others in homes
    )


def _homes(blocks: Sequence[Block], lines: Sequence[str]) -> set[Home]:
    """Return the markups of containers that hold a good share of the text found."""
    held: dict[Home, int] = {}
    for block in blocks:
        if block.line is not None and block.element.tag == "p":
            home = _home(block.element)
            held[home] = held.get(home, 0) + len(block.text)
    whole = sum(map(len, lines)) or 1
    return {home for home, size in held.items() if size / whole >= OWN_SHARE and home[0] != "li"}


def _is_lost(block: Block, found: Found) -> bool:
    """Tell whether a paragraph is prose that was not found, and no box says that it is beside."""
    text = block.text
    if len(text) < PARAGRAPH_MIN_CHARS / (2 if _is_dense(text) else 1) or not ends_as_prose(text):
        return False
    if is_furniture(text) or linked_share(block.element) > LINKED_MAX_SHARE:
        return False
    if block.element.getparent().tag in ("figure", "figcaption"):
        return False
    return _key(text) not in found.said and not _is_beside(block.element, found.shared)


def _is_lost_list(block: Block, found: Found) -> bool:
    """Tell whether a list amid the text says whole things, and none of them was found."""
    if block.element.tag not in LISTS or block.element.find(".//p") is not None:
        return False
    items = block.text.split("\n")
    parent = block.element.getparent()
    if not ITEMS_MIN <= len(items) <= ITEMS_MAX or parent is None:
        return False
    is_alone = len(parent) <= ALONE_MAX and _is_like(_home(parent), found.homes)
    if not (is_alone or _is_like(_home(block.element), found.homes)):
        return False
    least = ITEM_MIN_CHARS_DENSE if _is_dense(block.text) else ITEM_MIN_CHARS
    if len(block.text) < least * len(items) or linked_share(block.element) > LINKED_MAX_SHARE:
        return False
    if any(folded(item) in found.said for item in items):
        return False
    return not _is_beside(block.element, found.shared)


def _is_lead_in(before: Block, block: Block, found: Found) -> bool:
    """Tell whether a list, its items however short, stands right between two paragraphs found."""
    element = block.element
    following = element.getnext()
    if element.tag not in LISTS or following is None or following.tag != "p":
        return False
    if element.getprevious() is not before.element or before.element.tag != "p":
        return False
    items = block.text.split("\n")
    if not ITEMS_MIN <= len(items) <= ITEMS_MAX or element.find(".//a") is not None:
        return False
    key = _key(all_text(following))
    if len(key) < KEY_MIN_CHARS or key not in found.said or is_furniture(items[0]):
        return False
    said = sum(folded(item) in found.said for item in items)
    return said <= len(items) / 2 and not _is_beside(element, found.shared)


def _is_dense(text: str) -> bool:
    return sum(c >= "\u2e80" for c in text[:100]) > 30


def _is_heading(block: Block) -> bool:
    text = block.text
    if block.element.tag not in HEADINGS or len(text) > HEADING_MAX_CHARS:
        return False
    return BOX_HEADINGS.fullmatch(text) is None and not is_furniture(text)
