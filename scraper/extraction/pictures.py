"""The lead image and its caption: the picture that opens an article, as the page shows it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml.html import HtmlElement

from scraper.extraction.linked_data import Node, texts
from scraper.extraction.page import (
    CAPTION_MAX_CHARS,
    Page,
    absolute,
    is_elsewhere,
    is_picture_box,
    one_line,
    picture_boxes,
    text_of,
)

IMAGES_MAX = 40  # of one JSON-LD property
SHOWN_MAX = 100  # img elements looked at
MATCHES_MAX = 8
BOX_DEPTH_MAX = 8  # of an image in the box it shares with its caption
CAPTION_MAX_LINKS = 1  # around the picture; more of them share it
PICTURE_BOXES = {"div", "p", "span", "td", "table", "section"}
IMAGE_MIN_PIXELS = 200  # narrower visible images are icons and portraits
SRCSET_MAX_CHARS = 8_000
SRCSET_MAX = 40
URL_MAX_CHARS = 2_000
SOURCES_MAX = 8
MARKED_MAX = 4  # renditions of a picture whose addresses are taken apart
MARK_MIN_CHARS = 5  # of a part of an address that tells one picture from another
STEM_MIN_CHARS = 8
COMMON_MIN_IMAGES = 4  # what stands in the addresses of so many pictures tells none
ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "src")
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
METAS = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
    "sailthru.image.full",
)
CAPTION_CLASS = re.compile(r"caption|legend|legende|description", re.IGNORECASE)
NO_PICTURE = re.compile(  # in lower case, which takes half the time of ignoring case
    r"logo|placeholder|\.svg(?:$|\?)|^data:|default[-_]?(?:image|share|og)"
    r"|(?:^|[/_.=-])(?:spacer|pixel|(?:bl|gr)?avatars?|icons?|blank|transparent|loading|loader)(?=[/_.-]|$)"
)
# One of these stands in every address that NO_PICTURE finds; most have none.
NO_PICTURE_SEEDS = (
    "logo", "placeholder", ".svg", "data:", "default", "spacer", "pixel", "avatar", "icon", "blank",
    "transparent", "load",
)  # fmt: skip
RENDITION = re.compile(
    r"[-_@]?\d{2,4}x\d{2,4}$|-scaled$|[-_](?:w|h|s)?\d{2,4}$|-e\d{8,14}", re.IGNORECASE
)
NUMBER = re.compile(r"\d{5,20}")
DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?")  # in the paths of every picture
SIZE = re.compile(r"[a-z]{0,3}\d{1,4}(?:[a-z]{1,2}\d{0,4}){0,2}")  # "w1200", "640x480", "16x9"
CANDIDATE = re.compile(r"(\S{0,2000}[^\s,])(?:\s{1,20}(\d{1,5}(?:\.\d{1,3})?)[wx])?\s{0,20}(?:,|$)")


class Picture(NamedTuple):
    """One image that a page shows.

    Attributes:
        element: the img element.
        urls: some of its addresses, enough to know it by.
    """

    element: HtmlElement
    urls: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it is no icon and no portrait, as far as it says; "100%" says nothing."""
        width = self.element.get("width") or ""
        return not width.strip().isdecimal() or _number(width) >= IMAGE_MIN_PIXELS


class Lead(NamedTuple):
    """The picture that opens an article, "" when there is none."""

    url: str = ""
    source: str = ""
    element: HtmlElement | None = None


def find_lead(page: Page) -> Lead:
    """Return a page's lead image.

    A page's metadata say which picture it is, often by a crop made for sharing that readers never
    see; its own markup shows it. So the shown rendition of the stated picture counts first, then
    what is stated, then the first picture of the article. On 108 news pages of 75 outlets this
    finds a rendition that the page shows on 0.91, what is stated alone on 0.49.
    """
    stated = [*_stated(page)]
    pictures = [*_pictures(page)]
    for picture in _matching(pictures, [url for url, _ in stated]):
        if url := _widest_of(picture, page):
            return Lead(url, "visible image", picture.element)
    if stated:
        return Lead(*stated[0])
    inside = next((p for p in pictures if p.is_wide and _is_inside(p.element)), None)
    url = _widest_of(inside, page) if inside else ""
    return Lead(url, "visible image", inside.element) if inside and url else Lead()


def _stated(page: Page) -> Iterator[tuple[str, str]]:
    for name in METAS[:3]:
        yield from _usable(page, [page.meta(name)], f"meta {name}")
    for node, source in page.statements():
        sized = sorted(_linked_images(node.get("image")), key=lambda item: -item[0])
        found = sized or _linked_images(node.get("thumbnailUrl"))
        yield from _usable(page, (url for _, url in found), f"{source} image")
    for name in METAS[3:]:
        yield from _usable(page, [page.meta(name)], f"meta {name}")


def _usable(page: Page, urls: Iterable[str], source: str) -> Iterator[tuple[str, str]]:
    for url in urls:
        if url and not _is_no_picture(url) and (full := absolute(url, page)):
            yield full, source


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


def _pictures(page: Page) -> Iterator[Picture]:
    for element in islice(page.tree.iter("img"), SHOWN_MAX):
        addresses = dict.fromkeys(_addresses(element))
        urls = tuple(url for url in addresses if not _is_no_picture(url))
        if urls:
            yield Picture(element, urls)


def _addresses(element: HtmlElement) -> Iterator[str]:
    """Yield an address of each attribute of an img element, without taking sets apart."""
    for name in (*ATTRIBUTES, *SETS):
        yield from (element.get(name) or "")[:URL_MAX_CHARS].split(None, 1)[:1]
    for source in islice(_sources(element), 1):  # what the attributes name may be a placeholder
        yield from (source.get("srcset") or source.get("data-srcset") or "").split(None, 1)[:1]


def _is_no_picture(url: str) -> bool:
    lower = url.lower()
    return any(map(lower.__contains__, NO_PICTURE_SEEDS)) and NO_PICTURE.search(lower) is not None


def _widest_of(picture: Picture, page: Page) -> str:
    urls = (url for url in _renditions(picture.element) if not _is_no_picture(url))
    return absolute(next(urls, ""), page)


def _renditions(element: HtmlElement) -> Iterator[str]:
    """Yield the addresses of an img element's file, the widest first."""
    for name in SETS:
        yield from widest(element.get(name) or "")
    for name in ATTRIBUTES:
        if url := (element.get(name) or "").strip():
            yield url[:URL_MAX_CHARS]
    for source in _sources(element):
        yield from widest(source.get("srcset") or source.get("data-srcset") or "")


def _sources(element: HtmlElement) -> Iterator[HtmlElement]:
    box = element.getparent()
    while box is not None and box.tag == "source":  # HTML's parser nests what has no end tag
        box = box.getparent()
    if box is not None and box.tag == "picture":
        yield from islice(box.iter("source"), SOURCES_MAX)


def widest(srcset: str) -> list[str]:
    """Return the addresses of a srcset, the widest first.

    >>> widest("/s.jpg 320w,https://i.example/l,c_fit.jpg 1200w")
    ['https://i.example/l,c_fit.jpg', '/s.jpg']
    """
    found = islice(CANDIDATE.finditer(srcset[:SRCSET_MAX_CHARS]), SRCSET_MAX)
    sized = [(float(match.group(2) or 1), match.group(1)) for match in found]
    return [url for _, url in sorted(sized, key=lambda item: -item[0])]


def _matching(pictures: list[Picture], stated: list[str]) -> list[Picture]:
    """Return the shown pictures that are one of the stated, those within the article first."""
    wanted = set().union(*(_marks(url) for url in stated))
    if not wanted:
        return []
    shown = [_plain(" ".join(picture.urls[:MARKED_MAX])) for picture in pictures]
    held = [{mark for mark in wanted if _holds(text, mark)} for text in shown]
    counted = Counter(mark for found in held for mark in found)
    telling = {mark for mark in wanted if counted[mark] <= COMMON_MIN_IMAGES}
    same = [p for p, found in zip(pictures, held, strict=True) if found & telling][:MATCHES_MAX]
    return sorted(same, key=lambda picture: is_elsewhere(picture.element))


def _plain(addresses: str) -> str:
    return unquote(unquote(addresses)).lower()


def _holds(addresses: str, mark: str) -> bool:
    """Tell whether addresses hold a mark, which, if it is a number, is no part of a longer one."""
    found = addresses.find(mark)
    if found < 0 or not mark.isdecimal():
        return found >= 0
    end = found + len(mark)
    return not (addresses[found - 1 : found].isdecimal() or addresses[end : end + 1].isdecimal())


def _marks(url: str) -> set[str]:
    """Return the parts of an image's address that its renditions share: its file name and numbers.

    >>> sorted(_marks("https://i.dale.example/rs:fill:750/photos/2026/4f1c09be77/pier-at-dawn.jpg"))
    ['4f1c09be77', 'pier-at-dawn']
    """
    path = _plain(url[:URL_MAX_CHARS]).rpartition("://")[2].partition("/")[2]
    found = {
        part
        for part in re.split(r"[^0-9a-z\u00e0-\uffff]+", path)
        if len(part) >= MARK_MIN_CHARS
        and any(c.isdigit() for c in part)
        and not SIZE.fullmatch(part)
    }
    found.update(run for run in NUMBER.findall(path) if not DAY.fullmatch(run))
    stem = path.partition("?")[0].rpartition("/")[2].rpartition(".")[0]
    stem = RENDITION.sub("", RENDITION.sub("", stem))
    return found | {part for part in (stem, *stem.split("_")) if len(part) >= STEM_MIN_CHARS}


def _is_inside(element: HtmlElement) -> bool:
    boxes = {box.tag for box in element.iterancestors()}
    return bool(boxes & {"article", "main", "figure"}) and not is_elsewhere(element)


def captions(page: Page, lead: Lead) -> Iterator[tuple[str, str]]:
    """Yield captions of the lead image with their sources, the likeliest first.

    Those of its own figure; where the page does not show it, those of the first figure.
    """
    for box in islice(_boxes(page, lead), 1):
        named = (e for e in box.iter() if CAPTION_CLASS.search(str(e.get("class") or "")))
        caption = next(chain(box.iter("figcaption"), named), None)
        if caption is not None and caption is not box:
            yield text_of(caption, CAPTION_MAX_CHARS), "figcaption"
        if len(box.findall(".//a")) <= CAPTION_MAX_LINKS:
            yield text_of(box, CAPTION_MAX_CHARS), "visible caption"
    for node, source in page.statements():
        yield _linked_caption(node), f"{source} caption"
    alt = page.meta("og:image:alt", "twitter:image:alt")
    yield one_line(alt, CAPTION_MAX_CHARS), "meta og:image:alt"
    if lead.element is not None:
        yield one_line(lead.element.get("alt") or "", CAPTION_MAX_CHARS), "image alt"


def _boxes(page: Page, lead: Lead) -> Iterator[HtmlElement]:
    if lead.element is None:
        yield from picture_boxes(next(page.tree.iter("article", "main"), page.tree))
        return
    around = [*islice(lead.element.iterancestors(), BOX_DEPTH_MAX)]
    yield from (box for box in around if box.tag == "figure")
    for box in around:
        if box.tag in PICTURE_BOXES and is_picture_box(box) and text_of(box, CAPTION_MAX_CHARS):
            yield box


def _linked_caption(node: Node) -> str:
    image = node.get("image")
    image = image[0] if isinstance(image, list) and image else image
    if not isinstance(image, dict):
        return ""
    told = texts(image.get("caption") or image.get("description"), limit=1)
    return one_line(" ".join(told), CAPTION_MAX_CHARS)
