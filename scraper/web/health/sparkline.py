"""A small drawing of an outlet's articles a day: a column a day, hatched where nobody looked."""

from collections.abc import Mapping
from datetime import date, timedelta

from markupsafe import Markup

from scraper.web.attention.marks import tag
from scraper.web.words import _, ngettext, number, short_date

STEP, BAR, HEIGHT = 3, 2, 28  # of a column, in the drawing's own units
LEAST = 1.5  # height of the lowest column that is not nothing
STROKE_GAP = 6  # between the strokes of a hatching


def draw_days(counts: Mapping[date, int], begin: date, days: int) -> Markup:
    """Return an SVG element with its text alternative, from `begin` on.

    Args:
        counts: new articles by day, of the days on which somebody looked.
        begin: the first day drawn.
        days: how many are drawn.
    """
    drawn = [begin + timedelta(days=passed) for passed in range(days)]
    top = max((counts[day] for day in drawn if day in counts), default=0)
    bars = hatching = ""
    for place, day in enumerate(drawn):
        left = place * STEP
        if day not in counts:
            hatching += _strokes(left)
        elif counts[day]:
            height = max(round(HEIGHT * counts[day] / top, 1), LEAST)
            bars += f"M{left} {HEIGHT}v-{height:g}h{BAR}v{height:g}z"
    return tag(
        "svg",
        tag("path", class_="unseen-days", d=hatching) if hatching else "",
        tag("path", class_="bars", d=bars) if bars else "",
        tag("path", class_="ground", d=f"M0 {HEIGHT}h{STEP * days}"),
        class_="sparkline",
        viewBox=f"0 0 {STEP * days} {HEIGHT + 1}",
        role="img",
        aria_label=_told(counts, drawn, top),
    )


def describe_days(counts: Mapping[date, int], begin: date, days: int) -> str:
    """Say what `draw_days` draws of the same: its dates, its scale, the days not looked at."""
    drawn = [begin + timedelta(days=passed) for passed in range(days)]
    return _told(counts, drawn, max((counts[day] for day in drawn if day in counts), default=0))


def _strokes(left: int) -> str:
    return "".join(f"M{left} {low}l{STEP}-{STEP}" for low in range(HEIGHT, STEP, -STROKE_GAP))


def _told(counts: Mapping[date, int], drawn: list[date], top: int) -> str:
    """Say what the drawing shows."""
    seen = [counts[day] for day in drawn if day in counts]
    first, last = (short_date(day, "yMMMd") for day in (drawn[0], drawn[-1]))
    if not seen:
        return _("Nobody looked from %(first)s to %(last)s.", first=first, last=last)
    told = ngettext(
        "New articles a day from %(first)s to %(last)s: %(mean)s on the one day looked at.",
        "New articles a day from %(first)s to %(last)s: %(mean)s as a mean of %(n)s days looked "
        "at, %(top)s at most.",
        len(seen),
        first=first,
        last=last,
        mean=number(round(sum(seen) / len(seen), 1)),
        top=number(top),
    )
    missing = len(drawn) - len(seen)
    if not missing:
        return told
    return _(
        "%(sentence)s %(addition)s",
        sentence=told,
        addition=ngettext("One day was not looked at.", "%(n)s days were not looked at.", missing),
    )
