"""Zones that a page's other times show to be wrong: clocks copied or shifted without a thought."""

import re
from dataclasses import replace
from datetime import timedelta

from scraper.extraction.date.date_claims import Sighting
from scraper.extraction.date.moments import Moment
from scraper.extraction.date.zones import PageZone

A_MINUTE = timedelta(minutes=1)
WRONG_ZONE = "zone contradicts the printed clock"
# Servers print UTC by mistake, and scripts mend it for readers: an hour or so off tells nothing.
# On 130 dev pages: 2 of 3 pages that print the clock of a "Z" an hour or two off did so.
TELLING_OFFSET = timedelta(hours=2)
MILLISECONDS = re.compile(r"\.(?!000)\d{3}Z$")  # of JavaScript's own clock, which knows its zone


def is_same_clock(one: Moment, other: Moment) -> bool:
    """Tell whether two times show the same clock, in whichever zones."""
    walls = (one.at.replace(tzinfo=None, second=0), other.at.replace(tzinfo=None, second=0))
    return walls[0] == walls[1]


def as_readers_see(chosen: Sighting, sightings: list[Sighting], zone: PageZone) -> Sighting | None:
    """Return the printed time that shows the zone of a stated one to be wrong, None if none does.

    Wrong zones come in two kinds: the local clock with another zone written to it (10:20+00:00
    where 10:20 is printed in Seoul), and UTC's clock with the local zone (01:20+09:00).
    """
    claimed = chosen.moment
    if claimed is None or not claimed.has_time or chosen.is_printed or not zone.is_local:
        return None
    printed = _printed(sightings)
    if _is_honest(claimed, printed, sightings):
        return None
    for seen in printed:
        moment = seen.moment
        if seen.field != chosen.field or moment is None:
            continue
        local = moment.at.utcoffset() or timedelta()
        apart = abs((claimed.at.utcoffset() or timedelta()) - local)
        is_copied = apart and claimed.has_zone and is_same_clock(claimed, moment)
        if is_copied and (apart >= TELLING_OFFSET or _is_confirmed(moment, sightings)):
            seen.moment = replace(moment, at=moment.at.replace(second=claimed.at.second))
            return seen
        # UTC's clock with the local zone written to it; the other way round it is the page that
        # prints UTC, as made by a server. Round times may be two different ones.
        is_shifted = not apart and local and abs(moment.at - claimed.at - local) < A_MINUTE
        if is_shifted and moment.at.minute % 30:
            return seen
    return None


def mend_zones(sightings: list[Sighting], zone: PageZone) -> None:
    """Read in the page's zone the other times of a source whose zone was seen to be wrong."""
    wrong = [s for s in sightings if s.refused == WRONG_ZONE and s.moment]
    wrong += [s for s in sightings for liar in wrong if s is not liar and _says_the_same(s, liar)]
    liars = {(s.source.split()[0], s.moment.zone) for s in wrong if s.moment and s.moment.zone}
    for sighting in sightings:
        moment = sighting.moment
        if moment is None or sighting.refused or sighting.is_printed:
            continue
        if moment.has_zone and (sighting.source.split()[0], moment.zone) in liars:
            sighting.moment = in_zone_of_page(moment, zone)


def in_zone_of_page(moment: Moment, zone: PageZone) -> Moment:
    """Return a time whose own zone is wrong as its clock shows it in the page's zone."""
    return replace(moment, at=moment.at.replace(tzinfo=zone.zone), is_misplaced=True)


def _says_the_same(sighting: Sighting, liar: Sighting) -> bool:
    if sighting.moment is None or liar.moment is None or sighting.field != liar.field:
        return False
    same_zone = sighting.moment.at.utcoffset() == liar.moment.at.utcoffset()
    return same_zone and sighting.moment.has_zone and is_same_clock(sighting.moment, liar.moment)


def in_own_zone(chosen: Sighting, sightings: list[Sighting], zone: PageZone) -> Sighting | None:
    """Return another source's time with the same clock and the page's own offset, None if none.

    Who converts shows another clock: of 10:20Z and 10:20+09:00 on a page from Korea the second is
    meant.
    """
    claimed = chosen.moment
    if claimed is None or not (claimed.has_time and claimed.has_zone and zone.is_local):
        return None
    if _is_honest(claimed, _printed(sightings), sightings):
        return None
    for other in sightings:
        moment = other.moment
        if other.field != chosen.field or other.refused or moment is None or not moment.has_zone:
            continue
        own = moment.at.astimezone(zone.zone).utcoffset()
        is_own = moment.at.utcoffset() == own != claimed.at.utcoffset()
        if is_own and is_same_clock(moment, claimed):
            return other
    return None


def _printed(sightings: list[Sighting]) -> list[Sighting]:
    """Return the clocks that readers see without a zone."""
    seen = [s for s in sightings if s.is_printed and not s.refused and s.moment]
    return [s for s in seen if s.moment and s.moment.has_time and not s.moment.has_zone]


def _is_honest(claimed: Moment, printed: list[Sighting], sightings: list[Sighting]) -> bool:
    """Tell whether the page shows that it converts its clocks: printed and stated ones agree."""
    agree = any(s.moment and abs(s.moment.at - claimed.at) < A_MINUTE for s in printed)
    if agree or MILLISECONDS.search(claimed.raw):
        return True
    zoned = [s.moment for s in sightings if s.moment and s.moment.has_zone and not s.is_printed]
    return any(
        abs(seen.moment.at - other.at) < A_MINUTE and not is_same_clock(seen.moment, other)
        for seen in printed
        for other in (claimed, *zoned)
        if seen.moment
    )


def _is_confirmed(printed: Moment, sightings: list[Sighting]) -> bool:
    """Tell whether another source gives the printed clock the zone of the page."""
    return any(
        s.moment is not None and s.moment.has_zone and abs(s.moment.at - printed.at) < A_MINUTE
        for s in sightings
    )
