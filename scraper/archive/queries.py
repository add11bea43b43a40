"""The query language: whatever a person types becomes valid FTS5, with notes on what was odd.

AND OR NOT, -word, ( ), "phrase" and 「phrase」, word*, NEAR(a b, n), a NEAR/n b, and the fields and
flags of a `Grammar`, such as title: lang: after: is:. Words beside each other must all occur.
Nothing here touches a database. Standard library only.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from scraper.archive.grammar import (
    ARTICLES,
    DATE_FIELDS,
    FLAG_FIELD,
    TAG_FIELDS,
    Grammar,
    Note,
    flag_token,
)
from scraper.archive.query_dates import ALL_YEARS, Years, date_cover, read_span
from scraper.archive.segmentation import (
    CHARACTER_RUN,
    UNSPACED,
    Term,
    country_token,
    fold,
    language_token,
    tokens,
)
from scraper.archive.word_forms import word_forms

QUERY_MAX_CHARS = 2_000
NESTING_MAX = 20  # deeper parentheses are ignored; FTS5's parser overflows at 100
WORDS_MAX = 64  # words and phrases in one query
DATES_MAX = 8  # date conditions in one query, each an OR of up to 80 tokens
PREFIX_MIN_CHARS = 3  # th* reads a third of the index: five such words among a million, 5 s
NEAR_DEFAULT, NEAR_MAX = 10, 200  # tokens between
# A space inside quotes where the script has none cannot mean a space: "金正恩 プーチン" is read as
# both names within this many characters, which 金正恩総書記とプーチン大統領 needs.
UNSPACED_NEAR = 20

ALONE = "An exclusion needs something beside it to take from."
NOTHING = '""'  # FTS5 for no row: a phrase without tokens

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞〟", '"') | {"、": " ", "\0": " "})
LEXEMES = r"""(?P<near>NEAR\s*\((?P<inside>[^()]*)\))
    |(?P<open>\()|(?P<close>\))
    |(?P<or>\||OR(?![^\s()"]))
    |(?P<and>AND(?![^\s()"]))
    |(?P<not>NOT(?![^\s()"])|-+(?=[^\s-]))
    |(?P<within>NEAR(?:/(?P<distance>\d{1,6}))?(?![^\s()"]))
    |(?P<field>(?i:FIELDS)):
    |"(?P<phrase>[^"]*)(?P<closed>"?)(?P<phrase_star>\*?)
    |(?P<word>[^\s()"|]+)"""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
COUNTRY = re.compile(r"[A-Za-z]{2}")
COUNTRY_ALIASES = {"UK": "GB"}
UNKNOWN_FIELD = re.compile(r"[a-z]{2,12}:[^/\s]")
NEAR_INSIDE = re.compile(r"(?s)\A(.*?)(?:,\s*(\d{1,6}))?[\s,]*\Z")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood.

    Args:
        match: FTS5 for MATCH, always valid; NOTHING if there was nothing to look for.
        notes: what was odd and how it was read, whole sentences for the reader.
        terms: what to mark in the texts found.
    """

    match: str
    notes: tuple[Note, ...] = ()
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


@lru_cache(maxsize=8)
def _lexemes(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(LEXEMES.replace("FIELDS", "|".join(grammar.fields())), re.VERBOSE)


@lru_cache(maxsize=256)
def parse(query: str, grammar: Grammar = ARTICLES, years: Years = ALL_YEARS) -> Parsed:
    """Turn a query into FTS5, notes and terms. Never raises; cost bounded by the limits above.

    A query without anything to look for, empty ones included, matches nothing. `years` are those
    that the archive has articles of, if they are known.

    >>> parse('title:北朝鮮 -"cold war" lang:ja').match
    '((title : "北 朝 鮮" AND lang : "langja") NOT {title body author description} : "cold war")'
    >>> parse("(a").notes
    ('A ( was not closed.',)
    """
    text = query.encode("utf-8", "replace").decode()
    notes: dict[Note, None] = {}
    if len(text) > QUERY_MAX_CHARS:
        notes[Note("Only the first %(n)s characters were read.", n=QUERY_MAX_CHARS)] = None
    text = _plain_quotes(text[:QUERY_MAX_CHARS])
    lexemes = list(_lexemes(grammar).finditer(text[: QUERY_MAX_CHARS * 2]))
    parser = _Parser(grammar, years, lexemes, notes)
    match = _emitted(parser.whole(), notes)
    if not match and text.strip():
        notes[Note("There was nothing to look for.")] = None
    return Parsed(match or NOTHING, tuple(notes), tuple(dict.fromkeys(parser.terms)))


def field_query(name: str, value: str) -> str:
    """Return the query for a value in a field, exactly as it stands.

    >>> field_query("author", 'Ben "Quay'), field_query("section", "「特集」政治")
    ('author:"Ben  Quay"', 'section:" 特集 政治"')
    """
    return f'{name}:"{_plain_quotes(value).replace(chr(34), " ")}"'


def _plain_quotes(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(QUOTES)


@dataclass(slots=True)
class _Parser:
    """Recursive descent over lexemes; `terms` and `notes` fill as it goes."""

    grammar: Grammar
    years: Years
    lexemes: list[re.Match[str]]
    notes: dict[Note, None]
    terms: list[Term] = field(default_factory=list)
    at: int = 0
    words: int = 0
    dates: int = 0
    exclusions: int = 0

    def note(self, message: str, **values: object) -> None:
        self.notes[Note(message, **values)] = None

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
            self.note("%(field)s: has nothing after it.", field=name)
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
            self.note("Parentheses nested deeper than %(n)s were ignored.", n=NESTING_MAX)
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
            return self.tagged(scope, text)
        if scope == FLAG_FIELD:
            return self.flagged(text)
        if quoted and UNSPACED.search(text) and len(parts := text.split()) > 1:
            self.note("In a script without spaces, a space inside quotes was read as nearness.")
            return self.together(scope, parts, UNSPACED_NEAR)
        if not quoted and UNKNOWN_FIELD.match(text):
            self.note(
                "%(field)s: is not a field; it was looked for as a word.",
                field=text.partition(":")[0],
            )
        forms = word_forms(text, quoted)
        if not forms:
            return self.unreadable(text)
        if not self.affords(1):
            return ""
        starred = starred and not CHARACTER_RUN.search(forms[0][-1])
        if starred and len(forms[0][-1]) < PREFIX_MIN_CHARS:
            self.note(
                "%(word)s* is too short: %(n)s letters at least before the *.",
                word=text,
                n=PREFIX_MIN_CHARS,
            )
            starred = False
        self.wanted(scope, Term(forms, starred))
        star = " *" if starred else ""
        either = " OR ".join(f'"{" ".join(form)}"{star}' for form in forms)
        column = self.grammar.column(scope)
        return f"{column} : " + (f"({either})" if len(forms) > 1 else either)

    def together(self, scope: str, texts: list[str], distance: int) -> str:
        """Turn phrases that must stand near each other into FTS5's NEAR."""
        phrases = [found for text in texts if (found := tokens(text))]
        if (scope and scope not in self.grammar.columns) or len(phrases) < 2:
            return self.leaf(scope, " ".join(texts), starred=False, quoted=False)
        if not self.affords(len(phrases)):
            return ""
        for phrase in phrases:
            self.wanted(scope, Term((phrase,)))
        listed = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        near = max(1, min(distance, NEAR_MAX))
        return f"{self.grammar.column(scope)} : NEAR({listed}, {near})"

    def tagged(self, scope: str, text: str) -> str:
        """Turn a language or country into FTS5; what is no code is told."""
        column = TAG_FIELDS[scope]
        text = COUNTRY_ALIASES.get(text.upper(), text) if column == "country" else text
        tag = language_token(text) if column == "lang" else country_token(text)
        if not tag:
            return self.unreadable(text)
        if column == "lang" and not LANGUAGE.fullmatch(text.strip()):
            self.note("lang:%(text)s is no language tag such as ja or zh-Hant.", text=text[:40])
        elif column == "country" and not COUNTRY.fullmatch(text.strip()):
            self.note("country:%(text)s is no country code such as JP.", text=text[:40])
        return f'{column} : "{tag.split()[-1]}"'

    def flagged(self, text: str) -> str:
        flag = fold(text).replace(" ", "")
        if flag in self.grammar.flags:
            return f'flags : "{flag_token(flag)}"'
        known = ", ".join(f"is:{name}" for name in self.grammar.flags)
        self.note("is:%(flag)s is not known; there are %(known)s.", flag=text[:40], known=known)
        return ""

    def dated(self, scope: str, text: str) -> str:
        span = read_span(scope, text)
        if span is None:
            self.note(
                "%(field)s:%(text)s is no date such as 2024, 2024-06 or 2024-06-16.",
                field=scope,
                text=text,
            )
            return ""
        self.dates += 1
        if self.dates > DATES_MAX:
            self.note("Only the first %(n)s date conditions were read.", n=DATES_MAX)
            return ""
        return f"date : ({' OR '.join(date_cover(*span, self.years)) or NOTHING})"

    def affords(self, words: int) -> bool:
        self.words += words
        if self.words > WORDS_MAX:
            self.note("Only the first %(n)s words were read.", n=WORDS_MAX)
        return self.words <= WORDS_MAX

    def wanted(self, scope: str, term: Term) -> None:
        if not self.exclusions % 2 and scope not in self.grammar.silent:
            self.terms.append(term)

    def unreadable(self, text: str) -> str:
        shown = text if len(text) <= 20 else text[:20] + "…"
        self.note("%(word)s has nothing to look for and was left out.", word=shown)
        return ""


def _text_of(lexeme: re.Match[str]) -> str:
    return lexeme["phrase"] if lexeme["phrase"] is not None else lexeme["word"].rstrip("*")


def _emitted(node: _Node, notes: dict[Note, None]) -> str:
    """Write a tree as FTS5, leaving out what is empty; "" if nothing is left."""
    if isinstance(node, str):
        return node
    if isinstance(node, _Without):
        notes[Note(ALONE)] = None
        return ""
    if isinstance(node, _Either):
        return _joined(" OR ", [_emitted(part, notes) for part in node.parts])
    wanted = [_emitted(part, notes) for part in node.parts if not isinstance(part, _Without)]
    match = _joined(" AND ", wanted)
    unwanted = [_emitted(n.part, notes) for n in node.parts if isinstance(n, _Without)]
    against = _joined(" OR ", unwanted)
    if against and not match:
        notes[Note(ALONE)] = None
    return f"({match} NOT {against})" if match and against else match


def _joined(operator: str, parts: list[str]) -> str:
    present = list(dict.fromkeys(part for part in parts if part))
    return f"({operator.join(present)})" if len(present) > 1 else "".join(present)
