"""Which article a page is: identity that no page can steal, and every address that led to one.

A page is the article that stands at the address it answered at. What it claims beyond that, a
declared canonical URL above all, is believed only where the texts agree.
"""

import sqlite3
from dataclasses import dataclass

from scraper.archive.revisions import agree
from scraper.archive.values import safe_text, time_text
from scraper.archive.writer import Archive
from scraper.records import Article, Delivery
from scraper.urls import believed_canonical, canonical_url

ARTICLE = """
SELECT articles.*, captures.captured_at AS text_at, captures.url AS text_url,
    captures.sha256 AS text_sha256
FROM articles LEFT JOIN captures ON captures.id = articles.capture
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page is.

    `own` is the canonical form of the address it answered at. `known` is the article's row (columns
    of `articles`, and `text_at`, `text_url`, `text_sha256` of the capture its text came from), None
    for an article not seen before, which is to stand at `url`. `is_twin` says that the page is
    another version (print, mobile) of an article fetched at its own address, so small differences
    are no edits.
    """

    own: str
    url: str
    known: sqlite3.Row | None = None
    is_twin: bool = False


def identify(archive: Archive, delivery: Delivery, article: Article) -> Identity:
    """Find the article a page is, or the address at which it becomes a new one.

    An article that stood at this page's own address by its claim alone, with another text, is moved
    to its own address.
    """
    connection = archive.connection
    own = canonical_url(delivery.capture.url) or safe_text(delivery.capture.url)
    claim = believed_canonical(delivery.capture.url, article.url) or own
    answered = _fetched_at(connection, own)
    if answered is not None:
        return _known(connection, answered, own, delivery)
    at_own = _standing_at(connection, own)
    at_claim = [] if claim == own else _standing_at(connection, claim)
    at_slash_twin = _standing_at(connection, own[:-1] if own.endswith("/") else f"{own}/")
    asked_for = _by_id(connection, delivery.standing.article)
    for row in (*at_own, *at_claim, *at_slash_twin, *asked_for):
        if agree(row["body"], article.body):
            return _known(connection, row, own, delivery)
    if at_own:
        _make_room(archive, own)
    return Identity(own, own if at_claim else claim)


def note_urls(archive: Archive, delivery: Delivery, identity: Identity, article_id: int) -> None:
    """Write down every address that led to an article.

    `final` is an address that answered with the article itself, `offered` one that redirected to
    it, `canonical` one that was only claimed; all in canonical form, by which articles are told
    apart. `written` are the addresses as they were written, so that any of them can be looked up.
    """
    seen_at = time_text(delivery.capture.captured_at)
    rank = "instr('written canonical offered final', {})"
    archive.connection.executemany(
        "INSERT INTO article_urls (url, article, kind, seen_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (url) DO UPDATE SET article = excluded.article, kind = excluded.kind, "
        "seen_at = CASE WHEN article = excluded.article THEN seen_at ELSE excluded.seen_at END "
        f"WHERE {rank.format('excluded.kind')} > {rank.format('kind')}",
        [
            (identity.own, article_id, "final", seen_at),
            (delivery.standing.url, article_id, "offered", seen_at),
            (identity.url, article_id, "canonical", seen_at),
            (safe_text(delivery.standing.link), article_id, "written", seen_at),
            (safe_text(delivery.capture.url), article_id, "written", seen_at),
        ],
    )


def article_of(connection: sqlite3.Connection, delivery: Delivery) -> sqlite3.Row | None:
    """Return the article that a delivery looked at again, None if it was a first look."""
    rows = _by_id(connection, delivery.standing.article)
    return rows[0] if rows else _fetched_at(connection, canonical_url(delivery.capture.url))


def _known(
    connection: sqlite3.Connection, row: sqlite3.Row, own: str, delivery: Delivery
) -> Identity:
    if row["url"] == own or canonical_url(row["text_url"] or "") == own:
        return Identity(own, row["url"], row)
    asked = canonical_url(delivery.capture.requested_url) or own
    has_moved = delivery.standing.article == row["id"] and asked != own
    is_twin = not has_moved and _fetched_at(connection, row["url"]) is not None
    return Identity(own, row["url"], row, is_twin)


def _make_room(archive: Archive, own: str) -> None:
    """Move whoever stands at `own` by claim alone to the address it answered at itself."""
    squatter = archive.connection.execute(
        "SELECT id FROM articles WHERE url = ?", (own,)
    ).fetchone()
    if squatter is None:
        return
    home = archive.connection.execute(
        "SELECT url FROM article_urls WHERE article = ? AND kind = 'final' AND url <> ? "
        "AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.url = article_urls.url) "
        "ORDER BY seen_at DESC, url LIMIT 1",
        (squatter["id"], own),
    ).fetchone()
    if home is not None:
        archive.connection.execute(
            "UPDATE articles SET url = ? WHERE id = ?", (home["url"], squatter["id"])
        )


def _fetched_at(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        f"{ARTICLE} JOIN article_urls ON article_urls.article = articles.id "
        "WHERE article_urls.url = ? AND article_urls.kind = 'final'",
        (url,),
    ).fetchone()
    return row


def _standing_at(connection: sqlite3.Connection, url: str) -> list[sqlite3.Row]:
    return connection.execute(
        f"{ARTICLE} WHERE articles.id IN (SELECT article FROM article_urls WHERE url = :url "
        "UNION SELECT id FROM articles WHERE url = :url)",
        {"url": url},
    ).fetchall()


def _by_id(connection: sqlite3.Connection, article_id: int | None) -> list[sqlite3.Row]:
    if article_id is None:
        return []
    return connection.execute(f"{ARTICLE} WHERE articles.id = ?", (article_id,)).fetchall()
