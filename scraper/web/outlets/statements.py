"""What the pages about outlets ask of the archive: each SELECT costs much the same at any size.

They read counts kept in step (`monthly_counts`, `daily_counts`, `collected_days`), or the newest so
many entries of an index. Days are UTC, as stored.
"""

from scraper.archive.plans import Statement
from scraper.web.outlets.health import RUNS_JUDGED

OUTLETS_MAX = 1_000  # listed on one page
YEAR_DAYS = 365  # for which missing days are counted in the list
# Newest articles of an outlet that authors, sections and hours are counted over: a year or two of
# most outlets, some weeks of a news agency; 6 ms for authors at a million articles.
SAMPLE_ARTICLES = 2_000
HISTORY_DAYS = 3_653  # ten years of days with and without a successful run
RHYTHM_DAYS = 90  # over which a usual day is told
LISTINGS_MAX = 50
RUNS_MAX = 20
QUARANTINED_MAX = 500  # newest entries whose reasons are counted
TOP_MAX = 15  # authors, sections, reasons
LANGUAGES_MAX = 30
HEADLINES_MAX = 10

INCIDENTS = "SELECT COUNT(*) FROM incidents AS i WHERE i.outlet = o.slug AND i.closed_at IS NULL"
# The day that everything is judged from (`scraper.web.outlets.health`).
CLOCK = "SELECT substr(MAX(started_at), 1, 10) AS now FROM crawl_runs"

OUTLETS = f"""
WITH clock AS ({CLOCK})
SELECT
    o.slug, o.name, COALESCE(o.country, '') AS country, o.languages, o.is_declared,
    o.added_at, clock.now, ({INCIDENTS}) AS incidents,
    COALESCE((
        SELECT SUM(c.article_count) FROM monthly_counts AS c WHERE c.outlet = o.slug
    ), 0) AS article_count,
    (SELECT MAX(a.published_at) FROM articles AS a WHERE a.outlet = o.slug) AS published_at,
    (SELECT MIN(d.day) FROM collected_days AS d WHERE d.outlet = o.slug) AS first_day,
    (SELECT MAX(d.day) FROM collected_days AS d WHERE d.outlet = o.slug) AS last_day,
    (
        SELECT COUNT(*) FROM collected_days AS d
        WHERE d.outlet = o.slug
        AND d.day BETWEEN date(clock.now, '-{YEAR_DAYS - 1} days') AND clock.now
    ) AS year_days,
    (
        SELECT group_concat(r.outcome, ' ') FROM (
            SELECT outcome FROM crawl_runs WHERE outlet = o.slug
            ORDER BY started_at DESC LIMIT {RUNS_JUDGED}
        ) AS r
    ) AS outcomes
FROM (SELECT * FROM outlets ORDER BY slug LIMIT {OUTLETS_MAX}) AS o, clock
"""  # fmt: skip

OUTLET = f"""
SELECT
    o.slug, o.name, COALESCE(o.country, '') AS country, o.languages, o.timezone, o.homepage,
    o.is_declared, o.added_at, ({CLOCK}) AS now, ({INCIDENTS}) AS incidents,
    COALESCE((
        SELECT SUM(c.article_count) FROM monthly_counts AS c WHERE c.outlet = o.slug
    ), 0) AS article_count,
    (SELECT MAX(a.published_at) FROM articles AS a WHERE a.outlet = o.slug) AS published_at,
    (SELECT MIN(d.day) FROM collected_days AS d WHERE d.outlet = o.slug) AS first_day,
    (SELECT MAX(d.day) FROM collected_days AS d WHERE d.outlet = o.slug) AS last_day
FROM outlets AS o WHERE o.slug = :slug"""

LISTINGS = f"""
SELECT id, url, kind, checked_at, changed_at, status, candidate_count, problem, due_at, due_reason
FROM listings WHERE outlet = :slug ORDER BY kind, url LIMIT {LISTINGS_MAX}"""

RUNS = f"""
SELECT id, started_at, ended_at, outcome, reason, candidates, fetched, new, revised, quarantined,
    gone, failed, failures
FROM crawl_runs WHERE outlet = :slug ORDER BY started_at DESC LIMIT {RUNS_MAX}"""

QUARANTINE = f"""
SELECT reason, COUNT(*) AS entries FROM (
    SELECT reason FROM quarantine WHERE outlet = :slug ORDER BY id DESC LIMIT {QUARANTINED_MAX}
) GROUP BY reason ORDER BY entries DESC, reason"""

DAYS = f"""
SELECT d.day FROM collected_days AS d WHERE d.outlet = :slug
ORDER BY d.day DESC LIMIT {HISTORY_DAYS}"""

DAILY = f"""
SELECT d.day, SUM(d.article_count) AS articles FROM daily_counts AS d
WHERE d.outlet = :slug AND d.day BETWEEN date(({CLOCK}), '-{RHYTHM_DAYS} days') AND ({CLOCK})
GROUP BY d.day"""

TIMES = f"""
SELECT published_at FROM articles WHERE outlet = :slug AND published_at IS NOT NULL
ORDER BY published_at DESC LIMIT {SAMPLE_ARTICLES}"""

LANGUAGES = f"""
SELECT language AS label, SUM(article_count) AS articles FROM monthly_counts
WHERE outlet = :slug GROUP BY language ORDER BY articles DESC, language LIMIT {LANGUAGES_MAX}"""

AUTHORS = f"""
SELECT n.name AS label, COUNT(*) AS articles
FROM (
    SELECT id FROM articles WHERE outlet = :slug ORDER BY published_at DESC LIMIT {SAMPLE_ARTICLES}
) AS a
JOIN article_authors AS l ON l.article = a.id AND COALESCE(l.is_author, 1)
JOIN authors AS n ON n.id = l.author
GROUP BY n.id ORDER BY articles DESC, n.name LIMIT {TOP_MAX}"""

SECTIONS = f"""
SELECT section AS label, COUNT(*) AS articles
FROM (
    SELECT section FROM articles WHERE outlet = :slug
    ORDER BY published_at DESC LIMIT {SAMPLE_ARTICLES}
)
WHERE section != '' GROUP BY section ORDER BY articles DESC, section LIMIT {TOP_MAX}"""

HEADLINES = f"""
SELECT id, title, url, language, published_at, captured_at
FROM articles WHERE outlet = :slug ORDER BY published_at DESC LIMIT {HEADLINES_MAX}"""


def about(sql: str, slug: str) -> Statement:
    """Bind a statement to an outlet."""
    return sql, {"slug": slug}
