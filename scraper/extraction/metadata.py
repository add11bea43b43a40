"""Section, tags, image, description, paywall, canonical: field by field, by trust in the source."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.extraction.linked_data import texts, types_of
from scraper.extraction.page import (
    NAME_MAX_CHARS,
    NAMES_KEPT,
    Page,
    absolute,
    is_elsewhere,
    one_line,
    text_of,
)
from scraper.extraction.pictures import captions, find_lead
from scraper.extraction.topics import find_topics

SECTION_MAX_CHARS = 80
DESCRIPTION_MAX_CHARS = 2_000
CRUMBS_MAX = 10
CRUMB_MAX_CHARS = 40
LABELS_MAX = 1_500  # elements searched for a section's name

PAYWALL_METAS = (
    "article:content_tier",
    "content_tier",
    "og:article:content_tier",
    "paywall",
    "access_tier",
)
LOCKED = {
    "locked",
    "metered",
    "premium",
    "subscriber",
    "subscribers",
    "paid",
    "true",
    "yes",
    "hard",
    "registration",
}
FREE = {"free", "false", "no", "public", "none", "open"}
SECTION_LABEL = re.compile(
    r"(?:^|[\s_-])(?:category|categoria|kategorie|rubri(?:c|k|que)a?|genre|section-?(?:name|label))(?:$|[\s_-])",
    re.IGNORECASE,
)
BREADCRUMB = re.compile(r"bread-?crumb", re.IGNORECASE)
CRUMB_NAMES = ("class", "aria-label")
HOME_CRUMBS = re.compile(
    r"home(?:page)?|start(?:seite)?|accueil|inicio|início|главная|ホーム|トップ|top|首页|首頁|홈|หน้าแรก|الرئيسية|ראשי|בית|news|nachrichten",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Metadata:
    """The fields of this station, and the source of each that was found."""

    section: str = ""
    tags: tuple[str, ...] = ()
    image_url: str = ""
    image_caption: str = ""
    description: str = ""
    is_paywalled: bool | None = None
    canonical: str = ""
    field_sources: dict[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Return the fields that go into the record as they are."""
        names = ("section", "tags", "image_url", "image_caption", "description", "is_paywalled")
        return {name: getattr(self, name) for name in names}


def find_metadata(page: Page) -> Metadata:
    """Return what a page says of itself beside title, byline, dates and language."""
    found = Metadata()
    lead = find_lead(page)
    for name, claims in (
        ("section", _sections(page)),
        ("tags", find_topics(page)),
        ("image_url", iter([(lead.url, lead.source)])),
        ("image_caption", captions(page, lead)),
        ("description", _descriptions(page)),
        ("is_paywalled", _paywalls(page)),
        ("canonical", _canonicals(page)),
    ):
        value, source = next(((v, s) for v, s in claims if v not in ("", (), None)), (None, ""))
        if value is not None:
            setattr(found, name, value)
            found.field_sources["url" if name == "canonical" else name] = source
    return found


def _sections(page: Page) -> Iterator[tuple[str, str]]:
    for node, source in page.statements():
        for text in reversed(texts(node.get("articleSection"), limit=3)):
            yield one_line(text, SECTION_MAX_CHARS), f"{source} articleSection"
    for name in (
        "article:section",
        "og:article:section",
        "section",
        "parsely-section",
        "cxenseparse:section",
        "dc.subject.section",
        "category",
    ):
        yield one_line(page.meta(name), SECTION_MAX_CHARS), f"meta {name}"
    yield from ((crumb, "json-ld breadcrumb") for crumb in _linked_crumbs(page))
    yield from ((crumb, "breadcrumb") for crumb in _visible_crumbs(page))
    yield _section_label(page), "section label"
    if page.hints.candidate:
        yield one_line(page.hints.candidate.section, SECTION_MAX_CHARS), "listing"


def _linked_crumbs(page: Page) -> list[str]:
    for node in page.nodes:
        if "BreadcrumbList" in types_of(node):
            items = node.get("itemListElement")
            items = items if isinstance(items, list) else []
            names = [
                n
                for i in items[:CRUMBS_MAX]
                for n in texts([i], limit=1) or texts([_item(i)], limit=1)
            ]
            return _useful_crumbs(names, page)
    return []


def _item(crumb: Any) -> Any:
    return crumb.get("item") if isinstance(crumb, dict) else None


def _visible_crumbs(page: Page) -> list[str]:
    for box in page.tree.iter("nav", "ol", "ul", "div"):
        if any(_names_crumbs((box.get(key) or "")[:NAME_MAX_CHARS]) for key in CRUMB_NAMES):
            names = [
                text_of(a, SECTION_MAX_CHARS)
                for a, _ in zip(box.iter("a"), range(CRUMBS_MAX), strict=False)
            ]
            return _useful_crumbs(names, page)
    return []


@lru_cache(maxsize=NAMES_KEPT)
def _names_crumbs(name: str) -> bool:
    return BREADCRUMB.search(name) is not None


def _section_label(page: Page) -> str:
    """Return the section that stands beside the headline, the one nearest before it first."""
    label = ""
    for element in islice(page.tree.iter("h1", "p", "span", "div", "a", "li"), LABELS_MAX):
        if element.tag == "h1" and label:
            break
        if not _names_section((element.get("class") or "")[:NAME_MAX_CHARS]):
            continue
        text = text_of(element, CRUMB_MAX_CHARS + 1)
        if text and len(text) <= CRUMB_MAX_CHARS and not _is_menu(element):
            label = text
    return label


@lru_cache(maxsize=NAMES_KEPT)
def _names_section(name: str) -> bool:
    return SECTION_LABEL.search(name) is not None


def _is_menu(element: HtmlElement) -> bool:
    if is_elsewhere(element) or len(element.findall(".//a")) > 1:
        return True
    return any(
        box.tag == "header" and box.find(".//nav") is not None for box in element.iterancestors()
    )


def _useful_crumbs(names: Iterable[str], page: Page) -> list[str]:
    """Return the crumb nearest the article: not the home page, not the headline itself."""
    title = page.meta("og:title").casefold()
    useful = [
        one_line(name, SECTION_MAX_CHARS)
        for name in names
        if not HOME_CRUMBS.fullmatch(name.strip())
        and name.casefold() not in title
        and len(name) <= CRUMB_MAX_CHARS
    ]
    return useful[-1:]


def _descriptions(page: Page) -> Iterator[tuple[str, str]]:
    for node, source in page.statements():
        for text in texts(node.get("description"), limit=1):
            yield one_line(text, DESCRIPTION_MAX_CHARS), f"{source} description"
    for name in (
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
        "dcterms.abstract",
    ):
        yield one_line(page.meta(name), DESCRIPTION_MAX_CHARS), f"meta {name}"
    if page.hints.candidate:
        yield one_line(page.hints.candidate.description, DESCRIPTION_MAX_CHARS), "listing"


def _paywalls(page: Page) -> Iterator[tuple[bool | None, str]]:
    for node, source in page.statements():
        yield (
            _truth(node.get("isAccessibleForFree"), inverted=True),
            f"{source} isAccessibleForFree",
        )
        part = node.get("hasPart")
        for item in part if isinstance(part, list) else [part]:
            if isinstance(item, dict) and _truth(item.get("isAccessibleForFree"), inverted=True):
                yield True, f"{source} hasPart"
    for name in PAYWALL_METAS:
        yield _truth(page.meta(name)), f"meta {name}"


def _truth(value: Any, *, inverted: bool = False) -> bool | None:
    """Read a flag as outlets write it; None when it says neither.

    >>> _truth("http://schema.org/False", inverted=True), _truth("metered"), _truth("maybe")
    (True, True, None)
    """
    value = value[0] if isinstance(value, list) and value else value
    word = str(value).strip().rpartition("/")[2].lower() if isinstance(value, str | bool) else ""
    if word in FREE:
        return inverted and word in ("false", "no")
    if word in LOCKED:
        return not (inverted and word in ("true", "yes"))
    return None


def _canonicals(page: Page) -> Iterator[tuple[str, str]]:
    for link in page.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield absolute(link.get("href"), page), "link canonical"
    yield absolute(page.meta("og:url"), page), "meta og:url"
