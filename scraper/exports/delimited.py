"""Tables as text: CSV (RFC 4180) and tab-separated values, both safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Sequence

from scraper.exports.cells import LINE_ENDS, flat
from scraper.exports.encoders import Header, Row

# Excel takes a file without this mark for the system's old encoding and garbles all but ASCII;
# LibreOffice, pandas (utf-8-sig) and R read either. The TSV has none: it is for programs.
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet calculate, and what it may overlook before it. A cell may begin inside
# our cell as well: where semicolons separate (most of Europe), Excel splits any file there and at
# line ends, whatever is quoted.
SIGN = "[=+\\-@＝＋－＠]"
OVERLOOKED = "\"'\u200b\u2060\ufeff"
FORMULA = re.compile(
    f"^(?=[\\s{OVERLOOKED}]*{SIGN}|[\t\r])|(?<=[;\r\n])(?=[ \t{OVERLOOKED}]*{SIGN})"
)
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
NUMERIC = ("integer", "real", "boolean")


def spreadsheet_safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before its sign.

    Numbers stay numbers.

    >>> spreadsheet_safe("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    >>> spreadsheet_safe("-12.5")
    '-12.5'
    >>> spreadsheet_safe("talks; =1+1")
    "talks;' =1+1"
    """
    if NUMBER.fullmatch(text):
        return text
    return FORMULA.sub("'", text)


def _cells(row: Row, header: Header, line_end: str = "") -> list[str]:
    """Return a row's cells, safe for spreadsheets, with line ends and tabs replaced if asked."""
    cells = []
    for column in header.columns:
        cell = flat(row.get(column.name), column)
        cell = LINE_ENDS.sub(line_end, cell) if line_end else cell
        cells.append(cell if column.type in NUMERIC else spreadsheet_safe(cell))
    return cells


class CsvEncoder:
    """Comma-separated values as RFC 4180 has them, UTF-8 with a byte order mark for Excel."""

    def __init__(self, header: Header) -> None:
        self.header = header

    def begin(self) -> bytes:
        """Return the byte order mark and the names of the columns."""
        names = [column.name for column in self.header.columns]
        return (BYTE_ORDER_MARK + self._lines([names])).encode()

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return a line for each row."""
        return self._lines([_cells(row, self.header) for row in batch]).encode()

    def end(self) -> bytes:
        """Return nothing."""
        return b""

    def _lines(self, rows: Sequence[Sequence[str]]) -> str:
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\r\n").writerows(rows)
        return written.getvalue()


class TsvEncoder:
    """Tab-separated values: no quotes, and no tab or line end within a cell."""

    def __init__(self, header: Header) -> None:
        self.header = header

    def begin(self) -> bytes:
        """Return the names of the columns."""
        return self._line([column.name for column in self.header.columns])

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return a line for each row."""
        return b"".join(self._line(_cells(row, self.header, " ")) for row in batch)

    def end(self) -> bytes:
        """Return nothing."""
        return b""

    def _line(self, cells: Sequence[str]) -> bytes:
        return ("\t".join(cells) + "\n").encode()
