"""Every place where a page says when its article was published or changed, likeliest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from scraper.extraction.date.moments import (
    ISO,
    TEXT_MAX_CHARS,
    Moment,
    Reader,
    is_of_news,
)
from scraper.extraction.linked_data import Node, types_of
from scraper.extraction.page import Page, is_elsewhere, text_of
from scraper.records import DatedField

# Names of meta elements, letters and digits only: article:published_time is written in ten ways.
PUBLISHED_METAS = (
    "articlepublishedtime", "ogarticlepublishedtime", "ogpublishedtime", "articlepublished",
    "datepublished", "parselypubdate", "sailthrudate", "cxenseparserecspublishtime",
    "cxenseparsepublishtime", "publishdate", "publishedtime", "publishedat", "publicationdate",
    "pubdate", "originalpublicationdate", "dcdateissued", "dctermsissued", "dctermscreated",
    "dcdatecreated", "dcdate", "dctermsdate", "dccreated", "articlecreateat", "apubtime", "ptime",
    "btpubdate", "citationpublicationdate", "releasedate", "date", "created", "createdate",
    "rnewsdatepublished", "vrpublishedtime", "timestamp", "articledateoriginal", "weibocreatedat",
    "weiboarticlecreateat", "articlepubdate", "newspublishdate", "firstpublished", "displaydate",
    "dateavailable", "datecreated", "ogreleasedate", "ogpubdate", "publisheddate", "publishtime",
    "pubtime", "pubdatetime", "articledate", "newsdate", "mediatorpublishedtime", "dateissued",
    "shareaholicarticlepublishedtime", "articlepublishdate", "firstpublishedtime",
    "iso8601publishdate",
)  # fmt: skip
MODIFIED_METAS = (
    "articlemodifiedtime", "ogarticlemodifiedtime", "ogmodifiedtime", "ogupdatedtime",
    "articlemodified", "datemodified", "dctermsmodified", "dcdatemodified", "dcmodified",
    "lastmod", "lastmodified", "modifiedtime", "revised", "articleupdated", "btmoddate",
    "articleupdateat", "weiboarticleupdateat", "updatedtime", "rnewsdatemodified",
    "vrupdatedtime", "articleupdatedtime", "moddate", "updatedat", "articledateupdated",
    "dateupdated", "lastupdated", "lastupdateddate", "lastmodifieddate", "mediatormodifiedtime",
    "shareaholicarticlemodifiedtime", "eomportallastupdate",
)  # fmt: skip
NAME_MARKS = re.compile(r"[^a-z0-9]")
URL_DAY = re.compile(
    r"(?<!\d)(?P<year>20[0-4]\d|199\d)(?:/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)"
    r"|[/_.-]?(?P<month>0[1-9]|1[0-2])[/_.-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d{1,5}(?!\d)))"
)
URL_MAX_CHARS = 500
# Attributes as data-published-at, data-deploy-dt, data-timestamp; not data-update-interval.
DATA_NAME = re.compile(
    r"^data-(?:\w+-){0,3}?\w{0,8}?(?:date|time|datetime|timestamp|dt|ts|pub\w*|posted|created|modified|updated"
    r"|publi\w+|epoch|unixtime)(?:-?(?:at|on|time|date|dt|utc|iso|original|value))*$"
)
DATA_XPATH = (
    "//@*[starts-with(name(), 'data-') and (contains(name(), 'date') or contains(name(), 'time')"
    " or contains(name(), 'pub') or contains(name(), '-dt') or contains(name(), 'posted')"
    " or contains(name(), 'created') or contains(name(), 'modif'))]"
)
DATA_MAX = 200  # attributes looked at
DATA_KEPT = 6
SCRIPT_MAX_CHARS = 200_000  # of one script looked through for a time
SCRIPTS_MAX = 40
SCRIPTS_MAX_CHARS = 1_000_000  # of all of them
SCRIPT_TIME = re.compile(
    r"[\"'\\]{0,2}\b(?P<name>(?:article_?|news_?|content_?)?(?:date_?publi\w{2,8}|publi\w{2,8}_?(?:date|time|at|on)?"
    r"|pub_?(?:date|time)|first_?publi\w{2,8}|(?:re)?deploy_?dt|reg_?date|release_?date|display_?date|create[d]?_?(?:at|time|date)"
    r"|date_?modified|modif\w{2,6}_?(?:date|time|at)?|update[d]?_?(?:at|time|date)))[\"'\\]{0,2}\s{0,3}[:=]\s{0,3}"
    r"[\"'\\]{0,2}(?P<time>\d[\d./: TZ+-]{7,34})",
    re.IGNORECASE,
)
CHANGED_NAME = re.compile(r"modif|updat|redeploy|re-deploy|lastmod|chang", re.IGNORECASE)


@dataclass(slots=True)
class Sighting:
    """One time found on a page: for which field, where, and why it cannot be believed, if so.

    `moment` is None where the text could not be read. `is_printed` tells that readers see it.
    """

    field: DatedField
    raw: str
    source: str
    moment: Moment | None = None
    is_printed: bool = False
    refused: str = ""


def stated(page: Page) -> Iterator[tuple[DatedField, str, str]]:
    """Yield the times that structured data and meta elements state: field, text, source."""
    for keys in (("datePublished", "dateModified"), ("dateCreated", "uploadDate")):
        for node, source in _statements(page):
            for key in keys:
                if text := _value(node.get(key)):
                    yield field_of(key), text, f"{source} {key}"
        if keys[0] == "datePublished":
            yield from _metas(page)


def _metas(page: Page) -> Iterator[tuple[DatedField, str, str]]:
    squeezed: dict[str, tuple[str, str]] = {}
    for name, values in page.metas.items():
        squeezed.setdefault(NAME_MARKS.sub("", name), (name, values[0]))
    fields: tuple[tuple[DatedField, tuple[str, ...]], ...] = (
        ("published_at", PUBLISHED_METAS),
        ("modified_at", MODIFIED_METAS),
    )
    for field, names in fields:
        for name in names:
            if found := squeezed.get(name):
                yield field, found[1], f"meta {found[0]}"


def _statements(page: Page) -> Iterator[tuple[Node, str]]:
    if page.article:
        yield page.article, "json-ld"
    for node in page.nodes:
        if node is not page.article and "WebPage" in types_of(node):
            yield node, "json-ld WebPage"
    if page.micro:
        yield page.micro, "microdata"


def _value(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("@value") if isinstance(value, dict) else value
    return str(value).strip() if isinstance(value, str | int | float) else ""


def field_of(name: str) -> DatedField:
    """Return which of the two times a name is of.

    >>> field_of("data-re-deploy-dt"), field_of("datePublished")
    ('modified_at', 'published_at')
    """
    return "modified_at" if CHANGED_NAME.search(name) else "published_at"


def selected(page: Page, reader: Reader) -> Iterator[Sighting]:
    """Yield the time that the outlet's own selector finds."""
    for element in page.select(page.hints.published):
        text = element.get("datetime") or element.get("content") or text_of(element)
        yield Sighting("published_at", text, "selector", reader.read(text))


def listed(page: Page) -> Iterator[Sighting]:
    """Yield the times that the listing gave."""
    candidate = page.hints.candidate
    times: tuple[tuple[DatedField, datetime | None], ...] = (
        ("published_at", candidate.published_at if candidate else None),
        ("modified_at", candidate.modified_at if candidate else None),
    )
    for field, at in times:
        if at and is_of_news(at):
            raw = at.isoformat()
            zone = raw[-6:] if raw[-6:-5] in ("+", "-") else "UTC"
            yield Sighting(field, raw, "listing", Moment(at, raw, "second", zone))


def in_url(page: Page, reader: Reader) -> Iterator[Sighting]:
    """Yield the day in the page's address: /2026/03/05/, 20260305.

    >>> [found.group() for found in URL_DAY.finditer("/2026/03/05/a-20260305n1.html?id=2026030512")]
    ['2026/03/05', '20260305']
    """
    path = urlsplit(page.url).path[:URL_MAX_CHARS]
    for found in URL_DAY.finditer(path):
        text = "-".join((found["year"], found["m"] or found["month"], found["d"] or found["day"]))
        if moment := reader.read(text):
            yield Sighting("published_at", found.group(), "url", moment)
            return


def days_told(page: Page, stated_texts: Iterable[str]) -> frozenset[date]:
    """Return the days that a page, its address and its listing name year first: beyond doubt."""
    starts = (ISO.match(text.strip()[:TEXT_MAX_CHARS]) for text in stated_texts)
    moments = [Reader().read(found.group()) for found in starts if found]
    sightings = (*in_url(page, Reader()), *listed(page))
    moments += [sighting.moment for sighting in sightings]
    return frozenset(moment.at.date() for moment in moments if moment)


def in_header(page: Page) -> Iterator[Sighting]:
    """Yield when the server says that the response last changed; kept, never believed."""
    if not (text := page.last_modified):
        return
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return
    if at.tzinfo is not None and is_of_news(at):
        moment = Moment(at, text, "second", "GMT")
        refused = "a server's time, not the article's"
        yield Sighting("modified_at", text, "header last-modified", moment, refused=refused)


def in_attributes(page: Page, reader: Reader) -> Iterator[Sighting]:
    """Yield the times in data attributes, those first whose name says what they are."""
    seen: dict[tuple[str, str], HtmlElement] = {}
    for value in page.tree.xpath(DATA_XPATH)[:DATA_MAX]:
        text = str(value).strip()
        if 8 <= len(text) <= 40 and DATA_NAME.match(value.attrname):
            seen.setdefault((value.attrname, text), value.getparent())
    found = []
    for (name, text), element in seen.items():
        if is_elsewhere(element) or (moment := reader.read(text)) is None:
            continue
        rank = 0 if "pub" in name else 1 if CHANGED_NAME.search(name) else 2
        found.append((rank, Sighting(field_of(name), text, f"attribute {name}", moment)))
    found.sort(key=lambda ranked: ranked[0])
    yield from (sighting for _, sighting in found[:DATA_KEPT])


def in_scripts(page: Page, reader: Reader) -> Iterator[Sighting]:
    """Yield the first times of each field named in a script: a data layer, a page's state.

    JSON-LD that is broken beyond mending is one, too.
    """
    fields: set[DatedField] = set()
    chars = 0
    for count, script in enumerate(page.tree.iter("script")):
        text = script.text or ""
        chars += min(len(text), SCRIPT_MAX_CHARS)
        if count >= SCRIPTS_MAX or chars > SCRIPTS_MAX_CHARS:
            return
        for found in SCRIPT_TIME.finditer(text, 0, SCRIPT_MAX_CHARS):
            field = field_of(found["name"])
            moment = reader.read(found["time"].strip()) if field not in fields else None
            if moment is not None:
                fields.add(field)
                yield Sighting(field, found["time"].strip(), f"script {found['name']}", moment)
        if len(fields) == 2:
            return
