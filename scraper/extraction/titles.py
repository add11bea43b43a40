"""The headline: agreed on by what a page says in several places, without the site's name."""

import re
import unicodedata
from collections.abc import Iterator

from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page, one_line, text_of

TITLE_MAX_CHARS = 500
CLAIM_MAX_CHARS = TITLE_MAX_CHARS + 1  # so that a longer one is still seen to be too long
WORD_MAX_CHARS = 40  # given up for a cut between words
HEADINGS_MAX = 5
SEPARATORS = r"\s+[|｜–—\-•·:»«›/]+\s+|\s*[|｜ㅣ]\s*|[－＿_]+|\s+::\s+"
# A name after the last separator that is short, against what stands before it, is the site's.
TAIL_MAX_WORDS = 4
TAIL_MAX_SHARE = 0.5
KICKED_MIN_CHARS = 20


def find_title(page: Page) -> tuple[str, str]:
    """Return a page's headline and its source, "" for both when it has none.

    The headline that most of JSON-LD, og:title and the first heading agree on; where no two agree,
    og:title, which outlets write for readers; `<title>` and the listing only where nothing else is.
    """
    text, source = _found(page)
    return shortened(text), source


def shortened(title: str) -> str:
    """Return a title cut to TITLE_MAX_CHARS, between words where it has any.

    >>> len(shortened("word " * 200)), len(shortened("字" * 600))
    (499, 500)
    """
    if len(title) <= TITLE_MAX_CHARS:
        return title
    end = title.rfind(" ", TITLE_MAX_CHARS - WORD_MAX_CHARS, TITLE_MAX_CHARS + 1)
    return title[: end if end > 0 else TITLE_MAX_CHARS].rstrip()


def _found(page: Page) -> tuple[str, str]:
    site = page.hints.site_name or page.meta("og:site_name")
    for element in page.select(page.hints.title):
        if text := text_of(element, CLAIM_MAX_CHARS):
            return text, "selector"
    found = [(cut(text, site), source) for text, source in _claims(page)]
    document = _document_title(page)
    found = [(text, source) for text, source in found if text and not _same(text, site)]
    heads = {_key(text) for text, _ in found}
    found = [(_without_tail(text, heads), source) for text, source in found]
    if agreed := _agreed(found):
        return agreed
    if ranked := sorted(found, key=lambda item: RANK[item[1]]):
        return ranked[0]
    document = _document_title(page)
    if document and not _same(cut(document, site), site):
        return _without_tail(cut(document, site), set()), "title element"
    if page.hints.candidate and page.hints.candidate.title:
        return cut(one_line(page.hints.candidate.title, CLAIM_MAX_CHARS), site), "listing"
    return "", ""


def _agreed(found: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the headline that independent sources agree on, kickers before it aside."""
    for form in (lambda text: text, _without_kicker):
        voices: dict[str, dict[str, tuple[str, str]]] = {}
        for text, source in found:
            if shorter := form(text):
                voices.setdefault(_key(shorter), {}).setdefault(VOICES[source], (shorter, source))
        most = max(voices.values(), key=len, default={})
        if len(most) > 1:
            return next(iter(most.values()))
    return None


def _without_kicker(title: str) -> str:
    """Return what follows a title's first colon or dash, "" if that is no headline of its own."""
    parts = re.split(r"\s+[-–—|/]\s+|:\s+|：", title, maxsplit=1)
    return parts[-1].strip() if len(parts[-1]) >= KICKED_MIN_CHARS else ""


# Sources that are one voice: outlets fill the second from the first.
VOICES = {
    "meta og:title": "og",
    "meta title": "og",
    "json-ld headline": "ld",
    "h1": "page",
    "microdata headline": "page",
}
RANK = {
    "meta og:title": 0,
    "json-ld headline": 1,
    "microdata headline": 1,
    "h1": 2,
    "meta title": 3,
}


def _claims(page: Page) -> Iterator[tuple[str, str]]:
    for text in texts(page.article.get("headline") or page.article.get("name"), limit=1):
        yield one_line(text, CLAIM_MAX_CHARS), "json-ld headline"
    for text in texts(page.micro.get("headline") or page.micro.get("name"), limit=1):
        yield one_line(text, CLAIM_MAX_CHARS), "microdata headline"
    for text in headings(page):
        yield text, "h1"
    if text := page.meta("og:title"):
        yield text[:CLAIM_MAX_CHARS], "meta og:title"
    if text := page.meta(
        "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"
    ):
        yield text[:CLAIM_MAX_CHARS], "meta title"


def headings(page: Page) -> list[str]:
    """Return the texts of a page's first headings of level 1."""
    found = (
        text_of(h, CLAIM_MAX_CHARS)
        for h, _ in zip(page.tree.iter("h1"), range(HEADINGS_MAX), strict=False)
    )
    return [text for text in found if len(text) > 5 or (text and not text.isascii())]


def _document_title(page: Page) -> str:
    element = page.tree.find(".//title")
    return text_of(element, CLAIM_MAX_CHARS) if element is not None else ""


def cut(title: str, site_name: str) -> str:
    """Return a title without the site's name at its end or its beginning.

    >>> cut("Talks resume in Geneva | World Dispatch 日本語", "World Dispatch 日本語")
    'Talks resume in Geneva'
    """
    title = one_line(title, CLAIM_MAX_CHARS)
    if not site_name:
        return title
    name = re.escape(site_name.strip())
    for pattern in (
        rf"(?:{SEPARATORS})\s*{name}\s*$",
        rf"[（(\[【]\s*{name}\s*[)）\]】]\s*$",
        rf"^{name}\s*(?:{SEPARATORS})",
    ):
        shorter = re.sub(pattern, "", title, flags=re.IGNORECASE).strip()
        if shorter:
            title = shorter
    return title


def _without_tail(title: str, heads: set[str]) -> str:
    """Cut a short last part that is the site's: behind a bar, or where `heads` knows the rest.

    >>> _without_tail("War and peace in our time | The Daily", set())
    'War and peace in our time'
    """
    pieces = re.split(rf"({SEPARATORS})", title)
    if len(pieces) < 3:
        return title
    head, mark, tail = "".join(pieces[:-2]).strip(), pieces[-2], pieces[-1].strip()
    if _key(head) in heads:
        return head
    short = len(tail.split()) <= TAIL_MAX_WORDS and len(tail) <= TAIL_MAX_SHARE * len(head)
    named = any(bar in mark for bar in "|｜ㅣ") or re.search(r"\w\.\w{2,3}$", tail) is not None
    return head if short and named else title


def _same(text: str, site_name: str) -> bool:
    return bool(site_name) and _key(text) == _key(site_name)


def _key(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
