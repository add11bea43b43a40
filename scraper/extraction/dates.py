"""When an article was published and changed: every source asked, the most exact one believed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.linked_data import Node, types_of
from scraper.extraction.moments import Moment, read_moment, zone_named
from scraper.extraction.page import Page, after_heading, is_elsewhere, text_of

FUTURE_TOLERANCE = timedelta(days=1)  # after the capture; zones and wrong clocks, no more
CLAIMS_MAX = 40  # claims about the times that are kept as evidence
ELEMENTS_MAX = 200  # elements looked at for a visible date
NEAR_MAX = 40  # of them, lines after the headline
LINE_MAX_CHARS = 160
SAME_CLOCK = timedelta(minutes=15)  # zones differ by multiples of it

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time",
    "article:published", "datepublished", "date_published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publish-date", "publishdate",
    "publish_date", "publication_date", "pubdate", "pub_date", "originalpublicationdate",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "dc.created", "article.published", "article:create_at", "apub:time", "ptime",
    "bt:pubdate", "citation_publication_date", "release_date", "date", "created",
    "rnews:datepublished", "vr:published_time", "timestamp",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified",
    "datemodified", "date_modified", "dcterms.modified", "dc.date.modified", "dc.modified",
    "lastmod", "last-modified", "modified_time", "revised", "article.updated", "bt:moddate",
    "article:update_at", "updated_time", "rnews:datemodified", "vr:updated_time",
)  # fmt: skip
CHANGED_WORD = re.compile(
    r"updat|modif|revis|edited|aktualis|geändert|stand:|mis à jour|actualiz|atualiz|aggiornat"
    r"|bijgewerkt|oppdater|opdater|uppdater|aktualiz|обновл|изменен|оновл|更新|최종|수정"
    r"|업데이트|แก้ไข|อัปเดต|تحديث|עודכן|güncel|diperbarui|cập nhật|अपडेट",
    re.IGNORECASE,
)
DATE_CLASS = re.compile(
    r"date|time|publish|posted|timestamp|datum|fecha|meta|info|byline", re.IGNORECASE
)


@dataclass(slots=True)
class Reading:
    """How the times of one page are read: in whose zone, with whose month names."""

    page: Page
    zone: tzinfo
    languages: tuple[str, ...]
    seen: list[tuple[Moment, str, bool]] | None = None

    def moment(self, text: str) -> Moment | None:
        """Read one printed time."""
        return read_moment(text, self.zone, self.languages) if text else None

    def stated(self, node: Node, key: str) -> Moment | None:
        """Read a time that structured data state."""
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("@value") if isinstance(value, dict) else value
        return self.moment(str(value)) if isinstance(value, str | int | float) else None

    def visible(self) -> list[tuple[Moment, str, bool]]:
        """Return the times a reader sees; looked for once, and only where nothing better is."""
        if self.seen is None:
            self.seen = list(_visible(self.page.tree, self.zone, self.languages))
        return self.seen


def find_dates(page: Page) -> tuple[Moment | None, Moment | None]:
    """Return when a page says it was published and modified, None where it does not.

    Asked in order: the outlet's selector, JSON-LD, microdata, meta elements, `<time>`, the visible
    date, the listing. The first source decides the day; a more exact one of the same day wins.
    """
    zone = zone_named(page.hints.timezone)
    latest = page.captured_at + FUTURE_TOLERANCE
    reading = Reading(page, zone, _languages(page))
    published = best(_believed(_published(reading), latest))
    modified = best(_believed(_modified(reading), latest))
    if published and modified and modified.at < published.at and modified.has_time:
        modified = None
    return published, modified


def best(found: Iterable[Moment]) -> Moment | None:
    """Return the most trusted moment, given the most trusted source first.

    >>> day = Moment(datetime(2024, 6, 16, tzinfo=UTC), "2024-06-16", False, False)
    >>> exact = Moment(datetime(2024, 6, 16, 21, 5, tzinfo=UTC), "2024-06-16T21:05Z", True, True)
    >>> best([day, exact]).raw
    '2024-06-16T21:05Z'
    """
    moments = iter(found)
    first = next(moments, None)
    while first and not (first.has_time and first.has_zone):
        sharper = next((other for other in moments if _sharpens(other, first)), None)
        if sharper is None:
            break
        first = sharper
    return first


def _sharpens(other: Moment, first: Moment) -> bool:
    """Tell whether `other` says the same as `first`, more exactly."""
    if first.has_time and other.has_time and other.has_zone and not first.has_zone:
        apart = abs(other.at - first.at)
        return apart <= timedelta(hours=14) and apart % SAME_CLOCK < timedelta(minutes=1)
    if first.has_time or not other.has_time:
        return False
    days = {first.at.date(), first.at.astimezone(UTC).date()}
    return bool(days & {other.at.date(), other.at.astimezone(first.at.tzinfo).date()})


def _believed(found: Iterable[tuple[Moment | None, str]], latest: datetime) -> Iterator[Moment]:
    for moment, source in found:
        if moment is not None and moment.at <= latest:
            yield replace(moment, source=source)


def _published(reading: Reading) -> Iterator[tuple[Moment | None, str]]:
    page = reading.page
    for element in page.select(page.hints.published):
        text = element.get("datetime") or element.get("content") or text_of(element)
        yield reading.moment(text), "selector"
    for node, source in _statements(page):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            yield reading.stated(node, key), f"{source} {key}"
    for name in PUBLISHED_METAS:
        yield reading.moment(page.meta(name)), f"meta {name}"
    yield from ((moment, source) for moment, source, changed in reading.visible() if not changed)
    if page.hints.candidate and (listed := page.hints.candidate.published_at):
        yield Moment(listed, listed.isoformat(), True, True), "listing"


def _modified(reading: Reading) -> Iterator[tuple[Moment | None, str]]:
    page = reading.page
    for node, source in _statements(page):
        yield reading.stated(node, "dateModified"), f"{source} dateModified"
    for name in MODIFIED_METAS:
        yield reading.moment(page.meta(name)), f"meta {name}"
    yield from ((moment, source) for moment, source, changed in reading.visible() if changed)
    if page.hints.candidate and (listed := page.hints.candidate.modified_at):
        yield Moment(listed, listed.isoformat(), True, True), "listing"


def _statements(page: Page) -> Iterator[tuple[Node, str]]:
    if page.article:
        yield page.article, "json-ld"
    for node in page.nodes:
        if node is not page.article and "WebPage" in types_of(node):
            yield node, "json-ld WebPage"
    if page.micro:
        yield page.micro, "microdata"


def _visible(
    tree: HtmlElement, zone: tzinfo, languages: tuple[str, ...]
) -> Iterator[tuple[Moment, str, bool]]:
    """Yield the times a reader sees, likeliest first, and whether each is one of change."""
    for seen, element in enumerate(tree.iter("time")):
        if seen >= ELEMENTS_MAX:
            break
        if not is_elsewhere(element):
            text = element.get("datetime") or text_of(element)
            if moment := read_moment(text, zone, languages):
                yield moment, "time element", _is_changed(element, text_of(element))
    for line, element in _lines(tree):
        # "Published 5 May, updated 6 May" holds both.
        word = CHANGED_WORD.search(line)
        before, after = (line[: word.start()], line[word.start() :]) if word else (line, "")
        if moment := read_moment(before, zone, languages):
            yield moment, "visible text", not word and _is_changed(element, line)
        if moment := read_moment(after, zone, languages):
            yield moment, "visible text", True


def _lines(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    following = after_heading(tree, "p", "div", "span", "li", "em", "small", "td")
    near = list(islice(following, NEAR_MAX))
    marked = (
        e for e in tree.iter("span", "div", "p", "li") if DATE_CLASS.search(e.get("class") or "")
    )
    for element in [*near, *islice(marked, ELEMENTS_MAX)]:
        if len(element) > 6 or is_elsewhere(element):
            continue
        line = text_of(element, LINE_MAX_CHARS + 1)
        if len(line) <= LINE_MAX_CHARS and sum(c.isdecimal() for c in line) >= 5:
            yield line, element


def _is_changed(element: HtmlElement, line: str) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {line}"
    before = element.getprevious()
    parent = element.getparent()
    lead = (parent.text or "") if before is None and parent is not None else ""
    lead = (before.tail or text_of(before, 40)) if before is not None else lead
    return CHANGED_WORD.search(f"{marks} {lead[-40:]}") is not None


def _languages(page: Page) -> tuple[str, ...]:
    root = page.tree.getroottree().getroot()
    declared = (root.get("lang") or "").partition("-")[0].lower()
    tags = [declared, *(tag.partition("-")[0] for tag in page.hints.languages)]
    return tuple(dict.fromkeys(t for t in tags if t))
