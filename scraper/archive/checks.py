"""Looks at listings: each time one was asked, and what it offered then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scraper.archive.values import safe_text, time_text_or_none
from scraper.archive.writer import Archive

ADDRESS_MAX_CHARS = 2083  # as long as an address may be that is asked at all


@dataclass(frozen=True, slots=True)
class Offering:
    """What a listing offered at one look besides its candidates.

    Args:
        crawl_run: the run that asked.
        fresh_count: articles it offered that nothing had offered before.
        left_out_count: entries besides that are no world news or no articles; None if not read.
        newest_at: newest time of publication it gave, None if it gave none.
        body_bytes: size of the answer, decompressed; None if none came.
        latency_ms: from the request to the head of the answer, None if none came.
        redirected_to: address on another site that answered, "" if its own did.
    """

    crawl_run: int | None = None
    fresh_count: int = 0
    left_out_count: int | None = None
    newest_at: datetime | None = None
    body_bytes: int | None = None
    latency_ms: int | None = None
    redirected_to: str = ""


def add_check(archive: Archive, answer: Mapping[str, object], offering: Offering) -> None:
    """Note one look at a listing that has a row.

    Args:
        archive: where to.
        answer: `url`, `outlet`, `checked_at`, `status`, `problem` and `candidate_count`, as columns
            have them.
        offering: what else it brought.
    """
    archive.connection.execute(
        "INSERT INTO listing_checks (listing, outlet, crawl_run, checked_at, status, problem, "
        "candidate_count, fresh_count, left_out_count, newest_at, body_bytes, latency_ms, "
        "redirected_to) VALUES ((SELECT id FROM listings WHERE url = :url), :outlet, :crawl_run, "
        ":checked_at, :status, :problem, :candidate_count, :fresh_count, :left_out_count, "
        ":newest_at, :body_bytes, :latency_ms, :redirected_to)",
        {
            **answer,
            "crawl_run": offering.crawl_run,
            "fresh_count": offering.fresh_count,
            "left_out_count": offering.left_out_count,
            "newest_at": time_text_or_none(offering.newest_at),
            "body_bytes": offering.body_bytes,
            "latency_ms": offering.latency_ms,
            "redirected_to": safe_text(offering.redirected_to[:ADDRESS_MAX_CHARS]) or None,
        },
    )
