"""How much of a page is teasers: boxes of a linked headline and a line or two."""

from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_text import letters

PARAGRAPHS_MAX = 200
BOXES_MIN = 5  # on a page, before it is made of them
LINES_MAX = 3  # of one teaser: standfirst, place and time
HEADLINE_MIN_CHARS = 12
TEXT_MIN_CHARS = 30  # a shorter line is a label
LEVELS_MAX = 2  # from a paragraph up to the box of its teaser
LEADS = ("h2", "h3", "h4", "h5")


def teased_share(tree: HtmlElement) -> float:
    """Return the share of a page's paragraphs, by length, that belong to teasers; 0.0 if few do."""
    teased, whole, boxes = 0, 0, 0
    for paragraph in islice(tree.iter("p"), PARAGRAPHS_MAX):
        chars = letters(paragraph)
        if chars < TEXT_MIN_CHARS:
            continue
        whole += chars
        if _is_teaser(paragraph):
            teased += chars
            boxes += 1
    return teased / whole if boxes >= BOXES_MIN else 0.0


def _is_teaser(paragraph: HtmlElement) -> bool:
    """Tell whether a paragraph stands below or within a headline's link, in a box of its own."""
    for box in islice(paragraph.iterancestors(), LEVELS_MAX):
        if box.tag == "a":
            return True
        if box.tag in ("body", "main") or len(box) > 3 * LINES_MAX:
            return False
        if len(list(islice(box.iter("p"), LINES_MAX + 1))) > LINES_MAX:
            return False
        if any(_leads_away(heading) for heading in islice(box.iter(*LEADS), 1)):
            return True
    return False


def _leads_away(heading: HtmlElement) -> bool:
    if letters(heading) < HEADLINE_MIN_CHARS:
        return False
    return heading.find(".//a") is not None or any(
        box.tag == "a" for box in islice(heading.iterancestors(), LEVELS_MAX)
    )
