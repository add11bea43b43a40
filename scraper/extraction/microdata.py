"""Schema.org statements in attributes: microdata, and RDFa where outlets use it so.

extruct and mf2py read the same, but parse the page anew; here the parsed tree is asked, by XPath.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text
from scraper.extraction.linked_data import ARTICLE_TYPES, Node

SCOPES_MAX = 200  # typed elements looked at
ARTICLES_MAX = 12
PROPERTIES_MAX = 400  # elements of one item
ITEMS_MAX = 40  # properties kept of one item
NAMES_MAX = 3  # of one element
DEPTH_MAX = 60  # of a property below its item
VALUE_MAX_CHARS = 5_000
VOCABULARIES = {"schema", "rnews"}  # prefixes of RDFa that name what schema.org names
# Of a link with one of these names the text is meant, not the address.
WORDED = {"author", "creator", "editor", "name", "headline", "articleSection", "keywords", "about"}


def microdata(tree: HtmlElement) -> Node:
    """Return the attributes' statements on a page's article as JSON-LD would say it, {} if none.

    Of several articles the one around the page's h1 or body counts, then the first with a headline.
    """
    found: list[tuple[int, Node]] = []
    for scope in islice(_article_scopes(tree), ARTICLES_MAX):
        item = {"@type": _type(scope), **_properties(scope)}
        weight = 2 * (scope.find(".//h1") is not None) + ("headline" in item)
        found.append((weight, item))
    return max(found, key=lambda pair: pair[0], default=(0, {}))[1]


def marked_text(tree: HtmlElement) -> HtmlElement | None:
    """Return what the attributes call the text of the article under the page's h1, None if none."""
    for scope in islice(_article_scopes(tree), ARTICLES_MAX):
        if scope.find(".//h1") is None:
            continue
        for element in scope.xpath(".//*[@itemprop or @property]")[:PROPERTIES_MAX]:
            if "articleBody" in _names(element) and _owner(element, scope) is scope:
                return element
    return None


def _article_scopes(tree: HtmlElement) -> Iterator[HtmlElement]:
    for scope in islice(tree.xpath("//*[@itemtype or @typeof]"), SCOPES_MAX):
        if scope.tag != "meta" and ARTICLE_TYPES.search(_type(scope)):
            yield scope


def _type(element: HtmlElement) -> str:
    words = (element.get("itemtype") or element.get("typeof") or "").split()
    return next((word for word in words if ARTICLE_TYPES.search(word)), " ".join(words[:1]))


def _properties(scope: HtmlElement, *, deep: bool = True) -> Node:
    found: Node = {}
    for element in scope.xpath(".//*[@itemprop or @property]")[:PROPERTIES_MAX]:
        names = _names(element)
        if not names or (deep and _owner(element, scope) is not scope):
            continue
        value = _value(element, names) if deep or not _is_scope(element) else None
        for name in names:
            if value and len(found) < ITEMS_MAX and name != "articleBody":
                found.setdefault(name, []).append(value)
    return found


def _names(element: HtmlElement) -> list[str]:
    """Return the schema.org names of an element's property: OpenGraph's in RDFa are none."""
    names = (element.get("itemprop") or "").split()[:NAMES_MAX]
    for word in (element.get("property") or "").split()[:NAMES_MAX]:
        prefix, colon, name = word.rpartition(":")
        if not colon or prefix in VOCABULARIES or "schema.org/" in word:
            names.append(name.rpartition("/")[2])
    return names


def _is_scope(element: HtmlElement) -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _owner(element: HtmlElement, scope: HtmlElement) -> HtmlElement | None:
    """Return the item that a property belongs to, the element's own aside."""
    for box in islice(element.iterancestors(), DEPTH_MAX):
        if box is scope or _is_scope(box):
            return box
    return None


def _value(element: HtmlElement, names: list[str]) -> Any:
    if _is_scope(element):
        inner = {name: values[0] for name, values in _properties(element, deep=False).items()}
        return {"@type": _type(element), **inner} if inner else _text(element)
    for attribute in ("content", "datetime", "href", "src", "resource"):
        if attribute == "href" and WORDED.intersection(names) and _text(element):
            continue
        if element.get(attribute):
            return element.get(attribute)[:VALUE_MAX_CHARS]
    return _text(element)


def _text(element: HtmlElement) -> str:
    return " ".join(all_text(element)[:VALUE_MAX_CHARS].split())
