"""RSS, RDF, Atom and JSON feeds: bytes in, Candidates out; the only importer of feedparser."""

import io
import re
from collections import deque
from datetime import datetime
from email.utils import parseaddr
from itertools import islice, pairwise
from typing import Any

import feedparser
from lxml import etree

from scraper.discovery.decoding import HARDENED, root_name, xml_text
from scraper.discovery.fields import (
    BYLINE_MAX_CHARS,
    DESCRIPTION_MAX_CHARS,
    TITLE_MAX_CHARS,
    language_tag,
    plain_text,
    read_time,
    tidy_tags,
)
from scraper.discovery.json_feeds import AUTHORS_MAX, read_json_feed
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing
from scraper.urls import URL_MAX_CHARS, http_url

FEED_MAX_BYTES = 10 * 1024 * 1024
FEED_MAX_ITEMS = 1000  # feedparser takes 0.2 ms an item; the longest feed seen (Suspilne) has 200
ITEM_MAX_ELEMENTS = 100
ELEMENT_MAX_ATTRIBUTES = 20
PROSE_MAX_CHARS = 5 * DESCRIPTION_MAX_CHARS  # with markup, as are titles
FIELD_MAX_CHARS = {
    "title": 5 * TITLE_MAX_CHARS,
    "description": PROSE_MAX_CHARS,
    "summary": PROSE_MAX_CHARS,
    "link": URL_MAX_CHARS + 1,  # so that a longer one is still seen to be too long
    "origlink": URL_MAX_CHARS + 1,
    "guid": URL_MAX_CHARS + 1,
    "id": URL_MAX_CHARS + 1,
}
OTHER_MAX_CHARS = BYLINE_MAX_CHARS  # feedparser's time for an author grows by the square

FEED_ROOTS = frozenset(("rss", "rdf", "feed"))
ITEMS = ("{*}item", "{*}entry")
ITEM_START = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
ROOT_TAG = re.compile(r"<[^<>]{1,10000}>")
# Full texts and media: large, and their titles and descriptions would pass for the article's.
UNUSED = frozenset(("encoded", "content", "fullitem", "body", "group", "thumbnail", "enclosure"))

# What feedparser's parsers were seen to raise on damaged input, beside its own bozo flag.
FEEDPARSER_ERRORS = (LookupError, ValueError, TypeError, AttributeError, AssertionError)


def read_feed(body: bytes, url: str, *, limit: int = FEED_MAX_ITEMS, charset: str = "") -> Listing:
    """Read a feed: RSS 0.9x, 1.0 (RDF) and 2.0, Atom (RFC 4287), JSON Feed 1.0 and 1.1.

    Candidates keep the feed's order, at most `limit` of the first FEED_MAX_ITEMS. An item whose
    link cannot be asked (javascript:, mailto:, none at all) is counted in `skipped`, as are those
    beyond the bound. Nothing is ever fetched.

    Args:
        body: the payload, also gzipped.
        url: where it came from; relative links start there unless the feed gives a base.
        limit: how many candidates to return at most.
        charset: what the Content-Type header said, "" if nothing.

    Raises:
        ListingUnreadable: it is no feed at all, or declares entities.
    """
    text = xml_text(body, url, FEED_MAX_BYTES, charset)
    if text.startswith(("{", "[")):
        return read_json_feed(text, url, limit=min(limit, FEED_MAX_ITEMS))
    root = root_name(text)
    if root not in FEED_ROOTS:
        met = {"html": "an HTML page", "": "no XML"}.get(root, f"XML with the root <{root[:50]}>")
        raise ListingUnreadable(url, f"it is {met}, not a feed")
    feed, entries = _parsed(_pruned(text, url), url)
    found = [_candidate(entry, feed, url, is_atom=root == "feed") for entry in entries]
    candidates = tuple(candidate for candidate in found if candidate)[:limit]
    offered = max(len(entries), sum(1 for _ in ITEM_START.finditer(text)))
    return Listing(
        url=url,
        kind="feed",
        candidates=candidates,
        title=plain_text(feed.get("title"), TITLE_MAX_CHARS),
        skipped=offered - len(candidates),
    )


def _pruned(text: str, url: str) -> bytes:
    """Return the feed well-formed and cut to size, so that feedparser stays quick and strict.

    feedparser's fallback for broken feeds is slow, and both its parsers take time by the square of
    some fields (a long author, many categories). So one item's fault stays that item's: a feed
    that is not well-formed is taken apart and each item repaired by libxml2 alone.
    """
    root = _whole(text)
    if root is None:
        root = _item_by_item(text, url)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _whole(text: str) -> Any | None:
    """Return the root of a well-formed feed, cut after FEED_MAX_ITEMS; None if it is broken."""
    events = etree.iterparse(
        io.BytesIO(text.encode()),
        events=("start", "end"),
        tag=("{*}rss", "{*}RDF", "{*}feed", *ITEMS),
        recover=False,
        **HARDENED,
    )
    root, kept = None, 0
    try:
        for event, element in events:
            root = element if root is None else root
            if event == "end" and element.tag.endswith(("item", "entry")):
                _trim(element)
                kept += 1
            if kept == FEED_MAX_ITEMS:
                break
    except etree.XMLSyntaxError:
        return None
    for item in list(root.iter(*ITEMS))[FEED_MAX_ITEMS:] if root is not None else ():
        item.getparent().remove(item)
    return root


def _item_by_item(text: str, url: str) -> Any:
    starts = [found.start() for found in islice(ITEM_START.finditer(text), FEED_MAX_ITEMS + 1)]
    opening = ROOT_TAG.match(text)
    head = _repaired(text[: starts[0] if starts else len(text)])
    if opening is None or head is None:
        raise ListingUnreadable(url, "its XML is beyond repair")
    for start, end in pairwise([*starts, len(text)][: FEED_MAX_ITEMS + 1]):
        inside = _repaired(opening[0] + text[start:end])
        item = next(inside.iter(*ITEMS), None) if inside is not None else None
        if item is not None:
            _trim(item)
            head.append(item)
    return head


def _repaired(text: str) -> Any | None:
    try:
        return etree.fromstring(text.encode(), etree.XMLParser(recover=True, **HARDENED))
    except etree.XMLSyntaxError:
        return None


def _trim(item: Any) -> None:
    waiting, seen = deque(item), 0
    while waiting:
        element = waiting.popleft()
        seen += 1
        if not isinstance(element.tag, str):  # an entity that nothing declares
            element.getparent().remove(element)
            continue
        name = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
        if seen > ITEM_MAX_ELEMENTS or name in UNUSED:
            element.getparent().remove(element)
            continue
        if len(element.attrib) > ELEMENT_MAX_ATTRIBUTES:
            element.attrib.clear()
        limit = FIELD_MAX_CHARS.get(name, OTHER_MAX_CHARS)
        try:
            element.text = element.text and element.text[:limit]
            element.tail = element.tail and element.tail[:limit]
        except ValueError:  # libxml2, repairing, let in what XML forbids: half a surrogate pair
            element.getparent().remove(element)
            continue
        waiting.extend(element)


def _parsed(xml: bytes, url: str) -> tuple[dict[str, Any], list[Any]]:
    try:
        # A stream, since feedparser would open bytes that happen to be a file's name.
        found = feedparser.parse(
            io.BytesIO(xml),
            response_headers={
                "content-location": url,
                "content-type": "application/xml; charset=utf-8",
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except FEEDPARSER_ERRORS as error:
        raise ListingUnreadable(url, f"feedparser gave up: {error!r:.100}") from error
    return found.feed, found.entries


def _candidate(entry: Any, feed: dict[str, Any], url: str, *, is_atom: bool) -> Candidate | None:
    link = _link(entry, url, is_atom=is_atom)
    if not link:
        return None
    published_at, modified_at = _times(entry, is_atom=is_atom)
    tags = tidy_tags(t.get("label") or t.get("term") for t in entry.get("tags") or ())
    return Candidate(
        url=link,
        listing=url,
        title=plain_text(entry.get("title"), TITLE_MAX_CHARS),
        byline=_byline(entry, is_atom=is_atom),
        published_at=published_at,
        modified_at=modified_at,
        section=tags[0] if tags else "",
        language=_language(entry, feed),
        description=plain_text(entry.get("summary"), DESCRIPTION_MAX_CHARS),
        tags=tags,
    )


def _link(entry: Any, url: str, *, is_atom: bool) -> str:
    """Return the article's address: FeedBurner's original, the alternate link, a permalink guid.

    Never `self` (the entry's own document), `enclosure` or `replies`; an Atom id is a name and no
    address (RFC 4287, section 4.2.6).
    """
    links = entry.get("links") or ()
    alternates = [x.get("href") for x in links if x.get("rel", "alternate") == "alternate"]
    is_own = bool(alternates) or (not is_atom and (not links or entry.get("guidislink")))
    plain = [entry.get("link")] if is_own else []
    for raw in (entry.get("feedburner_origlink"), *plain, *alternates):
        link = http_url(raw, url) if isinstance(raw, str) and raw.strip() else ""
        if link:
            return link
    return ""


def _times(entry: Any, *, is_atom: bool) -> tuple[datetime | None, datetime | None]:
    """Return when an entry says it was published and, if at another time, changed."""
    published = read_time(entry.get("published") or entry.get("created"))
    # Asking for "updated" where there is none makes feedparser warn and answer with "published".
    updated = read_time(entry["updated"]) if "updated" in entry else None
    if published is None and not is_atom:
        return updated, None  # RSS 1.0 has dc:date alone, which feedparser takes for a change
    return published, updated if updated != published else None


def _byline(entry: Any, *, is_atom: bool) -> str:
    names = [author.get("name") for author in (entry.get("authors") or ())[:AUTHORS_MAX]]
    printed = entry.get("author") or ""
    if not is_atom and "@" in printed:  # RSS 2.0: "desk@example.org (Mira Sand)"
        names = [parseaddr(printed)[0]]
    plain = dict.fromkeys(plain_text(name, BYLINE_MAX_CHARS) for name in names)
    return ", ".join(name for name in plain if name)[:BYLINE_MAX_CHARS].rstrip()


def _language(entry: Any, feed: dict[str, Any]) -> str:
    marked = (entry.get("title_detail") or {}).get("language")  # xml:lang
    claims = (entry.get("language"), marked, feed.get("language"))
    return next((tag for claim in claims if (tag := language_tag(claim))), "")
