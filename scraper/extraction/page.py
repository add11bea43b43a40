"""A page parsed once, with the statements about itself that every field reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from scraper.characters import on_one_line
from scraper.extraction.decoding import page_tree
from scraper.extraction.linked_data import (
    Node,
    article_node,
    json_ld,
    unescaped,
)
from scraper.extraction.microdata import microdata
from scraper.records import Capture, Hints
from scraper.urls import http_url

METAS_MAX = 400  # meta elements read; the most in 175 pages were 130
META_MAX_CHARS = 20_000
CAPTION_MAX_CHARS = 600
FIELD_MAX_CHARS = 2_000  # of any one-line field
NAMES_KEPT = 512  # class names met on one page, again and again
NAME_MAX_CHARS = 1_000  # of one that is looked at; lists of Tailwind's classes have some hundreds


@dataclass(slots=True)
class Page:
    """What one capture's page says of itself.

    Attributes:
        url: where the page was found.
        tree: the parsed page; the body's station takes it apart last.
        hints: what was known before.
        captured_at: when it was captured, aware.
        last_modified: the response's Last-Modified header, "" where it has none.
        metas: contents of meta elements by lower-case name, in page order.
        nodes: every JSON-LD object.
        article: the JSON-LD object of this article, {} if none.
        micro: the microdata of this article, {} if none.
        sites: names of the outlet once `site_keys` has gathered them.
    """

    url: str
    tree: HtmlElement
    hints: Hints
    captured_at: datetime
    last_modified: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    article: Node = field(default_factory=dict)
    micro: Node = field(default_factory=dict)
    sites: frozenset[str] | None = None

    def meta(self, *names: str) -> str:
        """Return the first content among these meta names, in the order of the names."""
        return next((values[0] for name in names if (values := self.metas.get(name))), "")

    def all_metas(self, *names: str) -> list[str]:
        """Return every content of these meta names, without repeats."""
        return list(dict.fromkeys(v for name in names for v in self.metas.get(name, ())))

    def statements(self) -> Iterator[tuple[Node, str]]:
        """Yield the structured data of this article with their sources, the most trusted first."""
        if self.article:
            yield self.article, "json-ld"
        if self.micro:
            yield self.micro, "microdata"

    def select(self, selector: str) -> list[HtmlElement]:
        """Return the elements that a CSS selector of the hints finds, [] if it is wrong."""
        return select(self.tree, selector)


def read_page(capture: Capture, hints: Hints) -> Page:
    """Parse a capture and collect what it says of itself.

    Raises:
        PageUnreadable: the bytes are no page.
    """
    tree = page_tree(capture)
    page = Page(capture.url, tree, hints, capture.captured_at, capture.header("last-modified"))
    page.metas = _metas(tree)
    page.nodes = json_ld(tree)
    titles = f"{page.meta('og:title')} {tree.findtext('.//title') or ''}"[:META_MAX_CHARS]
    page.article = article_node(page.nodes, capture.url, titles)
    page.micro = {} if page.article else microdata(tree)
    return page


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for seen, meta in enumerate(tree.iter("meta")):
        if seen >= METAS_MAX:
            break
        content = one_line(unescaped((meta.get("content") or "")[:META_MAX_CHARS]))
        if not content:
            continue
        names = {meta.get(key) for key in ("property", "name", "itemprop", "http-equiv")}
        for name in names:
            if name:
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements that a CSS selector finds below `tree`, [] if it is wrong or empty."""
    if not selector:
        return []
    try:
        found: list[HtmlElement] = CSSSelector(selector, translator="html")(tree)
    except (SelectorError, etree.XPathError):
        return []
    return found


def after_heading(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Yield the elements of these tags that follow the first heading of level 1."""
    seen = False
    for element in tree.iter("h1", *tags):
        if element.tag == "h1":
            seen = True
        elif seen:
            yield element


def picture_boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what holds a picture and its caption: figures, and boxes named for a picture."""
    for element in tree.iter("figure", "div", "p", "span", "td"):
        is_named = element.tag == "figure" or PICTURE.search(element.get("class") or "")
        if is_named and element.find(".//img") is not None and is_picture_box(element):
            yield element


def is_picture_box(element: HtmlElement) -> bool:
    """Tell whether an element that holds a picture holds no more text than a caption."""
    named = element.tag == "figure" or PICTURE.search(element.get("class") or "") is not None
    return named and len(text_of(element, CAPTION_MAX_CHARS + 1)) <= CAPTION_MAX_CHARS


def is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether an element stands in what surrounds an article: a sidebar, comments, teasers."""
    return any(map(names_elsewhere, chain((element,), element.iterancestors())))


def names_elsewhere(box: HtmlElement) -> bool:
    """Tell whether a box is itself named for what surrounds an article."""
    tag = box.tag
    if tag in ("aside", "footer", "nav"):
        return True
    return tag not in ("body", "html") and _is_named_elsewhere(name_of(box))


@lru_cache(maxsize=NAMES_KEPT)
def _is_named_elsewhere(name: str) -> bool:
    return ELSEWHERE.search(name) is not None


def name_of(element: HtmlElement) -> str:
    """Return what an element is named by its class and its id, "" if by neither."""
    own, only = element.get("class"), element.get("id")
    return f"{own or ''} {only}"[:NAME_MAX_CHARS] if only else (own or "")[:NAME_MAX_CHARS]


PICTURE = re.compile(
    r"(?:^|[\s_-])(?:photos?|pictures?|pic|images?|img|bild|foto|captions?|figure)(?:$|[\s_-])",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|footer|newsletter|teaser|promo|popular|most-?read|latest|ticker|weather|bio\b",
    re.IGNORECASE,
)


def one_line(text: str, limit: int = FIELD_MAX_CHARS) -> str:
    """Return text as `on_one_line` does, cut at a limit.

    >>> one_line("  Talks   resume ", 8)
    'Talks re'
    """
    return on_one_line(text)[:limit].rstrip()


def text_of(element: HtmlElement, limit: int = FIELD_MAX_CHARS) -> str:
    """Return an element's text on one line, a space where its blocks meet, cut at a limit.

    >>> from lxml import html
    >>> text_of(html.fromstring("<h1><div>War</div><div>and peace</div></h1>"))
    'War and peace'
    """
    if not len(element):
        return one_line("" if element.tag in SILENT else element.text or "", limit)
    pieces: list[str] = []
    size = 0
    for piece in islice(_pieces(element), limit):
        pieces.append(piece)
        size += len(piece)
        if size > limit * 4:  # white space may be most of it
            break
    return one_line("".join(pieces), limit)


def _pieces(element: HtmlElement) -> Iterator[str]:
    left = ""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            text = "" if node.tag in SILENT else node.text or ""
        else:
            text = "" if node is element else node.tail or ""
        if node.tag not in INLINE or runs_together(left, text):
            yield " "
        yield text
        left = text or left


SILENT = {"script", "style"}
INLINE = {"a", "b", "i", "em", "strong", "span", "u", "sub", "sup", "font", "mark", "wbr", "abbr"}


def runs_together(left: str, right: str) -> bool:
    """Tell whether two elements show as blocks though they are inline: "DemoDer" is two words."""
    return len(left) > 3 and left[-1:].islower() and right[:1].isupper() and right[1:2].islower()


def absolute(url: str, page: Page) -> str:
    """Return an http(s) URL made absolute against the page, "" if it is none."""
    return http_url(url, page.url) if url.strip() else ""
