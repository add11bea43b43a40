"""Names of authors for reference lists: family and given name, where a name tells them apart."""

import re
import unicodedata
from dataclasses import dataclass

NAME_MAX_CHARS = 300
PARTICLES = frozenset({
    "af", "al", "av", "bin", "bint", "da", "dal", "de", "degli", "dei", "del", "della", "der",
    "di", "do", "dos", "du", "el", "ibn", "la", "las", "le", "les", "lo", "los", "of", "ten",
    "ter", "van", "vom", "von", "y", "zu", "zum", "zur", "ben", "bat", "'t",
})  # fmt: skip
SUFFIXES = frozenset({
    "jr", "jr.", "sr", "sr.", "ii", "iii", "iv",
})  # fmt: skip
# Words by which an organisation is told from a person, in the Latin scripts the archive meets.
ORGANISATIONS = frozenset({
    "afp", "agence", "agencia", "agencias", "agencies", "agency", "agentur", "ansa", "ap", "apa",
    "archive", "associated", "bbc", "board", "bureau", "center", "centre", "correspondent",
    "correspondents", "desk", "dpa", "editor", "editorial", "editors", "efe", "institute", "lusa",
    "magazine", "media", "ministry", "network", "news", "newsroom", "office", "online", "post",
    "press", "presse", "redacción", "redaction", "rédaction", "redaktion", "reporter",
    "reporters", "reuters", "service", "staff", "team", "the", "times", "tv", "university",
    "with", "writers", "and", "und", "et",
})  # fmt: skip
# Where the family name stands first, or two family names stand last: the name stays as printed,
# because which of its words is which cannot be told.
FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
TWO_FAMILY_NAMES = frozenset({"ca", "es", "eu", "gl", "pt"})
GIVEN_MAX_WORDS = 3
INITIALS_JOINED = re.compile(r"\.(?=[^\W\d_])")  # J.R.


@dataclass(frozen=True, slots=True)
class Name:
    """A name: given and family where both are known, else all of it in `literal`."""

    literal: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    def initials(self) -> str:
        """Return the given name's initials, as APA has them.

        >>> Name("", "Sartre", "Jean-Paul A.").initials(), Name("", "Rowe", "J.R.").initials()
        ('J.-P. A.', 'J. R.')
        """
        words = [
            "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
            for word in INITIALS_JOINED.sub(". ", self.given).split()
        ]
        return " ".join(words)


def split_name(text: str, language: str = "", *, is_organisation: bool = False) -> Name:
    """Return a name with family and given name apart where that is certain enough.

    Only names in Latin script, of two to four words, none of which is an organisation's.

    >>> split_name("Ursula von der Leyen")
    Name(literal='Ursula von der Leyen', family='von der Leyen', given='Ursula', suffix='')
    >>> split_name("星野 灯").family, split_name("Harbour News Desk").family
    ('', '')
    """
    literal = " ".join(text[:NAME_MAX_CHARS].split())
    whole = Name(literal)
    words = literal.split()
    primary = language.split("-")[0].lower()
    if is_organisation or primary in FAMILY_FIRST or not _is_personal(words):
        return whole
    suffix = ""
    if words[-1].lower().rstrip(",") in SUFFIXES:
        suffix = words.pop()
        words[-1:] = [words[-1].rstrip(",")] if words else []
    if any(word.endswith(",") for word in words):
        return whole  # perhaps printed family name first
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    given, family = words[:start], words[start:]
    if not given or not family or len(given) > GIVEN_MAX_WORDS:
        return whole
    if primary in TWO_FAMILY_NAMES and len(given) > 1:
        return whole
    return Name(literal, " ".join(family), " ".join(given), suffix)


def _is_personal(words: list[str]) -> bool:
    if not 2 <= len(words) <= 7:
        return False
    for word in words:
        if word.lower().strip(".,") in ORGANISATIONS or not _is_latin(word):
            return False
    capitals = [word for word in words[1:] if word.lower() not in PARTICLES | SUFFIXES]
    return all(word[0].isupper() for word in (words[0], *capitals))


def _is_latin(word: str) -> bool:
    letters = re.sub(r"[.,'’\-]", "", word)
    return bool(letters) and all(
        "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Mn"
        for letter in letters
    )
