"""Section, tags, image, description, paywall, canonical: field by field, by trust in the source."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from lxml.html import HtmlElement

from scraper.extraction.linked_data import Node, texts, types_of
from scraper.extraction.page import (
    CAPTION_MAX_CHARS,
    Page,
    absolute,
    one_line,
    picture_boxes,
    text_of,
)

TAGS_MAX = 40
TAG_MAX_CHARS = 80
SECTION_MAX_CHARS = 80
DESCRIPTION_MAX_CHARS = 2_000
IMAGES_MAX = 40
CRUMBS_MAX = 10
IMAGE_MIN_PIXELS = 200  # narrower visible images are icons and portraits

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
CAPTION_CLASS = re.compile(r"caption|legend|legende|description", re.IGNORECASE)
NO_PICTURE = re.compile(
    r"logo|placeholder|spacer|pixel|avatar|icon|blank|default[-_]?(?:image|share|og)|\.svg(?:$|\?)|^data:",
    re.IGNORECASE,
)
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
    for name, claims in (
        ("section", _sections(page)),
        ("tags", _tags(page)),
        ("image_url", _images(page)),
        ("image_caption", _captions(page)),
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
    for node, source in _statements(page):
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
        if re.search(
            r"bread-?crumb",
            f"{box.get('class') or ''} {box.get('aria-label') or ''}",
            re.IGNORECASE,
        ):
            names = [
                text_of(a, SECTION_MAX_CHARS)
                for a, _ in zip(box.iter("a"), range(CRUMBS_MAX), strict=False)
            ]
            return _useful_crumbs(names, page)
    return []


def _useful_crumbs(names: Iterable[str], page: Page) -> list[str]:
    """Return the crumb nearest the article: not the home page, not the headline itself."""
    title = page.meta("og:title").casefold()
    useful = [
        one_line(name, SECTION_MAX_CHARS)
        for name in names
        if not HOME_CRUMBS.fullmatch(name.strip())
        and name.casefold() not in title
        and len(name) <= 40
    ]
    return useful[-1:]


def _tags(page: Page) -> Iterator[tuple[tuple[str, ...], str]]:
    for node, source in _statements(page):
        yield split_tags(texts(node.get("keywords"), limit=TAGS_MAX)), f"{source} keywords"
    for names in (
        ("article:tag", "og:article:tag"),
        ("news_keywords",),
        ("keywords",),
        ("parsely-tags", "sailthru.tags", "cxenseparse:tags"),
    ):
        yield split_tags(page.all_metas(*names)), f"meta {names[0]}"
    links = [
        text_of(a, TAG_MAX_CHARS)
        for a in page.tree.iter("a")
        if "tag" in (a.get("rel") or "").split()
    ]
    yield split_tags(links), "visible tags"


def split_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return tags, each once, from values that may hold several.

    >>> split_tags(["Iran, Israel", "Iran"]), split_tags(["停戦、外交"])
    (('Iran', 'Israel'), ('停戦', '外交'))
    """
    pieces = [piece for value in values for piece in re.split(r"[,;、，،؛|]", value)]
    clean = (one_line(piece, TAG_MAX_CHARS + 1).strip("#＃ \"'") for piece in pieces)
    unique = {
        tag.casefold(): tag for tag in clean if 1 < len(tag) <= TAG_MAX_CHARS and "://" not in tag
    }
    return tuple(unique.values())[:TAGS_MAX]


def _images(page: Page) -> Iterator[tuple[str, str]]:
    for name in ("og:image:secure_url", "og:image", "og:image:url"):
        yield _picture(page, page.meta(name)), f"meta {name}"
    for node, source in _statements(page):
        sized = sorted(_linked_images(node.get("image")), key=lambda item: -item[0])
        for _, url in sized or _linked_images(node.get("thumbnailUrl")):
            yield _picture(page, url), f"{source} image"
    for name in ("twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full"):
        yield _picture(page, page.meta(name)), f"meta {name}"
    for image in _visible_images(page.tree):
        yield _picture(page, image.get("data-src") or image.get("src") or ""), "visible image"


def _picture(page: Page, url: str) -> str:
    return "" if not url or NO_PICTURE.search(url) else absolute(url, page)


def _linked_images(value: Any) -> list[tuple[int, str]]:
    items = value if isinstance(value, list) else [value]
    found: list[tuple[int, str]] = []
    for item in items[:IMAGES_MAX]:
        if isinstance(item, str):
            found.append((0, item))
        elif isinstance(item, dict):
            urls = texts(
                item.get("url") or item.get("contentUrl") or item.get("@id"), ("@id", "url"), 1
            )
            found.extend((_number(item.get("width")), url) for url in urls)
    return found


def _number(value: Any) -> int:
    value = value.get("value") if isinstance(value, dict) else value
    digits = re.match(r"\d{1,6}", str(value or ""))
    return int(digits.group()) if digits else 0


def _visible_images(tree: HtmlElement) -> Iterator[HtmlElement]:
    for scope in tree.iter("article", "main", "figure"):
        for image, _ in zip(scope.iter("img"), range(IMAGES_MAX), strict=False):
            if _number(image.get("width") or IMAGE_MIN_PIXELS) >= IMAGE_MIN_PIXELS:
                yield image


def _captions(page: Page) -> Iterator[tuple[str, str]]:
    scope = next(page.tree.iter("article", "main"), page.tree)
    for box in islice(picture_boxes(scope), 1):
        named = (e for e in box.iter() if CAPTION_CLASS.search(str(e.get("class") or "")))
        caption = next(chain(box.iter("figcaption"), named), None)
        if caption is not None and caption is not box:
            yield text_of(caption, CAPTION_MAX_CHARS), "figcaption"
        yield text_of(box, CAPTION_MAX_CHARS), "visible caption"
    for node, source in _statements(page):
        image = node.get("image")
        image = image[0] if isinstance(image, list) and image else image
        if isinstance(image, dict):
            yield (
                one_line(
                    " ".join(texts(image.get("caption") or image.get("description"), limit=1)),
                    CAPTION_MAX_CHARS,
                ),
                f"{source} caption",
            )
    alt = page.meta("og:image:alt", "twitter:image:alt")
    yield one_line(alt, CAPTION_MAX_CHARS), "meta og:image:alt"
    for image, _ in zip(_visible_images(page.tree), range(1), strict=False):
        yield one_line(image.get("alt") or "", CAPTION_MAX_CHARS), "image alt"


def _descriptions(page: Page) -> Iterator[tuple[str, str]]:
    for node, source in _statements(page):
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
    for node, source in _statements(page):
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


def _statements(page: Page) -> Iterator[tuple[Node, str]]:
    if page.article:
        yield page.article, "json-ld"
    if page.micro:
        yield page.micro, "microdata"
