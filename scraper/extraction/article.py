"""One capture in, one article out: the one entrance of this room."""

from scraper.errors import NotAnArticle, PageUnreadable
from scraper.extraction.body import find_body
from scraper.extraction.bylines import find_byline
from scraper.extraction.dates import find_dates
from scraper.extraction.decoding import is_html
from scraper.extraction.languages import find_language
from scraper.extraction.metadata import find_metadata
from scraper.extraction.page import Page, one_line, read_page
from scraper.extraction.titles import find_title
from scraper.extraction.verdict import linked_share, shape_problem, text_problem
from scraper.extraction.words import word_count
from scraper.records import Article, Capture, Hints
from scraper.urls import believed_canonical


def extract(capture: Capture, hints: Hints | None = None) -> Article:
    """Return the article on a captured page.

    Pure: the same capture and hints give the same article, wherever it runs.

    Args:
        capture: the response, raw.
        hints: what is known beforehand: the outlet's selectors, clock, languages, its listing.

    Raises:
        NotAnArticle: the page is none: a section, a stub, an error page, a consent wall.
        PageUnreadable: the bytes could not be turned into a page.
    """
    hints = hints or Hints()
    page = _page(capture, hints)
    title, title_source = find_title(page)
    byline, byline_source = find_byline(page)
    published, modified = find_dates(page)
    metadata = find_metadata(page)
    linked = 0.0 if page.article and published else linked_share(page)
    known = (title, byline.text, *byline.authors, metadata.image_caption)
    body, body_source = find_body(page, known)  # takes the tree apart
    language, language_source = find_language(page, f"{title}\n{body}")
    if problem := text_problem(page, title, body, linked, dated=published is not None):
        raise NotAnArticle(capture.url, problem)

    sources = {
        "title": title_source,
        "byline": byline_source,
        "published_at": published.source if published else "",
        "modified_at": modified.source if modified else "",
        "language": language_source,
        "body": body_source,
        **metadata.provenance,
    }
    times = {"published_at": published, "modified_at": modified}
    return Article(
        url=believed_canonical(capture.url, metadata.canonical),
        title=title,
        byline=byline.text,
        authors=byline.authors,
        published_at=published.at if published else None,
        modified_at=modified.at if modified else None,
        language=language,
        body=body,
        word_count=word_count(body),
        **metadata.fields(),
        provenance={name: source for name, source in sources.items() if source},
        evidence={name: one_line(found.raw) for name, found in times.items() if found},
    )


def _page(capture: Capture, hints: Hints) -> Page:
    """Parse a capture that may hold an article.

    Raises:
        NotAnArticle: it cannot, whatever its text says.
        PageUnreadable: the bytes could not be turned into a page.
    """
    if not capture.body.strip():
        raise NotAnArticle(capture.url, "an empty page")
    if not is_html(capture):
        if "html" in capture.header("content-type").lower():
            raise PageUnreadable(capture.url, "served as HTML, and is none")
        raise NotAnArticle(capture.url, "not HTML")
    page = read_page(capture, hints)
    if problem := shape_problem(page):
        raise NotAnArticle(capture.url, problem)
    return page
