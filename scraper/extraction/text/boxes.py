"""Furniture taken out of a page's tree before its text is looked for: boxes, captions, copies."""

from collections.abc import Iterable
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from scraper.extraction.element_names import (
    BOX,
    CAPTION,
    COPY,
    FACT_BOX,
    PICTURE,
    element_says,
)
from scraper.extraction.element_text import all_text
from scraper.extraction.link_share import LINKS_MAX, linked_share
from scraper.extraction.page import select, text_of
from scraper.extraction.text.body_lines import HEADING_MAX_CHARS, PAGE_MAX_CHARS, folded
from scraper.extraction.text.broken_lines import part_at_breaks
from scraper.extraction.text.furniture import (
    BOX_HEADINGS,
    BOX_TAGS,
    DEAD_TAGS,
    WALL_LINKS,
    WALLS,
)
from scraper.extraction.text.key_points import is_key_points
from scraper.extraction.text.layout_tables import unlay_tables
from scraper.extraction.text.linked_boxes import remove_linked, remove_pointers, remove_skips
from scraper.extraction.text.picture_captions import remove_captions

BOX_MAX_SHARE = 0.25  # of a page's text that one box by name may hold; more is the article itself
LINKED_MIN_SHARE = 0.35  # of a box's text within links, before its heading condemns it
LIST_LINKED_MIN_SHARE = 0.8  # of a list's text within links, to be a list of other articles
LINE_LINKED_MIN_SHARE = 0.95  # of a paragraph's text within links, likewise
SECTION_MIN_SHARE = 0.7  # of a page in such lists and lines
LINKED_LINE_MIN_CHARS = 20  # of a paragraph that is one link, to be another article's headline
HEADLINE_MAX_CHARS = 10_000  # a heading of level 1 with more is no headline, nor an article
CAPTION_MAX_CHARS = 600
COPY_MAX_CHARS = 300  # of what only a screen reader is told
COPY_KEY_CHARS = 60  # by which a hidden text is found again on the page
WALLS_MAX = 30  # links to a login, a shop of subscriptions
WALL_MAX_CHARS = 600
WHITE_SPACE = 8  # times as much as a text there may be
HREF_MAX_CHARS = 200
WALL_START_MAX_CHARS = 60  # of a wall before it says what it wants
ANCESTORS_MAX = 8
HIDDEN_MAX = 400  # hidden elements looked at
BOXES_MAX = 100  # boxes told by their headings; each costs a look at its whole text
TEASER_MAX_CHARS = 500  # of a box that leads to one other article
LISTS_MAX = 300  # lists and linked paragraphs, likewise
FACT_BOX_MAX_SHARE = 0.33  # of the text around it
HIDDEN = etree.XPath(
    "//@hidden/.. | //@aria-hidden[. = 'true']/.."
    " | //@style[contains(., 'display:none') or contains(., 'display: none')]/.."
)
# ARIA landmarks for what stands beside a page's main content.
ASIDE = etree.XPath("//@role[. = 'complementary' or . = 'navigation' or . = 'search']/..")
IMAGE_TAGS = ("img", "picture", "video", "audio", "figure", "figcaption")
SCOPES_MAX = 60  # elements that may hold the article
SCOPE_MIN_SHARE = 0.8  # of a page's prose
PARAGRAPHS_MAX = 4_000
PARAGRAPH_MIN_CHARS = 60
POINTING = ("▲", "△", "▶", "▷", "►", "☞", "▼", "■", "◆", "⇒", "☛")
SENTENCE_ENDS = (".", "。", "!", "?", "！", "？", "।")
PICTURE_TAGS = ("div", "p", "span", "td")
READINGS = ("rt", "rp")  # of ruby: how the characters beside are read


def remove_furniture(tree: HtmlElement, drop: Iterable[str] = ()) -> None:
    """Remove from a tree what never is article text, and boxes by their names and headings."""
    etree.strip_elements(tree, *DEAD_TAGS, *READINGS, with_tail=False)
    for heading in list(tree.iter("h1", "title")):
        if len(all_text(heading)) > HEADLINE_MAX_CHARS:
            _remove(heading)
    for selector in drop:
        for element in select(tree, selector):
            _remove(element)
    whole = len(all_text(tree)) or 1
    _remove_surroundings(tree)  # first: what is gone costs nothing more
    _remove_hidden(tree, whole)
    for element in ASIDE(tree)[:HIDDEN_MAX]:
        if _stands_beside(element):
            _remove(element)
    unlay_tables(tree)
    remove_skips(tree)
    remove_pointers(tree)
    part_at_breaks(tree)
    for element in list(tree.iter("nav", "footer")):
        if _may_go(element, whole):
            _remove(element)
    _remove_named(tree, whole)
    remove_captions(tree)
    etree.strip_elements(tree, *IMAGE_TAGS, with_tail=False)
    _remove_walls(tree)
    headings = tree.iter("h2", "h3", "h4", "h5", "h6", "strong")
    for heading in list(islice(filter(_heads_a_box, headings), BOXES_MAX)):
        _remove_box_of(heading, whole)
    remove_linked(tree)


def _remove_surroundings(tree: HtmlElement) -> None:
    """Remove what precedes the headline and what follows the one element that holds the prose.

    It is no text, and every later step is spared it.
    """
    scopes = list(islice(tree.iter("main", "article"), SCOPES_MAX))
    if not scopes:
        return
    prose = _prose_chars(tree)
    scope = next((s for s in reversed(scopes) if _prose_chars(s) >= SCOPE_MIN_SHARE * prose), None)
    if scope is None or not prose:
        return
    for node in (scope, *scope.iterancestors()):
        if node.tag in ("body", "html"):
            break
        for following in list(node.itersiblings()):
            _remove(following)
    heading = next(tree.iter("h1"), None)
    for node in () if heading is None else (heading, *heading.iterancestors()):
        if node.tag in ("body", "html"):
            break
        for preceding in list(node.itersiblings(preceding=True)):
            if _prose_chars(preceding) <= (1 - SCOPE_MIN_SHARE) * prose:
                _remove(preceding)


def _prose_chars(element: HtmlElement) -> int:
    sizes = (len(all_text(p)) for p in islice(element.iter("p"), PARAGRAPHS_MAX))
    return sum(size for size in sizes if size >= PARAGRAPH_MIN_CHARS)


def _remove_hidden(tree: HtmlElement, whole: int) -> None:
    """Remove what is not shown: small things, and copies of what is."""
    text = ""
    for element in HIDDEN(tree)[:HIDDEN_MAX]:
        if element.tag in ("html", "body") or element.getparent() is None:
            continue
        size = len(all_text(element))
        if size < BOX_MAX_SHARE * whole:
            if element.find(".//h1") is None:
                _remove(element)
            continue
        text = text or folded(all_text(tree)[:PAGE_MAX_CHARS])
        key = folded(all_text(element)[: COPY_KEY_CHARS * 10])[:COPY_KEY_CHARS]
        if key and text.count(key) > 1:
            _remove(element)


def _remove_named(tree: HtmlElement, whole: int) -> None:
    for element in list(tree.iter(*BOX_TAGS)):
        if element.tag == "figure":
            _unframe(element)
        says = element_says(element)
        if says and _goes(element, says, whole):
            _remove(element)


def _goes(element: HtmlElement, says: int, whole: int) -> bool:
    if says & BOX and _may_go(element, whole):
        return True
    if says & FACT_BOX and not is_key_points(element) and _stands_beside(element):
        return True
    if says & PICTURE and element.tag in PICTURE_TAGS and element.find(".//img") is not None:
        return len(text_of(element, CAPTION_MAX_CHARS + 1)) <= CAPTION_MAX_CHARS
    if not says & (CAPTION | COPY) or element.find(".//h1") is not None:
        return False
    limit = CAPTION_MAX_CHARS if says & CAPTION else COPY_MAX_CHARS
    return len(all_text(element)) <= limit


def _stands_beside(element: HtmlElement) -> bool:
    """Tell whether a box is small beside what it stands in; a larger one is part of the article."""
    parent = element.getparent()
    if parent is None or element.find(".//h1") is not None:
        return False
    around = len(all_text(parent))
    return len(all_text(element)) < FACT_BOX_MAX_SHARE * around


def _unframe(figure: HtmlElement) -> None:
    """Turn a figure that frames a quotation or a table, rather than a picture, into a plain box."""
    if figure.find(".//blockquote") is not None or figure.find(".//table") is not None:
        for caption in list(figure.iter("figcaption")):
            _remove(caption)
        figure.tag = "div"


def _remove_walls(tree: HtmlElement) -> None:
    """Remove what asks readers to log in, register or pay: told by its words and where it links."""
    all_links = islice(tree.iter("a"), LINKS_MAX)
    hrefs = ((a, (a.get("href") or "")[:HREF_MAX_CHARS].lower()) for a in all_links)
    links = [link for link, href in hrefs if WALL_LINKS.search(href)]
    for link in links[:WALLS_MAX]:
        wall = None
        for box in islice(link.iterancestors("div", "section", "p", "aside"), ANCESTORS_MAX):
            text = all_text(box)
            text = " ".join(text.split()) if len(text) <= WALL_MAX_CHARS * WHITE_SPACE else text
            if len(text) > WALL_MAX_CHARS or box.find(".//h1") is not None:
                break
            said = WALLS.search(text)
            if said is not None and said.start() > WALL_START_MAX_CHARS:
                break  # the article's own text, before its wall
            if said is not None:
                wall = box
        if wall is not None:
            _remove(wall)


def _may_go(element: HtmlElement, whole: int) -> bool:
    """Tell whether a box is small enough not to be what the page is about."""
    if element.tag == "body" or element.find(".//h1") is not None:
        return False
    return len(all_text(element)) < BOX_MAX_SHARE * whole or linked_share(element) > 0.8


def _heads_a_box(heading: HtmlElement) -> bool:
    if len(all_text(heading)) > HEADING_MAX_CHARS * 4:  # white space may be most of it
        return False
    return BOX_HEADINGS.fullmatch(text_of(heading, HEADING_MAX_CHARS + 1)) is not None


def _remove_box_of(heading: HtmlElement, whole: int) -> None:
    box = heading.getparent()
    if box is None:
        return
    if box.tag in ("header", "p", "a", "span") and box.getparent() is not None:
        box = box.getparent()
    is_box = box.tag in BOX_TAGS and box.find(".//h1") is None
    if is_box and (linked_share(box) > LINKED_MIN_SHARE or box.find(".//form") is not None):
        if _may_go(box, whole):
            _remove(box)
        return
    if is_box and _is_teaser(box, heading):
        _remove(box)
        return
    following = heading.getnext()
    if (
        following is not None
        and following.tag in ("ul", "ol", "div")
        and linked_share(following) > LINKED_MIN_SHARE
    ):
        _remove(following)
        _remove(heading)


def _is_teaser(box: HtmlElement, heading: HtmlElement) -> bool:
    """Tell whether a box holds no more than its heading, a link and what is said of it."""
    text = all_text(box)
    if len(text) > TEASER_MAX_CHARS * 4 or box.find(".//a") is None:
        return False
    text, said = " ".join(text.split()), " ".join(all_text(heading).split())
    return len(text) <= TEASER_MAX_CHARS and text.startswith(said)


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
