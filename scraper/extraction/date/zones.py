"""In whose zone a page's times without zone belong: told beforehand, or by evidence on the page."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from scraper.extraction.date.clocks import zone_named, zone_written
from scraper.extraction.date.zone_names import (
    COUNTRY_ZONES,
    GUESSED_LANGUAGES,
    LANGUAGE_ZONES,
    MONTH_ZONES,
    TELEPHONE_ZONES,
)
from scraper.extraction.page import Page

ENDING_OFFSET = re.compile(r"\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?([+-]\d\d:?\d\d)$")
# What WordPress and Facebook give a page in these languages wherever it is from.
PRESET_TAGS = {"en-gb", "en-us", "es-es", "fr-fr", "pt-pt", "ar-ar", "es-la"}
TELEPHONE_LINKS = "//a[starts-with(@href, 'tel:+')]/@href"
TELEPHONES_MAX = 5
ADDRESSES_MAX = 40  # JSON-LD objects asked for a country


@dataclass(frozen=True, slots=True)
class PageZone:
    """The zone of a page's times without zone, and how it is known ("zone of .kr"), "" if not."""

    zone: tzinfo = UTC
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything told it."""
        return bool(self.reason)

    @property
    def is_local(self) -> bool:
        """Whether it is a place's clock: UTC is also what stands where nobody knows better."""
        return self.is_known and self.zone.tzname(None) != "UTC"


def find_zone(page: Page, stated: Iterable[str], language: str) -> PageZone:
    """Return the zone of a page's printed times.

    Asked in order: the outlet's declaration, the country of the address, the region of the page's
    language, the publisher's country, the language, a telephone number. Where other times of the
    page name an offset that is not that of a language's zone, the offset wins: Russian is written
    in many zones.

    Args:
        page: the page.
        stated: the times of its structured data, as written.
        language: the page's own claim, "" if it makes none.
    """
    if page.hints.timezone:
        return PageZone(zone_named(page.hints.timezone), "zone of the outlet")
    texts = [text.strip() for text in stated]
    offsets = Counter(found[1] for text in texts if (found := ENDING_OFFSET.search(text)))
    shown = [o for o, _ in offsets.most_common() if o.strip("+-0:")]
    known = _of_country(page, language) or _of_language(language)
    if not shown:
        # A page that states its times in UTC leaves nothing to find out.
        is_told = offsets or any(text.endswith(("Z", "z")) for text in texts)
        return known or (None if is_told else _of_telephone(page)) or PageZone()
    own = zone_written(shown[0], UTC) or UTC
    if known and ("language" not in known.reason or _may_be(known.zone, own)):
        return known
    return PageZone(own, f"zone of other times of the page, {shown[0]}")


def _of_country(page: Page, language: str) -> PageZone | None:
    code = (urlsplit(page.url).hostname or "").rpartition(".")[2].lower()
    if zone := COUNTRY_ZONES.get(code):
        return PageZone(zone_named(zone), f"zone of .{code}")
    for tag in (language, page.meta("og:locale", "content-language"), _placed(page)):
        if zone := COUNTRY_ZONES.get(_region(tag)):
            return PageZone(zone_named(zone), f"zone of region {_region(tag).upper()}")
    if country := _publisher_country(page):
        return PageZone(
            zone_named(COUNTRY_ZONES[country.lower()]), f"zone of publisher in {country}"
        )
    return None


def _placed(page: Page) -> str:
    """Return the place that geo.region names ("BD-13") in the form of a language tag."""
    code = page.meta("geo.region", "geo.country").strip()
    return f"und-{code[:2]}" if re.fullmatch(r"[A-Za-z]{2}(?:-\w{1,3})?", code) else ""


def _region(tag: str) -> str:
    """Return the region of a language tag in lower case, "" for those that systems fill in unasked.

    >>> _region("bn_BD"), _region("en-GB"), _region("ar_AR"), _region("zh-Hant-TW")
    ('bd', '', '', 'tw')
    """
    parts = tag.replace("_", "-").split("-")
    if len(parts) < 2 or len(parts[-1]) != 2 or tag.replace("_", "-").lower() in PRESET_TAGS:
        return ""
    return parts[-1].lower()


def _publisher_country(page: Page) -> str:
    for node in page.nodes[:ADDRESSES_MAX]:
        owner = node.get("publisher") if isinstance(node.get("publisher"), dict) else node
        address = owner.get("address") if isinstance(owner, dict) else None
        country = address.get("addressCountry") if isinstance(address, dict) else None
        country = country.get("name") if isinstance(country, dict) else country
        if isinstance(country, str) and country.strip().lower() in COUNTRY_ZONES:
            return country.strip()
    return ""


def _of_language(language: str) -> PageZone | None:
    tag = language.replace("_", "-").partition("-")[0].lower()
    zone = LANGUAGE_ZONES.get(tag)
    if not zone:
        return None
    how = "likeliest zone" if tag in GUESSED_LANGUAGES else "zone"
    return PageZone(zone_named(zone), f"{how} of language {tag}")


def _of_telephone(page: Page) -> PageZone | None:
    for link in page.tree.xpath(TELEPHONE_LINKS)[:TELEPHONES_MAX]:
        digits = re.sub(r"\D", "", str(link)[:40].removeprefix("tel:+"))
        for width in (3, 2):
            if zone := TELEPHONE_ZONES.get(digits[:width]):
                return PageZone(zone_named(zone), f"zone of telephone +{digits[:width]}")
    return None


def zone_of_month(text: str) -> PageZone | None:
    """Return the zone that a printed month's name tells, None where it tells none.

    >>> zone_of_month("5 فيفري 2026").reason
    'zone of Arabic month names of Algiers'
    """
    for name, words in MONTH_ZONES.items():
        if any(word in text for word in words):
            place = name.partition("/")[2]
            return PageZone(zone_named(name), f"zone of Arabic month names of {place}")
    return None


def _may_be(zone: tzinfo, offset: tzinfo) -> bool:
    """Tell whether a zone has this offset at some time of the year."""
    wanted = offset.utcoffset(None)
    return any(zone.utcoffset(datetime(2026, month, 1)) == wanted for month in (1, 7))
