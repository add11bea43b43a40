"""Captions that no name tells: the short text that shares a small box with a picture."""

import re
from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_names import STANDFIRST, element_says
from scraper.extraction.element_text import all_text
from scraper.extraction.words import ends_as_prose

PICTURES_MAX = 300
CAPTION_MAX_CHARS = 160
CENTRED_MAX_CHARS = 300
ANCESTORS_MAX = 4
STYLE_MAX_CHARS = 300
BOXES = ("p", "div", "i", "em", "span", "a", "center", "dl", "dt", "figure", "picture", "td", "li")
TEXTS = ("h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote")
CENTRED = re.compile(r"text-align:\s*center|(?:^|[\s_-])(?:center|centre|aligncenter)(?:$|[\s_-])")


def remove_captions(tree: HtmlElement) -> None:
    """Remove short lines that are no sentences and share a box with a picture, or follow one."""
    for picture in list(islice(tree.iter("img"), PICTURES_MAX)):
        box = _box_of(picture)
        if box is None or box.getparent() is None:
            continue
        if all_text(box).strip():
            box.drop_tree()
        else:
            _remove_following(box)


def _box_of(picture: HtmlElement) -> HtmlElement | None:
    """Return the largest box of a picture that holds at most a line that is no sentence."""
    found = None
    for box in islice(picture.iterancestors(), ANCESTORS_MAX):
        if box.tag not in BOXES or next(box.iter(*TEXTS), None) is not None:
            break
        raw = all_text(box)
        text = raw.strip() if len(raw) <= CAPTION_MAX_CHARS * 4 else raw
        if len(text) > CAPTION_MAX_CHARS or (text and ends_as_prose(text)):
            break
        if text and any(element_says(e) & STANDFIRST for e in box.iter("p", "div", "span")):
            break
        found = box
    return found


def _remove_following(box: HtmlElement) -> None:
    """Remove the paragraph behind one that is a picture, where it is centred or no sentence."""
    following = box.getnext()
    if box.tag != "p" or following is None or following.tag != "p" or (box.tail or "").strip():
        return
    text = all_text(following).strip()
    behind = following.getnext()
    is_centred = _is_centred(following) and (behind is None or not _is_centred(behind))
    is_bold = any(len((all_text(e)).strip()) == len(text) for e in following.iter("strong", "b"))
    if is_bold or not text or len(text) > CENTRED_MAX_CHARS:
        return
    if is_centred or (len(text) <= CAPTION_MAX_CHARS and not ends_as_prose(text)):
        following.drop_tree()


def _is_centred(element: HtmlElement) -> bool:
    style = f"{element.get('style') or ''} {element.get('class') or ''}"[:STYLE_MAX_CHARS]
    return element.get("align") == "center" or CENTRED.search(style) is not None
