"""Two small outlets on loopback with many light articles, which can be edited all at once."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from tests.site import Answer, Page, Site, feed

WORDS = (
    *("harbour", "council", "breakwater", "ferry", "quarry", "herring", "lantern", "orchard"),
    *("bridge", "miller", "tide", "ledger", "weaver", "granary", "signal", "canal", "beacon"),
)
TOPICS = ("Harbour", "Council", "Weather", "Trade", "Arts")
PARAGRAPHS, SENTENCES = 3, 3
CORRECTED_EVERY = 5  # articles that the second edition corrects
MOVED, THIN, GONE = 7, 13, 23  # of every forty: behind a redirect, no article, answered 410
KINDS_EVERY = 40


class Newsroom:
    """Serves `pages` articles from two sites, one listed by a feed, the other by a news sitemap.

    `edition` 1 is what was first published; in edition 2 every fifth article is corrected. One in
    forty each stands behind a redirect, is no article, or is gone.
    """

    def __init__(self, pages: int) -> None:
        self.edition = 1
        self.sites = (Site(), Site())
        for place, site in enumerate(self.sites):
            site.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the killed
            numbers = range(place, pages, len(self.sites))
            for number in numbers:
                self._publish(site, number)
            self._list(site, list(numbers), as_feed=place == 0)

    @property
    def listings(self) -> list[str]:
        """Return the options of `dateline crawl` that name what lists the articles."""
        first, second = (site.origin for site in self.sites)
        return ["--feed", f"{first}/feed.xml", "--news-sitemap", f"{second}/news.xml"]

    @property
    def asked(self) -> int:
        """Return how many requests have come."""
        return sum(len(site.asked) for site in self.sites)

    def served(self, edition: int) -> dict[str, tuple[str, str]]:
        """Return title and text of every article by URL, as an edition has them."""
        return {
            f"{site.origin}{path}": (title(number), "\n\n".join(paragraphs(number, edition)))
            for site in self.sites
            for path in site.pages
            if path.startswith("/story/")
            if (number := int(path.split("-")[1])) % KINDS_EVERY not in (THIN, GONE)
        }

    def _publish(self, site: Site, number: int) -> None:
        kind, path = number % KINDS_EVERY, story_path(number)
        site.pages[path] = self._page(number)
        if kind == MOVED:
            site.pages[listed_path(number)] = Answer(status=301, headers={"Location": path})
        if kind == THIN:
            site.pages[path] = Answer("<title>Latest</title><ul><li><a href=/>Home</a></ul>")
        if kind == GONE:
            site.pages[path] = Answer("gone", 410)

    def _page(self, number: int) -> Callable[[Site], Answer]:
        def answer(site: Site) -> Answer:
            text = paragraphs(number, self.edition)
            etag = f'"{number}-{hash_of(text)}"'
            return Answer(markup(number, text), headers={"ETag": etag})

        return answer

    def _list(self, site: Site, numbers: list[int], *, as_feed: bool) -> None:
        items = [(listed_path(number), title(number)) for number in numbers]
        listing: dict[str, Page]
        if as_feed:
            rss = Answer(feed(site.origin, items), kind="application/rss+xml")
            listing = {"/feed.xml": rss}
        else:
            listing = {"/news.xml": Answer(sitemap(site.origin, items), kind="application/xml")}
        site.pages |= listing

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for site in self.sites:
                stack.enter_context(site)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()


def story_path(number: int) -> str:
    """Return where an article stands."""
    return f"/story/nr-{number}-from-the-{'-'.join(words(number, 3))}"


def listed_path(number: int) -> str:
    """Return the address that listings give for an article."""
    return f"/go/nr-{number}" if number % KINDS_EVERY == MOVED else story_path(number)


def title(number: int) -> str:
    """Return an article's headline, which no other has."""
    return f"Report {number} from the {' and the '.join(words(number, 2))}"


def paragraphs(number: int, edition: int) -> list[str]:
    """Return an article's text, the same whenever it is asked for."""
    text = [
        " ".join(
            f"The {' '.join(words(f'{number}/{part}/{sentence}', 12))} of day {number}."
            for sentence in range(SENTENCES)
        )
        for part in range(PARAGRAPHS)
    ]
    if edition > 1 and number % CORRECTED_EVERY == 0:
        text[1] += f" This report was corrected: the {' '.join(words(f'{number}!', 8))} stays."
    return text


def words(seed: object, count: int) -> list[str]:
    """Return words chosen by a seed."""
    return random.Random(f"{seed}").choices(WORDS, k=count)


def hash_of(text: list[str]) -> str:
    """Return a validator for a text."""
    return f"{len(' '.join(text))}"


def markup(number: int, text: list[str]) -> str:
    """Return an article's page, with an author, a section, a tag and a time."""
    head = {
        "og:type": "article",
        "og:title": title(number),
        "article:published_time": f"2026-03-{number % 28 + 1:02}T08:00:00Z",
        "article:section": TOPICS[number % 5],
        "article:tag": WORDS[number % len(WORDS)],
    }
    tags = "".join(f'<meta property="{name}" content="{value}">' for name, value in head.items())
    author = f"{WORDS[number % 7].title()} {WORDS[number % 11].title()}"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title(number)}</title>'
        f'{tags}<meta name="author" content="{author}"></head><body><article>'
        f"<h1>{title(number)}</h1>{body}</article></body></html>"
    )


def sitemap(origin: str, items: list[tuple[str, str]]) -> str:
    """Return a Google News sitemap of (path, title) items."""
    entries = "".join(
        f"<url><loc>{origin}{path}</loc><news:news><news:title>{title}</news:title>"
        "<news:publication_date>2026-03-02T08:00:00Z</news:publication_date></news:news></url>"
        for path, title in items
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )
