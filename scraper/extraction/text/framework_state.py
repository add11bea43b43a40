"""The text of an article whose page shows none, in the state that a framework left in scripts.

`__NEXT_DATA__` and `self.__next_f` (Next.js), `__NUXT__`, `Fusion.globalContent` (Arc),
`__APOLLO_STATE__`, `__PRELOADED_STATE__` and their like are all string literals of JSON or
JavaScript inside a script. No state is understood as a whole: its long strings are read.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.text.body_lines import folded
from scraper.extraction.text.state_elements import element_texts, html_lines
from scraper.extraction.words import ends_as_prose

SCRIPTS_MAX = 200
SCRIPT_MIN_CHARS = 500  # one with less holds no article
STATE_MAX_CHARS = 4_000_000  # of all scripts of a page; the largest state seen had 1.4 million
LITERALS_MAX = 20_000
LITERAL_MIN_CHARS = 8
DEPTH_MAX = 3  # a literal may hold JSON, with literals
HTML_MIN_CHARS = 250  # of a literal that is the article as HTML
HTML_TRIED = 3  # the longest of them
PARAGRAPH_MIN_CHARS = 40
PROSE_MIN_LINES = 2
ELEMENTS_MIN_SHARE = 0.7  # of all paragraphs that a list of elements must hold, to be the text
# Always matches where a quote stands, closed or not: linear in time.
LITERAL = re.compile(r'"((?:[^"\\\n]++|\\.)*+)("?)')
BLOCK_MARKUP = re.compile(r"<(?:p|br|div|h[2-4])\b[^<>]{0,500}>", re.IGNORECASE)


def scripts_of(tree: HtmlElement) -> list[HtmlElement]:
    """Return a page's scripts, which can be read after they are taken from it."""
    return list(islice(tree.iter("script"), SCRIPTS_MAX))


def script_texts(scripts: Iterable[HtmlElement]) -> list[str]:
    """Return the texts of scripts that may hold state; JSON-LD is read elsewhere."""
    found: list[str] = []
    size = 0
    for script in scripts:
        if "ld+json" in (script.get("type") or "") or script.get("src"):
            continue
        text = script.text or ""
        if len(text) < SCRIPT_MIN_CHARS:
            continue
        size += len(text)
        if size > STATE_MAX_CHARS:
            break
        found.append(text)
    return found


def state_lines(scripts: Iterable[str], title: str = "") -> list[str]:
    """Return the lines of the longest text that scripts hold, [] if none of them is prose.

    Paragraphs that stand as strings of their own are believed only beside the headline: a
    framework's own messages are sentences too.

    >>> body = "<p>It rained on Monday, all day.</p><p>On Tuesday it did not.</p>" * 9
    >>> state_lines(["__NEXT_DATA__ = " + json.dumps({"article": {"body": body}})])[:2]
    ['It rained on Monday, all day.', 'On Tuesday it did not.']
    """
    best: list[str] = []
    for script in scripts:
        literals = list(islice(_literals(script, 0), LITERALS_MAX))
        marked = sorted(filter(_is_marked_up, literals), key=len, reverse=True)
        texts = [html_lines(text) for text in marked[:HTML_TRIED]]
        if title and any(_is_title(text, title) for text in literals):
            held = (lines for text in (script, *_nested(script)) for lines in element_texts(text))
            elements = max(map(_prose, held), key=_size, default=[])
            loose = [line for text in literals if _is_paragraph(text) for line in html_lines(text)]
            # Strings that stand alone may be captions: those of a list of elements are text.
            is_whole = _size(elements) >= ELEMENTS_MIN_SHARE * _size(loose)
            texts = [elements] if is_whole and elements else [*texts, loose]
        best = max((best, *map(_prose, texts)), key=_size)
    return best


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))


def _literals(text: str, depth: int) -> Iterator[str]:
    """Yield the string literals of a script in order, in place of those with JSON what it holds."""
    for found in LITERAL.finditer(text):
        raw, closing = found.groups()
        if len(raw) < LITERAL_MIN_CHARS or not closing:
            continue
        try:
            value = json.loads(f'"{raw}"', strict=False) if "\\" in raw else raw
        except ValueError:
            continue
        holds_json = value.count('":') > 1 and not _is_marked_up(value)
        if holds_json and depth + 1 < DEPTH_MAX:
            yield from _literals(value, depth + 1)
        else:
            yield value


def _nested(script: str) -> Iterator[str]:
    """Yield the long strings of a script that hold JSON themselves, as React's streams do."""
    for found in islice(LITERAL.finditer(script), LITERALS_MAX):
        raw, closing = found.groups()
        if closing and len(raw) >= SCRIPT_MIN_CHARS and raw.count('\\":') > 1:
            with suppress(ValueError):
                yield json.loads(f'"{raw}"', strict=False)


def _is_title(text: str, title: str) -> bool:
    return len(text) <= 2 * len(title) + 20 and folded(text) == folded(title)


def _is_marked_up(text: str) -> bool:
    return len(text) >= HTML_MIN_CHARS and len(list(islice(BLOCK_MARKUP.finditer(text), 2))) == 2


def _is_paragraph(text: str) -> bool:
    return (
        len(text) >= PARAGRAPH_MIN_CHARS
        and " " in text
        and ends_as_prose(text)
        and not text.lstrip().startswith(("{", "[", "function", "http", "var ", "@"))
        and ";" not in text[-3:]
    )


def _prose(lines: Sequence[str]) -> list[str]:
    """Return lines without repeats, [] if too few of them are sentences."""
    kept = list({folded(line): line for line in lines}.values())
    return kept if sum(map(ends_as_prose, kept)) >= PROSE_MIN_LINES else []
