"""Reads the rows of a SQLite file page by page, past damage at which SQLite itself stops.

Tables only, never indexes: whatever befalls those costs no row. The format is
https://www.sqlite.org/fileformat2.html; numbers of sections below are its.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from scraper.archive.wal import log_path, read_log

PAGE_BYTES = 4096  # SQLite's own choice since 3.12, taken where the header does not say
PAGE_SIZES = {2**power for power in range(9, 16)}  # 65536 is written as 1, and is not ours
FILE_HEADER_BYTES = 100
INTERIOR, LEAF = 5, 13  # the first byte of a table's pages (section 1.6)
FIXED_BYTES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}  # of serial types, 2.1
TEXT_FROM = 13  # serial types from here on, odd ones
ROW_MAX_BYTES = 256 * 2**20  # four of the largest captures; beyond it a length is damage

Value = None | int | float | str | bytes


class Row(NamedTuple):
    """A row as stored: a column that is the row's number holds None."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """Rows that cannot be read: those numbered above `after` and up to `until` stand on `page`.

    None is for no bound.
    """

    page: int
    after: int | None
    until: int | None

    def covers(self, number: int) -> bool:
        """Tell whether the row of this number may be among them."""
        is_above = self.after is None or number > self.after
        return is_above and (self.until is None or number <= self.until)


class _Unreadable(Exception):
    """A page or a row is not what it should be."""


class PageFile:
    """A database file with its log, read below SQLite; nothing is written."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            OSError: it, or its log, cannot be read.
        """
        self._file = path.open("rb")
        self.page_bytes = page_bytes(path)
        self.log = read_log(log_path(path), self.page_bytes)
        self._log_file = log_path(path).open("rb") if self.log.pages else None
        in_file = path.stat().st_size // self.page_bytes
        self.page_count = max(in_file, self.log.page_count, *self.log.pages, 0)
        self.seen: set[int] = set()  # pages of the trees walked so far

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        if self._log_file is not None:
            self._log_file.close()

    def page(self, number: int) -> bytes:
        """Return a page, as the log has it if it does; shorter, or empty, where the file is cut."""
        if self._log_file is not None and number in self.log.pages:
            self._log_file.seek(self.log.pages[number])
            return self._log_file.read(self.page_bytes)
        if number < 1:
            return b""
        self._file.seek((number - 1) * self.page_bytes)
        return self._file.read(self.page_bytes)

    def tables(self) -> dict[str, int]:
        """Return the first page of each table, as far as the schema can be read."""
        found: dict[str, int] = {}
        for part in self.walk(1):
            if isinstance(part, Row) and len(part.values) == 5:
                kind, name, _, root, _ = part.values
                if kind == "table" and isinstance(name, str) and isinstance(root, int) and root:
                    found[name] = root
        return found

    def walk(
        self, root: int, fits: Callable[[Row], bool] = lambda row: True
    ) -> Iterator[Row | Damage]:
        """Yield the rows of a table from its first page on, and what cannot be read of it.

        A page none of whose rows fits the table is another's, to which a damaged page leads.
        """
        waiting: list[tuple[int, int | None, int | None]] = [(root, None, None)]
        visited: set[int] = set()
        while waiting:
            number, after, until = waiting.pop()
            try:
                if number in visited or number in self.seen:
                    raise _Unreadable("a page of two places")
                visited.add(number)
                page = self._tree_page(number)
                if page[self._start(number)] == INTERIOR:
                    waiting += reversed(self._children(number, page, after, until))
                    self.seen.add(number)
                    continue
                parts = list(self.leaf(number, after, until))
                rows = [part for part in parts if isinstance(part, Row)]
                if rows and not any(map(fits, rows)):
                    raise _Unreadable("a page of another table")
            except _Unreadable:
                yield Damage(number, after, until)
                continue
            self.seen.add(number)
            yield from parts

    def leaf(
        self, number: int, after: int | None = None, until: int | None = None
    ) -> Iterator[Row | Damage]:
        """Yield the rows of one leaf page."""
        page = self._tree_page(number)
        for cell in self._cells(number, page):
            try:
                yield self._row(page, cell)
            except (_Unreadable, IndexError, struct.error, UnicodeDecodeError):
                yield Damage(number, after, until)

    def lost_leaves(self) -> Iterator[int]:
        """Yield leaf pages that no walk came by, and that are not free: their parents are lost."""
        free = self._free_pages()
        for number in range(2, self.page_count + 1):
            if number not in self.seen and number not in free:
                page = self.page(number)
                if len(page) == self.page_bytes and page[0] == LEAF:
                    yield number

    def _start(self, number: int) -> int:
        return FILE_HEADER_BYTES if number == 1 else 0

    def _tree_page(self, number: int) -> bytes:
        page = self.page(number)
        if len(page) < self.page_bytes or page[self._start(number)] not in (INTERIOR, LEAF):
            raise _Unreadable(f"page {number} is not of a table")
        return page

    def _cells(self, number: int, page: bytes) -> list[int]:
        """Return where the cells of a page begin (section 1.6)."""
        start = self._start(number)
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if page[start] == INTERIOR else 8)
        count = min(count, (self.page_bytes - first) // 2)
        return list(struct.unpack(f">{count}H", page[first : first + 2 * count]))

    def _children(
        self, number: int, page: bytes, after: int | None, until: int | None
    ) -> list[tuple[int, int | None, int | None]]:
        children = []
        for cell in self._cells(number, page):
            try:
                key, _ = _varint(page, cell + 4)
            except IndexError:
                raise _Unreadable(f"page {number} has a cell beyond its end") from None
            children.append((int.from_bytes(page[cell : cell + 4], "big"), after, key))
            after = key
        start = self._start(number)
        last = int.from_bytes(page[start + 8 : start + 12], "big")
        return [*children, (last, after, until)]

    def _row(self, page: bytes, cell: int) -> Row:
        length, at = _varint(page, cell)
        number, at = _varint(page, at)
        if not 0 < length <= ROW_MAX_BYTES:
            raise _Unreadable(f"a row of {length} bytes")
        here = self._bytes_here(length)
        payload = page[at : at + here]
        if here < length:
            follows = int.from_bytes(page[at + here : at + here + 4], "big")
            payload += self._overflow(follows, length - here)
        if len(payload) < length:
            raise _Unreadable("a row beyond the end of its page")
        return Row(number, _values(payload))

    def _bytes_here(self, length: int) -> int:
        """Return how much of a row stands on its own page (section 1.6, U is the page's size)."""
        if length <= self.page_bytes - 35:
            return length
        least = (self.page_bytes - 12) * 32 // 255 - 23
        here = least + (length - least) % (self.page_bytes - 4)
        return here if here <= self.page_bytes - 35 else least

    def _overflow(self, number: int, length: int) -> bytes:
        parts: list[bytes] = []
        while length > 0:
            page = self.page(number)
            if not 1 < number <= self.page_count or len(page) < self.page_bytes:
                raise _Unreadable(f"the rest of a row is not on page {number}")
            number = int.from_bytes(page[:4], "big")
            parts.append(page[4 : 4 + length])
            length -= len(parts[-1])
        return b"".join(parts)

    def _free_pages(self) -> set[int]:
        """Return the pages of the free list (section 1.5), as far as it can be read."""
        free: set[int] = set()
        trunk = int.from_bytes(self.page(1)[32:36], "big")
        while 1 < trunk <= self.page_count and trunk not in free:
            free.add(trunk)
            page = self.page(trunk)
            count = min(int.from_bytes(page[4:8], "big"), self.page_bytes // 4 - 2)
            free.update(int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(count))
            trunk = int.from_bytes(page[:4], "big")
        return free


def page_bytes(path: Path) -> int:
    """Return the size of a file's pages, SQLite's default where its header does not say.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        stated = int.from_bytes(stream.read(FILE_HEADER_BYTES)[16:18], "big")
    return stated if stated in PAGE_SIZES else PAGE_BYTES


def _varint(data: bytes, at: int) -> tuple[int, int]:
    r"""Return the number that begins at `at`, and where it ends (section 1.6).

    >>> _varint(b"\x81\x01", 0)
    (129, 2)
    """
    number = 0
    for place in range(8):
        byte = data[at + place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place + 1
    number = number << 8 | data[at + 8]
    return number - (1 << 64) if number >> 63 else number, at + 9


def _values(payload: bytes) -> tuple[Value, ...]:
    """Return the columns of a record (section 2.1), every byte of it accounted for."""
    end, at = _varint(payload, 0)
    types: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    if at != end:
        raise _Unreadable("a record's header is cut")
    values: list[Value] = []
    for kind in types:
        size = FIXED_BYTES[kind] if kind in FIXED_BYTES else (kind - 12) // 2
        if kind < 0 or kind in (10, 11) or at + size > len(payload):
            raise _Unreadable(f"a value of type {kind}")
        values.append(_value(kind, payload[at : at + size]))
        at += size
    if at != len(payload):
        raise _Unreadable("a record of another length than its values")
    return tuple(values)


def _value(kind: int, data: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        number: float = struct.unpack(">d", data)[0]
        return number
    if kind < TEXT_FROM - 1:
        return int.from_bytes(data, "big", signed=True)
    return data.decode("utf-8") if kind % 2 else data
