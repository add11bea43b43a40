"""How an outlet fares, judged by its latest crawl runs, in one state; pure.

"Now" is the day of the archive's latest crawl run: an archive that is no longer crawled shows how
things stood at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import takewhile

LATE_DAYS = 3  # without a successful run while the archive was crawled
# Without anything new in spite of successful runs; more where an outlet publishes rarely: so many
# times the days that usually lie between two of its articles.
SILENT_DAYS, SILENT_PAUSES = 15, 5
RUNS_JUDGED = 10
BAD = ("failed", "interrupted")


class State(IntEnum):
    """How an outlet fares; the worst comes first."""

    TROUBLED = 0  # incidents are open (`scraper.web.health`), which say more than runs alone
    FAILING = 1
    LATE = 2
    SILENT = 3
    UNTRIED = 4
    BY_HAND = 5  # never crawled as a whole: articles were archived from addresses given by hand
    WELL = 6


@dataclass(frozen=True, slots=True)
class Health:
    """A state with its measure: incidents, failed runs in a row, or days."""

    state: State
    measure: int = 0


def patience(articles: int, days: int) -> int:
    """Return after how many days without an article an outlet is silent.

    >>> patience(3650, 365), patience(10, 365)
    (15, 182)
    """
    return max(SILENT_DAYS, SILENT_PAUSES * days // articles) if articles else SILENT_DAYS


def judge(
    outcomes: Sequence[str],
    succeeded: date | None,
    published: date | None,
    now: date | None,
    silent_days: int = SILENT_DAYS,
) -> Health:
    """Tell how an outlet fares.

    Args:
        outcomes: of its latest crawl runs, newest first; those still running say nothing yet.
        succeeded: the day of its last successful run.
        published: the day of its newest article.
        now: the day of the archive's latest run.
        silent_days: how long a silence is one (`patience`).

    >>> judge(["failed", "failed", "done"], date(2024, 6, 1), None, date(2024, 6, 2))
    Health(state=<State.FAILING: 1>, measure=2)
    """
    ended = [outcome for outcome in outcomes if outcome != "running"][:RUNS_JUDGED]
    if not ended or now is None:
        return Health(State.UNTRIED)
    if failed := sum(1 for _ in takewhile(lambda outcome: outcome in BAD, ended)):
        return Health(State.FAILING, failed)
    if succeeded and (away := (now - succeeded).days) >= LATE_DAYS:
        return Health(State.LATE, away)
    if published and (silent := (now - published).days) >= silent_days:
        return Health(State.SILENT, silent)
    return Health(State.WELL)
