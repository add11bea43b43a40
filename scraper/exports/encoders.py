"""What every format is given, and what it gives: a header, batches of rows, pieces of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scraper.exports.columns import Column, ListName

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """What is said of a list as a whole.

    Args:
        name: which list it is; JSON calls its rows so.
        columns: what each row holds, in order; what else a row holds is left out.
        query: what was searched.
        made_at: when the list was made, RFC 3339 in UTC.
        title: the list in words, for feed readers.
        self_url: address of this very file, "" where it has none.
        page_url: address of the same list as a page, "" where there is none.
        updated_at: when the list last changed, "" for the latest change among the first batch.
    """

    name: ListName
    columns: tuple[Column, ...]
    query: str
    made_at: str
    title: str = ""
    self_url: str = ""
    page_url: str = ""
    updated_at: str = ""


class Encoder(Protocol):
    """Turns a list into a file, piece by piece: begin once, rows for every batch, end once.

    Pieces may be empty. It holds no more than a batch, or a row group of Parquet.
    """

    def begin(self) -> bytes:
        """Return what stands before the rows."""

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return rows as they stand in the file."""

    def end(self) -> bytes:
        """Return what stands after the rows."""


class ExportUnavailable(ImportError):
    """A format needs a package that is not installed; `remedy` says how to get it."""

    def __init__(self, ending: str, remedy: str) -> None:
        super().__init__(ending, remedy)
        self.ending = ending
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.ending} files cannot be written here; to be able to: {self.remedy}"
