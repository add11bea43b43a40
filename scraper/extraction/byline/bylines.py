"""Who wrote it: which of the credits that a page states and prints is believed."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from scraper.extraction.byline.credits import AUTHORS_MAX, BYLINE_MAX_CHARS, read_byline
from scraper.extraction.byline.names import is_agency, is_desk, is_organisation, is_well_formed
from scraper.extraction.byline.printed_bylines import printed_credits
from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page, text_of
from scraper.records import Byline, Credit

WRITTEN_BY = re.compile(
    r"written by|verfasst von|écrit par|escrito por|scritto da|geschreven door|作成者|執筆者"
    r"|작성자|كُتب بواسطة|написано|автор",
    re.IGNORECASE,
)
AUTHOR_METAS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "dc.contributor.author",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "article:author_name",
    "citation_author", "mrf:authors", "og:article:author", "dable:author",
)  # fmt: skip
COPYRIGHT = re.compile(r"(?P<owner>[\u3400-\u9fff]{2,12}?)(?:版权所有|版權所有)")
STATED_MAX = 50  # authors read of one statement
OTHER_SCRIPTS = re.compile(
    r"[\u0370-\u052f\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
UNSPACED_NAME = re.compile(
    r"[À-ɏ\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]"
)
FOLDED_KEPT = 256  # names of a page are compared with each other and with the outlet's
SHOWN_CHARS = 200  # of a title, by which its script is told

Found = tuple[Byline, str]
NOTHING: Found = (Byline(), "")


def find_byline(page: Page) -> Found:
    """Return a page's byline and the source it came from.

    Asked in order: the outlet's selector, JSON-LD, microdata, meta elements, what is printed, the
    listing. What is printed wins where the statements name no person, and near the headline
    also where they name others: then they name who uploaded the text, or one of several.
    """
    site = house_names(page)
    selected = [text_of(e, BYLINE_MAX_CHARS) for e in page.select(page.hints.byline)]
    chosen = joined(read_byline(text, *site) for text in selected)
    if chosen.authors:
        return chosen, "selector"
    stated, stated_house = _stated(page, site)
    printed, printed_house = _printed(page, site, stated)
    if people := printed or stated or _listed(page, site):
        return people
    if is_house_an_author(page):
        return stated_house if stated_house[0].authors else printed_house
    # Where only the outlet or a desk is named, nobody signed; an agency may have, or one word.
    if signed := _signed_by_others(printed_house[0], page.url, site):
        return signed, printed_house[1]
    return Byline(printed_house[0].text, (), printed_house[0].credits), printed_house[1]


def is_house_an_author(page: Page) -> bool:
    """Tell whether a page's own outlet, stated as its author, is given as one.

    Outlets in Latin script sign so on purpose ("FOCUS online", "mbl.is": 9 of 130 pages of 88
    outlets, each time where nobody else is named); in other scripts the name is what the content
    system fills in where a page prints none (NHK; also 2 Japanese pages of those 130, whose
    answers keep it).
    """
    return is_latin(_shown(page))


def is_latin(text: str) -> bool:
    """Tell whether a text is written in Latin letters for the most part.

    >>> is_latin("Ein Hafen"), is_latin("港の橋 NEWS")
    (True, False)
    """
    return len(LATIN.findall(text)) > 2 * len(OTHER_SCRIPTS.findall(text))


def _shown(page: Page) -> str:
    """Return the first letters of what the page calls itself."""
    headline = page.article.get("headline")
    named = page.meta("og:title") or (headline if isinstance(headline, str) else "")
    return (named or page.tree.findtext(".//title") or page.meta("description"))[:SHOWN_CHARS]


def _signed_by_others(byline: Byline, url: str, site: tuple[str, ...]) -> Byline | None:
    """Return a byline without the outlet's own name and its desks'; None if nobody is left."""
    organisations = {credit.name for credit in byline.credits if credit.kind == "organisation"}
    names = tuple(
        name
        for name in byline.authors
        if is_agency(name) or not (name in organisations or is_house(name, url, *site))
    )
    return Byline(byline.text, names, byline.credits) if names else None


def _stated(page: Page, site: tuple[str, ...]) -> tuple[Found | None, Found]:
    """Return what the page states of people, and of others: outlets, agencies, mere initials."""
    linked = page.article.get("author") or page.article.get("creator")
    micro = page.micro.get("author") or page.micro.get("creator")
    sources: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("json-ld", lambda: _stated_names(linked)),
        ("microdata", lambda: _stated_names(micro)),
        ("meta author", lambda: [*page.all_metas(*AUTHOR_METAS), *_labelled(page)]),
    )
    house = NOTHING
    for source, credits in sources:
        byline = joined(read_byline(text, *site) for text in credits())
        people = people_of(byline, page.url, *site)
        # Once the outlet is named, only what is surely a person's name says more.
        if any(is_whole_name(name) for name in people):
            return (_without_house(byline, page, site), source), house
        if byline.authors and not house[0].authors:
            house = byline, source
    return None, house


def _stated_names(value: Any) -> list[str]:
    """Return the names of a statement, also out of lists within lists."""
    items = value if isinstance(value, list) else [value]
    flat = [
        inner
        for item in items[:STATED_MAX]
        for inner in (item if isinstance(item, list) else [item])
    ]
    return texts(flat)


def _without_house(byline: Byline, page: Page, site: tuple[str, ...]) -> Byline:
    if is_house_an_author(page):
        return byline
    people = people_of(byline, page.url, *site)
    return Byline(byline.text, people, byline.credits)


def _printed(page: Page, site: tuple[str, ...], stated: Found | None) -> tuple[Found | None, Found]:
    """Return the printed credit of people that is to be believed, and one of others.

    Where people are stated, only what is printed near the headline can gainsay it.
    """
    house, near_only = NOTHING, stated is not None and is_latin(_shown(page))
    for text, place in printed_credits(page.tree, near_only=near_only):
        byline = read_byline(text, *site)
        people = people_of(byline, page.url, *site)
        found = Byline(byline.text, people or byline.authors, byline.credits), "visible byline"
        if people and all(is_whole_name(n) and is_well_formed(n) for n in people):
            return (found if not stated or _overrules(people, stated[0].authors) else None), house
        is_plausible = all(is_well_formed(n) or is_organisation(n) for n in byline.authors)
        if byline.authors and is_plausible and not house[0].authors:
            house = _without_agencies(found) if place == "end" else found
    return None, house


def _without_agencies(found: Found) -> Found:
    """Return a credit from a text's last line without the agencies among its authors.

    There an agency is named as the source; near the headline, or in a dateline, it signs.
    """
    byline, source = found
    names = tuple(name for name in byline.authors if not is_agency(name))
    return Byline(byline.text, names, byline.credits), source


def _overrules(printed: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    """Tell whether printed names correct the stated ones: others altogether, or more."""
    seen, said = ([_folded(name) for name in names] for names in (printed, stated))
    if any(name.isupper() for name in printed) and not any(name.isupper() for name in stated):
        return False
    shared = [name for name in said if any(name in other or other in name for other in seen)]
    return not shared or (len(seen) > len(said) and set(said) < set(seen))


def _listed(page: Page, site: tuple[str, ...]) -> Found | None:
    listed = page.hints.candidate.byline if page.hints.candidate else ""
    byline = read_byline(listed, *site)
    return (byline, "listing") if people_of(byline, page.url, *site) else None


def people_of(byline: Byline, url: str, *house_names: str) -> tuple[str, ...]:
    """Return the authors of a byline that are people, not the outlet itself nor an agency."""
    kinds = {credit.name: credit.kind for credit in byline.credits}
    return tuple(
        name
        for name in byline.authors
        if kinds.get(name) != "organisation" and not is_house(name, url, *house_names)
    )


def is_whole_name(name: str) -> bool:
    """Tell whether a name says who it is: initials, nicknames and accounts do not.

    Where names are written with a space, one word alone is more often a place or a nickname.

    >>> is_whole_name("Ana Sol"), is_whole_name("王小明"), is_whole_name("hosb")
    (True, True, False)
    """
    return " " in name or UNSPACED_NAME.search(name) is not None


def is_house(name: str, url: str, *house_names: str) -> bool:
    """Tell whether an author is the outlet itself, one of its desks or an agency.

    >>> is_house("The Post", "https://post.example/a", "The Post"), is_house("AFP", "")
    (True, True)
    """
    return (
        is_agency(name)
        or is_desk(name)
        or is_own_name(name, url, *house_names)
        or any(len(house) > 3 and _folded(name).startswith(_folded(house)) for house in house_names)
    )


def is_own_name(name: str, url: str, *house_names: str) -> bool:
    """Tell whether a name is the outlet's own, or a part of it.

    >>> is_own_name("mbl.is", "https://www.mbl.is/a"), is_own_name("Ana Sol", "https://post.example")
    (True, False)
    """
    folded = _folded(name)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    first = _folded(name.split(maxsplit=1)[0]) if name.strip() else ""
    return (
        (len(folded) > 2 and folded in _folded(host))
        or (len(first) > 2 and first in host.split(".")[:-1])
        or any(len(folded) > 2 and folded in _folded(house) for house in house_names)
        or (folded != "" and any(folded == _folded(house) for house in house_names))
    )


def house_names(page: Page) -> tuple[str, ...]:
    """Return what the outlet calls itself: in the hints, og:site_name, as publisher."""
    publishers = texts(page.article.get("publisher") or page.micro.get("publisher"))
    owner = COPYRIGHT.match(page.meta("copyright"))
    owners = (owner["owner"],) if owner else ()
    names = (page.hints.site_name, page.meta("og:site_name"), *publishers[:3], *owners)
    return tuple(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=FOLDED_KEPT)
def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if unicodedata.category(c)[0] in "LN")


def _labelled(page: Page) -> list[str]:
    """Return authors as WordPress plugins state them for sharing: a label and a value."""
    pairs = [(page.meta(f"twitter:label{n}"), page.meta(f"twitter:data{n}")) for n in (1, 2)]
    return [value for label, value in pairs if WRITTEN_BY.fullmatch(label)]


def joined(bylines: Iterable[Byline]) -> Byline:
    """Return several credits as one: their texts in a row, each author once."""
    found = [byline for byline in bylines if byline.credits or byline.authors]
    authors = {name.casefold(): name for b in reversed(found) for name in reversed(b.authors)}
    names = dict.fromkeys(authors[name.casefold()] for b in found for name in b.authors)
    credits: dict[str, Credit] = {}
    for credit in (credit for byline in found for credit in byline.credits):
        credits.setdefault(credit.name.casefold(), credit)
    text = ", ".join(dict.fromkeys(b.text for b in found))
    return Byline(
        text[:BYLINE_MAX_CHARS].rstrip(),
        tuple(names)[:AUTHORS_MAX],
        tuple(credits.values())[: AUTHORS_MAX * 2],
    )
