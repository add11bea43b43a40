"""Is this page an article? Decided from what was extracted, with the reason in words."""

from urllib.parse import urlsplit

from scraper.extraction.page import Page
from scraper.extraction.shell_words import CONSENT, MISSING
from scraper.extraction.words import ends_as_prose, word_count
from scraper.urls import is_home_page

BODY_MIN_WORDS = 20  # a wire item of two sentences has about 30 words, or 40 characters of Han
STATED_MIN_WORDS = 8  # enough where the page states that it is an article and names its time
SHELL_MAX_WORDS = 120  # error pages and consent walls say no more than this
STUB_MAX_WORDS = 60  # and where the page still states that it is an article, no more than this
LINKED_MAX_SHARE = 0.7  # of a page's text within links, without which it is no list of links
SAMPLE_LINES = 400


def shape_problem(page: Page) -> str:
    """Return why a page cannot be an article whatever its text says, "" if it may be one."""
    stated = bool(page.article.get("headline") or page.micro)
    # At /en stands an edition's front, or an article of a terse site, which says that it is one.
    is_root = not urlsplit(page.url).path.strip("/")
    if is_home_page(page.url) and (is_root or not stated):
        return "home page"
    kind = page.meta("og:type").lower()
    if not stated and kind in ("profile", "product", "video.movie", "music.song"):
        return f"a page about a {kind}"
    return ""


def text_problem(page: Page, title: str, body: str, linked_share: float, *, dated: bool) -> str:
    """Return why what was extracted is no article, "" if it is one.

    Args:
        page: what the page states of itself.
        title: as extracted.
        body: as extracted.
        linked_share: share of the page's text that stands within links.
        dated: whether a time of publication was found.
    """
    words = word_count(body)
    stated = bool(page.article.get("headline") or page.article.get("articleBody") or page.micro)
    if MISSING.search(title) and words < SHELL_MAX_WORDS:
        return "says that the page does not exist"
    shell_words = STUB_MAX_WORDS if stated and dated else SHELL_MAX_WORDS
    if words < shell_words and MISSING.search(body[:300]):
        return "says that the page does not exist"
    if words < shell_words and CONSENT.search(f"{title}\n{body}"):
        return "a consent wall or a check for robots"
    if not title:
        return "no headline"
    if not body:
        return "no text"
    if words < (STATED_MIN_WORDS if stated and dated else BODY_MIN_WORDS):
        return f"too little text ({words} words)"
    return _listing_problem(page, body, words, linked_share, stated=stated, dated=dated)


def _listing_problem(
    page: Page, body: str, words: int, linked_share: float, *, stated: bool, dated: bool
) -> str:
    if stated and dated:
        return ""
    prose = [line for line in body.split("\n\n")[:SAMPLE_LINES] if ends_as_prose(line)]
    prose_words = sum(word_count(line) for line in prose)
    if linked_share > LINKED_MAX_SHARE and prose_words < words / 2:
        return "mostly links"
    if not prose and not dated:
        return "no sentences"
    website = page.meta("og:type").lower() in ("website", "")
    if (
        website
        and not dated
        and prose_words < SHELL_MAX_WORDS
        and linked_share > LINKED_MAX_SHARE / 2
    ):
        return "a section page: no date, few sentences, many links"
    return ""


def linked_share(page: Page) -> float:
    """Return the share of a page's text that stands within links, navigation included."""
    whole = len("".join(page.tree.text_content().split())) or 1
    linked = sum(len("".join(a.text_content().split())) for a in page.tree.iter("a"))
    return min(linked / whole, 1.0)
