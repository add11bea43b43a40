"""An outlet's home page in, what it says of the outlet and where it leads out; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from scraper.characters import on_one_line
from scraper.discovery.decoding import html_text, root_name
from scraper.discovery.feeds import FEED_ROOTS
from scraper.discovery.fields import TITLE_MAX_CHARS
from scraper.discovery.mastheads import Masthead, read_masthead
from scraper.discovery.sections import (
    CHROME,
    SECTION_MAX_BYTES,
    html_tree,
)
from scraper.discovery.world_words import EVERYWHERE, PLAIN, plain_word, world_words
from scraper.errors import ListingUnreadable
from scraper.urls import canonical_url, http_url, is_home_page, looks_like_article, same_site

LINKS_MAX = 40  # of each kind handed on
FRONTS_MAX = 300
ANCHORS_MAX = 5000  # looked at; the longest front pages of real outlets have 1500
SECTION_MAX_DEPTH = 4  # segments in the address of a section
FEED_TYPES = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss|xml)", re.I)
FEED_WORD = re.compile(r"(?<![a-z])(?:rss\d?|feeds?|atom|rdf|xml)(?![a-z])", re.IGNORECASE)
COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|yorum", re.IGNORECASE)
ENDING = re.compile(r"\.(?:\w{2,5})$")
# Sections whose "world" is another: the world of football, business or books.
OTHER_TOPICS = re.compile(
    r"sports?|deportes?|esportes?|football|futbol|soccer|cricket|weather|videos?|podcasts?|tags?|"
    r"business|economy|economia|wirtschaft|culture|kultur|entertainment|travel|photos?|jobs?|blogs?",
    re.IGNORECASE,
)
TEXT_SCORE, ENGLISH_SCORE, PATH_SCORE = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page leads to, and how the page calls it."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a home page, or a section's page, says of its outlet and leads to.

    Args:
        url: its final address.
        masthead: names, languages and countries.
        feeds: those it declares (`<link rel="alternate">`), comments left out.
        feed_links: other links that speak of RSS: feeds, or pages of feeds.
        worlds: links to the section of world news, the likeliest first.
        fronts: pages that its menus lead to, and that are no articles.
        articles: links that look like articles.
        logos: the texts of its links to its own front page.
    """

    url: str
    masthead: Masthead
    feeds: tuple[Link, ...] = ()
    feed_links: tuple[Link, ...] = ()
    worlds: tuple[Link, ...] = ()
    fronts: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    logos: tuple[str, ...] = ()


def read_homepage(
    body: bytes, url: str, *, languages: tuple[str, ...] = (), charset: str = ""
) -> HomePage:
    """Read a home page.

    Args:
        body: the payload, also gzipped.
        url: its final address.
        languages: those it is known to be in; () for what it says itself.
        charset: what the Content-Type header said, "" if nothing.

    Raises:
        ListingUnreadable: there is no HTML in it.
    """
    text = html_text(body, SECTION_MAX_BYTES, charset)
    if root_name(re.sub(r"^\s*<\?xml[^<>]*>\s*", "", text)) in FEED_ROOTS:
        raise ListingUnreadable(url, "it is a feed, not a home page")
    root = html_tree(text) if "<" in text else None
    if root is None or not _is_page(root):
        raise ListingUnreadable(url, "there is no HTML page in it")
    masthead = read_masthead(root, url)
    links = list(_links(root, url))
    return HomePage(
        url=url,
        masthead=masthead,
        feeds=_declared_feeds(root, url),
        feed_links=_feed_links(links, url),
        worlds=_worlds(_others(links, masthead), url, languages or masthead.languages),
        fronts=tuple(_fronts(links, url)),
        articles=tuple(dict.fromkeys(x.url for x, _ in links if seems_article(x.url)))[:FRONTS_MAX],
        logos=tuple(link.text for link, _ in links if link.text and is_home_page(link.url))[
            :LINKS_MAX
        ],
    )


def seems_article(url: str) -> bool:
    """Tell whether an address has the shape of an article's, and is no long word alone.

    >>> seems_article("https://a.example/international"), seems_article("https://a.example/n/123456")
    (False, True)
    """
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return looks_like_article(url) and not (last.isalpha() and not urlsplit(url).query)


def is_world(link: Link, languages: tuple[str, ...], names: tuple[str, ...] = ()) -> bool:
    """Tell whether a feed's or section's address or name says that it is of world news.

    `names` are the outlet's, which do not count: "El Mundo" and "Die Welt" are newspapers, too.

    >>> is_world(Link("https://a.example/rss/internacional.xml"), ("es",))
    True
    """
    words = world_words(languages)
    parts = re.split(r"\s+[-–—:|>»«·]+\s+|\s*[|｜:：>»・]\s*", link.text)
    named = {plain_word(part) for part in parts} - set(map(plain_word, names))
    if not any(plain_word(name) == plain_word(link.text) for name in names):
        named |= {plain_word(word) for word in parts[-1].split()[-1:]}
    return bool(named & (words | PLAIN["en"])) or bool(_path_words(link.url) & (words | EVERYWHERE))


def _is_page(root: Any) -> bool:
    return root.find(".//title") is not None or root.find(".//a[@href]") is not None


def _links(root: Any, url: str) -> Iterator[tuple[Link, bool]]:
    """Yield each address a page links to on its own site, and whether from its menus."""
    base = next((b.get("href") for b in root.iter("base") if b.get("href")), "")
    base = http_url(base, url) or url
    for anchor in islice(root.iter("a"), ANCHORS_MAX):
        href = (anchor.get("href") or "").strip()
        link = http_url(href, base) if href and not href.startswith("#") else ""
        if link and same_site(link, url):
            text = on_one_line("".join(islice(anchor.itertext(), 20))[:TITLE_MAX_CHARS])
            in_menu = any(above.tag in CHROME for above in anchor.iterancestors())
            yield Link(link, text or (anchor.get("title") or "")[:TITLE_MAX_CHARS]), in_menu


def _declared_feeds(root: Any, url: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for element in islice(root.iter("link"), 300):
        kind = element.get("type") or ""
        if "alternate" not in (element.get("rel") or "").lower() or not FEED_TYPES.match(kind):
            continue
        link, title = http_url(element.get("href") or "", url), element.get("title") or ""
        if link and not COMMENTS.search(link) and not COMMENTS.search(title):
            found.setdefault(link, Link(link, on_one_line(title[:TITLE_MAX_CHARS])))
    return tuple(found.values())[:LINKS_MAX]


def _feed_links(links: list[tuple[Link, bool]], url: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link, _ in links:
        parts = urlsplit(link.url)
        named = FEED_WORD.search(f"{parts.hostname} {parts.path} {parts.query}")
        if (named or FEED_WORD.fullmatch(link.text.strip())) and not COMMENTS.search(link.url):
            found.setdefault(link.url, link)
    found.pop(url, None)
    return tuple(found.values())[:LINKS_MAX]


def _others(links: list[tuple[Link, bool]], masthead: Masthead) -> list[tuple[Link, bool]]:
    """Return the links without those that bear the outlet's own name: "El Mundo" may be one."""
    names = {plain_word(name) for name in masthead.names}
    return [(link, in_menu) for link, in_menu in links if plain_word(link.text) not in names]


def _worlds(
    links: list[tuple[Link, bool]], url: str, languages: tuple[str, ...]
) -> tuple[Link, ...]:
    words = world_words(languages)
    own = canonical_url(url)
    scores: dict[str, tuple[int, Link]] = {}
    for link, in_menu in links:
        score = _world_score(link, words)
        if score > 0 and _last_word(link.url) in words | EVERYWHERE:
            link = Link(link.url.partition("?")[0], link.text)  # what follows tells of the menu
        if score <= 0 or (canonical := canonical_url(link.url)) == own:
            continue
        score += in_menu
        if canonical not in scores or scores[canonical][0] < score:
            scores[canonical] = score, link
    best = sorted(scores.values(), key=lambda pair: -pair[0])
    return tuple(link for _, link in best)[:LINKS_MAX]


def _world_score(link: Link, words: frozenset[str]) -> int:
    """Return how surely a link leads to the section of world news, 0 for not at all."""
    called = plain_word(link.text) if len(link.text) < 60 else ""
    score = TEXT_SCORE if called in words else ENGLISH_SCORE if called in PLAIN["en"] else 0
    segments = [s for s in urlsplit(link.url).path.split("/") if s]
    if _last_word(link.url) in words | EVERYWHERE:
        score += PATH_SCORE
    if score and len(segments) > SECTION_MAX_DEPTH:
        score -= 2
    if any(OTHER_TOPICS.fullmatch(segment) for segment in segments):
        score -= TEXT_SCORE
    if score < TEXT_SCORE and seems_article(link.url):
        return 0
    return score


def _last_word(url: str) -> str:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return plain_word(ENDING.sub("", unquote(last)))


def _path_words(url: str) -> set[str]:
    """Return the words of an address that may name a section: segments, their parts, the query."""
    parts = urlsplit(url)
    found: set[str] = set()
    for segment in (*parts.path.split("/"), *re.split("[&=]", parts.query)):
        plain = unquote(segment)
        pieces = re.split(r"[-_.~/]", plain)
        found |= {plain_word(ENDING.sub("", plain)), *(plain_word(p) for p in pieces if len(p) > 3)}
    return found - {""}


def _fronts(links: list[tuple[Link, bool]], url: str) -> Iterator[str]:
    menus = (link.url for link, in_menu in links if in_menu and not seems_article(link.url))
    fronts = dict.fromkeys(link for link in menus if not is_home_page(link) and link != url)
    yield from islice(fronts, FRONTS_MAX)
