"""Where the records of a gzipped WARC file stand, whole ones and damage between them."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal, NamedTuple

BLOCK_BYTES = 65_536
MEMBER_MAX_BYTES = 68 * 2**20  # unpacked: the largest capture, its headers, some to spare
GZIP_FORMAT = 31  # zlib's window argument for a gzip member
MEMBER_START = b"\x1f\x8b\x08"  # RFC 1952 section 2.3.1: the magic number, deflate
RECORD_START = b"WARC/"
BETWEEN_RECORDS = b"\r\n\r\n"  # in files that are not packed

Kind = Literal["whole", "damaged", "cut"]


class Span(NamedTuple):
    """A stretch of a file: a whole gzip member, damage up to the next one, or a cut last one."""

    offset: int
    length: int
    kind: Kind


def iter_spans(path: Path) -> Iterator[Span]:
    """Yield the stretches of a file from its first byte to its last; members' checksums count.

    Raises:
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    offset = 0
    with path.open("rb") as stream:
        while offset < size:
            end, kind = _member(stream, offset, size)
            if kind == "whole":
                yield Span(offset, end - offset, "whole")
            else:
                after = next_record(stream, offset + 1)
                end = size if after is None else after
                yield Span(offset, end - offset, kind if after is None else "damaged")
            offset = end


def member_end(stream: IO[bytes], offset: int, size: int) -> int | None:
    """Return the place behind the whole member that begins at `offset`, None if none does.

    Raises:
        OSError: the file cannot be read.
    """
    end, kind = _member(stream, offset, size)
    return end if kind == "whole" else None


def next_record(stream: IO[bytes], start: int) -> int | None:
    """Return the first place at or behind `start` where a record seems to begin, if there is one.

    Raises:
        OSError: the file cannot be read.
    """
    stream.seek(0)
    is_packed = stream.read(2) != RECORD_START[:2]
    mark = MEMBER_START if is_packed else BETWEEN_RECORDS + RECORD_START
    kept, position = b"", start
    stream.seek(start)
    while block := stream.read(BLOCK_BYTES):
        data = kept + block
        at = data.find(mark)
        while at >= 0:
            place = position - len(kept) + at
            if not is_packed:
                return place + len(BETWEEN_RECORDS)
            if _begins_record(stream, place):
                return place
            at = data.find(mark, at + 1)
        position += len(block)
        kept = data[-len(mark) + 1 :]
        stream.seek(position)
    return None


def _member(stream: IO[bytes], offset: int, size: int) -> tuple[int, Kind]:
    """Return where the member at `offset` ends, and whether it is whole."""
    unpacker = zlib.decompressobj(GZIP_FORMAT)
    unpacked, packed = 0, b""
    stream.seek(offset)
    while not unpacker.eof and unpacked <= MEMBER_MAX_BYTES:
        packed = packed or stream.read(BLOCK_BYTES)
        if not packed:
            return size, "cut"
        try:
            part = unpacker.decompress(packed, BLOCK_BYTES)
        except zlib.error:
            return offset, "damaged"
        if not unpacked and not part.startswith(RECORD_START[: len(part)]):
            return offset, "damaged"
        unpacked += len(part)
        packed = unpacker.unconsumed_tail
    if not unpacker.eof or not unpacked:
        return offset, "damaged"
    return stream.tell() - len(unpacker.unused_data), "whole"


def _begins_record(stream: IO[bytes], place: int) -> bool:
    stream.seek(place)
    try:
        start = zlib.decompressobj(GZIP_FORMAT).decompress(stream.read(512), len(RECORD_START))
    except zlib.error:
        return False
    return start == RECORD_START
