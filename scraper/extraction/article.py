"""One capture in, one article out: the one entrance of this room."""

from functools import cache
from importlib.metadata import version
from typing import Any

from scraper.errors import NotAnArticle, PageUnreadable
from scraper.extraction.body import find_body
from scraper.extraction.bylines import find_byline
from scraper.extraction.dates import find_dates
from scraper.extraction.decoding import is_html
from scraper.extraction.languages import find_language
from scraper.extraction.metadata import find_metadata
from scraper.extraction.moments import Moment
from scraper.extraction.page import Page, one_line, read_page
from scraper.extraction.titles import find_title
from scraper.extraction.verdict import linked_share, shape_problem, text_problem
from scraper.extraction.words import word_count
from scraper.records import Article, Capture, DateClaim, DatedField, Hints, Precision
from scraper.urls import believed_canonical

RULES_VERSION = 2  # goes up with every change of our rules that changes records


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
    times: dict[DatedField, Moment | None] = {"published_at": published, "modified_at": modified}
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
        **{name: found.source for name, found in times.items() if found},
        "language": language_source,
        "body": body_source,
        **metadata.field_sources,
    }
    return Article(
        url=believed_canonical(capture.url, metadata.canonical),
        title=title,
        byline=byline.text,
        authors=byline.authors,
        **_times(times),
        language=language,
        body=body,
        word_count=word_count(body),
        **metadata.fields(),
        credits=byline.credits,
        field_sources={name: source for name, source in sources.items() if source},
        extractor=extractor_version(),
    )


@cache
def extractor_version() -> str:
    """Return what extracts, with versions, as it stands in every record.

    >>> extractor_version().split("/")[0]
    'dateline'
    """
    ours, theirs = version("dateline-archive"), version("trafilatura")
    return f"dateline/{ours} rules/{RULES_VERSION} trafilatura/{theirs}"


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


def _precision(moment: Moment) -> Precision:
    return "minute" if moment.has_time else "day"


def _times(found: dict[DatedField, Moment | None]) -> dict[str, Any]:
    """Return the fields of an article that hold its times and what they rest on."""
    published, modified = found["published_at"], found["modified_at"]
    return {
        "published_at": published.at if published else None,
        "published_precision": _precision(published) if published else None,
        "modified_at": modified.at if modified else None,
        "date_evidence": tuple(
            DateClaim(
                name, one_line(m.raw), m.source, m.at, "", _precision(m), True, "the first found"
            )
            for name, m in found.items()
            if m
        ),
    }
