"""What makes an outlet's declaration right or wrong, in words for whoever wrote it."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from scraper.records import Outlet
from scraper.urls import http_url

LISTING_KINDS = {"feeds": "feed", "news_sitemaps": "news_sitemap", "sections": "section"}
SLUG = re.compile(r"[a-z0-9][a-z0-9.:-]*")
COUNTRY = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


def declaration_problems(cls: Any) -> list[str]:
    """Return what is wrong with the attributes of an outlet's class; empty when all is well."""
    outlet = getattr(cls, "outlet", None)
    if not isinstance(outlet, Outlet):
        return ["outlet must be an Outlet(name, country=…, languages=(…,))"]
    problems = []
    if not SLUG.fullmatch(getattr(cls, "name", None) or ""):
        problems.append("name must be a slug of lower-case letters, digits, dots and hyphens")
    if cls.is_declared:
        problems += _outlet_problems(outlet)
    return problems + _listing_problems(cls) + _rule_problems(cls)


def _outlet_problems(outlet: Outlet) -> list[str]:
    problems = []
    if not COUNTRY.fullmatch(outlet.country):
        problems.append(f"country {outlet.country!r} is no ISO 3166-1 alpha-2 code such as 'DE'")
    if not outlet.languages:
        problems.append("languages is empty: name at least one BCP 47 tag")
    problems += [
        f"language {tag!r} is no BCP 47 tag such as 'de' or 'zh-Hant'"
        for tag in outlet.languages
        if not LANGUAGE.fullmatch(tag)
    ]
    if outlet.homepage and not http_url(outlet.homepage):
        problems.append(f"homepage {outlet.homepage!r} is no http(s) URL")
    try:
        ZoneInfo(outlet.timezone)
    except (KeyError, ValueError, OSError):
        problems.append(f"timezone {outlet.timezone!r} is no IANA zone such as 'Europe/Berlin'")
    return problems


def _rule_problems(cls: Any) -> list[str]:
    problems = []
    for attribute in ("article_urls", "world_urls"):
        try:
            re.compile(getattr(cls, attribute))
        except (re.error, TypeError) as error:
            problems.append(f"{attribute} is no regular expression: {error}")
    sections = cls.world_sections
    if not isinstance(sections, tuple) or not all(isinstance(s, str) and s for s in sections):
        problems.append("world_sections must be a tuple of categories such as ('Ausland',)")
    if set(cls.world_listings) - {*cls.feeds, *cls.news_sitemaps}:
        problems.append("world_listings names what is neither among feeds nor news_sitemaps")
    if not isinstance(cls.excluded, str):
        problems.append("excluded must be the reason, in words")
    return problems


def _listing_problems(cls: Any) -> list[str]:
    listings = {attribute: getattr(cls, attribute) for attribute in (*LISTING_KINDS, "pages")}
    problems = []
    for attribute, urls in listings.items():
        if not isinstance(urls, tuple):
            problems.append(f"{attribute} must be a tuple of URLs")
        else:
            problems += [f"{attribute}: {u!r} is no http(s) URL" for u in urls if not http_url(u)]
    if not any(listings.values()):
        problems.append("no listing: give feeds, news_sitemaps or sections")
    return problems
