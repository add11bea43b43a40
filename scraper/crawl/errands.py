"""What worker processes do for a crawl.

The imports stand inside: the crawl's own process names these functions and never loads the
extraction room (33 MB), and the workers never load Scrapy.
"""

from scraper.records import Article, Capture, Hints, Listing


def extract_page(capture: Capture, hints: Hints) -> Article:
    """Extract an article; see `scraper.extraction.article.extract`."""
    from scraper.extraction.article import extract

    return extract(capture, hints)


def read_answer(kind: str, capture: Capture, article_urls: str, limit: int) -> Listing:
    """Read a listing; see `scraper.discovery.listings.read_listing`."""
    from scraper.discovery.listings import read_listing

    charset = capture.header("Content-Type").partition("charset=")[2].split(";")[0].strip("\"' ")
    return read_listing(
        kind, capture.body, capture.url, article_urls=article_urls, limit=limit, charset=charset
    )
