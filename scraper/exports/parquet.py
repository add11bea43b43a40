"""Lists as Parquet, row group by row group; the only importer of pyarrow."""

import io
from collections.abc import Sequence
from typing import Any

from scraper.exports.cells import Value, as_time, typed_value
from scraper.exports.columns import Column
from scraper.exports.encoders import ExportUnavailable, Header, Row

try:
    import pyarrow
    from pyarrow import parquet
except ImportError as missing:
    raise ExportUnavailable("parquet", ".venv/bin/pip install -e '.[parquet]'") from missing

GROUP_ROWS = 10_000  # a row group; without bodies some 5 MB
GROUP_CHARS = 8_000_000  # of text, after which a row group ends early: bodies are long

TYPES: dict[str, Any] = {
    "text": pyarrow.string(),
    "texts": pyarrow.list_(pyarrow.string()),
    "integer": pyarrow.int64(),
    "real": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "time": pyarrow.timestamp("ms", "UTC"),  # the coarsest that Parquet knows
}


class ParquetEncoder:
    """A Parquet file, Zstandard within; columns carry their descriptions, the file its query."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.schema = pyarrow.schema(
            [
                pyarrow.field(
                    column.name, TYPES[column.type], metadata={"description": column.description}
                )
                for column in header.columns
            ],
            metadata={
                "list": header.name,
                "query": header.query.encode("utf-8", "replace"),
                "made_at": header.made_at,
            },
        )
        self.written = io.BytesIO()
        self.writer: Any = None
        self.waiting: list[list[Any]] = []
        self.waiting_chars = 0

    def begin(self) -> bytes:
        """Return the file's first bytes."""
        self.writer = parquet.ParquetWriter(
            pyarrow.PythonFile(_Forward(self.written), mode="w"), self.schema, compression="zstd"
        )
        return self._drain()

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return the row groups that a batch has filled, if it has filled any."""
        for row in batch:
            cells = [_cell(row.get(column.name), column) for column in self.header.columns]
            self.waiting.append(cells)
            self.waiting_chars += sum(len(cell) for cell in cells if isinstance(cell, str))
            if len(self.waiting) >= GROUP_ROWS or self.waiting_chars >= GROUP_CHARS:
                self._write_group()
        return self._drain()

    def end(self) -> bytes:
        """Return the last row group and the file's index."""
        if self.waiting:
            self._write_group()
        self.writer.close()
        return self._drain()

    def _write_group(self) -> None:
        arrays = [
            pyarrow.array([row[place] for row in self.waiting], field.type)
            for place, field in enumerate(self.schema)
        ]
        self.writer.write_batch(pyarrow.record_batch(arrays, schema=self.schema))
        self.waiting, self.waiting_chars = [], 0

    def _drain(self) -> bytes:
        piece = self.written.getvalue()
        self.written.seek(0)
        self.written.truncate()
        return piece


class _Forward(io.RawIOBase):
    """A stream that is only written on, and knows how far it is though its start is gone."""

    def __init__(self, target: io.BytesIO) -> None:
        super().__init__()
        self.target = target
        self.position = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        size = self.target.write(piece)
        self.position += size
        return size

    def tell(self) -> int:
        return self.position


def _cell(value: Any, column: Column) -> Value | Any:
    return as_time(value) if column.type == "time" else typed_value(value, column)
