"""Makes the search index and the summaries of an archive anew from its articles and runs."""

from pathlib import Path

from scraper.archive.database import checkpoint, open_writer, optimise
from scraper.archive.lock import ArchiveLock
from scraper.archive.rebuilding import rebuild_index
from scraper.archive.storage import telling_trouble
from scraper.errors import ArchiveMissing


def reindex(path: Path | str) -> int:
    """Rebuild in one transaction; return the number of articles indexed.

    Readers go on with the old index until the new one is whole. Needed when the segmenter has
    changed, and after changes by programs that know nothing of our triggers.

    Raises:
        ArchiveMissing: there is no file.
        ArchiveBusy: another process is writing to it.
        ArchiveUnwritable: its disk is full or read-only.
        ArchiveTooNew, ArchiveUnreadable: see `open_writer`.
    """
    if not Path(path).exists():
        raise ArchiveMissing(str(path))
    with ArchiveLock(path, "reindex"):
        connection = open_writer(path, is_reindexing=True)
        try:
            with telling_trouble(path):
                count = rebuild_index(connection)
                optimise(connection)
            checkpoint(connection)
        finally:
            connection.close()
    return count
