"""The credit that readers see: marked as one, near the headline, where the text starts or ends."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from scraper.extraction.byline.byline_marks import (
    AUTHOR_LINK,
    AUTHOR_PAGE,
    CAPTION,
    MEDIA,
    SIDE,
    marks_byline,
)
from scraper.extraction.byline.credit_words import EDITOR, PHOTOGRAPHER, PROFILE_COUNTS, TRANSLATOR
from scraper.extraction.byline.credits import read_byline, without_time
from scraper.extraction.byline.text_credits import (
    closing_credit,
    credit_line,
    names_a_role,
    opening_credit,
    placed_name,
    signature,
)
from scraper.extraction.byline.text_edges import around_headline, headline_of, text_edges
from scraper.extraction.page import NAME_MAX_CHARS, is_elsewhere, one_line, text_of

AUTHORS_MAX = 20
LINES_MAX = 18  # lines after the headline that may be a bare credit
LINE_MAX_CHARS = 120
CLAIMS_MAX = 60  # elements marked as an author that are looked at
CREDITS_MAX = 6
ROW_CLAIMS_MAX = 8  # marked elements that may stand in a row
ROW_DEPTH = 3  # boxes between each of them and the row
CLOSE_ELEMENTS = 80  # elements beside a headline that are looked at first
ELEMENTS_MAX = 20_000
LINE_MAX_PARTS = 6
BLOCKS = {"div", "p", "li", "ul", "section", "article", "table", "h2", "h3"}
# "Анна Сова, «Вестник»", "Анна Сова, Самара", "Анна Сова специально для «Вестника»"
HOUSE_BEHIND = re.compile(
    r"(?:,\s?|\s)(?:(?:специально\s|спеціально\s)?для\s)?[«„\"“][^»“”\"]{2,40}[»“”\"]\.?$"
    r"|(?<=\S\s)(?P<last>\S{2,30}),\s[А-ЯІЇЄҐ][а-яіїєґё-]{2,25}\.?$"
)
FILED_UNDER = re.compile(r"\s{0,2},?\s{0,2}(?:in|en|em|dans|on|under)?$")
LABEL_MAX_CHARS = 30
OTHER_LABEL = re.compile(rf"(?:{EDITOR}|{PHOTOGRAPHER}|{TRANSLATOR})\s?[:：]?", re.IGNORECASE)
LABEL_OF_LINE = re.compile(r"[^\W\d_]{2,12}\s?[,،:：]\s")
LINES = {
    "p", "div", "span", "em", "strong", "small", "a", "li", "address", "b", "i", "h2", "h3", "h4",
    "h5", "cite", "td", "dd", "time", "section", "font",
}  # fmt: skip
TEASER_DEPTH = 5  # boxes around a byline that may be another article's
TEASER_CHARS = 400
UNMARKED = {
    "html", "head", "body", "meta", "script", "link", "img", "svg", "path", "style", "input",
    "textarea", "select", "option",
}  # fmt: skip
PROFILE_CHARS = 200  # read of what holds a name, where its bearer's texts are counted
SUBTITLE_MAX_CHARS = 90
DATED_MAX_CHARS = 70
LATIN = re.compile("[A-Za-z]")
GREEK = re.compile("[Α-ω]")  # sections are written as names are: Βόρεια Ελλάδα
DATED = re.compile(r"\d{4}|\d{1,2}[.:/]\d{2}")


class Printed(NamedTuple):
    """A credit as printed, and where it stands.

    `place` is "near" the headline, at the text's "start" or "end", or "marked" elsewhere.
    """

    text: str
    place: str


def printed_credits(tree: HtmlElement, *, near_only: bool = False) -> Iterator[Printed]:
    """Yield the credits that a reader sees, the surest first, as far as they are asked for.

    Where only those `near` the headline are wanted, the text is not looked at.
    """
    heading = headline_of(tree)
    around = iter(()) if heading is None else around_headline(heading)
    beside: list[HtmlElement] = []
    near: list[str] = []
    for most in (CLOSE_ELEMENTS, None):  # most bylines are close, and the rest is not looked at
        part = list(islice(around, most))
        for text in _credits_of(_whole_rows(_marked(part))):
            near.append(text)
            yield Printed(text, "near")
        beside += part
    if not near:
        near = list(_credits_of(_whole_rows(_linked(beside))))
        yield from (Printed(text, "near") for text in near)
    lines: dict[str, None] = {}
    signed, before = "", (tree, "")
    for element, text in _short_lines(beside):
        if (line := credit_line(text)) and not _is_of_a_picture(element):
            lines.setdefault(line)
        signed = signed or _beside_a_date(element, text) or _with_place(element, text, before)
        before = element, text
    if lines:
        yield Printed(_one_credit(list(lines)), "near")
    if near_only:
        return
    first, last = text_edges(tree)
    yield from _credits_in_text(first, last)
    for text in marked_credits(tree):
        if text not in near:
            yield Printed(text, "marked")
    for name in (_signature(first), _signature_behind(last), signed):
        if name:
            yield Printed(name, "start")


def _credits_in_text(first: list[str], last: list[str]) -> Iterator[Printed]:
    for line in first[:3]:
        found = opening_credit(line)
        if found and (credits := read_byline(found).credits):
            yield Printed(found, "start")
            if any(credit.role != "photographer" for credit in credits):
                break  # of the first picture's caption otherwise
    text = " ".join(last)
    for line in reversed(last):
        if found := closing_credit(line, text):
            yield Printed(found, "end")  # an editor may stand behind the author
            if read_byline(found).authors:
                break


def _one_credit(lines: list[str]) -> str:
    """Return the credit in lines near a headline: the first, and those of the same kind after it.

    "Author, Ana Sol", "Author, Bo Vik": BBC services give each author a line.
    """
    first = min((line for line in lines if lines[0].startswith(line)), key=len)
    rest = lines[0].removeprefix(first)
    if any(line in rest for line in lines) or (rest and _names_more(lines[0], first)):
        first = lines[0]  # a second credit stands in it
    label = LABEL_OF_LINE.match(first)
    if not label:
        return first
    same = [line for line in lines if line.startswith(label.group()) and line not in lines[0]]
    return "; ".join([first, *(line.removeprefix(label.group()) for line in same)])


def _names_more(line: str, start: str) -> bool:
    """Tell whether a line names authors behind those that its start names."""
    whole, part = read_byline(line).authors, read_byline(start).authors
    return len(whole) > len(part) and whole[: len(part)] == part


def _signature(first: list[str]) -> str:
    """Return the names that stand alone between a text's subtitle and its first paragraph."""
    for line, following in pairwise(first):
        if len(line) > SUBTITLE_MAX_CHARS:
            break
        if len(following) > SUBTITLE_MAX_CHARS and (name := signature(line)):
            return name
    return ""


def _signature_behind(last: list[str]) -> str:
    """Return the name alone behind a text's last paragraph, as Russian outlets sign.

    In Latin script the lines there are too often buttons: "Read More".
    """
    for line, following in pairwise(last):
        name = HOUSE_BEHIND.sub(r"\g<last>", following)
        is_behind = len(line) > SUBTITLE_MAX_CHARS and not LATIN.search(name)
        if is_behind and signature(name):
            return following
    return ""


def _beside_a_date(element: HtmlElement, text: str) -> str:
    """Return the name in a line that shares its box with a date: "Ana Sol | 5.4.2025"."""
    box = element.getparent()
    bare = without_time(text).strip(" \u3000|•·-–—,")
    name = "" if GREEK.search(bare) else signature(bare)
    if name and bare != text and DATED.search(text):
        return name
    if (
        not name
        or box is None
        or GREEK.search(name)
        or MEDIA.search(f"{box.get('class')} {element.get('class')}")
    ):
        return ""
    around = text_of(box, DATED_MAX_CHARS + 1)
    return name if len(around) <= DATED_MAX_CHARS and DATED.search(around) else ""


def _with_place(element: HtmlElement, text: str, before: tuple[HtmlElement, str]) -> str:
    """Return a name and a place, in one line or in two: alone, since tags stand in rows too."""
    links = sum(1 for _ in islice(element.iter("a"), 2))
    found = placed_name(text)
    is_next = element.tag not in ("a", "li") and element.getprevious() is before[0]
    if not found and is_next and names_a_role(text):  # a place alone stands under sections, too
        found = placed_name(f"{before[1]}, {text}")
    return found if found and links < 2 and not _is_of_a_picture(element) else ""


def _is_of_a_picture(element: HtmlElement) -> bool:
    """Tell whether a line stands beside a picture: its caption, or its maker's name."""
    return any(
        box.tag in ("figure", "figcaption") or CAPTION.search(box.get("class") or "")
        for box in chain((element,), islice(element.iterancestors(), TEASER_DEPTH))
    )


def _short_lines(elements: Iterable[HtmlElement]) -> Iterator[tuple[HtmlElement, str]]:
    """Yield what may be a credit's line: elements with few parts and little text."""
    seen = 0
    for element in elements:
        if element.tag not in LINES:
            continue
        if len(element) > LINE_MAX_PARTS:
            own = FILED_UNDER.sub("", one_line(element.text or "", LINE_MAX_CHARS))
            if own and credit_line(own):
                yield element, own  # "By Ana Sol, in <a>News</a>, <a>Rivers</a>, …"
            continue
        if sum(1 for _ in islice(element.iterdescendants(*BLOCKS), 2)) > 1:
            continue
        text = _text_of(element)
        if 0 < len(text) <= LINE_MAX_CHARS:
            yield element, text
        seen += bool(text)
        if seen >= LINES_MAX:
            return


def _text_of(element: HtmlElement) -> str:
    """Return a line's text; most lines are of one piece."""
    if len(element) == 0:
        return one_line(element.text or "", LINE_MAX_CHARS + 1)
    return text_of(element, LINE_MAX_CHARS + 1)


def marked_credits(tree: HtmlElement) -> list[str]:
    """Return the texts of what is marked as the byline within the article, [] if nothing is."""
    claims = _marked(islice(tree.iter(), ELEMENTS_MAX))
    claims = [claim for claim in claims if not (_is_beside(claim) or _is_in_profile(claim))]
    return list(_credits_of(claims))


def _is_in_profile(element: HtmlElement) -> bool:
    """Tell whether a name far from the headline stands above the counts of its bearer's texts."""
    box = element.getparent()
    return box is not None and PROFILE_COUNTS.search(text_of(box, PROFILE_CHARS)) is not None


def _is_beside(element: HtmlElement) -> bool:
    """Tell whether an element far from the headline stands in a column beside the text."""
    boxes = chain((element,), islice(element.iterancestors(), TEASER_DEPTH))
    return any(SIDE.search(box.get("class") or "") for box in boxes)


def _marked(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    claims: list[HtmlElement] = []
    for element in elements:
        get = element.get
        name = get("class") or get("id")
        is_marked = name is not None and marks_byline(name[:NAME_MAX_CHARS])
        if (
            is_marked or get("itemprop") == "author" or get("rel") == "author"
        ) and element.tag not in UNMARKED:
            claims.append(element)
            if len(claims) >= CLAIMS_MAX:
                break
    return claims


def _whole_rows(claims: list[HtmlElement]) -> list[HtmlElement]:
    """Put in the place of authors that stand in a row what holds the row, if it holds no more.

    `<div>撰文：<a>王小荷</a> <a>李远</a></div>`, where each link is marked as an author alone.
    """
    first = claims[:ROW_CLAIMS_MAX]
    kinds = [_kind(claim) for claim in first]
    if len(set(kinds)) == len(first):
        return claims
    boxes = [list(islice(claim.iterancestors(), ROW_DEPTH)) for claim in first]
    held = Counter(
        (box, kind)
        for around, kind in zip(boxes, kinds, strict=True)
        for box in around
        if box.tag not in ("body", "article", "main")
    )
    found: dict[HtmlElement, None] = {}
    fits: dict[HtmlElement, bool] = {}
    for claim, around, kind in zip(first, boxes, kinds, strict=True):
        row = next((box for box in around if held[box, kind] > 1), None)
        if row is not None and row not in fits:
            fits[row] = len(text_of(row, LINE_MAX_CHARS + 1)) <= LINE_MAX_CHARS
        found[row if row is not None and fits[row] else claim] = None
    return [*found, *claims[ROW_CLAIMS_MAX:]]


def _kind(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _linked(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Return the links to an author's own page: VOA and Radio Free Europe mark nothing else."""
    links = (e for e in elements if e.tag == "a" and AUTHOR_PAGE.search(e.get("href") or ""))
    return list(islice(links, CREDITS_MAX))


def _credits_of(claims: list[HtmlElement]) -> Iterator[str]:
    """Yield the credits in marked elements; those of pictures and teasers are none."""
    found: set[str] = set()
    for element in claims:
        if len(found) >= CREDITS_MAX:
            return
        text = _label_before(element) + credit_text(element)
        if not 0 < len(text) <= LINE_MAX_CHARS or text in found or PROFILE_COUNTS.search(text):
            continue
        if not is_elsewhere(element) and not _is_in_teaser(element) and read_byline(text).credits:
            found.add(text)
            yield text


def _label_before(element: HtmlElement) -> str:
    """Return the word for an editor or a photographer that stands before a marked name, or "".

    `<span>责编：</span><span class="author">赵一川</span>`
    """
    before = element.getprevious()
    if before is None:
        text = "" if element.getparent() is None else element.getparent().text or ""
    else:
        text = before.tail or ""
        text = text if text.strip() or not isinstance(before.tag, str) else before.text or ""
    text = text.strip()
    return f"{text} " if 0 < len(text) <= LABEL_MAX_CHARS and OTHER_LABEL.fullmatch(text) else ""


def _is_in_teaser(element: HtmlElement) -> bool:
    """Tell whether a credit belongs to a picture, or to another article that a link leads to."""
    for box in islice(element.iterancestors(), TEASER_DEPTH):
        if box.tag in ("figure", "figcaption", "blockquote"):
            return True
        if box.tag == "a" and box is not element and len(text_of(box, 100)) > 60:
            return True
        if box.tag in ("li", "article") and box.find(".//img") is not None:
            links = (a.get("href") or "" for a in islice(box.iter("a"), 4))
            leads_elsewhere = any(not AUTHOR_LINK.search(link) for link in links)
            if leads_elsewhere and box.find(".//h1") is None:
                return len(text_of(box, TEASER_CHARS + 1)) <= TEASER_CHARS
    return False


def credit_text(element: HtmlElement) -> str:
    """Return a byline's text, a comma where links to several authors meet without one.

    >>> from lxml import html
    >>> credit_text(html.fromstring("<p>Von <a>Ana Sol</a> <a>Bo Vik</a></p>"))
    'Von Ana Sol, Bo Vik'
    """
    links = list(islice(element.iter("a", "li"), AUTHORS_MAX + 1))
    if len(links) < 2:
        return text_of(element, LINE_MAX_CHARS + 1)
    whole = text_of(element, LINE_MAX_CHARS * 2)
    position = 0
    pieces: list[str] = []
    for name in dict.fromkeys(text_of(link, LINE_MAX_CHARS) for link in links):
        start = whole.find(name, position) if name else -1
        if start < 0:
            continue
        gap = whole[position:start]
        pieces.append(", " if pieces and not gap.strip() else gap)
        pieces.append(name)
        position = start + len(name)
    rest = whole[position:]
    repeated = dict.fromkeys(name for name in pieces if name.strip(" ,"))
    return "".join(pieces) + ("" if rest.strip() in repeated else rest)
