"""Reads a write-ahead log frame by frame, past damage at which SQLite itself would stop.

The format is section 4 of https://www.sqlite.org/fileformat2.html. SQLite takes the first frame
whose checksum is wrong for the end of the log, and what was committed behind it is gone without
a word. Each frame's checksum goes on from that of the frame before, which stands in its header;
so every frame can be judged alone.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

HEADER_BYTES = 32
FRAME_HEADER_BYTES = 24
MAGIC = 0x377F0682  # the last bit says that checksums are over big-endian words
WORD = 0xFFFFFFFF


@dataclass(slots=True)
class Log:
    """The pages a log holds: for each its last committed content, as an offset into the file.

    `page_count` is the size of the database after the last commit, 0 without one.
    `hidden_commits` are those behind damage, which SQLite does not see. `is_torn` is for those of
    the last transaction only: it may be one that a power cut tore, and that nobody was told of.
    """

    page_bytes: int = 0
    page_count: int = 0
    hidden_commits: int = 0
    is_torn: bool = True
    pages: dict[int, int] = field(default_factory=dict)


class _Frame(NamedTuple):
    page: int
    size_after_commit: int
    offset: int
    is_whole: bool


def log_path(path: Path) -> Path:
    """Return where the log of a database stands."""
    return path.with_name(f"{path.name}-wal")


def is_orphaned(path: Path) -> bool:
    """Tell whether a database is empty or missing while its log holds something."""
    log = log_path(path)
    is_empty = not path.exists() or path.stat().st_size == 0
    return is_empty and log.exists() and log.stat().st_size > HEADER_BYTES


def read_log(path: Path, page_bytes: int) -> Log:
    """Read the log at `path`; a missing or empty one holds nothing.

    Raises:
        OSError: it cannot be read.
    """
    log = Log(page_bytes)
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return log
    with stream:
        header = stream.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES:
            return log
        is_visible = _is_whole(header)
        salts = header[16:24] if is_visible else _common_salts(stream, page_bytes)
        pending: dict[int, int] = {}
        is_begun_whole = True
        for frame in _frames(stream, header, page_bytes, salts):
            if not frame.is_whole:
                is_visible = False
                is_begun_whole = frame.size_after_commit > 0
                continue
            pending[frame.page] = frame.offset
            if frame.size_after_commit:
                log.pages |= pending
                log.page_count = frame.size_after_commit
                log.hidden_commits += not is_visible
                # A transaction is begun when the one before it is on disk, each frame of it.
                log.is_torn &= is_visible or not is_begun_whole
                pending, is_begun_whole = {}, True
    return log


def _is_whole(header: bytes) -> bool:
    is_log = struct.unpack(">I", header[:4])[0] in (MAGIC, MAGIC + 1)
    return is_log and _checksum(header[:24], (0, 0), _order(header)) == _pair(header[24:])


def _common_salts(stream: IO[bytes], page_bytes: int) -> bytes:
    """Return the salts of a log whose header is damaged: the first that two frames running have."""
    before, offset = b"", HEADER_BYTES
    while True:
        stream.seek(offset)
        head = stream.read(FRAME_HEADER_BYTES)
        if len(head) < FRAME_HEADER_BYTES or head[8:16] == before != bytes(8):
            return before
        before = head[8:16]
        offset += FRAME_HEADER_BYTES + page_bytes


def _frames(stream: IO[bytes], header: bytes, page_bytes: int, salts: bytes) -> Iterator[_Frame]:
    """Yield the frames of the log's present turn; older ones behind them have other salts."""
    order, before = _order(header), _pair(header[24:])
    offset = HEADER_BYTES
    while True:
        stream.seek(offset)
        head = stream.read(FRAME_HEADER_BYTES)
        if len(head) < FRAME_HEADER_BYTES:
            return
        is_whole = False
        if head[8:16] == salts:
            content = stream.read(page_bytes)
            after = _checksum(content, _checksum(head[:8], before, order), order)
            is_whole = len(content) == page_bytes and after == _pair(head[16:])
        page, size_after_commit = struct.unpack(">II", head[:8])
        if head[8:16] != salts:
            size_after_commit = 0  # of an earlier turn, or damage
        yield _Frame(page, size_after_commit, offset + FRAME_HEADER_BYTES, is_whole)
        before = _pair(head[16:])
        offset += FRAME_HEADER_BYTES + page_bytes


def _order(header: bytes) -> str:
    return ">" if struct.unpack(">I", header[:4])[0] == MAGIC + 1 else "<"


def _pair(data: bytes) -> tuple[int, int]:
    first, second = struct.unpack(">II", data[:8])
    return first, second


def _checksum(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = start
    whole = len(data) // 32 * 32
    for a, b, c, d, e, f, g, h in struct.iter_unpack(f"{order}8I", data[:whole]):
        first += a + second
        second += b + first
        first += c + second
        second += d + first
        first += e + second
        second += f + first
        first = (first + g + second) & WORD  # often enough: sums stay below 2**40
        second = (second + h + first) & WORD
    for one, other in struct.iter_unpack(f"{order}II", data[whole : len(data) // 8 * 8]):
        first = (first + one + second) & WORD
        second = (second + other + first) & WORD
    return first, second
