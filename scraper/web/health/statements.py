"""What the pages about health ask of the archive: bounded, and each read by an index.

Days are UTC, as stored. "Now" is when the archive was last looked after, by a run or a judgment.
"""

from collections.abc import Sequence

from scraper.archive.plans import Statement

DRAWN_DAYS = 56  # eight weeks, drawn beside each incident
RECENT_DAYS = 7  # a week, so that every weekday is in it once
BEFORE_DAYS = DRAWN_DAYS - RECENT_DAYS  # seven weeks, which say what a week usually brings
OVER_DAYS = 14  # how long an incident that is over is listed
PAGE_INCIDENTS = 25
OVER_MAX = 25
PAGE_OUTLETS = 250
OUTLETS_MAX = 5_000  # counted for the summary
OF_OUTLET_MAX = 20  # incidents listed on an outlet's page
HOSTS_MAX = 50  # whose robots.txt is looked up for one outlet
LISTINGS_MAX = 50  # of one outlet, whose learnt hours are added up
ROBOTS_MAX_CHARS = 20_000  # of each robots.txt read to tell what changed
INFO_MAX_CHARS = 40
STATUSES_MAX_CHARS = 2_000  # some hundred statuses of one day; a longer map is left out

# A day on which somebody looked: a listing was asked, or a run began (of days before looks at
# listings were kept only runs are known).
LOOKED = "(d.check_count > 0 OR d.run_count > 0)"

# An outlet of which no listing could be read when last asked.
IS_FAILING = """(
            EXISTS (
                SELECT 1 FROM listings AS l
                WHERE l.outlet = o.slug AND l.checked_at >= :week AND l.problem IS NOT NULL
            ) AND NOT EXISTS (
                SELECT 1 FROM listings AS l
                WHERE l.outlet = o.slug AND l.checked_at >= :week AND l.problem IS NULL
            )
        )"""
# Articles published on such a day: what a first look found from days before counts for none.
PUBLISHED = """COALESCE((
        SELECT SUM(c.article_count) FROM daily_counts AS c
        WHERE c.outlet = d.outlet AND c.day = d.day
    ), 0)"""

CLOCK = f"""
SELECT
    (SELECT MAX(started_at) FROM crawl_runs) AS last_run,
    (SELECT substr(value, 1, {INFO_MAX_CHARS}) FROM archive_info WHERE key = 'judged_at')
        AS judged_at,
    (SELECT MAX(seen_at) FROM incidents) AS seen_at"""

# An outage of our own, while it goes on; `scraper.archive.outages` says what is noted of it.
OUTAGE = f"""
SELECT substr(json_extract(told, '$.since'), 1, {INFO_MAX_CHARS}) AS since,
    CAST(json_extract(told, '$.outlets') AS INTEGER) AS outlets,
    CAST(json_extract(told, '$.asked') AS INTEGER) AS asked
FROM (
    SELECT CASE WHEN json_valid(value) THEN value ELSE '{{"over_at": ""}}' END AS told
    FROM archive_info WHERE key = 'outage'
) WHERE json_extract(told, '$.over_at') IS NULL"""

SUMMARY = f"""
SELECT
    COUNT(*) AS watched,
    SUM(is_troubled) AS troubled,
    SUM(NOT is_troubled AND NOT is_seen) AS unseen,
    SUM(NOT is_troubled AND is_seen AND is_failing) AS failing,
    SUM(NOT is_troubled AND is_seen AND NOT is_failing) AS well
FROM (
    SELECT
        EXISTS (
            SELECT 1 FROM incidents AS i WHERE i.outlet = o.slug AND i.closed_at IS NULL
        ) AS is_troubled,
        {IS_FAILING} AS is_failing,
        EXISTS (
            SELECT 1 FROM outlet_days AS d
            WHERE d.outlet = o.slug AND d.day BETWEEN :week AND :today AND {LOOKED}
        ) AS is_seen
    FROM outlets AS o WHERE o.is_declared LIMIT {OUTLETS_MAX}
)"""

CHOICES = """
SELECT i.kind, COALESCE(o.country, '') AS country, COUNT(*) AS incidents
FROM incidents AS i JOIN outlets AS o ON o.slug = i.outlet
WHERE i.closed_at IS NULL GROUP BY i.kind, o.country"""

COLUMNS = """
    i.id, i.outlet, o.name, COALESCE(o.country, '') AS country, o.languages, i.kind, i.field,
    i.severity, i.opened_at, i.began_at, i.seen_at, i.closed_at, i.evidence, i.capture,
    c.url AS capture_url, c.captured_at,
    COALESCE(
        (SELECT r.article FROM revisions AS r WHERE r.capture = i.capture LIMIT 1),
        (SELECT a.id FROM articles AS a WHERE a.capture = i.capture LIMIT 1)
    ) AS article
FROM incidents AS i JOIN outlets AS o ON o.slug = i.outlet
LEFT JOIN captures AS c ON c.id = i.capture"""

WANTED = """
    AND (:kind = '' OR i.kind = :kind) AND (:country = '' OR o.country = :country)"""

# Open ones: few, whatever the archive's size, by the index of closed_at.
OPEN = f"""
SELECT {COLUMNS}
WHERE i.closed_at IS NULL {WANTED}
    AND (:id = 0 OR (i.severity, -i.id) < (:severity, -:id))
ORDER BY i.severity DESC, i.id LIMIT :limit"""

OVER = f"""
SELECT {COLUMNS}
WHERE i.closed_at >= :over {WANTED}
ORDER BY i.closed_at DESC, i.id DESC LIMIT {OVER_MAX}"""

OF_OUTLET = f"""
SELECT {COLUMNS}
WHERE i.outlet = :slug ORDER BY i.closed_at IS NOT NULL, i.opened_at DESC LIMIT {OF_OUTLET_MAX}"""

DAYS = f"""
SELECT d.outlet, d.day, d.article_count FROM outlet_days AS d
WHERE d.outlet IN ({{}}) AND d.day BETWEEN :begin AND :today AND {LOOKED}"""

OUTLETS = f"""
SELECT
    o.slug, o.name, COALESCE(o.country, '') AS country, o.languages,
    (SELECT MAX(a.published_at) FROM articles AS a WHERE a.outlet = o.slug) AS published_at,
    (
        SELECT COUNT(*) FROM incidents AS i WHERE i.outlet = o.slug AND i.closed_at IS NULL
    ) AS incidents,
    {IS_FAILING} AS is_failing,
    SUM({PUBLISHED}) AS before_articles, COUNT(d.day) AS before_days
FROM (
    SELECT * FROM outlets
    WHERE is_declared AND slug > :after AND (:country = '' OR country = :country)
    ORDER BY slug LIMIT {PAGE_OUTLETS + 1}
) AS o
LEFT JOIN outlet_days AS d
    ON d.outlet = o.slug AND d.day >= :begin AND d.day < :week AND {LOOKED}
GROUP BY o.slug ORDER BY o.slug"""

WEEK = f"""
SELECT d.outlet, d.day, {LOOKED} AS is_seen, {PUBLISHED} AS published_count,
    d.article_count, d.author_count, d.dated_count,
    d.median_words, d.request_count, d.response_bytes,
    substr(d.statuses, 1, {STATUSES_MAX_CHARS}) AS statuses
FROM outlet_days AS d
WHERE d.outlet IN (
    SELECT slug FROM outlets
    WHERE is_declared AND slug > :after AND (:country = '' OR country = :country)
    ORDER BY slug LIMIT {PAGE_OUTLETS}
) AND d.day BETWEEN :week AND :today"""

# Of one outlet.
HOURS = f"""
SELECT h.hour, SUM(h.fresh_count / h.observed_hours) AS rate
FROM (SELECT id FROM listings WHERE outlet = :slug LIMIT {LISTINGS_MAX}) AS l
JOIN listing_hours AS h ON h.listing = l.id AND h.observed_hours > 0
GROUP BY h.hour"""

SPENT = """
SELECT
    COALESCE(SUM(request_count) FILTER (WHERE day = :today), 0) AS requests_today,
    COALESCE(SUM(response_bytes) FILTER (WHERE day = :today), 0) AS bytes_today,
    COALESCE(SUM(request_count), 0) AS requests,
    COALESCE(SUM(response_bytes), 0) AS bytes
FROM request_counts
WHERE outlet = :slug AND day BETWEEN :week AND :today AND kind <> 'replay'"""

ROBOTS = f"""
SELECT origin, checked_at, expires_at, changed_at, status,
    substr(body, 1, {ROBOTS_MAX_CHARS}) AS body,
    substr(previous_body, 1, {ROBOTS_MAX_CHARS}) AS previous_body
FROM robots_files WHERE origin IN ({{}}) ORDER BY changed_at DESC NULLS LAST, origin"""


def among(sql: str, values: Sequence[str], **others: str | int) -> Statement:
    """Bind a statement to a list of values, one parameter each; an empty list finds nothing.

    >>> among("SELECT 1 WHERE a IN ({}) AND b = :b", ["x"], b=2)
    ('SELECT 1 WHERE a IN (:n0) AND b = :b', {'n0': 'x', 'b': 2})
    """
    named: dict[str, str | int] = {f"n{place}": value for place, value in enumerate(values)}
    return sql.format(", ".join(f":{name}" for name in named)), named | others
