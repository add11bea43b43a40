"""The first and last lines of an article's text, found cheaply before the body is."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from scraper.extraction.page import one_line, text_of

PARAGRAPHS_MAX = 300  # p elements weighed
BLOCKS_MAX = 1_500  # other elements weighed where there are no paragraphs
NODES_MAX = 3_000  # events of the walk through the text
TEXT_MIN_CHARS = 60  # of what holds an article's text; Chinese says much in few
HEADINGS_MAX = 5
HEADLINE_MIN_CHARS = 8
LINE_CHARS = 400  # read of a line
EDGE_LINES = 4
LAST_LINES = 10  # appeals and links to other articles stand behind a signature
AFTER_NODES_MAX = 200  # events of the walk through one element behind the text
AFTER_LINES = 6  # lines read behind the text
AFTER_LINE_CHARS = 160
AROUND_MAX = 300  # elements looked at around a headline
LONG_LINES = 2  # paragraphs after which what follows a headline is no longer beside it
LONG_LINE_CHARS = 60
DENSE_LINE_CHARS = 32

INLINE = {
    "a", "b", "i", "em", "strong", "span", "u", "font", "mark", "wbr", "abbr", "small", "cite",
    "bdi", "bdo", "sub", "sup", "time", "q", "s", "label", "ins",
}  # fmt: skip
SKIPPED = {
    "script", "style", "figure", "figcaption", "noscript", "button", "form", "iframe", "aside",
    "table", "rt", "rp",
}  # fmt: skip
TEXT_BLOCKS = ("div", "td", "section", "article", "font", "span", "center", "main")
END = re.compile(r"related|recommend|comment|share|social|tag|copyright|footer|banner|advert", re.I)


def text_edges(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """Return the first lines and the last ones of an article's text, each in reading order.

    The text is what `itemprop=articleBody` marks, or the element with the most paragraph text,
    or, where lines are parted by br, the one with the most text of its own.
    """
    holder = _text_holder(tree)
    if holder is None:
        return [], []
    lines = _lines(holder)
    return lines[:EDGE_LINES], [*lines[-LAST_LINES:], *_lines_after(holder)]


def _text_holder(tree: HtmlElement) -> HtmlElement | None:
    weights: Counter[HtmlElement] = Counter()
    for paragraph in islice(tree.iter("p"), PARAGRAPHS_MAX):
        parent = paragraph.getparent()
        if parent is not None and parent.tag == "div" and len(parent) == 1:
            parent = parent.getparent()  # each paragraph has a box of its own
        if parent is not None and parent.tag not in ("aside", "footer", "nav", "li"):
            weights[parent] += _own_chars(paragraph, deep=True)
    if not weights or weights.most_common(1)[0][1] < TEXT_MIN_CHARS * 2:
        for block in islice(tree.iter(*TEXT_BLOCKS), BLOCKS_MAX):
            weights[block] += _own_chars(block, deep=False)
    best, chars = next(iter(weights.most_common(1)), (None, 0))
    return best if chars >= TEXT_MIN_CHARS else None


def _own_chars(element: HtmlElement, *, deep: bool) -> int:
    """Return the length of an element's own text; where `deep`, with its inline children's."""
    chars = len((element.text or "").strip())
    for child in islice(element, 60):
        chars += len((child.tail or "").strip())
        if deep and isinstance(child.tag, str):
            chars += len((child.text or "").strip())
    return chars


def _lines(holder: HtmlElement, most: int = NODES_MAX) -> list[str]:
    """Return the lines of a text as they show: parted where blocks and breaks part them."""
    lines: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        if text := one_line("".join(line)[: LINE_CHARS * 4]):
            lines.append(text)
        line.clear()

    walk = etree.iterwalk(holder, events=("start", "end"))
    for event, node in islice(walk, most):
        is_skipped = not isinstance(node.tag, str) or node.tag in SKIPPED
        if not is_skipped and node.tag not in INLINE:
            end_line()
        if event == "start":
            if is_skipped:
                walk.skip_subtree()
            else:
                line.append(node.text or "")
        elif node is not holder:
            line.append(node.tail or "")
    end_line()
    return lines


def _lines_after(holder: HtmlElement) -> list[str]:
    """Return the short lines that follow a text within what holds it, up to the end matter."""
    found: list[str] = []
    for level in (holder, holder.getparent()):
        if level is None or level.tag in ("body", "main", "html"):
            break
        for element in islice(level.itersiblings(), AFTER_LINES):
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            if not isinstance(element.tag, str) or element.tag in SKIPPED:
                continue
            if END.search(name) or element.tag in ("aside", "footer", "nav", "ul"):
                return found
            lines = _lines(element, AFTER_NODES_MAX)[-AFTER_LINES:]
            whole = " ".join(lines)  # a label may have a line, and the name the next
            both = [*lines, whole] if len(lines) > 1 else lines
            found += [line for line in both if len(line) <= AFTER_LINE_CHARS]
            if len(found) >= AFTER_LINES:
                return found
    return found


def headline_of(tree: HtmlElement) -> HtmlElement | None:
    """Return the heading that is the headline: one that the page's title repeats, or the longest.

    Logos stand in headings of the first level too (Asahi, Kyodo), headlines in lower ones.
    """
    title = one_line(tree.findtext(".//title") or "", LINE_CHARS)
    first = list(islice(tree.iter("h1"), HEADINGS_MAX))
    for heading in chain(first, islice(tree.iter("h2", "h3"), HEADINGS_MAX * 4)):
        is_plain = len(heading) == 0
        text = one_line(heading.text or "") if is_plain else text_of(heading, LINE_CHARS)
        if len(text) >= HEADLINE_MIN_CHARS and text in title:
            return heading
    return max(first, key=lambda h: len(text_of(h, LINE_CHARS)), default=None)


def around_headline(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements beside a headline, then those that follow it, as far as the text goes."""
    long_lines = 0
    for element in islice(_beside_and_after(heading), AROUND_MAX):
        if element.tag == "p":
            long_lines += _is_long(element.text or "")
            if long_lines > LONG_LINES:
                return
        yield element


def _is_long(text: str) -> bool:
    """Tell whether a line is a paragraph: in Chinese and Japanese, half as long ones are."""
    is_dense = max(text[:9], default="") >= "\u3040"
    return len(text) > (DENSE_LINE_CHARS if is_dense else LONG_LINE_CHARS)


def _beside_and_after(heading: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in islice(heading.itersiblings(preceding=True), 4):
        yield from islice(sibling.iter(), 20)
    level: HtmlElement | None = heading
    while level is not None and level.tag not in ("body", "html"):
        for sibling in level.itersiblings():
            yield from sibling.iter()
        level = level.getparent()
