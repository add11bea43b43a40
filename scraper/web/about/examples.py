"""A table of worked examples of SQL: a question, a statement that answers it within the limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from scraper.web.words import N_

# Each reads a bounded number of rows whatever the size of the archive: summaries, one outlet, one
# month, or the newest few thousand. MATERIALIZED keeps SQLite from reading more to save a step.
WORDS = "war OR guerre OR Krieg OR guerra OR война OR 戦争 OR 전쟁 OR حرب"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the SQL that answers it; `asks` names what it has to be told."""

    question: str
    sql: str
    asks: tuple[str, ...] = ()


EXAMPLES = (
    Example(
        N_("Which outlets does the archive hold most of?"),
        """SELECT o.name, o.country, sum(m.article_count) AS articles, min(m.month) AS first_month
FROM monthly_counts AS m
JOIN outlets AS o ON o.slug = m.outlet
GROUP BY o.slug
ORDER BY articles DESC
LIMIT 50""",
    ),
    Example(
        N_("How many articles in one language are there for each month?"),
        """SELECT month, sum(article_count) AS articles, count(DISTINCT outlet) AS outlets
FROM monthly_counts
WHERE language = :language AND article_count > 0
GROUP BY month
ORDER BY month""",
        ("language",),
    ),
    Example(
        N_("Which articles say this, and in what words?"),
        """WITH newest AS MATERIALIZED (
    SELECT rowid AS id FROM articles_fts
    WHERE articles_fts MATCH escape_fts(:words)
    ORDER BY rowid DESC LIMIT 50
)
SELECT
    a.published_at, a.outlet, a.title, a.url,
    search_snippet(a.body, a.description, :words) AS passage
FROM newest JOIN articles AS a ON a.id = newest.id
ORDER BY a.published_at DESC""",
        ("words",),
    ),
    Example(
        N_("What share of a month's articles speaks of something, day by day?"),
        """WITH saying AS MATERIALIZED (
    SELECT rowid AS id FROM articles_fts
    WHERE articles_fts MATCH escape_fts('(' || :words || ') date:' || :month)
),
counted AS (
    SELECT
        substr(COALESCE(a.published_at, a.captured_at), 1, 10) AS day,
        a.id IN (SELECT id FROM saying) AS says
    FROM articles AS a
    WHERE a.month = :month
)
SELECT day, sum(says) AS saying, count(*) AS articles, round(1.0 * sum(says) / count(*), 4) AS share
FROM counted
GROUP BY day
ORDER BY day""",
        ("words", "month"),
    ),
    Example(
        N_("Which articles were changed most often?"),
        """SELECT a.revision_count, a.outlet, a.title, a.published_at, a.modified_at, a.url
FROM articles AS a
WHERE a.revision_count > 1
ORDER BY a.revision_count DESC
LIMIT 50""",
    ),
    Example(
        N_("What did the latest changes do to headline and length?"),
        """WITH latest AS MATERIALIZED (
    SELECT article, number, captured_at, changed, title, body
    FROM revisions
    ORDER BY captured_at DESC LIMIT 5000
)
SELECT
    l.captured_at AS seen_at, l.changed, b.title AS headline_before, l.title AS headline_after,
    length(l.body) - length(b.body) AS characters_more
FROM latest AS l
JOIN revisions AS b ON b.article = l.article AND b.number = l.number - 1
WHERE l.changed <> '[]'
ORDER BY l.captured_at DESC
LIMIT 50""",
    ),
    Example(
        N_("Who writes most of an outlet's newest articles?"),
        """WITH newest AS MATERIALIZED (
    SELECT id FROM articles WHERE outlet = :outlet ORDER BY published_at DESC LIMIT 2000
)
SELECT n.name, count(*) AS articles
FROM newest
JOIN article_authors AS l ON l.article = newest.id AND l.is_author = 1
JOIN authors AS n ON n.id = l.author
GROUP BY n.id
ORDER BY articles DESC, n.name
LIMIT 50""",
        ("outlet",),
    ),
    Example(
        N_("How long after publication were the newest articles captured, by outlet?"),
        """WITH newest AS MATERIALIZED (
    SELECT outlet, 24 * (julianday(captured_at) - julianday(published_at)) AS hours
    FROM articles
    ORDER BY captured_at DESC LIMIT 5000
)
SELECT
    outlet, count(*) AS articles, round(avg(hours), 1) AS mean_hours,
    round(max(hours), 1) AS most_hours
FROM newest
WHERE hours IS NOT NULL
GROUP BY outlet
ORDER BY mean_hours""",
    ),
    Example(
        N_("When was each outlet last collected without trouble?"),
        """SELECT
    o.name, o.country,
    (
        SELECT r.ended_at FROM crawl_runs AS r
        WHERE r.outlet = o.slug AND r.outcome = 'done' AND r.listings > 0
        ORDER BY r.started_at DESC LIMIT 1
    ) AS last_done_at
FROM outlets AS o
ORDER BY last_done_at
LIMIT 500""",
    ),
    Example(
        N_("Where on their pages were the dates of a month's articles found?"),
        """SELECT
    json_extract(a.field_sources, '$.published_at') AS found_in, count(*) AS articles,
    count(DISTINCT a.outlet) AS outlets
FROM articles AS a
WHERE a.month = :month
GROUP BY found_in
ORDER BY articles DESC
LIMIT 50""",
        ("month",),
    ),
)


def values_for(example: Example, told: Mapping[str, str]) -> dict[str, str]:
    """Return what an example asks for, taken from what is known of the archive at hand."""
    return {name: told.get(name, "") for name in example.asks}
