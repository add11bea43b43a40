"""A body set for reading: paragraphs, lists, key points and lines that look like headings; pure.

Extraction keeps a body as text: items of a list, key points too, are paragraphs after a hyphen.
Nothing else of the markup is known, so a heading is only ever set to look like one.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from scraper.archive.segmentation import MARK_CLOSE, MARK_OPEN
from scraper.web.typography import marked_html, paragraphs

ITEM_MARK = "- "
LIST_ITEMS_MIN = 2  # one line alone that begins with a hyphen may be somebody speaking
TITLE_MAX_CHARS = 60  # of the line that announces key points
HEADING_MAX_CHARS = 80
LONGER_TIMES = 1.5  # than a heading the text after it is, at least
UNENDED = ("th", "lo", "km")  # written without full stops: a short sentence has no other sign
DATELINE_MAX_CHARS = 120  # before the sentence that the description repeats
MARKS = re.compile(f"[{MARK_OPEN}{MARK_CLOSE}]")
COLONS = ":："  # the full-width one in Chinese and Japanese


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a body.

    Args:
        kind: "paragraph", "heading", "list" or "points".
        parts: its lines as safe HTML: one, or the items of a list.
        title: what the outlet calls its key points; "" where it says nothing.
    """

    kind: str
    parts: tuple[Markup, ...]
    title: str = ""


def read_blocks(body: str, points: list[str], language: str) -> list[Block]:
    r"""Return the blocks of a body with hits marked, its key points once, first if not in it.

    >>> [(b.kind, b.title) for b in read_blocks("Lede.\n\nIn short:\n\n- A.\n\nB.", ["A."], "en")]
    [('paragraph', ''), ('points', 'In short'), ('paragraph', '')]
    """
    pieces = _pieces(body)
    told = {_plain(point): marked_html(point) for point in points}
    at = _standing(pieces, set(told))
    told |= {_plain(pieces[number][1]): marked_html(pieces[number][1]) for number in at}
    begin, title = at[0] if at else 0, ""
    rest = [piece for number, piece in enumerate(pieces) if number not in at]
    if begin and _is_title(rest[begin - 1]):
        begin -= 1
        title = MARKS.sub("", rest.pop(begin)[1]).strip().rstrip(COLONS)
    box = [Block("points", tuple(told.values()), title)] if told else []
    return [*_set(rest, 0, begin, language), *box, *_set(rest, begin, len(rest), language)]


def is_repeated(description: str, body: str) -> bool:
    """Tell whether a body begins with its description, a dateline before it or not.

    >>> is_repeated("Ice shuts it…", "HALM (AP) - Ice shuts it down."), is_repeated("A", "B")
    (True, False)
    """
    told = _plain(description).rstrip(".…")
    begun = _plain(body[: 2 * (len(description) + DATELINE_MAX_CHARS)])
    return told in begun[: len(told) + DATELINE_MAX_CHARS]


def _plain(text: str) -> str:
    return "".join(MARKS.sub("", text).casefold().split())


def _standing(pieces: list[tuple[bool, str]], points: set[str]) -> list[int]:
    """Return which pieces are the key points: items, or paragraphs one after another."""
    same = {number for number, (_, text) in enumerate(pieces) if _plain(text) in points}
    return [n for n in sorted(same) if pieces[n][0] or {n - 1, n + 1} & same]


def _pieces(body: str) -> list[tuple[bool, str]]:
    """Return paragraphs, and lines that may be items of a list, told apart."""
    pieces: list[tuple[bool, str]] = []
    for paragraph in paragraphs(body):
        lines = paragraph.split("\n")
        if all(line.startswith(ITEM_MARK) for line in lines):
            pieces += [(True, line.removeprefix(ITEM_MARK)) for line in lines]
        else:
            pieces.append((False, paragraph))
    return pieces


def _set(pieces: list[tuple[bool, str]], begin: int, end: int, language: str) -> list[Block]:
    blocks: list[Block] = []
    numbered = list(enumerate(pieces))[begin:end]
    for is_item, group in groupby(numbered, key=lambda entry: entry[1][0]):
        run = list(group)
        if is_item and len(run) >= LIST_ITEMS_MIN:
            blocks.append(Block("list", tuple(marked_html(line) for _, (_, line) in run)))
            continue
        for number, (_, text) in run:
            is_heading = not is_item and _is_heading(pieces, number, language)
            line = marked_html(f"{ITEM_MARK}{text}" if is_item else text)
            blocks.append(Block("heading" if is_heading else "paragraph", (line,)))
    return blocks


def _is_title(piece: tuple[bool, str]) -> bool:
    is_item, text = piece
    plain = MARKS.sub("", text).strip()
    return not is_item and len(plain) <= TITLE_MAX_CHARS and plain.endswith(tuple(COLONS))


def _is_heading(pieces: list[tuple[bool, str]], number: int, language: str) -> bool:
    """Tell whether a short line without a sentence's end stands between longer paragraphs."""
    if not 0 < number < len(pieces) - 1 or language.split("-")[0] in UNENDED:
        return False
    text = MARKS.sub("", pieces[number][1]).strip()
    is_line = "\n" not in text and len(text) <= HEADING_MAX_CHARS
    if not is_line or unicodedata.category(text[-1])[0] not in "LMN":
        return False
    (was_item, before), (_, after) = pieces[number - 1], pieces[number + 1]
    return (was_item or len(before) > len(text)) and len(after) >= LONGER_TIMES * len(text)
