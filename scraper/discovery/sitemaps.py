"""News sitemaps, sitemap indexes and text sitemaps: bytes in, Candidates out.

lxml reads them, not ultimate-sitemap-parser: measured on 50,000 URLs it takes 0.3 s against 2.8 s
and a fifth of the memory, keeps the dates of a sitemap index, and brings no HTTP client along.
"""

import io
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from scraper.discovery.decoding import HARDENED, root_name, xml_text
from scraper.discovery.feeds import FEED_ROOTS, read_feed
from scraper.discovery.fields import (
    CANDIDATES_MAX,
    TAGS_MAX_CHARS,
    TIME_MAX_CHARS,
    TITLE_MAX_CHARS,
    language_tag,
    newest_first,
    plain_text,
    read_time,
    tidy_tags,
)
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing
from scraper.urls import http_url

SITEMAP_MAX_BYTES = 20 * 1024 * 1024  # unpacked; 50,000 URLs with news tags take 18 MB
INDEX_MAX_SITEMAPS = 20  # newest first; archives of thousands of days stand behind them

NEVER = datetime.min.replace(tzinfo=UTC)


def read_sitemap(
    body: bytes, url: str, *, limit: int = CANDIDATES_MAX, charset: str = ""
) -> Listing:
    """Read a sitemap (sitemaps.org) with Google News metadata, an index, a text sitemap or a feed.

    Candidates stand newest first, by publication date, else by `lastmod`; those without either
    follow in the sitemap's order; at most `limit`. An index gives no candidates but `indexes`,
    those with the newest `lastmod` first, at most INDEX_MAX_SITEMAPS.

    Args:
        body: the payload, also gzipped (twice, as some servers do).
        url: where it came from.
        limit: how many candidates to return at most.
        charset: what the Content-Type header said, "" if nothing.

    Raises:
        ListingUnreadable: it is no sitemap, or declares entities.
    """
    text = xml_text(body, url, SITEMAP_MAX_BYTES, charset)
    root = root_name(text)
    if not root:
        return _text_sitemap(text, url, limit)
    if root in FEED_ROOTS:
        return read_feed(body, url, limit=limit, charset=charset)
    if root not in ("urlset", "sitemapindex"):
        met = "an HTML page" if root == "html" else f"XML with the root <{root[:50]}>"
        raise ListingUnreadable(url, f"it is {met}, not a sitemap")
    return _xml_sitemap(text, url, limit)


def _xml_sitemap(text: str, url: str, limit: int) -> Listing:
    candidates: list[Candidate] = []
    indexes: dict[str, datetime] = {}
    seen = 0
    elements = etree.iterparse(
        io.BytesIO(text.encode()),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,  # cut sitemaps are common: what stands before the fault is good
        **HARDENED,
    )
    try:
        for _, element in elements:
            seen += 1
            if element.tag.endswith("sitemap"):
                _add_index(element, url, indexes)
            elif candidate := _candidate(element, url):
                candidates.append(candidate)
            _forget(element)
            if seen == CANDIDATES_MAX:
                break
    except etree.XMLSyntaxError as error:
        if not candidates and not indexes:
            raise ListingUnreadable(url, f"its XML is beyond repair: {error!s:.100}") from error
    kept = tuple(newest_first(candidates)[:limit])
    newest = sorted(indexes, key=indexes.__getitem__, reverse=True)[:INDEX_MAX_SITEMAPS]
    offered = max(seen, text.count("<url>") + text.count("<sitemap>"))
    return Listing(
        url=url,
        kind="news_sitemap",
        candidates=kept,
        indexes=tuple(newest),
        skipped=offered - len(kept) - len(newest),
    )


def _candidate(element: Any, url: str) -> Candidate | None:
    said = _texts(element)
    link = http_url(said.get("loc", ""), url) if said.get("loc") else ""
    if not link:
        return None
    news = _texts(next(element.iterchildren("{*}news"), None))
    return Candidate(
        url=link,
        listing=url,
        title=plain_text(news.get("title"), TITLE_MAX_CHARS),
        published_at=read_time(news.get("publication_date")),
        modified_at=read_time(said.get("lastmod")),
        language=language_tag(_texts(_child(element, "news", "publication")).get("language")),
        tags=tidy_tags(news.get("keywords", "")[:TAGS_MAX_CHARS].split(",")),
    )


def _add_index(element: Any, url: str, indexes: dict[str, datetime]) -> None:
    said = _texts(element)
    link = http_url(said.get("loc", ""), url) if said.get("loc") else ""
    if link and link != url:
        indexes.setdefault(link, _roughly(said.get("lastmod", "")))


def _roughly(raw: str) -> datetime:
    """Return when a sitemap changed, good enough for order: `lastmod` often is a day alone."""
    exact = read_time(raw)
    if exact:
        return exact
    try:
        found = datetime.fromisoformat(raw[:TIME_MAX_CHARS])
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return NEVER


def _texts(element: Any | None) -> dict[str, str]:
    """Return the text of an element's children by local name, the first of each."""
    found: dict[str, str] = {}
    for child in element if element is not None else ():
        if isinstance(child.tag, str):
            found.setdefault(child.tag.rpartition("}")[2], (child.text or "").strip())
    return found


def _child(element: Any, *path: str) -> Any | None:
    for name in path:
        element = next(element.iterchildren(f"{{*}}{name}"), None) if element is not None else None
    return element


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


def _text_sitemap(text: str, url: str, limit: int) -> Listing:
    lines = [line.strip() for line in text.splitlines()[:CANDIDATES_MAX] if line.strip()]
    links = dict.fromkeys(link for line in lines if (link := http_url(line)))
    if not links:
        raise ListingUnreadable(url, "it is neither XML nor a list of URLs")
    candidates = tuple(Candidate(url=link, listing=url) for link in list(links)[:limit])
    return Listing(
        url=url,
        kind="news_sitemap",
        candidates=candidates,
        skipped=len(lines) - len(candidates),
    )
