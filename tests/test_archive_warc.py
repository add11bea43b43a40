"""Captures to WARC records and back, whole files and broken ones."""

import gzip
import hashlib
import logging
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # a second opinion on what we write
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive import warc
from scraper.archive.warc import (
    WarcIndex,
    WarcWriter,
    iter_captures,
    read_capture,
    read_revisit,
)
from scraper.archive.warc_files import Place
from scraper.errors import CaptureUnreadable
from scraper.records import Capture

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CAPTURE = Capture(
    url="https://gazette.example/harbour",
    body="<p>Die Fähre fährt wieder.</p>".encode(),
    headers={"Content-Type": "text/html", "X-Note": "Größe", "ETag": '"1"'},
    captured_at=NOON,
    requested_url="https://gazette.example/h?utm_source=rss",
)


def digest(capture: Capture) -> bytes:
    return hashlib.sha256(capture.body).digest()


def written(directory: Path, *captures: Capture) -> list[Place]:
    writer = WarcWriter(directory)
    places = [writer.write_response(capture, digest(capture)) for capture in captures]
    writer.close()
    return places


def numbered(count: int) -> list[Capture]:
    return [
        replace(CAPTURE, url=f"https://gazette.example/{n}", body=bytes([n]) * 5000)
        for n in range(count)
    ]


def test_capture_comes_back_as_it_was(tmp_path: Path) -> None:
    (place,) = written(tmp_path, CAPTURE)
    capture = read_capture(tmp_path, place.file, place.offset)
    assert capture == replace(
        CAPTURE, headers={**CAPTURE.headers, "Content-Length": str(len(CAPTURE.body))}
    )


def test_records_are_whole_for_other_readers(tmp_path: Path) -> None:
    (place,) = written(tmp_path, CAPTURE)
    with (tmp_path / place.file).open("rb") as stream:
        records = [
            (r.rec_type, r.content_stream().read())
            for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _ in records] == ["warcinfo", "response"]
    assert records[1][1] == CAPTURE.body


def test_encoding_headers_are_kept_under_names_nobody_acts_on(tmp_path: Path) -> None:
    sent = {"Content-Encoding": "br", "content-length": "7", "Transfer-Encoding": "chunked"}
    (place,) = written(tmp_path, replace(CAPTURE, headers=sent))
    headers = read_capture(tmp_path, place.file, place.offset).headers
    assert headers == {
        "X-Archive-Orig-Content-Encoding": "br",
        "X-Archive-Orig-content-length": "7",
        "X-Archive-Orig-Transfer-Encoding": "chunked",
        "Content-Length": str(len(CAPTURE.body)),
    }


def test_hostile_headers_cannot_forge_a_record(tmp_path: Path) -> None:
    forged = {"X-A": "1\r\n\r\nWARC/1.1\r\n", "Bad\r\nName": "x", "X-B": "\ud800\x00"}
    url = "https://gazette.example/a\r\nWARC-Type: request"
    places = written(tmp_path, replace(CAPTURE, headers=forged, url=url), CAPTURE)
    found = list(iter_captures([tmp_path / places[0].file]))
    assert [f.offset for f in found] == [p.offset for p in places]
    assert found[0].capture.body == CAPTURE.body
    assert set(found[0].capture.headers) == {"X-A", "X-B", "Content-Length"}


def test_revisit_names_the_payload_it_repeats(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    writer.write_response(CAPTURE, digest(CAPTURE))
    place = writer.write_revisit(
        CAPTURE, digest(CAPTURE), refers_to_url=CAPTURE.url, refers_to_date="2026-03-04T12:00:00Z"
    )
    writer.close()
    assert read_revisit(tmp_path, place.file, place.offset) == digest(CAPTURE).hex()
    with pytest.raises(CaptureUnreadable, match="no http response"):
        read_capture(tmp_path, place.file, place.offset)
    with (tmp_path / place.file).open("rb") as stream:
        last = list(ArchiveIterator(stream))[-1].rec_headers
    assert last.get_header("WARC-Profile").endswith("/revisit/identical-payload-digest")
    assert last.get_header("WARC-Refers-To-Target-URI") == CAPTURE.url
    assert last.get_header("WARC-Refers-To-Date") == "2026-03-04T12:00:00Z"


def test_new_file_by_size_and_by_day_and_by_writer(tmp_path: Path) -> None:
    moment = NOON
    writer = WarcWriter(tmp_path, max_bytes=300, clock=lambda: moment)
    names = [writer.write_response(CAPTURE, digest(CAPTURE)).file for _ in range(2)]
    moment = NOON + timedelta(days=1)
    names.append(writer.write_response(CAPTURE, digest(CAPTURE)).file)
    writer.close()
    other = WarcWriter(tmp_path, clock=lambda: moment)
    names.append(other.write_response(CAPTURE, digest(CAPTURE)).file)
    other.close()
    assert len(set(names)) == 4
    assert [name.split("-")[1] for name in names] == [
        "20260304",
        "20260304",
        "20260305",
        "20260305",
    ]


def test_full_disk_leaves_no_half_record_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path)
    first = writer.write_response(CAPTURE, digest(CAPTURE))
    write = os.write
    with monkeypatch.context() as patch:

        def full(descriptor: int, data: bytes) -> int:
            write(descriptor, data[:20])
            raise OSError(28, "No space left on device")

        patch.setattr("scraper.archive.warc_files.os.write", full)
        with pytest.raises(OSError, match="No space"):
            writer.write_response(CAPTURE, digest(CAPTURE))
    second = writer.write_response(CAPTURE, digest(CAPTURE))
    writer.close()
    assert second.offset == first.offset + first.length
    assert len(list(iter_captures([tmp_path / first.file]))) == 2


@pytest.mark.parametrize("is_gzipped", [True, False], ids=["gz", "plain"])
def test_cut_file_yields_what_is_whole_and_warns(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, is_gzipped: bool
) -> None:
    places = written(tmp_path, *numbered(8))
    whole = (tmp_path / places[0].file).read_bytes()
    data = whole if is_gzipped else gzip.decompress(whole)
    cut = tmp_path / "cut.warc.gz"
    for end in range(0, len(data), max(1, len(data) // 60)):
        cut.write_bytes(data[:end])
        found = list(iter_captures([cut]))
        assert [f.capture.url for f in found] == [c.url for c in numbered(len(found))]
        if is_gzipped:
            whole_records = sum(p.offset + p.length <= end for p in places)
            assert whole_records <= len(found) <= whole_records + 1  # the payload may be whole
    assert "nothing read beyond the damage" in caplog.text


def test_flipped_bytes_raise_nothing_but_unreadable(tmp_path: Path) -> None:
    places = written(tmp_path, *numbered(5))
    whole = (tmp_path / places[0].file).read_bytes()
    bad = tmp_path / "bad.warc.gz"
    for at in range(0, len(whole), 7):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        list(iter_captures([bad]))
        for place in places:
            try:
                read_capture(tmp_path, bad.name, place.offset)
            except CaptureUnreadable:
                continue


@pytest.mark.parametrize(
    ("file", "offset", "words"),
    [("none.warc.gz", 0, "No such file"), ("../a", 0, "plain file name"), ("a", 99, "at byte 99")],
)
def test_unreadable_capture_says_where(tmp_path: Path, file: str, offset: int, words: str) -> None:
    (tmp_path / "a").write_bytes(b"not a record at all")
    with pytest.raises(CaptureUnreadable, match=words):
        read_capture(tmp_path, file, offset)


def test_header_bomb_is_refused(tmp_path: Path) -> None:
    bomb = b"WARC/1.0\r\n" + b"X-A: b\r\n" * 1_000_000
    (tmp_path / "a").write_bytes(gzip.compress(bomb))
    (tmp_path / "b").write_bytes(gzip.compress(b"WARC/1.0\r\nX: " + bytes(50_000_000)))
    for name in ("a", "b"):
        with pytest.raises(CaptureUnreadable, match="headers of more than"):
            read_capture(tmp_path, name, 0)


def test_payload_beyond_the_bound_is_left_out_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    places = written(tmp_path, replace(CAPTURE, body=bytes(10_000)), CAPTURE)
    monkeypatch.setattr(warc, "CAPTURE_MAX_BYTES", 9_999)
    found = list(iter_captures([tmp_path / places[0].file]))
    assert [f.capture.body for f in found] == [CAPTURE.body]
    assert "left out" in caplog.text


def foreign_file(path: Path, *records: tuple[str, str, str, dict[str, str], bytes]) -> Path:
    """Write a file as other archivers do: type, address, date, headers, stored payload."""
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=path.suffix == ".gz")
    for kind, url, date, headers, body in records:
        http = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http if kind in ("response", "revisit") else None,
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(record)
    path.write_bytes(stream.getvalue())
    return path


@pytest.mark.parametrize("name", ["foreign.warc", "foreign.warc.gz"])
def test_files_of_other_archivers_are_read_and_decoded(tmp_path: Path, name: str) -> None:
    encoded = {"Content-Type": "text/html", "Content-Encoding": "gzip", "Content-Length": "9"}
    path = foreign_file(
        tmp_path / name,
        ("resource", "https://a.example/x", "2026-03-04T12:00:00Z", {}, b"no http"),
        ("response", "https://a.example/1", "2026-03-04T12:00:00Z", encoded, gzip.compress(b"<p>")),
        ("response", "dns:a.example", "2026-03-04T12:00:00Z", {}, b"1.2.3.4"),
        ("response", "https://a.example/2", "2026-03-04T12:00:00.123456Z", {}, b"<q>"),
    )
    found = [f.capture for f in iter_captures([path])]
    assert [(c.url, c.body) for c in found] == [
        ("https://a.example/1", b"<p>"),
        ("https://a.example/2", b"<q>"),
    ]
    assert found[0].headers == {"Content-Type": "text/html", "Content-Length": "3"}
    assert found[0].captured_at == NOON


def test_index_finds_the_exact_address_first_and_the_newest_of_it(tmp_path: Path) -> None:
    path = foreign_file(
        tmp_path / "a.warc.gz",
        ("response", "https://a.example/1", "2026-03-05T12:00:00Z", {}, b"newest"),
        ("response", "https://a.example/1", "2026-03-04T12:00:00Z", {}, b"old"),
        ("response", "https://a.example/1?utm_source=x", "2026-03-03T12:00:00Z", {}, b"tracked"),
    )
    index = WarcIndex([path])
    bodies = {
        url: getattr(index.find(f"https://a.example/{url}"), "body", None)
        for url in ("1", "1?utm_source=x", "1?utm_medium=y#z", "2")
    }
    assert bodies == {
        "1": b"newest",
        "1?utm_source=x": b"tracked",
        "1?utm_medium=y#z": b"newest",
        "2": None,
    }
    assert len(index) == 2


def test_missing_file_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert len(WarcIndex([tmp_path / "none.warc.gz"])) == 0
    assert "none.warc.gz" in caplog.text
