"""Each host's robots.txt as it was last answered, and when it began to say something else."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.archive.values import read_time, safe_text, time_text
from scraper.archive.writer import Archive

STALE_MAX = timedelta(hours=24)  # a copy is used no longer, whatever happens (RFC 9309 section 2.4)
NO_RULE = ("sitemap", "host")  # lines that forbid and allow nothing


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """One robots.txt: `body` is what is read of it, "" where there are no rules (status 4xx)."""

    origin: str
    checked_at: datetime
    expires_at: datetime
    status: int
    body: str
    etag: str = ""
    last_modified: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it need not be asked again yet; a copy from the future is not believed."""
        return self.checked_at <= now < self.expires_at

    def may_stand_in(self, now: datetime) -> bool:
        """Tell whether it may be gone by while the file cannot be had (section 2.3.1.4)."""
        return self.checked_at <= now < self.checked_at + STALE_MAX


def find(connection: sqlite3.Connection, origin: str) -> RobotsFile | None:
    """Return what is kept of an origin (scheme, host and port), None for nothing."""
    row = connection.execute(
        "SELECT checked_at, expires_at, status, body, etag, last_modified FROM robots_files "
        "WHERE origin = ?",
        (origin,),
    ).fetchone()
    if row is None:
        return None
    checked_at, expires_at = read_time(row["checked_at"]), read_time(row["expires_at"])
    assert checked_at is not None
    assert expires_at is not None
    return RobotsFile(
        origin,
        checked_at,
        expires_at,
        row["status"],
        row["body"],
        row["etag"] or "",
        row["last_modified"] or "",
    )


def keep(archive: Archive, file: RobotsFile) -> None:
    """Keep a robots.txt in place of the one before, whose rules stay if they were others."""
    values = {
        "origin": safe_text(file.origin),
        "checked_at": time_text(file.checked_at),
        "expires_at": time_text(file.expires_at),
        "status": file.status,
        "etag": safe_text(file.etag) or None,
        "last_modified": safe_text(file.last_modified) or None,
        "body": safe_text(file.body),
        "changed_at": None,
        "previous_body": None,
    }
    before = archive.connection.execute(
        "SELECT body, changed_at, previous_body FROM robots_files WHERE origin = :origin", values
    ).fetchone()
    if before is not None:
        values |= {name: before[name] for name in ("changed_at", "previous_body")}
        if rules(before["body"]) != rules(file.body):
            values |= {"changed_at": values["checked_at"], "previous_body": before["body"]}
    names = ", ".join(values)
    archive.connection.execute(
        f"INSERT OR REPLACE INTO robots_files ({names}) "
        f"VALUES ({', '.join(f':{name}' for name in values)})",
        values,
    )


def rules(body: str) -> list[str]:
    r"""Return the lines of a robots.txt that say what may be asked, written in one way.

    >>> rules("# hello\nUser-Agent :  *\nDISALLOW: /a # why\n\nSitemap: /s.xml")
    ['user-agent:*', 'disallow:/a']
    """
    found = []
    for line in body.splitlines():
        name, colon, value = line.split("#")[0].partition(":")
        name = name.strip().lower()
        if colon and name not in NO_RULE:
            found.append(f"{name}:{' '.join(value.split())}")
    return found
