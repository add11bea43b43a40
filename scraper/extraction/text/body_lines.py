"""The text of an element line by line, and which lines of it are no text of an article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from scraper.extraction.date.moments import read_moment
from scraper.extraction.page import one_line
from scraper.extraction.text.appeal_words import (
    APPEALS,
    FOLLOWED,
    FOLLOWS,
    FOLLOWS_MAX_CHARS,
    LAST_VERBS,
    MAY_FOLLOW,
    OWN,
)
from scraper.extraction.text.furniture import (
    AGENCY_LINES,
    ASKS_CONSENT,
    BOX_HEADINGS,
    CAPTION_ENDS,
    CAPTION_LINES,
    CLOSING_LINES,
    CONSENT,
    CORRECTED,
    INNER_LINES,
    INNER_WORDS,
    LINES,
    NAMED_CLOSINGS,
    OPEN_LINES,
    OPEN_POINTERS,
    POINTERS,
    SIGNATURES,
    STATE,
)
from scraper.extraction.words import ends_as_prose

PAGE_MAX_CHARS = 1_000_000  # of a page's text that are looked at
HEADING_MAX_CHARS = 60
FOLDED_KEPT, FOLDED_KEPT_CHARS = 512, 2_000  # lines of a page, each of which is compared often
FURNITURE_LINE_MAX_CHARS = 300
CAPTION_LINE_MAX_CHARS = 250
CREDIT_MAX_CHARS = 90  # of a credit behind what a picture shows
CREDIT_NAMES_SHARE = 0.5  # of a credit's words that are names, where it ends as a sentence does
CREDIT_MAX_CHARS_DENSE = 14  # of one that does, in a script without capitals
CONSENT_MAX_CHARS = 800
TRAIL_MAX_CHARS = 30  # of one step of it: "- World News"
ASCII_MARKS = bytes(code for code in range(0x80) if not chr(code).isalnum())
HEAD_LINES = 6  # first lines where headline, byline and date may be repeated
TAIL_LINES = 5  # last lines where those who wrote, and where to write to them, may stand
HEADLINE_MIN_CHARS = 20  # of one that may be known by how a line begins or ends
KICKER_MAX_CHARS = 60  # of what may stand before or behind a headline said again
NAME_LINE_MAX_CHARS = 60
DATE_LINE_MAX_CHARS = 80
DATE_LINE_MAX_LETTERS = 30
CALLING = ("!", "！", "?", "？", "؟", ":", "：")  # at the end of a call, a headline, a label
MARK = re.compile(r"[:：=/／|©–—-]|\b(?:by|from|von|der)\b")  # behind the words of a credit
BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dd", "dt", "blockquote",
    "pre", "table", "tr", "td", "th", "figure", "figcaption", "div", "section", "article",
    "header", "br",
}  # fmt: skip


def block_lines(element: HtmlElement) -> Iterator[str]:
    """Yield the text of an element, one block a line.

    >>> from lxml import html
    >>> list(block_lines(html.fromstring("<div>One <b>two</b><p>Three</p>four<br>five</div>")))
    ['One two', 'Three', 'four', 'five']
    """
    if not len(element):
        line = one_line(element.text or "", PAGE_MAX_CHARS)
        if line:
            yield line
        return
    line = ""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in BLOCKS:
            if line.strip():
                yield one_line(line, PAGE_MAX_CHARS)
            line = ""
        line += (node.text if event == "start" else "" if node is element else node.tail) or ""
    if line.strip():
        yield one_line(line, PAGE_MAX_CHARS)


def clean_lines(lines: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Return the lines that are text: no furniture, no headline or byline said again, no repeats.

    >>> clean_lines(["A War", "By Bo Vik", "It began.", "Read also: Peace"], ["A war", "Bo Vik"])
    ['It began.']
    """
    said = [folded(text) for text in known if text]
    kept: list[str] = []
    for raw in lines:
        line = one_line(raw, PAGE_MAX_CHARS)
        bare = line.removeprefix("- ").strip()
        if kept and len(bare) <= CREDIT_MAX_CHARS and _is_credit(bare):
            if len(kept[-1]) <= CAPTION_LINE_MAX_CHARS and not ends_as_prose(kept[-1]):
                kept.pop()  # what the picture shows stands above who took it
            continue
        if not any(c.isalnum() for c in bare) or is_furniture(bare):
            continue
        if len(kept) < HEAD_LINES and (_says_again(bare, said) or is_date(bare)):
            continue
        if len(bare) <= NAME_LINE_MAX_CHARS and folded(bare) in said:
            continue  # a live blog signs every entry
        if kept and kept[-1] == line:
            continue
        kept.append(line)
    return _without_closing(kept)


def without_trail(lines: Sequence[str], sections: Iterable[str]) -> list[str]:
    """Return lines without the trail to the article's section that may stand before the text.

    >>> without_trail(["- News", "- World News", "It began."], ["World"])
    ['It began.']
    """
    named = {folded(section) for section in sections if section}
    start = 0
    while start < len(lines) and (
        folded(lines[start]) in named
        or (lines[start].startswith("- ") and len(lines[start]) <= TRAIL_MAX_CHARS)
    ):
        start += 1
    return list(lines[start:] or lines)


def _without_closing(lines: list[str]) -> list[str]:
    """Return lines without what closes a page: who wrote, where to write to, dates, headings."""
    start = max(len(lines) - TAIL_LINES, 1)
    kept = lines[:start]
    kept += [line for line in lines[start:] if not _is_closing(line) and not _appeals(line)]
    while len(kept) > 1 and (
        is_date(kept[-1])
        or _is_heading_of_a_box(kept[-1])
        or (SIGNATURES.fullmatch(kept[-1]) is not None and CORRECTED.search(kept[-1]) is None)
    ):
        kept.pop()
    return kept


def _appeals(line: str) -> bool:
    """Tell whether a last line asks for gifts, opinions or hints rather than tells of it."""
    if APPEALS.fullmatch(line) is None:
        return False
    first = next(filter(str.isalpha, line), "")  # in what script the line is
    has_capitals = first.upper() != first.lower()
    return not (has_capitals and _is_sentence(line)) or OWN.search(line) is not None


def _is_closing(line: str) -> bool:
    if CLOSING_LINES.fullmatch(line) is not None:
        return True
    named = NAMED_CLOSINGS.fullmatch(line) is not None
    return named and (not _is_sentence(line) or _says_names(line))


def _is_heading_of_a_box(line: str) -> bool:
    return len(line) <= HEADING_MAX_CHARS and BOX_HEADINGS.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """Tell whether a line is a date with its labels rather than a sentence.

    >>> is_date("Posted 2026-03-10 09:26 | Updated"), is_date("It began on 2026-03-10.")
    (True, False)
    """
    if len(line) > DATE_LINE_MAX_CHARS or sum(c.isdecimal() for c in line) < 5:
        return False
    labels = sum(c.isalpha() for c in line)
    return (
        labels <= DATE_LINE_MAX_LETTERS
        and not ends_as_prose(line)
        and read_moment(line) is not None
    )


def is_furniture(line: str) -> bool:
    """Tell whether a line is no text of an article wherever it stands.

    >>> is_furniture("Advertisement"), is_furniture("Foto: Bo Vik"), is_furniture("It rained.")
    (True, True, False)
    """
    if len(line) > FURNITURE_LINE_MAX_CHARS:
        return len(line) <= CONSENT_MAX_CHARS and _asks_consent(line.lower())
    lowered = line.lower()
    if len(line) <= FOLLOWS_MAX_CHARS and _asks_to_follow(line, lowered):
        return True
    if LINES.fullmatch(lowered) is not None or POINTERS.fullmatch(lowered) is not None:
        return True
    if any(map(lowered.__contains__, INNER_WORDS)) and INNER_LINES.fullmatch(lowered) is not None:
        return True
    if STATE.fullmatch(line) is not None or _asks_consent(lowered):
        return True
    if not _is_sentence(line) and (
        OPEN_LINES.fullmatch(lowered) is not None or OPEN_POINTERS.fullmatch(lowered) is not None
    ):
        return True
    if len(line) > CAPTION_LINE_MAX_CHARS:
        return False
    return _is_credit(line) or CAPTION_ENDS.search(lowered[-CREDIT_MAX_CHARS:]) is not None


def _is_sentence(line: str) -> bool:
    """Tell whether a line ends as sentences do and calls to readers do not."""
    return ends_as_prose(line) and not line.endswith(CALLING)


def _asks_consent(lowered: str) -> bool:
    return CONSENT.match(lowered) is not None and ASKS_CONSENT.search(lowered) is not None


def _is_credit(line: str) -> bool:
    """Tell whether a line says who took a picture and no more.

    >>> _is_credit("Photo: Bo Vik."), _is_credit("Photo: a word that he hardly knew.")
    (True, False)
    """
    if len(line) > CAPTION_LINE_MAX_CHARS:
        return False
    lowered = line.lower()
    if CAPTION_LINES.fullmatch(lowered) is None:
        return AGENCY_LINES.fullmatch(lowered) is not None and not _is_sentence(line)
    return not _is_sentence(line) or _says_names(line)


def _says_names(line: str) -> bool:
    """Tell whether mostly names stand behind the first mark or preposition of a line."""
    said = MARK.split(line, maxsplit=1)[-1]
    if said.upper() == said.lower():  # a script without capitals
        return len(said.strip()) <= CREDIT_MAX_CHARS_DENSE
    words = said.split()
    names = sum(not word[:1].islower() for word in words)
    return bool(words) and words[0][:1].isupper() and names > CREDIT_NAMES_SHARE * len(words)


def _asks_to_follow(line: str, lowered: str) -> bool:
    if FOLLOWS.match(lowered) is not None:
        return True
    if any(map(line.__contains__, LAST_VERBS)) and FOLLOWED.match(lowered) is not None:
        return True
    return not _is_sentence(line) and MAY_FOLLOW.match(lowered) is not None


def _says_again(line: str, said: list[str]) -> bool:
    """Tell whether a line is the headline, or the byline with its credit word or date."""
    text = folded(line)
    if text in said:
        return True
    # A kicker and the headline in one: "Talks in the North The ministers meet again".
    headline = said[0] if said else ""
    is_about_as_long = len(text) <= len(headline) + KICKER_MAX_CHARS
    goes_on = ends_as_prose(line) and not line.endswith(("?", "!", "？", "！", "؟"))
    is_told = len(headline) > HEADLINE_MIN_CHARS and not goes_on
    if is_told and is_about_as_long and text.startswith(headline):
        return True
    if is_told and is_about_as_long and text.endswith(headline):
        return True
    return len(line) <= 120 and any(
        name in text and len(text) - len(name) <= 40 and not line.endswith((".", "。", "!", "?"))
        for name in said
        if 3 <= len(name) <= 60
    )


def folded(text: str) -> str:
    """Return the letters and digits of a text without case, by which two printings are compared.

    >>> folded("“Don’t”, he said.")
    'donthesaid'
    """
    return _folded_line(text) if len(text) <= FOLDED_KEPT_CHARS else _folded(text)


def _folded(text: str) -> str:
    # ASCII goes as bytes, six times as fast; of most lines nothing else is left to go.
    raw = text.casefold().encode("utf-8", "surrogatepass").translate(None, ASCII_MARKS)
    plain = raw.decode("utf-8", "surrogatepass")
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


_folded_line = lru_cache(maxsize=FOLDED_KEPT)(_folded)
