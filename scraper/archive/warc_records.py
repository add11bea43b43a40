"""Records of WARC files, through warcio with bounds of ours; damage is passed by."""

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from scraper.archive.payloads import PayloadTooLarge
from scraper.archive.warc_members import next_record
from scraper.errors import CaptureUnreadable

HEADERS_MAX_BYTES = 2**20  # of one record, WARC and HTTP headers together
WORDS_MAX_CHARS = 120  # of an error, when told
BLOCK_BYTES = 65_536  # read from a file at once; unpacks to 64 MB at most

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


def iter_records(path: Path) -> Iterator[tuple[ArcWarcRecord, int]]:
    """Yield the records of a file with their offsets; what is damaged is told in a warning.

    Reading goes on at the first record behind the damage.
    """
    start: int | None = 0
    try:
        with path.open("rb") as stream:
            while start is not None:
                at = start
                try:
                    stream.seek(start)
                    records = _Records(stream)
                    for record in records:
                        at = start + records.offset
                        yield record, at
                        records.read_to_end()
                        if getattr(record.raw_stream, "limit", 0) > 0:
                            raise EOFError("the file ends in the middle of a record")
                    return
                except DAMAGE as error:
                    start = next_record(stream, at + 1)
                    told = "nothing read beyond the damage" if start is None else "damaged"
                    logger.warning("%s: %s behind byte %d: %s", path, told, at, words(error))
    except OSError as error:
        logger.warning("%s: nothing read: %s", path, words(error))


@contextmanager
def record_at(directory: Path, file: str, offset: int) -> Iterator[ArcWarcRecord]:
    """Open the record that begins at `offset`.

    Raises:
        CaptureUnreadable: there is none, or reading it met damage.
    """
    path = directory / file
    try:
        if Path(file).name != file:
            raise ValueError("it is not a plain file name")
        with path.open("rb") as stream:
            stream.seek(offset)
            yield next(_Records(stream))
    except (*DAMAGE, StopIteration) as error:
        raise CaptureUnreadable(str(path), f"at byte {offset}: {words(error)}") from error


def words(error: BaseException) -> str:
    """Return what an error says, its name if it says nothing; warcio quotes what it met."""
    text = (str(error) or type(error).__name__)[:WORDS_MAX_CHARS]
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in text)
