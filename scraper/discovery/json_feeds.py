"""JSON Feed 1.0 and 1.1 (jsonfeed.org): text in, Candidates out; feedparser does not read it."""

import json
from typing import Any

from scraper.discovery.fields import (
    BYLINE_MAX_CHARS,
    DESCRIPTION_MAX_CHARS,
    TITLE_MAX_CHARS,
    language_tag,
    plain_text,
    read_time,
    tidy_tags,
)
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing
from scraper.urls import http_url

AUTHORS_MAX = 20


def read_json_feed(text: str, url: str, *, limit: int) -> Listing:
    """Read a JSON Feed.

    Raises:
        ListingUnreadable: it is not JSON, or no feed.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ListingUnreadable(url, f"it is no JSON: {str(error)[:100]}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ListingUnreadable(url, "it is JSON without the items of a JSON Feed")
    language = language_tag(feed.get("language"))
    found = [_candidate(item, url, language) for item in items[:limit]]
    candidates = tuple(candidate for candidate in found if candidate)
    return Listing(
        url=url,
        kind="feed",
        candidates=candidates,
        title=plain_text(feed.get("title"), TITLE_MAX_CHARS),
        skipped=len(items) - len(candidates),
    )


def _candidate(item: Any, url: str, language: str) -> Candidate | None:
    if not isinstance(item, dict):
        return None
    # `external_url` is another's page that a link blog comments on; `id` often is the address.
    links = (item.get("url"), item.get("external_url"))
    link = next((found for raw in links if (found := _link(raw, url))), "") or _link(item.get("id"))
    if not link:
        return None
    raw_tags = item.get("tags")
    tags = tidy_tags(raw_tags if isinstance(raw_tags, list) else ())
    return Candidate(
        url=link,
        listing=url,
        title=plain_text(item.get("title"), TITLE_MAX_CHARS),
        byline=_byline(item),
        published_at=read_time(item.get("date_published")),
        modified_at=read_time(item.get("date_modified")),
        section=tags[0] if tags else "",
        language=language_tag(item.get("language")) or language,
        description=plain_text(item.get("summary"), DESCRIPTION_MAX_CHARS),
        tags=tags,
    )


def _link(raw: Any, base: str = "") -> str:
    return http_url(raw, base) if isinstance(raw, str) and raw.strip() else ""


def _byline(item: dict[str, Any]) -> str:
    authors = item.get("authors")  # 1.1; 1.0 has a single `author`
    if not isinstance(authors, list):
        authors = [item.get("author")]
    names = [a.get("name") for a in authors[:AUTHORS_MAX] if isinstance(a, dict)]
    plain = (plain_text(name, BYLINE_MAX_CHARS) for name in names)
    return ", ".join(name for name in plain if name)[:BYLINE_MAX_CHARS].rstrip()
