"""What a scheduler owes an archive besides crawls: judging its outlets, alerts, tidying."""

from datetime import timedelta

from scraper.archive import quiet
from scraper.crawl.chores import Chore
from scraper.crawl.judging import judge_outlets
from scraper.crawl.session import CrawlSession
from scraper.extraction.memory import release

TIDY_STEPS = 100  # in a row: about ten seconds, once a week


async def tidy(session: CrawlSession) -> None:
    """Merge search indexes and renew statistics, a step at a time, where that is due."""
    if not quiet.is_due(session.reader, session.clock.now()):
        return
    for _ in range(TIDY_STEPS):
        if session.is_stopping or not await session.store(quiet.tidy, session.clock.now()):
            return


async def give_memory_back(session: CrawlSession) -> None:
    """Collect what ended crawls left in circles, which the collector seldom looks for."""
    release()


DUTIES = (
    Chore("judging outlets", timedelta(hours=1), judge_outlets, in_quiet=False),
    Chore("tidying the archive", timedelta(hours=1), tidy),
    Chore("giving memory back", timedelta(hours=6), give_memory_back),
)
