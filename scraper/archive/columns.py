"""The columns of an article that its extracted record fills, and what newer captures change."""

import json
from collections.abc import Mapping
from typing import Any

from scraper.archive.revisions import Text, content_hash
from scraper.archive.values import json_text, safe_text, time_text, time_text_or_none
from scraper.records import Article, DateClaim

RAW_MAX_CHARS = 500  # of what a claim about a time quotes

# What a capture does not tell stays as an earlier one told it.
KEPT_IN_GAPS = (
    "section",
    "description",
    "language",
    "stated_language",
    "published_at",
    "modified_at",
    "image_url",
    "image_caption",
    "is_paywalled",
)
ALWAYS_NEW = ("kind", "key_points", "extractor")
TEXT = ("title", "byline", "body", "word_count", "content_hash")


def article_columns(article: Article) -> dict[str, Any]:
    """Return the columns of `articles` that an extracted record fills."""
    text = text_of(article)
    return {
        "title": text.title,
        "byline": text.byline,
        "body": text.body,
        "section": safe_text(article.section),
        "description": safe_text(article.description),
        "language": safe_text(article.language),
        "stated_language": safe_text(article.stated_language),
        "kind": safe_text(article.kind),
        "published_at": time_text_or_none(article.published_at),
        "published_precision": article.published_precision,
        "modified_at": time_text_or_none(article.modified_at),
        "word_count": article.word_count,
        "image_url": safe_text(article.image_url),
        "image_caption": safe_text(article.image_caption),
        "is_paywalled": None if article.is_paywalled is None else int(article.is_paywalled),
        "content_hash": content_hash(text),
        "key_points": safe_text(json_text(article.key_points)),
        "date_evidence": safe_text(json_text([_claim(c) for c in article.date_evidence])),
        "field_sources": safe_text(json_text(dict(article.field_sources))),
        "extractor": safe_text(article.extractor) or None,
    }


def text_of(article: Article) -> Text:
    """Return the text of a record as the tables can hold it."""
    return Text(*map(safe_text, (article.title, article.byline, article.body)))


def newer_metadata(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns beside the text that a newer capture changes; a gap changes nothing.

    Args:
        known: the article's columns so far; {} for none.
        values: `article_columns` of the newer capture.
    """
    gaps = {name for name in KEPT_IN_GAPS if values[name] in (None, "")}
    changes = {name: values[name] for name in KEPT_IN_GAPS if name not in gaps or not known}
    changes |= {name: values[name] for name in ALWAYS_NEW}
    if "published_at" not in gaps or not known:
        changes["published_precision"] = values["published_precision"]
    sources, before = stored_map(values, "field_sources"), stored_map(known, "field_sources")
    kept = {name: source for name, source in before.items() if name in gaps}
    changes["field_sources"] = json_text(kept | sources)
    claims = stored_list(values, "date_evidence")
    told = {claim.get("field") for claim in claims}
    earlier = stored_list(known, "date_evidence")
    claims += [c for c in earlier if c.get("field") in gaps - told]
    changes["date_evidence"] = json_text(claims)
    return changes


def stored_map(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the JSON map in a column, {} where there is none."""
    found = _stored(row, name)
    return found if isinstance(found, dict) else {}


def stored_list(row: Mapping[str, Any], name: str) -> list[Any]:
    """Return the maps of the JSON list in a column, [] where there is none."""
    found = _stored(row, name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _stored(row: Mapping[str, Any], name: str) -> Any:
    try:
        return json.loads(row.get(name) or "null")
    except (ValueError, TypeError, RecursionError):
        return None


def _claim(claim: DateClaim) -> dict[str, Any]:
    return {
        "field": claim.field,
        "raw": claim.raw[:RAW_MAX_CHARS],
        "source": claim.source,
        "at": None if claim.at is None else time_text(claim.at),
        "zone": claim.zone,
        "precision": claim.precision,
        "chosen": claim.is_chosen,
        "why": claim.why,
    }
