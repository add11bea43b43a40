"""Alarms against made histories with known breaks: precision, recall and time to alarm by kind.

    python -m benchmarks.alarms [--seed 7] [--days 180] [--every 6]

Every rhythm of `tests/made_histories.py` (round the clock, daily, weekdays only, small, weekly,
sparse, growing) meets every kind of break once, and eight times none. The judges are asked every
few hours; incidents are opened and closed in a real archive. An alarm is right if it is of the
break's kind and comes while that goes on, or within two days. All others are false: those of other
kinds during a break, and a second one of the same break.
"""

import argparse
import time
from statistics import median

from tests.alarm_scores import Outcome, run
from tests.made_histories import make_outlets


def show(outcome: Outcome) -> None:
    """Print the table, and every alarm that was wrong or did not come."""
    print("kind      planted  told  false  precision  recall  hours to alarm (median, most)")
    rows = [*sorted(outcome.scores.items()), ("all", outcome.total())]
    for kind, score in rows:
        hours = f"{median(score.hours):.0f}, {max(score.hours):.0f}" if score.hours else "-"
        print(
            f"{kind:<9} {score.planted:>7} {score.told:>5} {score.false:>6} "
            f"{score.precision:>10.3f} {score.recall:>7.3f}  {hours}"
        )
    for outlet, each in outcome.missed:
        print(f"missed: {outlet.rhythm.name}: {each.kind} {each.field or each.what}")
    for outlet, alarm in outcome.false:
        during = outlet.wrong(alarm.opened_at)
        print(
            f"false: {outlet.slug} {outlet.rhythm.name}: {alarm.kind} {alarm.field} on "
            f"{alarm.opened_at:%a %d %b %H:%M}, while {during.what if during else 'well'}: "
            f"{dict(alarm.evidence)}"
        )


def main() -> None:
    """Make, judge and show."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--every", type=int, default=6, help="hours between two rounds")
    given = parser.parse_args()
    started = time.monotonic()
    outlets = make_outlets(given.seed, given.days)
    print(f"{len(outlets)} outlets, {given.days} days, judged every {given.every} hours")
    show(run(outlets, given.days, given.every))
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
