"""Schema.org statements of a page: JSON-LD as outlets really write it, and microdata."""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

# extruct reads the same, but parses the page a second time and brings five libraries.

SCRIPT_MAX_CHARS = 1_000_000  # of one JSON-LD script; the largest in 175 pages had 300,000
SCRIPTS_MAX = 30
NODES_MAX = 2_000
DEPTH_MAX = 8  # of objects within objects that are looked into
ITEMS_MAX = 40  # microdata properties read of one item

ARTICLE_TYPES = re.compile(
    r"(?:^|[/:])(?:(?:\w*News|Analysis|AskPublicNews|Background|Opinion|Report(?:age)?|Review|Tech|Satirical"
    r"|Scholarly|Medical\w*|Advertiser\w*)?Article|(?:\w*Blog|SocialMedia|\w*Forum)Posting|Report|Liveblog\w*)$",
    re.IGNORECASE,
)
OPENING_MARKS = (
    "<!--",
    "<![CDATA[",
    "//<![CDATA[",
    "// <![CDATA[",
    "/*<![CDATA[*/",
    "/* <![CDATA[ */",
)
CLOSING_MARKS = ("-->", "]]>", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "//", ";")
ESCAPE = re.compile(r"\\([\"\\/bfnrt]|u[0-9a-fA-F]{4})|\\")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
MISSING_COMMA = re.compile(r"([}\]\"])([^\S\n]*\n\s*)(?=[\"{])")
DOUBLED_COMMA = re.compile(r",\s*,")

# Not strict: raw line breaks within strings pass.
DECODER = json.JSONDecoder(strict=False)

Node = dict[str, Any]


def json_ld(tree: HtmlElement) -> list[Node]:
    """Return every JSON-LD object of a page, flattened out of graphs and arrays, in page order."""
    nodes: list[Node] = []
    scripts = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        scripts += 1
        text = script.text or ""
        if scripts > SCRIPTS_MAX:
            break
        if len(text) <= SCRIPT_MAX_CHARS:
            nodes.extend(_flattened(parsed_json(text), DEPTH_MAX))
        if len(nodes) > NODES_MAX:
            return nodes[:NODES_MAX]
    return nodes


def parsed_json(text: str) -> Any:
    r"""Parse JSON that may be slightly broken; None when it cannot be mended.

    Mended are what outlets get wrong: raw line breaks in strings, HTML comments and CDATA marks
    around, wrong escapes, trailing, doubled and missing commas.

    >>> parsed_json('<!-- {"headline": "a\\x20b", "n": [1, 2,],} -->')
    {'headline': 'ax20b', 'n': [1, 2]}
    """
    text = text.strip().lstrip("\ufeff")
    mended = _without_marks(text)
    mends: tuple[Callable[[], str], ...] = (
        lambda: text,
        lambda: mended,
        lambda: _with_commas_mended(_without_wrong_escapes(mended)),
        lambda: html.unescape(mended) if "&quot;" in mended else "",
    )
    for mend in mends:
        try:
            return DECODER.raw_decode(mend())[0]  # what follows the object is ignored
        except (ValueError, RecursionError):
            continue
    return None


def _without_marks(text: str) -> str:
    for _ in range(3):
        for mark in OPENING_MARKS:
            text = text.removeprefix(mark).lstrip()
        for mark in CLOSING_MARKS:
            text = text.removesuffix(mark).rstrip()
    return text


def _without_wrong_escapes(text: str) -> str:
    return ESCAPE.sub(lambda found: found.group(0) if found.group(1) else "", text)


def _with_commas_mended(text: str) -> str:
    text = TRAILING_COMMA.sub(r"\1", DOUBLED_COMMA.sub(",", text))
    return MISSING_COMMA.sub(r"\1,\2", text)


def _flattened(data: Any, depth: int) -> Iterator[Node]:
    if depth <= 0:
        return
    if isinstance(data, list):
        for item in data[:NODES_MAX]:
            yield from _flattened(item, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), list | dict):
                yield from _flattened(data[key], depth - 1)


def types_of(node: Node) -> tuple[str, ...]:
    """Return the schema.org types of an object.

    >>> types_of({"@type": ["NewsArticle", "Thing"]})
    ('NewsArticle', 'Thing')
    """
    return tuple(t for t in _listed(node.get("@type")) if isinstance(t, str))


def is_article(node: Node) -> bool:
    """Tell whether an object describes an article of whatever kind.

    >>> is_article({"@type": "http://schema.org/NewsArticle"}), is_article({"@type": "WebPage"})
    (True, False)
    """
    return any(ARTICLE_TYPES.search(t) for t in types_of(node))


def article_node(nodes: Iterable[Node], url: str) -> Node:
    """Return the object that describes this page's article, {} when there is none.

    A page may describe several (related items, updates of a live blog): the one that names this
    page wins, then the one that says most, then the first.
    """
    articles = [node for node in nodes if is_article(node)]
    named = [node for node in articles if _names(node, url)]
    telling = ("headline", "datePublished", "author", "articleBody", "image", "description")
    return max(
        named or articles,
        key=lambda node: sum(1 for key in telling if node.get(key)),
        default={},
    )


def _names(node: Node, url: str) -> bool:
    claims = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    claims = [c.get("@id") or c.get("url") if isinstance(c, dict) else c for c in claims]
    wanted = url.partition("#")[0].partition("?")[0].rstrip("/")
    return any(
        isinstance(c, str) and c.partition("#")[0].partition("?")[0].rstrip("/") == wanted
        for c in claims
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def texts(value: Any, keys: tuple[str, ...] = ("name", "@value"), limit: int = 50) -> list[str]:
    """Return the strings of a JSON-LD value: a string, an object with a name, or a list of them.

    >>> texts([{"@type": "Person", "name": "Ana &amp; Co"}, "Bo", 3])
    ['Ana & Co', 'Bo']
    """
    found: list[str] = []
    for item in _listed(value)[:limit]:
        if isinstance(item, dict):
            whole = " ".join(str(item.get(part) or "") for part in ("givenName", "familyName"))
            item = next((item[key] for key in keys if item.get(key)), whole.strip() or None)
            if isinstance(item, list | dict):
                found.extend(texts(item, keys, limit) if isinstance(item, list) else [])
                continue
        if isinstance(item, str) and item.strip():
            found.append(unescaped(item))
    return found[:limit]


def unescaped(text: str) -> str:
    """Undo HTML escapes, also where an outlet escaped twice.

    >>> unescaped("Fish &amp;amp; Chips &#8216;x")
    'Fish & Chips ‘x'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text


def microdata(tree: HtmlElement) -> Node:
    """Return the microdata of a page's first article as if it were JSON-LD, {} if it has none."""
    for scope in tree.iter("article", "div", "main", "section", "body", "html", "span"):
        kind = scope.get("itemtype") or ""
        if kind and ARTICLE_TYPES.search(kind.strip()):
            return {"@type": kind.strip(), **_properties(scope)}
    return {}


def _properties(scope: HtmlElement) -> Node:
    found: Node = {}
    for element in scope.iterdescendants():
        names = element.get("itemprop") if isinstance(element.tag, str) else None
        if not names or _owner(element) is not scope:
            continue
        value: Any = _value(element)
        for name in names.split()[:3]:
            if len(found) < ITEMS_MAX and name != "articleBody":
                found.setdefault(name, []).append(value)
    return found


def _owner(element: HtmlElement) -> HtmlElement | None:
    return next((a for a in element.iterancestors() if a.get("itemscope") is not None), None)


def _value(element: HtmlElement) -> Any:
    if element.get("itemscope") is not None:
        return {"@type": element.get("itemtype") or "", **_properties_shallow(element)}
    for attribute in ("content", "datetime", "href", "src"):
        if element.get(attribute):
            return element.get(attribute)
    return " ".join(element.text_content().split())


def _properties_shallow(scope: HtmlElement) -> Node:
    found: Node = {}
    for element in scope.iterdescendants():
        name = element.get("itemprop") if isinstance(element.tag, str) else None
        if name and element.get("itemscope") is None and len(found) < ITEMS_MAX:
            found.setdefault(name, _value(element))
    return found
