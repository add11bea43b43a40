"""Does a page say a thing itself, or does its article tell of it?"""

import re
from collections.abc import Iterator

from scraper.extraction.kind.shell_words import REPORTED

SENTENCE_END = re.compile(r"[.!?。！？।؟]+(?:\s|$|(?=[^\W\d_a-zß-ÿ]))|[。！？।]|\s[|–—-]\s|\n")
CLAUSE_END = re.compile(r"[,;:，、،]")
LEAD_MAX_CHARS = 24  # before the phrase: "Die von Ihnen gesuchte Seite", "Sorry, the page"
REST_MAX_CHARS = 40  # and behind it: "at this time"
CLAUSE_MAX_CHARS = 8  # behind a comma, more of which is a clause of its own
OWN_MIN_SHARE = 0.5  # of a line, on a page that is dated as articles are
TEXT_MAX_CHARS = 2_000


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a sentence holds what a pattern finds, and reports it of nobody else.

    >>> post = re.compile(r"post has been deleted")
    >>> says(post, "The post has been deleted.")
    True
    >>> says(post, "The post has been deleted, a spokeswoman said.")
    False
    """
    return any(True for _ in _own(pattern, text))


def says_only(pattern: re.Pattern[str], text: str, *, dated: bool) -> bool:
    """Tell whether a sentence holds what a pattern finds and next to nothing else.

    >>> post = re.compile(r"post has been deleted")
    >>> says_only(post, "Sorry! The post has been deleted.", dated=False)
    True
    >>> says_only(post, "The post has been deleted, which angers many.", dated=False)
    False
    """
    for line, sentence, found in _own(pattern, text):
        if dated and len(sentence) < OWN_MIN_SHARE * len(line):
            continue
        rest = sentence[found.end() :]
        clause = CLAUSE_END.search(rest)
        is_short = len(rest) <= REST_MAX_CHARS
        if clause and len(rest) - clause.end() > CLAUSE_MAX_CHARS:
            is_short = False
        if is_short and found.start() <= LEAD_MAX_CHARS:
            return True
    return False


def _own(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Yield each line and sentence that holds a pattern's phrase, with where it stands."""
    text = text[:TEXT_MAX_CHARS]
    if not pattern.search(text):
        return
    for line in text.split("\n"):
        for sentence in SENTENCE_END.split(line):
            found = pattern.search(sentence)
            if found and not REPORTED.search(sentence):
                yield line, sentence, found
