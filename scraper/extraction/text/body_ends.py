"""The lines before the first paragraph of a text and behind its last that are no part of it.

Labels, counts, buttons, headings of boxes that are gone: outlets word them as they like, so
they are told by what they are not: sentences, headings with text below, or items of a list.
"""

import re
from collections.abc import Sequence
from itertools import groupby, islice

from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text
from scraper.extraction.text.appeal_words import SOURCES
from scraper.extraction.text.body_lines import is_date
from scraper.extraction.text.furniture import CORRECTED
from scraper.extraction.words import ends_as_prose

PROSE_MIN_CHARS = 60  # of a line that is a paragraph
PROSE_ALWAYS_CHARS = 160  # of one that is, however it ends
PROSE_MIN_CHARS_DENSE = 25  # of Han, kana and Hangul
LABEL_MAX_CHARS = 30  # of a line before the text
LABEL_MAX_CHARS_DENSE = 14
DATED_MAX_CHARS = 80  # of one with a day and a time of day
DATED_MIN_DIGITS = 6  # of which a day without its year, and a time, have as many
TRAIL_MAX_CHARS = 90  # of a line behind the text that is no sentence
TRAIL_MAX_CHARS_DENSE = 36
TRAIL_MAX_CHARS_UNSTOPPED = 34  # in Arabic script, where sentences may end with nothing
TRAIL_MAX_CHARS_UNSPACED = 20  # in Thai, Lao, Burmese and Khmer, where they mostly do
LEADING_MAX = 8  # lines looked at before the text
HEADINGS_MAX = 200
SOURCES_MAX = 14  # last lines where a list of sources may begin
BIOS_MAX = 2  # a text of no more lines keeps them all
BIO_MAX_CHARS = 450
BIO_NAME_AT = 40  # of such a line that may stand before the name
NAME_MIN_CHARS = 5
NAME_MIN_CHARS_DENSE = 2
TRAILING_MAX = 3  # and behind it
QUOTED = ("”", "“", "»", "«", "›", "‹", "」", "』", "》", '"', "’")
QUOTING = ("—", "–", "― ")  # who is quoted
SENTENCE = re.compile(r"[。！？।۔။]|\w{3}[.!?؟][ (（]")  # within a line
CLOCK = re.compile(r"(?<!\d)\d{1,2}[:：]\d\d(?!\d)")
DENSE = re.compile(r"[\u2e80-\uffff]")
DENSE_CHARS = 60  # of a line, by which its script is told
CELL = "|"
UNSTOPPED = re.compile(r"[\u0600-\u06ff]\W{0,3}$")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\W{0,3}$")
SCORE = re.compile(r"(?<![\d./-])\d{1,3} ?[-–] ?\d{1,3}(?![\d./-])")  # of a match
ITEM = "- "


def without_labels(
    lines: Sequence[str], headings: frozenset[str], *, at_end: bool = False
) -> list[str]:
    """Return lines without labels before the first paragraph and remainders behind the last.

    Args:
        lines: the text, with items of lists marked by a hyphen.
        headings: the headings on the page; one that leads into text stays.
        at_end: look behind the last paragraph only.

    >>> first = "It rained on Monday, and all through the night, until the river rose."
    >>> without_labels(["1204", "Save", first, "Comments"], frozenset())
    ['It rained on Monday, and all through the night, until the river rose.']
    """
    lines = lines if at_end else _without_dated_list(lines)
    prose = [number for number, line in enumerate(lines) if _is_prose(line)]
    if not prose:
        return list(lines)
    first, last = prose[0], prose[-1]
    start, end = lines[:first], lines[last + 1 :]
    if not at_end and len(start) <= LEADING_MAX:
        start = [line for line in start if line in headings or not _is_label(line)]
        start = _with_whole_lists(lines[:first], start)
    rest = list(end)
    while rest and _is_remainder(rest[-1]):
        rest.pop()
    if len(end) - len(rest) > TRAILING_MAX:  # so many are an enumeration without its marks
        rest = list(end)
    return [*start, *lines[first : last + 1], *rest]


def _with_whole_lists(lines: Sequence[str], kept: Sequence[str]) -> list[str]:
    """Return the lines kept with the short items of lists of which others are kept."""
    whole: list[str] = []
    for is_list, run in groupby(lines, lambda line: line.startswith(ITEM)):
        ones = list(run)
        mine = [line for line in ones if line in kept]
        whole += ones if is_list and mine else mine
    return whole


def without_ending(lines: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return lines without what the authors are, and without the list of what was read.

    >>> first = "It rained."
    >>> without_ending([first, "Dry.", "Bo Vik is our man in the rain."], ["Bo Vik"])
    ['It rained.', 'Dry.']
    >>> without_ending([first, "Dry.", "Quellen:", "- Deutscher Wetterdienst"], [])
    ['It rained.', 'Dry.']
    """
    kept = list(lines)
    start = max(len(kept) - SOURCES_MAX, 1)
    for number, line in enumerate(kept[start:], start):
        if SOURCES.fullmatch(line.removeprefix(ITEM).rstrip(":： ")) and not any(
            map(_is_prose, kept[number:])
        ):
            kept = kept[:number]
            break
    while len(kept) > BIOS_MAX and _is_bio(kept[-1], names):
        kept.pop()
    return kept


def _is_bio(line: str, names: Sequence[str]) -> bool:
    """Tell whether a last paragraph is about one of those who wrote the text."""
    if len(line) > BIO_MAX_CHARS or any(mark in line for mark in QUOTED):
        return False
    return any(
        0 <= line.find(name) <= (BIO_NAME_AT if " " in name else 1)
        for name in names
        if not name.isupper()
        and len(name) >= (NAME_MIN_CHARS_DENSE if _is_dense(name) else NAME_MIN_CHARS)
    )


def _without_dated_list(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without a list of labels, one of them a date, near the beginning."""
    start = next((n for n, line in enumerate(lines[:LEADING_MAX]) if line.startswith(ITEM)), None)
    if start is None:
        return lines
    end = start
    while end < len(lines) and lines[end].startswith(ITEM):
        end += 1
    run = lines[start:end]
    is_dated = any(is_date(line.removeprefix(ITEM)) for line in run)
    if is_dated and all(_is_label(line) or is_date(line.removeprefix(ITEM)) for line in run):
        return [*lines[:start], *lines[end:]]
    return lines


def headings_of(tree: HtmlElement) -> frozenset[str]:
    """Return the headings of a page below the headline, as the lines of a text have them."""
    found = islice(tree.iter("h2", "h3", "h4", "h5", "h6"), HEADINGS_MAX)
    return frozenset(" ".join(all_text(heading).split()) for heading in found)


def _is_dense(line: str) -> bool:
    start = line[:DENSE_CHARS]
    return len(DENSE.findall(start)) > len(start) / 3


def _is_prose(line: str) -> bool:
    if line.startswith(CELL):
        return False
    if len(line) >= PROSE_ALWAYS_CHARS:
        return True
    if not ends_as_prose(line):
        return False
    return len(line) >= PROSE_MIN_CHARS or (len(line) >= PROSE_MIN_CHARS_DENSE and _is_dense(line))


def _is_label(line: str) -> bool:
    bare = line.removeprefix(ITEM)
    most = LABEL_MAX_CHARS_DENSE if _is_dense(bare) else LABEL_MAX_CHARS
    if CLOCK.search(bare) is not None:
        if len(bare) <= LABEL_MAX_CHARS:
            return True  # "น." and "ч." end hours, not sentences
        if sum(c.isdecimal() for c in bare) >= DATED_MIN_DIGITS:
            most = DATED_MAX_CHARS
    return len(bare) <= most and not ends_as_prose(bare) and not bare.endswith(QUOTED)


def _is_remainder(line: str) -> bool:
    if line.startswith((ITEM, CELL, *QUOTING)) or SENTENCE.search(line) is not None:
        return False
    most = TRAIL_MAX_CHARS_DENSE if _is_dense(line) else TRAIL_MAX_CHARS
    if UNSTOPPED.search(line) is not None:
        most = TRAIL_MAX_CHARS_UNSTOPPED
    elif UNSPACED.search(line) is not None:
        most = TRAIL_MAX_CHARS_UNSPACED
    if len(line) > most or line.endswith((*QUOTED, ";")):
        return False
    if SCORE.search(line) is not None or CORRECTED.search(line) is not None:
        return False
    return line.endswith((":", "：")) or not ends_as_prose(line)
