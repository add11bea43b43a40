"""Texts whose paragraphs are parted by line breaks alone, given the paragraphs that are meant."""

from itertools import islice

from lxml.html import Element, HtmlElement

BREAKS_MIN = 3  # children of an element, for its text to be parted by them
BREAKS_MAX = 4_000  # of a page that are looked at
HOLDERS = ("article", "section", "main", "div", "td", "font", "span")
PARTING = ("br", "p", "div", "ul", "ol", "table")
INLINE = {
    "a", "b", "i", "em", "strong", "span", "u", "font", "mark", "abbr", "small", "cite", "sub",
    "sup", "time", "q", "s", "ruby", "ins", "wbr",
}  # fmt: skip


def part_at_breaks(tree: HtmlElement) -> None:
    """Make paragraphs of what stands between the breaks of an element that holds text itself.

    Where a `div` does, extractors know; in an `article` they find one paragraph, or none.

    >>> from lxml.html import fromstring, tostring
    >>> tree = fromstring("<div><article>One.<br>Two <b>b</b>.<br><br>Three.<br></article></div>")
    >>> part_at_breaks(tree)
    >>> tostring(tree)
    b'<div><article><p>One.</p><p>Two <b>b</b>.</p><p>Three.</p></article></div>'
    """
    seen: dict[HtmlElement, int] = {}
    for line_break in islice(tree.iter("br"), BREAKS_MAX):
        holder = line_break.getparent()
        if holder is not None and holder.tag in HOLDERS:
            seen[holder] = seen.get(holder, 0) + 1
    for holder, breaks in seen.items():
        if breaks >= BREAKS_MIN or _is_plain(holder):
            _part(holder)


def _is_plain(holder: HtmlElement) -> bool:
    """Tell whether a box beside paragraphs holds but lines; extractors lose the first of two."""
    parent, before = holder.getparent(), holder.getprevious()
    if holder.tag != "div" or not (holder.text or "").strip():
        return False
    if parent is None or parent.find("p") is None or (before is not None and before.tag == "h1"):
        return False  # what stands under the headline is the standfirst's affair
    return all(
        child.tag == "br" or (child.tag in INLINE and next(child.iter(*PARTING), None) is None)
        for child in holder
    )


def _part(holder: HtmlElement) -> None:
    children = list(holder)
    paragraph = Element("p")
    paragraph.text, holder.text = holder.text, None
    parts: list[HtmlElement] = []
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in INLINE or not isinstance(child.tag, str):
            paragraph.append(child)
            child.tail = tail
            continue
        parts.append(paragraph)
        if child.tag != "br":
            parts.append(child)
        paragraph = Element("p")
        paragraph.text = tail
    for child in list(holder):
        holder.remove(child)
    for part in (*parts, paragraph):
        if part.tag != "p" or len(part) or (part.text or "").strip():
            holder.append(part)
