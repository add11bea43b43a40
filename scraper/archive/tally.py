"""How much an archive holds, in a few numbers."""

import sqlite3
from dataclasses import dataclass

REASONS_MAX = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """What an archive holds; `edits` are revisions that changed a text, reasons the commonest."""

    outlets: int
    articles: int
    languages: int
    edits: int
    gone: int
    quarantined: int
    quarantine_reasons: tuple[tuple[str, int], ...]


def tally(connection: sqlite3.Connection) -> Tally:
    """Count what an archive holds."""

    def count(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    reasons = connection.execute(
        "SELECT reason, COUNT(*) AS number FROM quarantine GROUP BY reason "
        "ORDER BY number DESC, reason LIMIT ?",
        (REASONS_MAX,),
    )
    return Tally(
        outlets=count("SELECT COUNT(DISTINCT outlet) FROM monthly_counts WHERE article_count > 0"),
        articles=count("SELECT COALESCE(SUM(article_count), 0) FROM monthly_counts"),
        languages=count(
            "SELECT COUNT(DISTINCT language) FROM monthly_counts "
            "WHERE article_count > 0 AND language <> ''"
        ),
        edits=count("SELECT COUNT(*) FROM revisions WHERE number > 1 AND changed <> '[]'"),
        gone=count("SELECT COUNT(*) FROM articles WHERE gone_at IS NOT NULL"),
        quarantined=count("SELECT COUNT(*) FROM quarantine"),
        quarantine_reasons=tuple((row[0], row[1]) for row in reasons),
    )
