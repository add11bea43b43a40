"""The WARC door (ISO 28500): captures become records here, and any archiver's records captures."""

import base64
import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import IO, NamedTuple
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException

from scraper.archive.payloads import PayloadTooLarge, decode_payload
from scraper.archive.values import safe_text, time_text
from scraper.archive.warc_files import WARC_FILE_MAX_BYTES, Place, WarcFiles, now
from scraper.compression import gzip_member
from scraper.errors import CaptureUnreadable
from scraper.records import Capture
from scraper.urls import canonical_url, http_url

CAPTURE_MAX_BYTES = 64 * 2**20  # payloads beyond this are not read; a crawl's are far below
HEADERS_MAX_BYTES = 2**20  # of one record, WARC and HTTP headers together
HEADERS_MAX_COUNT = 500
HEADER_VALUE_MAX_CHARS = 16_384
BLOCK_BYTES = 65_536  # read from a file at once; unpacks to 64 MB at most

WARC_VERSION = "WARC/1.1"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
ASKED_AS = "X-Requested-URI"  # our field: what was asked before redirects led to the target URI
ENCODING_HEADERS = ("content-encoding", "transfer-encoding", "content-length")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # RFC 9110 section 5.6.2

# What warcio raises on damaged files, found by cutting and flipping bytes of good ones.
DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    PayloadTooLarge,
    EOFError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    zlib.error,
)

logger = logging.getLogger(__name__)


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

    def write_response(self, capture: Capture, digest: bytes) -> Place:
        """Append a capture as a response record.

        The payload is stored as `Capture` has it, decoded, so encoding headers are kept under
        names that no client acts on (X-Archive-Orig-…).

        Args:
            capture: what was received.
            digest: SHA-256 of its body.

        Raises:
            OSError: the disk is full or fails; nothing half-written stays in the way.
        """
        return self._write("response", capture, digest, [], capture.body)

    def write_revisit(
        self, capture: Capture, digest: bytes, *, refers_to_url: str, refers_to_date: str
    ) -> Place:
        """Append a record of a capture whose payload an earlier record holds.

        ISO 28500 section 6.7, profile identical-payload-digest. Raises OSError as `write_response`.
        """
        fields = [
            ("WARC-Profile", REVISIT_PROFILE),
            ("WARC-Refers-To-Target-URI", _line(refers_to_url)),
            ("WARC-Refers-To-Date", refers_to_date),
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
            *fields,
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
    with _record_at(Path(directory), file, offset) as record:
        capture = _to_capture(record)
        if capture is None:
            raise ValueError("no http response begins there")
    return capture


def read_revisit(directory: Path | str, file: str, offset: int) -> str:
    """Return the SHA-256 digest, hexadecimal, of the payload that a revisit record of ours repeats.

    Raises:
        CaptureUnreadable: the file is missing or damaged, or no such record begins at `offset`.
    """
    with _record_at(Path(directory), file, offset) as record:
        algorithm, _, digest = record.rec_headers.get_header("WARC-Payload-Digest").partition(":")
        if record.rec_type != "revisit" or algorithm != "sha256":
            raise ValueError("no revisit record begins there")
        return base64.b32decode(digest).hex()


def iter_captures(paths: Iterable[Path | str]) -> Iterator[Found]:
    """Yield every http(s) response in WARC files, plain or gzipped by record, in their order.

    Payloads come decoded. A file that ends in the middle or is damaged yields what stands before
    the damage, with a warning; so does one that is missing.
    """
    for path in map(Path, paths):
        for record, offset in _iter_records(path):
            try:
                capture = _to_capture(record)
            except DAMAGE as error:
                logger.warning("%s: record at byte %d left out: %s", path, offset, _words(error))
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
            for record, offset in _iter_records(path):
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
            logger.warning("%s: record at byte %d left out: %s", path, offset, _words(error))
            return
        entry = (moment, path, offset)
        for index, key in (
            (self._exact, http_url(target)),
            (self._canonical, canonical_url(target)),
        ):
            if key and (key not in index or index[key][0] <= moment):
                index[key] = entry


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]  # warcio is untyped
    """warcio's reader with a bound on headers, and with an error where it would print one."""

    headers_left = HEADERS_MAX_BYTES

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or HEADERS_MAX_BYTES, HEADERS_MAX_BYTES))
        self.headers_left -= len(line)
        if self.headers_left < 0:
            raise ArchiveLoadFailed(f"headers of more than {HEADERS_MAX_BYTES} bytes")
        return line

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor and data and self.num_block_read:
            return bytes(self.decompressor.decompress(data))
        return bytes(super()._decompress(data))


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio is untyped
    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream, verify_http=False)
        self.reader = _Reader(stream, block_size=BLOCK_BYTES)

    def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
        self.reader.headers_left = HEADERS_MAX_BYTES
        return super()._next_record(next_line)


def _iter_records(path: Path) -> Iterator[tuple[ArcWarcRecord, int]]:
    """Yield the records of a file with their offsets; a warning tells where one is not whole."""
    try:
        with path.open("rb") as stream:
            records = _Records(stream)
            for record in records:
                yield record, records.offset
                records.read_to_end()
                if getattr(record.raw_stream, "limit", 0) > 0:
                    raise EOFError("the file ends in the middle of a record")
    except DAMAGE as error:
        logger.warning("%s: nothing read beyond the damage: %s", path, _words(error))


@contextmanager
def _record_at(directory: Path, file: str, offset: int) -> Iterator[ArcWarcRecord]:
    path = directory / file
    try:
        if Path(file).name != file:
            raise ValueError("it is not a plain file name")
        with path.open("rb") as stream:
            stream.seek(offset)
            yield next(_Records(stream))
    except (*DAMAGE, StopIteration) as error:
        raise CaptureUnreadable(str(path), f"at byte {offset}: {_words(error)}") from error


def _is_response(record: ArcWarcRecord) -> bool:
    target = record.rec_headers.get_header("WARC-Target-URI") or ""
    is_http = target.startswith(("http://", "https://")) and record.http_headers is not None
    return is_http and record.format == "warc" and record.rec_type == "response"


def _to_capture(record: ArcWarcRecord) -> Capture | None:
    if not _is_response(record):
        return None
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


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__
