"""Each origin's robots.txt, asked again only once its headers say so, whoever needs it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from scrapy.http import Response

from scraper.archive import robots_files
from scraper.archive.robots_files import STALE_MAX, RobotsFile
from scraper.crawl.answers import reason_of
from scraper.crawl.budgets import BudgetSpent
from scraper.crawl.freshness import fresh_seconds
from scraper.crawl.queues import Stopped
from scraper.crawl.revisits import conditional_headers
from scraper.crawl.session import CrawlSession

ROBOTS_MAX_BYTES = 512 * 1024  # read of one file; RFC 9309 section 2.5 asks for at least 500 KiB
FRESH_MIN = timedelta(minutes=5)  # also where the headers forbid keeping it: no file per request
FRESH_MAX = STALE_MAX  # also where the headers say nothing: RFC 9309 section 2.4 has no shorter one
NOT_MODIFIED = 304

Ask = Callable[[dict[str, str]], Awaitable[Response]]  # from headers to send

logger = logging.getLogger(__name__)


class RobotsCache:
    """Gives the rules of an origin: those kept, or those it answers now, which are kept then.

    A replay asks nobody, so what it is answered is not kept, and what was kept is not looked at.
    """

    def __init__(self, session: CrawlSession) -> None:
        self.session = session
        self.troubles: dict[str, str] = {}  # by origin, why its rules could not be had

    def kept(self, origin: str) -> str | None:
        """Return the rules that are kept of an origin, however old; None for none."""
        if self.session.replay is not None:
            return None
        file = robots_files.find(self.session.reader, origin)
        return None if file is None else file.body

    async def rules(self, origin: str, ask: Ask) -> str | None:
        """Return the text of an origin's rules; None when they cannot be had, which forbids all.

        A file that cannot be had now is gone by for a day after it was last answered; the next
        crawl asks for it again (RFC 9309 section 2.3.1.4).

        Raises:
            BudgetSpent, Stopped: it was not asked, for reasons of ours.
        """
        if self.session.replay is not None:
            answer = await self._answer(origin, ask, None)
            return None if answer is None else read_rules(answer)
        lock = self.session.robots_locks.setdefault(origin, asyncio.Lock())
        async with lock:  # outlets of one host at the same time ask once
            kept = robots_files.find(self.session.reader, origin)
            if kept is not None and kept.is_fresh(self.session.clock.now()):
                return kept.body
            answer = await self._answer(origin, ask, kept)
            now = self.session.clock.now()
            if answer is None:
                return kept.body if kept is not None and kept.may_stand_in(now) else None
            file = file_of(origin, answer, kept, now)
            await self.session.store(robots_files.keep, file)
            return file.body

    async def _answer(self, origin: str, ask: Ask, kept: RobotsFile | None) -> Response | None:
        """Return an origin's answer that says something of its rules, None for none."""
        validators = (kept.etag, kept.last_modified) if kept is not None else ("", "")
        try:
            response = await ask(conditional_headers(*validators))
        except (BudgetSpent, Stopped):
            raise
        except Exception as error:  # whatever kept it from us, it keeps us from the host
            logger.warning("%s/robots.txt: it cannot be had: %r", origin, error)
            self.troubles[origin] = reason_of(error)
            return None
        is_unasked = response.status == NOT_MODIFIED and kept is None
        if response.status >= 500 or response.status == 429 or is_unasked:
            logger.warning("%s/robots.txt: it cannot be had: HTTP %s", origin, response.status)
            self.troubles[origin] = f"HTTP {response.status}"
            return None
        return response


def file_of(origin: str, answer: Response, kept: RobotsFile | None, now: datetime) -> RobotsFile:
    """Return what is to be kept of an answer; "not modified" renews what was kept."""
    headers = _headers(answer)
    seconds = fresh_seconds(headers, now)
    lifetime = FRESH_MAX if seconds is None else timedelta(seconds=min(seconds, 1e9))
    if answer.status == NOT_MODIFIED and kept is not None:
        if seconds is None:  # what was said before holds on (RFC 9111 section 3.2)
            lifetime = kept.expires_at - kept.checked_at
        until = now + min(max(lifetime, FRESH_MIN), FRESH_MAX)
        etag, modified = headers.get("etag"), headers.get("last-modified")
        return RobotsFile(
            origin,
            now,
            until,
            kept.status,
            kept.body,
            kept.etag if etag is None else etag,
            kept.last_modified if modified is None else modified,
        )
    # The validators of another address, behind a redirect, would be sent to this one.
    is_own = answer.status == 200 and answer.url == f"{origin}/robots.txt"
    return RobotsFile(
        origin,
        now,
        now + min(max(lifetime, FRESH_MIN), FRESH_MAX),
        answer.status,
        read_rules(answer),
        headers.get("etag", "") if is_own else "",
        headers.get("last-modified", "") if is_own else "",
    )


def read_rules(response: Response) -> str:
    """Return what is to be read of an answer: nothing of a 4xx, whole lines of a file too long."""
    if response.status != 200:
        return ""
    body: bytes = response.body
    if "download_stopped" in response.flags or len(body) > ROBOTS_MAX_BYTES:
        body = b"\n".join(body[:ROBOTS_MAX_BYTES].splitlines()[:-1])
    return body.decode("utf-8-sig", "replace")


def _headers(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
