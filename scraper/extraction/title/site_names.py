"""What an outlet calls itself, and a title without it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from scraper.extraction.linked_data import Node, texts, types_of
from scraper.extraction.page import Page, one_line
from scraper.extraction.title.site_words import (
    OUTLET_WORDS,
    RUNNING_WORDS,
    SAYING,
    SECTION_WORDS,
)

NAME_MAX_CHARS = 60  # longer "names" are slogans
NAME_MIN_CHARS = 2  # of a key: a single letter is in every title
NAMES_MAX = 40
KEYS_KEPT = 512  # the same few strings of one page are compared again and again
NODES_MAX = 60
PIECES_MAX = 24  # of one title
SPLIT_MAX_CHARS = 600  # of a title that is taken to pieces
LEFT_MAX_CHARS = 12  # of a piece, beside the name in it
SECTION_MAX_WORDS = 3
SECTION_MAX_CHARS = 24
# A name after the last separator that is short, against what stands before it, is the site's.
TAIL_MAX_WORDS = 4
TAIL_MAX_SHARE = 0.5
HEAD_MIN_WORDS = 3  # of what is left of a title where nobody names what is cut
SMALL_WORD_CHARS = 3  # "of", "de", "the": in lower case in names too
HEAD_MIN_SHARE = 0.35  # of a title that a heading of the page may be, against section names

UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # Thai, kana, Han, Hangul
TITLE_SEPARATORS = re.compile(
    r"(\s{0,3}(?:[|｜ㅣ∣￨│]|:{2,3}|-{2,3}|[－＿_]{1,3})\s{0,3}"
    rf"|\s{{1,3}}[–—\-‒―•·‹›«»/~⋆★◆■▶<>]\s{{1,3}}|\s[:：]\s|：|:\s"
    rf"|(?<=[{UNSPACED}”’」』】）)\"'?!…？！])[-–—](?=[{UNSPACED}A-Z]))"
)
BARS = re.compile(r"[|｜ㅣ∣￨│_＿]|::|--|\s[»«›]\s")  # what hardly ever stands within a headline
BRACKETED = re.compile(r"\s{0,3}[（(\[【〔]\s{0,3}([^（(\[【〔）)\]】〕]{1,60})[）)\]】〕]\s{0,3}$")
LEADING_BRACKETS = re.compile(r"^\s{0,3}[\[【〔]\s{0,3}([^\[【〔\]】〕]{1,60})[\]】〕]\s{0,3}")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s{0,3}$")
HOST = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,8}", re.IGNORECASE)
# "（青浜新聞）": of one word, in a script that runs words together.
RUNNING_NAME = re.compile(rf"[{UNSPACED}]{{0,12}}(?:{RUNNING_WORDS})")
METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "article:publisher",
    "twitter:site",
    "twitter:app:name:iphone",
    "al:ios:app_name",
)
SITE_TYPES = {"WebSite", "NewsMediaOrganization", "Organization", "Corporation"}


@lru_cache(maxsize=KEYS_KEPT)
def key(text: str) -> str:
    """Return what two prints of one text have in common: letters and digits, case folded.

    >>> key("The “Daily” Post ") == key("the daily-post")
    True
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def site_keys(page: Page) -> frozenset[str]:
    """Return the keys of every name by which a page's outlet goes, its host's among them."""
    if page.sites is not None:
        return page.sites
    found: dict[str, None] = {}
    for name in _names(page):
        parts = re.split(r"\s[|｜–—-]\s|[|｜]", name) if len(name) <= NAME_MAX_CHARS else []
        for part in (name, *parts):
            folded = key(part)
            if len(folded) >= NAME_MIN_CHARS and len(part) <= NAME_MAX_CHARS:
                found.setdefault(folded)
        if len(found) >= NAMES_MAX:
            break
    page.sites = frozenset(found)
    return page.sites


def _names(page: Page) -> Iterator[str]:
    if page.hints.site_name:
        yield page.hints.site_name
    yield from page.all_metas(*METAS)
    for node in (page.article, page.micro):
        yield from _named(node.get("publisher"))
    for node in page.nodes[:NODES_MAX]:
        if SITE_TYPES.intersection(types_of(node)):
            yield from _named(node)
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    yield host
    yield from (".".join(labels[i:]) for i in range(1, len(labels) - 1))
    yield from (label for label in labels[:-1] if len(label) > 3)


def _named(value: object) -> Iterator[str]:
    nodes: list[object] = value[:3] if isinstance(value, list) else [value]
    for node in nodes:
        if isinstance(node, dict):
            known: Node = node
            for field in ("name", "alternateName", "legalName"):
                yield from (one_line(name) for name in texts(known.get(field), limit=4))


def is_site(piece: str, sites: frozenset[str]) -> bool:
    """Tell whether a piece of a title is a name of the site, as it stands or with a little more.

    >>> is_site("The Dale Post, 3.4.2026", frozenset({"thedalepost"}))
    True
    """
    folded = key(piece)
    if not folded or folded in sites:
        return bool(folded)
    words = [key(word) for word in piece.split()]
    known = [
        len(folded) - len(part)
        for cut in range(1, len(words))
        for part in ("".join(words[:cut]), "".join(words[cut:]))
        if part in sites
    ]
    if not known and not folded.isascii():  # names of scripts without spaces run on
        known = [
            abs(len(folded) - len(name))
            for name in sites
            if min(len(name), len(folded)) > 2
            and not name.isascii()
            and (folded.startswith(name) or name.startswith(folded))
        ]
    if not known:
        return False
    left = min(known)
    most = LEFT_MAX_CHARS if OUTLET_WORDS.search(piece) else len(folded) - left
    return left <= min(most, LEFT_MAX_CHARS) or DATE.search(piece) is not None


def without_site(
    title: str,
    sites: frozenset[str],
    heads: frozenset[str] = frozenset(),
    *,
    unnamed: bool = True,
) -> str:
    """Return a title without the site's names and sections, at its end and its beginning.

    Args:
        title: on one line.
        sites: as `site_keys` returns.
        heads: keys of what other places of the page give as the headline: what follows one of them
            behind a separator is no part of it.
        unnamed: whether a last piece that nothing names as the site's may be taken for it.

    >>> without_site("雨が戻る-社会ㅣ青浜新聞", frozenset({"青浜新聞"}))
    '雨が戻る'
    """
    pieces = TITLE_SEPARATORS.split(_without_brackets(title[:SPLIT_MAX_CHARS], sites))
    while len(pieces) > 2 and not key(pieces[-1]):  # "headline :: site ::"
        pieces = pieces[:-2]
    if len(pieces) > 2 * PIECES_MAX:
        return title
    for end in range(len(pieces), 0, -2):  # the longest beginning that is known
        for begun in ("".join(pieces[:end]).strip(), BRACKETED.sub("", "".join(pieces[:end]))):
            if key(begun) in heads and len(begun) >= HEAD_MIN_SHARE * len(title):
                return begun
    pieces = _cut_front(_cut_tail(pieces, sites, unnamed=unnamed), sites, unnamed=unnamed)
    return _without_brackets("".join(pieces).strip(), sites, unnamed=unnamed) or title


def _without_brackets(title: str, sites: frozenset[str], *, unnamed: bool = False) -> str:
    for pattern in (BRACKETED, LEADING_BRACKETS):
        found = pattern.search(title)
        if found is None:
            continue
        inner = found.group(1)
        outlet = unnamed and pattern is BRACKETED and RUNNING_NAME.fullmatch(inner)
        if outlet or is_site(inner, sites):
            title = pattern.sub("", title, count=1) or title
    return title


def _cut_tail(pieces: list[str], sites: frozenset[str], *, unnamed: bool) -> list[str]:
    """Return pieces without the last that are the site's, and the sections before them."""
    left = pieces
    for end in range(2, len(pieces), 2):  # the first name that only short pieces follow
        after = [piece for piece in pieces[end + 2 :: 2] if len(piece.split()) > TAIL_MAX_WORDS]
        if not after and is_site(pieces[end], sites):
            left = pieces[: end - 1]
            break
    if len(left) == len(pieces) and unnamed:
        left = _cut_unnamed(_cut_unnamed(left))
    if len(left) < len(pieces):
        while len(left) > 2 and _is_section(left, sites):
            left = left[:-2]
    return left


def _is_section(pieces: list[str], sites: frozenset[str]) -> bool:
    """Tell whether the last piece, which a site's name followed, is a section or a label."""
    head, mark, tail = "".join(pieces[:-2]), pieces[-2], pieces[-1].strip()
    if not tail or SECTION_WORDS.fullmatch(tail) or is_site(tail, sites):
        return True
    short = len(tail) <= SECTION_MAX_CHARS and len(tail.split()) <= SECTION_MAX_WORDS
    return bool(BARS.search(mark)) and short and len(tail) <= TAIL_MAX_SHARE * len(head)


def _cut_unnamed(pieces: list[str]) -> list[str]:
    """Return pieces without a last that is short and that its own words tell to be an outlet's.

    >>> _cut_unnamed(["Rain is back in Dale", " - ", "Fell News"])
    ['Rain is back in Dale']
    >>> _cut_unnamed(["Rain is back in Dale", " | ", "Good news"])
    ['Rain is back in Dale', ' | ', 'Good news']
    """
    if len(pieces) < 3:
        return pieces
    head, mark, tail = "".join(pieces[:-2]).strip(), pieces[-2], pieces[-1].strip()
    if not tail or HOST.fullmatch(tail):
        return pieces[:-2]
    if len(tail.split()) > TAIL_MAX_WORDS or len(tail) > TAIL_MAX_SHARE * len(head):
        return pieces
    if _is_fragment(head):
        return pieces
    spaced = mark.strip() != ":" or (mark[0] == " " and not tail.isascii())
    return pieces[:-2] if _names_an_outlet(tail, mark if spaced else "") else pieces


def _names_an_outlet(tail: str, mark: str) -> bool:
    """Tell whether a piece behind a mark names an outlet, as far as it tells by itself."""
    found = [*OUTLET_WORDS.finditer(tail)] if mark else []
    at_edge = any(word.start() == 0 or word.end() == len(tail) for word in found)
    if tail.lower() == tail.upper():  # a script without capitals
        return bool(at_edge or BARS.search(mark)) and SAYING.search(tail) is None
    words = [word for word in tail.split() if len(word) > SMALL_WORD_CHARS]
    return at_edge and bool(words) and not any(word[0].islower() for word in words)


def _is_fragment(head: str) -> bool:
    """Tell whether what is left of a title is too little to be a headline, or breaks off."""
    if head.endswith((",", "،", "、", "(", "“", "«", "「")) or head.count("“") > head.count("”"):
        return True
    unspaced = re.search(f"[{UNSPACED}]", head) is not None
    return not unspaced and len(head.split()) < HEAD_MIN_WORDS


def _cut_front(pieces: list[str], sites: frozenset[str], *, unnamed: bool) -> list[str]:
    # "The Post: minister resigns" quotes the outlet; what stands behind a bar does not.
    while len(pieces) > 2 and pieces[1].strip() not in (":", "：") and is_site(pieces[0], sites):
        pieces = pieces[2:]
    if unnamed and len(pieces) > 2 and BARS.search(pieces[1]) and RUNNING_NAME.fullmatch(pieces[0]):
        return pieces[2:]
    return pieces
