"""Schema.org statements of a page: JSON-LD as outlets really write it.

Why no library: extruct parses the page a second time and brings five libraries; pyld expands
contexts from the network; neither mends broken JSON, which one outlet in fifty writes.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

SCRIPT_MAX_CHARS = 1_000_000  # of one JSON-LD script; the largest in 175 pages had 300,000
SCRIPTS_MAX = 30
NODES_MAX = 2_000
DEPTH_MAX = 8  # of objects within objects that are looked into
REFERENCES_MAX = 50  # of one property, resolved
SALVAGED_MAX = 40  # fields
SALVAGED_MAX_CHARS = 20_000

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
ESCAPED_MARK = re.compile(r"\\([\"\\/])")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
MISSING_COMMA = re.compile(r"([}\]\"])([^\S\n]*\n\s*)(?=[\"{])")
DOUBLED_COMMA = re.compile(r",\s*,")

# Strings are matched first, so that what looks like a comment within one stays. A quote always
# matches, closed or not: linear in time.
COMMENT = re.compile(r'("(?:[^"\\\n]++|\\.)*+"?)|/\*[^*]{0,2000}\*/|//[^\n]{0,500}')
# A field of a script whose JSON is beyond mending, most often for quotation marks within a string:
# it ends where its line or the next field's name tells so.
PLAIN_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|description|articleSection|inLanguage|keywords)"'
    r'\s{0,20}:\s{0,20}"([^\n]{1,2000}?)"[^\S\n]{0,20}'
    r'(?=,?[^\S\n]{0,20}(?://[^\n]{0,200})?(?:\n|$)|\}|,\s{0,20}"[@\w]{1,40}"\s{0,20}:)'
)

# Not strict: raw line breaks within strings pass.
DECODER = json.JSONDecoder(strict=False)

Node = dict[str, Any]
ARTICLES_MAX = 20  # that are compared with the chosen one
TELLING = ("headline", "datePublished", "author", "articleBody", "image", "description")
REFERRING = ("author", "creator", "contributor", "editor", "publisher", "image", "video")
REFERENCE = {"@id", "@type", "url"}  # an object with no other field says only which is meant


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
        lambda: _with_commas_mended(_without_wrong_escapes(_without_comments(mended))),
        lambda: html.unescape(mended) if "&quot;" in mended else "",
    )
    for mend in mends:
        try:
            return DECODER.raw_decode(mend())[0]  # what follows the object is ignored
        except (ValueError, RecursionError):
            continue
    return _salvaged(mended)


def _salvaged(text: str) -> Node | None:
    """Return the plain fields of an article whose JSON cannot be mended, None if it is none."""
    found: Node = {}
    for match in islice(PLAIN_FIELD.finditer(text[:SALVAGED_MAX_CHARS]), SALVAGED_MAX):
        found.setdefault(match.group(1), ESCAPED_MARK.sub(r"\1", match.group(2)))
    return found if is_article(found) and found.get("headline") else None


def _without_comments(text: str) -> str:
    return COMMENT.sub(lambda found: found.group(1) or "", text)


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


def article_node(nodes: Sequence[Node], url: str, title: str = "") -> Node:
    """Return the object that describes this page's article, {} when there is none.

    A page may describe several (related items, updates of a live blog): the one that names this
    page wins, then the one whose headline stands in `title`, then the one that says most, then the
    first. What it leaves out is taken from others that tell of the same article, and what it only
    refers to by `@id` is put in.
    """
    articles = [node for node in nodes if is_article(node)] or [
        node for node in nodes if node.get("headline") and node.get("datePublished")
    ]
    named = [node for node in articles if _names(node, url)]
    known = _folded(title)
    chosen = max(
        named or articles,
        key=lambda node: (
            bool(head := _folded(node.get("headline"))) and head in known,
            sum(1 for key in TELLING if node.get(key)),
        ),
        default={},
    )
    headline = _folded(chosen.get("headline"))
    for other in articles[:ARTICLES_MAX]:
        if other is not chosen and headline and _folded(other.get("headline")) == headline:
            chosen = {**other, **{key: value for key, value in chosen.items() if value}}
    return _resolved(chosen, nodes)


def _folded(value: Any) -> str:
    text = unescaped(value) if isinstance(value, str) else ""
    return "".join(c for c in text.casefold() if c.isalnum())


def _resolved(article: Node, nodes: Sequence[Node]) -> Node:
    """Return an article with the objects that it only refers to."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    if not article or not known:
        return article
    found = dict(article)
    for key in REFERRING:
        value = article.get(key)
        if isinstance(value, list):
            found[key] = [_referred(item, known) for item in value[:REFERENCES_MAX]]
        elif isinstance(value, dict):
            found[key] = _referred(value, known)
    return found


def _referred(value: Any, known: dict[str, Node]) -> Any:
    if not isinstance(value, dict) or len(value) > len(REFERENCE):
        return value
    node = known.get(value["@id"]) if isinstance(value.get("@id"), str) else None
    return {**node, **value} if node is not None and REFERENCE.issuperset(value) else value


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
