"""An article's topics, as its keywords and the links that show them say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page, after_heading, is_elsewhere, one_line, text_of
from scraper.extraction.title.site_names import key, site_keys
from scraper.extraction.topic_words import (
    CODE,
    GENERIC,
    MORE,
    NAVIGATION,
    SHARING,
    TAG_BOX,
    TAG_PATH,
)

TAGS_MAX = 40
TAG_MAX_CHARS = 80
LINKS_MAX = 600  # of a page below its headline, looked at for topics
NAMED_DEPTH_MAX = 4  # of a link in a box named for tags
NAMES_KEPT = 512  # class names met on one page, again and again
NAMED_MAX_CHARS = 1_000  # of a box's names that are looked at, and kept
TOPIC_LINKS_MAX = 120
BOX_DEPTH_MAX = 9  # of a link in the box of its like
TAG_MAX_WORDS = 6  # more are headlines
SHARED_MIN = 4  # keywords that are hardly in the headline or description are the site's own:
TOLD_SHARE = 6  # fewer than one in six
SLUG_MIN_CHARS = 16
SLUG_WORDS = 4
SPLIT = re.compile(r"[,;、，،؛|]")
CAPITALS = re.compile(r"[A-Z]{2,8}\d{0,3}")
NUMBERED = re.compile(r"^\(\d{1,3}\)\s{0,3}")


def find_topics(page: Page) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the topics of an article with their sources, the likeliest first.

    Keywords of the structured data, `article:tag`, `news_keywords`; then, before `keywords`, which
    many outlets fill with the same words on every page, nothing that is not about this article.
    """
    sites = frozenset(name for name in site_keys(page) if len(name) > 3 or not name.isascii())
    slug = key(urlsplit(page.url).path)
    section = {key(text) for text in texts(page.article.get("articleSection"), limit=4)}
    title = key(page.meta("og:title"))
    told = key(" ".join((page.meta("og:title"), page.meta("og:description", "description"))))
    late: list[tuple[tuple[str, ...], str]] = []
    for values, source in _sources(page):
        tags = tuple(
            tag for tag in split_tags(values) if not _is_foreign(tag, sites) and key(tag) != title
        )
        if _is_slug(tags, slug) or _is_coded(tags):
            continue
        if all(key(tag) in section for tag in tags):
            late.append((tags, source))
            continue
        about = sum(1 for tag in tags if key(tag) in told)
        if source == "meta keywords" and len(tags) >= SHARED_MIN and about * TOLD_SHARE < len(tags):
            continue
        yield tags, source
    yield from late


def _sources(page: Page) -> Iterator[tuple[list[str], str]]:
    for node, source in page.statements():
        yield texts(node.get("keywords"), limit=TAGS_MAX), f"{source} keywords"
    yield page.all_metas("article:tag", "og:article:tag"), "meta article:tag"
    yield page.all_metas("news_keywords"), "meta news_keywords"
    yield page.all_metas("keywords"), "meta keywords"
    yield page.all_metas("parsely-tags", "sailthru.tags", "cxenseparse:tags"), "meta parsely-tags"
    yield shown_topics(page.tree), "visible tags"


def _is_foreign(tag: str, sites: frozenset[str]) -> bool:
    """Tell whether a keyword is the site's name, a code, or said of all news."""
    return bool(GENERIC.fullmatch(tag) or CODE.fullmatch(tag)) or key(tag) in sites


def _is_slug(tags: tuple[str, ...], slug: str) -> bool:
    """Tell whether keywords are no more than the words of the address."""
    words = [key(tag) for tag in tags]
    return len("".join(words)) >= SLUG_MIN_CHARS and "".join(words[:SLUG_WORDS]) in slug


def _is_coded(tags: tuple[str, ...]) -> bool:
    """Tell whether most keywords are the codes of an agency: "INDG08", "AERO"."""
    return 2 * sum(1 for tag in tags if CAPITALS.fullmatch(tag)) > max(len(tags), 3)


def split_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return tags, each once, from values that may hold several.

    >>> split_tags(["Iran, Israel", "Iran"]), split_tags(["停戦、外交"])
    (('Iran', 'Israel'), ('停戦', '外交'))
    """
    pieces = [piece for value in values for piece in SPLIT.split(value)]
    clean = (
        NUMBERED.sub("", one_line(piece, TAG_MAX_CHARS + 1).strip("#＃ \"'")) for piece in pieces
    )
    unique = {
        tag.casefold(): tag for tag in clean if 1 < len(tag) <= TAG_MAX_CHARS and "://" not in tag
    }
    return tuple(unique.values())[:TAGS_MAX]


def shown_topics(tree: HtmlElement) -> list[str]:
    """Return the texts of the links that show an article's topics, [] if it shows none.

    Links below the headline that say so (`rel=tag`, the path of a topic's page) or stand in a box
    named for tags; of several boxes of them the one with most.
    """
    links = [*islice(_topic_links(tree), TOPIC_LINKS_MAX)]
    counted = Counter(box for link in links for box in islice(link.iterancestors(), BOX_DEPTH_MAX))
    found: dict[HtmlElement, list[str]] = {}
    for link in links:
        around = islice(link.iterancestors(), BOX_DEPTH_MAX)
        box = next((box for box in around if counted[box] > 1), link.getparent())
        text = text_of(link, TAG_MAX_CHARS + 1)
        if text and not MORE.fullmatch(text):
            found.setdefault(box, []).append(text)
    for box in sorted(found, key=lambda box: -len(found[box])):
        short = all(len(text.split()) <= TAG_MAX_WORDS for text in found[box])
        if short and not _is_navigation(box):
            return found[box]
    return []


def _topic_links(tree: HtmlElement) -> Iterator[HtmlElement]:
    known: dict[HtmlElement, bool] = {}
    for link in islice(after_heading(tree, "a"), LINKS_MAX):
        if SHARING.search(link.get("href") or "#"):
            continue
        told = "tag" in (link.get("rel") or "").split() or TAG_PATH.search(link.get("href") or "")
        if told or _is_boxed(link.getparent(), known, NAMED_DEPTH_MAX):
            yield link


def _is_boxed(box: HtmlElement | None, known: dict[HtmlElement, bool], depth: int) -> bool:
    if box is None or depth == 0:
        return False
    if box not in known:
        named = _is_tag_box(_named(box))
        known[box] = named or _is_boxed(box.getparent(), known, depth - 1)
    return known[box]


@lru_cache(maxsize=NAMES_KEPT)
def _is_tag_box(name: str) -> bool:
    return TAG_BOX.search(name) is not None


def _named(box: HtmlElement) -> str:
    names = (box.get("class"), box.get("id"), box.get("data-testid"), box.get("data-component"))
    return " ".join(name[:NAMED_MAX_CHARS] for name in names if name)[:NAMED_MAX_CHARS]


def _is_navigation(box: HtmlElement) -> bool:
    around = [box, *islice(box.iterancestors(), BOX_DEPTH_MAX)]
    if any(_is_tag_box(_named(near)) for near in around[:3]):
        return any(near.tag in ("header", "footer") for near in around)
    return is_elsewhere(box) or any(
        near.tag == "header" or NAVIGATION.search(_named(near)) for near in around
    )
