"""What was expected of the invented outlets and what came: days, incidents of every kind, robots.txt."""

import json
import sqlite3
from datetime import date, timedelta
from typing import Any

LAST_DAY = date(2024, 6, 17)
DAYS = 70
UNSEEN = {"hoshi": (date(2024, 5, 10), date(2024, 5, 14))}  # no run on these days, ends included
JUDGED_AT = "2024-06-17T06:00:00Z"
FEED = "https://harbour.example/feed"
NASTY_HOST = "evil.example</code><script>1</script>"

# outlet, kind, field, severity, evidence, number of the sample capture
OPEN: tuple[tuple[str, str, str, float, dict[str, Any], int | None], ...] = (
    (
        "hoshi", "silent", "", 7.5,
        {"what": "frozen", "expected": 31.2, "came": 0, "last_at": "2024-06-09T12:00:00Z",
         "looked_at": JUDGED_AT, "silent_seconds": 669_600, "usual_seconds": 90_000,
         "per_week": 28, "missed_days": 5.6, "looks": 130, "suggestion": "check",
         "days": 8, "known_days": 48},
        None,
    ),
    (
        "najm", "drifted", "author", 2.25,
        {"what": "share", "expected": 0.92, "came": 0.05, "articles": 40, "known_articles": 700,
         "suggestion": "reextract", "days": 4, "known_days": 52},
        6,
    ),
    (
        "lucero", "blocked", "", 4.0,
        {"what": "refused", "expected": 0.01, "came": 0.97, "requests": 210, "refused": 204,
         "statuses": {"403": 204, "200": 6, "0": 1}, "host": NASTY_HOST,
         "suggestion": "ask_permission", "days": 2, "known_days": 54},
        None,
    ),
    (
        "morgenstern", "emptied", "", 3.0,
        {"what": "unreadable", "listing": FEED, "problem": "HTTP 404", "failures": 12,
         "listings": 1, "of_listings": 2, "suggestion": "check_listing"},
        None,
    ),
    (
        "hanbit", "slow", "", 1.2,
        {"what": "latency", "expected": 420, "came": 11_800.0, "suggestion": "slow_down"}, None,
    ),
    (
        "doi", "moved", "", 1.1,
        {"what": "articles", "came": 0.8, "expected": 0.0, "host": "new.example", "answers": 44,
         "suggestion": "redeclare"},
        5,
    ),
    (
        "kochav", "slow", "", 1.0,
        {"what": "delay", "expected": 1_900, "came": 90_000, "checks": 20, "expected_checks": 21},
        None,
    ),
)  # fmt: skip
ROBOTS_BEFORE = "User-agent: *\nDisallow: /search\n"
ROBOTS_NOW = "User-agent: *\nDisallow: /search\nDisallow: /world\n"


def add_watch(connection: sqlite3.Connection) -> None:
    """Add days, incidents, listings with their rhythm, robots.txt and counts of requests."""
    connection.execute("UPDATE outlets SET is_declared = 1")
    for (slug,) in connection.execute("SELECT slug FROM outlets ORDER BY slug").fetchall():
        for passed in range(DAYS):
            add_day(connection, slug, LAST_DAY - timedelta(days=passed), passed)
    for outlet, kind, field, severity, evidence, capture in OPEN:
        connection.execute(
            "INSERT INTO incidents (outlet, kind, field, severity, opened_at, began_at, seen_at, "
            "evidence, capture) VALUES (?, ?, ?, ?, '2024-06-12T05:00:00Z', '2024-06-10T00:00:00Z', "
            "?, ?, ?)",
            (outlet, kind, field, severity, JUDGED_AT, json.dumps(evidence), capture),
        )
    connection.execute(
        "INSERT INTO incidents (outlet, kind, severity, opened_at, seen_at, closed_at, evidence) "
        "VALUES ('harbour', 'slow', 2, '2024-06-01T00:00:00Z', '2024-06-03T00:00:00Z', "
        "'2024-06-10T00:00:00Z', '{}')"
    )
    connection.execute("INSERT INTO archive_info VALUES ('judged_at', ?)", (JUDGED_AT,))
    add_harbour(connection)


def add_day(connection: sqlite3.Connection, slug: str, day: date, passed: int) -> None:
    """Add one day of an outlet: three new articles, a fourth now and then; none while silent."""
    begin, end = UNSEEN.get(slug, (date.min, date.min))
    if begin <= day <= end:
        return
    articles = 0 if slug == "hoshi" and passed < 8 else 3 + passed % 2
    names = (
        "outlet", "day", "run_count", "failed_run_count", "check_count", "unchanged_check_count",
        "failed_check_count", "fresh_count", "request_count", "response_bytes", "fetched_count",
        "article_count", "revised_count", "unchanged_count", "no_article_count", "consent_count",
        "quarantined_count", "gone_count", "failed_count", "refused_count", "author_count",
        "dated_count", "median_words", "robots_change_count", "statuses", "other_hosts",
    )  # fmt: skip
    values = (
        slug, day.isoformat(), 2, 0, 12, 9, 0, articles, 20, 250_000, articles, articles, 1, 2, 0, 0,
        0, 0, 0, 0, articles // 2, articles, 400 + passed if articles else None, 0,
        json.dumps({"200": 9, "304": 10, "0": 1}), "{}",
    )  # fmt: skip
    marks = ", ".join("?" * len(names))
    connection.execute(f"INSERT INTO outlet_days ({', '.join(names)}) VALUES ({marks})", values)


def add_harbour(connection: sqlite3.Connection) -> None:
    """Add a listing of the Harbour Post with its rhythm, its robots.txt and its requests."""
    cursor = connection.execute(
        "INSERT INTO listings (url, outlet, kind, checked_at, candidate_count, due_at, "
        "interval_seconds, failure_count, due_reason) VALUES "
        "(?, 'harbour', 'feed', ?, 30, '2024-06-17T06:40:00Z', 2400, 0, 'rhythm')",
        (FEED, JUDGED_AT),
    )
    connection.executemany(
        "INSERT INTO listing_hours VALUES (?, ?, 4.0, ?)",
        [(cursor.lastrowid, hour, 6.0 if hour % 24 in (6, 7, 18) else 0.5) for hour in range(168)],
    )
    connection.execute(
        "INSERT INTO robots_files VALUES ('https://harbour.example', ?, '2024-06-18T05:00:00Z', "
        "'2024-06-14T05:00:00Z', 200, NULL, NULL, ?, ?)",
        (JUDGED_AT, ROBOTS_NOW, ROBOTS_BEFORE),
    )
    for day, kind, status, count in (
        ("2024-06-17", "listing", 304, 11),
        ("2024-06-17", "article", 200, 4),
        ("2024-06-16", "listing", 304, 140),
        ("2024-06-09", "listing", 304, 999),
    ):
        connection.execute(
            "INSERT INTO request_counts VALUES (?, 'harbour', 'harbour.example', ?, ?, ?, ?, ?)",
            (day, kind, status, count, count * 1_000, count * 90),
        )
