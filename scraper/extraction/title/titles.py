"""The headline: agreed on by what a page says in several places, without the site's name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page, after_heading, one_line, text_of
from scraper.extraction.title.headings import headings, seen_text, stand_ins
from scraper.extraction.title.site_names import is_site, key, site_keys, without_site

TITLE_MAX_CHARS = 500
CLAIM_MAX_CHARS = TITLE_MAX_CHARS + 1  # so that a longer one is still seen to be too long
WORD_MAX_CHARS = 40  # given up for a cut between words
BARE_MIN_SHARE = 0.5  # of a heading's text that is left without what looks like badges
STAND_IN_MIN_CHARS = 8
KICKED_MIN_CHARS = 20
KICKED_MIN_WIDE_CHARS = 10  # of scripts whose characters say more
# Share of a heading's triples of characters that other statements of the page hold, too. On 175
# pages 0.4 tells every "Log in" and section name from the headlines, even when worded anew.
RELATED_MIN_SHARE = 0.4
DESCRIBED_MIN_CHARS = 16
PARAGRAPHS_READ = 4
PARAGRAPH_MAX_CHARS = 600
WITHIN_MIN_TRIPLES = 8
SAME_MIN_SHARE = 0.8  # two wordings of one headline
KICKER = re.compile(r"\s{1,3}[-–—|/]\s{1,3}|:\s{1,3}|：|\s:\s")


class Claim(NamedTuple):
    """One statement of what the headline is."""

    text: str
    source: str
    is_clean: bool = True  # printed without the site's name

    @property
    def voice(self) -> str:
        """Which statements are one: outlets fill the second from the first."""
        return VOICES[self.source]


VOICES = {
    "meta og:title": "og",
    "meta title": "og",
    "json-ld headline": "ld",
    "h1": "page",
    "heading": "page",
    "microdata headline": "page",
    "title element": "document",
}
RANK = {
    "meta og:title": 0,
    "json-ld headline": 1,
    "microdata headline": 1,
    "h1": 2,
    "meta title": 3,
    "heading": 4,
}


def find_title(page: Page) -> tuple[str, str]:
    """Return a page's headline and its source, "" for both when it has none.

    The headline that most of JSON-LD, og:title and the visible heading agree on; where no two
    agree, the visible one if the page speaks of the same elsewhere, else og:title, which outlets
    write for readers; `<title>` and the listing only where nothing else is.
    """
    text, source = _found(page)[:2]
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


def _found(page: Page) -> Claim:
    for element in page.select(page.hints.title):
        if text := text_of(element, CLAIM_MAX_CHARS):
            return Claim(text, "selector")
    sites = site_keys(page)
    document = _document_title(page)
    claims = _cleaned([*_claims(page)], sites)
    if not any(claim.voice == "page" for claim in claims):
        claims += _stand_in(page, [*claims, Claim(document, "title element")], sites)
    heads = frozenset(key(claim.text) for claim in claims)
    ending = Claim(without_site(document, sites, heads), "title element")
    ending = Claim("", "title element") if is_site(ending.text, sites) else ending
    if claims:
        return _chosen(page, claims, ending)
    if ending.text:
        return ending
    for element in stand_ins(page):
        if len(key(text := seen_text(element, badges=False))) >= STAND_IN_MIN_CHARS:
            return Claim(text, "heading")
    if page.hints.candidate and page.hints.candidate.title:
        listed = one_line(page.hints.candidate.title, CLAIM_MAX_CHARS)
        return Claim(without_site(listed, sites), "listing")
    return Claim("", "")


def _cleaned(claims: list[Claim], sites: frozenset[str]) -> list[Claim]:
    """Return claims without the site's names, and without those that were nothing else."""
    heads = frozenset(key(claim.text) for claim in claims)
    shown = {key(claim.text) for claim in claims if claim.voice == "page"}
    found = []
    for text, source, _ in claims:
        unnamed = key(text) not in shown
        shorter = without_site(text, sites, heads - {key(text)}, unnamed=unnamed)
        if key(shorter) and key(shorter) not in sites:
            found.append(Claim(shorter, source, shorter == text))
    return found


def _claims(page: Page) -> Iterator[Claim]:
    for text in texts(page.article.get("headline") or page.article.get("name"), limit=1):
        yield Claim(one_line(text, CLAIM_MAX_CHARS), "json-ld headline")
    for text in texts(page.micro.get("headline") or page.micro.get("name"), limit=1):
        yield Claim(one_line(text, CLAIM_MAX_CHARS), "microdata headline")
    for heading in headings(page):
        whole, bare = seen_text(heading), seen_text(heading, badges=False)
        forms = (bare, whole) if len(bare) >= BARE_MIN_SHARE * len(whole) else (whole,)
        for text in dict.fromkeys(forms):
            if len(text) > 5 or (text and not text.isascii()):
                yield Claim(text, "h1")
    if text := page.meta("og:title"):
        yield Claim(text[:CLAIM_MAX_CHARS], "meta og:title")
    elif text := page.meta(
        "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"
    ):
        yield Claim(text[:CLAIM_MAX_CHARS], "meta title")


def _stand_in(page: Page, others: list[Claim], sites: frozenset[str]) -> list[Claim]:
    """Return the visible headline of a page without an h1, where others repeat it."""
    known = [key(other.text) for other in others]
    for element in stand_ins(page):
        text = seen_text(element, badges=False)
        folded = key(text)
        if len(text) > 5 and folded not in sites and any(k.startswith(folded) for k in known):
            return [Claim(text, "heading")]
    return []


def _document_title(page: Page) -> str:
    element = page.tree.find("head/title")
    element = page.tree.find(".//title") if element is None else element
    return text_of(element, CLAIM_MAX_CHARS) if element is not None else ""


def _chosen(page: Page, claims: list[Claim], document: Claim) -> Claim:
    agreed = _agreed(claims)
    shown = _shown(page, claims, document)
    if agreed is None:
        best = min(claims, key=lambda claim: RANK[claim.source])
        if shown is None:
            return document if best.voice == "page" and document.text else best
        # Without JSON-LD og:title and `<title>` are two to one, unless both are for search engines.
        stands = key(best.text) == key(document.text) and _is_latin(shown.text)
        return best if stands else shown
    if og := _own_words(claims, agreed, document):
        return og
    if shown and _is_otherwise(agreed, shown, document, claims):
        return shown
    return _as_printed(agreed, [*claims, document])


def _shown(page: Page, claims: list[Claim], document: Claim) -> Claim | None:
    """Return the first visible heading that speaks of what the rest of the page speaks of.

    One that says what `<title>` says comes first. For headings of some length the description and
    the paragraphs below count, too: titles for search engines are often put in other words, or in
    another script.
    """
    seen = [claim for claim in claims if claim.voice == "page"]
    for claim in seen:
        if key(claim.text) == key(document.text):
            return claim
    told = [claim.text for claim in (*claims, document) if claim.voice != "page"]
    for claim in seen:
        if _shared(claim.text, told) >= RELATED_MIN_SHARE:
            return claim
        if len(key(claim.text)) >= DESCRIBED_MIN_CHARS and (
            _shared(claim.text, [*told, *_below(page)]) >= RELATED_MIN_SHARE
        ):
            return claim
    return None


def _below(page: Page) -> Iterator[str]:
    yield page.meta("og:description", "description")
    for paragraph in islice(after_heading(page.tree, "p"), PARAGRAPHS_READ):
        yield text_of(paragraph, PARAGRAPH_MAX_CHARS)


def _is_otherwise(agreed: Claim, shown: Claim, document: Claim, claims: list[Claim]) -> bool:
    """Tell whether the head of a page agrees on a title that is not the headline that is seen.

    In Latin script that is so where the head's title is the one for search engines: `<title>` is
    written for them, and where JSON-LD and og:title repeat it, or the site's name stands in them,
    all come from one field. Of two wordings that hardly differ the one that three places print
    stays. In other scripts titles in the head are so often made for searching that the seen counts.
    """
    head, seen = key(agreed.text), key(shown.text)
    if agreed.text.endswith(("…", "...")) and seen.startswith(head) and len(seen) > len(head):
        return True  # cut to a length
    if (
        head in seen
        or seen in head
        or any(c.voice == "page" and key(c.text) == head for c in claims)
    ):
        return False
    if not _is_latin(shown.text):
        return True
    clean = all(claim.is_clean for claim in claims if key(claim.text) == head)
    if clean and key(document.text) == seen:
        return False
    return _shared(shown.text, [agreed.text]) < SAME_MIN_SHARE


def _own_words(claims: list[Claim], agreed: Claim, document: Claim) -> Claim | None:
    """Return og:title where editors worded it by hand, otherwise than the heading and `<title>`.

    It is what readers see wherever the article is listed and shared. Where `<title>` repeats it or
    the site's name stands in it, a template filled it: then it is no headline of its own, which
    held for 9 of 9 news pages; of 12 where heading, JSON-LD and `<title>` say one thing and a clean
    og:title another, annotators took the latter on 8 (7 outlets), the former on 4. All are in Latin
    script; in others such titles are made for searching.
    """
    folded = key(agreed.text)
    voices = {claim.voice for claim in claims if key(claim.text) == folded}
    og = next((claim for claim in claims if claim.source == "meta og:title"), None)
    if og is None or not og.is_clean or not {"ld", "page"} <= voices:
        return None
    words = key(og.text)
    if key(document.text) != folded or folded in words:
        return None
    return og if _is_latin(folded) and _is_latin(words) else None


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(1 for c in letters if c < "\u0250") * 2 >= len(letters)


def _agreed(claims: list[Claim]) -> Claim | None:
    """Return the headline that independent sources agree on, kickers before it aside."""
    for form in (lambda text: text, _without_kicker):
        voices: dict[str, dict[str, Claim]] = {}
        for claim in claims:
            if shorter := form(claim.text):
                same = voices.setdefault(key(shorter), {})
                same.setdefault(claim.voice, Claim(shorter, claim.source))
        most = max(voices.values(), key=len, default={})
        if len(most) > 1:
            return next(iter(most.values()))
    return None


def _as_printed(agreed: Claim, claims: Iterable[Claim]) -> Claim:
    """Return the agreed headline with the marks that most of those who agree print."""
    same = [claim for claim in claims if key(claim.text) == key(agreed.text)]
    counted = Counter(claim.text for claim in same)
    # A kicker that only its place sets off from the headline needs the mark others print.
    return max(
        [agreed, *same],
        key=lambda claim: (len(KICKER.findall(claim.text)), counted[claim.text]),
    )


def _without_kicker(title: str) -> str:
    """Return what follows a title's first colon or dash, "" if that is no headline of its own."""
    rest = KICKER.split(title, maxsplit=1)[-1].strip()
    least = KICKED_MIN_CHARS if rest.isascii() else KICKED_MIN_WIDE_CHARS
    return rest if len(rest) >= least else ""


def _shared(heading: str, others: Iterable[str]) -> float:
    """Return the share of triples of characters that a heading has in common with other texts.

    Of the heading's where they say more, of theirs where one is within the heading.
    """
    triples = _triples(heading)
    told = [_triples(other) for other in others]
    known = set().union(*told)
    if not triples or not known:
        return 0.0
    within = (len(triples & one) / len(one) for one in told if len(one) >= WITHIN_MIN_TRIPLES)
    return max(len(triples & known) / len(triples), *within, 0.0)


def _triples(text: str) -> set[str]:
    folded = key(text)
    return {folded[i : i + 3] for i in range(len(folded) - 2)}
