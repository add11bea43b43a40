"""Articles: stores what came of each delivery, with all rows that hang on it."""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from scraper.archive.authors import write_credits, write_tags
from scraper.archive.candidates import settle, settle_twin
from scraper.archive.captures import store_capture
from scraper.archive.columns import TEXT, article_columns, newer_metadata
from scraper.archive.identity import Identity, article_of, identify, note_urls
from scraper.archive.renewal import renew_last_text
from scraper.archive.revisions import Decision, Text, decide
from scraper.archive.values import json_text, safe_text, time_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import Article, Delivery, Standing
from scraper.urls import canonical_url

DETAIL_MAX_CHARS = 20_000  # of what is kept about a quarantined page; a traceback fits
REASON_MAX_CHARS = 300
REPLACED = "the page no longer shows its article"

Outcome = Literal["new", "revised", "unchanged", "quarantined"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an extracted article: a count of the crawl run, and the rows behind it.

    "quarantined" is a page that holds a text which cannot be its known article any more.
    """

    outcome: Outcome
    article: int
    capture: int
    changed: tuple[str, ...] = ()


def store_article(
    archive: Archive,
    delivery: Delivery,
    article: Article,
    next_check_at: datetime | None,
    *,
    if_revised: datetime | None = None,
) -> Stored:
    """Store an extracted article: new, as a revision, or as seen again; settle its candidate.

    A good text is never replaced by the cut or foreign one that its page may show later, nor by
    that of an older capture.

    Args:
        archive: where to.
        delivery: the capture the article was extracted from.
        article: what extraction made of it.
        next_check_at: when to look again, None for never.
        if_revised: when to look again if this turns out to be a new revision, None for the same.
    """
    capture = store_capture(archive, delivery)
    identity = identify(archive, delivery, article)
    values = _values(article, delivery, next_check_at) | {"capture": capture}
    known = identity.known
    if known is None:
        decision = Decision("new")
        article_id = _insert(archive, delivery, identity, values)
    else:
        article_id = known["id"]
        decision = _update(archive, known, identity, values)
    _leave_where_it_was(archive, delivery, article_id, next_check_at)
    if decision.kind == "replaced":
        _quarantine(archive, delivery, capture, REPLACED, f"{article.title}\n\n{article.body}")
        settle(archive, delivery, "quarantined", article_id)
        return Stored("quarantined", article_id, capture)
    if decision.kind == "revised" and if_revised is not None:
        _look_sooner(archive, article_id, values, if_revised)
    if decision.kind in ("new", "revised"):
        _add_revision(archive, article_id, values, decision.changed)
    if decision.kind != "cut" and not identity.is_twin and not _is_older(known, values):
        _write_names(archive, article_id, article, decision.changed)
    archive.connection.execute("DELETE FROM quarantine WHERE capture = ?", (capture,))
    note_urls(archive, delivery, identity, article_id)
    outcome: Outcome = decision.kind if decision.kind in ("new", "revised") else "unchanged"
    settle(archive, delivery, outcome, article_id)
    if identity.own != delivery.standing.url:
        settle_twin(archive, identity.own, article_id, values["captured_at"])
    return Stored(outcome, article_id, capture, decision.changed)


def store_no_article(
    archive: Archive, delivery: Delivery, reason: str, next_check_at: datetime | None = None
) -> int:
    """Store a page that is no article; return its capture.

    If it was one, the article stays as it is, due again at `next_check_at` (None: as before).
    """
    capture = store_capture(archive, delivery)
    logger.info("%s: %s is no article: %s", delivery.outlet, delivery.capture.url, reason)
    _looked_at(archive, delivery, next_check_at)
    archive.connection.execute("DELETE FROM quarantine WHERE capture = ?", (capture,))
    settle(archive, delivery, "no_article", None, again_at=next_check_at)
    return capture


def store_quarantine(
    archive: Archive,
    delivery: Delivery,
    reason: str,
    detail: str,
    next_check_at: datetime | None = None,
) -> int:
    """Store a page that extraction could not digest, with the reason; return its capture.

    If it was an article, that stays as it is, due again at `next_check_at` (None: as before).
    """
    capture = store_capture(archive, delivery)
    _quarantine(archive, delivery, capture, reason, detail)
    _looked_at(archive, delivery, next_check_at)
    settle(archive, delivery, "quarantined", None, again_at=next_check_at)
    return capture


def store_not_modified(
    archive: Archive, standing: Standing, checked_at: datetime, next_check_at: datetime | None
) -> None:
    """Note that an article was asked for and has not changed (304); one that was gone is back."""
    archive.connection.execute(
        "UPDATE articles SET checked_at = MAX(checked_at, :at), next_check_at = :next, "
        "gone_at = CASE WHEN gone_at <= :at THEN NULL ELSE gone_at END WHERE id = :id",
        {
            "at": time_text(checked_at),
            "next": time_text_or_none(next_check_at),
            "id": standing.article,
        },
    )
    archive.connection.execute("UPDATE candidates SET tries = 0 WHERE url = ?", (standing.url,))


def store_gone(
    archive: Archive, delivery: Delivery, next_check_at: datetime | None = None
) -> int | None:
    """Note a 404 or 410: the article, if there is one, is kept and marked gone.

    Returns the capture of the answer, None when no article was known at that address (then only
    the candidate is settled). `next_check_at` says when to see whether it is back; None for never.
    """
    known = article_of(archive.connection, delivery)
    settle(archive, delivery, "gone", None)
    if known is None:
        return None
    capture = store_capture(archive, delivery)
    captured_at = time_text(delivery.capture.captured_at)
    if captured_at >= max(known["checked_at"], known["text_at"] or ""):
        archive.connection.execute(
            "UPDATE articles SET gone_at = COALESCE(gone_at, :at), checked_at = :at, "
            "next_check_at = :next WHERE id = :id",
            {"at": captured_at, "next": time_text_or_none(next_check_at), "id": known["id"]},
        )
    return capture


def _insert(
    archive: Archive, delivery: Delivery, identity: Identity, values: dict[str, Any]
) -> int:
    outlet = archive.connection.execute(
        "SELECT country FROM outlets WHERE slug = ?", (delivery.outlet,)
    ).fetchone()
    row = values | {
        "url": identity.url,
        "outlet": delivery.outlet,
        "country": outlet["country"] if outlet else None,
    }
    names = ", ".join(row)
    cursor = archive.connection.execute(
        f"INSERT INTO articles ({names}) VALUES ({', '.join(f':{name}' for name in row)})", row
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _update(
    archive: Archive, known: sqlite3.Row, identity: Identity, values: dict[str, Any]
) -> Decision:
    """Bring a known article up to date with a capture; say what the capture's text is to it."""
    if _is_older(known, values):
        if values["captured_at"] < known["captured_at"]:
            _change(archive, known, {"captured_at": values["captured_at"]})
        return Decision("unchanged")
    if identity.is_twin:
        return Decision("unchanged")
    decision = _compare(archive, known, values)
    changes: dict[str, Any] = {}
    if values["captured_at"] >= known["checked_at"]:
        changes |= {name: values[name] for name in ("checked_at", "next_check_at")}
    if decision.kind != "replaced" and values["captured_at"] >= (known["gone_at"] or ""):
        changes["gone_at"] = None
    if decision.kind in ("revised", "unchanged", "reread"):
        changes |= newer_metadata(dict(known), values) | {"capture": values["capture"]}
    elif decision.kind == "cut" and values["is_paywalled"] is not None:
        changes["is_paywalled"] = values["is_paywalled"]
    if decision.kind in ("revised", "reread"):
        changes |= {name: values[name] for name in TEXT}
    if decision.kind == "reread":
        renew_last_text(archive, known["id"], values)
    if decision.kind == "revised":
        changes["revision_count"] = known["revision_count"] + 1
    _change(archive, known, changes)
    return decision


def _look_sooner(
    archive: Archive, article_id: int, values: dict[str, Any], next_check_at: datetime
) -> None:
    """Note when to look again at what just changed, unless a later look was had already."""
    archive.connection.execute(
        "UPDATE articles SET next_check_at = ? WHERE id = ? AND checked_at = ?",
        (time_text(next_check_at), article_id, values["checked_at"]),
    )


def _change(archive: Archive, known: sqlite3.Row, changes: dict[str, Any]) -> None:
    """Update the columns that differ, and no others: triggers on search columns cost the most."""
    differing = {name: value for name, value in changes.items() if known[name] != value}
    if differing:
        assignments = ", ".join(f"{name} = :{name}" for name in differing)
        archive.connection.execute(
            f"UPDATE articles SET {assignments} WHERE id = :id", {**differing, "id": known["id"]}
        )


def _compare(archive: Archive, known: sqlite3.Row, values: dict[str, Any]) -> Decision:
    if known["content_hash"] == values["content_hash"]:
        return Decision("unchanged")
    before, after = (Text(r["title"], r["byline"], r["body"]) for r in (known, values))
    decision = decide(before, after, is_paywalled=bool(values["is_paywalled"]))
    if decision.kind != "unchanged" and _is_same_page(archive, known, values):
        return Decision("reread")
    return decision


def _is_same_page(archive: Archive, known: sqlite3.Row, values: dict[str, Any]) -> bool:
    """Tell whether a capture has the very bytes that the known text was read from.

    Another text is then what another extractor reads there, and no edit of the outlet.
    """
    row = archive.connection.execute(
        "SELECT sha256 FROM captures WHERE id = ?", (values["capture"],)
    ).fetchone()
    return bool(row["sha256"] == known["text_sha256"])


def _is_older(known: sqlite3.Row | None, values: dict[str, Any]) -> bool:
    return known is not None and values["captured_at"] < (known["text_at"] or "")


def _values(article: Article, delivery: Delivery, next_check_at: datetime | None) -> dict[str, Any]:
    """Return the columns of an article as its capture has them."""
    captured_at = time_text(delivery.capture.captured_at)
    return article_columns(article) | {
        "captured_at": captured_at,
        "checked_at": captured_at,
        "next_check_at": time_text_or_none(next_check_at),
    }


def _add_revision(
    archive: Archive, article_id: int, values: dict[str, Any], changed: tuple[str, ...]
) -> None:
    archive.connection.execute(
        "INSERT INTO revisions (article, number, captured_at, modified_at, title, byline, body, "
        "changed, capture, content_hash, extractor) VALUES (:article, "
        "(SELECT COALESCE(MAX(number), 0) + 1 FROM revisions WHERE article = :article), "
        ":captured_at, :modified_at, :title, :byline, :body, :changed, :capture, :content_hash, "
        ":extractor)",
        values | {"article": article_id, "changed": json_text(changed)},
    )


def _write_names(
    archive: Archive, article_id: int, article: Article, changed: tuple[str, ...]
) -> None:
    if article.credits or article.authors or "byline" in changed:
        write_credits(archive, article_id, article)
    if article.tags:
        write_tags(archive, article_id, article.tags)


def _leave_where_it_was(
    archive: Archive, delivery: Delivery, found: int, next_check_at: datetime | None
) -> None:
    """Note that a known article's address now leads to another article."""
    if delivery.standing.article not in (None, found):
        _looked_at(archive, delivery, next_check_at)


def _looked_at(archive: Archive, delivery: Delivery, next_check_at: datetime | None) -> None:
    """Note the look at a known article whose page showed something else; its text stays."""
    known = article_of(archive.connection, delivery)
    if known is None:
        return
    captured_at = time_text(delivery.capture.captured_at)
    if captured_at >= known["checked_at"]:
        kept = known["next_check_at"]
        # A look that has been had is over: left due, every crawl would ask for the page again.
        is_over = kept is not None and kept <= captured_at
        next_text = time_text_or_none(next_check_at) or (None if is_over else kept)
        _change(archive, known, {"checked_at": captured_at, "next_check_at": next_text})


def _quarantine(
    archive: Archive, delivery: Delivery, capture: int, reason: str, detail: str
) -> None:
    url = canonical_url(delivery.capture.url) or safe_text(delivery.capture.url)
    # The same trouble with the same page is told once, of its last look.
    archive.connection.execute(
        "DELETE FROM quarantine WHERE url = ? AND reason = ? AND capture <> ?",
        (url, safe_text(reason[:REASON_MAX_CHARS]), capture),
    )
    archive.connection.execute(
        "INSERT INTO quarantine (url, outlet, capture, crawl_run, quarantined_at, reason, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (capture) DO UPDATE SET "
        "reason = excluded.reason, detail = excluded.detail",
        (
            url,
            delivery.outlet,
            capture,
            delivery.crawl_run,
            time_text(delivery.capture.captured_at),
            safe_text(reason[:REASON_MAX_CHARS]),
            safe_text(detail[-DETAIL_MAX_CHARS:]),
        ),
    )
