"""Is this page an article? Decided from what was extracted; if not, what it is instead, and why."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from scraper import errors
from scraper.errors import NonArticle, NotAnArticle, PageUnreadable
from scraper.extraction.decoding import lost_share
from scraper.extraction.kind.kinds import find_kind, media_clue
from scraper.extraction.kind.own_words import says, says_only
from scraper.extraction.kind.shell_words import (
    CHALLENGE,
    CHALLENGE_MACHINERY,
    CONSENT,
    CONSENT_ADDRESS,
    MISSING,
    SCRIPT_ONLY,
)
from scraper.extraction.kind.signs import Signs, linked_share
from scraper.extraction.linked_data import is_article, types_of
from scraper.extraction.page import Page
from scraper.extraction.words import ends_as_prose, word_count
from scraper.records import ArticleKind
from scraper.urls import is_home_page

BODY_MIN_WORDS = 20  # a wire item of two sentences has about 30 words, or 40 characters of Han
STATED_MIN_WORDS = 8  # enough where the page states that it is an article and names its time
SHELL_MAX_WORDS = 120  # error pages and consent walls say no more than this
TITLED_SHELL_MAX_WORDS = 300  # and where the headline says what they are: in Han, three sentences
SAID_MIN_SHARE = 3  # a third of a short text, for it to be about that
STUB_MAX_WORDS = 60  # and where the page still states that it is an article, no more than this
LINKED_MAX_SHARE = 0.7  # of a page's text within links, without which it is no list of links
SAMPLE_LINES = 400
OPENING_CHARS = 300
NODES_MAX = 200
TEASED_MAX_SHARE = 0.7  # of its paragraphs in boxes that lead elsewhere, if it is undated
TEASERS_MIN = 3  # articles that a page describes, none of them its own, before it is a list

PROFILE_TYPES = ("ProfilePage",)
SECTION_TYPES = ("CollectionPage", "SearchResultsPage")
PROFILE_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|i|zy|ka)?|auteurs?|profiles?|journalists?|reporters?|people|staff|contributors?|redakteure?|firmas|avtor|yazar|penulis)/[^/]{2,100}/?$",
    re.IGNORECASE,
)
SECTION_PATH = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies|ia|ie)|kategori(?:e|en|a)?|rubri(?:k|que|ka|c|ki)|sections?|themen?|temas?|search|page/\d{1,5}|etiquetas?|label|seccion|tagged)(?:/[^/]{1,100})?/?$",
    re.IGNORECASE,
)


class Refusal(NamedTuple):
    """What a page is instead of an article, and why in words."""

    kind: NonArticle
    reason: str


class Findings(NamedTuple):
    """What was extracted of a page, as far as a verdict needs it."""

    title: str
    body: str
    section: str = ""
    is_dated: bool = False
    is_paywalled: bool | None = None


def judge(page: Page, signs: Signs, found: Findings) -> tuple[ArticleKind, str]:
    """Return what kind of article a page is, and what it was told by.

    Raises:
        NotAnArticle: it is none.
        PageUnreadable: its text was lost before it reached us.
    """
    if lost := lost_share(found.title, found.body):
        raise PageUnreadable(page.url, f"{lost:.0%} of its letters were lost by the outlet")
    if problem := text_problem(page, signs, found):
        raise NotAnArticle(page.url, problem.reason, problem.kind)
    return find_kind(page, signs, found.title, found.body, found.section)


def refuse_by_shape(page: Page) -> None:
    """Let pass what may be an article, whatever its text will say.

    Raises:
        NotAnArticle: it cannot be one.
    """
    if problem := shape_problem(page):
        raise NotAnArticle(page.url, problem.reason, problem.kind)


def shape_problem(page: Page) -> Refusal | None:
    """Return why a page cannot be an article whatever its text says, None if it may be one."""
    stated = _is_stated(page)
    path = unquote(urlsplit(page.url).path)
    # At /en stands an edition's front, or an article of a terse site, which says that it is one.
    if is_home_page(page.url) and (not path.strip("/") or not stated):
        return Refusal(errors.HOME_PAGE, "home page")
    kind = page.meta("og:type").lower()
    if kind != "article" and _marks_teasers(page):
        return Refusal(errors.SECTION_PAGE, "a section page: it marks up several articles")
    if stated:
        return None
    types = [t for node in page.nodes[:NODES_MAX] for t in types_of(node)]
    if kind == "profile" or any(t in PROFILE_TYPES for t in types):
        return Refusal(errors.PROFILE, "a page about a profile")
    if kind in ("product", "video.movie", "music.song"):
        return Refusal(errors.OTHER, f"a page about a {kind}")
    if kind != "article" and any(t in SECTION_TYPES for t in types):
        return Refusal(errors.SECTION_PAGE, "a section page: it states that it is a collection")
    return None


def _marks_teasers(page: Page) -> bool:
    """Tell whether the microdata of a page are those of teasers on a list of links."""
    if page.article or not page.micro:
        return False
    scopes = page.tree.xpath("//*[contains(@itemtype, 'Article')]")
    is_first_whole = not scopes or scopes[0].find(".//h1") is not None
    return (
        len(scopes) > TEASERS_MIN
        and not is_first_whole
        and linked_share(page.tree) > LINKED_MAX_SHARE / 2
    )


def _is_stated(page: Page) -> bool:
    """Tell whether a page states that it is an article, rather than that it lists some."""
    if page.micro:
        return page.micro.get("headline") is not None or page.meta("og:type").lower() == "article"
    if not (page.article.get("headline") or page.article.get("articleBody")):
        return False
    return not _describes_others(page) or page.meta("og:type").lower() == "article"


def _address_problem(page: Page) -> Refusal | None:
    """Return what a page may be by its address, which articles have too: no verdict of its own."""
    path = unquote(urlsplit(page.url).path)
    if PROFILE_PATH.search(path):
        return Refusal(errors.PROFILE, "a profile, by its address and its text")
    if SECTION_PATH.search(path):
        return Refusal(errors.SECTION_PAGE, "a section page, by its address and its text")
    return None


def _is_unlike_article(signs: Signs, found: Findings, prose_words: int) -> bool:
    """Tell whether two of three speak against an article: little text, no date, many links."""
    is_linked = (
        max(signs.linked_share / (LINKED_MAX_SHARE / 2), signs.teased_share / TEASED_MAX_SHARE) > 1
    )
    return (prose_words < SHELL_MAX_WORDS) + (not found.is_dated) + is_linked >= 2


def _describes_others(page: Page) -> bool:
    """Tell whether a page describes several articles, none of them at its own address."""
    listed = sum(map(is_article, page.nodes[:NODES_MAX]))
    if listed < TEASERS_MIN:
        return False
    return not _is_about_itself(page)


def _is_about_itself(page: Page) -> bool:
    """Tell whether the article that a page's JSON-LD describes has the page's own address."""
    stated = page.article.get("mainEntityOfPage") or page.article.get("url")
    stated = stated.get("@id") or stated.get("url") if isinstance(stated, dict) else stated
    own, stated = (urlsplit(str(url or "")).path.rstrip("/") for url in (page.url, stated))
    return own == stated


def _is_set_apart(page: Page, signs: Signs) -> bool:
    """Tell whether a page states which text on it is its article, whatever links stand beside."""
    if page.micro:
        return signs.marked_linked_share <= LINKED_MAX_SHARE / 2
    return _is_stated(page) and _is_about_itself(page)


def text_problem(page: Page, signs: Signs, found: Findings) -> Refusal | None:
    """Return why what was extracted is no article, None if it is one."""
    words = word_count(found.body, SHELL_MAX_WORDS)
    stated = _is_stated(page) and found.is_dated
    shell = _shell_problem(page, signs, found, STUB_MAX_WORDS if stated else SHELL_MAX_WORDS)
    if shell:
        return shell
    if words < (STATED_MIN_WORDS if stated else BODY_MIN_WORDS) or not found.title:
        return _too_little(page, signs, found, words)
    return None if stated else _listing_problem(page, signs, found)


def _shell_problem(page: Page, signs: Signs, found: Findings, max_words: int) -> Refusal | None:
    """Return what stands in an article's place, of a page that says little; None for others."""
    words = word_count(found.body, TITLED_SHELL_MAX_WORDS)
    is_titled = max_words == SHELL_MAX_WORDS and words < TITLED_SHELL_MAX_WORDS
    if is_titled and says_only(MISSING, found.title, dated=found.is_dated):
        return Refusal(errors.SOFT_404, "says that the page does not exist")
    if words >= max_words:
        return None
    shown = signs.shown if words < STUB_MAX_WORDS else ""
    # Real pages carry the machinery of checks too, but say more.
    checks = CHALLENGE_MACHINERY.search(signs.machinery) if words < BODY_MIN_WORDS else None
    if _speaks(CHALLENGE, found) or (
        shown and word_count(shown) < max_words and (checks or CHALLENGE.search(shown))
    ):
        return Refusal(errors.CHALLENGE_PAGE, "a check for robots, or access denied")
    opening = (found.title, found.body[:OPENING_CHARS])
    if any(says_only(MISSING, text, dated=found.is_dated) for text in opening) or (
        words < BODY_MIN_WORDS and MISSING.search(shown[:OPENING_CHARS])
    ):
        return Refusal(errors.SOFT_404, "says that the page does not exist")
    if (
        _speaks(CONSENT, found)
        or CONSENT_ADDRESS.match(page.url)
        or (
            words < BODY_MIN_WORDS
            and word_count(shown) < 2 * SHELL_MAX_WORDS
            and CONSENT.search(shown)
        )
    ):
        return Refusal(errors.CONSENT_WALL, "a consent wall")
    if words < BODY_MIN_WORDS and SCRIPT_ONLY.search(shown):
        return Refusal(errors.SCRIPT_SHELL, "no text without scripts")
    return None


def _speaks(pattern: re.Pattern[str], found: Findings) -> bool:
    """Tell whether a short text is what a pattern finds, rather than an article over a banner."""
    lines = found.body.split("\n\n")
    if says(pattern, found.title) or says(pattern, lines[0]):
        return True
    said = sum(word_count(line) for line in lines if says(pattern, line))
    return said > 0 and said * SAID_MIN_SHARE >= word_count(found.body)


def _too_little(page: Page, signs: Signs, found: Findings, words: int) -> Refusal:
    """Return what a page is that has no headline or too little text."""
    reason = f"too little text ({words} words)" if words else "no text"
    if found.is_paywalled or signs.notice:
        return Refusal(errors.PAYWALL_STUB, f"{reason} before the paywall")
    if media := media_clue(page, signs, found.title, [], words):
        return Refusal(errors.MEDIA_ONLY, f"{media[0]} with {reason}")
    if not found.title:
        return Refusal(errors.EMPTY, "no headline")
    address = None if _is_stated(page) else _address_problem(page)
    if address and page.meta("og:type").lower() != "article":
        return address
    if not _is_stated(page) and _describes_others(page):
        return Refusal(errors.SECTION_PAGE, f"a section page, {reason}")
    if signs.linked_share > LINKED_MAX_SHARE and words:
        return Refusal(errors.SECTION_PAGE, f"a section page, {reason}")
    return Refusal(errors.TOO_SHORT if words else errors.EMPTY, reason)


def _listing_problem(page: Page, signs: Signs, found: Findings) -> Refusal | None:
    prose = [line for line in found.body.split("\n\n")[:SAMPLE_LINES] if ends_as_prose(line)]
    prose_words = sum(map(word_count, prose))
    states_nothing = page.meta("og:type").lower() in ("website", "")
    is_suspect = states_nothing and not _is_stated(page)
    address = _address_problem(page) if is_suspect else None
    if address and _is_unlike_article(signs, found, prose_words):
        return address
    if signs.linked_share > LINKED_MAX_SHARE and prose_words < word_count(found.body) / 2:
        return Refusal(errors.SECTION_PAGE, "mostly links")
    if not prose and not found.is_dated:
        return Refusal(errors.SECTION_PAGE, "no sentences")
    if not states_nothing:
        return None
    if is_suspect and _describes_others(page):
        return Refusal(errors.SECTION_PAGE, "a section page, by what it describes")
    if signs.teased_share > TEASED_MAX_SHARE and not found.is_dated:
        return Refusal(errors.SECTION_PAGE, "a section page: no date, and most text is teasers")
    few = prose_words < SHELL_MAX_WORDS and signs.linked_share > LINKED_MAX_SHARE / 2
    if few and not found.is_dated and not _is_set_apart(page, signs):
        return Refusal(errors.SECTION_PAGE, "a section page: no date, few sentences, many links")
    return None
