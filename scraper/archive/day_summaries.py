"""One outlet's day in one row, counted from runs, looks at listings, requests and articles.

Requests and looks count for the day they happened on, all else for the day its run began.
"""

import json
import sqlite3
from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from scraper.archive.values import json_text, read_time
from scraper.errors import CHALLENGE_PAGE, CONSENT_WALL

REPLAYED = "replay"  # the kind of requests answered from files: nobody was asked
ELSEWHERE = "redirected to another site: "  # before the host, among reasons of pages that are none
CONSENT_HOSTS = ("consent", "myprivacy", "privacy", "cmp", "zustimmung", "guce")  # first labels
REFUSED = (401, 403, 429, 451)
OTHER_HOSTS_MAX = 20  # kept of a day, those seen most
FILLED_DAYS = 90  # of an older archive, before its last run: what baselines reach back to

RUNS = """
SELECT COUNT(*) AS run_count, COALESCE(SUM(outcome = 'failed'), 0) AS failed_run_count,
    COALESCE(SUM(fetched), 0) AS fetched_count,
    COALESCE(SUM(unchanged + not_modified), 0) AS unchanged_count,
    COALESCE(SUM(no_article), 0) AS no_article_count,
    COALESCE(SUM(quarantined), 0) AS quarantined_count,
    COALESCE(SUM(gone), 0) AS gone_count, COALESCE(SUM(failed), 0) AS failed_count
FROM crawl_runs WHERE outlet = :outlet AND started_at >= :day AND started_at < :after
"""
REASONS = """
SELECT no_article_reasons AS reasons FROM crawl_runs
WHERE outlet = :outlet AND started_at >= :day AND started_at < :after
AND no_article_reasons IS NOT NULL
"""
CHECKS = """
SELECT COUNT(*) AS check_count, COALESCE(SUM(status = 304), 0) AS unchanged_check_count,
    COALESCE(SUM(problem IS NOT NULL), 0) AS failed_check_count,
    COALESCE(SUM(fresh_count), 0) AS fresh_count, MAX(newest_at) AS newest_at
FROM listing_checks WHERE outlet = :outlet AND checked_at >= :day AND checked_at < :after
"""
LISTED = """
SELECT SUM(most) AS candidate_count FROM (SELECT MAX(candidate_count) AS most FROM listing_checks
    WHERE outlet = :outlet AND checked_at >= :day AND checked_at < :after GROUP BY listing)
"""
LED_TO = """
SELECT redirected_to AS url, COUNT(*) AS number FROM listing_checks
WHERE outlet = :outlet AND checked_at >= :day AND checked_at < :after
AND redirected_to IS NOT NULL GROUP BY redirected_to
"""
REQUESTS = f"""
SELECT status, SUM(request_count) AS number, SUM(response_bytes) AS size, SUM(latency_ms) AS ms
FROM request_counts WHERE outlet = :outlet AND day = :day AND kind <> '{REPLAYED}' GROUP BY status
"""
# In this order, whatever the statistics say: a run has few captures, an archive a million.
REVISIONS = """
SELECT v.number, a.word_count, a.published_at, a.published_precision, c.captured_at,
    EXISTS (SELECT 1 FROM article_authors n WHERE n.article = a.id AND COALESCE(n.is_author, 1))
    AS has_author
FROM crawl_runs r CROSS JOIN captures c ON c.crawl_run = r.id
CROSS JOIN revisions v ON v.capture = c.id CROSS JOIN articles a ON a.id = v.article
WHERE r.outlet = :outlet AND r.started_at >= :day AND r.started_at < :after
"""
ROBOTS = """
SELECT COUNT(*) FROM robots_files WHERE changed_at >= :day AND changed_at < :after
AND substr(origin, instr(origin, '://') + 3) IN
    (SELECT host FROM request_counts WHERE outlet = :outlet AND day = :day)
"""
# What candidates and runs tell of days before looks at listings were noted.
OFFERED = """
UPDATE outlet_days SET fresh_count = offered.number, newest_at = offered.newest_at
FROM (SELECT outlet, substr(found_at, 1, 10) AS day, COUNT(*) AS number,
        MAX(CASE WHEN published_at <= found_at THEN published_at END) AS newest_at
    FROM candidates WHERE listing IS NOT NULL GROUP BY 1, 2) AS offered
WHERE offered.outlet = outlet_days.outlet AND offered.day = outlet_days.day AND check_count = 0
"""
ASKED = """
UPDATE outlet_days SET check_count = (SELECT COALESCE(SUM(listings), 0) FROM crawl_runs r
    WHERE r.outlet = outlet_days.outlet AND r.started_at >= outlet_days.day
    AND r.started_at < date(outlet_days.day, '+1 day'))
WHERE check_count = 0
"""


def summarise_day(connection: sqlite3.Connection, outlet: str, day: str) -> None:
    """Write the row of an outlet and a day (YYYY-MM-DD, UTC); again and again gives the same."""
    row = {"outlet": outlet, "day": day, **_summary(connection, outlet, day)}
    names = ", ".join(row)
    connection.execute(
        f"INSERT OR REPLACE INTO outlet_days ({names}) "
        f"VALUES ({', '.join(f':{name}' for name in row)})",
        row,
    )


def fill_outlet_days(connection: sqlite3.Connection) -> None:
    """Write the rows of an archive that had none, as far as its other tables tell."""
    runs = connection.execute(
        "SELECT DISTINCT outlet, substr(started_at, 1, 10) FROM crawl_runs WHERE started_at >= "
        f"(SELECT date(MAX(started_at), '-{FILLED_DAYS} days') FROM crawl_runs)"
    )
    for outlet, day in runs.fetchall():
        summarise_day(connection, outlet, day)
    connection.execute(OFFERED)
    connection.execute(ASKED)


def _summary(connection: sqlite3.Connection, outlet: str, day: str) -> dict[str, Any]:
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    values = {"outlet": outlet, "day": day, "after": after}
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row

    def rows(query: str) -> list[sqlite3.Row]:
        return cursor.execute(query, values).fetchall()

    reasons: Counter[str] = Counter()
    for row in rows(REASONS):
        reasons.update(json.loads(row["reasons"]))
    requests = _requests(rows(REQUESTS), reasons[CHALLENGE_PAGE])
    others = _elsewhere(reasons)
    walls = sum(number for host, number in others.items() if host.split(".")[0] in CONSENT_HOSTS)
    led_to = Counter(others)
    for row in rows(LED_TO):
        led_to[host_of(row["url"])] += row["number"]
    return {
        **dict(rows(RUNS)[0]),
        **dict(rows(CHECKS)[0]),
        **dict(rows(LISTED)[0]),
        **requests,
        **_articles(rows(REVISIONS)),
        "consent_count": reasons[CONSENT_WALL] + walls,
        "robots_change_count": rows(ROBOTS)[0][0],
        "other_hosts": json_text(dict(led_to.most_common(OTHER_HOSTS_MAX))),
    }


def _requests(rows: list[sqlite3.Row], challenges: int) -> dict[str, Any]:
    """Return what a day's requests, by status, sum up to."""
    answers = sum(row["number"] for row in rows if row["status"])
    waited = sum(row["ms"] for row in rows if row["status"])
    refused = sum(row["number"] for row in rows if row["status"] in REFUSED)
    return {
        "request_count": sum(row["number"] for row in rows),
        "response_bytes": sum(row["size"] for row in rows),
        "latency_ms": round(waited / answers) if answers else None,
        "refused_count": refused + challenges,
        "statuses": json_text({str(row["status"]): row["number"] for row in rows}),
    }


def _articles(rows: list[sqlite3.Row]) -> dict[str, Any]:
    """Return what came, by revisions with their articles."""
    new = [row for row in rows if row["number"] == 1]
    exact = [row for row in new if row["published_at"] and row["published_precision"] != "day"]
    delays = [_delay(row) for row in exact]
    return {
        "article_count": len(new),
        "revised_count": len(rows) - len(new),
        "author_count": sum(row["has_author"] for row in new),
        "dated_count": sum(row["published_at"] is not None for row in new),
        "median_words": round(median(row["word_count"] for row in new)) if new else None,
        "median_delay_seconds": round(median(delays)) if delays else None,
    }


def _delay(row: sqlite3.Row) -> float:
    """Return how long after publication an article was captured, in seconds."""
    published_at, captured_at = read_time(row["published_at"]), read_time(row["captured_at"])
    if published_at is None or captured_at is None:
        return 0.0
    return max(0.0, (captured_at - published_at).total_seconds())


def _elsewhere(reasons: Counter[str]) -> Counter[str]:
    """Return the hosts of other sites that articles led to, with how often."""
    return Counter(
        {r.removeprefix(ELSEWHERE): n for r, n in reasons.items() if r.startswith(ELSEWHERE)}
    )


def host_of(url: str) -> str:
    """Return a URL's host, "" where it has none that can be read.

    >>> host_of("https://Consent.example:8443/a")
    'consent.example'
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
