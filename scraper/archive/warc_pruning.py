"""Drops records from a WARC file by writing it anew without them; what is kept stays bit by bit."""

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO

from scraper.archive.retention import RawRecord
from scraper.archive.storage import sync_directory
from scraper.archive.warc import stated_identity
from scraper.archive.warc_members import member_end
from scraper.archive.warc_records import iter_records
from scraper.errors import CaptureUnreadable

COPIED_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Cut:
    """The stretches that a file loses, in its order."""

    stretches: tuple[tuple[int, int], ...]

    def new_offset(self, offset: int) -> int:
        """Return where a record that stays will begin.

        >>> cut = Cut(((10, 5), (20, 10)))
        >>> [cut.new_offset(offset) for offset in (0, 15, 30)]
        [0, 10, 15]
        """
        before = bisect_right(self.stretches, (offset, 0))
        return offset - (0, *accumulate(length for _, length in self.stretches))[before]

    def kept(self, size: int) -> list[tuple[int, int]]:
        """Return the stretches (first byte, byte behind the last) that stay of a file.

        >>> Cut(((0, 5), (20, 10))).kept(40)
        [(5, 20), (30, 40)]
        """
        ends = [0, *(offset + length for offset, length in self.stretches)]
        begins = [*(offset for offset, _ in self.stretches), size]
        return [(end, begin) for end, begin in zip(ends, begins, strict=True) if begin > end]


def droppable(directory: Path, file: str, records: Sequence[RawRecord]) -> list[RawRecord]:
    """Return the records that stand where their rows say, whole and of that page.

    Any other stays: who knows what stands there.

    Raises:
        OSError: the file cannot be read.
    """
    size = (directory / file).stat().st_size
    with (directory / file).open("rb") as stream:
        return [record for record in records if _is_there(directory, file, record, (stream, size))]


def _is_there(directory: Path, file: str, record: RawRecord, opened: tuple[IO[bytes], int]) -> bool:
    stream, size = opened
    try:
        if stated_identity(directory, file, record.offset) != (record.url, record.sha256):
            return False
    except CaptureUnreadable:
        return False
    return member_end(stream, record.offset, size) == record.offset + record.length


def write_without(source: Path, target: Path, cut: Cut, *, is_needed: bool) -> bool:
    """Write a file without some stretches, on disk when it returns; tell whether it is kept.

    Unless it is needed, one with nothing but a description of itself left is not.

    Raises:
        OSError: the disk is full or fails.
    """
    with source.open("rb") as stream, target.open("xb") as copy:
        for begin, end in cut.kept(source.stat().st_size):
            stream.seek(begin)
            while begin < end and (block := stream.read(min(COPIED_BYTES, end - begin))):
                begin += copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    if not is_needed and all(record.rec_type == "warcinfo" for record, _ in iter_records(target)):
        target.unlink()
    sync_directory(target.parent)
    return target.exists()


def next_name(file: str) -> str:
    """Return the name for a file without some of its records: another, as rows still name the old.

    >>> next_name("dateline-20260304-120000-7-00000.warc.gz")
    'dateline-20260304-120000-7-00000-p1.warc.gz'
    >>> next_name("dateline-20260304-120000-7-00000-p9.warc.gz")
    'dateline-20260304-120000-7-00000-p10.warc.gz'
    """
    ending = ".warc.gz"
    stem, mark, number = file.removesuffix(ending).rpartition("-p")
    if mark and number.isdigit():
        return f"{stem}-p{int(number) + 1}{ending}"
    return f"{file.removesuffix(ending)}-p1{ending}"
