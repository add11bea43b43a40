"""An extracted record as `dateline extract` shows it: each field with what it rests on."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from scraper.archive.columns import article_columns, stored_list
from scraper.archive.values import time_text, time_text_or_none
from scraper.records import Article, Credit, DateClaim
from scraper.terminal import Fact

UNSPACED_LANGUAGES = ("ja", "zh", "th", "lo", "my", "km")  # their scripts have no spaces
# In the order of reading; what a page has not is left out.
LABELS = {
    "title": "title",
    "byline": "byline",
    "credits": "credits",
    "published_at": "published",
    "modified_at": "modified",
    "kind": "kind",
    "language": "language",
    "section": "section",
    "tags": "tags",
    "description": "description",
    "image_url": "image",
    "image_caption": "image caption",
    "is_paywalled": "for subscribers",
    "key_points": "key points",
    "body": "body",
}


def record_facts(article: Article) -> list[Fact]:
    """Return every field of a record in words, with its source and what else speaks for it."""
    facts = [Fact("url", (article.url,), _source(article, "url"))]
    for name, label in LABELS.items():
        lines = tuple(_lines(article, name))
        if lines:
            facts.append(Fact(label, lines, _source(article, name)))
    facts.append(Fact("extracted by", (article.extractor or "unknown",)))
    return facts


def record_line(article: Article) -> str:
    """Return the most of a record in a line: title, authors, time in UTC, language, length."""
    by = ", ".join(article.authors) or "no author"
    language = article.language or "language unknown"
    return "; ".join((article.title, by, _published(article), language, _length(article)))


def minute(moment: datetime) -> str:
    """Return a moment in UTC, whatever clock it is told on.

    >>> minute(datetime.fromisoformat("2026-11-17T22:24:00+09:00"))
    '2026-11-17 13:24 UTC'
    """
    return f"{time_text(moment)[:16].replace('T', ' ')} UTC"


def _published(article: Article) -> str:
    if article.published_at is None:
        return "no time"
    if article.published_precision == "day":  # in UTC its midnight may be of the day before
        return f"{article.published_at:%Y-%m-%d}"
    return minute(article.published_at)


def _length(article: Article) -> str:
    unit = "characters" if article.language[:2] in UNSPACED_LANGUAGES else "words"
    return f"{article.word_count} {unit}"


def record_json(article: Article) -> dict[str, Any]:
    """Return a record as JSON has it, named and in UTC as in the tables of an archive."""
    record = asdict(article)
    for name in ("published_at", "modified_at"):
        record[name] = time_text_or_none(record[name])
    record["date_evidence"] = stored_list(article_columns(article), "date_evidence")
    record["field_sources"] = dict(article.field_sources)
    return record


def _source(article: Article, name: str) -> str:
    source = article.field_sources.get("byline" if name == "credits" else name, "")
    return f"from {source}" if source else ""


def _lines(article: Article, name: str) -> Iterator[str]:
    value = getattr(article, name)
    if name == "credits":
        yield from (_credit(credit, article) for credit in value)
        named = {credit.name for credit in value}
        yield from (f"{name} (author)" for name in article.authors if name not in named)
    elif name in ("published_at", "modified_at"):
        yield from _dates(article, name, value)
    elif name == "language":
        yield from _language(article)
    elif name == "is_paywalled":
        yield from () if value is None else ("yes" if value else "no",)
    elif name == "body":
        yield _length(article)
        yield from (f"¶ {paragraph}" for paragraph in value.split("\n\n") if paragraph)
    elif name in ("tags", "key_points"):
        yield from value
    elif value:
        yield str(value)


def _credit(credit: Credit, article: Article) -> str:
    counted = "" if credit.name in article.authors else ", not counted as author"
    return f"{credit.name} ({credit.role}, {credit.kind}{counted})"


def _dates(article: Article, name: str, value: datetime | None) -> Iterator[str]:
    claims = [claim for claim in article.date_evidence if claim.field == name]
    if value is not None:
        precision = article.published_precision if name == "published_at" else None
        yield _time(value) + (f" (exact to the {precision})" if precision else "")
    elif claims:
        yield "not known"
    yield from map(_claim, claims)


def _claim(claim: DateClaim) -> str:
    mark = "+" if claim.is_chosen else "-"
    zone = f", zone {claim.zone}" if claim.zone else ""
    read_as = f"{_time(claim.at)} ({claim.precision}{zone})" if claim.at else "not understood"
    why = f"; {claim.why}" if claim.why else ""
    return f"{mark} {claim.source}: {claim.raw!r} = {read_as}{why}"


def _language(article: Article) -> Iterator[str]:
    if article.language or article.stated_language:
        stated = article.stated_language or "nothing"
        yield f"{article.language or 'unknown'} (the page states {stated})"


def _time(value: datetime | None) -> str:
    return "" if value is None else value.isoformat(timespec="seconds")
