"""One value of a row as its column's type says: typed for JSON and Parquet, flat for tables."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scraper.exports.columns import Column
from scraper.exports.encoders import Row

SURROGATE = re.compile("[\ud800-\udfff]")
# What XML 1.0 forbids, and with it what no reader of a table expects: controls but tab and line
# ends, surrogates, and the two characters Unicode never assigns.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
TEXTS_MAX = 1_000  # values of a list; more is no list of names or kinds
INTEGER_MAX = 2**63 - 1
JOINT = "; "

Value = str | int | float | bool | list[str] | None


def typed(row: Row, columns: Sequence[Column]) -> dict[str, Value]:
    """Return a row's values by column, each of its column's type; None where it is missing.

    A value of another type, which SQLite may hold, is None as well.
    """
    return {column.name: typed_value(row.get(column.name), column) for column in columns}


def typed_value(value: Any, column: Column) -> Value:
    """Return a value as its column's type; None where it is none.

    >>> typed_value(1, Column("is_paywalled", "boolean", ""))
    True
    >>> typed_value("many", Column("word_count", "integer", "")) is None
    True
    """
    if value is None:
        return None
    if column.type == "texts":
        given = value if isinstance(value, list | tuple) else [value]
        return [whole_text(item) for item in given[:TEXTS_MAX] if item is not None]
    if column.type in ("text", "time"):
        return whole_text(value)
    return _number(value, column)


def _number(value: Any, column: Column) -> int | float | bool | None:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if column.type == "boolean":
        return bool(value)
    if column.type == "real":
        return float(value)
    return int(value) if abs(value) <= INTEGER_MAX else None


def whole_text(value: object) -> str:
    """Return a value as text that UTF-8 can hold: U+FFFD for half a character."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return SURROGATE.sub("\ufffd", text)


def flat(value: Any, column: Column) -> str:
    """Return a value as the text of one cell: "" for what is missing, lists joined.

    >>> flat(["Ann Lee", "Bo Ek"], Column("authors", "texts", ""))
    'Ann Lee; Bo Ek'
    >>> flat(0, Column("is_quiet", "boolean", ""))
    'false'
    """
    known = typed_value(value, column)
    if known is None:
        return ""
    if isinstance(known, bool):
        return "true" if known else "false"
    return printable(JOINT.join(known) if isinstance(known, list) else str(known))


def printable(text: str) -> str:
    r"""Return text without the characters that XML forbids and tables cannot show.

    >>> printable("a\x00b\ud83d")
    'ab'
    """
    return UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    r"""Return printable text with every run of white space a single space.

    >>> one_line(" Talks\n\n resume\x00 ")
    'Talks resume'
    """
    return " ".join(printable(LINE_ENDS.sub(" ", text)).split())


def as_time(text: object) -> datetime | None:
    """Return RFC 3339 text as an aware time in UTC, None where it is none.

    >>> as_time("2026-11-22T18:50:33Z").isoformat()
    '2026-11-22T18:50:33+00:00'
    """
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
