"""What the names that an element bears say it is, word by word."""

import re
from functools import lru_cache, reduce
from operator import or_

from lxml.html import HtmlElement

from scraper.extraction.text.box_words import (
    BOX_WORDS,
    CAPTION_WORDS,
    COPY_WORDS,
    FACT_BOX_WORDS,
    LIVE_WORDS,
    PICTURE_WORDS,
    STANDFIRST_WORDS,
)

NAME_MAX_CHARS = 300
NAMES_MAX = 24  # of one element; utility classes of style sheets are many
NAMES_KEPT = 16_384  # of at most NAME_MAX_CHARS each: 5 MB at the worst
CLASSES_KEPT = 4_096  # whole lists of them, likewise
ID_MAX_CHARS = 40  # a longer one is a heading made an id
WORDS_MAX = 12  # of one name
OTHER_NAMES = ("id", "data-testid", "data-component", "aria-labelledby")
TOGETHER = 3  # neighbouring words looked up as one
WORD = re.compile(r"[A-Z]?[a-z\u00e0-\u024f]+|[A-Z]+(?![a-z])")


# What a name says of its element, as bits of a number (an IntFlag is ten times slower).
BOX, FACT_BOX, PICTURE, CAPTION, COPY, STANDFIRST, LIVE = 1, 2, 4, 8, 16, 32, 64
TABLES = (
    (BOX_WORDS, BOX),
    (FACT_BOX_WORDS, FACT_BOX),
    (PICTURE_WORDS, PICTURE),
    (CAPTION_WORDS, CAPTION),
    (COPY_WORDS, COPY),
    (STANDFIRST_WORDS, STANDFIRST),
    (LIVE_WORDS, LIVE),
)
MEANINGS = {
    word: sum(bit for table, bit in TABLES if word in table)
    for words, _ in TABLES
    for word in words
}


@lru_cache(maxsize=NAMES_KEPT)
def name_says(name: str) -> int:
    """Return what one name says, as a sum of bits.

    >>> name_says("ArticleShare-bar") == BOX, name_says("shareholders")
    (True, 0)
    """
    words = [word.lower() for word in WORD.findall(name)[:WORDS_MAX]]
    found = 0
    for start in range(len(words)):
        together = ""
        for word in words[start : start + TOGETHER]:
            together += word
            found |= MEANINGS.get(together, 0)
    return found


@lru_cache(maxsize=CLASSES_KEPT)
def _names_say(names: str) -> int:
    return reduce(or_, map(name_says, names.split()[:NAMES_MAX]), 0)


def element_says(element: HtmlElement) -> int:
    """Return what an element's classes, id and other names say, as a sum of bits.

    Those others say only that it is a box: ids are often made of a heading's words.
    """
    names = element.get("class")
    found = _names_say(names[:NAME_MAX_CHARS]) if names else 0
    for attribute in OTHER_NAMES:
        name = element.get(attribute)
        if name and len(name) <= ID_MAX_CHARS:
            found |= name_says(name) & (BOX | FACT_BOX)
    return found
