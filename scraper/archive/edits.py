"""What one edit did, told so that it can be searched and counted: the words that came and went.

Pure, standard library only, shared with the web plugin. The triggers of `scraper.archive.schema`
call `edit_of` for every two revisions in a row.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from scraper.archive.differences import Changed, Piece, changed_paragraphs, changed_words, words

TEXT_MAX_CHARS = 100_000  # of each text compared; at worst 1 s, 3 ms as a rule (benchmarks)
LINE_MAX_CHARS = 2_000  # of a headline or byline compared
EDIT_TEXT_MAX_CHARS = 8_000  # of the words kept as added, and as removed
PASSAGES_BETWEEN = " … "
# A longer stretch in place of another is a new sentence, and says nothing of one number.
NUMBER_WORDS_MAX = 12
NUMBER = re.compile(r"\d+(?:[.,٫٬'’]\d+)*")
HAN_NUMBER = re.compile("[〇一二三四五六七八九十百千万億兆萬亿零两兩]+")


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a revision."""

    title: str
    byline: str
    body: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit did.

    Args:
        number_changed: a number stands in the place of another, in headline or text.
        paragraphs_added, paragraphs_removed: those without a counterpart in the other text.
        words_added, words_removed: how many; letters, in scripts without spaces.
        added, removed: those words, headline first, byline last, passages joined by " … ".
    """

    number_changed: bool
    paragraphs_added: int
    paragraphs_removed: int
    words_added: int
    words_removed: int
    added: str
    removed: str


def edit_between(old: Text, new: Text) -> Edit:
    r"""Compare two texts; what is beyond the bounds above is not looked at.

    >>> edit = edit_between(
    ...     Text("Ten dead", "", "Same.\n\nTen died. 3 are missing."),
    ...     Text("Twelve dead", "", "Same.\n\nTwelve died. 5 are missing.\n\nMore soon."))
    >>> edit.added, edit.removed
    ('Twelve … Twelve … 5 … More soon.', 'Ten … Ten … 3')
    >>> edit.number_changed, edit.paragraphs_added, edit.words_removed
    (True, 1, 3)
    """
    title = _line(old.title, new.title)
    body = changed_paragraphs(old.body[:TEXT_MAX_CHARS], new.body[:TEXT_MAX_CHARS])
    byline = _line(old.byline, new.byline)
    pieces = [piece for part in (*title, *body, *byline) for piece in part]
    kinds = [{piece.kind for piece in part} for part in body]
    return Edit(
        number_changed=any(map(is_number_changed, (*title, *body))),
        paragraphs_added=kinds.count({"added"}),
        paragraphs_removed=kinds.count({"removed"}),
        words_added=_count(pieces, "added"),
        words_removed=_count(pieces, "removed"),
        added=_passages(pieces, "added"),
        removed=_passages(pieces, "removed"),
    )


def edit_of(*texts: object) -> str:
    """Compare title, byline and body of one revision with those of the next, as SQL calls it.

    Returns `Edit` as JSON.
    """
    old, new = (Text(*map(_as_text, side)) for side in (texts[:3], texts[3:]))
    return json.dumps(asdict(edit_between(old, new)))


def is_number_changed(changed: Changed) -> bool:
    """Tell whether a number stands in the place of another in one paragraph.

    >>> [is_number_changed(changed_words(*pair)) for pair in
    ...  (("10 died", "12 died"), ("死者三人", "死者五人"), ("It was 3", "It was 3, or 4"))]
    [True, True, False]
    """
    return any(
        one.kind == "removed" and other.kind == "added" and _is_other_number(one.text, other.text)
        for one, other in pairwise(changed)
    )


def _is_other_number(old: str, new: str) -> bool:
    if max(len(words(old)), len(words(new))) > NUMBER_WORDS_MAX:
        return False
    before, after = NUMBER.findall(old), NUMBER.findall(new)
    if before and after:
        return before != after
    return all(HAN_NUMBER.fullmatch(text.strip()) for text in (old, new))


def _line(old: str, new: str) -> Sequence[Changed]:
    """Compare a headline or byline; nothing if it is the same."""
    if old == new:
        return ()
    return (changed_words(old[:LINE_MAX_CHARS], new[:LINE_MAX_CHARS]),)


def _count(pieces: Iterable[Piece], kind: str) -> int:
    return sum(
        sum(any(letter.isalnum() for letter in word) for word in words(piece.text))
        for piece in pieces
        if piece.kind == kind
    )


def _passages(pieces: Iterable[Piece], kind: str) -> str:
    texts = (" ".join(piece.text.split()) for piece in pieces if piece.kind == kind)
    return PASSAGES_BETWEEN.join(filter(None, texts))[:EDIT_TEXT_MAX_CHARS]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
