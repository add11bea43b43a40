"""Lists as JSON: one document that says what it is, or one object a line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scraper.exports.cells import typed, whole_text
from scraper.exports.encoders import Header, Row

# Line ends to some readers of lines, though not to JSON.
ESCAPED = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_text(value: Mapping[str, Any]) -> str:
    """Return a map as JSON on one line, letters kept."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(ESCAPED)


class JsonEncoder:
    """One document: query, made_at, columns, then the rows under the list's name, then a count.

    A document without its count was cut short.
    """

    def __init__(self, header: Header) -> None:
        self.header = header
        self.count = 0

    def begin(self) -> bytes:
        """Return the head, up to the rows."""
        head = {
            "query": whole_text(self.header.query),
            "made_at": self.header.made_at,
            "columns": [asdict(column) for column in self.header.columns],
        }
        return f'{json_text(head)[:-1]}, "{self.header.name}": ['.encode()

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an object for each row, a line each."""
        texts = [json_text(typed(row, self.header.columns)) for row in batch]
        if not texts:
            return b""
        before = ",\n" if self.count else "\n"
        self.count += len(texts)
        return (before + ",\n".join(texts)).encode()

    def end(self) -> bytes:
        """Return the number of rows, and the document's end."""
        return f'\n], "count": {self.count}}}\n'.encode()


class JsonLinesEncoder:
    """One object a line, nothing before or after."""

    def __init__(self, header: Header) -> None:
        self.header = header

    def begin(self) -> bytes:
        """Return nothing."""
        return b""

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an object for each row, a line each."""
        return "".join(json_text(typed(row, self.header.columns)) + "\n" for row in batch).encode()

    def end(self) -> bytes:
        """Return nothing."""
        return b""
