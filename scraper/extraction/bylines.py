"""Who wrote it: the credit as printed, split into bare names."""

import re
from collections.abc import Callable, Iterable
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from scraper.extraction.credit_words import (
    AFTER,
    AGENCIES,
    BARE_LINE,
    BEFORE,
    CHINESE_CREDIT,
    CONJUNCTION,
    KATAKANA_NAME,
    NOBODY,
    PICTURES,
    ROLE,
    ROLE_ALONE,
    SUFFIX,
    WHERE,
)
from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page, after_heading, is_elsewhere, one_line, text_of
from scraper.records import Byline

BYLINE_MAX_CHARS = 400
NAME_MAX_CHARS = 80
NAME_MAX_WORDS = 8
AUTHORS_MAX = 20
LINES_MAX = 12  # paragraphs after the headline that may be a bare byline
LINE_MAX_CHARS = 120
CLAIMS_MAX = 100  # elements marked as an author that are looked at

PARTICLES = {
    "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ter", "van", "von",
    "al", "el", "ibn", "ben",
}  # fmt: skip
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
BRACKETED = re.compile(r"[(（【\[［][^()（）【】\[\]［］]{0,80}[)）】\]］]")
AFTER_DASH = re.compile(
    r"\s+[-–—|•·]\s+(?=.*\d).*$"  # a date behind the name
    r"|[,|•·]?\s*(?:updated|published|aktualisiert|publié|publicado"
    r"|\d{1,2}[./ ]\d{1,2}[./ ]\d{2,4}|\d{4}[-/年.]).*$",
    re.IGNORECASE,
)
WRITTEN_BY = re.compile(
    r"written by|verfasst von|écrit par|escrito por|scritto da|geschreven door|作成者|執筆者"
    r"|작성자",
    re.IGNORECASE,
)
DESK = re.compile(
    r"\b(?:redaktion|newsroom|news\s?desk|desk|staff|editorial|redacción|redação|rédaction|redazione|redaktor|online)\b|編集部|編輯部|编辑部|편집국|取材班",
    re.IGNORECASE,
)
VISIBLE = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author-?names?|article-?authors?|story-?authors?|post-?authors?|entry-?author|authors?|autor(?:es|en)?"
    r"|auteur|autore|writer|signature|journalist)(?:$|[\s_-](?:name|link|text|list|item|names|content)?(?:$|\s))"
    r"|^credits?$",
    re.IGNORECASE,
)

AUTHOR_METAS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "dc.contributor.author",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "article:author_name",
    "citation_author", "mrf:authors", "og:article:author",
)  # fmt: skip


def find_byline(page: Page) -> tuple[Byline, str]:
    """Return a page's byline and the source it came from.

    Asked in order: the outlet's selector, JSON-LD, microdata, meta elements, the visible byline,
    the listing.
    """
    site = page.hints.site_name or page.meta("og:site_name")
    linked = page.article.get("author") or page.article.get("creator")
    micro = page.micro.get("author") or page.micro.get("creator")
    sources: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        (
            "selector",
            lambda: [text_of(e, BYLINE_MAX_CHARS) for e in page.select(page.hints.byline)],
        ),
        ("json-ld", lambda: texts(linked)),
        ("microdata", lambda: texts(micro)),
        ("meta author", lambda: [*page.all_metas(*AUTHOR_METAS), *_labelled(page)]),
        ("visible byline", lambda: visible_bylines(page.tree)),
        ("listing", lambda: [page.hints.candidate.byline] if page.hints.candidate else []),
    )
    house: tuple[Byline, str] | None = None
    for source, credits in sources:
        byline = joined([read_byline(text, site) for text in credits()], site)
        people = [name for name in byline.authors if not is_house(name, page.url, site)]
        # Once the outlet is named, only what is surely a person's name says more.
        if people and (house is None or any(" " in name or not name.isascii() for name in people)):
            return byline, source
        if byline.authors:
            house = house or (byline, source)
    return house or (Byline(), "")


def is_house(name: str, url: str, site_name: str = "") -> bool:
    """Tell whether an author is the outlet itself or an agency rather than a person.

    >>> is_house("The Post", "https://post.example/a", "The Post"), is_house("AFP", "")
    (True, True)
    """
    folded = _folded(name)
    host = _folded((urlsplit(url).hostname or "").removeprefix("www."))
    return (
        AGENCIES.fullmatch(name) is not None
        or DESK.search(name) is not None
        or (len(site_name) > 3 and folded.startswith(_folded(site_name)))
        or (len(folded) > 2 and folded in host)
    )


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _labelled(page: Page) -> list[str]:
    """Return authors as WordPress plugins state them for sharing: a label and a value."""
    pairs = [(page.meta(f"twitter:label{n}"), page.meta(f"twitter:data{n}")) for n in (1, 2)]
    return [value for label, value in pairs if WRITTEN_BY.fullmatch(label)]


def joined(bylines: Iterable[Byline], site_name: str = "") -> Byline:
    """Return several credits as one: their texts in a row, each author once.

    The site's own name stays only where nobody else is named.
    """
    found = [byline for byline in bylines if byline.authors]
    authors = {name.casefold(): name for b in reversed(found) for name in reversed(b.authors)}
    names = list(dict.fromkeys(authors[name.casefold()] for b in found for name in b.authors))
    people = [name for name in names if name.casefold() != site_name.casefold()]
    text = ", ".join(dict.fromkeys(b.text for b in found))
    return Byline(text[:BYLINE_MAX_CHARS].rstrip(), tuple(people or names)[:AUTHORS_MAX])


# "… | 16 October 2026, 20:53": the time that stands behind many a credit. It is no part of it, and
# where it is that of the last update it would make a revision of each.
PRINTED_DATE = re.compile(
    r"\s*(?:[|｜·•–—]|\s-)\s*(?=[^|｜·•–—]{0,60}$)(?=.*\d{4})(?=.*\d{1,2}\D+\d{1,2}).*$"
)


def read_byline(text: str, site_name: str = "") -> Byline:
    """Split a credit as printed into bare names.

    Words such as "by", roles, places, addresses and handles go; so do agencies, unless an agency
    is all there is.

    >>> read_byline("By Ana Sala in Berlin and BO VIK, Washington correspondent").authors
    ('Ana Sala', 'BO VIK')
    >>> read_byline("によって Jamie Olivos").authors
    ('Jamie Olivos',)
    >>> read_byline("Haber: Kerem Tuzlu | 8 Kasım 2026 04:05").text
    'Haber: Kerem Tuzlu'
    >>> read_byline("Olivos, Jamie").authors
    ('Jamie Olivos',)
    """
    printed = PRINTED_DATE.sub("", one_line(text, BYLINE_MAX_CHARS))
    cleaned = AFTER_DASH.sub("", BRACKETED.sub(" ", ADDRESS.sub(" ", printed))).strip()
    names = _names(SUFFIX.sub(" ", cleaned))
    if not names:  # 【ワシントン=田中太郎】 and (AFP)
        inner = [part[1:-1].rpartition("=")[2].strip() for part in BRACKETED.findall(printed)]
        names = [name for part in inner for name in _names(part)]
    people = [
        n for n in names if not AGENCIES.fullmatch(n) and n.casefold() != site_name.casefold()
    ]
    chosen = tuple(dict.fromkeys(people or names))[:AUTHORS_MAX]
    return Byline(printed, chosen) if chosen else Byline()


def _names(text: str) -> list[str]:
    credited = _without_credit(text)
    if CHINESE_CREDIT.match(text) and re.fullmatch(
        r"(?:[\u4e00-\u9fff]{2,4}\s+)+[\u4e00-\u9fff]{2,4}", credited
    ):
        return credited.split()
    return [name for part in _parts(credited) if (name := _bare(part))]


def _without_credit(text: str) -> str:
    for _ in range(3):
        shorter = BEFORE.sub("", text, count=1).strip(" :：/,-–—|")
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def _parts(text: str) -> list[str]:
    """Split a credit at conjunctions, then at commas that do not turn a name around."""
    found: list[str] = []
    for piece in CONJUNCTION.split(text):
        segments = [s.strip() for s in piece.split(",") if s.strip()]
        if len(segments) == 2 and _is_turned(*segments):
            found.append(f"{segments[1]} {segments[0]}")
            continue
        several = any(" " in s for s in segments[:1])
        for position, segment in enumerate(segments):
            # After a whole name, one lone word is a place or a desk, not another author.
            if position and several and _is_aside(segment):
                continue
            found.extend(_split_inside(segment))
    return found


def _is_aside(segment: str) -> bool:
    """Tell whether what follows a whole name and a comma is a place or a role."""
    if " " not in segment and segment.isascii():
        return True
    return ROLE_ALONE.match(segment) is not None


def _is_turned(last: str, first: str) -> bool:
    """Tell whether "last, first" is one name written surname first."""
    words = first.split()
    return (
        all(word.lower() in PARTICLES for word in last.split()[:-1])
        and 1 <= len(words) <= 2
        and last.split()[-1][:1].isupper()
        and first[:1].isupper()
        and not any(AGENCIES.fullmatch(w) or ROLE_ALONE.match(w) for w in (last, first))
        and not (last.isupper() and len(last) <= 4)
    )


def _split_inside(segment: str) -> list[str]:
    """Split at a middle dot between East Asian names, not within a transliterated one."""
    if "・" in segment and not KATAKANA_NAME.fullmatch(AFTER.sub("", segment)):
        return segment.split("・")
    if "·" in segment and re.search(r"[가-힣]", segment):
        return segment.split("·")
    halves = re.split(r"\s+en\s+", segment)  # "and" in Dutch, "in" in Spanish and French
    if len(halves) == 2 and all(" " in half for half in halves):
        return halves
    return [segment]


def _bare(part: str) -> str:
    """Return the bare name in one part of a credit, "" if there is none."""
    name = _without_credit(part.strip())
    for pattern in (AFTER, ROLE, WHERE):
        name = pattern.sub("", name).strip()
    slashed = re.split(r"\s*/\s*", name)
    if len(slashed) > 1 and " " in name:
        kept = [s for s in slashed if s and not AGENCIES.fullmatch(s)]
        name = kept[0] if kept else slashed[0]
    name = name.strip(" \t,;:：-–—|/•·*\"'“”")
    name = name if re.search(r"\b\w{1,2}\.$", name) else name.rstrip(".")
    if not name or len(name) > NAME_MAX_CHARS or len(name.split()) > NAME_MAX_WORDS:
        return ""
    if NOBODY.fullmatch(name) or ROLE_ALONE.fullmatch(name) or PICTURES.match(part.strip()):
        return ""
    if not any(c.isalpha() for c in name) or re.fullmatch(r"\S*\d\S*", name) or "://" in name:
        return ""
    return name


def visible_bylines(tree: HtmlElement) -> list[str]:
    """Return the texts of the byline that a reader sees, [] if none can be told."""
    elements = tree.iter("a", "span", "div", "address")
    marked = (e for e in elements if "author" in (e.get("rel"), e.get("itemprop")))
    if found := _short_texts(marked):
        return found[:AUTHORS_MAX]
    elements = tree.iter("div", "span", "p", "a", "address", "li", "strong", "em")
    named = (e for e in elements if VISIBLE.search(e.get("class") or ""))
    return _short_texts(named)[:1] or bare_lines(tree)


def _short_texts(elements: Iterable[HtmlElement]) -> list[str]:
    """Return the texts of elements within the article that are short enough for a byline."""
    inside = (e for e in islice(elements, CLAIMS_MAX) if not is_elsewhere(e))
    found = (text_of(e, LINE_MAX_CHARS + 1) for e in inside)
    return list(dict.fromkeys(text for text in found if 0 < len(text) <= LINE_MAX_CHARS))


def bare_lines(tree: HtmlElement) -> list[str]:
    """Return the first line near the headline that begins as a credit does, as a list."""
    seen = 0
    for element in after_heading(tree, "p", "div", "span", "em", "strong", "small"):
        if seen >= LINES_MAX:
            break
        if len(element) > 4:
            continue
        text = text_of(element, LINE_MAX_CHARS + 1)
        seen += bool(text)
        if len(text) <= LINE_MAX_CHARS and BARE_LINE.match(text) and _names_people(text):
            return [text]
    return []


def _names_people(line: str) -> bool:
    """Tell whether a line holds names alone: an ordinary sentence may begin with "by" too."""
    names = read_byline(line).authors
    return bool(names) and all(
        len(words := name.split()) <= 5 and not any(w[:1].islower() and len(w) > 3 for w in words)
        for name in names
    )
