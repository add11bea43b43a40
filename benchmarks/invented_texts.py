"""Invented articles whose words are as frequent as in real language: headlines, bodies, edits.

Words are drawn one by one from the frequencies of the package wordfreq, which no part of Dateline
needs otherwise. What such texts lack are topics: a word is as likely in one article as in another.
"""

import importlib
import random
import re
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

VOCABULARY_MAX = 60_000  # words of each language; beyond, each is less than one in ten million
NUMBERS_SHARE = 0.01  # of all words
FULL_TOKENS = {"ja": 470, "zh": 540, "ko": 500}  # about 900 characters; 350 words otherwise
FULL_WORDS = 350
LEDE_TOKENS = {"ja": (40, 65), "zh": (45, 75), "ko": (40, 65)}
LEDE_WORDS = (30, 50)
SENTENCE_TOKENS = (10, 28)
PARAGRAPH_SENTENCES = (2, 4)
HEADLINE_TOKENS = (6, 11)
FULL_MIN_TOKENS = 120
UNSPACED = ("ja", "zh", "ko")

# A phrase of common words, said in PHRASE_SHARE of the articles.
PHRASES = {
    "en": "at the end of the day",
    "de": "am ende des tages",
    "fr": "à la fin de la journée",
    "es": "al final del día",
    "pt": "no fim do dia",
    "ru": "в конце концов",
    "ar": "في نهاية المطاف",
    "ja": "ということになった",
    "zh": "在这个时候",
    "ko": " 그런 것은 아니다",
}
PHRASE_SHARE = 0.02
BURST_WORD, BURST_MONTH, BURST_SHARE = "quakewatch", "2024-06", 0.3
UNIQUE_EVERY = 1000  # each thousandth article has a word of its own
BUCKETS = 10_000  # every article has one of these words
KOREAN_ENDINGS = (*"이는을에의은가를로도고다들하한했었지게며면과와", "에서", "으로")

MISSING = "benchmarks need the package wordfreq: python -m pip install wordfreq"


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees of one revision."""

    title: str
    body: str
    change: str = ""


class Vocabulary:
    """The words of a language, drawn by frequency. Each word carries the space before it."""

    def __init__(self, language: str) -> None:
        try:
            wordfreq = importlib.import_module("wordfreq")
        except ImportError as error:
            raise SystemExit(MISSING) from error
        self.language = language
        self.full = FULL_TOKENS.get(language, FULL_WORDS)
        self.lede = LEDE_TOKENS.get(language, LEDE_WORDS)
        self.space = "" if language in ("ja", "zh") else " "
        self.stop = "。" if language in ("ja", "zh") else "."
        self.pause = {"ar": "،", "ja": "、", "zh": "，"}.get(language, ",")
        known = wordfreq.get_frequency_dict(language)
        self.words = [w for w in known if not re.search(r"\d", w)][:VOCABULARY_MAX]
        weights = np.array([known[word] for word in self.words])
        numbers = [str(n) for n in (*range(2, 100), *range(100, 1000, 50), *range(2000, 2027))]
        rest = NUMBERS_SHARE * weights.sum() / np.arange(1, len(numbers) + 1)
        weights = np.concatenate([weights, rest / (1 / np.arange(1, len(numbers) + 1)).sum()])
        self._bounds = np.cumsum(weights / weights.sum())
        self._spaced = np.array([self._glue(w) for w in (*self.words, *numbers)], dtype=object)

    def _glue(self, word: str) -> str:
        if self.language == "ko" and word in KOREAN_ENDINGS:
            return word
        return self.space + word

    def draw(self, chance: Generator, count: int) -> list[str]:
        """Return that many words, each with the space before it."""
        places = np.searchsorted(self._bounds, chance.random(count))
        drawn: list[str] = self._spaced[np.minimum(places, len(self._bounds) - 1)].tolist()
        return drawn


class Writer:
    """Writes the articles of one language; the same seeds give the same texts."""

    def __init__(self, vocabulary: Vocabulary, chance: Generator) -> None:
        self._vocabulary = vocabulary
        self._chance = chance
        self._luck = random.Random(int(chance.integers(2**32)))  # noqa: S311 - nothing secret

    def write(self, article: int, month: str, *, is_full: bool) -> Text:
        """Return the first text of an article, with the words planted in it."""
        words, luck = self._vocabulary, self._luck
        if is_full:
            count = max(FULL_MIN_TOKENS, round(luck.gauss(words.full, words.full / 4)))
        else:
            count = luck.randint(*words.lede)
        headline = luck.randint(*HEADLINE_TOKENS)
        tokens = words.draw(self._chance, count + headline)
        title = tokens[:headline]
        tokens = tokens[headline:]
        if luck.random() < PHRASE_SHARE:
            tokens[luck.randrange(count)] = words.space + PHRASES[words.language]
        if month == BURST_MONTH and luck.random() < BURST_SHARE:
            tokens[luck.randrange(count)] = f" {BURST_WORD} "
            title[-1] = f" {BURST_WORD}"
        planted = f" bucket{article % BUCKETS}"
        if article % UNIQUE_EVERY == 0:
            planted += f" unique{article}"
        tokens[-1] += planted
        return Text(_sentence(title), self._body(tokens))

    def edit(self, text: Text) -> Text:
        """Return the next revision of a text, with the kind of its change."""
        kind = self._luck.choice(("word", "number", "paragraph", "headline"))
        paragraphs = text.body.split("\n\n")
        if kind == "headline":
            return Text(
                _sentence(self._draw(self._luck.randint(*HEADLINE_TOKENS))), text.body, kind
            )
        if kind == "paragraph" and len(paragraphs) > 1:
            del paragraphs[self._luck.randrange(len(paragraphs))]
            return Text(text.title, "\n\n".join(paragraphs), kind)
        numbers = list(re.finditer(r"(?<![A-Za-z\d])\d+(?!\d)", text.body))
        if kind == "number" and numbers:
            place = self._luck.choice(numbers)
            new = str(int(place[0]) + self._luck.randint(1, 9))
            return Text(
                text.title, text.body[: place.start()] + new + text.body[place.end() :], kind
            )
        return Text(text.title, self._with_other_word(text.body), "word")

    def _draw(self, count: int) -> list[str]:
        return self._vocabulary.draw(self._chance, count)

    def _with_other_word(self, body: str) -> str:
        start = self._luck.randrange(len(body) * 3 // 4)
        new = "".join(self._draw(2)).strip()
        if not self._vocabulary.space:
            return body[:start] + new + body[start + 2 :]
        begin = body.find(" ", start)
        end = body.find(" ", begin + 1)
        return body[: begin + 1] + new + body[end if end > 0 else len(body) :]

    def _body(self, tokens: list[str]) -> str:
        words, luck = self._vocabulary, self._luck
        paragraphs, sentences, at = [], [], 0
        wanted = luck.randint(*PARAGRAPH_SENTENCES)
        while at < len(tokens):
            end = at + luck.randint(*SENTENCE_TOKENS)
            if end + SENTENCE_TOKENS[0] > len(tokens):
                end = len(tokens)
            tokens[(at + end) // 2] += words.pause
            sentences.append(_sentence(tokens[at:end]) + words.stop)
            at = end
            if len(sentences) == wanted or at == len(tokens):
                paragraphs.append(words.space.join(sentences))
                sentences, wanted = [], luck.randint(*PARAGRAPH_SENTENCES)
        return "\n\n".join(paragraphs)


def first_sentence(body: str, stop: str) -> str:
    """Return a text up to its first full stop."""
    return body[: body.find(stop) + 1]


def _sentence(tokens: list[str]) -> str:
    text = "".join(tokens).strip()
    return text[:1].upper() + text[1:]
