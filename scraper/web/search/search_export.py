"""Everything a search finds, as a file or a feed: the address of the page with another ending."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from scraper.archive.article_rows import read_articles
from scraper.archive.estimates import take_sample
from scraper.archive.hits import Known, find_keys
from scraper.archive.plans import Plan
from scraper.archive.search import Search, described
from scraper.exports.columns import article_columns
from scraper.web.archives import follow, open_archive
from scraper.web.search.view import read_view
from scraper.web.streaming import Batches, Listing, TookTooLong, export_response, wanted_format
from scraper.web.words import _

BATCH_ROWS, BATCH_ROWS_WITH_BODY = 500, 50  # fifty of the longest texts fit what a result may be
REFERENCES = ("bib", "ris", "csl")  # what is cited is an address whose text does not change
FEED_ENTRIES = 100  # a reader asks again every hour, and wants what is new


async def export_search(datasette: Any, request: Any) -> Any:
    """Answer GET /-/search.<ending>: the whole result, newest first unless oldest is asked.

    body=1 adds the texts. A feed has the latest FEED_ENTRIES unless all=1.
    """
    ending = wanted_format(request, "articles").ending
    db = await open_archive(datasette, request)
    view = await read_view(datasette, request, db.name)
    with_body = request.args.get("body") == "1"
    wanted = replace(
        view.wanted,
        order="oldest" if view.wanted.order == "oldest" else "newest",
        limit=BATCH_ROWS_WITH_BODY if with_body else BATCH_ROWS,
        cursor="",
    )
    is_feed = ending == "atom" and request.args.get("all") != "1"
    base = datasette.absolute_url(request, datasette.urls.path("/-/article/"))
    names_revision = ending in REFERENCES
    words = described(view.wanted)
    listing = Listing(
        name="articles",
        columns=article_columns(with_body=with_body),
        query=words,
        title=_("%(query)s · Dateline", query=words) if words else _("Dateline"),
        page=view.link(),
    )
    rows = _batches(db, wanted, with_body, FEED_ENTRIES if is_feed else None)
    about = {"db": view.database} if view.database else {}
    placed = _placed(rows, base, about, names_revision=names_revision)
    return await export_response(datasette, request, listing, placed)


async def _batches(db: Any, wanted: Search, with_body: bool, most: int | None) -> Batches:
    left = most
    sample = await follow(db, take_sample(wanted))
    if sample is None:
        raise TookTooLong
    while True:
        size = wanted.limit if left is None else min(wanted.limit, left)
        plan = _batch(replace(wanted, limit=size), sample.known, with_body)
        found = await follow(db, plan)
        if found is None:
            raise TookTooLong
        rows, cursor = found
        yield rows
        left = None if left is None else left - len(rows)
        if not cursor or left == 0:
            return
        wanted = replace(wanted, cursor=cursor)


def _batch(wanted: Search, known: Known, with_body: bool) -> Plan[tuple[list[dict[str, Any]], str]]:
    """Read the next articles and the cursor that goes on behind them, "" at the end."""
    keys, is_more = yield from find_keys(wanted, known)
    rows = yield from read_articles([number for _, number in keys], with_body=with_body)
    return rows, f">{keys[-1][0]}~{keys[-1][1]}" if keys and is_more else ""


async def _placed(
    batches: Batches, base: str, about: dict[str, str], *, names_revision: bool
) -> Batches:
    """Add each article's address here; of the revision as it stands now, where it is cited."""

    def address(row: Mapping[str, Any]) -> str:
        parts = {"revision": row["revision"], **about} if names_revision else about
        return f"{base}{row['id']}" + (f"?{urlencode(parts)}" if parts else "")

    async for batch in batches:
        yield [{**row, "archive_url": address(row)} for row in batch]
