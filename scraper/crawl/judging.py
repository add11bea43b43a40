"""The chore that judges outlets: brings incidents up to date, and sends alerts of what is new.

Reading and sending take a second and more, so both are done in threads, over connections of their
own; what changes goes to the writer. An incident is marked as told after an address took it.
"""

import asyncio
import contextlib
from datetime import datetime
from pathlib import Path

from scraper.archive import incidents
from scraper.archive.database import open_reader
from scraper.archive.outages import Reach, note_reach
from scraper.crawl.session import CrawlSession
from scraper.records import Judgment
from scraper.watch.alerts import Message, alert_urls, compose, mark_told, send
from scraper.watch.incidents import judge_histories
from scraper.watch.outage import find_reach
from scraper.watch.reading import read_histories


async def judge_outlets(session: CrawlSession) -> None:
    """Judge all outlets now, store what was found, and tell of it.

    Raises:
        ArchiveUnwritable: the disk took nothing more.
    """
    now, db = session.clock.now(), session.options.db
    judgments, reach = await asyncio.to_thread(_judge, db, now)
    await session.store(incidents.update, judgments, now)
    await session.store(note_reach, reach, now)
    urls = alert_urls(session.options.alerts)
    message = await asyncio.to_thread(_compose, db) if urls else None
    if message is not None and await asyncio.to_thread(send, message, urls):
        await session.store(mark_told, message, now)


def _judge(db: Path, now: datetime) -> tuple[list[Judgment], Reach]:
    with contextlib.closing(open_reader(db)) as connection:
        histories = read_histories(connection, now)
        found = judge_histories(connection, histories, now)
        return found, find_reach(connection, histories, now)


def _compose(db: Path) -> Message | None:
    with contextlib.closing(open_reader(db)) as connection:
        return compose(connection)
