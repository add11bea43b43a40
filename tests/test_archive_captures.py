"""Raw captures: written once, unchanged payloads as revisits, readable for ever."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.archive.captures import load_capture, store_capture
from scraper.errors import CaptureUnreadable
from tests.conftest import NOON, Desk

URL = "https://gazette.example/harbour"


def test_same_capture_is_written_once(desk: Desk) -> None:
    first = store_capture(desk.archive, desk.deliver(URL, b"page"))
    size = desk.archive.warc.files._size
    assert store_capture(desk.archive, desk.deliver(URL, b"page")) == first
    assert desk.archive.warc.files._size == size


def test_unchanged_payload_becomes_a_revisit_of_the_first(desk: Desk, tmp_path: Path) -> None:
    page = bytes(range(256)) * 100
    numbers = [
        store_capture(desk.archive, desk.deliver(URL, page, minute=minute)) for minute in range(3)
    ]
    rows = desk.rows("SELECT revisit_of, warc_bytes FROM captures ORDER BY id")
    assert [row[0] for row in rows] == [None, numbers[0], numbers[0]]
    assert rows[1][1] < 1000
    desk.archive.warc.flush()
    capture = load_capture(desk.archive.connection, tmp_path / "captures", numbers[2])
    assert (capture.body, capture.captured_at) == (page, NOON + timedelta(minutes=2))


def test_same_payload_at_another_address_is_stored_there_too(desk: Desk) -> None:
    for url in (URL, URL + "-2"):
        store_capture(desk.archive, desk.deliver(url, b"page"))
    assert desk.rows("SELECT revisit_of FROM captures") == [(None,), (None,)]


def test_row_says_what_the_response_said(desk: Desk) -> None:
    headers = {
        "content-type": "text/html; charset=utf-8",
        "ETag": '"1"',
        "Last-Modified": "Wed, 04 Mar 2026 11:00:00 GMT",
        "X-Robots-Tag": "noai",
        "TDM-Reservation": "1",
        "Content-Usage": "train-ai=n",
    }
    store_capture(desk.archive, desk.deliver(URL, b"four", headers=headers))
    (row,) = desk.archive.connection.execute("SELECT * FROM captures").fetchall()
    assert (row["content_type"], row["etag"]) == ("text/html; charset=utf-8", '"1"')
    assert (row["body_bytes"], row["status"], row["crawl_run"]) == (4, 200, desk.run)
    assert json.loads(row["rights"]) == {
        "x-robots-tag": "noai",
        "tdm-reservation": "1",
        "content-usage": "train-ai=n",
    }


def test_absurd_validators_are_not_kept(desk: Desk) -> None:
    store_capture(desk.archive, desk.deliver(URL, headers={"ETag": "x" * 100_000}))
    assert desk.rows("SELECT etag FROM captures") == [(None,)]


def test_capture_that_is_not_what_it_was_is_unreadable(desk: Desk, tmp_path: Path) -> None:
    number = store_capture(desk.archive, desk.deliver(URL, b"page"))
    desk.archive.warc.flush()
    desk.archive.connection.execute("UPDATE captures SET sha256 = ''")
    with pytest.raises(CaptureUnreadable, match="not what it was"):
        load_capture(desk.archive.connection, tmp_path / "captures", number)
    with pytest.raises(CaptureUnreadable, match="no capture 99"):
        load_capture(desk.archive.connection, tmp_path / "captures", 99)
