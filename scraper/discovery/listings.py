"""One entrance to every kind of listing: bytes in, the outlet's Candidates out, each once."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from scraper.discovery.feeds import read_feed
from scraper.discovery.fields import newest_first
from scraper.discovery.sections import SECTION_MAX_CANDIDATES, read_section
from scraper.discovery.sitemaps import read_sitemap
from scraper.discovery.world import is_world
from scraper.records import Candidate, Listing
from scraper.urls import canonical_url, matches_pattern

LISTING_MAX_CANDIDATES = SECTION_MAX_CANDIDATES


def read_listing(
    kind: str,
    body: bytes,
    url: str,
    *,
    article_urls: str = "",
    world_urls: str = "",
    world_sections: tuple[str, ...] = (),
    limit: int = LISTING_MAX_CANDIDATES,
    charset: str = "",
) -> Listing:
    """Read a listing of a declared kind and keep what is an article of its outlet on the world.

    Made to run in a worker process: arguments, result and ListingUnreadable can be pickled; the
    pool's time limit is the last bound on a feed built to be slow.

    Candidates of feeds and sitemaps stand newest first (undated ones last, in the listing's order),
    those of sections in the page's order; each canonical URL once, the first entry winning.

    Args:
        kind: "feed", "news_sitemap" or "section".
        body: the payload, also gzipped.
        url: its final address.
        article_urls: the outlet's pattern for articles, "" for any.
        world_urls: what tells world news by its address, see `world.is_world`.
        world_sections: what tells it by its category; other articles are counted in `left_out`.
        limit: how many candidates to return at most.
        charset: what the Content-Type header said, "" if nothing.

    Raises:
        ListingUnreadable: the bytes are no listing of this kind.
        ValueError: there is no such kind.
    """
    match kind:
        case "section":
            listing = read_section(
                body,
                url,
                article_urls=article_urls,
                limit=max(limit, SECTION_MAX_CANDIDATES),
                charset=charset,
            )
        case "feed":
            listing = read_feed(body, url, charset=charset)
        case "news_sitemap":
            listing = read_sitemap(body, url, charset=charset)
        case _:
            raise ValueError(f"{kind!r} is no kind of listing: feed, news_sitemap or section")
    in_order = listing.candidates if kind == "section" else newest_first(listing.candidates)
    articles = (c for c in in_order if not article_urls or matches_pattern(article_urls, c.url))
    kept, left_out = _sorted_out(articles, lambda c: is_world(c, world_urls, world_sections), limit)
    skipped = listing.skipped + len(listing.candidates) - len(kept) - left_out
    return replace(listing, kind=kind, candidates=kept, skipped=skipped, left_out=left_out)


def _sorted_out(
    articles: Iterable[Candidate], is_wanted: Callable[[Candidate], bool], limit: int
) -> tuple[tuple[Candidate, ...], int]:
    """Return the first `limit` wanted articles, each once, and how many others came before."""
    kept: dict[str, Candidate] = {}
    others: set[str] = set()
    for candidate in articles:
        if len(kept) == limit:
            break
        identity = canonical_url(candidate.url)
        if is_wanted(candidate):
            kept.setdefault(identity, candidate)
        else:
            others.add(identity)
    return tuple(kept.values()), len(others - kept.keys())
