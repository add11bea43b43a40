"""The query language: whatever a person types becomes valid FTS5, with notes on what was odd.

AND OR NOT, -word, ( ), "phrase" and 「phrase」, word*, NEAR(a b, n), a NEAR/n b, and the fields
title: body: author: description: outlet: lang: country: after: before: date:. Words beside each
other must all occur. Nothing here touches a database. Standard library only.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from scraper.archive.segmentation import (
    CHARACTER_RUN,
    UNSPACED,
    Term,
    country_token,
    fold,
    language_token,
    tokens,
)

QUERY_MAX_CHARS = 2_000
NESTING_MAX = 20  # deeper parentheses are ignored; FTS5's parser overflows at 100
WORDS_MAX = 64  # words and phrases in one query
DATES_MAX = 8  # date conditions in one query, each an OR of up to 80 tokens
PREFIX_MIN_CHARS = 2  # a* would read most of the index
NEAR_DEFAULT, NEAR_MAX = 10, 200  # tokens between
# A space inside quotes where the script has none cannot mean a space: "金正恩 プーチン" is read as
# both names within this many characters, which 金正恩総書記とプーチン大統領 needs.
UNSPACED_NEAR = 20

NOTHING = '""'  # FTS5 for no row: a phrase without tokens
TEXT_COLUMNS = "{title body author description}"  # what a word without a field is looked for in
COLUMNS = {"": TEXT_COLUMNS, "title": "title", "body": "body", "author": "author"} | {
    "description": "description", "outlet": "outlet"
}  # fmt: skip
DATE_FIELDS = ("after", "before", "date")
TAG_FIELDS = {"lang": "lang", "language": "lang", "country": "country"}

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞〟", '"') | {"、": " ", "\0": " "})
LEXEME = re.compile(
    r"""(?P<near>NEAR\s*\((?P<inside>[^()]*)\))
    |(?P<open>\()|(?P<close>\))
    |(?P<or>\||OR(?![^\s()"]))
    |(?P<and>AND(?![^\s()"]))
    |(?P<not>NOT(?![^\s()"])|-+(?=[^\s-]))
    |(?P<within>NEAR(?:/(?P<distance>\d{1,6}))?(?![^\s()"]))
    |(?P<field>(?i:title|body|author|description|outlet|lang|language|country|after|before|date)):
    |"(?P<phrase>[^"]*)(?P<closed>"?)(?P<phrase_star>\*?)
    |(?P<word>[^\s()"|]+)""",
    re.VERBOSE,
)
NEAR_INSIDE = re.compile(r"(?s)\A(.*?)(?:,\s*(\d{1,6}))?[\s,]*\Z")
DATE = re.compile(r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?|年)?", re.ASCII)

# Arabic and Hebrew glue article, conjunction and prepositions to the word; a query finds it with
# and without them. Quoted phrases stay exact. A stem keeps three letters, as most roots have.
STEM_MIN_LETTERS = 3
ARABIC, HEBREW = re.compile("[ء-ي]{2,}"), re.compile("[א-ת]{2,}")
ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
ARABIC_PREFIXES = ("ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال", "وب", "ول", "ولل", "وبال")  # fmt: skip  # noqa: E501
HEBREW_ARTICLES = ("וה", "שה", "ה")
HEBREW_PREFIXES = ("ה", "ו", "וה", "ב", "ל", "מ", "ש", "כ", "שה", "מה", "וב", "ול", "ומ")
# サーバー and サーバ: JIS Z 8301 lets words of three sounds and more drop the final long vowel.
LONG_VOWEL = re.compile("(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood.

    Args:
        match: FTS5 for MATCH, always valid; NOTHING if there was nothing to look for.
        notes: what was odd and how it was read, whole sentences for the reader.
        terms: what to mark in the texts found.
    """

    match: str
    notes: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class _All:
    parts: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Without:
    part: "_Node"


_Node = str | _All | _Either | _Without  # a str is finished FTS5, safe beside any operator


@lru_cache(maxsize=256)
def parse(query: str) -> Parsed:
    """Turn a query into FTS5, notes and terms. Never raises; cost bounded by the limits above.

    A query without anything to look for, empty ones included, matches nothing.

    >>> parse('title:北朝鮮 -"cold war" lang:ja').match
    '((title : "北 朝 鮮" AND lang : "langja") NOT {title body author description} : "cold war")'
    >>> parse("(a").notes
    ('A ( was not closed.',)
    """
    text = query.encode("utf-8", "replace").decode()
    notes: dict[str, None] = {}
    if len(text) > QUERY_MAX_CHARS:
        notes[f"Only the first {QUERY_MAX_CHARS:,} characters were read."] = None
    text = unicodedata.normalize("NFKC", text[:QUERY_MAX_CHARS]).translate(QUOTES)
    parser = _Parser(list(LEXEME.finditer(text[: QUERY_MAX_CHARS * 2])), notes)
    match = _emitted(parser.whole(), notes)
    if not match and text.strip():
        notes["There was nothing to look for."] = None
    return Parsed(match or NOTHING, tuple(notes), tuple(dict.fromkeys(parser.terms)))


@dataclass(slots=True)
class _Parser:
    """Recursive descent over lexemes; `terms` and `notes` fill as it goes."""

    lexemes: list[re.Match[str]]
    notes: dict[str, None]
    terms: list[Term] = field(default_factory=list)
    at: int = 0
    words: int = 0
    dates: int = 0
    exclusions: int = 0

    def note(self, sentence: str) -> None:
        self.notes[sentence] = None

    def kind(self) -> str:
        """Name the lexeme ahead; "" at the end."""
        if self.at >= len(self.lexemes):
            return ""
        groups = self.lexemes[self.at].groupdict()
        names = ("near", "open", "close", "or", "and", "not", "within", "field", "phrase", "word")
        return next(name for name in names if groups[name] is not None)

    def take(self) -> re.Match[str]:
        self.at += 1
        return self.lexemes[self.at - 1]

    def whole(self) -> _Node:
        parts = [self.either("", 0)]
        while self.kind() == "close":
            self.take()
            self.note("A ) had no ( before it.")
            parts.append(self.either("", 0))
        return _All(tuple(parts))

    def either(self, scope: str, depth: int) -> _Node:
        parts = [self.all_of(scope, depth)]
        while self.kind() == "or":
            self.take()
            parts.append(self.all_of(scope, depth))
        return _Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def all_of(self, scope: str, depth: int) -> _Node:
        parts: list[_Node] = []
        while (kind := self.kind()) not in ("", "or", "close"):
            if kind in ("and", "within"):
                self.take()
                continue
            parts.append(self.one(scope, depth))
        return _All(tuple(parts))

    def one(self, scope: str, depth: int) -> _Node:
        """Read one operand: an exclusion, a field, a group, NEAR( ), a phrase or a word."""
        kind = self.kind()
        if kind == "not":
            return self.without(scope, depth)
        if kind == "field":
            name = self.take()["field"].lower()
            if self.kind() in ("open", "phrase", "word", "near"):
                return self.one(name, depth)
            self.note(f"{name}: has nothing after it.")
            return ""
        if kind == "open":
            return self.group(scope, depth)
        if kind == "near":
            return self.near(scope, self.take()["inside"])
        if kind in ("phrase", "word"):
            return self.operand(scope)
        return ""

    def without(self, scope: str, depth: int) -> _Node:
        count = 0
        while self.kind() == "not":
            self.take()
            count += 1
        if self.kind() in ("", "or", "close", "and", "within"):
            self.note("NOT has nothing after it.")
            return ""
        self.exclusions += count % 2
        part = self.one(scope, depth)
        self.exclusions -= count % 2
        return _Without(part) if count % 2 else part

    def group(self, scope: str, depth: int) -> _Node:
        self.take()
        if depth >= NESTING_MAX:
            self.note(f"Parentheses nested deeper than {NESTING_MAX} were ignored.")
            return ""
        inside = self.either(scope, depth + 1)
        if self.kind() == "close":
            self.take()
        else:
            self.note("A ( was not closed.")
        return inside

    def operand(self, scope: str) -> _Node:
        """Read a word or phrase, and the rest of `a NEAR/n b` if that follows."""
        first = self.take()
        chain, distance = [first], 0
        while self.kind() == "within" and self.at + 1 < len(self.lexemes):
            gap = int(self.take()["distance"] or NEAR_DEFAULT)
            if self.kind() not in ("phrase", "word"):
                break
            chain.append(self.take())
            distance = max(distance, gap)
        if len(chain) > 1:
            return self.together(scope, [_text_of(lexeme) for lexeme in chain], distance)
        if first["phrase"] is not None and not first["closed"]:
            self.note("A quotation mark was not closed.")
        starred = bool(first["phrase_star"]) or (first["word"] or "").endswith("*")
        return self.leaf(scope, _text_of(first), starred, first["phrase"] is not None)

    def near(self, scope: str, inside: str) -> _Node:
        found = NEAR_INSIDE.match(inside)
        listed, distance = found.groups() if found else (inside, None)
        texts = [a or b for a, b in re.findall(r'"([^"]*)"?|([^\s"]+)', listed)]
        return self.together(scope, texts, int(distance or NEAR_DEFAULT))

    def leaf(self, scope: str, text: str, starred: bool, quoted: bool) -> str:
        """Turn one word or phrase into FTS5, as its field asks."""
        if scope in DATE_FIELDS:
            return self.dated(scope, text)
        if scope in TAG_FIELDS:
            tag = language_token(text) if TAG_FIELDS[scope] == "lang" else country_token(text)
            return f'{TAG_FIELDS[scope]} : "{tag.split()[-1]}"' if tag else self.unreadable(text)
        if quoted and UNSPACED.search(text) and len(parts := text.split()) > 1:
            self.note("In a script without spaces, a space inside quotes was read as nearness.")
            return self.together(scope, parts, UNSPACED_NEAR)
        forms = _forms(text, quoted)
        if not forms:
            return self.unreadable(text)
        if not self.affords(1):
            return ""
        starred = starred and not CHARACTER_RUN.search(forms[0][-1])
        if starred and len(forms[0][-1]) < PREFIX_MIN_CHARS:
            self.note(f"{text}* is too short: {PREFIX_MIN_CHARS} letters at least before the *.")
            starred = False
        self.wanted(scope, Term(forms, starred))
        star = " *" if starred else ""
        either = " OR ".join(f'"{" ".join(form)}"{star}' for form in forms)
        return f"{COLUMNS[scope]} : " + (f"({either})" if len(forms) > 1 else either)

    def together(self, scope: str, texts: list[str], distance: int) -> str:
        """Turn phrases that must stand near each other into FTS5's NEAR."""
        phrases = [found for text in texts if (found := tokens(text))]
        if scope not in COLUMNS or len(phrases) < 2:
            return self.leaf(scope, " ".join(texts), starred=False, quoted=False)
        if not self.affords(len(phrases)):
            return ""
        for phrase in phrases:
            self.wanted(scope, Term((phrase,)))
        listed = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        return f"{COLUMNS[scope]} : NEAR({listed}, {max(1, min(distance, NEAR_MAX))})"

    def dated(self, scope: str, text: str) -> str:
        span = _span(scope, text)
        if span is None:
            self.note(f"{scope}:{text} is no date such as 2024, 2024-06 or 2024-06-16.")
            return ""
        self.dates += 1
        if self.dates > DATES_MAX:
            self.note(f"Only the first {DATES_MAX} date conditions were read.")
            return ""
        return f"date : ({' OR '.join(date_cover(*span)) or NOTHING})"

    def affords(self, words: int) -> bool:
        self.words += words
        if self.words > WORDS_MAX:
            self.note(f"Only the first {WORDS_MAX} words were read.")
        return self.words <= WORDS_MAX

    def wanted(self, scope: str, term: Term) -> None:
        if not self.exclusions % 2 and scope != "outlet":
            self.terms.append(term)

    def unreadable(self, text: str) -> str:
        shown = text if len(text) <= 20 else text[:20] + "…"
        self.note(f"{shown} has nothing to look for and was left out.")
        return ""


def _text_of(lexeme: re.Match[str]) -> str:
    return lexeme["phrase"] if lexeme["phrase"] is not None else lexeme["word"].rstrip("*")


def _forms(text: str, quoted: bool) -> tuple[tuple[str, ...], ...]:
    """List the token sequences a word or phrase may stand as; none if it has no letters."""
    exact = tokens(text)
    forms = [exact, tokens(LONG_VOWEL.sub("", fold(text)))]
    if len(exact) == 1 and not quoted:
        word = exact[0]
        if ARABIC.fullmatch(word):
            forms += [(form,) for form in _clitics(word, ARABIC_ARTICLES, ARABIC_PREFIXES)]
        elif HEBREW.fullmatch(word):
            forms += [(form,) for form in _clitics(word, HEBREW_ARTICLES, HEBREW_PREFIXES)]
    return tuple(dict.fromkeys(form for form in forms if form))


def _clitics(word: str, articles: tuple[str, ...], prefixes: tuple[str, ...]) -> list[str]:
    article = next((a for a in articles if word.startswith(a)), "")
    stem = word[len(article) :] if len(word) - len(article) >= STEM_MIN_LETTERS else word
    return [stem, *(prefix + stem for prefix in prefixes)]


def _span(scope: str, text: str) -> tuple[str, str] | None:
    """Return first day and end (exclusive) as YYYYMMDD text; None if the text is no date."""
    first, _, last = text.partition("..")
    begin, end = _day_range(first), _day_range(last or first)
    if begin is None or end is None or (last and scope != "date"):
        return None
    begin, end = min(begin, end), max(begin, end)
    if scope == "after":
        return begin[0], "3"
    return ("0", begin[0]) if scope == "before" else (begin[0], end[1])


def _day_range(text: str) -> tuple[str, str] | None:
    found = DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = found[1], int(found[2] or 1), int(found[3] or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    whole = year + (f"{month:02}" if found[2] else "") + (f"{day:02}" if found[3] else "")
    return f"{year}{month:02}{day:02}", whole + "~"  # "~" sorts after every digit


def date_cover(begin: str, end: str, known: str = "") -> Iterator[str]:
    """Yield the fewest FTS5 terms that cover all days from begin to before end, as YYYYMMDD text.

    Whole millennia, centuries and decades are prefixes of year tokens; then years, months, days.
    Covers the years 1000 to 2999.

    >>> list(date_cover("20231230", "202403~"))
    ['"d20231230"', '"d20231231"', '"m202401"', '"m202402"', '"m202403"']
    """
    low, high = known + "00000101"[len(known) :], known + "99991231"[len(known) :]
    if known and (high < begin or low >= end):
        return
    if known and begin <= low and high < end:
        mark = {4: "y", 6: "m", 8: "d"}.get(len(known), "")
        yield f'"{mark}{known}"' if mark else f'"y{known}" *'
        return
    if not known:
        further = ["1", "2"]
    elif len(known) < 4:
        further = [str(digit) for digit in range(10)]
    else:
        further = [f"{number:02}" for number in range(1, 13 if len(known) == 4 else 32)]
    for step in further:
        yield from date_cover(begin, end, known + step)


def _emitted(node: _Node, notes: dict[str, None]) -> str:
    """Write a tree as FTS5, leaving out what is empty; "" if nothing is left."""
    if isinstance(node, str):
        return node
    if isinstance(node, _Without):
        notes["An exclusion needs something beside it to take from."] = None
        return ""
    if isinstance(node, _Either):
        return _joined(" OR ", [_emitted(part, notes) for part in node.parts])
    wanted = [_emitted(part, notes) for part in node.parts if not isinstance(part, _Without)]
    match = _joined(" AND ", wanted)
    unwanted = [_emitted(n.part, notes) for n in node.parts if isinstance(n, _Without)]
    against = _joined(" OR ", unwanted)
    if against and not match:
        notes["An exclusion needs something beside it to take from."] = None
    return f"({match} NOT {against})" if match and against else match


def _joined(operator: str, parts: list[str]) -> str:
    present = list(dict.fromkeys(part for part in parts if part))
    return f"({operator.join(present)})" if len(present) > 1 else "".join(present)
