"""What waits for its turn with a host, and how it is told that its turn will not come."""

from datetime import datetime

from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure


class Stopped(IgnoreRequest):
    """The crawl was told to end before this was asked."""


AWAY = "asked to come back later"
DOWN = "the host seems to be down"


class HostClosed(IgnoreRequest):
    """The host asked us to stay away for longer than this run should wait, or is down."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


def drop_queues(crawler: Crawler) -> None:
    """Drop what waits for its turn with any host, so that a crawl told to end does end."""
    if crawler.engine is None:
        return
    for slot in crawler.engine.downloader.slots.values():
        fail_all(slot, Stopped("told to end"))


def fail_all(slot: Slot, error: IgnoreRequest) -> None:
    """Fail what waits in a host's slot."""
    while slot.queue:
        _, waiting = slot.queue.popleft()
        waiting.errback(Failure(error))
