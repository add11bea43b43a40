"""The text of an article: trafilatura on our own tree, furniture out, paragraphs kept."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from justext import get_stoplist
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, external
from trafilatura.settings import JUSTEXT_LANGUAGES, Extractor

from scraper.extraction.furniture import (
    BOX_HEADINGS,
    BOX_NAMES,
    BOX_TAGS,
    DEAD_TAGS,
    LINES,
    POINTERS,
)
from scraper.extraction.moments import read_moment
from scraper.extraction.page import Page, one_line, picture_boxes, select, text_of
from scraper.extraction.words import ends_as_prose

# Kept of a text. The longest of 174 real ones has 31,650 characters, a long read perhaps 150,000;
# 512 kB are 170,000 in Han or Devanagari. `scraper.web` makes pages of twenty such.
BODY_MAX_CHARS = 200_000
BODY_MAX_BYTES = 512_000
PAGE_MAX_CHARS = 1_000_000  # of a page's text that are looked at
EXTRACTED_MIN_CHARS = 60
CROWDED_ELEMENTS = 10_000  # the largest real page in 175 had 4,098
CROWDED_CHARS = 300_000  # of text without furniture; the largest had 95,096
ENDLESS_ELEMENTS = 15_000  # trafilatura's time grows by the square: 5 s for 20,000 ill-nested ones
ENDLESS_CHARS = PAGE_MAX_CHARS
BOX_MAX_SHARE = 0.25  # of a page's text that one box by name may hold; more is the article itself
LINKED_MIN_SHARE = 0.5  # of a box's text within links, before its heading condemns it
HEADING_MAX_CHARS = 60
HEADLINE_MAX_CHARS = 10_000  # a heading of level 1 with more is no headline, nor an article
LINKS_MAX = 1_000  # of one box that are measured
BOXES_MAX = 100  # boxes told by their headings; each costs a look at its whole text
FURNITURE_LINE_MAX_CHARS = 200
RESCUE_MAX_CHARS = 250  # extracted bodies shorter than this give way to the stated articleBody
HEAD_LINES = 6  # first lines where headline, byline and date may be repeated
BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dd", "dt", "blockquote",
    "pre", "table", "tr", "td", "th", "figure", "figcaption", "div", "section", "article",
    "header", "br",
}  # fmt: skip
DATE_LINE_MAX_CHARS = 80
DATE_LINE_MAX_LETTERS = 30
TAG = re.compile(r"<[^<>]{1,500}>")


def find_body(page: Page, known: Iterable[str] = ()) -> tuple[str, str]:
    """Return an article's text, paragraphs apart by a blank line, and its source; "" if none.

    Takes the page's tree apart: nothing else can be read from it afterwards.

    Args:
        page: the page, its selectors for the body and for what to drop included.
        known: headline, byline and the like, which are not repeated where the body begins.
    """
    tree = page.tree
    remove_furniture(tree, page.hints.drop)
    chosen = select(tree, page.hints.body)
    lines, source = [line for element in chosen for line in block_lines(element)], "selector"
    if not lines:
        lines, source = _extracted(tree, page)
    kept = clean_lines(lines, known)
    stated = _stated(page)
    if sum(map(len, kept)) < RESCUE_MAX_CHARS and sum(map(len, stated)) > 2 * sum(map(len, kept)):
        kept, source = clean_lines(stated, known), "json-ld articleBody"
    return _fitting("\n\n".join(kept)), source if kept else ""


def _fitting(text: str) -> str:
    """Return what fits of a text, cut between two paragraphs unless that would halve it."""
    fits = text[:BODY_MAX_CHARS].encode()[:BODY_MAX_BYTES].decode("utf-8", "ignore")
    if len(fits) < len(text):
        end = fits.rfind("\n\n", len(fits) // 2)
        fits = fits[:end] if end > 0 else fits
    return fits.rstrip()


def _extracted(tree: HtmlElement, page: Page) -> tuple[list[str], str]:
    """Return the lines that trafilatura takes for the text, or all there are on an endless page."""
    elements, chars = tree.xpath("count(//*)"), len(tree.text_content())
    if elements > ENDLESS_ELEMENTS or chars > ENDLESS_CHARS:
        scopes = tree.iter("article", "main")
        largest = max(scopes, key=lambda scope: len(scope.text_content()), default=tree)
        return list(block_lines(largest)), "blocks"
    # Options by measure on 130 + 45 pages (F1): balanced without comments .948 / .971, default
    # .948 / .965, precision .945 / .974, recall .943 / .971, fast .941 / .971. Metadata are ours.
    options = Extractor(output_format="python", comments=False, tables=True, url=page.url)
    # Below it a page's whole text would be dumped as one paragraph; 250 is much in Han.
    options.min_extracted_size = EXTRACTED_MIN_CHARS
    options.min_output_size = options.min_output_comm_size = 1  # what is too little is our verdict
    # The second opinions compare every paragraph with its neighbours: 30 s for 20,000 list items.
    options.fast = elements > CROWDED_ELEMENTS or chars > CROWDED_CHARS
    external.JT_STOPLIST = _function_words((tree.get("lang") or "")[:3].lower().rstrip("-_"))  # type: ignore[assignment]
    document: Any = bare_extraction(tree, url=page.url, options=options)
    return (document.text or "").splitlines() if document is not None else [], "trafilatura"


@lru_cache(maxsize=8)
def _function_words(language: str) -> tuple[str, ...]:
    """Return the words by which justext tells prose, of a page's language and of English.

    Left alone, trafilatura takes those of a hundred languages: 154,000 words, 30 MB for good, and a
    copy of the whole set for each page.
    """
    names = {JUSTEXT_LANGUAGES.get(language, "English"), "English"}
    return tuple({word for name in names for word in get_stoplist(name)})


def _stated(page: Page) -> list[str]:
    body = page.article.get("articleBody")
    if not isinstance(body, str):
        return []
    return TAG.sub("\n", html.unescape(body[:PAGE_MAX_CHARS])).splitlines()


def remove_furniture(tree: HtmlElement, drop: Iterable[str] = ()) -> None:
    """Remove from a tree what never is article text, and boxes by their names and headings."""
    for element in [e for tag in DEAD_TAGS for e in tree.iter(tag)]:
        _remove(element)
    for heading in list(tree.iter("h1", "title")):
        if len(heading.text_content()) > HEADLINE_MAX_CHARS:
            _remove(heading)
    for selector in drop:
        for element in select(tree, selector):
            _remove(element)
    _unlay_tables(tree)
    for element in [box for box in picture_boxes(tree) if box.tag != "figure"]:
        _remove(element)
    whole = len(tree.text_content()) or 1
    for element in list(tree.iter("nav", "footer")):
        if _may_go(element, whole):
            _remove(element)
    for element in list(tree.iter(*BOX_TAGS)):
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if name.strip() and BOX_NAMES.search(name) and _may_go(element, whole):
            _remove(element)
    headings = tree.iter("h2", "h3", "h4", "h5", "h6", "strong")
    for heading in list(islice(filter(_heads_a_box, headings), BOXES_MAX)):
        _remove_box_of(heading, whole)


def _unlay_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out the page, rather than hold figures, into plain boxes."""
    for table in list(tree.iter("table")):
        if table.find(".//h1") is not None or any(
            len(td.findall("p")) > 1 for td in table.iter("td")
        ):
            for element in table.iter("table", "tbody", "tr", "td"):
                element.tag = "div"


def _may_go(element: HtmlElement, whole: int) -> bool:
    """Tell whether a box is small enough not to be what the page is about."""
    if element.tag == "body" or element.find(".//h1") is not None:
        return False
    return len(element.text_content()) < BOX_MAX_SHARE * whole or _linked_share(element) > 0.8


def _heads_a_box(heading: HtmlElement) -> bool:
    return BOX_HEADINGS.fullmatch(text_of(heading, HEADING_MAX_CHARS + 1)) is not None


def _remove_box_of(heading: HtmlElement, whole: int) -> None:
    box = heading.getparent()
    if box is None:
        return
    if box.tag in ("header", "p", "a", "span") and box.getparent() is not None:
        box = box.getparent()
    is_box = box.tag in BOX_TAGS and box.find(".//h1") is None
    if is_box and (_linked_share(box) > LINKED_MIN_SHARE or box.find(".//form") is not None):
        if _may_go(box, whole):
            _remove(box)
        return
    following = heading.getnext()
    if (
        following is not None
        and following.tag in ("ul", "ol", "div")
        and _linked_share(following) > LINKED_MIN_SHARE
    ):
        _remove(following)
        _remove(heading)


def _linked_share(element: HtmlElement) -> float:
    text = len(one_line(element.text_content(), PAGE_MAX_CHARS))
    links = islice(element.iter("a"), LINKS_MAX)
    linked = sum(len(one_line(a.text_content(), PAGE_MAX_CHARS)) for a in links)
    return linked / text if text else 1.0


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def block_lines(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element, one block a line.

    >>> from lxml import html
    >>> list(block_lines(html.fromstring("<div>One <b>two</b><p>Three</p>four<br>five</div>")))
    ['One two', 'Three', 'four', 'five']
    """
    line = ""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCKS:
            if line.strip():
                yield one_line(line, PAGE_MAX_CHARS)
            line = ""
        line += (node.text if event == "start" else "" if node is element else node.tail) or ""
    if line.strip():
        yield one_line(line, PAGE_MAX_CHARS)


def clean_lines(lines: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Return the lines that are text: no furniture, no headline or byline said again, no repeats.

    >>> clean_lines(["A War", "By Bo Vik", "It began.", "Read also: Peace"], ["A war", "Bo Vik"])
    ['It began.']
    """
    said = {_folded(text) for text in known if text}
    kept: list[str] = []
    for raw in lines:
        line = one_line(raw, PAGE_MAX_CHARS)
        bare = line.removeprefix("- ").strip()
        if not any(c.isalnum() for c in bare) or _is_furniture(bare):
            continue
        if len(kept) < HEAD_LINES and (_says_again(bare, said) or _is_date(bare)):
            continue
        if kept and kept[-1] == line:
            continue
        kept.append(line)
    while kept and (_is_date(kept[-1]) or _is_heading_of_a_box(kept[-1])):
        kept.pop()
    return kept


def _is_heading_of_a_box(line: str) -> bool:
    return len(line) <= HEADING_MAX_CHARS and BOX_HEADINGS.fullmatch(line) is not None


def _is_date(line: str) -> bool:
    """Tell whether a line is a date with its labels rather than a sentence.

    >>> _is_date("Posted 2026-03-10 09:26 | Updated"), _is_date("It began on 2026-03-10.")
    (True, False)
    """
    if len(line) > DATE_LINE_MAX_CHARS or sum(c.isdecimal() for c in line) < 5:
        return False
    labels = sum(c.isalpha() for c in line)
    return (
        labels <= DATE_LINE_MAX_LETTERS
        and read_moment(line) is not None
        and not ends_as_prose(line)
    )


def _is_furniture(line: str) -> bool:
    if len(line) > FURNITURE_LINE_MAX_CHARS:
        return False
    return LINES.fullmatch(line) is not None or POINTERS.fullmatch(line) is not None


def _says_again(line: str, said: set[str]) -> bool:
    """Tell whether a line is the headline, or the byline with its credit word or date."""
    folded = _folded(line)
    if folded in said:
        return True
    return len(line) <= 120 and any(
        name in folded
        and len(folded) - len(name) <= 40
        and not line.endswith((".", "。", "!", "?"))
        for name in said
        if 3 <= len(name) <= 60
    )


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
