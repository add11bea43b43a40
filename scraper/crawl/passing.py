"""An archive for the time of a look around: what keeps the rules of a crawl and keeps nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.settings import Settings

from scraper.crawl.session import CrawlSession


@contextmanager
def passing_session(settings: Settings) -> Iterator[CrawlSession]:
    """Open a session for crawlers of `settings` that write no articles; it leaves nothing behind.

    Courtesy asks a session for the time, for hosts that are closed and for robots.txt files.
    """
    with TemporaryDirectory(prefix="dateline-") as folder:
        settings.set("DATELINE_DB", str(Path(folder) / "passing.db"), priority="cmdline")
        settings.set("DATELINE_CAPTURES", str(Path(folder) / "captures"), priority="cmdline")
        settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        notes = ("scraper.crawl.runlog.RunLog", "scraper.crawl.metering.RequestLog")
        extensions = dict(settings.getdict("EXTENSIONS")) | dict.fromkeys(notes)
        settings.set("EXTENSIONS", extensions, priority="cmdline")
        session = CrawlSession.of(settings).join()
        try:
            yield session
        finally:
            session.leave()
