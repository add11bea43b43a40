"""Stored text made fit for a page: escaped, marked, with its direction, dates in words.

Everything from the archive was written by strangers: it reaches HTML through here or through the
templates' own escaping, and never as HTML of its own.
"""

import re
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from scraper.archive.search import MARK_CLOSE, MARK_OPEN

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
RIGHT_TO_LEFT_SCRIPTS = frozenset(("arab", "hebr", "syrc", "thaa", "nkoo"))
MARKED = re.compile(f"{MARK_OPEN}([^{MARK_OPEN}{MARK_CLOSE}]*){MARK_CLOSE}")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def marked_html(text: str) -> Markup:
    """Escape a text and turn the marks around its hits into <mark> elements.

    >>> print(marked_html("<b> ⟦war⟧ and ⟧ peace"))
    &lt;b&gt; <mark>war</mark> and ⟧ peace
    """
    return Markup(MARKED.sub(r"<mark>\1</mark>", str(escape(text))))  # noqa: S704 (just escaped)


def direction(language: str) -> str:
    """Return the `dir` of a text from its BCP 47 tag; "auto" when the tag does not say.

    >>> direction("ar-EG"), direction("uz-Arab"), direction("ja"), direction("")
    ('rtl', 'rtl', 'ltr', 'auto')
    """
    parts = language.lower().split("-")
    if not parts[0]:
        return "auto"
    is_rtl = parts[0] in RIGHT_TO_LEFT or RIGHT_TO_LEFT_SCRIPTS.intersection(parts[1:])
    return "rtl" if is_rtl and "latn" not in parts else "ltr"


def language_tag(language: str) -> str:
    """Return a language tag fit for the `lang` attribute; "" (unknown) if it is none.

    >>> language_tag("zh-Hant"), language_tag("x y")
    ('zh-Hant', '')
    """
    return language if LANGUAGE_TAG.fullmatch(language) else ""


def safe_link(url: str) -> str:
    """Return a URL that may stand in an href: http or https with a host; else "".

    >>> safe_link("https://example.org/a"), safe_link(" javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def moment(text: str | None) -> str:
    """Return an RFC 3339 time in words, in UTC; as stored when it is none.

    >>> moment("2024-06-16T12:05:00Z"), moment("2024-06-16T21:05:00+09:00"), moment("soon")
    ('16 June 2024, 12:05 UTC', '16 June 2024, 12:05 UTC', 'soon')
    """
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return text
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}, {found:%H:%M} UTC"


def day(text: str, timezone: str) -> tuple[str, str]:
    """Return the day of an RFC 3339 time on the clock of a zone: in words, and as ISO 8601.

    >>> day("2024-06-15T15:00:00Z", "Asia/Tokyo"), day("soon", "Asia/Tokyo")
    (('16 June 2024', '2024-06-16'), ('soon', 'soon'))
    """
    try:
        found = datetime.fromisoformat(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        local = found.astimezone(_zone(timezone))
    except (ValueError, OverflowError):
        return text, text
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}", local.date().isoformat()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def month_name(month: str) -> str:
    """Return a month such as 2024-06 in words.

    >>> month_name("2024-06"), month_name("2024-6")
    ('June 2024', '2024-6')
    """
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
    return f"{MONTHS[int(found[2]) - 1]} {found[1]}" if found else month


def paragraphs(text: str) -> list[str]:
    r"""Split a body at blank lines.

    >>> paragraphs("One.\n\nTwo,\nstill two.")
    ['One.', 'Two,\nstill two.']
    """
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
