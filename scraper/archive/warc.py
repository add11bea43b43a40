"""The WARC door (ISO 28500): captures become records here, and any archiver's records captures."""

import base64
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from scraper.archive.payloads import PayloadTooLarge, decode_payload
from scraper.archive.values import safe_text, time_text
from scraper.archive.warc_files import WARC_FILE_MAX_BYTES, Place, WarcFiles, now
from scraper.archive.warc_records import DAMAGE, iter_records, record_at, words
from scraper.compression import gzip_member
from scraper.errors import CaptureUnreadable
from scraper.records import Capture
from scraper.urls import canonical_url, http_url

CAPTURE_MAX_BYTES = 64 * 2**20  # payloads beyond this are not read; a crawl's are far below
HEADERS_MAX_COUNT = 500
HEADER_VALUE_MAX_CHARS = 16_384

WARC_VERSION = "WARC/1.1"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# Fields of ours: what was asked before redirects led to the target URI, and whose page it is.
ASKED_AS = "X-Requested-URI"
OUTLET = "X-Dateline-Outlet"
ENCODING_HEADERS = ("content-encoding", "transfer-encoding", "content-length")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # RFC 9110 section 5.6.2

logger = logging.getLogger(__name__)


class Record(NamedTuple):
    """A response record, or a `revisit` of one, whose payload an earlier record holds.

    `sha256` is the digest the record states for its payload, hexadecimal, "" for none of ours.
    """

    is_revisit: bool
    capture: Capture
    sha256: str
    outlet: str


class Found(NamedTuple):
    """A capture read from a file, and where its record begins."""

    capture: Capture
    path: Path
    offset: int


class WarcWriter:
    """Appends records to `.warc.gz` files, one gzip member each.

    Nothing is durable before `flush`. Not safe for use by several threads.
    """

    def __init__(
        self,
        directory: Path | str,
        *,
        max_bytes: int = WARC_FILE_MAX_BYTES,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Prepare to write below `directory`, which is made when the first record comes."""
        self.clock = clock
        self.files = WarcFiles(Path(directory), self._warcinfo, max_bytes=max_bytes, clock=clock)

    def write_response(self, capture: Capture, digest: bytes, *, outlet: str = "") -> Place:
        """Append a capture as a response record.

        The payload is stored as `Capture` has it, decoded, so encoding headers are kept under
        names that no client acts on (X-Archive-Orig-…).

        Args:
            capture: what was received.
            digest: SHA-256 of its body.
            outlet: slug of the outlet crawled, by which the tables can be made anew.

        Raises:
            OSError: the disk is full or fails; nothing half-written stays in the way.
        """
        return self._write("response", capture, digest, [(OUTLET, outlet)], capture.body)

    def write_revisit(
        self,
        capture: Capture,
        digest: bytes,
        *,
        refers_to_url: str,
        refers_to_date: str,
        outlet: str = "",
    ) -> Place:
        """Append a record of a capture whose payload an earlier record holds.

        ISO 28500 section 6.7, profile identical-payload-digest. Raises OSError as `write_response`.
        """
        fields = [
            ("WARC-Profile", REVISIT_PROFILE),
            ("WARC-Refers-To-Target-URI", refers_to_url),
            ("WARC-Refers-To-Date", refers_to_date),
            (OUTLET, outlet),
        ]
        return self._write("revisit", capture, digest, fields, b"")

    def flush(self) -> None:
        """Wait until all that was written is on disk; raises OSError when it is not."""
        self.files.flush()

    def close(self) -> None:
        """Flush and close the file; the next record begins another."""
        self.files.close()

    def _write(
        self,
        kind: str,
        capture: Capture,
        digest: bytes,
        fields: list[tuple[str, str]],
        body: bytes,
    ) -> Place:
        block = _http_head(capture) + body
        headers = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
            ("WARC-Target-URI", _line(capture.url)),
            ("WARC-Date", time_text(capture.captured_at)),
            ("WARC-Payload-Digest", f"sha256:{base64.b32encode(digest).decode()}"),
            *((name, _line(value)) for name, value in fields if value),
            ("Content-Type", "application/http; msgtype=response"),
            ("Content-Length", str(len(block))),
        ]
        if capture.requested_url and capture.requested_url != capture.url:
            headers.insert(3, (ASKED_AS, _line(capture.requested_url)))
        return self.files.append(_member(headers, block))

    def _warcinfo(self, file: str) -> bytes:
        info = f"software: Dateline\r\nformat: {WARC_VERSION}\r\n".encode()
        headers = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
            ("WARC-Date", time_text(self.clock())),
            ("WARC-Filename", file),
            ("Content-Type", "application/warc-fields"),
            ("Content-Length", str(len(info))),
        ]
        return _member(headers, info)


def read_capture(directory: Path | str, file: str, offset: int) -> Capture:
    """Read one response record.

    Raises:
        CaptureUnreadable: the file is missing or damaged, no response record begins at `offset`,
            or it is larger than CAPTURE_MAX_BYTES.
    """
    with record_at(Path(directory), file, offset) as record:
        capture = _to_capture(record)
        if capture is None:
            raise ValueError("no http response begins there")
    return capture


def read_record(directory: Path | str, file: str, offset: int) -> Record | None:
    """Read one record; None when it is of no http(s) response.

    Raises:
        CaptureUnreadable: the file is missing or damaged, no record begins at `offset`, or it is
            larger than CAPTURE_MAX_BYTES.
    """
    with record_at(Path(directory), file, offset) as record:
        if not (_is_response(record) or _is_response(record, "revisit")):
            return None
        algorithm, _, digest = (
            record.rec_headers.get_header("WARC-Payload-Digest") or ""
        ).partition(":")
        return Record(
            record.rec_type == "revisit",
            _capture_of(record),
            base64.b32decode(digest).hex() if algorithm == "sha256" else "",
            record.rec_headers.get_header(OUTLET) or "",
        )


def read_revisit(directory: Path | str, file: str, offset: int) -> str:
    """Return the SHA-256 digest, hexadecimal, of the payload that a revisit record of ours repeats.

    Raises:
        CaptureUnreadable: the file is missing or damaged, or no such record begins at `offset`.
    """
    with record_at(Path(directory), file, offset) as record:
        algorithm, _, digest = record.rec_headers.get_header("WARC-Payload-Digest").partition(":")
        if record.rec_type != "revisit" or algorithm != "sha256":
            raise ValueError("no revisit record begins there")
        return base64.b32decode(digest).hex()


def stated_identity(directory: Path, file: str, offset: int) -> tuple[str, str]:
    """Return the address and the payload's SHA-256 digest, hexadecimal, that a record states.

    The payload itself is not read.

    Raises:
        CaptureUnreadable: the file is missing or damaged, or no record of ours begins at `offset`.
    """
    with record_at(directory, file, offset) as record:
        algorithm, _, digest = record.rec_headers.get_header("WARC-Payload-Digest").partition(":")
        if algorithm != "sha256":
            raise ValueError("no record of ours begins there")
        return record.rec_headers.get_header("WARC-Target-URI"), base64.b32decode(digest).hex()


def iter_captures(paths: Iterable[Path | str]) -> Iterator[Found]:
    """Yield every http(s) response in WARC files, plain or gzipped by record, in their order.

    Payloads come decoded. A file that ends in the middle or is damaged yields what stands before
    the damage, with a warning; so does one that is missing.
    """
    for path in map(Path, paths):
        for record, offset in iter_records(path):
            try:
                capture = _to_capture(record)
            except DAMAGE as error:
                logger.warning("%s: record at byte %d left out: %s", path, offset, words(error))
                continue
            if capture is not None:
                yield Found(capture, path, offset)


class WarcIndex:
    """Where the newest response of each address stands in a set of WARC files.

    Bodies are read when asked for; only addresses are kept in memory.
    """

    def __init__(self, paths: Iterable[Path | str]) -> None:
        """Read the files once; damage ends a file with a warning, as in `iter_captures`."""
        self._exact: dict[str, tuple[datetime, Path, int]] = {}
        self._canonical: dict[str, tuple[datetime, Path, int]] = {}
        for path in map(Path, paths):
            for record, offset in iter_records(path):
                self._add(record, path, offset)

    def __len__(self) -> int:
        return len(self._exact)

    def __contains__(self, url: str) -> bool:
        return self._entry(url) is not None

    def find(self, url: str) -> Capture | None:
        """Return the newest response of exactly this address, else of a twin; None if neither."""
        entry = self._entry(url)
        if entry is None:
            return None
        _, path, offset = entry
        try:
            return read_capture(path.parent, path.name, offset)
        except CaptureUnreadable as error:
            logger.warning("%s: %s", url, error)
            return None

    def _entry(self, url: str) -> tuple[datetime, Path, int] | None:
        return self._exact.get(http_url(url)) or self._canonical.get(canonical_url(url))

    def _add(self, record: ArcWarcRecord, path: Path, offset: int) -> None:
        if not _is_response(record):
            return
        try:
            target = record.rec_headers.get_header("WARC-Target-URI")
            moment = _moment(record.rec_headers.get_header("WARC-Date"))
        except DAMAGE as error:
            logger.warning("%s: record at byte %d left out: %s", path, offset, words(error))
            return
        entry = (moment, path, offset)
        for index, key in (
            (self._exact, http_url(target)),
            (self._canonical, canonical_url(target)),
        ):
            if key and (key not in index or index[key][0] <= moment):
                index[key] = entry


def _is_response(record: ArcWarcRecord, kind: str = "response") -> bool:
    target = record.rec_headers.get_header("WARC-Target-URI") or ""
    is_http = target.startswith(("http://", "https://")) and record.http_headers is not None
    return is_http and record.format == "warc" and record.rec_type == kind


def _to_capture(record: ArcWarcRecord) -> Capture | None:
    return _capture_of(record) if _is_response(record) else None


def _capture_of(record: ArcWarcRecord) -> Capture:
    length = record.payload_length
    if length > CAPTURE_MAX_BYTES:
        raise PayloadTooLarge(f"a payload of {length} bytes, more than {CAPTURE_MAX_BYTES}")
    body = record.raw_stream.read(length) if length > 0 else b""
    if len(body) < length:
        raise EOFError(f"{length} bytes announced, {len(body)} there")
    fields: list[tuple[str, str]] = record.http_headers.headers
    lower: dict[str, str] = {name.lower(): value for name, value in fields}
    body = decode_payload(body, lower, CAPTURE_MAX_BYTES)
    headers: dict[str, str] = {}
    for name, value in fields:
        if name.lower() not in ENCODING_HEADERS:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    headers["Content-Length"] = str(len(body))
    return Capture(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        body=body,
        headers=headers,
        captured_at=_moment(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        requested_url=record.rec_headers.get_header(ASKED_AS) or "",
    )


def _http_head(capture: Capture) -> bytes:
    fields = []
    for name, value in list(capture.headers.items())[:HEADERS_MAX_COUNT]:
        kept = _line(value)[:HEADER_VALUE_MAX_CHARS]
        if name.lower() in ENCODING_HEADERS and kept != str(len(capture.body)):
            fields.append((f"X-Archive-Orig-{name}", kept))
        elif name.lower() not in ENCODING_HEADERS and TOKEN.fullmatch(name):
            fields.append((name, kept))
    fields.append(("Content-Length", str(len(capture.body))))
    line = f"{capture.status} {responses.get(capture.status, '')}".strip()
    head: bytes = StatusAndHeaders(line, fields, protocol="HTTP/1.1").to_bytes()
    return head


def _member(headers: list[tuple[str, str]], block: bytes) -> bytes:
    head = StatusAndHeaders("", headers, protocol=WARC_VERSION).to_bytes()
    return gzip_member((head, block, b"\r\n\r\n"))


def _line(value: str) -> str:
    return CONTROLS.sub(" ", safe_text(value)).strip()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
