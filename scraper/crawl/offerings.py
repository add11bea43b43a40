"""What a listing offered besides its candidates; pure."""

from datetime import datetime

from scrapy.http import Response

from scraper.archive.checks import Offering
from scraper.records import Listing
from scraper.urls import same_site


def offering_of(
    asked: str, response: Response | None, found: Listing | None, now: datetime
) -> Offering:
    """Return what can be told of an answer to a listing's address.

    Args:
        asked: the address.
        response: what came, None for no answer.
        found: what was read of it, None if it was not read.
        now: times of publication after it are not believed.
    """
    if response is None:
        return Offering()
    given = [c.published_at for c in found.candidates if c.published_at] if found else []
    latency = response.meta.get("download_latency")
    return Offering(
        left_out_count=found.skipped + found.left_out if found else None,
        newest_at=max((moment for moment in given if moment <= now), default=None),
        body_bytes=len(response.body),
        latency_ms=round(1000 * latency) if latency is not None else None,
        redirected_to="" if same_site(asked, response.url) else response.url,
    )
