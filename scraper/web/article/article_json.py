"""An article as JSON: a table of its keys, which keep names and meanings, and how it is made."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from scraper.web.article.record import Record, in_time, stored_list, stored_map

REVISIONS_MAX = 1_000  # listed, newest first
BODIES_MAX = 50  # listed where each comes with its text, and of these as many as have
BODIES_MAX_CHARS = 5_000_000  # together; the first is always there


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the document, and what it holds."""

    name: str
    description: str


# In the order of the document. What is not known is null, or an empty list; times are RFC 3339
# text in UTC.
KEYS = (
    Key("id", "Number of the article in this archive"),
    Key("url", "Canonical URL: the article's identity, without tracking parameters"),
    Key("address", "Address at which the text was found"),
    Key("archive_url", "Address of the page that shows this revision"),
    Key("revision", "Number of the revision given: 1 for the first text"),
    Key("latest_revision", "Number of the newest revision; all that no revision keeps is its"),
    Key("outlet", "Short name of the outlet"),
    Key("outlet_name", "Name of the outlet as readers know it"),
    Key("timezone", "IANA time zone of the outlet"),
    Key("country", "Country of the outlet's newsroom, ISO 3166-1 alpha-2"),
    Key("language", "Language of the text, BCP 47"),
    Key("stated_language", "Language the page states, BCP 47"),
    Key("section", "Section as the outlet names it"),
    Key("kind", "article, live blog, opinion, video, audio or gallery"),
    Key("title", "Headline, of this revision"),
    Key("byline", "Credit as printed, of this revision"),
    Key("authors", "Names of those who wrote it, in printed order, as far as known"),
    Key("credits", "Everyone credited: name, role, kind (person or organisation), is_author"),
    Key("description", "Summary the outlet gives"),
    Key("key_points", "List of the outlet's summary in points, which stand in the body as well"),
    Key("body", "Text of this revision, paragraphs separated by a blank line"),
    Key("word_count", "Words of the body, characters in scripts without spaces; of the latest"),
    Key("tags", "List of topics as the outlet names them"),
    Key("image_url", "Address of the lead image"),
    Key("image_caption", "Its caption"),
    Key("is_paywalled", "Whether the outlet says it is for subscribers; null if it does not say"),
    Key("published_at", "When the outlet says it was published"),
    Key("published_precision", "How exact that is: day, minute or second"),
    Key("modified_at", "When the outlet says it was last changed, of this revision"),
    Key("captured_at", "When this archive first captured the article"),
    Key("text_captured_at", "When this archive first captured this revision"),
    Key("checked_at", "When this archive last looked at the article"),
    Key("gone_at", "When the outlet was first seen to have removed it"),
    Key(
        "date_evidence",
        "Every claim about the times: field, raw, source, at, zone, precision, chosen, why",
    ),
    Key("field_sources", "Map from field to where it was found"),
    Key("extractor", "What extracted this revision, with versions"),
    Key(
        "captures",
        "First and last capture that showed this revision: id, url, captured_at, warc_file, "
        "warc_offset, sha256, lost_at, pruned_at",
    ),
    Key("addresses", "Every address that led to the article: url, kind, seen_at"),
    Key(
        "revisions",
        "Revisions, newest first: number, captured_at, modified_at, title, byline, changed, "
        "extractor, capture, content_hash; with ?bodies=1 the body too",
    ),
    Key("revisions_left_out", "How many revisions are older than those listed"),
)

REVISIONS = """
SELECT number, captured_at, modified_at, title, byline, {body} changed, extractor, capture,
    content_hash
FROM revisions WHERE article = :id ORDER BY number DESC LIMIT {limit}"""
COUNT = "SELECT count(*) FROM revisions WHERE article = :id"


async def article_json(
    db: Any, record: Record, archive_url: str, *, with_bodies: bool
) -> dict[str, Any]:
    """Return an article by KEYS.

    Raises:
        DatasetteError: if its revisions could not be read in time.
    """
    article = record.article
    params: dict[str, str | int] = {"id": article["id"]}
    limit, body = (BODIES_MAX, "body,") if with_bodies else (REVISIONS_MAX, "")
    revisions = await in_time(db, (REVISIONS.format(body=body, limit=limit), params))
    count = await in_time(db, (COUNT, params))
    listed = _affordable([dict(row) for row in revisions])
    told = {key.name: article.get(key.name) for key in KEYS} | {
        "archive_url": archive_url,
        "revision": record.number,
        "latest_revision": record.latest,
        "authors": record.authors(),
        "credits": [who | {"is_author": bool(who["is_author"])} for who in record.credits],
        "key_points": stored_list(article["key_points"]),
        "word_count": article["word_count"] if record.is_latest else None,
        "tags": record.tags,
        "is_paywalled": None if article["is_paywalled"] is None else bool(article["is_paywalled"]),
        "date_evidence": stored_list(article["date_evidence"]),
        "field_sources": stored_map(article["field_sources"]),
        "captures": record.captures,
        "addresses": record.addresses,
        "revisions": [row | {"changed": stored_list(row["changed"])} for row in listed],
        "revisions_left_out": count[0][0] - len(listed),
    }
    return {name: None if value == "" else value for name, value in told.items()}


def _affordable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the newest revisions whose texts, where they come along, are not too much together."""
    sums = accumulate(len(row.get("body") or "") for row in rows)
    count = sum(chars <= BODIES_MAX_CHARS for chars in sums)
    return rows[: max(count, 1)]
