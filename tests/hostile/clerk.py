"""A process that submits operations to the archive's writer and prints what it acknowledged.

`python -m tests.hostile.clerk ARCHIVE CAPTURES FIRST COUNT EDITIONS` stores COUNT articles from
number FIRST on, over and over the same ones of all; each line is a URL and the digest of a text.
"""

import sys
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any

from scraper.archive import articles, candidates, runs
from scraper.archive.lock import ArchiveLock
from scraper.archive.revisions import Text, content_hash
from scraper.archive.writer import Writer
from scraper.records import Article, Candidate, Capture, Delivery, Outlet, Standing
from tests.hostile.newsroom import CORRECTED_EVERY, markup, paragraphs, title

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
OFFERED_TOGETHER = 50
QUARANTINED = 19  # of every forty
LISTING = "https://gazette.example/feed"


def address(number: int) -> str:
    """Return where an article stands."""
    return f"https://gazette.example/story/{number}"


def delivered(run: int, number: int, edition: int) -> tuple[Delivery, Article]:
    """Return one edition of an article as a crawl and extraction would."""
    url, text = address(number), paragraphs(number, edition)
    moment = NOON + timedelta(seconds=number, days=edition)
    page = markup(number, text).encode()
    standing = Standing(url, url, "gazette")
    article = Article(
        url=url,
        title=title(number),
        body="\n\n".join(text),
        byline=f"By Clerk {number % 7}",
        authors=(f"Clerk {number % 7}",),
        tags=(f"topic {number % 13}",),
        language="en",
    )
    return Delivery("gazette", run, standing, Capture(url, page, {}, moment)), article


def acknowledge(url: str, text: str, future: Future[Any]) -> None:
    """Say that a text is stored, once it is."""
    if future.exception() is None:
        sys.stdout.write(f"{url} {text}\n")
        sys.stdout.flush()


def work(writer: Writer, first: int, count: int, editions: int) -> None:
    """Offer and store the articles."""
    run = writer.submit(
        runs.open_run,
        "gazette",
        Outlet("Gazette", "IE", ("en",)),
        is_declared=True,
        started_at=NOON,
        version="1",
    ).result()
    for number in range(first, first + count):
        if (number - first) % OFFERED_TOGETHER == 0:
            ahead = range(number, min(number + OFFERED_TOGETHER, first + count))
            offers = [(address(n), Candidate(address(n), title=title(n))) for n in ahead]
            writer.submit(candidates.offer, "gazette", LISTING, offers, NOON).result()
        for edition in range(1, editions + 1):
            if edition == 1 or number % CORRECTED_EVERY == 0:
                _store(writer, run, number, edition)


def _store(writer: Writer, run: int, number: int, edition: int) -> None:
    delivery, article = delivered(run, number, edition)
    if number % 40 == QUARANTINED:
        writer.submit(articles.store_quarantine, delivery, "too deep", "trace")
        return
    text = content_hash(Text(article.title, article.byline, article.body))
    future = writer.submit(articles.store_article, delivery, article, None)
    future.add_done_callback(lambda done: acknowledge(address(number), text, done))


def main() -> None:
    """Hold the archive's lock, as whoever writes must, and do the work."""
    db, captures, *numbers = sys.argv[1:]
    first, count, editions = map(int, numbers)
    with ArchiveLock(db, "a clerk"), Writer(db, captures) as writer:
        work(writer, first, count, editions)


if __name__ == "__main__":
    main()
