"""What the crawls of this process tell of themselves, for metrics."""

from collections.abc import Callable

from scraper.crawl.session import CrawlSession

GAUGES = ("dateline_crawls_running", "dateline_writer_waiting", "dateline_pool_pages")


def session_gauges(session: CrawlSession) -> dict[str, Callable[[], float]]:
    """Return what `scraper.watch.metrics.start_metrics` takes as `live`, read from any thread."""
    return {
        "dateline_crawls_running": lambda: max(session.members - 1, 0),  # one is the round's own
        "dateline_writer_waiting": lambda: session.writer.waiting,
        "dateline_pool_pages": lambda: session.pool.pages,
    }
