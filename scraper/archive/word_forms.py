"""The forms a word of a query may stand in: articles and prefixes, long vowels.

Standard library only.
"""

import re

from scraper.archive.segmentation import fold, tokens

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


def word_forms(text: str, quoted: bool) -> tuple[tuple[str, ...], ...]:
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
