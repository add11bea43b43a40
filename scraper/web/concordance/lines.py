"""Lines of a concordance: a match, the text before it and after it, and what lines are sorted by.

Pure. Texts are looked at as they are stored, so that a line reads as the article does; neighbours
are compared as the search index compares them, without case, accents and width.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scraper.archive.segmentation import UNSPACED, Hit, Term, find_hits, tokens

ARTICLE_LINES = 5  # lines taken from one article
CONTEXT_CHARS = 90  # on each side of a match; half as many where each is as wide as two
MATCH_MAX_CHARS = 120  # a phrase across separators, or a prefix of a very long word
NEIGHBOURS = 3  # words on each side that lines can be sorted by
PARAGRAPH = "\n\n"
ORDERS = (
    "newest", "oldest", "outlet",
    "left1", "left2", "left3", "right1", "right2", "right3",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One match in its article. `before` and `after` are its neighbours, the nearest first."""

    article: int
    url: str
    outlet: str
    outlet_name: str
    language: str
    published_at: str | None
    moment: str
    timezone: str
    left: str
    match: str
    right: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def lines_of(
    article: Mapping[str, Any], terms: tuple[Term, ...], most: int = ARTICLE_LINES
) -> list[Line]:
    """Return the first lines of an article in which a term stands, its headline before its body.

    `article` has the columns that Line has, and besides the texts title, description and body.
    """
    found: list[Line] = []
    for name in ("title", "body", "description"):
        text = article[name] or ""
        # What the outlet says of an article is often its first paragraph again.
        if name == "description" and found:
            break
        for hit in find_hits(text, terms, most - len(found)):
            found.append(_line(article, text, hit))
    return found[:most]


def _line(article: Mapping[str, Any], text: str, hit: Hit) -> Line:
    start, end = hit.start, min(hit.end, hit.start + MATCH_MAX_CHARS)
    left = _before(text, start)
    right = _after(text, end)
    return Line(
        article=article["id"],
        url=article["url"],
        outlet=article["outlet"],
        outlet_name=article["outlet_name"],
        language=article["language"],
        published_at=article["published_at"],
        moment=article["moment"],
        timezone=article["timezone"],
        left=_level(left),
        match=_level(text[start:end]).strip(),
        right=_level(right),
        before=_last_words(left)[::-1],
        after=_first_words(right),
    )


def _before(text: str, at: int) -> str:
    r"""Return what stands before an offset within its paragraph, begun at a whole word.

    >>> _before("First.\n\nIn the harbour", 11)
    'In '
    """
    piece = text[max(0, at - CONTEXT_CHARS) : at]
    is_cut = len(piece) == CONTEXT_CHARS and at > CONTEXT_CHARS
    if (begin := piece.rfind(PARAGRAPH)) >= 0:
        return piece[begin + len(PARAGRAPH) :]
    if UNSPACED.search(piece):
        return piece[-CONTEXT_CHARS // 2 :]
    return piece[piece.find(" ") + 1 :] if is_cut else piece


def _after(text: str, at: int) -> str:
    """Return what stands after an offset within its paragraph, ended at a whole word."""
    piece = text[at : at + CONTEXT_CHARS]
    if (end := piece.find(PARAGRAPH)) >= 0:
        return piece[:end]
    if UNSPACED.search(piece):
        return piece[: CONTEXT_CHARS // 2]
    is_cut = at + CONTEXT_CHARS < len(text)
    return piece[: piece.rfind(" ") + 1] or piece if is_cut else piece


# Telling letters from marks in any script costs 3 µs a character: no more is looked at than needed.
NEAR_CHARS = 24


def _first_words(text: str) -> tuple[str, ...]:
    """Return the first few words, as the search index has them.

    >>> _first_words(" enter Café no. 5")
    ('enter', 'cafe', 'no')
    """
    near = tokens(text[:NEAR_CHARS])
    # The last of them may be cut.
    return near[:NEIGHBOURS] if len(near) > NEIGHBOURS else tokens(text)[:NEIGHBOURS]


def _last_words(text: str) -> tuple[str, ...]:
    near = tokens(text[-NEAR_CHARS:])
    return near[-NEIGHBOURS:] if len(near) > NEIGHBOURS else tokens(text)[-NEIGHBOURS:]


def _level(text: str) -> str:
    r"""Return text in one line; a space at its edge stays, as it parts it from the match.

    >>> _level(" in\nthe  harbour ")
    ' in the harbour '
    """
    inner = " ".join(text.split())
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{inner}{after}" if inner else before


def sorted_lines(lines: Iterable[Line], order: str) -> list[Line]:
    """Sort lines by one of ORDERS; equals stay in the order of time, newest first."""
    newest = sorted(lines, key=lambda line: (line.moment, line.article), reverse=True)
    if order == "oldest":
        return sorted(newest, key=lambda line: (line.moment, line.article))
    if order == "outlet":
        return sorted(newest, key=lambda line: line.outlet_name.casefold())
    if order.startswith(("left", "right")):
        place = int(order[-1])
        is_left = order.startswith("left")
        return sorted(
            newest, key=lambda line: _neighbourhood(line.before if is_left else line.after, place)
        )
    return newest


def _neighbourhood(words: Sequence[str], place: int) -> tuple[bool, str, tuple[str, ...]]:
    """Return what lines are compared by: the neighbour asked for, then all from the match outwards.

    Lines that have no such neighbour come last.
    """
    has_one = len(words) >= place
    return not has_one, words[place - 1] if has_one else "", tuple(words)
