"""Logs as JSON: an object a line, with the outlet and the address that a record is about.

The only door to pythonjsonlogger, which is an extra.
"""

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from scraper.errors import ExtraMissing

VALUE_MAX_CHARS = 2_083  # of an outlet or an address: what a crawl asks is no longer
MESSAGE_MAX_CHARS = 20_000  # a traceback of ours has some 5,000
URL = re.compile(r"https?://\S+")
OUTLET_FIRST = re.compile(r"%s: ")  # how lines about an outlet begin, here and nowhere else
SLUG = re.compile(r"[a-z0-9][a-z0-9_.-]{0,252}")


def log_as_json(level: int) -> None:
    """Write all that is logged, Scrapy's lines among it, to standard error as JSON.

    Each line has `time` (RFC 3339, UTC), `level`, `logger` and `message`; `outlet` and `url` where
    a record is about such; `traceback` where there is one.

    Raises:
        ExtraMissing: python-json-logger is not installed.
    """
    try:
        from pythonjsonlogger.json import JsonFormatter
    except ImportError as error:
        raise ExtraMissing("logs as JSON", "json-logs") from error

    class Formatter(JsonFormatter):
        """Gives each record our fields, and no others."""

        def add_fields(
            self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
        ) -> None:
            """Fill in the fields of a record."""
            log_data.update(fields_of(record))
            if told := message_dict.get("exc_info"):
                log_data["traceback"] = told[:MESSAGE_MAX_CHARS]

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(json_ensure_ascii=False))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def fields_of(record: logging.LogRecord) -> dict[str, str]:
    """Return what a line says of a record.

    >>> values = ("bbc", "https://a.example/1")
    >>> made = logging.LogRecord("a", 30, "", 0, "%s: %s is lost", values, None)
    >>> [fields_of(made)[name] for name in ("level", "message", "outlet", "url")]
    ['WARNING', 'bbc: https://a.example/1 is lost', 'bbc', 'https://a.example/1']
    """
    moment = datetime.fromtimestamp(record.created, UTC)
    fields = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage()[:MESSAGE_MAX_CHARS],
    }
    for name, found in (("outlet", _outlet(record)), ("url", _url(record))):
        if found:
            fields[name] = found[:VALUE_MAX_CHARS]
    return fields


def _outlet(record: logging.LogRecord) -> str:
    """Find whom a record is about: by its `outlet`, Scrapy's `spider`, or how our lines begin."""
    for found in (getattr(record, "outlet", ""), getattr(record, "spider", None)):
        name = getattr(found, "name", found)
        if isinstance(name, str) and name:
            return name
    args = record.args
    if isinstance(args, tuple) and args and OUTLET_FIRST.match(str(record.msg)):
        first = args[0]
        if isinstance(first, str) and SLUG.fullmatch(first):
            return first
    return ""


def _url(record: logging.LogRecord) -> str:
    """Find the address that a record is about: its `url`, or the first among what it says."""
    if isinstance(found := getattr(record, "url", ""), str) and found:
        return found
    args = record.args
    values = args.values() if isinstance(args, dict) else args if isinstance(args, tuple) else ()
    for value in values:
        # Scrapy logs requests and responses as they are, and they know their address.
        text = getattr(value, "url", value)
        if isinstance(text, str) and URL.match(text):
            return text.split()[0]
    return ""
