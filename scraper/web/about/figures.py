"""What an archive holds, in numbers: exact, and read from summaries and indexes only."""

import asyncio
from dataclasses import dataclass
from typing import Any

from scraper.archive.plans import Statement
from scraper.web.archives import read

YEARS_MAX = 100  # of the table by year; a wrong date may claim any
LANGUAGES_MAX = 20

# `month` is the month of publication, of capture where the outlet gives none.
WHOLE = """
SELECT
    COALESCE(sum(m.article_count), 0) AS articles, count(DISTINCT m.outlet) AS outlets,
    count(DISTINCT o.country) AS countries, count(DISTINCT m.language) AS languages,
    min(m.month) AS first_month, max(m.month) AS last_month
FROM monthly_counts AS m LEFT JOIN outlets AS o ON o.slug = m.outlet
WHERE m.article_count > 0"""
BY_YEAR = f"""
SELECT
    substr(m.month, 1, 4) AS year, sum(m.article_count) AS articles,
    count(DISTINCT m.outlet) AS outlets, count(DISTINCT o.country) AS countries,
    count(DISTINCT m.language) AS languages
FROM monthly_counts AS m LEFT JOIN outlets AS o ON o.slug = m.outlet
WHERE m.article_count > 0 GROUP BY year ORDER BY year DESC LIMIT {YEARS_MAX}"""
BY_LANGUAGE = f"""
SELECT language, sum(article_count) AS articles, count(DISTINCT outlet) AS outlets
FROM monthly_counts WHERE article_count > 0
GROUP BY language ORDER BY articles DESC, language LIMIT {LANGUAGES_MAX}"""
# An article has its first revision without saying so; the index holds the others.
REVISED = """
SELECT count(*) AS revised, COALESCE(sum(revision_count - 1), 0) AS later_revisions
FROM articles WHERE revision_count > 1"""
SPAN = """
SELECT
    (SELECT min(captured_at) FROM articles) AS first_captured_at,
    (SELECT max(captured_at) FROM articles) AS last_captured_at,
    (SELECT count(*) FROM articles WHERE gone_at IS NOT NULL) AS gone"""
LATEST = """
SELECT
    a.id, a.title, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name, a.language,
    COALESCE(a.published_at, a.captured_at) AS moment
FROM articles AS a LEFT JOIN outlets AS o ON o.slug = a.outlet
ORDER BY a.published_at DESC LIMIT :limit"""


@dataclass(frozen=True, slots=True)
class Figures:
    """An archive in numbers; times are RFC 3339, "" where there is none yet."""

    articles: int = 0
    outlets: int = 0
    countries: int = 0
    languages: int = 0
    first_month: str = ""
    last_month: str = ""
    revised: int = 0
    revisions: int = 0
    first_captured_at: str = ""
    last_captured_at: str = ""
    gone: int = 0


async def read_figures(db: Any) -> Figures:
    """Count what an archive holds; what cannot be counted in time is 0."""
    whole, revised, span = await asyncio.gather(
        *(_first(db, (sql, {})) for sql in (WHOLE, REVISED, SPAN))
    )
    found = {name: value for name, value in (whole | span).items() if value is not None}
    return Figures(
        **found,
        revised=revised.get("revised", 0),
        revisions=found.get("articles", 0) + revised.get("later_revisions", 0),
    )


async def _first(db: Any, statement: Statement) -> dict[str, Any]:
    rows = await read(db, statement)
    return dict(rows[0]) if rows else {}
