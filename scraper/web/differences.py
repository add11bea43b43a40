"""What changed between two revisions, paragraph by paragraph and word by word; pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from scraper.web.typography import paragraphs

PARAGRAPHS_MAX = 1_000  # of each text; the rest is not compared
WORDS_MAX = 1_500  # of a paragraph; longer ones are shown whole, as removed and added
# A word with the space after it, or one character where words are not spaced (Thai to Khmer, Han,
# kana); punctuation by itself.
WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff]+\s*|(?s:.)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `kind` is same, added or removed."""

    kind: str
    text: str


Changed = tuple[Piece, ...]  # one paragraph


def changed_paragraphs(old: str, new: str) -> tuple[Changed, ...]:
    r"""Return the paragraphs that differ, in order, each in pieces; unchanged ones are left out.

    Bounded by PARAGRAPHS_MAX and WORDS_MAX.

    >>> for p in changed_paragraphs("Same.\n\nTen died.", "Same.\n\nTwelve died.")[0]:
    ...     print(p.kind, repr(p.text))
    removed 'Ten '
    added 'Twelve '
    same 'died.'
    """
    before, after = paragraphs(old)[:PARAGRAPHS_MAX], paragraphs(new)[:PARAGRAPHS_MAX]
    found: list[Changed] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            pairs = zip_longest(before[a:b], after[c:d], fillvalue="")
            found += [changed_words(one, other) for one, other in pairs]
    return tuple(found)


def changed_words(old: str, new: str) -> Changed:
    """Return one text in pieces that turn the old into the new.

    >>> [(p.kind, p.text) for p in changed_words("死者10人", "死者12人")]
    [('same', '死者'), ('removed', '10'), ('added', '12'), ('same', '人')]
    """
    before, after = WORD.findall(old), WORD.findall(new)
    if not before or not after or max(len(before), len(after)) > WORDS_MAX:
        return _pieces(("removed", old), ("added", new))
    matcher = SequenceMatcher(None, before, after)
    if matcher.quick_ratio() < 0.3:  # a rewritten paragraph reads better whole
        return _pieces(("removed", old), ("added", new))
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
        else:
            pieces += _pieces(("removed", "".join(before[a:b])), ("added", "".join(after[c:d])))
    return tuple(pieces)


def _pieces(*kinds: tuple[str, str]) -> Changed:
    return tuple(Piece(kind, text) for kind, text in kinds if text)
