"""What leads elsewhere amid an article: lists of links, teasers, pointers; told by structure."""

from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text, letters
from scraper.extraction.link_share import LINKS_MAX, linked_share
from scraper.extraction.text.furniture import OPEN_LINES, OPEN_POINTERS
from scraper.extraction.text.key_points import is_key_points
from scraper.extraction.words import ends_as_prose

LIST_LINKED_MIN_SHARE = 0.8  # of a list's text within links, to be a list of other articles
LINE_LINKED_MIN_SHARE = 0.5  # of a paragraph's text within its last link, to be a pointer
BOX_LINKED_MIN_SHARE = 0.6  # of a headed box's text, or a teaser's, likewise
SECTION_MIN_SHARE = 0.7  # of a page in such lists and lines
LINKED_LINE_MIN_CHARS = 20  # of a paragraph that is one link, to be another article's headline
LINKED_LINE_MIN_CHARS_DENSE = 9  # of Han and kana
POINTER_MAX_CHARS = 40  # of what says that a link follows: "Read also:"
TEASER_MAX_CHARS = 300
WHITE_SPACE = 8  # times as much as a text there may be
HEADING_MAX_CHARS = 80
HEADED_MAX = 100  # headings whose boxes are looked at
LISTS_MAX = 300  # lists and linked paragraphs, likewise
SKIPS_MAX = 30  # links that skip a box
ANCESTORS_MAX = 4
POINTING = ("▲", "△", "▶", "▷", "►", "☞", "▼", "■", "◆", "⇒", "☛")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LABELS = ("strong", "b", "span", "p", "div")
TEASER_TAGS = ("div", "section", "aside", "article", "figure")
SKIPS = etree.XPath("//a[starts-with(@href, '#') and string-length(@href) > 1]")


def remove_linked(tree: HtmlElement) -> None:
    """Remove lists of links with their headings, and paragraphs that lead to one other article."""
    found = [e for e in islice(tree.iter("ul", "ol", "p"), LISTS_MAX) if _points_elsewhere(e)]
    # On a page that is mostly such, they are what it is about: a section, which is not for us.
    if sum(map(letters, found)) >= SECTION_MIN_SHARE * letters(tree):
        return
    for element in found:
        heading = element.getprevious()
        if element.tag != "p" and heading is not None and _heads_links(heading):
            _remove(heading)
        _remove(element)
    _remove_teasers(tree)


def _heads_links(heading: HtmlElement) -> bool:
    text = all_text(heading).strip()
    if len(text) > HEADING_MAX_CHARS or (heading.tail or "").strip():
        return False
    return heading.tag in HEADINGS or (heading.tag in LABELS and text.endswith((":", "：")))


def _points_elsewhere(element: HtmlElement) -> bool:
    if element.find(".//a") is None:
        return False
    if element.tag != "p":
        return linked_share(element) > LIST_LINKED_MIN_SHARE and not is_key_points(element)
    return _is_pointer(element)


def _is_pointer(element: HtmlElement) -> bool:
    """Tell whether a paragraph is a headline within a link, with no more than a word before it."""
    text = " ".join(all_text(element).split())
    if len(text) > TEASER_MAX_CHARS or (ends_as_prose(text) and not _may_point(text)):
        return False
    last = list(element.iter("a"))[-1]
    said = " ".join(all_text(last).split())
    dense = sum(c >= "\u2e80" for c in said) > len(said) / 3
    if len(said) < (LINKED_LINE_MIN_CHARS_DENSE if dense else LINKED_LINE_MIN_CHARS):
        return False
    before = text[: text.rfind(said)].strip() if said else ""
    if before.rstrip(".)").isdecimal() or ("." in said and " " not in said and not dense):
        return False  # an item of a list, an address
    is_last = text.endswith(said)
    return is_last and (
        len(before) <= POINTER_MAX_CHARS and len(said) >= LINE_LINKED_MIN_SHARE * len(text)
    )


def _may_point(text: str) -> bool:
    """Tell whether a sentence begins as what leads elsewhere does: so it is, if it is a link."""
    lowered = text.lower()
    return OPEN_POINTERS.fullmatch(lowered) is not None or OPEN_LINES.fullmatch(lowered) is not None


def _remove_teasers(tree: HtmlElement) -> None:
    """Remove small boxes that are mostly a link to another article, with a label or a date."""
    refused: set[HtmlElement] = set()  # looked at once, however many links a box holds
    for link in list(islice(tree.iter("a"), LINKS_MAX)):
        if not (link.get("href") or "#").startswith("#"):
            teaser = _teaser_of(link, refused)
            if teaser is not None:
                _remove(teaser)


def _teaser_of(link: HtmlElement, refused: set[HtmlElement]) -> HtmlElement | None:
    teaser = None
    for box in islice(link.iterancestors(), ANCESTORS_MAX):
        if box.tag in TEASER_TAGS:
            if box in refused or not _is_teaser(box):
                refused.add(box)
                break
            teaser = box
        elif teaser is None and box.tag in ("p", "li", "td", "blockquote"):
            break
    return teaser


def _is_teaser(box: HtmlElement) -> bool:
    raw = all_text(box)
    if len(raw) > TEASER_MAX_CHARS * WHITE_SPACE:
        return False
    text = " ".join(raw.split())
    if len(text) > TEASER_MAX_CHARS or ends_as_prose(text) or box.find(".//h1") is not None:
        return False
    if is_key_points(box):
        return False
    dense = sum(c >= "\u2e80" for c in text) > len(text) / 3
    least = LINKED_LINE_MIN_CHARS_DENSE if dense else LINKED_LINE_MIN_CHARS
    return len(text) >= least and linked_share(box) >= BOX_LINKED_MIN_SHARE


def remove_pointers(tree: HtmlElement) -> None:
    """Remove links that a mark points out, "▲ Budget fight", or that stand alone in a line."""
    for link in list(islice(tree.iter("a"), LINKS_MAX)):
        before, parent = link.getprevious(), link.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else ""
        if text and text.rstrip().endswith(POINTING):
            _remove(link)
        elif before is not None and before.tag == "br" and not (before.tail or "").strip():
            following = link.getnext()
            if following is None or following.tag != "br" or (link.tail or "").strip():
                continue
            said = all_text(link).strip()
            if len(said) >= LINKED_LINE_MIN_CHARS_DENSE and not ends_as_prose(said):
                _remove(link)


def remove_skips(tree: HtmlElement) -> None:
    """Remove links that skip a box, and the mark within it where they lead: "End of most read"."""
    for link in SKIPS(tree)[:SKIPS_MAX]:
        box = link.getparent()
        if box is None or box.tag not in ("section", "div", "aside", "nav"):
            continue
        for target in box.xpath(".//*[@id = $name]", name=link.get("href")[1:])[:1]:
            if len(all_text(target)) <= HEADING_MAX_CHARS:
                _remove(target)
                _remove(link)


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
