"""The text of an article: trafilatura on our own tree, furniture out, standfirst in."""

import html
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from justext import get_stoplist
from lxml.html import HtmlElement
from trafilatura import bare_extraction, external
from trafilatura.settings import JUSTEXT_LANGUAGES, Extractor

from scraper.extraction.element_text import all_text
from scraper.extraction.page import Page, select, text_of
from scraper.extraction.text.body_ends import headings_of, without_ending, without_labels
from scraper.extraction.text.body_lines import (
    HEAD_LINES,
    PAGE_MAX_CHARS,
    block_lines,
    clean_lines,
    folded,
    without_trail,
)
from scraper.extraction.text.boxes import remove_furniture
from scraper.extraction.text.framework_state import script_texts, scripts_of, state_lines
from scraper.extraction.text.joiners import JOINERS, WIDE, hide_joiners, show_joiners, show_wide
from scraper.extraction.text.key_points import KeyPoints, find_key_points
from scraper.extraction.text.live_blogs import keep_entry_times
from scraper.extraction.text.lost_paragraphs import with_lost_paragraphs
from scraper.extraction.text.standfirst import find_standfirst

# Kept of a text. The longest of 174 real ones has 31,650 characters, a long read perhaps 150,000;
# 512 kB are 170,000 in Han or Devanagari. `scraper.web` makes pages of twenty such.
BODY_MAX_CHARS = 200_000
BODY_MAX_BYTES = 512_000
EXTRACTED_MIN_CHARS = 60
CROWDED_ELEMENTS = 10_000  # the largest real page in 175 had 4,098
CROWDED_CHARS = 300_000  # of text without furniture; the largest had 95,096
ENDLESS_ELEMENTS = 15_000  # trafilatura's time grows by the square: 5 s for 20,000 ill-nested ones
ENDLESS_CHARS = PAGE_MAX_CHARS
HEADLINES_MAX = 3  # headings of level 1 that are not said again
PARAGRAPHS_MIN = 3  # of a text; one with fewer may be a scrap, or all of a page in one block
PARAGRAPHS_MAX = 4_000
PARAGRAPH_MIN_CHARS = 60
DOUBTFUL_SHARE = 0.5  # of a page's paragraphs; a text that holds less may be a part of it only
AGREED_MIN_CHARS = 500  # letters of an articleBody that may say where the text ends
AGREED_KEY_CHARS = 40
AGREED_MIN_SHARE = 0.7  # of the text found that it must hold
RESCUE_MAX_CHARS = 250  # extracted bodies shorter than this give way to what is stated
TAG = re.compile(r"<[^<>]{1,500}>")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article.

    Attributes:
        text: paragraphs apart by a blank line, "" if there is none.
        key_points: the outlet's summary in points, which stand in the text too.
        source: where the text was found.
    """

    text: str = ""
    key_points: tuple[str, ...] = ()
    source: str = ""


def find_body(page: Page, known: Sequence[str] = ()) -> Body:
    """Return an article's text.

    Takes the page's tree apart: nothing else can be read from it afterwards.

    Args:
        page: the page, its selectors for the body and for what to drop included.
        known: headline, byline and the like, which are not repeated where the body begins.
    """
    tree = page.tree
    scripts = scripts_of(tree)
    keep_entry_times(tree, page.article)
    remove_furniture(tree, page.hints.drop)
    chosen = select(tree, page.hints.body)
    lines, source = [line for element in chosen for line in block_lines(element)], "selector"
    points = KeyPoints()
    if not lines:
        points = find_key_points(tree)
        lines, source = _extracted(tree, page)
        if source == "trafilatura":
            lines = _completed(page, lines, known, points)
    kept = _agreed(clean_lines(_without_headlines(lines, tree), known), _stated(page))
    if source == "trafilatura":
        kept = without_ending(without_labels(kept, frozenset(), at_end=True), known[2:-1])
    if sum(map(len, kept)) < RESCUE_MAX_CHARS:
        kept, source = _rescued(page, scripts, kept, known) or (kept, source)
    text = show_joiners("\n\n".join(kept))
    found = tuple(map(show_joiners, points.points)) if _hold(kept, points) else ()
    return Body(_fitting(text), found, source if kept else "")


def _without_headlines(lines: list[str], tree: HtmlElement) -> list[str]:
    """Return lines without a heading of level 1, which the record's title need not be."""
    said = {folded(text_of(heading)) for heading in islice(tree.iter("h1"), HEADLINES_MAX)}
    first = [line for line in lines[:HEAD_LINES] if folded(line) not in said]
    return [*first, *lines[HEAD_LINES:]]


def _hold(lines: Iterable[str], points: KeyPoints) -> bool:
    """Tell whether lines hold every point of a summary."""
    said = folded("".join(lines)) if points.points else ""
    return all(folded(point) in said for point in points.points)


def _agreed(lines: list[str], stated: Sequence[str]) -> list[str]:
    """Return lines without those behind the last that the page's own articleBody holds.

    Believed where it holds nearly all of what was found: many are cut, or another text.
    """
    said = folded("".join(stated))
    if len(said) < AGREED_MIN_CHARS:
        return lines
    keys = [folded(line[: AGREED_KEY_CHARS * 2])[:AGREED_KEY_CHARS] for line in lines]
    held = [number for number, key in enumerate(keys) if key and key in said]
    found = sum(len(lines[number]) for number in held)
    if found < AGREED_MIN_SHARE * sum(map(len, lines)) or not said.endswith(
        folded(lines[held[-1]])[-AGREED_KEY_CHARS:]
    ):
        return lines
    return lines[: held[-1] + 1]


def _completed(page: Page, lines: list[str], known: Sequence[str], points: KeyPoints) -> list[str]:
    """Return what trafilatura found with what it leaves out: paragraphs, standfirst, key points."""
    lines = with_lost_paragraphs(page.tree, [line for line in lines if line.strip()])
    lines = without_labels(lines, headings_of(page.tree))
    sections = page.all_metas("article:section", "section", "articlesection")
    lines = without_trail(lines, [*sections, str(page.article.get("articleSection") or "")])
    standfirst = find_standfirst(page.tree, *_headed(page, known), lines)
    summary = [] if _hold(lines, points) else points.lines()
    return [*standfirst, *summary, *(line for line in lines if line not in standfirst)]


def _headed(page: Page, known: Sequence[str]) -> tuple[str, list[str]]:
    """Return the headline and what the page says that it is about."""
    descriptions = page.all_metas("description", "og:description", "twitter:description")
    stated = page.article.get("description")
    descriptions += [stated] if isinstance(stated, str) else []
    return known[0] if known else "", descriptions


def _rescued(
    page: Page, scripts: Iterable[HtmlElement], kept: list[str], known: Iterable[str]
) -> tuple[list[str], str] | None:
    """Return the text that a page states, or left in its scripts, if it shows much less."""
    known = tuple(known)
    size = 2 * sum(map(len, kept))
    for source in ("json-ld articleBody", "framework state"):
        if source == "framework state":
            lines = state_lines(script_texts(scripts), known[0] if known else "")
        else:
            lines = _stated(page)
        lines = clean_lines(lines, known)
        if sum(map(len, lines)) > size:
            standfirst = find_standfirst(page.tree, *_headed(page, known), lines)
            return [*clean_lines(standfirst, known), *lines], source
    return None


def _fitting(text: str) -> str:
    """Return what fits of a text, cut between two paragraphs unless that would halve it."""
    fits = text[:BODY_MAX_CHARS].encode()[:BODY_MAX_BYTES].decode("utf-8", "ignore")
    if len(fits) < len(text):
        end = fits.rfind("\n\n", len(fits) // 2)
        fits = fits[:end] if end > 0 else fits
    return fits.rstrip()


def _extracted(tree: HtmlElement, page: Page) -> tuple[list[str], str]:
    """Return the lines that trafilatura takes for the text, or all there are on an endless page."""
    elements, text = tree.xpath("count(//*)"), all_text(tree)
    chars = len(text)
    if elements > ENDLESS_ELEMENTS or chars > ENDLESS_CHARS:
        scopes = tree.iter("article", "main")
        largest = max(scopes, key=lambda scope: len(all_text(scope)), default=tree)
        return list(block_lines(largest)), "blocks"
    external.JT_STOPLIST = _function_words((tree.get("lang") or "")[:3].lower().rstrip("-_"))  # type: ignore[assignment]
    if any(character in text for character in JOINERS + WIDE):
        hide_joiners(tree)
    document = _read(tree, page.url, fast=True)
    is_crowded = elements > CROWDED_ELEMENTS or chars > CROWDED_CHARS
    if not is_crowded and _is_doubtful(tree, document):
        document = _read(tree, page.url, fast=False)
    found = show_wide(document.text or "") if document is not None else ""
    return found.splitlines(), "trafilatura"


def _read(tree: HtmlElement, url: str, *, fast: bool) -> Any:
    """Return trafilatura's document of a tree, None if it finds nothing.

    Its second opinions (readability, justext) compare every paragraph with its neighbours: 30 s for
    20,000 list items. On 175 pages they changed 6, all of which `_is_doubtful` tells, and took a
    quarter of the time.
    """
    options = copy(_options())
    options.url, options.fast = url, fast
    return bare_extraction(tree, url=url, options=options)


@cache
def _options() -> Extractor:
    """Return trafilatura's settings: made once, since it reads each from a configuration file."""
    options = Extractor(output_format="python", comments=False, tables=True)
    # Below it a page's whole text would be dumped as one paragraph; 250 is much in Han.
    options.min_extracted_size = EXTRACTED_MIN_CHARS
    options.min_output_size = options.min_output_comm_size = 1  # what is too little is our verdict
    return options


def _is_doubtful(tree: HtmlElement, document: Any) -> bool:
    """Tell whether a text has next to no paragraphs, or holds few of those on the page."""
    if document is None or len(document.body.findall("p")) < PARAGRAPHS_MIN:
        return True
    prose = 0
    for paragraph in islice(tree.iter("p"), PARAGRAPHS_MAX):
        size = len(all_text(paragraph))
        prose += size if size >= PARAGRAPH_MIN_CHARS else 0
    return len(document.text or "") < DOUBTFUL_SHARE * prose


@lru_cache(maxsize=8)
def _function_words(language: str) -> tuple[str, ...]:
    """Return the words by which justext tells prose, of a page's language and of English.

    Left alone, trafilatura takes those of a hundred languages: 154,000 words, 30 MB for good, and a
    copy of the whole set for each page.
    """
    names = {JUSTEXT_LANGUAGES.get(language, "English"), "English"}
    return tuple({word for name in names for word in get_stoplist(name)})


def _stated(page: Page) -> list[str]:
    body = page.article.get("articleBody")
    if not isinstance(body, str):
        return []
    return TAG.sub("\n", html.unescape(body[:PAGE_MAX_CHARS])).splitlines()
