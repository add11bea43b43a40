"""How much of an element's text stands within links: what tells lists of articles from articles."""

from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_text import letters

LINKS_MAX = 1_000  # of one element that are measured


def linked_share(element: HtmlElement) -> float:
    """Return the share of an element's text that stands within links; 1 where it has none."""
    text = letters(element)
    linked = sum(map(letters, islice(element.iter("a"), LINKS_MAX)))
    return linked / text if text else 1.0
