"""The times of a live blog's entries, kept where they are printed: extractors drop <time>."""

from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_names import LIVE, NAME_MAX_CHARS, name_says
from scraper.extraction.element_text import all_text
from scraper.extraction.linked_data import Node

TIMES_MAX = 500
TIMES_MIN = 2  # entries, for a page to be a live blog
ANCESTORS_MAX = 6  # from a time up to what is named for a live blog
TIME_MAX_CHARS = 60


def keep_entry_times(tree: HtmlElement, article: Node) -> None:
    """Make paragraphs of the times that head the entries of a live blog.

    Args:
        tree: the page.
        article: what the page states of itself; schema.org LiveBlogPosting is one.
    """
    stated = "LiveBlogPosting" in str(article.get("@type"))
    times = [
        time
        for time in islice(tree.iter("time"), TIMES_MAX)
        if (stated or _is_in_live_blog(time)) and 0 < len(all_text(time)) <= TIME_MAX_CHARS
    ]
    if len(times) >= TIMES_MIN:
        for time in times:
            parent = time.getparent()
            if parent is not None and parent.tag not in ("p", "h1", "li", "a", "header"):
                time.tag = "p"


def _is_in_live_blog(time: HtmlElement) -> bool:
    return any(
        name_says(name) & LIVE
        for box in islice(time.iterancestors(), ANCESTORS_MAX)
        for name in (box.get("class") or "")[:NAME_MAX_CHARS].split()[:6]
    )
