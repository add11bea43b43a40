"""What worker processes do for a crawl.

The imports stand inside: the crawl's own process names these functions and never loads the
extraction room (33 MB), and the workers never load Scrapy.
"""

from typing import Any

from scraper.records import Article, Capture, Hints, Listing, Wanted
from scraper.urls import http_url


def extract_page(capture: Capture, hints: Hints) -> Article:
    """Extract an article; see `scraper.extraction.article.extract`."""
    from scraper.extraction.article import extract

    return extract(capture, hints)


def stated_address(capture: Capture) -> str:
    """Return the address that a page declares as its canonical one, "" if it declares none."""
    from scraper.extraction.page import read_page

    page = read_page(capture, Hints())
    links = [link.get("href") for link in page.tree.iter("link") if link.get("rel") == "canonical"]
    return next((url for link in links if link and (url := http_url(link, capture.url))), "")


def read_answer(kind: str, capture: Capture, wanted: Wanted) -> Listing:
    """Read a listing; see `scraper.discovery.listings.read_listing`."""
    from scraper.discovery.listings import read_listing

    return read_listing(
        kind,
        capture.body,
        capture.url,
        article_urls=wanted.article_urls,
        world_urls=wanted.world_urls,
        world_sections=wanted.world_sections,
        limit=wanted.limit,
        charset=_charset(capture),
    )


def read_front(capture: Capture, languages: tuple[str, ...]) -> Any:
    """Read a home page; see `scraper.discovery.homepages.read_homepage`."""
    from scraper.discovery.homepages import read_homepage

    return read_homepage(capture.body, capture.url, languages=languages, charset=_charset(capture))


def _charset(capture: Capture) -> str:
    return capture.header("Content-Type").partition("charset=")[2].split(";")[0].strip("\"' ")
