"""What the archive knows of listings: validators for the next request, and the last look."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from scraper.archive.checks import Offering, add_check
from scraper.archive.values import safe_text, time_text
from scraper.archive.writer import Archive

NOT_MODIFIED = 304
PROBLEM_MAX_CHARS = 500
NOTHING_ELSE = Offering()


def validators(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return ETag and Last-Modified ("" for none) of those listings that have either."""
    found = {}
    for url in urls:
        row = connection.execute(
            "SELECT etag, last_modified FROM listings WHERE url = ?", (url,)
        ).fetchone()
        if row and (row["etag"] or row["last_modified"]):
            found[url] = (row["etag"] or "", row["last_modified"] or "")
    return found


def record_check(  # noqa: PLR0913  # a column each, by name
    archive: Archive,
    outlet: str,
    url: str,
    kind: str,
    *,
    status: int | None,
    etag: str = "",
    last_modified: str = "",
    candidate_count: int = 0,
    problem: str = "",
    checked_at: datetime,
    offering: Offering = NOTHING_ELSE,
) -> None:
    """Note what came of asking a listing.

    Submit it after the listing's candidates were offered: its validators make the next answer 304,
    so offers lost in between would not be seen again. A listing that answered and could not be read
    loses its validators; one that did not answer, or answered 304, keeps them.

    Args:
        archive: where to.
        outlet: slug of the outlet, which must have been crawled (`runs.open_run`).
        url: address asked.
        kind: feed, news_sitemap or section.
        status: HTTP status, None when no answer came.
        etag: validator sent along.
        last_modified: validator sent along.
        candidate_count: articles it listed; not looked at for 304.
        problem: why it could not be read, "" when it could.
        checked_at: when it was asked.
        offering: what else the look brought, for `listing_checks`.
    """
    row = {
        "url": url,
        "outlet": outlet,
        "kind": kind,
        "status": status,
        "etag": safe_text(etag) or None,
        "last_modified": safe_text(last_modified) or None,
        "candidate_count": candidate_count,
        "problem": safe_text(problem[:PROBLEM_MAX_CHARS]) or None,
        "checked_at": time_text(checked_at),
    }
    archive.connection.execute(
        "INSERT INTO listings (url, outlet, kind) VALUES (:url, :outlet, :kind) "
        "ON CONFLICT (url) DO UPDATE SET kind = excluded.kind WHERE kind <> excluded.kind",
        row,
    )
    changes = "status = :status, problem = :problem, checked_at = :checked_at"
    if status is not None and status != NOT_MODIFIED:
        changes += ", etag = :etag, last_modified = :last_modified"
    is_read = status is not None and status != NOT_MODIFIED and not problem
    if is_read:
        changes += ", candidate_count = :candidate_count, changed_at = :checked_at"
    if problem:
        row |= {"etag": None, "last_modified": None}
    archive.connection.execute(f"UPDATE listings SET {changes} WHERE url = :url", row)
    add_check(archive, row | {"candidate_count": candidate_count if is_read else None}, offering)
