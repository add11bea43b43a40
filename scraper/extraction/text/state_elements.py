"""The elements of a story in a framework's state: lists of objects, each a paragraph or a picture.

Arc's `content_elements`, Slate and Portable Text (`children`), and the blocks of many content
systems are alike in this: a list of objects, each with a kind and a text of its own.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from scraper.extraction.text.body_lines import block_lines

LISTS_MAX = 40  # lists under such a key that are tried
ELEMENTS_MAX = 2_000
ELEMENTS_MIN = 2
DEPTH_MAX = 6
LIST_MAX_CHARS = 1_000_000
LISTED = re.compile(
    r'"(?:content_?elements|content|contents|body|body_?elements|article_?body|blocks|paragraphs'
    r'|elements|components|nodes|children|sections|text|story)"\s*:\s*(?=\[\s*\{)',
    re.IGNORECASE,
)
KINDS = ("type", "_type", "__typename", "kind", "blockType", "component", "tn", "model")
# Kinds of elements that are no text, by a part of their name.
OTHER = re.compile(
    r"image|photo|picture|figure|caption|video|audio|gallery|slide|embed|social|tweet|instagram"
    r"|interstitial|link_list|related|read_?more|promo|teaser|newsletter|raw_html|iframe|advert"
    r"|\bad\b|\bads\b|divider|script|correction|gist|author|byline|tag|poll|quiz|product|infobox",
    re.IGNORECASE,
)
TEXTS = ("content", "text", "html", "value", "body", "paragraph", "data", "markup")
WITHIN = ("items", "content_elements", "children", "elements", "blocks", "content", "body")
ITEM_KINDS = re.compile(r"list|bullet", re.IGNORECASE)
DROPPED = ("script", "style", "figure", "figcaption", "iframe", "aside", "button", "svg")
CAPTIONS = etree.XPath("//*[contains(@class, 'caption') or contains(@class, 'credit')]")


def element_texts(script: str) -> Iterator[list[str]]:
    """Yield the lines of each list of elements that a script holds.

    >>> parts = [{"type": "text", "content": "One <b>two</b>."}, {"type": "image", "content": "X"}]
    >>> list(element_texts(json.dumps({"content_elements": [*parts, parts[0]]})))
    [['One two.', 'One two.']]
    """
    end = 0
    decoder = json.JSONDecoder(strict=False)
    for found in islice(LISTED.finditer(script), LISTS_MAX):
        if found.end() < end:  # within the one before
            continue
        try:
            value, end = decoder.raw_decode(script[: found.end() + LIST_MAX_CHARS], found.end())
        except (ValueError, RecursionError):
            continue
        lines = list(islice(_lines_of(value, 0), ELEMENTS_MAX))
        if len(lines) >= ELEMENTS_MIN:
            yield lines


def _lines_of(elements: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a list of elements in order."""
    if not isinstance(elements, list) or depth > DEPTH_MAX:
        return
    for element in islice(elements, ELEMENTS_MAX):
        if not isinstance(element, dict):
            continue
        kind = " ".join(str(element.get(key) or "") for key in KINDS)
        if OTHER.search(kind):
            continue
        text = next((t for key in TEXTS if isinstance(t := element.get(key), str) and t), "")
        mark = "- " if ITEM_KINDS.search(kind) and "header" not in kind else ""
        if text:
            yield from (f"{mark}{line}" for line in html_lines(text))
        else:
            yield from _within(element, mark, depth)


def _within(element: dict[str, Any], mark: str, depth: int) -> Iterator[str]:
    """Yield the lines of what an element holds; pieces of text alone are one line."""
    for key in WITHIN:
        parts = element.get(key)
        if not isinstance(parts, list):
            continue
        if parts and all(isinstance(p, dict) and isinstance(p.get("text"), str) for p in parts):
            line = " ".join("".join(part["text"] for part in parts).split())
            if line:
                yield mark + line
        else:
            yield from (mark + line for line in _lines_of(parts, depth + 1))
        return


def html_lines(text: str) -> list[str]:
    """Return the lines of a fragment of HTML, without its pictures and what is said of them.

    >>> html_lines('<p>One <a href="/">two</a>.</p><figure>Three</figure>Four<br/>Five &amp; six')
    ['One two.', 'Four', 'Five & six']
    """
    if "<" not in text and "&" not in text:
        line = " ".join(text.split())
        return [line] if line else []
    try:
        element: HtmlElement = fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    etree.strip_elements(element, *DROPPED, with_tail=False)
    for caption in CAPTIONS(element):
        if caption is not element and caption.getparent() is not None:
            caption.drop_tree()
    return list(block_lines(element))
