"""Text as the index sees it: folded, cut into tokens per script, and mapped back for snippets.

The index is stock FTS5 over text segmented here; queries pass through the same functions, so both
sides agree. Standard library only, shared by the archive, the command line and the web plugin.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Stamped into every archive. Deleting a search row must reproduce its tokens exactly, so any change
# of what `segment`, `language_token`, `country_token` or `date_tokens` return raises this number
# and asks for `dateline reindex`.
SEGMENTER_VERSION = 1

MARK_OPEN, MARK_CLOSE = "⟦", "⟧"  # around a hit: readable in CSV, no meaning in HTML
MARKED_TEXT_MAX_CHARS = 200_000  # a text's tail beyond this is not marked
EXCERPT_TEXT_MAX_CHARS = 40_000  # nor is an excerpt taken from beyond this
MARKS_MAX = 1_000  # hits marked in one text
PIECE_CHARS = 1_500  # text is folded for marking in pieces of about this size
GAP_MAX_CHARS = 12  # separators allowed between two tokens of a phrase when marking
TAG_MAX_CHARS = 35  # RFC 5646 section 4.4.1

# Scripts written without spaces, or (Hangul) with endings glued on: one token per character.
# Measured on 82 queries over real articles in ten languages: recall .93 against .32 for unicode61
# alone, index 0.6 bytes per byte of text; word segmenters lose 朝鮮 in 北朝鮮.
CHARACTER_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
CHARACTER_RUN = re.compile(f"[{CHARACTER_SCRIPTS}]+")
UNSPACED = re.compile(  # the same without Hangul, which does use spaces
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


def as_ranges(characters: str) -> str:
    """Return characters, which stand in the order of their codes, as ranges of a character class.

    Beyond the Basic Multilingual Plane `re` tries what a class holds one by one, so that 300 marks
    named singly made a class four times as slow as the same ones in ranges.

    >>> as_ranges("abce")
    'a-ce-e'
    """
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


MARKS = "".join(  # unicode61 is told to keep marks inside tokens (schema.TOKENIZER)
    chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
MARK_RANGES = as_ranges(MARKS)
LETTER = f"[\\w{MARK_RANGES}\ue000-\uf8ff]"
TOKEN = re.compile(f"{LETTER}+")

# Dropped after NFKD: diacritics (but й and ў are letters of their own), Hebrew points, Arabic
# vowel signs, hamza marks and tatweel, soft hyphen, zero-width and bidirectional controls.
DROPPED = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)
BREVE, BARE_BREVE = "\u0306", re.compile("(?<![иу])\u0306")
LETTERS = {  # letters that no decomposition joins: Arabic finals, Persian and Urdu twins, Latin
    "ى": "ي", "ة": "ه", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا",
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "_": " ",
}  # fmt: skip
DIGIT_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040, 0x17E0)  # fmt: skip  # noqa: E501
FOLDS = LETTERS | {chr(z + d): str(d) for z in DIGIT_ZEROS for d in range(10)}
FOLDED = re.compile(f"[{''.join(FOLDS)}]")  # 15 times as fast as str.translate on most texts

# One letter with all that composes onto it: marks, half-width voicing, conjoining jamo.
CLUSTER = re.compile(f"(?s:.)[{MARK_RANGES}\uff9e\uff9f\u1160-\u11ff\u200b-\u200f]*")


def fold(text: str) -> str:
    """Return text with everything levelled that a reader would not tell apart when searching.

    NFKC, case folding (ß is ss), no diacritics but on kana and й, Arabic and Persian letter
    variants joined, native digits as ASCII, invisible characters dropped.

    >>> fold("Straße ＮＨＫ ｻｰﾊﾞｰ café Ещё"), fold("الـحَرْب"), fold("أُمّة")
    ('strasse nhk サーバー cafe еще', 'الحرب', 'امه')
    """
    if text.isascii():
        return text.lower().replace("_", " ")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = DROPPED.sub("", plain)
    if BREVE in plain:
        plain = BARE_BREVE.sub("", plain)
    folded = FOLDED.sub(lambda letter: FOLDS[letter[0]], plain)
    return unicodedata.normalize("NFC", folded)


def segment(text: str) -> str:
    """Return folded text with a space around every character of a script without spaces.

    >>> segment("北朝鮮のNHK")
    ' 北 朝 鮮 の nhk'
    """
    return CHARACTER_RUN.sub(lambda run: f" {' '.join(run[0])} ", fold(text))


def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens FTS5 makes of a text.

    >>> tokens("Don't: 武器!")
    ('don', 't', '武', '器')
    """
    return tuple(TOKEN.findall(segment(text)))


def language_token(tag: str) -> str:
    """Return a BCP 47 tag as tokens no text contains: its main language, then the whole tag.

    >>> language_token("ja"), language_token("zh-Hant"), language_token("")
    ('langja', 'langzh langzhhant', '')
    """
    parts = re.findall(r"[a-z0-9]+", tag[:TAG_MAX_CHARS].lower())
    return " ".join(dict.fromkeys(f"lang{part}" for part in (*parts[:1], "".join(parts)) if part))


def country_token(code: str) -> str:
    """Return an ISO 3166 code as a token no text contains.

    >>> country_token("JP")
    'countryjp'
    """
    found = re.match(r"[a-z]{2,3}", code.lower())
    return f"country{found[0]}" if found else ""


def date_tokens(moment: str) -> str:
    """Return an RFC 3339 time's year, month and day as tokens; "" if it begins with no date.

    >>> date_tokens("2024-06-16T12:05:00Z")
    'y2024 m202406 d20240616'
    """
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", moment, re.ASCII)
    if not found:
        return ""
    year, month, day = found.groups()
    return f"y{year} m{year}{month} d{year}{month}{day}"


@dataclass(frozen=True, slots=True)
class Term:
    """What a query looks for in texts: one phrase, in any of several forms.

    `forms` are token sequences of equal standing; `is_prefix` lets the last token go on.
    """

    forms: tuple[tuple[str, ...], ...]
    is_prefix: bool = False


@lru_cache(maxsize=256)
def hit_pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    """Return the pattern that finds terms in segmented text, one group a term; None for no terms.

    Longer forms come first, so that a hit is marked whole. Whether a match begins a token is left
    to the caller: a look-behind would cost the search its literal prefix, and most of its speed.
    """
    gap = f"(?:(?!{LETTER})(?s:.)){{1,{GAP_MAX_CHARS}}}"
    groups = []
    for term in terms:
        forms = sorted((f for f in term.forms if f), key=lambda f: (-len(f), -len("".join(f))))
        end = f"{LETTER}*" if term.is_prefix else f"(?!{LETTER})"
        either = "|".join(gap.join(map(re.escape, form)) for form in forms)
        groups.append(f"((?:{either}){end})" if forms else "((?!))")
    return re.compile("|".join(groups)) if groups else None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in the original text that a term matched: offsets, and the number of the term."""

    start: int
    end: int
    term: int


def find_hits(text: str, terms: tuple[Term, ...], most: int = MARKS_MAX) -> list[Hit]:
    """Return where terms occur in a text, in order, without overlaps; the first `most`.

    Looks at the first MARKED_TEXT_MAX_CHARS characters. Linear;
    letters are mapped back to their offsets only in pieces that hold a hit.
    """
    pattern = hit_pattern(terms)
    if pattern is None or not text:
        return []
    found: list[Hit] = []
    firsts = {form[0] for term in terms for form in term.forms if form}
    for start, piece in _pieces(text[:MARKED_TEXT_MAX_CHARS]):
        if len(found) >= most:
            break
        # Plain searches for a thousand forms cost less than one pass of a pattern of as many.
        plain = segment(piece)
        if not any(first in plain for first in firsts):
            continue
        segmented, starts, ends = _mapped(piece)
        for match in pattern.finditer(segmented):
            if match.start() == 0 or not TOKEN.match(segmented, match.start() - 1):
                first, last = starts[match.start()], ends[match.end() - 1]
                found.append(Hit(start + first, start + last, (match.lastindex or 1) - 1))
    return found[:most]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text at line ends, else spaces, else anywhere, into pieces of about PIECE_CHARS."""
    start = 0
    while start < len(text):
        end = min(start + PIECE_CHARS, len(text))
        if end < len(text):
            floor = start + PIECE_CHARS // 2
            end = max(text.rfind(mark, floor, end) for mark in "\n 。、") + 1 or end
        yield start, text[start:end]
        start = end


@lru_cache(maxsize=8192)
def _segmented_cluster(cluster: str) -> str:
    return segment(cluster)


def _mapped(piece: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return a piece segmented letter by letter, and each character's span in the piece."""
    if piece.isascii():
        return segment(piece), range(len(piece)), range(1, len(piece) + 1)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in CLUSTER.finditer(piece):
        part = _segmented_cluster(match[0])
        parts.append(part)
        starts += [match.start()] * len(part)
        ends += [match.end()] * len(part)
    return "".join(parts), starts, ends


def marked(text: str, terms: tuple[Term, ...]) -> str:
    """Return the whole text with every hit between MARK_OPEN and MARK_CLOSE.

    Marks already in the text become square brackets, so that marks are always ours.

    >>> marked("Das STRASSENFEST, die Straße", (Term((("strasse",),)),))
    'Das STRASSENFEST, die ⟦Straße⟧'
    """
    return _with_marks(text, find_hits(text, terms), 0, len(text))


def _with_marks(text: str, hits: list[Hit], start: int, end: int) -> str:
    parts, at = [], start
    for hit in hits:
        if hit.start >= at and hit.end <= end:
            parts += [_unmarked(text[at : hit.start]), MARK_OPEN]
            parts += [_unmarked(text[hit.start : hit.end]), MARK_CLOSE]
            at = hit.end
    return "".join([*parts, _unmarked(text[at:end])])


def _unmarked(text: str) -> str:
    return text.replace(MARK_OPEN, "[").replace(MARK_CLOSE, "]")


def excerpt(texts: Sequence[str], terms: tuple[Term, ...], width: int) -> str:
    """Return the passage of about `width` characters that shows the most different terms, marked.

    It is taken from the first text with a hit, else from the beginning of the first that is not
    empty. The earliest of equals wins. White space becomes single spaces, and … stands where text
    was left out.

    >>> excerpt(["", "one two three four five six seven"], (Term((("five",),)),), 16)
    '…four ⟦five⟧ six…'
    """
    text, hits = next(filter(None, texts), ""), list[Hit]()
    for candidate in texts:
        if found := find_hits(candidate[:EXCERPT_TEXT_MAX_CHARS], terms):
            text, hits = candidate, found
            break
    start, end = _window(text, hits, max(width, 1))
    passage = _with_marks(text, hits, start, end)
    before, after = "…" if text[:start].strip() else "", "…" if text[end:].strip() else ""
    return before + " ".join(passage.split()) + after


def _window(text: str, hits: list[Hit], width: int) -> tuple[int, int]:
    """Choose the offsets of the best passage, begun and ended at whole words if there are any."""
    best, best_score, last = Hit(0, 0, 0), (0, 0), 0
    for first, hit in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last].end <= hit.start + width * 3 // 4:
            last += 1
        score = (len({h.term for h in hits[first:last]}), last - first)
        if score > best_score:
            best, best_score = hit, score
    start = max(0, best.start - width // 4)
    end = max(best.end, min(len(text), start + width))
    reach = max(width // 8, 6)
    start = _after_break(text, start, start - reach)
    return start, _after_break(text, end, max(end - reach, best.end)) if end < len(text) else end


def _after_break(text: str, at: int, floor: int) -> int:
    """Return the offset after the last word or clause end in a stretch before `at`, else `at`."""
    return max(text.rfind(mark, max(floor, 0), at) for mark in " \n\u3000。、") + 1 or at
