"""Characters carried past trafilatura, which drops them: joiners, and spaces as wide as a letter.

U+200C and U+200D shape words: without them Persian words run together and conjuncts fall apart.
U+3000 parts what is said from who says it in Japanese interviews, and the lines of Chinese verse.
"""

import re

from lxml.html import HtmlElement

JOINERS = "\u200c\u200d"
WIDE = "\u3000"
# Dividers of cuneiform, which nobody has printed in a newspaper, stand for them meanwhile. They are
# punctuation, so that texts compared by their letters are still the same.
STAND_INS = "\U00012471\U00012472\U00012473"
WIDE_STAND_IN = STAND_INS[-1]
HIDING = str.maketrans(JOINERS, STAND_INS[: len(JOINERS)])
SHOWING = str.maketrans(STAND_INS, JOINERS + WIDE)
INNER = re.compile(rf"(?<=[^\s{WIDE_STAND_IN}]){WIDE}{{1,8}}(?=\S)")
LEADING = re.compile(rf"{WIDE}{{1,8}}(?=\S)")
INLINE = frozenset(("a", "b", "i", "em", "strong", "span", "u", "font", "mark", "q", "cite"))


def hide_joiners(tree: HtmlElement) -> None:
    """Put stand-ins in the place of joiners and of wide spaces within lines throughout a tree."""
    for element in tree.iter():
        if element.text and not element.text.isprintable():
            element.text = _hidden(element.text)
        if element.tail and not element.tail.isprintable():
            tail = _hidden(element.tail)
            if tail.startswith(WIDE) and element.tag in INLINE and (element.text or "").strip():
                tail = LEADING.sub(_stand_ins, tail, count=1)
            element.tail = tail


def _hidden(text: str) -> str:
    text = text.translate(HIDING)
    return INNER.sub(_stand_ins, text) if WIDE in text else text


def _stand_ins(spaces: re.Match[str]) -> str:
    return WIDE_STAND_IN * len(spaces[0])


def show_wide(text: str) -> str:
    """Return a text with its wide spaces put back."""
    return text.replace(WIDE_STAND_IN, WIDE)


def show_joiners(text: str) -> str:
    """Return a text with its joiners and wide spaces put back.

    >>> show_joiners("می\U00012471شود") == "می\u200cشود"
    True
    """
    return text.translate(SHOWING) if any(map(text.__contains__, STAND_INS)) else text
