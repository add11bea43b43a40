"""Lists as Atom feeds (RFC 4287), so that any feed reader is an alert.

Written without a library: a feed is a handful of elements, and text is escaped at one place.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC
from html import escape
from urllib.parse import urlsplit

from scraper.exports.cells import as_time, one_line, printable, whole_text
from scraper.exports.citations import AUTHORS_MAX, LANGUAGE_TAG, WEB
from scraper.exports.encoders import Header, Row

TITLE_MAX_CHARS = 1_000
SUMMARY_MAX_CHARS = 5_000
GENERATOR = "Dateline"
NOWHERE = "dateline.invalid"  # RFC 2606: the host of addresses that name none
NO_HOST = re.compile(r"[^A-Za-z0-9.-]")
EPOCH = "1970-01-01T00:00:00Z"
# When a row last changed, by our own clock: outlets' times of change lie in the future at times.
TIMES = ("gone_at", "text_captured_at", "seen_at", "captured_at")


class AtomEncoder:
    """A feed of articles or of edits; its head waits for the first rows, to say when it changed."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.has_begun = False

    def begin(self) -> bytes:
        """Return nothing yet."""
        return b""

    def rows(self, batch: Sequence[Row]) -> bytes:
        """Return an entry for each row, after the feed's head if that has not been."""
        entry = edit_entry if self.header.name == "edits" else article_entry
        head = "" if self.has_begun else self._head(batch)
        return (head + "".join(entry(row, self.header) for row in batch)).encode()

    def end(self) -> bytes:
        """Return the feed's end."""
        head = "" if self.has_begun else self._head(())
        return f"{head}</feed>\n".encode()

    def _head(self, batch: Sequence[Row]) -> str:
        self.has_begun = True
        header = self.header
        updated = header.updated_at or max(map(changed_at, batch), default=header.made_at)
        digest = hashlib.sha256(whole_text(header.query).encode()).hexdigest()[:20]
        address = header.self_url or f"tag:{NOWHERE},2026:{header.name}/{digest}"
        parts = [
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
            _element("id", address),
            _element("title", one_line(header.title or header.query or header.name)),
            _element("updated", updated),
            _element("generator", GENERATOR),
            _link("self", header.self_url, "application/atom+xml"),
            _link("alternate", header.page_url, "text/html"),
        ]
        return "".join(parts)


def article_entry(row: Row, header: Header) -> str:
    """Return an article as an entry: its identity is where and when it was first captured."""
    published = _moment(row.get("published_at")) or _moment(row.get("captured_at"))
    summary = whole_text(row.get("snippet") or row.get("description") or "")[:SUMMARY_MAX_CHARS]
    has_body = any(column.name == "body" for column in header.columns)
    body = printable(whole_text(row.get("body") or "")) if has_body else ""
    parts = [
        _element("id", tag_uri(row, str(row.get("captured_at") or ""))),
        _element("title", _title(row)),
        _element("updated", changed_at(row)),
        _element("published", published) if published else "",
        *_authors(row),
        *_links(row),
        _element("summary", one_line(summary)) if summary.strip() else "",
        f'<content type="text">{escape(body)}</content>\n' if body else "",
        _category(row.get("section")),
    ]
    return _entry(row, parts)


def edit_entry(row: Row, header: Header) -> str:
    """Return a change of an article as an entry; what was removed and added is its summary."""
    seen_at = str(row.get("seen_at") or "")
    kinds = row.get("kinds") or ()
    removed, added = (
        one_line(whole_text(row.get(name) or "")[:SUMMARY_MAX_CHARS])
        for name in ("removed", "added")
    )
    summary = "\n".join(f"{sign} {text}" for sign, text in (("−", removed), ("+", added)) if text)
    parts = [
        _element("id", f"{tag_uri(row, seen_at)}/revision/{row.get('revision')}"),
        _element("title", _title(row)),
        _element("updated", changed_at(row)),
        *_authors(row),
        *_links(row),
        f"<summary>{escape(summary)}</summary>\n" if summary else "",
        *(_category(kind) for kind in (kinds if isinstance(kinds, list | tuple) else [kinds])),
    ]
    return _entry(row, parts)


def tag_uri(row: Row, since: str) -> str:
    """Return a tag URI (RFC 4151) that stays the same wherever the archive is served.

    >>> tag_uri({"url": "https://harbour.example/1"}, "2024-06-17T00:00:00Z")
    'tag:harbour.example,2024-06-17:dateline/50e2906a7ef584c2b495'
    """
    url = whole_text(row.get("url") or row.get("id") or "")
    try:
        host = (urlsplit(url).hostname or NOWHERE).encode("idna").decode("ascii")
    except ValueError:  # UnicodeError among them
        host = NOWHERE
    day = (_moment(since) or EPOCH)[:10]
    digest = hashlib.sha256(url.encode()).hexdigest()[:20]
    return f"tag:{NO_HOST.sub('-', host)},{day}:dateline/{digest}"


def changed_at(row: Row) -> str:
    """Return when a row last changed as far as it tells: RFC 3339 in UTC, never empty."""
    for name in TIMES:
        if moment := _moment(row.get(name)):
            return moment
    return EPOCH


def _moment(text: object) -> str:
    moment = as_time(text)
    if moment is None:
        return ""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _title(row: Row) -> str:
    title = one_line(whole_text(row.get("title") or "")[:TITLE_MAX_CHARS])
    return title or whole_text(row.get("url") or "")


def _authors(row: Row) -> list[str]:
    given = row.get("authors") or ()
    names = [given] if isinstance(given, str) else list(given)[:AUTHORS_MAX]
    outlet = row.get("outlet_name") or row.get("outlet") or ""
    cleaned = [one_line(whole_text(name)[:TITLE_MAX_CHARS]) for name in names or [outlet]]
    return [f"<author>{_element('name', name or '-').strip()}</author>\n" for name in cleaned]


def _links(row: Row) -> list[str]:
    original, archived = row.get("url"), row.get("archive_url")
    links = [_link("alternate", archived or original, "text/html")]
    return [*links, _link("via", original, "text/html")] if archived else links


def _link(rel: str, address: object, kind: str) -> str:
    """Return a link; nothing for what is no web address."""
    href = one_line(whole_text(address or "")).replace(" ", "%20")
    if not WEB.match(href):
        return ""
    return f'<link rel="{rel}" type="{kind}" href="{escape(href)}"/>\n'


def _category(term: object) -> str:
    text = one_line(whole_text(term or ""))[:TITLE_MAX_CHARS]
    return f'<category term="{escape(text)}"/>\n' if text else ""


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(printable(whole_text(text)))}</{name}>\n"


def _entry(row: Row, parts: Sequence[str]) -> str:
    language = str(row.get("language") or "")
    marked = f' xml:lang="{language}"' if LANGUAGE_TAG.fullmatch(language) else ""
    return f"<entry{marked}>\n{''.join(parts)}</entry>\n"
