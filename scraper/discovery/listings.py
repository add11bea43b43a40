"""One entrance to every kind of listing: bytes in, the outlet's Candidates out, each once."""

from dataclasses import replace

from scraper.discovery.feeds import read_feed
from scraper.discovery.fields import newest_first
from scraper.discovery.sections import SECTION_MAX_CANDIDATES, read_section
from scraper.discovery.sitemaps import read_sitemap
from scraper.records import Candidate, Listing
from scraper.urls import canonical_url, matches_pattern

LISTING_MAX_CANDIDATES = SECTION_MAX_CANDIDATES


def read_listing(
    kind: str,
    body: bytes,
    url: str,
    *,
    article_urls: str = "",
    limit: int = LISTING_MAX_CANDIDATES,
    charset: str = "",
) -> Listing:
    """Read a listing of a declared kind and keep what is an article of its outlet.

    Made to run in a worker process: arguments, result and ListingUnreadable can be pickled; the
    pool's time limit is the last bound on a feed built to be slow.

    Candidates of feeds and sitemaps stand newest first (undated ones last, in the listing's order),
    those of sections in the page's order; each canonical URL once, the first entry winning.

    Args:
        kind: "feed", "news_sitemap" or "section".
        body: the payload, also gzipped.
        url: its final address.
        article_urls: the outlet's pattern for articles, "" for any.
        limit: how many candidates to return at most.
        charset: what the Content-Type header said, "" if nothing.

    Raises:
        ListingUnreadable: the bytes are no listing of this kind.
        ValueError: there is no such kind.
    """
    match kind:
        case "section":
            return read_section(body, url, article_urls=article_urls, limit=limit, charset=charset)
        case "feed":
            listing = read_feed(body, url, charset=charset)
        case "news_sitemap":
            listing = read_sitemap(body, url, charset=charset)
        case _:
            raise ValueError(f"{kind!r} is no kind of listing: feed, news_sitemap or section")
    kept: dict[str, Candidate] = {}
    for candidate in newest_first(listing.candidates):
        if len(kept) == limit:
            break
        if not article_urls or matches_pattern(article_urls, candidate.url):
            kept.setdefault(canonical_url(candidate.url), candidate)
    skipped = listing.skipped + len(listing.candidates) - len(kept)
    return replace(listing, kind=kind, candidates=tuple(kept.values()), skipped=skipped)
