"""What changed between two texts, paragraph by paragraph and word by word; pure.

Standard library only, shared with the web plugin.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from scraper.archive.segmentation import CLUSTER, MARKS, as_ranges

PARAGRAPHS_MAX = 1_000  # of each text; the rest is not compared
WORDS_MAX = 1_500  # of a paragraph; longer ones are shown whole, as removed and added
REWRITTEN_SHARE = 0.3  # of shared words; a paragraph with fewer reads better whole
# Paragraphs of a changed stretch, old times new, that are matched by likeness; longer stretches
# are matched in order. 20 against 20 cost 4 ms.
MATCHED_MAX = 400
BREAK = re.compile(r"\n\s*\n")

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_SPACED_MARKS = as_ranges(
    re.sub(f"[{_UNSPACED}]", "", MARKS)
)  # vowel signs and points, which are no \w
# A number whole; one letter with its marks where words are not spaced (Thai to Khmer, Han, kana);
# elsewhere a word with the space after it; punctuation by itself.
WORD = re.compile(
    r"\d+(?:[.,٫٬'’]\d+)*\s*"
    rf"|(?=[{_UNSPACED}]){CLUSTER.pattern}"
    rf"|(?:[^\W\d{_UNSPACED}]|[{_SPACED_MARKS}])+\s*|(?s:.)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` is same, added or removed."""

    kind: str
    text: str


Changed = tuple[Piece, ...]  # one paragraph


def paragraphs(text: str) -> list[str]:
    r"""Split a body at blank lines.

    >>> paragraphs("One.\n\nTwo,\nstill two.")
    ['One.', 'Two,\nstill two.']
    """
    return [part for part in BREAK.split(text.strip()) if part.strip()]


def words(text: str) -> list[str]:
    """Cut a text into the words that are compared, spaces and punctuation kept.

    >>> words("1,200 died."), words("死者10人"), words("ที่นี่"), words("हिन्दी में")
    (['1,200 ', 'died', '.'], ['死', '者', '10', '人'], ['ที่', 'นี่'], ['हिन्दी ', 'में'])
    """
    return WORD.findall(text)


def changed_paragraphs(old: str, new: str) -> tuple[Changed, ...]:
    r"""Return the paragraphs that differ, in order, each in pieces; unchanged ones are left out.

    Bounded by PARAGRAPHS_MAX and WORDS_MAX.

    >>> for p in changed_paragraphs("Same.\n\nTen died.", "Same.\n\nTwelve died.")[0]:
    ...     print(p.kind, repr(p.text))
    removed 'Ten '
    added 'Twelve '
    same 'died.'
    """
    return tuple(part for part in compared(old, new) if not isinstance(part, int))


def compared(old: str, new: str) -> Iterator[Changed | int]:
    """Yield the paragraphs that differ, and for those between them how many are the same."""
    before, after = paragraphs(old)[:PARAGRAPHS_MAX], paragraphs(new)[:PARAGRAPHS_MAX]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield b - a
        else:
            yield from (changed_words(*pair) for pair in _pairs(before[a:b], after[c:d]))


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Match the paragraphs of a changed stretch; "" beside one that has no counterpart."""
    if not before or not after or len(before) * len(after) > MATCHED_MAX:
        return zip_longest(before, after, fillvalue="")
    return _matched(before, after)


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Match paragraphs so that what they share is most in sum, their order kept.

    Matching by place alone tells every paragraph behind a new one as rewritten.
    """
    likeness = _likeness(before, after)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]  # of the rest from here
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(before) and j < len(after):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], ""
            i += 1
        else:
            yield "", after[j]
            j += 1
    yield from ((text, "") for text in before[i:])
    yield from (("", text) for text in after[j:])


def _likeness(before: Sequence[str], after: Sequence[str]) -> list[list[float]]:
    """Return the share of words each pair of paragraphs has in common, 0 for a rewritten one."""
    sides = [
        [Counter(word.strip() for word in words(text)[:WORDS_MAX]) for text in side]
        for side in (before, after)
    ]
    table: list[list[float]] = []
    for one in sides[0]:
        shares = [2 * (one & other).total() / (one.total() + other.total()) for other in sides[1]]
        table.append([share if share >= REWRITTEN_SHARE else 0.0 for share in shares])
    return table


def changed_words(old: str, new: str) -> Changed:
    """Return one text in pieces that turn the old into the new.

    >>> [(p.kind, p.text) for p in changed_words("死者10人", "死者12人")]
    [('same', '死者'), ('removed', '10'), ('added', '12'), ('same', '人')]
    >>> [(p.kind, p.text) for p in changed_words("Ten died today.", "Ten died.")]
    [('same', 'Ten died '), ('removed', 'today'), ('same', '.')]
    """
    before, after = words(old), words(new)
    if not before or not after or max(len(before), len(after)) > WORDS_MAX:
        return _pieces(("removed", old), ("added", new))
    # The space behind a word comes and goes with its neighbour and is no change of the word.
    keys = [[word.strip() for word in side] for side in (before, after)]
    matcher = SequenceMatcher(None, keys[0], keys[1])
    if matcher.quick_ratio() < REWRITTEN_SHARE:
        return _pieces(("removed", old), ("added", new))
    pieces: list[Piece] = []
    for is_same, a, b, c, d in _stretches(matcher, before):
        if is_same:
            last = max(before[b - 1], after[d - 1], key=len)
            pieces.append(Piece("same", "".join([*after[c : d - 1], last])))
        else:
            pieces += _pieces(("removed", "".join(before[a:b])), ("added", "".join(after[c:d])))
    return tuple(pieces)


Stretch = tuple[bool, int, int, int, int]  # is the same; begin and end in the old, in the new


def _stretches(matcher: "SequenceMatcher[str]", before: Sequence[str]) -> list[Stretch]:
    """Return what is the same and what is not; punctuation amid changes goes with them."""
    found: list[Stretch] = []
    opcodes = matcher.get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(opcodes):
        is_amid = 0 < place < len(opcodes) - 1
        is_same = kind == "equal" and not (
            is_amid and not any(word[0].isalnum() for word in before[a:b])
        )
        if not is_same and found and not found[-1][0]:
            _, first, _, begin, _ = found.pop()
            a, c = first, begin
        found.append((is_same, a, b, c, d))
    return found


def _pieces(*kinds: tuple[str, str]) -> Changed:
    return tuple(Piece(kind, text) for kind, text in kinds if text)
