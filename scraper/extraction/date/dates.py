"""When an article was published and changed: every claim weighed, one believed, all kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scraper.extraction.date.date_claims import (
    Sighting,
    days_told,
    in_attributes,
    in_header,
    in_scripts,
    in_url,
    listed,
    selected,
    stated,
)
from scraper.extraction.date.moments import AMERICAN_ZONES, TEXT_MAX_CHARS, Moment, Reader
from scraper.extraction.date.scripts import script_language
from scraper.extraction.date.visible_dates import anywhere, visible
from scraper.extraction.date.wrong_zones import (
    A_MINUTE,
    WRONG_ZONE,
    as_readers_see,
    in_own_zone,
    in_zone_of_page,
    is_same_clock,
    mend_zones,
)
from scraper.extraction.date.zones import PageZone, find_zone, zone_of_month
from scraper.extraction.page import Page, one_line
from scraper.records import DateClaim, DatedField, Precision

FUTURE_TOLERANCE = timedelta(hours=1)  # after the capture: clocks of servers are wrong by less
CLAIMS_MAX = 40  # claims about the times that are kept as evidence
SAME_CLOCK = timedelta(minutes=15)  # zones differ by multiples of it
WIDEST_ZONES = timedelta(hours=14)  # a clock without zone may be as far ahead
TEMPLATE_TEXT = re.compile(r"\W?(?:0000|0001|1970-01-01|1970/01/01|30/11/-0001)")
TEMPLATE_DAYS = {date(1970, 1, 1), date(1969, 12, 31), date(2000, 1, 1), date(1900, 1, 1)}
A_TEMPLATE = "a template date"
OUTDATED = timedelta(days=30)  # older than all others say
AMERICAN_OFFSETS = timedelta(hours=-10), timedelta(hours=-4)  # Honolulu to New York in summer
AGREEING = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Dates:
    """The times of an article, each with the source that won, and every claim about them."""

    published_at: datetime | None = None
    published_precision: Precision | None = None
    modified_at: datetime | None = None
    sources: tuple[tuple[DatedField, str], ...] = ()
    claims: tuple[DateClaim, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return the fields of an article that hold its times and what they rest on."""
        return {
            "published_at": self.published_at,
            "published_precision": self.published_precision,
            "modified_at": self.modified_at,
            "date_evidence": self.claims,
        }


def find_dates(page: Page) -> Dates:
    """Return when a page says it was published and modified, None where it does not.

    Asked in order: the outlet's selector, JSON-LD, microdata, meta elements, the lines near the
    headline, data attributes, the listing, scripts, the address. The first source decides the day;
    a more exact one of the same day wins. Where the clock that readers see contradicts the zone
    that a source claims, the readers' clock wins.
    """
    texts = list(stated(page))
    languages = _languages(page)
    values = [text for _, text, _ in texts]
    zone = find_zone(page, values, languages[0] if languages else "")
    is_month_first = _is_month_first(page, zone, languages)
    reader = Reader(zone.zone, languages, is_month_first, days_told(page, values))
    sightings = [*selected(page, reader)]
    sightings += [Sighting(f, text, source, reader.read(text)) for f, text, source in texts]
    _refuse(sightings, page.captured_at, zone)
    is_sure = _is_sure(sightings)
    near = None if is_sure else _day_near(page, sightings)
    sightings += visible(page, replace(reader, near=near), is_sure=is_sure)
    _refuse(sightings, page.captured_at, zone)
    if not _is_sure(sightings):
        sightings += [*in_attributes(page, reader), *listed(page)]
        if not any(s.field == "published_at" and not s.refused for s in sightings):
            sightings += [*in_scripts(page, reader), *anywhere(page, reader)]
        sightings += in_url(page, reader)
    else:
        sightings += [*listed(page), *in_url(page, reader)]
    sightings += in_header(page)
    _refuse(sightings, page.captured_at, zone)
    _refuse_new_year(sightings)
    _refuse_day_of_visit(sightings, page.captured_at)
    return _judged(page, sightings, zone)


def _is_sure(sightings: Iterable[Sighting]) -> bool:
    """Tell whether a time of publication is known to the minute."""
    return any(
        s.field == "published_at" and s.moment and s.moment.has_time and not s.refused
        for s in sightings
    )


def _day_near(page: Page, sightings: Iterable[Sighting]) -> date:
    """Return the day that those printed without a year are close to."""
    day = next((s.moment for s in sightings if s.moment and not s.refused), None)
    day = day or next((s.moment for s in in_url(page, Reader())), None)
    # Half a year before the capture all days of the year past lie closer than others.
    return day.at.date() if day else (page.captured_at - timedelta(days=182)).date()


def _is_month_first(page: Page, zone: PageZone, languages: tuple[str, ...]) -> bool:
    """Tell whether 05/06/2024 is in May: by the place, else by the regions that tags name.

    An offset tells the place where it is none of America's: "en-US" is what systems fill in.
    """
    if zone.is_local:
        if place := getattr(zone.zone, "key", ""):
            return place in AMERICAN_ZONES
        offset = zone.zone.utcoffset(None)
        if offset and not AMERICAN_OFFSETS[0] <= offset <= AMERICAN_OFFSETS[1]:
            return False
    tags = [tag.replace("_", "-").lower() for tag in (*languages, page.meta("og:locale"))]
    regions = {tag[3:] for tag in tags if tag.startswith("en-")}
    return tags[0].partition("-")[0] == "en" and regions == {"us"}


def _languages(page: Page) -> tuple[str, ...]:
    """Return the languages whose words a page's dates may be in, the script's own first."""
    root = page.tree.getroottree().getroot()
    claimed = (root.get("lang") or page.meta("content-language", "og:locale")).strip()
    claimed = claimed.replace("_", "-")[:20]
    title = page.meta("og:title") or str(page.article.get("headline") or "")
    if not title and (element := page.tree.find(".//title")) is not None:
        title = element.text or ""
    host = (urlsplit(page.url).hostname or "").rpartition(".")[2]
    seen = script_language(title, claimed or ("fa" if host == "ir" else ""))
    return tuple(dict.fromkeys(t for t in (seen, claimed, *page.hints.languages) if t))


def _refuse(sightings: Iterable[Sighting], captured_at: datetime, zone: PageZone) -> None:
    """Note why a sighting cannot be true, whatever the others say."""
    for sighting in sightings:
        moment = sighting.moment
        if sighting.refused:
            continue
        if moment is None:
            is_template = TEMPLATE_TEXT.match(sighting.raw)
            sighting.refused = A_TEMPLATE if is_template else "names no day that can be read"
        elif _is_future(moment, captured_at):
            # The local clock with Z written to it, read within hours: only its zone is wrong.
            here = in_zone_of_page(moment, zone)
            is_zone = moment.has_zone and zone.is_local and not here.at > captured_at
            sighting.moment = here if is_zone else moment
            sighting.refused = "" if is_zone else "after the capture"
        elif moment.at.date() in TEMPLATE_DAYS and (moment.at.year != 2000 or not moment.has_time):
            sighting.refused = A_TEMPLATE


def _is_future(moment: Moment, captured_at: datetime) -> bool:
    is_exact = moment.has_zone and moment.has_time
    return moment.at - captured_at > (FUTURE_TOLERANCE if is_exact else WIDEST_ZONES)


def _refuse_new_year(sightings: list[Sighting]) -> None:
    """Refuse the first midnight of a year where a printed time is of another day: a preset."""
    printed = {s.moment.at.date() for s in sightings if s.is_printed and s.moment and not s.refused}
    for sighting in sightings:
        moment = sighting.moment
        if moment is None or moment.has_time or sighting.is_printed or sighting.refused:
            continue
        if (moment.at.month, moment.at.day) == (1, 1) and printed - {moment.at.date()}:
            sighting.refused = A_TEMPLATE


def _refuse_day_of_visit(sightings: list[Sighting], captured_at: datetime) -> None:
    """Refuse a printed day that is the capture's where anything unprinted names another one."""
    days = {
        s.moment.at.date()
        for s in sightings
        if s.field == "published_at" and s.moment and not s.is_printed and not s.refused
    }
    for sighting in sightings:
        moment = sighting.moment
        if moment is None or moment.has_time or not sighting.is_printed or not days:
            continue
        today = captured_at.astimezone(moment.at.tzinfo).date()
        if moment.at.date() == today and today not in days:
            sighting.refused = sighting.refused or "the day of the visit"


def _judged(page: Page, sightings: list[Sighting], zone: PageZone) -> Dates:
    published, why = _choice("published_at", sightings, zone)
    mend_zones(sightings, zone)
    if published and published.moment:
        for sighting in sightings:
            if sighting.field == "modified_at" and _is_before(sighting, published.moment):
                sighting.refused = sighting.refused or "before the publication"
    modified, why_modified = _choice("modified_at", sightings, zone)
    claims = [
        claim
        for chosen, reason in ((published, why), (modified, why_modified))
        if chosen and (claim := _claim(chosen, reason, is_chosen=True))
    ]
    winners = {"published_at": published, "modified_at": modified}
    chosen_ones = [id(s) for s in (published, modified) if s]
    claims += [
        _claim(s, s.refused or _why_not(s, winners[s.field]))
        for s in sightings
        if id(s) not in chosen_ones
    ]
    if published is None or not published.moment or not published.moment.has_time:
        claims.append(_bound(page.captured_at))
    moment, other = (s.moment if s else None for s in (published, modified))
    return Dates(
        moment.at if moment else None,
        moment.precision if moment else None,
        other.at if other else None,
        tuple((s.field, s.source) for s in (published, modified) if s),
        tuple(claims[:CLAIMS_MAX]),
    )


def _choice(
    field: DatedField, sightings: list[Sighting], zone: PageZone
) -> tuple[Sighting | None, str]:
    """Return the sighting to believe and why, None if there is none."""
    believed = [s for s in sightings if s.field == field and not s.refused]
    if field == "published_at":
        _refuse_outdated(believed, sightings)
        believed = [s for s in believed if not s.refused]
    first = chosen = believed[0] if believed else None
    while chosen and (sharper := next((s for s in believed if _sharpens(s, chosen, zone)), None)):
        chosen = sharper
    if first is None or chosen is None or chosen.moment is None:
        return None, ""
    why = "the most trusted" if chosen is first else f"more exact than {first.source}"
    if seen := as_readers_see(chosen, sightings, zone):
        why = f"what readers see; the zone of {chosen.source} contradicts the printed clock"
    elif seen := in_own_zone(chosen, sightings, zone):
        why = f"the clock of {chosen.source} in the page's own zone"
    if seen:
        chosen.refused = WRONG_ZONE
        chosen = seen
    return chosen, why + _placed(chosen, zone)


def _placed(chosen: Sighting, zone: PageZone) -> str:
    """Return in which zone a time without one was read, having moved it where its month tells."""
    moment = chosen.moment
    if moment is None or moment.has_zone:
        return ""
    if not zone.is_known and (told := zone_of_month(moment.raw)):
        chosen.moment = replace(moment, at=moment.at.replace(tzinfo=told.zone))
        zone = told
    return f"; {zone.reason}" if zone.is_known else "; no zone known, read as UTC"


def _sharpens(other: Sighting, first: Sighting, zone: PageZone) -> bool:
    """Tell whether `other` says the same as `first`, more exactly."""
    old, new = first.moment, other.moment
    if old is None or new is None or other is first or not new.has_time:
        return False
    if old.has_time:
        if old.has_zone or not new.has_zone:
            return False
        apart = abs(new.at - old.at)
        if apart < A_MINUTE or is_same_clock(old, new):
            return True
        return not zone.is_known and apart <= WIDEST_ZONES and apart % SAME_CLOCK < A_MINUTE
    days = {old.at.date(), old.at.astimezone(UTC).date()}
    return bool(days & {new.at.date(), new.at.astimezone(old.at.tzinfo).date()})


def _refuse_outdated(believed: list[Sighting], sightings: list[Sighting]) -> None:
    """Refuse a first claim that is far older than what two kinds of other sources agree on.

    A content system's day of creation, or a teaser's: such was taken for the publication of an
    article of four years later. Times of change don't count, or old articles would grow young.
    """
    if len(believed) < 3 or (first := believed[0].moment) is None:
        return
    changed = [s.moment.at for s in sightings if s.field == "modified_at" and s.moment]
    later: dict[str, datetime] = {}
    for sighting in believed[1:]:
        at = sighting.moment.at if sighting.moment else first.at
        if abs(at - first.at) < OUTDATED:
            return
        if not any(abs(at - other) < AGREEING for other in changed):
            later.setdefault(sighting.source.split()[0], at)
    agree = len(later) >= 2 and max(later.values()) - min(later.values()) < AGREEING
    if agree and min(later.values()) > first.at:
        believed[0].refused = f"far older than {' and '.join(list(later)[:2])}"


def _is_before(sighting: Sighting, published: Moment) -> bool:
    moment = sighting.moment
    if moment is None or moment.at >= published.at:
        return False
    same_day = moment.at.date() == published.at.astimezone(moment.at.tzinfo).date()
    return moment.has_time or not same_day


def _why_not(sighting: Sighting, chosen: Sighting | None) -> str:
    """Return why a possible claim was not chosen."""
    if chosen is None or chosen.moment is None or sighting.moment is None:
        return ""
    mine, its = sighting.moment, chosen.moment
    if abs(mine.at - its.at) < A_MINUTE:
        return "agrees"
    if not mine.has_time and mine.at.date() == its.at.astimezone(mine.at.tzinfo).date():
        return "less exact"
    if mine.has_time and is_same_clock(mine, its):
        return WRONG_ZONE if mine.zone else "no zone of its own"
    if mine.at.date() == its.at.astimezone(mine.at.tzinfo).date():
        return f"another time than {chosen.source}"
    return f"another day than {chosen.source}"


def _claim(sighting: Sighting, why: str, *, is_chosen: bool = False) -> DateClaim:
    moment = sighting.moment
    if moment and moment.is_misplaced:
        why = "; ".join(filter(None, (why, "its zone is wrong, the clock read in the page's")))
    return DateClaim(
        sighting.field,
        one_line(sighting.raw, TEXT_MAX_CHARS),
        sighting.source,
        moment.at if moment else None,
        moment.zone if moment else "",
        moment.precision if moment else "day",
        is_chosen,
        why,
    )


def _bound(captured_at: datetime) -> DateClaim:
    raw = captured_at.isoformat(timespec="seconds")
    why = "the latest it can be"
    return DateClaim("published_at", raw, "capture", captured_at, "", "second", False, why)
