"""What each outlet brought on each day, summed up anew after every run."""

from scraper.archive.day_summaries import summarise_day
from scraper.archive.writer import Archive


def summarise(archive: Archive, outlet: str, day: str) -> None:
    """Write the row of an outlet and a day (YYYY-MM-DD, UTC) from the tables it follows from."""
    summarise_day(archive.connection, outlet, day)
