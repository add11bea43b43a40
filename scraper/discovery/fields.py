"""What a listing says of an article, field by field: plain, bounded, in our own terms."""

import html
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from scraper.characters import on_one_line
from scraper.records import Candidate

TITLE_MAX_CHARS = 1000
BYLINE_MAX_CHARS = 500
DESCRIPTION_MAX_CHARS = 2000
TIME_MAX_CHARS = 64
TAGS_MAX = 20
TAG_MAX_CHARS = 100
TAGS_MAX_CHARS = TAGS_MAX * TAG_MAX_CHARS
MARKUP_SHARE = 5  # how much longer than its text a field's markup may be before it is cut
YEARS = range(1971, 2100)  # 1970-01-01 is what an empty date field of many systems says
CANDIDATES_MAX = 50_000  # sitemaps.org: a sitemap has at most 50,000 URLs

UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.I)
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|em|font|i|mark|q|small|span|strong|sub|sup|u)\b[^<>]*>", re.I
)
TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
SPACES = re.compile(r"\s+")

ISO_TIME = re.compile(
    r"(\d{4}-?\d{2}-?\d{2})[Tt ]\s*(\d[\d:.,]*)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?", re.I
)
GMT_OFFSET = re.compile(r"\b(?:GMT|UTC?)\s*([+-])(\d{1,2}):?(\d{2})?$", re.I)
COLON_OFFSET = re.compile(r"([+-]\d{2}):(\d{2})$")
# Names that mean one clock everywhere; RFC 822's own (GMT, EST, ...) the standard library knows.
# Not here: IST (India, Israel, Ireland), BST (Britain, Bangladesh), AST, CST beyond RFC 822.
ZONE_HOURS = {
    "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "TRT": 3, "PKT": 5, "WIB": 7, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip

LANGUAGE = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_][a-z0-9]{5,8})*", re.I
)


def plain_text(markup: object, max_chars: int) -> str:
    """Return what a reader would see of a field that may hold HTML, on one line, cut to a length.

    >>> plain_text("<p>Talks <b>re</b>sume &amp; <br>stall</p>", 100)
    'Talks resume & stall'
    """
    if not isinstance(markup, str):
        return ""
    text = markup[: max_chars * MARKUP_SHARE]
    if "<" in text:
        text = TAG.sub(" ", INLINE_TAG.sub("", UNSEEN.sub(" ", text)))
    text = html.unescape(text)
    return on_one_line(text)[:max_chars].rstrip()


def read_time(raw: object) -> datetime | None:
    """Return the instant a listing's date names, in the zone it gives; None unless it is certain.

    Reads RFC 822 with its habits (two-digit years, "GMT+2", CEST, JST) and ISO 8601 / W3C-DTF. A
    date without a zone or without a time names no instant: None, since only the outlet's page, read
    with the outlet's clock, can tell. So do years no listing can mean.

    >>> read_time("Mon, 04 May 2026 10:00:00 +0900").isoformat()
    '2026-05-04T10:00:00+09:00'
    >>> read_time("2026-05-04T10:00:00Z").isoformat(), read_time("2026-05-04 10:00"), read_time("-")
    ('2026-05-04T10:00:00+00:00', None, None)
    """
    if not isinstance(raw, str):
        return None
    text = SPACES.sub(" ", raw[: TIME_MAX_CHARS + 1]).strip()
    if len(text) > TIME_MAX_CHARS:
        return None
    try:
        found = _iso_time(text) or _rfc822_time(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found if found and found.year in YEARS else None


def language_tag(raw: object) -> str:
    """Return a BCP 47 tag in its usual writing, "" if `raw` is none.

    >>> language_tag("EN_us"), language_tag("zh-hant-tw"), language_tag("English")
    ('en-US', 'zh-Hant-TW', '')
    """
    found = LANGUAGE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        return ""
    language, script, region = found.groups(default="")
    return "-".join(filter(None, (language.lower(), script.title(), region.upper())))


def tidy_tags(raw: Iterable[object]) -> tuple[str, ...]:
    """Return the different tags among `raw`, plain, at most TAGS_MAX.

    >>> tidy_tags(["War", " war&amp;peace ", "War", "", None])
    ('War', 'war&peace')
    """
    plain = dict.fromkeys(plain_text(tag, TAG_MAX_CHARS) for tag in islice(raw, 2 * TAGS_MAX))
    return tuple(tag for tag in plain if tag)[:TAGS_MAX]


def newest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates with a time newest first, then those without in the listing's order."""

    def order(candidate: Candidate) -> tuple[bool, float]:
        at = candidate.published_at or candidate.modified_at
        return (at is None, -at.timestamp() if at else 0.0)

    return sorted(candidates, key=order)


def _iso_time(text: str) -> datetime | None:
    found = ISO_TIME.fullmatch(text)
    if found is None or not found[3]:
        return None
    clock = found[2].replace(",", ".")
    zone = found[3].upper().replace("UTC", "Z").replace("GMT", "Z")
    return datetime.fromisoformat(f"{found[1]}T{clock}{zone}")


def _rfc822_time(text: str) -> datetime | None:
    offset = GMT_OFFSET.search(text)
    if offset:
        sign, hours, minutes = offset.groups(default="00")
        text = f"{text[: offset.start()]}{sign}{int(hours):02}{minutes}"
    head, _, zone = COLON_OFFSET.sub(r"\1\2", text).rpartition(" ")
    named = ZONE_HOURS.get(zone.strip("()").upper())
    if named is not None:
        zone = f"+{named:02}00"
    elif zone == "-0000":  # RFC 5322: UTC, by a clock that does not know where it is
        zone = "+0000"
    found = parsedate_to_datetime(f"{head} {zone}")
    return found if found.tzinfo else None
