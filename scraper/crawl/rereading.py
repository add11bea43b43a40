"""Reads an article's earlier captures again before a newer one is compared with them.

After an upgrade a page would be compared with what an older extractor had read, and what the two
read differently would stand in the archive as an edit of the outlet. Once an article has been read
again, this costs one query a look.

Where the capture behind the last text cannot be read again, the new text is a revision all the
same: to lose an edit of the outlet would be worse than to show one that is ours. Its `extractor`
then differs from that of the revision before it, which marks it, and the log says so.
"""

import asyncio
import logging
from contextlib import closing
from pathlib import Path
from typing import Any

from scraper.archive.captures import load_capture
from scraper.archive.database import open_reader
from scraper.archive.renewal import captures_of, renew_from
from scraper.crawl.errands import extract_page
from scraper.crawl.session import CrawlSession
from scraper.errors import ArchiveUnwritable, ScraperError
from scraper.records import Article, Capture, Delivery, Hints

CAPTURES_MAX = 20  # read again of one article, the latest; `dateline reextract` takes all

logger = logging.getLogger(__name__)


async def reread(session: CrawlSession, item: Delivery, found: Article, hints: Hints) -> None:
    """Let a known article be as the extractor of `found` reads its captures.

    Never raises for what those hold: the new page is good, whatever became of the old ones.
    """
    known = item.standing.article
    if known is None:
        return
    try:
        row = session.reader.execute(
            "SELECT extractor, (SELECT capture FROM revisions WHERE article = articles.id "
            "ORDER BY number DESC LIMIT 1) AS capture FROM articles WHERE id = ?",
            (known,),
        ).fetchone()
        if row is None or row["extractor"] == (found.extractor or None):
            return
        made = await _made_again(session, item, hints)
        if row["capture"] not in made:
            logger.warning(
                "%s: the text of %s could not be read again: "
                "what differs now may be our reading and no edit",
                item.outlet,
                item.capture.url,
            )
        if made:
            await session.store(renew_from, known, made)
    except ArchiveUnwritable:  # storing the page meets the same, and tells
        return
    except Exception:  # an edge: a fault with old rows costs no new page
        logger.exception("%s: %s was not read again", item.outlet, item.capture.url)


async def _made_again(session: CrawlSession, item: Delivery, hints: Hints) -> dict[int, Article]:
    """Return the records of an article's latest captures, by capture; without those that fail."""
    known = item.standing.article
    assert known is not None
    made: dict[int, Article] = {}
    for number in captures_of(session.reader, known)[-CAPTURES_MAX:]:
        try:
            async with session.places:
                options = session.options
                capture = await asyncio.to_thread(_load, options.db, options.captures, number)
                future: Any = session.pool.submit(capture.url, extract_page, capture, hints)
                made[number] = await asyncio.wrap_future(future)
        except ScraperError as error:  # lost, none now, or too costly: its rows stay as they are
            logger.info("%s: capture %d is not read again: %s", item.outlet, number, error)
        except Exception:  # an edge: each old capture costs itself alone
            logger.exception("%s: capture %d is not read again", item.outlet, number)
    return made


def _load(db: Path, captures: Path, number: int) -> Capture:
    """Load a capture over a reader of this thread's own; the reactor waits for no disk."""
    with closing(open_reader(db)) as reader:
        return load_capture(reader, captures, number)
