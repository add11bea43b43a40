"""Candidates: what listings offered, what is still to be fetched, and what came of the rest."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from scraper.archive.listed_changes import note_listed_changes
from scraper.archive.values import read_time, safe_text, time_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import Candidate, Delivery, Standing

TEXT_MAX_CHARS = 2000  # of each text a listing gave; a summary's beginning is evidence enough
REASON_MAX_CHARS = 200
# Ahead of which nothing is ever planned (a host may ask for a month): then a clock was wrong.
FURTHEST = timedelta(days=32)

EVIDENCE = ("title", "byline", "published_at", "modified_at", "section", "language", "description")
FILLED = ", ".join(f"{name} = COALESCE(NULLIF({name}, ''), excluded.{name})" for name in EVIDENCE)
HAS_GAP = " OR ".join(
    f"(COALESCE({name}, '') = '' AND COALESCE(excluded.{name}, '') <> '')" for name in EVIDENCE
)

# A canonical URL that some page merely claimed leads nowhere yet: it has to be fetched itself.
OFFER = f"""
INSERT INTO candidates (url, link, outlet, listing, {", ".join(EVIDENCE)}, found_at, state,
    settled_at, article)
SELECT :url, :link, :outlet, (SELECT id FROM listings WHERE url = :listing),
    {", ".join(f":{name}" for name in EVIDENCE)}, :now,
    CASE WHEN known.article IS NULL THEN 'waiting' ELSE 'settled' END,
    CASE WHEN known.article IS NULL THEN NULL ELSE :now END,
    known.article
FROM (SELECT 1) LEFT JOIN article_urls known ON known.url = :url AND known.kind <> 'canonical'
WHERE TRUE
ON CONFLICT (url) DO UPDATE SET
    listing = COALESCE(listing, excluded.listing),
    {FILLED}
WHERE (listing IS NULL AND excluded.listing IS NOT NULL) OR {HAS_GAP}
"""

# The link of a known article is the address its text came from: its validators belong to that
# address alone, and a twin (mobile, print) is not mistaken for an edit.
STANDING = f"""
SELECT candidates.url, candidates.link, candidates.outlet, candidates.state, candidates.tries,
    candidates.retry_at, listings.url AS listing,
    {", ".join(f"candidates.{name}" for name in EVIDENCE)},
    articles.id AS article, articles.url AS article_url, articles.outlet AS article_outlet,
    COALESCE(articles.published_at, articles.captured_at, candidates.found_at) AS since,
    articles.next_check_at, articles.checked_at, articles.revision_count,
    captures.url AS captured_url, captures.etag, captures.last_modified
"""
OF_CANDIDATES = f"""{STANDING}
FROM candidates
LEFT JOIN listings ON listings.id = candidates.listing
LEFT JOIN articles ON articles.id = COALESCE(candidates.article,
    (SELECT article FROM article_urls WHERE url = candidates.url AND kind <> 'canonical'))
LEFT JOIN captures ON captures.id = articles.capture
"""
OF_ARTICLES = f"""{STANDING}
FROM articles
LEFT JOIN captures ON captures.id = articles.capture
LEFT JOIN candidates ON candidates.url = COALESCE(
    (SELECT own.url FROM candidates own WHERE own.url = articles.url),
    (SELECT other.url FROM candidates other WHERE other.article = articles.id
        ORDER BY other.found_at, other.url LIMIT 1))
LEFT JOIN listings ON listings.id = candidates.listing
"""


class Offered(NamedTuple):
    """How each address stands that was offered, in order, and how many nobody offered before."""

    standings: list[Standing]
    fresh_count: int


def offer(
    archive: Archive,
    outlet: str,
    listing: str | None,
    offers: Sequence[tuple[str, Candidate]],
    now: datetime,
) -> Offered:
    """Write down what a listing offers; return how each address stands, in the order given.

    The first listing's evidence stays, later ones fill its gaps. An address that led to an article
    before is settled at once.

    Args:
        archive: where to.
        outlet: slug of the outlet, which must have been crawled (`runs.open_run`).
        listing: URL of the listing, None for addresses given by hand. It gets a row, whose kind
            `listings.record_check` fills in.
        offers: canonical URL and candidate, each URL once.
        now: when they were offered.
    """
    if listing is not None:
        archive.connection.execute(
            "INSERT INTO listings (url, outlet, kind) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
            (listing, outlet),
        )
    (last,) = archive.connection.execute("SELECT MAX(rowid) FROM candidates").fetchone()
    archive.connection.executemany(
        OFFER,
        (
            {"url": url, "outlet": outlet, "listing": listing, "now": time_text(now)}
            | {"link": safe_text(candidate.url)}
            | _evidence(candidate)
            for url, candidate in offers
        ),
    )
    (fresh_count,) = archive.connection.execute(
        "SELECT COUNT(*) FROM candidates WHERE rowid > ?", (last or 0,)
    ).fetchone()
    note_listed_changes(archive, offers, now)
    query = f"{OF_CANDIDATES} WHERE candidates.url = ?"
    standings = [
        _with_tags(_standing(archive.connection.execute(query, (url,)).fetchone()), candidate)
        for url, candidate in offers
    ]
    return Offered(standings, fresh_count)


def waiting(
    connection: sqlite3.Connection, outlet: str, now: datetime, limit: int
) -> list[Standing]:
    """Return candidates of an outlet to be fetched, oldest first; not those to be asked later.

    What is planned for later than FURTHEST is fetched now.
    """
    rows = connection.execute(
        f"{OF_CANDIDATES} WHERE candidates.outlet = ? AND candidates.state = 'waiting' "
        "AND (candidates.retry_at IS NULL OR candidates.retry_at <= ? OR candidates.retry_at > ?) "
        "ORDER BY candidates.found_at, candidates.url LIMIT ?",
        (outlet, time_text(now), time_text(now + FURTHEST), limit),
    )
    return [_standing(row) for row in rows]


def due(
    connection: sqlite3.Connection,
    outlet: str,
    now: datetime,
    limit: int,
    *,
    everything: bool = False,
) -> list[Standing]:
    """Return articles of an outlet that are due for another look, the longest due first.

    What is planned for later than FURTHEST is due, too. `everything` returns those that are not
    due as well, the longest not looked at first.
    """
    if everything:
        conditions, order = [""], "articles.checked_at"
    else:  # one range of the index after the other
        order = "articles.next_check_at"
        conditions = [f"AND {order} <= :now", f"AND {order} > :beyond"]
    values = {"now": time_text(now), "beyond": time_text(now + FURTHEST), "outlet": outlet}
    found: list[Standing] = []
    for condition in conditions:
        rows = connection.execute(
            f"{OF_ARTICLES} WHERE articles.outlet = :outlet {condition} "
            f"ORDER BY {order}, articles.id LIMIT :limit",
            values | {"limit": limit - len(found)},
        )
        found += map(_standing, rows)
    return found


def find_candidate(connection: sqlite3.Connection, url: str) -> Candidate | None:
    """Return what listings said of a canonical URL or the article behind it, None for nothing."""
    row = connection.execute(
        f"{OF_CANDIDATES} WHERE candidates.url = :url OR candidates.article = "
        "(SELECT article FROM article_urls WHERE url = :url AND kind <> 'canonical') "
        "ORDER BY candidates.url <> :url, candidates.found_at, candidates.url LIMIT 1",
        {"url": url},
    ).fetchone()
    return None if row is None else _candidate(row)


def fail(
    archive: Archive,
    standing: Standing,
    reason: str,
    *,
    retry_at: datetime | None,
    give_up: bool,
    now: datetime,
    is_try: bool = True,
) -> None:
    """Note that an address gave no usable answer.

    A candidate waits until `retry_at` (None: the next crawl) or is given up. A known article stays
    as it is, due again at `retry_at`, or never of itself when given up. `is_try` is False when the
    host was not asked at all.
    """
    archive.connection.execute(
        "UPDATE candidates SET tries = tries + :is_try, outcome = :reason, retry_at = :retry_at, "
        "state = CASE WHEN state = 'waiting' AND :give_up THEN 'failed' ELSE state END, "
        "settled_at = CASE WHEN state = 'waiting' AND :give_up THEN :now ELSE settled_at END "
        "WHERE url = :url",
        {
            "url": standing.url,
            "reason": safe_text(reason[:REASON_MAX_CHARS]),
            "retry_at": None if give_up else time_text_or_none(retry_at),
            "give_up": give_up,
            "is_try": is_try,
            "now": time_text(now),
        },
    )
    if standing.article is not None and (give_up or retry_at is not None):
        archive.connection.execute(
            "UPDATE articles SET next_check_at = ? WHERE id = ?",
            (None if give_up else time_text_or_none(retry_at), standing.article),
        )


def settle(
    archive: Archive,
    delivery: Delivery,
    outcome: str,
    article: int | None,
    *,
    again_at: datetime | None = None,
) -> None:
    """Note what came of an address, and of a candidate at the address that redirects led to.

    A later outcome is never overwritten by that of an older capture. `again_at` leaves a candidate
    that led to no article waiting for another look: an interstitial may give way to the article.
    """
    archive.connection.execute(
        "UPDATE candidates SET outcome = :outcome, tries = 0, "
        "state = CASE WHEN :again_at IS NULL OR article IS NOT NULL THEN 'settled' "
        "ELSE 'waiting' END, "
        "retry_at = CASE WHEN article IS NULL THEN :again_at END, "
        "settled_at = :at, article = COALESCE(:article, article) "
        "WHERE url = :url AND (state <> 'settled' OR settled_at < :at OR outcome IS NULL "
        "OR article IS NULL)",
        {
            "url": delivery.standing.url,
            "outcome": outcome,
            "at": time_text(delivery.capture.captured_at),
            "article": article,
            "again_at": time_text_or_none(again_at),
        },
    )


def settle_twin(archive: Archive, url: str, article: int, now: str) -> None:
    """Settle a candidate that still waits at an address from which its article just came."""
    archive.connection.execute(
        "UPDATE candidates SET state = 'settled', outcome = 'unchanged', retry_at = NULL, "
        "settled_at = ?, article = ? WHERE url = ? AND state = 'waiting'",
        (now, article, url),
    )


def _with_tags(standing: Standing, offered: Candidate) -> Standing:
    """Add the tags a listing gave: they travel with the offer and are not kept in its row."""
    if not offered.tags or standing.candidate is None:
        return standing
    return replace(standing, candidate=replace(standing.candidate, tags=offered.tags))


def _evidence(candidate: Candidate) -> dict[str, str | None]:
    return {
        "title": safe_text(candidate.title[:TEXT_MAX_CHARS]),
        "byline": safe_text(candidate.byline[:TEXT_MAX_CHARS]),
        "published_at": time_text_or_none(candidate.published_at),
        "modified_at": time_text_or_none(candidate.modified_at),
        "section": safe_text(candidate.section[:TEXT_MAX_CHARS]),
        "language": safe_text(candidate.language[:TEXT_MAX_CHARS]),
        "description": safe_text(candidate.description[:TEXT_MAX_CHARS]),
    }


def _standing(row: sqlite3.Row) -> Standing:
    is_candidate = row["url"] is not None
    return Standing(
        url=row["url"] if is_candidate else row["article_url"],
        link=row["captured_url"] or row["link"] or row["article_url"],
        outlet=row["outlet"] if is_candidate else row["article_outlet"],
        state=row["state"] if is_candidate else "settled",
        tries=row["tries"] or 0,
        retry_at=read_time(row["retry_at"]),
        article=row["article"],
        since=read_time(row["since"]),
        checked_at=read_time(row["checked_at"]),
        revision_count=row["revision_count"] or 0,
        next_check_at=read_time(row["next_check_at"]),
        etag=row["etag"] or "",
        last_modified=row["last_modified"] or "",
        candidate=_candidate(row) if is_candidate else None,
    )


def _candidate(row: sqlite3.Row) -> Candidate:
    return Candidate(
        url=row["link"],
        listing=row["listing"] or "",
        title=row["title"],
        byline=row["byline"],
        published_at=read_time(row["published_at"]),
        modified_at=read_time(row["modified_at"]),
        section=row["section"],
        language=row["language"],
        description=row["description"],
    )
