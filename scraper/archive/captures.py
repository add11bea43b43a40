"""Raw captures: the rows that say where in which WARC file each fetched response stands."""

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from scraper.archive.values import json_text, read_time, safe_text, time_text
from scraper.archive.warc import read_capture
from scraper.archive.warc_files import Place
from scraper.archive.writer import Archive
from scraper.errors import CaptureUnreadable
from scraper.records import Capture, Delivery

# Response headers by which publishers say what may be done with a page: robots directives, the
# TDM Reservation Protocol (W3C community report), and AI preferences (IETF aipref drafts).
RIGHTS_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage")
RIGHTS_MAX_CHARS = 1000  # of each
HEADER_MAX_CHARS = 500  # of a validator or content type; longer ones are not kept


def store_capture(archive: Archive, delivery: Delivery) -> int:
    """Write a capture to its WARC file and its row; return the row's number.

    One that is there already (same address, second and payload) is not written again. A payload
    that the archive holds of the same address becomes a `revisit` record.
    """
    capture = delivery.capture
    digest = hashlib.sha256(capture.body).digest()
    url = safe_text(capture.url)
    row = archive.connection.execute(
        "SELECT id FROM captures WHERE url = ? AND captured_at = ? AND sha256 = ?",
        (url, time_text(capture.captured_at), digest.hex()),
    ).fetchone()
    if row is not None:
        return int(row["id"])
    original = archive.connection.execute(
        "SELECT id, captured_at FROM captures "
        "WHERE sha256 = ? AND url = ? AND revisit_of IS NULL AND lost_at IS NULL "
        "ORDER BY captured_at LIMIT 1",
        (digest.hex(), url),
    ).fetchone()
    return _write(archive, delivery, digest, original)


def load_capture(
    connection: sqlite3.Connection, captures_dir: Path | str, capture_id: int
) -> Capture:
    """Read a capture back, its payload from the earlier record if it stands there.

    A capture whose payload was unchanged comes with the headers of the one that holds the payload.

    Raises:
        CaptureUnreadable: there is no such capture, its file is missing or damaged, or the payload
            does not match its digest.
    """
    row = connection.execute(
        "SELECT c.url, c.captured_at, c.sha256, o.warc_file, o.warc_offset FROM captures c "
        "JOIN captures o ON o.id = COALESCE(c.revisit_of, c.id) WHERE c.id = ?",
        (capture_id,),
    ).fetchone()
    if row is None:
        raise CaptureUnreadable(str(captures_dir), f"the archive knows no capture {capture_id}")
    capture = read_capture(captures_dir, row["warc_file"], row["warc_offset"])
    if hashlib.sha256(capture.body).hexdigest() != row["sha256"]:
        place = f"at byte {row['warc_offset']}"
        raise CaptureUnreadable(
            str(Path(captures_dir) / row["warc_file"]), f"{place}: the payload is not what it was"
        )
    captured_at = read_time(row["captured_at"])
    assert captured_at is not None
    return replace(capture, captured_at=captured_at)


def add_capture(archive: Archive, capture: Capture, outlet: str, sha256: str, place: Place) -> int:
    """Write the row of a capture whose record is in a file already; return the row's number."""
    row = _row(capture, sha256, place) | {"outlet": outlet}
    return _insert(archive, row)


def _write(
    archive: Archive, delivery: Delivery, digest: bytes, original: sqlite3.Row | None
) -> int:
    capture = delivery.capture
    if original is None:
        place = archive.warc.write_response(capture, digest, outlet=delivery.outlet)
    else:
        place = archive.warc.write_revisit(
            capture,
            digest,
            outlet=delivery.outlet,
            refers_to_url=capture.url,
            refers_to_date=original["captured_at"],
        )
    row = _row(capture, digest.hex(), place) | {
        "outlet": delivery.outlet,
        "crawl_run": delivery.crawl_run,
        "revisit_of": None if original is None else original["id"],
    }
    return _insert(archive, row)


def _row(capture: Capture, sha256: str, place: Place) -> dict[str, Any]:
    return {
        "url": safe_text(capture.url),
        "captured_at": time_text(capture.captured_at),
        "status": capture.status,
        "content_type": _header(capture, "content-type"),
        "body_bytes": len(capture.body),
        "sha256": sha256,
        "etag": _header(capture, "etag"),
        "last_modified": _header(capture, "last-modified"),
        "rights": _rights(capture),
        "warc_file": place.file,
        "warc_offset": place.offset,
        "warc_bytes": place.length,
    }


def _insert(archive: Archive, row: dict[str, Any]) -> int:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    cursor = archive.connection.execute(f"INSERT INTO captures ({names}) VALUES ({values})", row)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _rights(capture: Capture) -> str:
    found = {name: capture.header(name)[:RIGHTS_MAX_CHARS] for name in RIGHTS_HEADERS}
    return safe_text(json_text({name: value for name, value in found.items() if value}))


def _header(capture: Capture, name: str) -> str | None:
    value = safe_text(capture.header(name))
    return value if value and len(value) <= HEADER_MAX_CHARS else None
