"""OutletSpider: the class every declared outlet is; what it declares is checked at definition."""

import re
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import scrapy

from scraper.errors import BadDeclaration
from scraper.records import Hints, Outlet
from scraper.urls import http_url

LISTING_KINDS = {"feeds": "feed", "news_sitemaps": "news_sitemap", "sections": "section"}
COUNTRY = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


class OutletSpider(scrapy.Spider):
    """One outlet: what it is, where it lists its articles, and what helps to read them.

    Subclasses are declarations: attributes only. A wrong one raises BadDeclaration at import.

    Attributes:
        name: the outlet's slug; also the spider's name.
        outlet: who publishes.
        feeds, news_sitemaps, sections: listings, asked in this order.
        article_urls: regular expression (`re.search`) that every article's URL matches; "" for any
            URL a feed or sitemap gives, and for the shape of the URL on section pages.
        hints: selectors for pages that need help.
        pages: single article pages to archive besides (used for addresses given by hand).
    """

    outlet: ClassVar[Outlet]
    feeds: ClassVar[tuple[str, ...]] = ()
    news_sitemaps: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[tuple[str, ...]] = ()
    pages: ClassVar[tuple[str, ...]] = ()
    article_urls: ClassVar[str] = ""
    hints: ClassVar[Hints] = Hints()
    is_declared: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for problem in declaration_problems(cls):
            raise BadDeclaration(f"{cls.__module__}.{cls.__qualname__}", problem)


def declaration_problems(cls: type[OutletSpider]) -> list[str]:
    """Return what is wrong with an outlet's declaration, in words for whoever wrote it."""
    problems = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", getattr(cls, "name", None) or ""):
        problems.append("name must be a slug of lower-case letters, digits, dots and hyphens")
    outlet = getattr(cls, "outlet", None)
    if not isinstance(outlet, Outlet):
        return [*problems, "outlet must be an Outlet(name, country=…, languages=(…,))"]
    if cls.is_declared and not COUNTRY.fullmatch(outlet.country):
        problems.append(f"country {outlet.country!r} is no ISO 3166-1 alpha-2 code such as 'DE'")
    if cls.is_declared and not outlet.languages:
        problems.append("languages is empty: name at least one BCP 47 tag")
    problems += [
        f"language {tag!r} is no BCP 47 tag such as 'de' or 'zh-Hant'"
        for tag in outlet.languages
        if not LANGUAGE.fullmatch(tag)
    ]
    try:
        ZoneInfo(outlet.timezone)
    except (KeyError, ValueError, OSError):
        problems.append(f"timezone {outlet.timezone!r} is no IANA zone such as 'Europe/Berlin'")
    listings = {attribute: getattr(cls, attribute) for attribute in (*LISTING_KINDS, "pages")}
    for attribute, urls in listings.items():
        if not isinstance(urls, tuple):
            problems.append(f"{attribute} must be a tuple of URLs")
        else:
            problems += [f"{attribute}: {u!r} is no http(s) URL" for u in urls if not http_url(u)]
    if not any(listings.values()):
        problems.append("no listing: give feeds, news_sitemaps or sections")
    try:
        re.compile(cls.article_urls)
    except re.error as error:
        problems.append(f"article_urls is no regular expression: {error}")
    return problems
