"""Articles as they are taken away: what every export and citation holds of them."""

import json
from typing import Any

from scraper.archive.plans import Plan

COLUMNS = """
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name, a.country, a.language,
    a.section, a.title, a.byline, a.published_at, a.modified_at, a.captured_at,
    (SELECT r.captured_at FROM revisions AS r WHERE r.article = a.id
     ORDER BY r.number DESC LIMIT 1) AS text_captured_at,
    a.revision_count AS revision, a.is_paywalled, a.gone_at, a.word_count, a.description,
    COALESCE(o.timezone, 'UTC') AS timezone,
    (SELECT json_group_array(json_array(name, kind)) FROM (
        SELECT n.name, w.kind FROM article_authors AS w JOIN authors AS n ON n.id = w.author
        WHERE w.article = a.id AND COALESCE(w.is_author, 1) = 1 ORDER BY w.position)) AS credits"""
NAMES = (
    "id", "url", "outlet", "outlet_name", "country", "language", "section", "title", "byline",
    "published_at", "modified_at", "captured_at", "text_captured_at", "revision", "is_paywalled",
    "gone_at", "word_count", "description", "timezone", "credits",
)  # fmt: skip


def read_articles(numbers: list[int], *, with_body: bool = False) -> Plan[list[dict[str, Any]]]:
    """Read articles by number, in the order given; numbers of no article are left out.

    Rows have the columns of `scraper.exports.columns.ARTICLES` but `archive_url`, and what a
    citation needs besides.
    """
    names = [*NAMES, *(["body"] if with_body else [])]
    body = ", a.body" if with_body else ""
    rows = yield (
        f"SELECT {COLUMNS}{body} FROM json_each(:numbers) AS j CROSS JOIN articles AS a "
        "ON a.id = j.value LEFT JOIN outlets AS o ON o.slug = a.outlet ORDER BY j.key",
        {"numbers": json.dumps(numbers)},
    )
    return [_article(dict(zip(names, row, strict=True))) for row in rows]


def _article(article: dict[str, Any]) -> dict[str, Any]:
    credits = json.loads(article.pop("credits"))
    article["authors"] = [name for name, _ in credits]
    article["organisations"] = [name for name, kind in credits if kind == "organisation"]
    return article
