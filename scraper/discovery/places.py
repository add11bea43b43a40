"""Where an outlet is and by which clock it writes, from what its site says; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scraper.discovery.countries import (
    COUNTRIES,
    COUNTRY_OF_LANGUAGE,
    OTHER_DOMAINS,
    SOLD_DOMAINS,
    country_name,
    zones_of,
)
from scraper.discovery.mastheads import Masthead
from scraper.urls import site_of

LANGUAGE_ALONE = "its language alone"


@dataclass(frozen=True, slots=True)
class Claim:
    """A country and what speaks for it."""

    country: str
    source: str


def country_claims(url: str, masthead: Masthead) -> tuple[Claim, ...]:
    """Return the countries that something speaks for, the surest first; () where nothing does.

    The domain, unless it is one that is sold everywhere; an address in JSON-LD; the region of a
    language tag, unless it is what publishing systems write by default; and where nothing else
    speaks, the language, if outlets that write it are of one country.
    """
    claims = [Claim(code, "its domain")] if (code := country_of_domain(url)) else []
    claims += [Claim(code, source) for code, source in masthead.countries]
    if not claims:
        tags = masthead.languages[:1]
        known = [COUNTRY_OF_LANGUAGE[tag] for tag in tags if tag in COUNTRY_OF_LANGUAGE]
        claims = [Claim(code, LANGUAGE_ALONE) for code in known]
    return tuple(claims)


def country_of_domain(url: str) -> str:
    """Return the country of a URL's domain, "" where the domain tells of none.

    >>> country_of_domain("https://www.bbc.co.uk/"), country_of_domain("https://el.example.com.co/")
    ('GB', 'CO')
    >>> country_of_domain("https://news.example.tv/"), country_of_domain("http://127.0.0.1:80/")
    ('', '')
    """
    labels = site_of(url).split(":")[0].split(".")
    last = labels[-1].lower()
    if len(labels) < 2 or (last in SOLD_DOMAINS and len(labels) < 3):
        return ""
    code = OTHER_DOMAINS.get(last, last.upper())
    return code if code in COUNTRIES else ""


def doubts_of(claims: Sequence[Claim]) -> list[str]:
    """Return what is doubtful of the first claim, in clauses."""
    first, others = claims[0], [c for c in claims[1:] if c.country != claims[0].country]
    if first.source == LANGUAGE_ALONE:
        return ["the country is told by its language alone"]
    if others:
        named = country_name(first.country), country_name(others[0].country)
        return [f"{first.source} says {named[0]}, {others[0].source} {named[1]}"]
    return []


def timezone_of(country: str, times: Iterable[datetime | None]) -> tuple[str, str]:
    """Return the newsroom's time zone, and a doubt in a clause or "".

    Args:
        country: its code.
        times: aware times as the outlet wrote them; in a country of several zones, those written
            with an offset tell which it is.
    """
    zones = zones_of(country)
    if len(zones) < 2:
        return zones[0] if zones else "UTC", ""
    written = [time for time in times if time is not None and time.utcoffset()]
    fitting = Counter({zone: sum(_fits(zone, time) for time in written) for zone in zones})
    zone, count = fitting.most_common(1)[0]
    if count * 2 > len(written):
        return zone, ""
    return zones[0], "the time zone is the capital's, one of several"


def _fits(zone: str, time: datetime) -> bool:
    offset: timedelta | None = time.astimezone(ZoneInfo(zone)).utcoffset()
    return offset == time.utcoffset()
