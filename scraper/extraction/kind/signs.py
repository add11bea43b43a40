"""What a page shows beside its text, read before the body's station takes the page apart."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text, letters
from scraper.extraction.kind.paywall_words import (
    NOTICES,
    OFFERS,
    REMAINDER,
    REMAINDER_SEEDS,
    TO_COMMENT,
    UNSURE_NOTICES,
)
from scraper.extraction.kind.teasers import teased_share
from scraper.extraction.microdata import marked_text
from scraper.extraction.page import NAME_MAX_CHARS, Page, one_line, text_of

THIN_CHARS = 1_500  # of paragraphs, below which a page may be a shell and is looked at closely
PARAGRAPHS_MAX = 60
SHOWN_MAX_CHARS = 6_000  # of what a thin page shows, and of its scripts
SCRIPTS_MAX = 20
SCRIPT_MAX_CHARS = 3_000
NAMES_MAX = 400  # names of classes that speak of something live; the most in 175 pages were 11
NOTICE_MAX_CHARS = 600  # longer boxes are text that says such a thing
BOXES_MAX = 2_000
SCOPE_MAX_CHARS = 30_000  # of text; the longest read of 175 pages had 31,650
LONG_CHARS = 4_000  # of paragraphs: more is no part of an article, whatever is offered beside it
NEAR_CHARS = 60  # around a word that counts what is missing
PLACES_MAX = 10
NOTICE_TAGS = ("p", "div", "span", "section", "a", "li", "h2", "h3", "h4", "strong", "aside")

VISIBLE = etree.XPath(
    "//body//text()[not(parent::script or parent::style or parent::noscript or parent::template)]",
    smart_strings=False,
)
VISIBLE_BELOW = etree.XPath(
    ".//text()[not(parent::script or parent::style or parent::noscript or parent::template)]",
    smart_strings=False,
)
NO_SCRIPT = etree.XPath("//noscript//text()", smart_strings=False)
CLASSES = etree.XPath("//@class", smart_strings=False)
A_WORD = re.compile(r"\w+")
# Scripts whose words are not set apart, or grow at the front.
FAR = re.compile("[\u0590-\u1fff\u3000-\uffff]")
FAR_NOTICES = tuple(notice for notice in NOTICES if FAR.match(notice))
NEAR_SEEDS = tuple(seed for seed in REMAINDER_SEEDS if not FAR.match(seed))


def _keyed() -> dict[str, list[str]]:
    """Return notices by the longest of their words, their last left out: it may go on in a text."""
    found: dict[str, list[str]] = {}
    for notice in NOTICES:
        if notice not in FAR_NOTICES:
            key = max(A_WORD.findall(notice)[:-1], key=len, default="")
            found.setdefault(key, []).append(notice)
    return found


KEYED = _keyed()
SINGLE_WORDS = KEYED.pop("", [])
ENTRY_SEEDS = ("live", "ticker", "minut", "blogpost", "timeline")
ENTRIES = re.compile(
    r"(?<![\w-])(?:\w{1,20}[-_]{1,2})?(?:live-?(?:blog|ticker|feed|update|coverage)?|newsblog|ticker|minuto?-a-minuto?)"
    r"[-_]{0,2}(?:entry|entries|post|item|update|event|message|card|element|eintrag|beitrag)(?![\w-])"
)
LIVE_NAMES = re.compile(r"(?<![a-z])live-?(?:blog|ticker|feed|coverage)|minuto-a-minuto|newsblog")
UNSEEN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:hidden|hide|d-none|sr-only|visually-?hidden|modal|pop-?up|lightbox|overlay|off-?canvas|drawer|toast|newsletter|footer|header|nav|menu|sidebar|comments?|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
UNSEEN_STYLE = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden")
UNSEEN_TAGS = ("script", "style", "noscript", "template", "dialog", "footer", "nav", "form")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows beside its text.

    Attributes:
        shown: the visible text of a page with few paragraphs, its title first; "" of others.
        machinery: the scripts and frames of such a page.
        linked_share: share of the page's text within links; 0.0 where it was not measured.
        marked_linked_share: the same of what microdata set apart as the article's text; 1.0 where
            they do not, or it was not measured.
        teased_share: share of the page's paragraphs that stand in boxes that lead elsewhere; 0.0
            where it was not measured or such boxes are few.
        notice: words that keep the rest for those who pay, "" if there are none.
        is_counted: whether the notice says how much is missing, of this text alone.
        entries: boxes that are named as entries of a live blog.
        has_live_names: whether a box is named a live blog.
        has_player: whether the page holds a video or a sound.
    """

    shown: str = ""
    machinery: str = ""
    linked_share: float = 0.0
    marked_linked_share: float = 1.0
    teased_share: float = 0.0
    notice: str = ""
    is_counted: bool = False
    entries: int = 0
    has_live_names: bool = False
    has_player: bool = False


def read_signs(page: Page, *, dated: bool) -> Signs:
    """Return what a page shows beside its text.

    Args:
        page: as parsed, whole.
        dated: whether a time of publication was found.
    """
    tree = page.tree
    chars = _paragraph_chars(tree)
    is_thin = chars < THIN_CHARS
    names = _live_names(tree)
    notice, is_counted = _notice(tree, is_long=chars > LONG_CHARS)
    is_plain = bool(page.article) and dated
    marked = marked_text(tree) if page.micro and not dated else None
    return Signs(
        shown=_shown(tree) if is_thin else "",
        machinery=_machinery(tree) if is_thin else "",
        linked_share=0.0 if is_plain else linked_share(tree),
        marked_linked_share=1.0 if marked is None else linked_share(marked),
        teased_share=0.0 if is_plain else teased_share(tree),
        notice=notice,
        is_counted=is_counted,
        entries=sum(times * len(ENTRIES.findall(name)) for name, times in names.items()),
        has_live_names=any(map(LIVE_NAMES.search, names)),
        has_player=next(tree.iter("video", "audio"), None) is not None,
    )


def _live_names(tree: HtmlElement) -> Counter[str]:
    """Return the class names that may be of a live blog, with how often each stands on a page."""
    names = CLASSES(tree)
    text = "\n".join(names).lower()
    found: Counter[str] = Counter()
    if not any(map(text.__contains__, ENTRY_SEEDS)):
        return found
    for name, times in Counter(names).items():
        lower = name[:NAME_MAX_CHARS].lower()
        if any(map(lower.__contains__, ENTRY_SEEDS)):
            found[lower] += times
            if len(found) >= NAMES_MAX:
                break
    return found


def linked_share(tree: HtmlElement) -> float:
    """Return the share of a page's, or a box's, text within links, navigation included."""
    whole = letters(tree) or 1
    return min(sum(map(letters, tree.iter("a"))) / whole, 1.0)


def _paragraph_chars(tree: HtmlElement) -> int:
    chars = 0
    for paragraph in islice(tree.iter("p"), PARAGRAPHS_MAX):
        chars += len(all_text(paragraph))
        if chars > LONG_CHARS:
            break
    return chars


def _shown(tree: HtmlElement) -> str:
    """Return what a reader sees of a page, or would see without scripts, up to a bound."""
    pieces = chain(
        (title.text or "" for title in islice(tree.iter("title"), 1)),
        VISIBLE(tree),
        NO_SCRIPT(tree),
    )
    lines = (line for piece in pieces if (line := " ".join(piece.split())))
    return one_line("\n".join(islice(lines, SHOWN_MAX_CHARS)), SHOWN_MAX_CHARS)


def _machinery(tree: HtmlElement) -> str:
    found = []
    for element in islice(tree.iter("script", "iframe", "form"), SCRIPTS_MAX):
        if "json" not in (element.get("type") or ""):
            found.append(f"{element.get('src') or ''} {element.get('id') or ''}")
            found.append((element.text or "")[:SCRIPT_MAX_CHARS])
    ids = (e.get("id") or "" for e in islice(tree.iter("div"), SCRIPTS_MAX))
    return " ".join(chain(found, ids))[: 10 * SHOWN_MAX_CHARS]


def _notice(tree: HtmlElement, *, is_long: bool) -> tuple[str, bool]:
    """Return visible words that keep the rest for those who pay, and whether they count it."""
    scope = _scope(tree)
    text = all_text(scope)
    if len(text) > SCOPE_MAX_CHARS:  # scripts, in all likelihood
        text = "".join(VISIBLE_BELOW(scope))[:SCOPE_MAX_CHARS]
    text = text.lower()
    is_far = FAR.search(text) is not None
    told = [] if is_long else _told(text, is_far=is_far)
    if not told and not _may_count(text, is_far=is_far):
        return "", False
    found = ""
    for box in islice(scope.iter(*NOTICE_TAGS), BOXES_MAX):
        # What lays out the page has no text of its own, and is not asked for all that is in it.
        if not (box.text or "").strip() and not any((e.tail or "").strip() for e in islice(box, 9)):
            continue
        line = text_of(box, NOTICE_MAX_CHARS + 1)
        lower = line.lower()
        is_counted = REMAINDER.search(lower) is not None
        if len(line) > NOTICE_MAX_CHARS or not (is_counted or _keeps_back(lower, told)):
            continue
        if _is_unseen(box):
            continue
        if is_counted:
            return line, True
        found = found or line
    return found, False


def _keeps_back(line: str, told: list[str]) -> bool:
    """Tell whether a line in lower case says one of some notices, and means the text by it."""
    said = [notice for notice in told if notice in line]
    if not said or TO_COMMENT.search(line):
        return False
    return not UNSURE_NOTICES.issuperset(said) or OFFERS.search(line) is not None


def _told(text: str, *, is_far: bool) -> list[str]:
    """Return the notices that a text in lower case holds."""
    keys = KEYED.keys() & set(A_WORD.findall(text))
    likely = [notice for key in keys for notice in KEYED[key]]
    likely += FAR_NOTICES if is_far else ()
    return [notice for notice in (*likely, *SINGLE_WORDS) if notice in text]


def _may_count(text: str, *, is_far: bool) -> bool:
    """Tell whether a text may count what is missing, from the places where it would."""
    for seed in REMAINDER_SEEDS if is_far else NEAR_SEEDS:
        place = text.find(seed)
        for _ in range(PLACES_MAX):
            if place < 0:
                break
            if REMAINDER.search(text, max(0, place - NEAR_CHARS), place + NEAR_CHARS):
                return True
            place = text.find(seed, place + 1)
    return False


def _scope(tree: HtmlElement) -> HtmlElement:
    """Return what holds the article and little else, as far as the markup says it."""
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        for box in heading.iterancestors("article", "main"):
            return box
    return next(tree.iter("main", "article"), next(tree.iter("body"), tree))


def _is_unseen(element: HtmlElement) -> bool:
    return any(_hides(box) for box in chain((element,), element.iterancestors()))


def _hides(box: HtmlElement) -> bool:
    if box.tag in ("body", "html"):
        return False
    if box.tag in UNSEEN_TAGS or box.get("hidden") is not None or box.get("aria-hidden") == "true":
        return True
    name = f"{box.get('class') or ''} {box.get('id') or ''}"
    return bool(UNSEEN_NAMES.search(name) or UNSEEN_STYLE.search(box.get("style") or ""))


def iter_clocks(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a text that open with a time of day, as entries of a live blog do.

    >>> list(iter_clocks(["14:05 The vote begins", "It rained", "9.30pm: Home", "12:3"]))
    ['14:05 The vote begins', '9.30pm: Home']
    """
    return (line for line in lines if CLOCK.match(line))


CLOCK = re.compile(
    r"\W{0,3}(?:\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}\s?(?:時|시|时)\s?\d{1,2}\s?(?:分|분)|[٠-٩۰-۹]{1,2}:[٠-٩۰-۹]{2})"
)
