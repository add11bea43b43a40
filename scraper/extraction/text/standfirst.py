"""The standfirst: what stands between headline and text and belongs to the body.

Told by its name in the markup, or by agreeing with the page's own description.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_names import STANDFIRST, element_says
from scraper.extraction.element_text import all_text, letters
from scraper.extraction.link_share import linked_share
from scraper.extraction.page import text_of
from scraper.extraction.text.body_lines import block_lines, folded, is_furniture
from scraper.extraction.text.key_points import is_key_points
from scraper.extraction.words import ends_as_prose

LOOKED_AT = 200  # elements between the headline and the text; buttons and pictures are many
MIN_CHARS = 25  # of Latin script; a line of Han says twice as much
MIN_CHARS_DENSE = 12
MAX_CHARS = 1_200
AGREE_CHARS = 40  # of the description's letters that must be met, where one is cut
LINES_MAX = 6
BODY_LINES = 12  # first lines of the body where it may stand already
KEY_CHARS = 60
ANCESTORS_MAX = 6
HEADINGS_MAX = 60
NAME_MAX_CHARS = 300
GALLERY = re.compile(r"gallery|galerie|lightbox|slide|carousel|swiper|slick", re.IGNORECASE)
UNDER_HEADLINE = ("p", "h2", "h3", "h4", "div")
UNDER_HEADLINE_WORDS = 8
DATED_WORDS = 12  # of a sentence that tells a time of day, or a year
SIGNED = re.compile(r"by-?line|author|writer|reporter|date|time|meta|credit|source", re.IGNORECASE)
DATED = re.compile(r"\b20\d\d\b|\d{1,2}[:.]\d\d\b|[\u06f0-\u06f9\u0660-\u0669]{4}")
STANDFIRST_ITEMPROPS = ("description", "alternativeheadline", "abstract")
BLOCK_TAGS = ("p", "h2", "h3", "h4", "h5", "div", "span", "li", "strong", "section")
NESTED = ("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "section", "article", "figure", "table")
ELSEWHERE = ("aside", "nav", "footer", "figure", "figcaption", "form", "table")


def find_standfirst(
    tree: HtmlElement, title: str, descriptions: Sequence[str], body: Sequence[str]
) -> list[str]:
    """Return the lines of the standfirst if a body lacks one, [] if it has them or there are none.

    Those that it has stand among them, in order: they are to be said once.

    Args:
        tree: the page without its furniture.
        title: the headline, by which the heading is known.
        descriptions: what the page states that it is about.
        body: the lines found so far.
    """
    stated = [text for text in map(folded, descriptions) if len(text) >= MIN_CHARS_DENSE]
    first = {
        folded(line[: KEY_CHARS * 3])[:KEY_CHARS] for line in body if len(line) >= MIN_CHARS_DENSE
    }
    opening = "".join(map(folded, body[:BODY_LINES]))
    found: list[str] = []
    holder: HtmlElement | None = None
    for element in islice(_following(tree, folded(title)), LOOKED_AT):
        if holder is not None and (element is holder or holder in element.iterancestors()):
            continue
        raw = all_text(element)
        if not MIN_CHARS_DENSE <= len(raw) <= MAX_CHARS * 4:  # white space may be most of it
            continue
        text = " ".join(raw.split())
        key = folded(text)
        if len(key) >= MIN_CHARS and (key[:KEY_CHARS] in first or key[:KEY_CHARS] in opening):
            if _is_leaf(element):
                break  # the body has begun
            continue
        if not _may_be(element, text) or key == folded(title):
            continue
        if (
            not (_agrees(key, stated) and _is_leaf(element))
            and not _is_named(element, text)
            and not _stands_under_headline(element, text)
        ):
            continue
        holder = element
        found += _lines_lacking(element, body, opening)
        if len(found) >= LINES_MAX:
            break
    return [line for line in found[:LINES_MAX] if not is_furniture(line)]


def _lines_lacking(element: HtmlElement, body: Sequence[str], opening: str) -> list[str]:
    lines = list(block_lines(element))
    lacking = [line for line in lines if folded(line) not in opening]
    return [line for line in lines if line in lacking or line in body] if lacking else []


def _following(tree: HtmlElement, title: str) -> Iterator[HtmlElement]:
    """Yield the elements that follow the headline: the one that says the title, or the first h1."""
    headings = list(islice(tree.iter("h1", "h2"), HEADINGS_MAX))
    said = [h for h in headings if title and title in folded(text_of(h, 600))]
    start = said[0] if said else next((h for h in headings if h.tag == "h1"), None)
    if start is None:
        return
    seen = False
    for element in tree.iter("h1", *BLOCK_TAGS):
        if element is start:
            seen = True
        elif seen and start not in element.iterancestors():
            yield element


def _may_be(element: HtmlElement, text: str) -> bool:
    if not (MIN_CHARS_DENSE if _is_dense(text) else MIN_CHARS) <= len(text) <= MAX_CHARS:
        return False
    for box in islice(element.iterancestors(), ANCESTORS_MAX):
        if box.tag in ELSEWHERE or GALLERY.search((box.get("class") or "")[:NAME_MAX_CHARS]):
            return False
    return linked_share(element) < 0.5


def _is_leaf(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*NESTED), None) is None


def _is_named(element: HtmlElement, text: str) -> bool:
    named = (
        (element.get("itemprop") or "").lower() in STANDFIRST_ITEMPROPS
        or element.get("role") == "doc-subtitle"
        or element_says(element) & STANDFIRST != 0
    )
    if (
        not named
        or is_key_points(element)
        or element.find(".//h1") is not None
        or element.find(".//time") is not None
    ):
        return False
    blocks = sum(1 for _ in islice(element.iterdescendants(*NESTED), LINES_MAX + 1))
    return blocks <= LINES_MAX and (ends_as_prose(text) or element.find(".//a") is None)


def _stands_under_headline(element: HtmlElement, text: str) -> bool:
    """Tell whether a block is the one right behind the headline, and says as much as a sentence."""
    box, before = element, element.getprevious()
    while before is None and (parent := box.getparent()) is not None and len(parent) == 1:
        box, before = parent, parent.getprevious()
    if before is None or (before.tag != "h1" and not _is_headline_alone(before)):
        return False
    if (
        element.tag not in UNDER_HEADLINE
        or not _is_leaf(element)
        or element.find(".//a") is not None
    ):
        return False
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:NAME_MAX_CHARS]
    if SIGNED.search(name) is not None:
        return False
    words = len(text.split())
    if element.find(".//time") is not None or "|" in text:
        return False
    if DATED.search(text) is not None and (words < DATED_WORDS or not ends_as_prose(text)):
        return False
    return words >= UNDER_HEADLINE_WORDS or (ends_as_prose(text) and _is_dense(text))


def _is_headline_alone(box: HtmlElement) -> bool:
    heading = box.find(".//h1")
    return heading is not None and letters(heading) == letters(box)


def _is_dense(text: str) -> bool:
    return sum(c >= "\u2e80" for c in text) > len(text) / 3


def _agrees(key: str, stated: Iterable[str]) -> bool:
    """Tell whether a text is the description, or one is the beginning of the other."""
    if not key:
        return False
    for description in stated:
        shorter = min(len(key), len(description))
        if key == description:
            return True
        if shorter >= AGREE_CHARS and key[:shorter] == description[:shorter]:
            return True
        if key[:AGREE_CHARS] == description[:AGREE_CHARS] and shorter >= AGREE_CHARS:
            return True
        if len(key) >= AGREE_CHARS and key in description:
            return True
        if shorter >= AGREE_CHARS and key.endswith(description) and len(key) <= 2 * shorter:
            return True  # behind the place
    return False
