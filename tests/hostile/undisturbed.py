"""Archives that nothing disturbed, by which those that were struck are judged."""

from contextlib import closing
from pathlib import Path

from tests.hostile import victims
from tests.hostile.newsroom import Newsroom
from tests.hostile.portrait import Portrait, portrait, read
from tests.hostile.victims import Victim
from tests.hostile.witness import Truth

FINISH_SECONDS = 600.0


def finish(victim: Victim) -> None:
    """Let a process end its work undisturbed.

    Raises:
        RuntimeError: it failed.
    """
    victim.process.wait(FINISH_SECONDS)
    victim.reap()
    if victim.process.returncode != 0 or "Traceback" in victim.told():
        raise RuntimeError(f"exit code {victim.process.returncode}: {victim.told()[-2000:]}")


def undisturbed_crawl(
    folder: Path, newsroom: Newsroom, truth: Truth, editions: int
) -> list[Portrait]:
    """Crawl one edition after the other in peace; return what the archive holds after each."""
    folder.mkdir(parents=True)
    db, drawn = folder / "archive.db", []
    for edition in range(1, editions + 1):
        newsroom.edition = edition
        errors = folder / f"{edition}.txt"
        finish(victims.crawl(db, newsroom.listings, errors, revisit=edition > 1))
        truth.learn(db)
        drawn.append(portrait(db))
        check_against_served(db, newsroom.served(edition))
    return drawn


def check_against_served(db: Path, served: dict[str, tuple[str, str]]) -> None:
    """Make sure that the archive by which others are judged has what the newsroom published.

    Raises:
        RuntimeError: it has not.
    """
    with closing(read(db)) as connection:
        rows = connection.execute("SELECT url, title, body FROM articles").fetchall()
    stored = {url: (title, body) for url, title, body in rows}
    wrong = [url for url in stored.keys() | served.keys() if stored.get(url) != served.get(url)]
    if wrong:
        one = wrong[0]
        raise RuntimeError(f"{len(wrong)} articles differ: {served.get(one)} {stored.get(one)}")


def undisturbed_clerk(folder: Path, count: int, truth: Truth) -> Portrait:
    """Let a clerk store all articles in peace, one edition after the other."""
    folder.mkdir(parents=True)
    db = folder / "archive.db"
    for edition in (1, 2):
        finish(victims.clerk(db, folder / f"{edition}.txt", 0, count, edition))
        truth.learn(db)
    return portrait(db)
