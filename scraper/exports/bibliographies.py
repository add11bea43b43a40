"""Lists of articles for reference managers: BibTeX, RIS and CSL-JSON, an entry each."""

from collections.abc import Sequence

from scraper.exports.citations import bibtex, citation, csl_text, ris
from scraper.exports.encoders import Header, Row


class BibEncoder:
    """biblatex entries, UTF-8."""

    def __init__(self, header: Header) -> None:
        self.header = header

    def begin(self) -> bytes:
        """Return nothing: what stands between entries is read by some as one."""
        return b""

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an entry for each row."""
        return "".join(bibtex(citation(row)) + "\n" for row in batch).encode()

    def end(self) -> bytes:
        """Return nothing."""
        return b""


class RisEncoder:
    """RIS entries, UTF-8."""

    def __init__(self, header: Header) -> None:
        self.header = header

    def begin(self) -> bytes:
        """Return nothing."""
        return b""

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an entry for each row."""
        return "".join(ris(citation(row)) + "\r\n" for row in batch).encode()

    def end(self) -> bytes:
        """Return nothing."""
        return b""


class CslEncoder:
    """One JSON array of CSL items."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.is_first = True

    def begin(self) -> bytes:
        """Return the array's opening."""
        return b"["

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an item for each row."""
        if not batch:
            return b""
        before = "\n" if self.is_first else ",\n"
        self.is_first = False
        return (before + ",\n".join(csl_text(citation(row)) for row in batch)).encode()

    def end(self) -> bytes:
        """Return the array's end."""
        return b"\n]\n"
