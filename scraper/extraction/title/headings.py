"""The headline as a page shows it: what a reader sees of its headings."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.linked_data import unescaped
from scraper.extraction.page import INLINE, Page, one_line, runs_together
from scraper.extraction.title.site_words import BADGE, HEADING_UNSEEN, HEADLINE

HEADINGS_MAX = 8  # of level 1
LOOKED_AT_MAX = 1_500  # elements searched for a headline where no h1 holds one
STAND_INS_MAX = 8
HEADING_MAX_CHARS = 501
PIECE_MAX_CHARS = 2_000
MARKS = re.compile(r"\s{0,5}[:：|/–—-]\s{0,5}")
LOOSE_MARKS = " :：|/–—-•·"  # left where a badge stood
DEPTH_MAX = 12  # of elements within a heading
CHILDREN_MAX = 60
UNREAD = {
    "script",
    "style",
    "rt",
    "rp",
    "svg",
    "button",
    "template",
    "noscript",
    "select",
    "figure",
}


def headings(page: Page) -> list[HtmlElement]:
    """Return a page's first headings of level 1, and those that ARIA calls so, in page order."""
    found = list(islice(page.tree.iter("h1"), HEADINGS_MAX))
    shown = [heading for heading in found if not _is_unseen(heading)]
    return shown or found


def stand_ins(page: Page) -> Iterator[HtmlElement]:
    """Yield what serves as a headline on a page without a usable h1, the likeliest first.

    Microdata, ARIA, then boxes with the class names of headlines.
    """
    named: list[HtmlElement] = []
    for element in islice(
        page.tree.iter("h2", "h3", "h4", "div", "p", "span", "td", "strong", "font", "b"),
        LOOKED_AT_MAX,
    ):
        if element.get("itemprop") == "headline" or (
            element.get("role") == "heading" and element.get("aria-level") == "1"
        ):
            yield element
        elif len(named) < STAND_INS_MAX and HEADLINE.search(_names(element)):
            named.append(element)
    yield from named


def seen_text(heading: HtmlElement, *, badges: bool = True) -> str:
    """Return a heading's text as read: without readings of ruby, hidden parts and buttons.

    Args:
        heading: the element.
        badges: whether what stands in it as a badge, kicker or counter is kept.

    >>> from lxml import html
    >>> seen_text(html.fromstring("<h1><ruby>雨<rt>あめ</rt></ruby>が<i hidden>x</i>戻る</h1>"))
    '雨が戻る'
    """
    text = one_line(unescaped(_joined(_pieces(heading, badges, 0))), HEADING_MAX_CHARS)
    return text if badges else text.strip(LOOSE_MARKS)


def _joined(pieces: Iterator[str]) -> str:
    """Join pieces as they show: "DemoDer" is two words, whatever the markup says."""
    text = ""
    for piece in pieces:
        text += f" {piece}" if runs_together(text[-5:], piece[:2]) else piece
        if len(text) > HEADING_MAX_CHARS * 4:  # white space may be most of it
            break
    return text


def _pieces(element: HtmlElement, badges: bool, depth: int) -> Iterator[str]:
    yield (element.text or "")[:PIECE_MAX_CHARS]
    for child in islice(element, CHILDREN_MAX):
        if isinstance(child.tag, str) and depth < DEPTH_MAX and _is_read(child, badges):
            gap = "" if child.tag in INLINE or child.tag in ("ruby", "rb") else " "
            yield gap
            yield from _pieces(child, badges, depth + 1)
            yield gap
        yield (child.tail or "")[:PIECE_MAX_CHARS]


def _is_read(element: HtmlElement, badges: bool) -> bool:
    if element.tag in UNREAD:
        return False
    if not badges and BADGE.search(element.get("class") or ""):
        return False
    # A hidden colon between kicker and headline is how outlets make them two for the blind.
    return not _is_unseen(element) or MARKS.fullmatch(element.text or "") is not None


def _is_unseen(element: HtmlElement) -> bool:
    style = element.get("style") or ""
    return (
        element.get("hidden") is not None
        or ("display" in style and "none" in style)
        or HEADING_UNSEEN.search(element.get("class") or "") is not None
    )


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
