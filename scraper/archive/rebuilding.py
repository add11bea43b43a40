"""Makes what an archive derives from its own rows anew: the search index and every summary."""

import sqlite3

from scraper.archive.database import stamp
from scraper.archive.edits_schema import rebuild_edits
from scraper.archive.schema import REFILL, statements


def rebuild_index(connection: sqlite3.Connection) -> int:
    """Make search rows and all summaries anew from their sources; return the number of articles.

    One transaction: readers see the old index until the new one is whole.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        for table in ("monthly_counts", "daily_counts", "collected_days", "collected_spans"):
            connection.execute(f"DELETE FROM {table}")
        for statement in statements(REFILL):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO monthly_counts (month, outlet, language, article_count) "
            "SELECT month, outlet, language, COUNT(*) FROM articles GROUP BY 1, 2, 3"
        )
        rebuild_edits(connection)
        stamp(connection)
        (count,) = connection.execute("SELECT COUNT(*) FROM articles").fetchone()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return int(count)
