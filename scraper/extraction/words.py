"""How long a text is and whether it is prose, in scripts with and without spaces."""

import re
from functools import lru_cache

# Han, kana, Thai, Lao, Burmese, Khmer. Hangul is written with spaces.
UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003134f"
)
CLOSING = "\"'”’»）)」』】 "  # marks that may follow a full stop
# Full stops, marks of questions and exclamations; of Devanagari and its kin, Urdu, Ethiopic,
# Armenian, Burmese and Khmer too.
STOPS = (
    ".", "。", "．", "!", "?", "！", "？", "…", ":", "।", "॥", "؟", "۔", "።", "։", "။", "។", "៕",
)  # fmt: skip
ANY_UNSPACED = re.compile(f"[{UNSPACED}]")
SPACED_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:['’\-][^\W{UNSPACED}]+)*")


def word_count(text: str, most: int | None = None) -> int:
    """Count words, `most` if there are more; in scripts without spaces, characters.

    >>> word_count("Don't panic: 戦争"), word_count("")
    (4, 0)
    """
    words = _all_words(text)
    return words if most is None else min(words, most)


@lru_cache(maxsize=4)  # a verdict asks for the words of one text again and again
def _all_words(text: str) -> int:
    pattern = WORD if ANY_UNSPACED.search(text) else SPACED_WORD
    return len(pattern.findall(text))


def ends_as_prose(line: str) -> bool:
    """Tell whether a paragraph ends as a sentence does, in whatever script.

    >>> ends_as_prose("It rained."), ends_as_prose("雨が降った。"), ends_as_prose("Weather")
    (True, True, False)
    """
    line = line.rstrip(CLOSING)
    if line.endswith(STOPS):
        return True
    # Thai and Lao end sentences with nothing.
    return (
        len(line) > 60
        and re.search(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]$", line) is not None
    )
