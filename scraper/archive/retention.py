"""What an archive may lose by age: raw records nothing rests on, and old notes of looks."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from scraper.archive.schema import COLLECTED
from scraper.archive.values import time_text

Kept = Literal["revisions", "first-last", "none"]

# Captures whose raw record stays whatever its age, by what is to be kept of articles. The page in
# quarantine is all there is of it, and the sample of an incident is looked at while that is open.
ALWAYS = """
SELECT capture FROM quarantine JOIN captures ON captures.id = capture WHERE captured_at >= ?
UNION SELECT capture FROM incidents WHERE capture IS NOT NULL AND closed_at IS NULL
"""
RESTS: dict[Kept, str] = {
    "revisions": "SELECT capture FROM revisions WHERE capture IS NOT NULL",
    "first-last": (
        "SELECT revisions.capture FROM revisions JOIN articles ON articles.id = article "
        "WHERE revisions.capture IS NOT NULL AND number IN (1, revision_count)"
    ),
    "none": "SELECT NULL WHERE 0",
}
OLD = """
SELECT id, warc_file, warc_offset, warc_bytes, url, sha256, revisit_of FROM captures
WHERE captured_at < ? AND lost_at IS NULL ORDER BY warc_file, warc_offset
"""
REPEATED = "SELECT id, revisit_of FROM captures WHERE revisit_of IS NOT NULL AND lost_at IS NULL"
# Whoever made two rows of one record, neither is a reason to drop what the other is read from.
SHARED = """
SELECT id FROM captures WHERE (warc_file, warc_offset) IN (
    SELECT warc_file, warc_offset FROM captures WHERE lost_at IS NULL
    GROUP BY warc_file, warc_offset HAVING COUNT(*) > 1
)
"""
# Runs that nothing speaks of any more. An outlet's latest stays, and of each day that it was
# collected on the first that says so: charts tell by them which days are missing.
OLD_RUNS = f"""
started_at < :limit AND outcome <> 'running'
AND NOT EXISTS (SELECT 1 FROM captures WHERE crawl_run = crawl_runs.id)
AND NOT EXISTS (SELECT 1 FROM quarantine WHERE crawl_run = crawl_runs.id)
AND NOT EXISTS (
    SELECT 1 FROM listing_checks WHERE crawl_run = crawl_runs.id AND checked_at >= :limit
)
AND id NOT IN (
    SELECT FIRST_VALUE(id) OVER (PARTITION BY outlet ORDER BY started_at DESC, id DESC)
    FROM crawl_runs
)
AND (NOT ({COLLECTED}) OR id NOT IN (
    SELECT FIRST_VALUE(id) OVER (PARTITION BY outlet, substr(started_at, 1, 10) ORDER BY id)
    FROM crawl_runs WHERE {COLLECTED} AND started_at < :limit
))
"""
RECOUNT = f"""
UPDATE collected_days SET run_count = (
    SELECT COUNT(*) FROM crawl_runs WHERE outlet = collected_days.outlet AND {COLLECTED}
    AND started_at >= collected_days.day AND started_at < date(collected_days.day, '+1 day')
)
WHERE day <= substr(:limit, 1, 10)
"""
OLD_NOTES = {  # by table: which rows are old; looks before the runs that they speak of
    "listing_checks": "checked_at < :limit",
    "request_counts": "day < substr(:limit, 1, 10)",
    "robots_files": "checked_at < :limit",
    "crawl_runs": OLD_RUNS,
}
QUARANTINED = "capture IN (SELECT id FROM captures WHERE captured_at < :limit)"


@dataclass(frozen=True, slots=True)
class Rules:
    """What is old enough to go, by kind; None keeps all of a kind.

    Args:
        captures_before: raw records captured before this.
        kept: of those, which stay because articles rest on them: the one each revision came from,
            those of the first and the last revision, or none.
        checks_before: looks at listings, counts of requests, robots.txt not asked for since, and
            runs that nothing speaks of, before this.
        quarantine_before: quarantined pages whose capture is from before this.
    """

    captures_before: datetime | None = None
    kept: Kept = "revisions"
    checks_before: datetime | None = None
    quarantine_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """Where the raw record of a capture stands, and what it says of itself."""

    capture: int
    offset: int
    length: int
    url: str
    sha256: str


@dataclass(slots=True)
class Plan:
    """What rules would drop: raw records by file, in the order of the file, and rows by table.

    `of_revisions` counts the records among them that the texts of articles came from.
    """

    files: dict[str, list[RawRecord]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    of_revisions: int = 0

    @property
    def records(self) -> int:
        """How many raw records."""
        return sum(map(len, self.files.values()))

    @property
    def bytes(self) -> int:
        """How large they are."""
        return sum(record.length for records in self.files.values() for record in records)


def plan(connection: sqlite3.Connection, rules: Rules) -> Plan:
    """Say what rules drop; nothing is changed."""
    found = Plan()
    if rules.checks_before is not None:
        for table, condition in OLD_NOTES.items():
            found.rows[table] = _count(connection, table, condition, rules.checks_before)
    if rules.quarantine_before is not None:
        limit = rules.quarantine_before
        found.rows["quarantine"] = _count(connection, "quarantine", QUARANTINED, limit)
    if rules.captures_before is not None:
        _plan_captures(connection, rules, found)
    return found


def drop_rows(connection: sqlite3.Connection, rules: Rules) -> None:
    """Delete the old rows of notes and quarantine, within the caller's transaction."""
    if rules.checks_before is not None:
        for table, condition in OLD_NOTES.items():
            limit = {"limit": time_text(rules.checks_before)}
            connection.execute(f"DELETE FROM {table} WHERE {condition}", limit)
        connection.execute(RECOUNT, {"limit": time_text(rules.checks_before)})
    if rules.quarantine_before is not None:
        limit = {"limit": time_text(rules.quarantine_before)}
        connection.execute(f"DELETE FROM quarantine WHERE {QUARANTINED}", limit)


def _count(connection: sqlite3.Connection, table: str, condition: str, limit: datetime) -> int:
    query = f"SELECT COUNT(*) FROM {table} WHERE {condition}"
    return int(connection.execute(query, {"limit": time_text(limit)}).fetchone()[0])


def _plan_captures(connection: sqlite3.Connection, rules: Rules, found: Plan) -> None:
    assert rules.captures_before is not None
    rows = connection.execute(OLD, (time_text(rules.captures_before),)).fetchall()
    kept = {number for (number,) in connection.execute(RESTS[rules.kept])}
    limit = rules.quarantine_before
    staying = connection.execute(ALWAYS, (time_text(limit) if limit else "",))
    kept |= {number for (number,) in staying}
    kept |= {number for (number,) in connection.execute(SHARED)}
    going = {row["id"] for row in rows} - kept
    # A record whose payload a kept one repeats is what that one is read from.
    going -= {
        original
        for number, original in connection.execute(REPEATED).fetchall()
        if number not in going
    }
    files: defaultdict[str, list[RawRecord]] = defaultdict(list)
    for row in rows:
        if row["id"] in going:
            place = (row["warc_offset"], row["warc_bytes"], row["url"], row["sha256"])
            files[row["warc_file"]].append(RawRecord(row["id"], *place))
    found.files = dict(files)
    texts = {number for (number,) in connection.execute(RESTS["revisions"])}
    found.of_revisions = len(going & texts)
