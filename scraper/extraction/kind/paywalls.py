"""Is only a part of an article shown? What the page declares, and what its visible words say."""

from scraper.extraction.kind.paywall_words import NOTICES, REMAINDER
from scraper.extraction.kind.signs import Signs
from scraper.extraction.metadata import Metadata
from scraper.extraction.words import word_count

# A notice beside a longer text offers a subscription and keeps nothing back; counted in words, or
# in characters of Han. Of 202 real pages none of more has its text cut.
PART_MAX_WORDS = 350
LAST_LINES = 4  # of a text, among which a notice may have been taken for a paragraph


def settle_paywall(metadata: Metadata, signs: Signs, body: str) -> str:
    """Return a text without the notice where it is cut off; set `is_paywalled` by that notice.

    What is declared stands, except against a count of what is missing; None stays without evidence.
    """
    if not signs.notice:
        return body
    is_part = metadata.is_paywalled is None and word_count(body, PART_MAX_WORDS) < PART_MAX_WORDS
    if not metadata.is_paywalled and (signs.is_counted or is_part):
        metadata.is_paywalled = True
        metadata.field_sources["is_paywalled"] = "visible notice"
    return _without(signs.notice, body) if metadata.is_paywalled else body


def _without(notice: str, body: str) -> str:
    r"""Return a text without the paragraphs near its end that are the notice, or say a part of it.

    >>> _without("To continue reading, pay", "It rained.\n\nTo continue reading, pay")
    'It rained.'
    """
    lines = body.split("\n\n")
    kept = [line for line in lines[-LAST_LINES:] if not _is_of(notice, line)]
    return "\n\n".join((*lines[:-LAST_LINES], *kept))


def _is_of(notice: str, line: str) -> bool:
    if line == notice:
        return True
    lower = line.lower()
    says = any(map(lower.__contains__, NOTICES)) or REMAINDER.search(lower) is not None
    return says and line in notice
