"""The times that a reader sees near a headline, and what each is said to be the time of."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from scraper.extraction.date.clock_words import CHANGED, LABEL
from scraper.extraction.date.date_claims import Sighting
from scraper.extraction.date.moments import Moment, Reader, plain_text
from scraper.extraction.page import Page, is_elsewhere, text_of
from scraper.records import DatedField

TAGS = (
    "time", "p", "div", "span", "li", "em", "small", "td", "b", "strong", "i", "section", "dd",
    "dt", "font", "label", "address", "abbr", "h4", "h5", "h6", "a", "ins", "amp-timeago",
    "relative-time", "time-ago", "local-time",
)  # fmt: skip
HEADINGS = ("h1", "h2", "h3")
PUBLISHED_CLASS = re.compile(r"\b(?:entry-date|published)\b")
TITLE_CLASS = re.compile(r"tit(?:le)?(?:$|[\s_-])|head(?:line|ing)", re.IGNORECASE)
TITLED_MAX = 20  # elements of such a class compared, where no heading is the headline
HEADINGS_MAX = 6  # of each level compared with the titles
TIME_TAGS = {"time", "abbr", "amp-timeago", "relative-time", "time-ago", "local-time"}
BEFORE_MAX = 25  # elements before the headline that may hold its date
NEAR_MAX = 90  # elements after it
NEAR_SURE_MAX = 40  # of them, where only a clock to compare is wanted
CLOCKS_ENOUGH = 2  # printed clocks found then: of publication and change
ELEMENTS_MAX = 200  # elements marked as a date anywhere
STATING = ("datetime", "content", "title")  # attributes that may say a time more exactly
TIMES_MAX = 40  # `<time>` elements looked at
LINE_MAX_CHARS = 160
PROSE_MIN_CHARS = 80  # a longer line without a label is a sentence or a caption
SPLIT_MAX = 3  # boxes up from one that holds only a year
SPLIT_MAX_CHARS = 60  # of a line made of several boxes
OWN_MAX_CHARS = 400  # of an element's own text looked through for digits
YEAR_DIGITS = 4
FEW_DIGITS = re.compile(r"[年月]")  # 令和8年3月4日, 3月4日 9時
CHILDREN_MAX = 8
TITLE_CHARS = 14  # of a headline compared
ANCESTORS_MAX = 4  # between a headline and the box that holds its date
LABEL_GAP_MAX_CHARS = 6  # between a time and a label behind it: "10:20 更新"
FAR_MAX = 3_000  # elements looked at where nothing is marked
NO_WORD = re.compile(r"[\W_]+")
DIGIT = re.compile(r"\d")
ENOUGH_DIGITS = re.compile(
    r"(?:\d\D{0,24}){5}|[\d〇一二三四五六七八九十元]年.{1,6}月.{1,6}日|\d月\d"
)
DATE_CLASS = re.compile(
    r"date|time|publish|posted|pubtime|datum|fecha|meta|info|byline|created", re.IGNORECASE
)
# The day of the visit, as mastheads print it.
CLOCK_CLASS = re.compile(
    r"current-?_?(?:date|time)|today|top-?_?(?:bar|date)|header-?_?(?:date|top)|masthead|clock|navbar"
    r"|site-?_?header|date-?now|live-?date|breaking|copyright",
    re.IGNORECASE,
)


def visible(page: Page, reader: Reader, *, is_sure: bool) -> list[Sighting]:
    """Return the times a reader sees, likeliest first: those near the headline, then others.

    Where other sources are sure of the publication only the headline's surroundings are read, to
    hold the printed clock against them.
    """
    heading = find_heading(page)
    found = list(_near(heading, reader, is_sure=is_sure)) if heading is not None else []
    if not is_sure and not any(
        s.moment and s.moment.has_time and s.field == "published_at" for s in found
    ):
        found += _marked(page, heading, reader)
        found += _read(islice(page.tree.iter("time"), TIMES_MAX), reader, heading)
    return _distinct(found)


def anywhere(page: Page, reader: Reader) -> Iterator[Sighting]:
    """Yield the first day and time in a page that marks none: the last thing to ask."""
    for element in islice(page.tree.iter("body", *TAGS), FAR_MAX):
        for sighting in _read((element,), reader, None):
            if not sighting.refused:
                sighting.source = "text of the page"
                yield sighting
                return


def find_heading(page: Page) -> HtmlElement | None:
    """Return the element that says what the page's titles say, else the first main heading."""
    titles = [str(page.article.get("headline") or ""), page.meta("og:title", "twitter:title")]
    if not any(titles) and (title := page.tree.find(".//title")) is not None:
        titles.append(title.text or "")
    wanted = {key for text in titles if (key := _key(text))}
    first = None
    for level in HEADINGS if wanted else HEADINGS[:1]:
        for element in islice(page.tree.iter(level), HEADINGS_MAX):
            if _key("".join(islice(element.itertext(), 20))) in wanted:
                return element
            first = first if first is not None or level != "h1" else element
    boxes = page.tree.iter("div", "p", "span", "td", "strong", "font", "b") if wanted else ()
    titled = (
        e
        for e in islice(boxes, FAR_MAX)
        if TITLE_CLASS.search(f"{e.get('class') or ''} {e.get('id') or ''}")
    )
    for element in islice(titled, TITLED_MAX):
        if _key("".join(islice(element.itertext(), 20))) in wanted:
            return element
    return first


def _key(text: str) -> str:
    return NO_WORD.sub("", text.lstrip()[:60].casefold())[:TITLE_CHARS]


def _near(heading: HtmlElement, reader: Reader, *, is_sure: bool) -> Iterator[Sighting]:
    """Yield the times in the lines around the headline, those behind it first."""
    clocks = 0
    limit = NEAR_MAX if not is_sure else NEAR_SURE_MAX
    for sighting in _read(islice(_following(heading), limit), reader, heading):
        yield sighting
        clocks += sighting.is_printed and sighting.moment is not None and sighting.moment.has_time
        if is_sure and clocks >= CLOCKS_ENOUGH:
            return
    above = list(islice(_preceding(heading), BEFORE_MAX))
    yield from _read(reversed(above), reader, heading)


def _following(heading: HtmlElement) -> Iterator[HtmlElement]:
    for box in chain((heading,), heading.iterancestors()):
        for sibling in box.itersiblings():
            yield from sibling.iter(*TAGS)


def _preceding(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what stands before the headline in the same box, the nearest first."""
    outermost = _box(heading)
    for box in chain((heading,), heading.iterancestors()):
        if box is outermost:
            return
        for sibling in box.itersiblings(preceding=True):
            yield from sibling.iter(*TAGS)


def _box(heading: HtmlElement) -> HtmlElement:
    box = heading
    for ancestor in islice(heading.iterancestors(), ANCESTORS_MAX):
        if ancestor.tag in ("body", "html", "main"):
            break
        box = ancestor
    return box


def _marked(page: Page, heading: HtmlElement | None, reader: Reader) -> Iterator[Sighting]:
    """Yield the times in elements named for one: behind the headline, or anywhere without it."""
    elements = _following(heading) if heading is not None else page.tree.iter(*TAGS)
    marked = (
        e
        for e in islice(elements, FAR_MAX)
        if DATE_CLASS.search(f"{e.get('class') or ''} {e.get('id') or ''}")
    )
    yield from _read(islice(marked, ELEMENTS_MAX), reader, heading)


def _read(
    elements: Iterable[HtmlElement], reader: Reader, heading: HtmlElement | None
) -> Iterator[Sighting]:
    for element in elements:
        is_time = element.tag in TIME_TAGS
        if not is_time and not _has_year(element):
            continue
        lines = list(_lines(element))
        if not (lines or is_time) or is_elsewhere(element):
            continue
        refused = "the day of the visit" if _is_clock(element, heading) else ""
        for sighting in _in_element(element, lines, reader):
            sighting.refused = refused
            yield sighting


def _has_year(element: HtmlElement) -> bool:
    """Tell whether an element's own text, not only its children's, has digits enough for a year."""
    tails = (child.tail for child in islice(element, CHILDREN_MAX))
    for text in chain((element.text,), tails):
        if text:
            text = text[:OWN_MAX_CHARS]
            if len(DIGIT.findall(text)) >= YEAR_DIGITS or FEW_DIGITS.search(text):
                return True
    return False


def _is_clock(element: HtmlElement, heading: HtmlElement | None) -> bool:
    for box in (element, *islice(element.iterancestors(), 6)):
        if box.tag in ("body", "html", "article", "main"):
            return False
        if box.tag == "header":
            inner = any(a.tag in ("article", "main") for a in box.iterancestors())
            return not inner and (heading is None or box not in heading.iterancestors())
        if CLOCK_CLASS.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
            return True
    return False


def _in_element(element: HtmlElement, lines: list[str], reader: Reader) -> Iterator[Sighting]:
    lead = _lead(element)
    is_time = element.tag in TIME_TAGS
    stated = next((v for name in STATING if (v := (element.get(name) or "").strip())), "")
    stated = stated if is_time or ENOUGH_DIGITS.search(stated) else ""
    if stated and (moment := reader.read(stated)):
        label = f"{lead} {text_of(element, 60)}"
        field: DatedField = "modified_at" if CHANGED.search(label) else "published_at"
        yield Sighting(field, stated, "time element", moment, not moment.has_zone)
    source = "time element" if is_time else "visible text"
    for line in lines:
        plain = plain_text(line)
        is_alike = len(plain) == len(line)  # digits change their script, not their place
        for moment, field in labelled(plain, reader, lead):
            start = plain.find(moment.raw)
            raw = line[start : start + len(moment.raw)] if is_alike and start >= 0 else line
            yield Sighting(field, raw, source, moment, True)


def _lines(element: HtmlElement) -> Iterator[str]:
    """Yield an element's text, or, where it is long, the pieces of its own that are short."""
    if len(element) <= CHILDREN_MAX:
        line = text_of(element, LINE_MAX_CHARS + 1)
        if len(line) <= LINE_MAX_CHARS:
            if not ENOUGH_DIGITS.search(line):
                line = _of_split_boxes(element)
            is_prose = len(line) > PROSE_MIN_CHARS and not LABEL.search(line)
            if ENOUGH_DIGITS.search(line) and not is_prose:
                yield _with_its_time(element, line)
            return
    pieces = [element.text, *(child.tail for child in islice(element, CHILDREN_MAX * 4))]
    for piece in pieces:
        if piece and len(piece) <= LINE_MAX_CHARS and ENOUGH_DIGITS.search(piece):
            yield " ".join(piece.split())


def _of_split_boxes(element: HtmlElement) -> str:
    """Return the line that several boxes make, "5" "March" "2026" in one each, "" if none does."""
    for parent in islice(element.iterancestors(), SPLIT_MAX):
        if len(parent) > CHILDREN_MAX:
            break
        line = text_of(parent, SPLIT_MAX_CHARS + 1)
        if len(line) > SPLIT_MAX_CHARS:
            break
        if ENOUGH_DIGITS.search(line):
            return line
    return ""


def _with_its_time(element: HtmlElement, line: str) -> str:
    """Return a line with the one beside it that completes it: a day and its time in two boxes."""
    after = element.getnext()
    if ":" in line or after is None or not isinstance(after.tag, str):
        return line
    beside = text_of(after, 24)
    return f"{line} {beside}" if ":" in beside and len(beside) <= 20 else line


def labelled(plain: str, reader: Reader, lead: str) -> Iterator[tuple[Moment, DatedField]]:
    """Yield the times in a line, each with the field its label names.

    Labels stand before the times or, where one follows the last, behind them; without one a time
    is a publication, unless `lead`, the words before the line and of its class, says otherwise.

    >>> line = "05.04.2025 - Updated: 06.04.2025"
    >>> [field for _, field in labelled(line, Reader(), "")]
    ['published_at', 'modified_at']
    >>> line = "2026-03-05 10:20 发布 2026-03-06 11:00 更新"
    >>> [field for _, field in labelled(line, Reader(), "")]
    ['published_at', 'modified_at']
    """
    moments = list(reader.read_all(plain))
    if not moments:
        return
    led: DatedField = "modified_at" if CHANGED.search(lead) else "published_at"
    last = LABEL.match(plain, *_behind(plain, moments[-1][2]))
    # "10:20 Updated: 11:00" and "10:20 Updated 2 hours ago" lead what follows.
    is_behind = (
        last is not None
        and not DIGIT.search(plain, last.end())
        and LABEL.search(plain, 0, moments[0][1]) is None
    )
    position = 0
    for moment, start, end in moments:
        label = None
        if is_behind:
            label = LABEL.match(plain, *_behind(plain, end))
        else:
            label = next(reversed(list(LABEL.finditer(plain, position, start))), None)
        position = end
        field: DatedField = led
        if label:
            field = "modified_at" if label.lastgroup == "changed" else "published_at"
        yield moment, field


def _behind(plain: str, end: int) -> tuple[int, int]:
    start = end
    while start < min(len(plain), end + LABEL_GAP_MAX_CHARS) and not plain[start].isalpha():
        start += 1
    return start, len(plain)


def _lead(element: HtmlElement) -> str:
    """Return what names a time besides its line: classes, and the words before it."""
    parent = element.getparent()
    names = [element.get("class") or "", element.get("itemprop") or "", element.get("id") or ""]
    if PUBLISHED_CLASS.search(names[0]):  # WordPress: "entry-date published updated"
        names[0] = ""
    before = element.getprevious()
    if before is not None:
        words = (before.tail or "").strip()
        words = words or (text_of(before, 40) if isinstance(before.tag, str) else "")
        words = "" if DIGIT.search(words) else words
    else:
        words = (parent.text or "") if parent is not None else ""
        if parent is not None and not words.strip() and len(parent) <= 2:
            names.append(parent.get("class") or "")
    return f"{' '.join(names)[:120]} {plain_text(words.strip()[-40:])}"


def _distinct(found: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings without those that say what an earlier one says as exactly."""
    kept: dict[tuple[object, ...], Sighting] = {}
    for sighting in found:
        if moment := sighting.moment:
            key = (sighting.field, moment.at, moment.precision, moment.zone, sighting.is_printed)
            kept.setdefault(key, sighting)
    return list(kept.values())
