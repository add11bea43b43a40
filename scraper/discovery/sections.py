"""Section pages: the HTML front of a topic in, Candidates for the articles it links to out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from lxml import etree

from scraper.characters import on_one_line
from scraper.discovery.decoding import html_text
from scraper.discovery.fields import TITLE_MAX_CHARS, plain_text, read_time
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing
from scraper.urls import (
    canonical_url,
    http_url,
    is_home_page,
    looks_like_article,
    matches_pattern,
    may_be_article,
    same_site,
)

SECTION_MAX_BYTES = 10 * 1024 * 1024
SECTION_MAX_LINKS = 20_000
SECTION_MAX_CANDIDATES = 600
ANCHOR_MAX_TEXTS = 100
CARD_MAX_DEPTH = 12  # how far above a link its card is looked for
# A front of a real outlet has hundreds of links and needs to be told apart by their shape; a page
# with few is a plain list, whose articles may be called anything ("/talks").
PLAIN_LIST_MAX_LINKS = 50

CARDS = frozenset(("article", "li"))
CONTENT = frozenset(("article", "main"))
CHROME = frozenset(("nav", "header", "footer", "aside", "form"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))


@dataclass(slots=True)
class _Offer:
    """What a page says of one article, over all its links to it."""

    url: str
    title: str = ""
    has_heading: bool = False
    is_shaped: bool = True
    cards: list[Any] = field(default_factory=list)

    def hear(self, title: str, is_heading: bool) -> None:
        if (is_heading, len(title)) > (self.has_heading and bool(self.title), len(self.title)):
            self.title, self.has_heading = title, is_heading


def read_section(
    body: bytes,
    url: str,
    *,
    article_urls: str = "",
    limit: int = SECTION_MAX_CANDIDATES,
    charset: str = "",
) -> Listing:
    """Read a section page: the articles it links to, in the page's order.

    An article is what matches `article_urls` (`re.search` on the link as it is, canonical, or with
    its percent-encoding undone). Without a pattern it is what lies on the same site and has the
    shape of an article's address; on a page of at most PLAIN_LIST_MAX_LINKS, any link in the
    content that is no service page. A link's title is the heading it holds or stands in, else its
    longest text. A `<time>` counts as published when its card names one article and one time.

    Raises:
        ListingUnreadable: there is no HTML in it.
    """
    text = html_text(body, SECTION_MAX_BYTES, charset)
    root = html_tree(text) if "<" in text else None
    if root is None:
        raise ListingUnreadable(url, "there is no HTML in it")
    offers = _offers(root, url, article_urls)
    if not article_urls and len(offers) > PLAIN_LIST_MAX_LINKS:
        offers = [offer for offer in offers if offer.is_shaped]
    articles_of = defaultdict[Any, set[str]](set)
    for offer in offers:
        for card in offer.cards:
            articles_of[card].add(offer.url)
    candidates = tuple(
        Candidate(
            url=offer.url,
            listing=url,
            title=offer.title,
            published_at=_published(card for card in offer.cards if len(articles_of[card]) == 1),
        )
        for offer in offers[:limit]
    )
    title = root.findtext(".//title")
    return Listing(
        url=url,
        kind="section",
        candidates=candidates,
        title=plain_text(title, TITLE_MAX_CHARS),
        skipped=len(offers) - len(candidates),
    )


def html_tree(text: str) -> Any | None:
    """Return the root of a page, None when a parser finds nothing in it."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _offers(root: Any, url: str, article_urls: str) -> list[_Offer]:
    base = _base(root, url)
    own = canonical_url(url)
    offers: dict[str, _Offer] = {}
    for anchor in islice(root.iter("a"), SECTION_MAX_LINKS):
        href = anchor.get("href")
        link = http_url(href, base) if href and not href.startswith("#") else ""
        canonical = canonical_url(link)
        if not canonical or canonical == own:
            continue
        offer = offers.get(canonical)
        if offer is None:
            if not _is_article(anchor, link, url, article_urls):
                continue
            shaped = bool(article_urls) or looks_like_article(link)
            offer = offers[canonical] = _Offer(link, is_shaped=shaped)
        offer.hear(*_title(anchor))
        card = next((a for a in _above(anchor) if a.tag in CARDS), None)
        if card is not None:
            offer.cards.append(card)
    return list(offers.values())


def _base(root: Any, url: str) -> str:
    declared = next(root.iter("base"), None)
    href = declared.get("href") if declared is not None else ""
    return (http_url(href, url) if href else "") or url


def _is_article(anchor: Any, link: str, url: str, article_urls: str) -> bool:
    if article_urls:
        return matches_pattern(article_urls, link)
    if is_home_page(link) or not same_site(link, url) or not may_be_article(link):
        return False
    return looks_like_article(link) or _is_content(anchor)


def _is_content(anchor: Any) -> bool:
    """Tell whether a link stands in what a page is about rather than in its furniture."""
    for above in anchor.iterancestors():
        if above.tag in CONTENT:
            return True
        if above.tag in CHROME:
            return False
    return True


def _above(anchor: Any) -> Iterator[Any]:
    return islice(anchor.iterancestors(), CARD_MAX_DEPTH)


def _title(anchor: Any) -> tuple[str, bool]:
    """Return a link's text, and whether a heading vouches for it."""
    heading = next(anchor.iter(*HEADINGS), None)
    text = _text(heading if heading is not None else anchor)
    if text:
        inside = heading is not None or any(a.tag in HEADINGS for a in islice(_above(anchor), 3))
        return text, inside
    picture = next(anchor.iter("img"), None)
    spare = anchor.get("title") or anchor.get("aria-label")
    return plain_text(spare or (picture is not None and picture.get("alt")), TITLE_MAX_CHARS), False


def _text(element: Any) -> str:
    pieces: list[str] = []
    for part in islice(element.iter(), ANCHOR_MAX_TEXTS):
        if isinstance(part.tag, str) and part.tag not in UNSEEN:
            pieces.append((part.text or "")[:TITLE_MAX_CHARS])
        if part is not element:
            pieces.append((part.tail or "")[:TITLE_MAX_CHARS])
    # `<` and `&` in text are characters, no markup: nothing is left to strip but white space.
    return on_one_line("\n".join(pieces))[:TITLE_MAX_CHARS].rstrip()


def _published(cards: Iterator[Any]) -> datetime | None:
    for card in cards:
        times = {t.get("datetime") for t in islice(card.iter("time"), 3)}
        if len(times) == 1:
            return read_time(times.pop())
    return None
