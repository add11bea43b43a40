"""All text below an element, and how many characters of it a reader sees."""

from lxml import etree
from lxml.html import HtmlElement

SPACES = " \n\t\r\f\xa0\u3000\u200b"


def all_text(element: HtmlElement) -> str:
    """Return all text below an element, as lxml's own method does in twice the time.

    >>> from lxml import html
    >>> all_text(html.fromstring("<p>War <b>and</b> peace</p>"))
    'War and peace'
    """
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def letters(element: HtmlElement) -> int:
    """Return how many characters an element shows, white space left out."""
    text = all_text(element)
    return len(text) - sum(map(text.count, SPACES))
