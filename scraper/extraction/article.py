"""One capture in, one article out: the one entrance of this room."""

from functools import cache
from importlib.metadata import version

from scraper.errors import EMPTY, NOT_HTML, NotAnArticle, PageUnreadable
from scraper.extraction.byline.bylines import find_byline
from scraper.extraction.date.dates import find_dates
from scraper.extraction.decoding import is_html
from scraper.extraction.kind.paywalls import settle_paywall
from scraper.extraction.kind.signs import read_signs
from scraper.extraction.kind.verdict import Findings, judge, refuse_by_shape
from scraper.extraction.language.languages import find_language
from scraper.extraction.metadata import Metadata, find_metadata
from scraper.extraction.page import Page, read_page
from scraper.extraction.text.body import find_body
from scraper.extraction.title.titles import find_title
from scraper.extraction.words import word_count
from scraper.records import Article, Capture, Hints
from scraper.urls import believed_canonical, canonical_url

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
    dates = find_dates(page)
    metadata = find_metadata(page)
    is_dated = dates.published_at is not None
    signs = read_signs(page, dated=is_dated)
    known = (title, byline.text, *byline.authors, metadata.image_caption)
    body = find_body(page, known)  # takes the tree apart
    text = settle_paywall(metadata, signs, body.text)
    language = find_language(page, f"{title}\n{text}")
    findings = Findings(title, text, metadata.section, is_dated, metadata.is_paywalled)
    kind, kind_source = judge(page, signs, findings)  # or raises
    sources: dict[str, str] = {"title": title_source, "byline": byline_source}
    sources |= dict(dates.sources)
    sources |= {"language": language.source, "stated_language": language.stated_source}
    sources |= {"body": body.source, "key_points": "summary box" if body.key_points else ""}
    sources |= {"kind": kind_source, "authors": byline_source if byline.authors else ""}
    sources |= metadata.field_sources
    url, sources["url"] = _url(capture, metadata)
    return Article(
        url=url,
        title=title,
        byline=byline.text,
        authors=byline.authors,
        **dates.fields(),
        **language.fields(),
        body=text,
        key_points=body.key_points,
        word_count=word_count(text),
        **metadata.fields(),
        credits=byline.credits,
        kind=kind,
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


def _url(capture: Capture, metadata: Metadata) -> tuple[str, str]:
    """Return the canonical URL as far as the page can tell, and whose word it is."""
    url = believed_canonical(capture.url, metadata.canonical)
    is_told = url == canonical_url(metadata.canonical, capture.url)
    return url, metadata.field_sources.get("url", "") if is_told else "capture"


def _page(capture: Capture, hints: Hints) -> Page:
    """Parse a capture that may hold an article.

    Raises:
        NotAnArticle: it cannot, whatever its text says.
        PageUnreadable: the bytes could not be turned into a page.
    """
    if not capture.body.strip():
        raise NotAnArticle(capture.url, "an empty page", EMPTY)
    if not is_html(capture):
        if "html" in capture.header("content-type").lower():
            raise PageUnreadable(capture.url, "served as HTML, and is none")
        raise NotAnArticle(capture.url, "not HTML", NOT_HTML)
    page = read_page(capture, hints)
    refuse_by_shape(page)
    return page
