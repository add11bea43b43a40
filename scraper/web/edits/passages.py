"""What an edit changed, as a reader sees it: a few short passages with what came and what went."""

from dataclasses import dataclass

from markupsafe import Markup

from scraper.archive.differences import Changed, changed_paragraphs, changed_words
from scraper.archive.segmentation import Term, find_hits, marked
from scraper.web.typography import marked_html

PASSAGES_MAX = 3  # of one edit
CONTEXT_CHARS = 70  # on each side of a change
CHANGE_MAX_CHARS = 400  # of one change; the rest is left to the article's page
BREAKS = " \n\u3000。、"


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a passage: `kind` is same, added or removed; `text` is safe HTML with marks."""

    kind: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Passages:
    """What is shown of an edit, and how many changed places are not."""

    shown: tuple[tuple[Shown, ...], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Headline, byline and text of a revision."""

    title: str
    byline: str
    body: str


def passages(old: Texts, new: Texts, terms: tuple[Term, ...] = ()) -> Passages:
    """Choose what to show of an edit: where a term came or went first, then as it stands.

    >>> found = passages(Texts("Ten dead", "", ""), Texts("Twelve dead", "", ""))
    >>> [(part.kind, str(part.text)) for part in found.shown[0]]
    [('removed', 'Ten '), ('added', 'Twelve '), ('same', 'dead')]
    """
    changed: list[Changed] = []
    if old.title != new.title:
        changed.append(changed_words(old.title, new.title))
    changed += changed_paragraphs(old.body, new.body)
    if old.byline != new.byline:
        changed.append(changed_words(old.byline, new.byline))
    ranked = sorted(range(len(changed)), key=lambda n: (not _has_hit(changed[n], terms), n))
    chosen = sorted(ranked[:PASSAGES_MAX])
    shown = tuple(_shortened(changed[n], terms) for n in chosen)
    return Passages(shown, len(changed) - len(chosen))


def shown(changed: Changed, terms: tuple[Term, ...] = ()) -> tuple[Shown, ...]:
    """Return a changed paragraph whole, its hits marked."""
    return tuple(Shown(piece.kind, _html(piece.text, terms)) for piece in changed)


def _has_hit(changed: Changed, terms: tuple[Term, ...]) -> bool:
    return any(piece.kind != "same" and find_hits(piece.text, terms) for piece in changed)


def _shortened(changed: Changed, terms: tuple[Term, ...]) -> tuple[Shown, ...]:
    last = len(changed) - 1
    parts = []
    for place, piece in enumerate(changed):
        text = piece.text
        if piece.kind != "same":
            text = head(text, CHANGE_MAX_CHARS)
        elif len(text) > 2 * CONTEXT_CHARS:
            before = head(text, CONTEXT_CHARS) if place else "…"
            after = tail(text, CONTEXT_CHARS) if place < last else ""
            text = before + after.removeprefix("…") if before.endswith("…") else before + after
        parts.append(Shown(piece.kind, _html(text, terms)))
    return tuple(parts)


def head(text: str, width: int) -> str:
    """Return the beginning of a text, cut at a word's end, … where it goes on.

    >>> head("Talks go on in the harbour", 14), head("Talks", 14)
    ('Talks go on …', 'Talks')
    """
    if len(text) <= width:
        return text
    return text[: _break(text, width - width // 4, width) or width] + "…"


def tail(text: str, width: int) -> str:
    """Return the end of a text, begun at a word, … where something was before it.

    >>> tail("Talks go on in the harbour", 14)
    '…the harbour'
    """
    if len(text) <= width:
        return text
    start = len(text) - width
    found = [at for mark in BREAKS if (at := text.find(mark, start, start + width // 4)) >= 0]
    return "…" + text[min(found) + 1 if found else start :]


def _break(text: str, begin: int, end: int) -> int:
    return max(text.rfind(mark, begin, end) for mark in BREAKS) + 1


def _html(text: str, terms: tuple[Term, ...]) -> Markup:
    return marked_html(marked(text, terms))
